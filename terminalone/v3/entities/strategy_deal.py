"""Strategy deals of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Int, Ref, Str, Version

if TYPE_CHECKING:
    from .strategy import Strategy

__all__ = ["StrategyDeal"]


class StrategyDeal(
    V3Entity,
    collection="strategy_deals",
    type="strategy_deal",
    list="list-strategy-deals",
    withs=["strategy", "campaign", "advertiser", "agency"],
):
    """A strategy deal. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    version = Version(readonly=True)
    strategy_id = Int(readonly=True)
    deal_id = Int(readonly=True)
    strategy = Ref["Strategy"](by="strategy_id")
