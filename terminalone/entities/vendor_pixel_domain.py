"""The domain of a vendor's pixel. Source: entities.json, VendorPixelDomain."""

from typing import TYPE_CHECKING

from ..fields import Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Creative, VendorDomain, VendorPixel


class VendorPixelDomain(T1Entity, collection="vendor_pixel_domains"):
    """The domain that a vendor's pixel is served from."""

    domain = Str()
    vendor_domain_id = Int()
    vendor_pixel_id = Int()

    # No field holds its id: it is there where T1 sends it along.
    creative = Ref["Creative"]()
    vendor_domain = Ref["VendorDomain"](by="vendor_domain_id")
    vendor_pixel = Ref["VendorPixel"](by="vendor_pixel_id")
