"""The classic path of `terminalone.entities.strategy_deal`."""

from ..entities.strategy_deal import StrategyDeal

__all__ = ["StrategyDeal"]
