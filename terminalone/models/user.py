"""The classic path of `terminalone.entities.user`."""

from ..entities.user import User

__all__ = ["User"]
