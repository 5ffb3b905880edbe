"""The classic path of `terminalone.entities.vertical`."""

from ..entities.vertical import Vertical

__all__ = ["Vertical"]
