"""The classic path of `terminalone.entities.strategy`."""

from ..entities.strategy import Strategy

__all__ = ["Strategy"]
