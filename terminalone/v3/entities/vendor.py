"""Vendors of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Children, Choice, DateTime, Float, Str, Version

if TYPE_CHECKING:
    from .pixel_provider import PixelProvider
    from .vendor_contract import VendorContract

__all__ = ["Vendor"]


class Vendor(V3Entity, collection="vendors", type="vendor", list="list-vendors", get="get-vendor"):
    """A vendor. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    version = Version(readonly=True)
    adx_approved = Bool(readonly=True)
    adx_declaration_required = Bool(readonly=True)
    adx_vendor_identifier = Str(readonly=True)
    mm_contract_available = Bool(readonly=True)
    rate_card_price = Float(readonly=True)
    rate_card_type = Choice("CPM", "FIXED", readonly=True)
    wholesale_price = Float(readonly=True)
    is_eligible = Bool(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    description = Str(readonly=True)
    vendor_type = Choice(
        "AD_SERVER",
        "AD_VERIFICATION",
        "AUDIENCE_VERIFICATION",
        "CONTEXTUAL",
        "DATA",
        "DSP",
        "DYNAMIC_CREATIVE",
        "MEASUREMENT",
        "NETWORK",
        "OBA_COMPLIANCE",
        "OTHER",
        "PIXEL_TRACKING",
        "RICH_MEDIA",
        "SURVEY",
        "VIEWABILITY",
        "VIEWABILITY_BYO_DISPLAY",
        "VIEWABILITY_BYO_VIDEO",
        readonly=True,
    )
    code = Str(readonly=True)
    adx_ssl_approved = Bool(readonly=True)
    adx_video_ssl_approved = Bool(readonly=True)
    adx_video_approved = Bool(readonly=True)
    auto_tag_display = Bool(readonly=True)
    provider_tax = Float(readonly=True)
    set_by = Str(readonly=True)
    pixel_providers = Children["PixelProvider"](by="vendor_id")
    vendor_contracts = Children["VendorContract"](by="vendor_id")
