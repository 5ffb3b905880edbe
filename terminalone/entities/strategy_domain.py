"""A domain that a strategy buys or avoids. Source: entities.json, StrategyDomain."""

from typing import TYPE_CHECKING

from ..fields import Choice, DateTime, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Strategy


class StrategyDomain(T1Entity, collection="strategy_domain_restrictions", type="strategy_domain_restriction"):
    """A domain that a strategy buys or avoids. `Strategy.set_domains` sets all of them in one call."""

    created_at = DateTime(readonly=True)
    domain = Str()
    restriction = Choice("EXCLUDE INCLUDE", default="")
    strategy_id = Int()

    strategy = Ref["Strategy"](by="strategy_id")
