"""Active-record entities for advertising platforms: one session a platform, one entity model for all of them.

`terminalone.T1` is the session on MediaMath TerminalOne; `adplatforms.sandbox.Sandbox` a local server to try it on.
"""
