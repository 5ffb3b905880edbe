"""Path audience segments of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, DateTime, Float, Int, ListOf, Nested, Ref, Str, Struct, Version

if TYPE_CHECKING:
    from .audience_vendor import AudienceVendor

__all__ = ["PathAudienceSegment", "PathAudienceSegmentRetailCpm", "PathAudienceSegmentWholesaleCpm"]


class PathAudienceSegmentRetailCpm(Struct):
    """A nested value of path audience segments."""

    currency_code = Str(readonly=True)
    value = Float(readonly=True)


class PathAudienceSegmentWholesaleCpm(Struct):
    """A nested value of path audience segments."""

    currency_code = Str(readonly=True)
    value = Float(readonly=True)


class PathAudienceSegment(
    V3Entity,
    collection="path_audience_segments",
    type="path_audience_segment",
    list="list-path-audience-segments",
    withs=["audience_vendor"],
):
    """A path audience segment. Fields without a doc are not described by the vendor."""

    name = Str(readonly=True)
    version = Version(readonly=True)
    parent_audience_segment_id = Int(readonly=True)
    full_path = Str(readonly=True)
    uniques = Int(readonly=True)
    retail_cpm = ListOf(Nested(PathAudienceSegmentRetailCpm), readonly=True)
    audience_vendor_id = Int(readonly=True)
    code = Str(readonly=True)
    buyable = Bool(readonly=True)
    child_count = Int(readonly=True)
    wholesale_cpm = ListOf(Nested(PathAudienceSegmentWholesaleCpm), readonly=True)
    type = Str(readonly=True)
    taxonomy_id = Int(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    audience_vendor = Ref["AudienceVendor"](by="audience_vendor_id")
