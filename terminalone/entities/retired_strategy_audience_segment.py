"""A retired segment that a strategy still has. Source: entities.json, RetiredStrategyAudienceSegment."""

from typing import TYPE_CHECKING

from ..fields import Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import AudienceSegment, RetiredAudienceSegment, Strategy


class RetiredStrategyAudienceSegment(T1Entity, collection="retired_strategy_audience_segments"):
    """A retired audience segment as a strategy still has it.

    Read only; `Strategy.remove_retired_audience_segments` takes it off.
    """

    _read_only = "strategy.remove_retired_audience_segments(ids) takes it off"

    name = Str(readonly=True)
    group_identifier = Str()
    restriction = Str(doc="INCLUDE or EXCLUDE")
    retired_audience_segment_id = Int()
    strategy_id = Int()

    audience_segment = Ref["AudienceSegment"]()
    retired_audience_segment = Ref["RetiredAudienceSegment"](by="retired_audience_segment_id")
    strategy = Ref["Strategy"](by="strategy_id")
