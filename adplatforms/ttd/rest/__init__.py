"""Reading and writing by REST v3: its endpoints, calls and records."""
