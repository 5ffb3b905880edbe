"""Pinterest's API v5 on the entity model of `adplatforms`."""

from .session import API_BASES, Pinterest

__all__ = ["API_BASES", "Pinterest"]
