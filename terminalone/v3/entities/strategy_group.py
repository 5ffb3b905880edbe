"""Strategy groups of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Children, Int, ListOf, Str

if TYPE_CHECKING:
    from .strategy import Strategy

__all__ = ["StrategyGroup"]


class StrategyGroup(V3Entity, collection="strategy_groups", type="strategy_group", list="list-strategy-groups"):
    """A strategy group. Fields without a doc are not described by the vendor."""

    name = Str(readonly=True)
    group = ListOf(Str(), readonly=True)
    count = Int(readonly=True)
    strategy_ids = ListOf(Int(), readonly=True)
    strategies = Children["Strategy"](by="strategy_group_id")
