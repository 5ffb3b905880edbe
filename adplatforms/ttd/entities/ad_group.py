"""Ad groups."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Children, Ref

from ..enums import AD_GROUP_CHANNELS, FUNNEL, MARKETS, VALUE_ADDED_PROVIDERS
from ..mapped import Amount, Archived, Bool, Enum, Float, Id, Int, ListOf, Moment, Nested, Str
from ..values import AdGroupBudgetSummary, Goal, IndustryCategory, KoaSummary
from .ad_group_inputs import AdGroupInputs

if TYPE_CHECKING:
    from . import AdGroupFlight, Advertiser, Campaign, CampaignFlight, Creative, Label, Partner


class AdGroup(AdGroupInputs, collection="ad_groups"):
    """An ad group, saved through Workflows. Amounts are in the advertiser's currency."""

    _rest = "adgroup"
    _created = "created_at"

    id = Id(readonly=True, rest="AdGroupId")
    name = Str(rest="AdGroupName", write="primaryInput.name", required=True)
    campaign_id = Id(
        "campaignId", graphql="campaign { id }", rest="CampaignId", write="campaignId", required=True, create_only=True
    )
    advertiser_id = Id("advertiserId", graphql="advertiser { id }", rest="AdvertiserId", readonly=True)
    partner_id = Id("partnerId", graphql="partner { id }", readonly=True)
    description = Str(rest="Description", write="primaryInput.description")
    is_enabled = Bool("isEnabled", rest="IsEnabled", write="primaryInput.isEnabled")
    is_archived = Archived()
    channel = Enum(AD_GROUP_CHANNELS, rest="ChannelId", write="primaryInput.channel", required=True)
    funnel_location = Enum(
        FUNNEL, "funnelLocation", rest="FunnelLocation", write="primaryInput.funnelLocation", required=True
    )
    funnel_location_type = Enum(FUNNEL, "funnelLocationType", readonly=True)
    market_type = Enum(MARKETS, "marketType", write="primaryInput.marketType")
    base_bid_cpm_in_advertiser_currency = Amount(
        "baseBidCPMInAdvertiserCurrency",
        rest="RTBAttributes.BaseBidCPM.Amount",
        write="primaryInput.baseBidCPMInAdvertiserCurrency",
    )
    max_bid_cpm_in_advertiser_currency = Amount(
        "maxBidCPMInAdvertiserCurrency",
        rest="RTBAttributes.MaxBidCPM.Amount",
        write="primaryInput.maxBidCPMInAdvertiserCurrency",
    )
    goal = Nested(Goal, readonly=True, doc="`roi_goal` sets it")
    budget_summary = Nested(AdGroupBudgetSummary, "budget", readonly=True)
    budget_in_advertiser_currency = Amount("budgetInAdvertiserCurrency", readonly=True)
    budget_in_impressions = Int("budgetInImpressions", readonly=True)
    koa_settings = Nested(KoaSummary, "koaSettings", readonly=True)
    industry_category = Nested(IndustryCategory, "industryCategory", readonly=True)
    industry_sub_category = Nested(IndustryCategory, "industrySubCategory", readonly=True)
    campaign_stack_rank = Int("campaignStackRank", readonly=True)
    private_contract_default_adjustment = Float("privateContractDefaultAdjustment", readonly=True)
    pacing_grain_id = Int("pacingGrainId", readonly=True)
    deals_present = Bool("dealsPresent", readonly=True)
    is_dimensional_bidding_mode = Bool("isDimensionalBiddingMode", readonly=True)
    is_high_fill_rate = Bool("isHighFillRate", readonly=True)
    is_programmatic_guaranteed = Bool("isProgrammaticGuaranteed", readonly=True)
    is_template = Bool("isTemplate", readonly=True)
    value_added_providers = ListOf(Enum(VALUE_ADDED_PROVIDERS), "valueAddedProviders", readonly=True)
    created_at = Moment("createdAt", readonly=True)
    last_updated = Moment("lastUpdated", readonly=True)
    campaign = Ref["Campaign"](by="campaign_id")
    advertiser = Ref["Advertiser"](by="advertiser_id")
    partner = Ref["Partner"](by="partner_id")
    current_flight = Ref["AdGroupFlight"](key="currentFlight")
    flights = Children["AdGroupFlight"](by="ad_group_id", key="adGroupFlights")
    campaign_flights = Children["CampaignFlight"](key="campaignFlights")
    creatives = Children["Creative"]()
    labels = Children["Label"](key="customLabels")
