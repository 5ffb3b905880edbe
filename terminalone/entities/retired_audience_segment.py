"""A retired audience segment. Source: entities.json, RetiredAudienceSegment."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Float, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import AudienceSegment, Strategy


class RetiredAudienceSegment(T1Entity, collection="retired_audience_segments"):
    """An audience segment that its vendor has withdrawn.

    Read only; `Strategy.remove_retired_audience_segments` takes it off a strategy.
    """

    _read_only = "its vendor has retired it"

    audience_vendor_id = Int()
    buyable = Bool01()
    code = Str()
    full_retired_path = Str()
    parent_audience_segment_id = Int()
    type = Str()
    uniques = Int()
    # Scripts of the classic SDK read it by this name (wire.md section 10, defect 40).
    wholesale_ = Float("wholesale_cpm", doc="wholesale_cpm, as the classic SDK misspells it")
    wholesale_cpm = Float(doc="price per thousand impressions")

    # No field holds these ids: T1 sends the records along.
    audience_segment = Ref["AudienceSegment"]()
    strategy = Ref["Strategy"]()
