"""The classic path of `terminalone.entities.vendor_domain`."""

from ..entities.vendor_domain import VendorDomain

__all__ = ["VendorDomain"]
