"""The classic path of `terminalone.classic.connection`."""

from .classic.connection import Connection

__all__ = ["Connection"]
