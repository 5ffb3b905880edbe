"""The classic path of `terminalone.session`."""

from .classic.connection import detect_auth_method as _detect_auth_method
from .session import API_BASES, T1, T1Service

__all__ = ["API_BASES", "T1", "T1Service", "_detect_auth_method"]
