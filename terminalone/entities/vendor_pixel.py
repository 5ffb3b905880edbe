"""A vendor's pixel in a creative. Source: entities.json, VendorPixel."""

from typing import TYPE_CHECKING

from ..fields import Children, Choice, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Creative, VendorPixelDomain


class VendorPixel(T1Entity, collection="vendor_pixels"):
    """A vendor's pixel that is served with a creative."""

    creative_id = Int()
    set_by = Choice("SYSTEM USER", default="USER")
    tag = Str()
    tag_type = Str()

    creative = Ref["Creative"](by="creative_id")
    vendor_pixel_domains = Children["VendorPixelDomain"](by="vendor_pixel_id")
