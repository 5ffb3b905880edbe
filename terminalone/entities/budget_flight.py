"""A budget flight. Source: entities.json, BudgetFlight."""

from typing import TYPE_CHECKING

from ..fields import Bool01, DateTime, Float, Int, Ref, Str
from ..routes import service
from .base import Removable, with_id

if TYPE_CHECKING:
    from . import Campaign


class BudgetFlight(Removable, collection="budget_flights"):
    """A budget flight: a part of a campaign's budget for a part of its time.

    Flights live under their campaign: list them with ``limit={"campaign": 7}`` or as ``campaign.budget_flights``.
    """

    _nested_in = "campaign"
    name = Str()
    campaign_id = Int()
    currency_code = Str()
    end_date = DateTime()
    is_relevant = Bool01()
    start_date = DateTime()
    total_budget = Float(budget=True)
    total_impression_budget = Int()
    zone_name = Str()

    campaign = Ref["Campaign"](by="campaign_id")

    def _path(self) -> str:
        # Saved and deleted below the campaign (wire.md section 4): T1 has no collection of all flights.
        """Where it is saved: below its campaign."""
        flights = f"{service('campaigns')}/{int(self.campaign_id)}/budget_flights"
        return with_id(flights, self._raw.get("id"))
