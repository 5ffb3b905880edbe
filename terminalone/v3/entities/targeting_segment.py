"""Targeting segments of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..base import V3Entity
from ..fields import Bool, DateTime, Float, Int, Str, Version

__all__ = ["TargetingSegment"]


class TargetingSegment(
    V3Entity, collection="targeting_segments", type="targeting_segment", list="list-targeting-segments"
):
    """A targeting segment. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    version = Version(readonly=True)
    targeting_vendor_id = Int(readonly=True)
    parent_targeting_segment_id = Int(readonly=True)
    objective_id = Int(readonly=True)
    uniques = Int(readonly=True)
    external_code = Str(readonly=True)
    wholesale_cpm = Float(readonly=True)
    retail_cpm = Float(readonly=True)
    buyable = Bool(readonly=True, doc="Default: True")
    tag = Str(readonly=True)
    full_path = Str(readonly=True)
    child_count = Int(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
