"""A domain of a vendor. Source: entities.json, VendorDomain."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Children, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Vendor, VendorPixelDomain


class VendorDomain(T1Entity, collection="vendor_domains"):
    """A domain from which a vendor's tags are served."""

    allow_subdomain_match = Bool01()
    domain = Str(required=True)
    vendor_id = Int(required=True)

    vendor = Ref["Vendor"](by="vendor_id")
    pixels = Children["T1Entity"](type="pixel")
    vendor_pixel_domains = Children["VendorPixelDomain"](by="vendor_domain_id")
