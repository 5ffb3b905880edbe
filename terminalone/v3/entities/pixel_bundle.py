"""Pixel bundles of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Choice, Float, Int, ListOf, Ref, Str, Version

if TYPE_CHECKING:
    from .advertiser import Advertiser
    from .agency import Agency

__all__ = ["PixelBundle"]


class PixelBundle(
    V3Entity,
    collection="pixel_bundles",
    type="pixel_bundle",
    list="list-pixel-bundles",
    get="get-pixel-bundle",
    create="create-pixel-bundle",
    update="update-pixel-bundle",
    withs=["organization"],
):
    """A pixel bundle. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(shortest=1, longest=64, required=True)
    pixel_type = Choice("creative", "event", "data", "segment", "dynamic", create_only=True, required=True)
    advertiser_id = Int(create_only=True, nullable=True)
    agency_id = Int(create_only=True, nullable=True)
    provider_id = Int(least=1, nullable=True)
    cost_pct_cpm = Float(nullable=True)
    eligible = Bool()
    tags = Str(readonly=True)
    cost_cpm = Float(nullable=True)
    external_identifier = Str(readonly=True)
    tag_type = Choice("dfa", "uat", "image", "iframe", "js", required=True)
    pricing = Choice("CPM", "CPTS", nullable=True)
    cost_cpts = Float(nullable=True)
    segment_op = Choice("AND", "OR", nullable=True)
    rmx_friendly = Bool(doc="Deprecated")
    rmx_merit = Bool(doc="Deprecated")
    rmx_pc_window_minutes = Int(nullable=True, doc="Deprecated")
    rmx_pv_window_minutes = Int(nullable=True, doc="Deprecated")
    rmx_conversion_type = Choice("one", "variable", doc="Deprecated")
    rmx_conversion_minutes = Int(doc="Deprecated")
    currency = Choice("S1", "S2", "V1", "V2", nullable=True)
    revenue = Choice("S1", "S2", "V1", "V2", nullable=True)
    currency_fixed = Str(nullable=True)
    status = Bool()
    event_urls = ListOf(Str(longest=2048), nullable=True)
    contianer_tags = ListOf(Str(), nullable=True)
    version = Version(readonly=True)
    container_tags = ListOf(Str(longest=1024), create_only=True, write_only=True, nullable=True)
    advertiser = Ref["Advertiser"](by="advertiser_id")
    agency = Ref["Agency"](by="agency_id")
