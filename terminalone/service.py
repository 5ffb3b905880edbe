"""The classic path of `terminalone.session`."""

from .session import API_BASES, T1, T1Service

__all__ = ["API_BASES", "T1", "T1Service"]
