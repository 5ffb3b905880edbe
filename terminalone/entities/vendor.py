"""A vendor. Source: entities.json, Vendor."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Children, Choice, Float, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import VendorContract, VendorDomain


class Vendor(T1Entity, collection="vendors"):
    """A vendor: a data, measurement or technology partner."""

    name = Str(required=True)
    adx_approved = Bool01()
    adx_declaration_required = Bool01()
    adx_ssl_approved = Bool01()
    adx_vendor_identifier = Str()
    adx_video_approved = Bool01()
    adx_video_ssl_approved = Bool01()
    description = Str()
    is_eligible = Bool01()
    mm_contract_available = Bool01()
    rate_card_price = Float()
    rate_card_type = Str()
    vendor_type = Choice(
        "AD_SERVER AD_VERIFICATION CONTEXTUAL DATA DSP DYNAMIC_CREATIVE NETWORK OBA_COMPLIANCE OTHER PIXEL_TRACKING "
        "RICH_MEDIA SURVEY",
        newer="AUDIENCE_VERIFICATION MEASUREMENT VIEWABILITY VIEWABILITY_BYO_DISPLAY VIEWABILITY_BYO_VIDEO",
        default="OTHER",
    )
    wholesale_price = Float()

    vendor_contracts = Children["VendorContract"](by="vendor_id")
    vendor_domains = Children["VendorDomain"](by="vendor_id")
