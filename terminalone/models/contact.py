"""The classic path of `terminalone.entities.contact`."""

from ..entities.contact import Contact

__all__ = ["Contact"]
