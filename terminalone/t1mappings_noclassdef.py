"""The classic path of `terminalone.classic.mappings`, for the table without classes."""

from .classic.mappings import COLLECTIONS as SINGULAR

__all__ = ["SINGULAR"]
