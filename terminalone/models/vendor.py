"""The classic path of `terminalone.entities.vendor`."""

from ..entities.vendor import Vendor

__all__ = ["Vendor"]
