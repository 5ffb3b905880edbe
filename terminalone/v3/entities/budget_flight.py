"""Budget flights of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, DateTime, Float, Int, Ref, Str, Version

if TYPE_CHECKING:
    from .campaign import Campaign

__all__ = ["BudgetFlight"]


class BudgetFlight(
    V3Entity,
    collection="budget_flights",
    type="budget_flight",
    list="list-budget-flights",
    bulk="bulk-update-budget-flights",
):
    """A budget flight. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    version = Version(readonly=True)
    campaign_id = Int(readonly=True)
    start_date = DateTime(readonly=True)
    end_date = DateTime(readonly=True)
    total_budget = Float(readonly=True)
    is_relevant = Bool(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    zone_name = Str(readonly=True)
    currency_code = Str(readonly=True)
    total_impression_budget = Int(readonly=True)
    campaign = Ref["Campaign"](by="campaign_id")
