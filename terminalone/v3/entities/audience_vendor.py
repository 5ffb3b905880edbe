"""Audience vendors of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Children, Int, Ref, Str

if TYPE_CHECKING:
    from .path_audience_segment import PathAudienceSegment
    from .vendor import Vendor

__all__ = ["AudienceVendor"]


class AudienceVendor(
    V3Entity,
    collection="audience_vendors",
    type="audience_vendor",
    list="list-audience-vendors",
    get="get-audience-vendor",
    create="create-audience-vendor",
    update="update-audience-vendor",
):
    """An audience vendor. Fields without a doc are not described by the vendor."""

    name = Str(longest=256, required=True)
    mma_free_cm = Bool()
    updated_on = Str(readonly=True)
    created_on = Str(readonly=True)
    provides_batch_segments = Bool()
    campaign_brain_enabled = Bool()
    pin_top_search = Bool()
    bidder_code = Str(longest=16, required=True)
    namespace_code = Str(longest=16, required=True)
    vendor_id = Int(required=True)
    provider_tax = Str()
    vendor = Ref["Vendor"](by="vendor_id")
    path_audience_segments = Children["PathAudienceSegment"](by="audience_vendor_id")
