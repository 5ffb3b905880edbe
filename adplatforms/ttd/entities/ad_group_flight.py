"""Ad group flights."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..mapped import Amount, Enum, Id, Int

if TYPE_CHECKING:
    from . import AdGroup, Campaign, CampaignFlight


class AdGroupFlight(TTDEntity, collection="ad_group_flights"):
    """What an ad group may spend in a flight of its campaign, in the advertiser's currency.

    Listed by GraphQL inside its ad group or its campaign flight; REST keeps it in the record of the ad group. It is
    changed through its ad group: ``ad_group.flight_budgets = [...]``.

    It has no id of its own: `id` is made of the two it has, ``"{ad_group_id}/{campaign_flight_id}"``.
    """

    _rest = "adgroupflight"
    _identity = ("adGroupId", "campaignFlightId")

    id = Id(readonly=True, graphql="", doc="made of the two others")
    ad_group_id = Id("adGroupId", rest="AdGroupId", readonly=True)
    campaign_id = Id("campaignId", graphql="campaign.id", readonly=True)
    campaign_flight_id = Int("campaignFlightId", rest="CampaignFlightId", readonly=True)
    allocation_type = Enum(
        "Minimum Fixed Maximum", "allocationType", rest="AllocationType", readonly=True, source="GraphQL D, REST I"
    )
    allocation_in_advertiser_currency = Amount("allocationInAdvertiserCurrency", readonly=True, source="D")
    budget_in_advertiser_currency = Amount(
        "budgetInAdvertiserCurrency", rest="BudgetInAdvertiserCurrency", readonly=True
    )
    budget_in_impressions = Int("budgetInImpressions", rest="BudgetInImpressions", readonly=True)
    daily_target_in_advertiser_currency = Amount(
        "dailyTargetInAdvertiserCurrency", rest="DailyTargetInAdvertiserCurrency", readonly=True
    )
    daily_target_in_impressions = Int("dailyTargetInImpressions", rest="DailyTargetInImpressions", readonly=True)
    minimum_spend_in_advertiser_currency = Amount(
        "minimumSpendInAdvertiserCurrency",
        readonly=True,
        removed="on 2025-10-01: `allocation_in_advertiser_currency` with `allocation_type` replaces it [D]",
    )
    ad_group = Ref["AdGroup"](by="ad_group_id", key="adGroup")
    campaign = Ref["Campaign"](by="campaign_id")
    campaign_flight = Ref["CampaignFlight"](by="campaign_flight_id", key="campaignFlight")
