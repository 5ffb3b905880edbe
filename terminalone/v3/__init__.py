"""TerminalOne's API v3.0: ``T1(token=..., api_version="v3.0")``. Nothing here was tried on a live account."""
