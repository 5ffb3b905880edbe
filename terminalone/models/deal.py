"""The classic path of `terminalone.entities.deal`."""

from ..entities.deal import Deal

__all__ = ["Deal"]
