"""The classic path of `terminalone.entities.publisher`."""

from ..entities.publisher import Publisher

__all__ = ["Publisher"]
