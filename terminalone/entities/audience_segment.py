"""A segment of an audience vendor. Source: entities.json, AudienceSegment."""

from ..fields import Bool01, Float, Int, Ref, Str
from .base import T1Entity


class AudienceSegment(T1Entity, collection="audience_segments"):
    """An audience segment: people a data vendor knows, in the tree of that vendor's segments.

    The children of one are listed with ``t1.get("audience_segments", parent=id)``.
    """

    name = Str()
    audience_vendor_id = Int()
    buyable = Bool01()
    child_count = Int()
    code = Str()
    full_path = Str()
    parent_audience_segment_id = Int()
    retail_cpm = Float(doc="price per thousand impressions")
    tag = Str()
    uniques = Int()
    wholesale_cpm = Float(doc="price per thousand impressions")

    # No class is declared for these vendors: they are generic entities.
    audience_vendor = Ref["T1Entity"](by="audience_vendor_id", type="audience_vendor")
    # In the place of `T1Entity.parent`: a segment is in a tree of segments, and never under a URL of its parent.
    parent = Ref["AudienceSegment"](by="parent_audience_segment_id")  # type: ignore[assignment]
