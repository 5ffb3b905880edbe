"""Hours of the week in which a strategy bids. Source: entities.json, StrategyDayPart."""

from typing import TYPE_CHECKING

from ..fields import Bool01, DateTime, Int, Ref, Str
from .base import Removable

if TYPE_CHECKING:
    from . import Strategy


class StrategyDayPart(Removable, collection="strategy_day_parts"):
    """Hours of the week in which a strategy bids. `Strategy.set_day_parts` sets all of them in one call."""

    status = Bool01()
    days = Str(doc="letters of M T W R F S U")
    end_hour = Int()
    start_hour = Int(doc="0 to 23")
    strategy_id = Int()
    # Scripts of the classic SDK read it by this name (wire.md section 10, defect 40).
    udpated_on = DateTime("updated_on", readonly=True, doc="updated_on, as the classic SDK misspells it")
    user_time = Bool01()

    strategy = Ref["Strategy"](by="strategy_id")
