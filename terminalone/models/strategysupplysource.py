"""The classic path of `terminalone.entities.strategy_supply_source`."""

from ..entities.strategy_supply_source import StrategySupplySource

__all__ = ["StrategySupplySource"]
