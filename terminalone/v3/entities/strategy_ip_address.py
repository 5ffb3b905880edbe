"""Strategy ip addresses of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import DateTime, Int, ListOf, Ref, Str, Version

if TYPE_CHECKING:
    from .strategy import Strategy

__all__ = ["StrategyIpAddress"]


class StrategyIpAddress(
    V3Entity, collection="strategy_ip_addresses", type="strategy_ip_address", list="list-strategy-ip-addresses"
):
    """A strategy ip address. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    version = Version(readonly=True)
    strategy_id = Int(readonly=True)
    target_inet = ListOf(Str(), readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    strategy = Ref["Strategy"](by="strategy_id")
