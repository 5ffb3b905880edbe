"""Strategy postal codes of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Int, Ref, Str

if TYPE_CHECKING:
    from .strategy import Strategy

__all__ = ["StrategyPostalCode"]


class StrategyPostalCode(
    V3Entity, collection="strategy_postal_codes", type="strategy_postal_code", list="list-strategy-postal-codes"
):
    """A strategy postal code. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    strategy_id = Int(readonly=True)
    value = Int(readonly=True)
    code = Str(readonly=True)
    exclude = Bool(readonly=True)
    strategy = Ref["Strategy"](by="strategy_id")
