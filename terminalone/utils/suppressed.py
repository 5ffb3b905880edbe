"""`suppress`, which Python itself has had since 3.4."""

from contextlib import suppress

__all__ = ["suppress"]
