"""The classic path of `terminalone.entities.vendor_pixel`."""

from ..entities.vendor_pixel import VendorPixel

__all__ = ["VendorPixel"]
