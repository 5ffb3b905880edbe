"""The classic path of `terminalone.entities.vendor_pixel_domain`."""

from ..entities.vendor_pixel_domain import VendorPixelDomain

__all__ = ["VendorPixelDomain"]
