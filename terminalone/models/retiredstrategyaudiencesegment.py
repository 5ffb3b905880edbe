"""The classic path of `terminalone.entities.retired_strategy_audience_segment`."""

from ..entities.retired_strategy_audience_segment import RetiredStrategyAudienceSegment

__all__ = ["RetiredStrategyAudienceSegment"]
