"""New strategy groups of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Choice, DateTime, Float, Int, ListOf, Nested, Ref, Str, Struct, Version

if TYPE_CHECKING:
    from .campaign import Campaign

__all__ = ["NewStrategyGroup", "NewStrategyGroupStrategy"]


class NewStrategyGroupStrategy(Struct):
    """A nested value of new strategy groups."""

    id = Int(readonly=True)
    entity_type = Str(readonly=True)
    name = Str(readonly=True)


class NewStrategyGroup(
    V3Entity,
    collection="new_strategy_groups",
    type="new_strategy_group",
    list="list-new-strategy-groups",
    get="get-new-strategy-group",
    create="create-new-strategy-group",
    update="update-new-strategy-group",
    delete="delete-new-strategy-group",
):
    """A new strategy group. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name", "campaign_id", "strategy_count", "strategies")

    name = Str(shortest=1, longest=255, required=True)
    campaign_id = Int(least=1, create_only=True, required=True)
    strategy_count = Int(readonly=True)
    strategies = ListOf(Nested(NewStrategyGroupStrategy), readonly=True)
    description = Str(longest=1024, nullable=True)
    spend_cap_type = Choice("even", "asap", "no-limit", doc="Default: no-limit")
    spend_cap_amount = Float(least=0.01, most=9999999.99, nullable=True)
    impression_cap_type = Choice("even", "asap", "no-limit", doc="Default: no-limit")
    impression_cap_amount = Int(least=1, nullable=True)
    external_identifier = Str(longest=256, nullable=True)
    version = Version(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    campaign = Ref["Campaign"](by="campaign_id")
