"""Campaign flights."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Children, Ref

from ..mapped import Amount, Bool, Enum, Float, Id, Int, Moment
from ..operations.figures import LifetimeOperations

if TYPE_CHECKING:
    from . import AdGroupFlight, Campaign


class CampaignFlight(LifetimeOperations, collection="campaign_flights"):
    """A flight of a campaign: a budget for a span of time, in the advertiser's currency.

    Read through its campaign. Changed by REST's ``PUT campaignflight`` [O], created by the GraphQL mutation
    `campaignFlightCreate` [O, the names of its input are I], deleted by REST's ``DELETE campaignflight/{id}`` [D].
    """

    _rest = "campaignflight"

    # Unlike most ids a number, on all surfaces.
    id = Int(readonly=True, rest="CampaignFlightId")
    campaign_id = Id("campaignId", graphql="campaign.id", rest="CampaignId", required=True, create_only=True)
    start_date_inclusive_utc = Moment("startDateInclusiveUTC", rest="StartDateInclusiveUTC", required=True)
    end_date_exclusive_utc = Moment("endDateExclusiveUTC", rest="EndDateExclusiveUTC", doc="None: open end")
    budget_in_advertiser_currency = Amount(
        "budgetInAdvertiserCurrency", rest="BudgetInAdvertiserCurrency", required=True, budget=True
    )
    budget_in_impressions = Int("budgetInImpressions", rest="BudgetInImpressions")
    daily_target_in_advertiser_currency = Amount(
        "dailyTargetInAdvertiserCurrency", rest="DailyTargetInAdvertiserCurrency", budget=True
    )
    daily_target_in_impressions = Int("dailyTargetInImpressions", rest="DailyTargetInImpressions")
    budget_allocation_mode = Enum("Fixed Fluid Mixed", "budgetAllocationMode", readonly=True)
    days_remaining = Float("daysRemaining", readonly=True)
    is_active_for_at_least_a_day = Bool("isActiveForAtLeastADay", readonly=True)
    is_current = Bool("isCurrent", readonly=True)
    is_deleted = Bool("isDeleted", readonly=True)
    campaign = Ref["Campaign"](by="campaign_id")
    ad_group_flights = Children["AdGroupFlight"](by="campaign_flight_id", key="adGroupFlights")
