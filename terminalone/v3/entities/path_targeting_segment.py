"""Path targeting segments of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..base import V3Entity
from ..fields import Bool, Float, Int, Str

__all__ = ["PathTargetingSegment"]


class PathTargetingSegment(
    V3Entity, collection="path_targeting_segments", type="path_targeting_segment", list="list-contextual-segments"
):
    """A path targeting segment. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    parent_targeting_segment_id = Int(readonly=True)
    full_path = Str(readonly=True)
    cpm = Float(readonly=True)
    targeting_vendor_id = Int(readonly=True)
    vendor_name = Str(readonly=True)
    external_code = Str(readonly=True)
    segment_objective_name = Str(readonly=True)
    segment_objective_id = Int(readonly=True)
    buyable = Bool(readonly=True)
    has_children = Bool(readonly=True)
