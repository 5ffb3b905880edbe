"""A deal of the deals service. Source: entities.json, Deal; wire.md section 4."""

from collections.abc import Mapping
from typing import Any

from ..fields import Bool, Choice, Int, Object, OffsetDateTime, Price, Str
from .base import T1Entity


class Deal(T1Entity, collection="deals"):
    """A deal: the price and terms at which a publisher sells to the organizations, agencies and advertisers named.

    Deals live in a service of their own that takes JSON. List those of an advertiser with
    ``limit={"advertiser": 7}``. The older service had other fields besides these: what a deal has of them is readable.
    """

    # A service of its own, in JSON: it knows no versions (wire.md section 4), and takes the limit as a parameter of
    # the query (section 11, t1-java).
    _versioned = False
    _complete_with = "deal_identifier"
    _limit_params = {"advertiser": "permissions.advertiser_id"}

    name = Str(required=True)
    # A JSON boolean, where all other services have 1 and 0 (wire.md section 4).
    status = Bool(required=True)
    bill_type = Choice("EXCHANGE NONE PUBLISHER", default="EXCHANGE")
    deal_identifier = Str(required=True)
    deal_type = Choice("PG STANDARD", default="STANDARD")
    description = Str()
    end_datetime = OffsetDateTime(required=True)
    owner = Object(required=True, doc='{"type": INTERNAL, ORGANIZATION, AGENCY or ADVERTISER, "id": int}')
    permissions = Object(
        required=True, doc='{"all_organizations": bool, and lists "organization_ids", "agency_ids", "advertiser_ids"}'
    )
    # Objects are sent complete, whatever changed in them (wire.md section 4).
    price = Price(required=True, doc='{"value": "4.3200", "currency_code": "EUR"}: an amount as text, ISO 4217')
    price_method = Choice("CPM", default="CPM", required=True)
    price_type = Choice("FIXED FLOOR", required=True)
    start_datetime = OffsetDateTime(required=True)
    sub_supply_source_id = Int(nullable=True)
    supply_source_id = Int(nullable=True)
    zone_name = Str()

    def _body(self, values: Mapping[str, Any], version: Any) -> dict[str, Any]:
        """The values as JSON, by T1's names; None goes as null."""
        return self._edits(values)
