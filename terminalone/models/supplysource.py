"""The classic path of `terminalone.entities.supply_source`."""

from ..entities.supply_source import SupplySource

__all__ = ["SupplySource"]
