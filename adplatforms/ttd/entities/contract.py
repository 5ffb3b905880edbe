"""Contracts."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..mapped import Archived, Bool, Id, Int, Moment, Nested, Str
from ..values import Price

if TYPE_CHECKING:
    from . import Partner


class Contract(TTDEntity, collection="contracts"):
    """A contract, that is, a deal with a supply vendor.

    Only REST has it. Listed by the partner that owns it, or by an advertiser to which it is available; those may belong
    to another partner. Source: platform_rest_v3.json.
    """

    _rest = "contract"
    _surface = "rest"

    id = Id(readonly=True, graphql="", rest="ContractId")
    name = Str(graphql="", rest="Name", required=True)
    partner_id = Id("partnerId", graphql="", rest="OwnerPartnerId", create_only=True, doc="the owner")
    description = Str(graphql="", rest="Description")
    # Required on create and on every update since 2025-01-07 [D].
    is_upfront = Bool("isUpfront", graphql="", rest="IsUpfront", required=True, always=True, source="D")
    contract_type = Str("contractType", graphql="", rest="ContractType")
    supply_vendor_id = Int("supplyVendorId", graphql="", rest="SupplyVendorId")
    supply_vendor_deal_code = Str("supplyVendorDealCode", graphql="", rest="SupplyVendorDealCode")
    floor_price_cpm = Nested(Price, "floorPriceCPM", graphql="", rest="FloorPriceCPM", nullable=True)
    start_date_utc = Moment("startDateUtc", graphql="", rest="StartDateUTC")
    end_date_utc = Moment("endDateUtc", graphql="", rest="EndDateUTC")
    delivery_profile_id = Id("deliveryProfileId", graphql="", rest="DeliveryProfileId")
    is_archived = Archived(graphql="")
    partner = Ref["Partner"](by="partner_id")
