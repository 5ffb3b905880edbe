"""The classic path of `terminalone.entities.strategy_day_part`."""

from ..entities.strategy_day_part import StrategyDayPart

__all__ = ["StrategyDayPart"]
