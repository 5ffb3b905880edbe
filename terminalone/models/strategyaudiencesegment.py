"""The classic path of `terminalone.entities.strategy_audience_segment`."""

from ..entities.strategy_audience_segment import StrategyAudienceSegment

__all__ = ["StrategyAudienceSegment"]
