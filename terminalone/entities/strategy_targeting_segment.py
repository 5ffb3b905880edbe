"""A targeting segment of a strategy. Source: entities.json, StrategyTargetingSegment."""

from typing import TYPE_CHECKING

from ..fields import Float, Int, Ref, Str
from ..operations.segments import StrategySegment

if TYPE_CHECKING:
    from . import Strategy, T1Entity


class StrategyTargetingSegment(StrategySegment, collection="strategy_targeting_segments"):
    """A targeting segment that a strategy includes or excludes."""

    _kind = "targeting"

    _read_only = "strategy.set_targeting_segments(...) sets them"

    group_identifier = Str()
    operator = Str()
    restriction = Str(doc="INCLUDE or EXCLUDE")
    strategy_id = Int()
    targeting_segment_id = Int()
    type = Str()
    user_cpm = Float(doc="price per thousand impressions")

    strategy = Ref["Strategy"](by="strategy_id")
    # No class is declared for targeting segments: no source lists their fields (wire.md section 11).
    targeting_segment = Ref["T1Entity"](by="targeting_segment_id", type="targeting_segment")
