"""The classic path of `terminalone.entities.organization`."""

from ..entities.organization import Organization

__all__ = ["Organization"]
