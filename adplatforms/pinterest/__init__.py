"""Pinterest's API v5 on the entity model of `adplatforms`."""

from .items import item_errors
from .session import API_BASES, Pinterest

__all__ = ["API_BASES", "Pinterest", "item_errors"]
