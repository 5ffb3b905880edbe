"""The classic path of `terminalone.entities.permission`."""

from ..entities.permission import Permission

__all__ = ["Permission"]
