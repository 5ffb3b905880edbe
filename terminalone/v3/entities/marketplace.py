"""Marketplaces of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, DateTime, Float, Int, ListOf, Ref, Str, Version

if TYPE_CHECKING:
    from .strategy import Strategy

__all__ = ["Marketplace"]


class Marketplace(
    V3Entity,
    collection="marketplaces",
    type="marketplace",
    list="list-marketplaces",
    get="get-marketplace",
    create="create-marketplace",
    update="update-marketplace",
):
    """A marketplace. Fields without a doc are not described by the vendor."""

    version = Version(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    name = Str(shortest=1, required=True)
    supply_type = Str(shortest=1)
    status = Bool()
    rtb_enabled = Bool()
    strategy_id = Int(required=True)
    code = Str(shortest=1)
    bidder_exchange_identifier = Int()
    rtb_type = Str(shortest=1)
    has_display = Bool()
    has_mobile_display = Bool()
    has_video = Bool()
    has_mobile_video = Bool()
    requires_creative_audit = Bool()
    has_desktop_video = Bool()
    has_connected_tv = Bool()
    mma_free = Bool()
    private = Bool()
    mkt_sell_price = Float(least=-1, nullable=True)
    mkt_sell_price_currency_code = Str(shortest=3, longest=3, nullable=True)
    permission_organizations = ListOf(Int())
    permission_agencies = ListOf(Int())
    strategy = Ref["Strategy"](by="strategy_id")
