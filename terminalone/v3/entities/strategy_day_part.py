"""Strategy day parts of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, DateTime, Int, Ref, Str, Version

if TYPE_CHECKING:
    from .strategy import Strategy

__all__ = ["StrategyDayPart"]


class StrategyDayPart(
    V3Entity, collection="strategy_day_parts", type="strategy_day_part", list="list-strategy-day-parts"
):
    """A strategy day part. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    version = Version(readonly=True)
    strategy_id = Int(readonly=True)
    user_time = Bool(readonly=True, doc="Default: True")
    status = Bool(readonly=True)
    start_hour = Int(readonly=True)
    end_hour = Int(readonly=True)
    days = Str(readonly=True, doc="Default: MTWRFSU")
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    strategy = Ref["Strategy"](by="strategy_id")
