"""The classic path of `terminalone.entities.strategy_domain`."""

from ..entities.strategy_domain import StrategyDomain

__all__ = ["StrategyDomain"]
