"""The classic path of `terminalone.entities.agency`."""

from ..entities.agency import Agency

__all__ = ["Agency"]
