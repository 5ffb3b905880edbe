"""The classic path of `terminalone.entities.strategy_targeting_segment`."""

from ..entities.strategy_targeting_segment import StrategyTargetingSegment

__all__ = ["StrategyTargetingSegment"]
