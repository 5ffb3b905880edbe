"""A deal that a strategy buys on. Source: entities.json, StrategyDeal."""

from typing import TYPE_CHECKING

from ..fields import Int, Ref
from .base import Removable

if TYPE_CHECKING:
    from . import Deal, Strategy


class StrategyDeal(Removable, collection="strategy_deals"):
    """A deal that a strategy buys on. `Strategy.set_deals` sets all of them in one call."""

    # The classic SDK could never send these two (wire.md section 10, defect 37).
    deal_id = Int(create_only=True)
    strategy_id = Int(create_only=True)

    strategy = Ref["Strategy"](by="strategy_id")
    deal = Ref["Deal"](by="deal_id")
