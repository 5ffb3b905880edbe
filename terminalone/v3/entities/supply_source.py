"""Supply sources of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..base import V3Entity
from ..fields import Bool, DateTime, Float, Int, Str, Version

__all__ = ["SupplySource"]


class SupplySource(
    V3Entity, collection="supply_sources", type="supply_source", list="list-supply-sources", get="get-supply-source"
):
    """A supply source. Fields without a doc are not described by the vendor."""

    name = Str(readonly=True)
    version = Version(readonly=True)
    supply_type = Str(readonly=True)
    status = Bool(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    rtb_enabled = Bool(readonly=True)
    mm_safe = Bool(readonly=True)
    pixel_tag = Str(readonly=True)
    distribute = Bool(readonly=True)
    use_pool = Bool(readonly=True)
    code = Str(readonly=True)
    is_proservice = Bool(readonly=True)
    default_seat_identifier = Str(readonly=True)
    seat_enabled = Bool(readonly=True)
    bidder_exchange_identifier = Int(readonly=True)
    pmp_enabled = Bool(readonly=True)
    rtb_type = Str(readonly=True)
    parent_supply_id = Int(readonly=True)
    has_display = Bool(readonly=True)
    has_mobile_display = Bool(readonly=True)
    has_video = Bool(readonly=True)
    has_mobile_video = Bool(readonly=True)
    requires_creative_audit = Bool(readonly=True)
    has_desktop_video = Bool(readonly=True)
    has_connected_tv = Bool(readonly=True)
    attribution_group = Str(readonly=True)
    fraud_filter = Bool(readonly=True)
    mma_free = Bool(readonly=True)
    private = Bool(readonly=True)
    mkt_sell_price = Float(readonly=True)
    mkt_sell_price_currency_code = Str(readonly=True)
