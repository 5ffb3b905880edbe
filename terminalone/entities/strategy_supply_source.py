"""A supply source that a strategy buys from. Source: entities.json, StrategySupplySource."""

from typing import TYPE_CHECKING

from ..fields import Int, Ref
from .base import T1Entity

if TYPE_CHECKING:
    from . import Strategy, SupplySource


class StrategySupplySource(T1Entity, collection="strategy_supply_sources"):
    """A supply source that a strategy buys from. `Strategy.set_supplies` sets all of them in one call."""

    strategy_id = Int(required=True)
    supply_source_id = Int(required=True)

    strategy = Ref["Strategy"](by="strategy_id")
    supply_source = Ref["SupplySource"](by="supply_source_id")
