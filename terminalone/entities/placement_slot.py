"""A slot of a placement. Source: entities.json, PlacementSlot."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Choice, DateTime, Float, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import SitePlacement

CREATE_DEFAULTS = {
    "ad_slot": "1",
    "auction_type": "FIRST_PRICED",
    "budget": "1.0",
    "buy_price_type": "CPM",
    "est_volume": "0.0",
    "frequency_amount": "1",
    "frequency_interval": "not-applicable",
    "frequency_type": "no-limit",
    "sell_price": "0.0",
    "sell_price_type": "CPM",
    "volume_unit": "impressions",
}
"""What the classic SDK sends with every new slot, without its dates of 2012."""


class PlacementSlot(T1Entity, collection="placement_slots"):
    """A slot of a placement: the space for one ad.

    A new one gets `CREATE_DEFAULTS` for what is not set; its dates have none.
    """

    # start_date and end_date get no default: the classic SDK posted dates of 2012 (wire.md section 10, defect 38).
    ad_slot = Int()
    allow_remnant = Bool01()
    auction_type = Choice("FIRST_PRICED SECOND_PRICED", default="FIRST_PRICED", required=True)
    budget = Float(budget=True)
    buy_price = Float(required=True)
    buy_price_type = Choice("CPM", default="CPM", required=True)
    description = Str()
    end_date = DateTime()
    est_volume = Float()
    frequency_amount = Int()
    frequency_interval = Choice("campaign day hour month not-applicable week", default="not-applicable")
    frequency_type = Choice("asap even no-limit", default="no-limit")
    height = Int(required=True)
    prm_pub_ceiling = Float()
    prm_pub_markup = Float()
    sell_price = Float()
    sell_price_type = Choice("CPM", default="CPM")
    site_placement_id = Int(required=True)
    start_date = DateTime()
    volume_unit = Choice("impressions", default="impressions")
    width = Int(required=True)

    placement = Ref["SitePlacement"](by="site_placement_id")

    def _form(self, form: dict[str, str]) -> None:
        """Adds the defaults of a new slot to what is set."""
        if self._raw.get("id") is None:
            form.update({name: value for name, value in CREATE_DEFAULTS.items() if name not in form})
