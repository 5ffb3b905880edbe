"""The classic path of `terminalone.entities.vendor_contract`."""

from ..entities.vendor_contract import VendorContract

__all__ = ["VendorContract"]
