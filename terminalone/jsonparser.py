"""The classic path of `terminalone.classic.parsers`."""

from .classic.parsers import JSONParser

__all__ = ["JSONParser"]
