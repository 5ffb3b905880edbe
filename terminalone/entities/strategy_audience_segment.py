"""An audience segment of a strategy. Source: entities.json, StrategyAudienceSegment."""

from typing import TYPE_CHECKING

from ..fields import Float, Int, Ref, Str
from ..operations.segments import StrategySegment

if TYPE_CHECKING:
    from . import AudienceSegment, Strategy


class StrategyAudienceSegment(StrategySegment, collection="strategy_audience_segments"):
    """An audience segment that a strategy includes or excludes."""

    _kind = "audience"

    audience_segment_id = Int()
    group_identifier = Str()
    operator = Str()
    restriction = Str(doc="INCLUDE or EXCLUDE")
    strategy_id = Int()
    type = Str()
    user_cpm = Float(doc="price per thousand impressions")

    strategy = Ref["Strategy"](by="strategy_id")
    audience_segment = Ref["AudienceSegment"](by="audience_segment_id")
