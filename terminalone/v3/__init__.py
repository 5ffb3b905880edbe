"""The records of TerminalOne's API v3.0 as declarations. No session reads or writes them yet: `T1` speaks v2.0."""
