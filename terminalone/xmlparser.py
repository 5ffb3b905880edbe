"""The classic path of `terminalone.classic.parsers`."""

from .classic.parsers import XMLParser

__all__ = ["XMLParser"]
