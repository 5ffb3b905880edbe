"""Ad groups."""

from typing import TYPE_CHECKING

from adplatforms.core import fields, nested
from adplatforms.core.relations import Children, Ref

from .. import structs
from ..enums import (
    AD_GROUP_CHANNELS,
    FUNNEL,
    MARKETS,
    VALUE_ADDED_PROVIDERS,
    VIEWABILITY_PROFILES,
    VIEWABILITY_STANDARDS,
)
from ..fields import Enum as Word
from ..mapped import Amount, Archived, Bool, Enum, Float, Id, Int, ListOf, Moment, Nested, Object, Str
from ..operations.archiving import ArchivedForGood
from ..operations.bid_lists import BidListOperations
from ..operations.figures import ReportOperations
from ..values import AdGroupBudgetSummary, Goal, IndustryCategory, KoaSummary

if TYPE_CHECKING:
    from . import AdGroupFlight, Advertiser, Campaign, CampaignFlight, Creative, Label, Partner


class AdGroup(ArchivedForGood, BidListOperations, ReportOperations, collection="ad_groups"):
    """An ad group of a campaign: what is bid, for whom, and which creatives are shown.

    Listed by GraphQL over all campaigns, or by campaign or advertiser: ``limit={"campaign": id}``. Saved and archived
    through Workflows; paused by ``is_enabled = False``. Bids are CPMs, all amounts in the advertiser's currency.

    Settings are typed nested values that a save sends completely. Source: workflows.json `AdGroupCreateWorkflowInput`,
    `AdGroupUpdateWorkflowInput`; crosswalk.md.
    """

    _rest = "adgroup"
    _created = "created_at"
    _never_copied = frozenset({"caller_source", "include_defaults_from_campaign"})
    _set_instead = {"flights": "set flight_budgets: what it may spend in each flight of its campaign"}
    _shown_by_rest = {
        "audience_targeting": "rtbAttributes.AudienceTargeting",
        "flight_budgets": "rtbAttributes.BudgetSettings.AdGroupFlights",
    }

    id = Id(readonly=True, rest="AdGroupId")
    name = Str(rest="AdGroupName", write="primaryInput.name", required=True)
    campaign_id = Id(
        "campaignId", graphql="campaign.id", rest="CampaignId", write="campaignId", required=True, create_only=True
    )
    advertiser_id = Id("advertiserId", graphql="advertiser.id", rest="AdvertiserId", readonly=True)
    partner_id = Id("partnerId", graphql="partner.id", readonly=True)
    description = Str(rest="Description", write="primaryInput.description")
    # An ad group without creatives cannot be enabled [D].
    is_enabled = Bool("isEnabled", rest="IsEnabled", write="primaryInput.isEnabled")
    is_archived = Archived()
    # REST answers 400 to `Other` and `Native` since 2024-10-01 [D]; the official SDK still has them [S].
    channel = Enum(
        AD_GROUP_CHANNELS,
        rest="ChannelId",
        write="primaryInput.channel",
        required=True,
        only_read="Mixed TVPersonal",
        doc="fixed once a flight has started [D]",
    )
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
    # What GraphQL shows of settings, in shapes of its own: read only, `roi_goal` and others set them.
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

    # What the Workflows API takes, and GraphQL does not read or reads in another shape.
    roi_goal = Nested(
        structs.AdGroupGoal,
        "roiGoal",
        graphql="",
        rest="RTBAttributes.ROIGoal",
        write="primaryInput.roiGoal",
        doc="GraphQL tells it as `goal`",
    )
    budget = Nested(
        structs.AdGroupBudget,
        "budgetSettings",
        graphql="",
        write="primaryInput.budget",
        doc="GraphQL tells it as `budget_summary`",
    )
    flight_budgets = ListOf(
        nested.Nested(structs.AdGroupFlightBudget),
        "flightBudgets",
        graphql="",
        write="advancedInput.flights",
        doc="what it may spend in each flight of its campaign; `flights` reads it",
    )
    # Lists are replaced, not merged: send all that are to stay.
    creative_ids = ListOf(
        fields.Str(), "creativeIds", graphql="", rest="RTBAttributes.CreativeIds", write="primaryInput.creativeIds"
    )
    associated_bid_lists = ListOf(
        nested.Nested(structs.BidListAssociation),
        "associatedBidLists",
        graphql="",
        rest="AssociatedBidLists",
        write="primaryInput.associatedBidLists",
        doc="replaced, not merged",
    )
    audience_targeting = Nested(
        structs.AudienceTargeting, "audienceTargeting", graphql="", write="primaryInput.audienceTargeting"
    )
    koa_optimization_settings = Nested(
        structs.KoaSettings,
        "koaOptimizationSettings",
        graphql="",
        rest="KoaOptimizationSettings",
        write="advancedInput.koaOptimizationSettings",
        doc="GraphQL tells it as `koa_settings`",
    )
    dimensional_bidding_auto_optimization_settings = ListOf(
        fields.ListOf(Word(structs.DIMENSIONS)),
        "dimensionalBiddingAutoOptimizationSettings",
        graphql="",
        write="advancedInput.dimensionalBiddingAutoOptimizationSettings",
        doc="groups of dimensions",
    )
    include_defaults_from_campaign = Bool(
        "includeDefaultsFromCampaign",
        graphql="",
        write="primaryInput.includeDefaultsFromCampaign",
        create_only=True,
        nullable=False,
    )
    caller_source = Str("callerSource", graphql="", write="advancedInput.callerSource")
    comscore_settings = Nested(
        structs.ComscoreSettings, "comscoreSettings", graphql="", write="advancedInput.comscoreSettings"
    )
    contract_targeting = Nested(
        structs.ContractTargeting, "contractTargeting", graphql="", write="advancedInput.contractTargeting"
    )
    nielsen_tracking_attributes = Nested(
        structs.NielsenTracking,
        "nielsenTrackingAttributes",
        graphql="",
        write="advancedInput.nielsenTrackingAttributes",
    )
    new_frequency_configs = ListOf(
        nested.Nested(structs.NewFrequencyConfig),
        "newFrequencyConfigs",
        graphql="",
        write="advancedInput.newFrequencyConfigs",
    )
    inventory_targeting = Nested(
        structs.InventoryTargeting, "inventoryTargeting", graphql="", write="advancedInput.inventoryTargeting"
    )
    is_use_clicks_as_conversions_enabled = Bool(
        "isUseClicksAsConversionsEnabled", graphql="", write="advancedInput.isUseClicksAsConversionsEnabled"
    )
    is_use_secondary_conversions_enabled = Bool(
        "isUseSecondaryConversionsEnabled", graphql="", write="advancedInput.isUseSecondaryConversionsEnabled"
    )
    is_non_decisioned = Bool("isNonDecisioned", graphql="", write="advancedInput.isNonDecisioned")
    programmatic_guaranteed_private_contract_id = Str(
        "programmaticGuaranteedPrivateContractId",
        graphql="",
        rest="ProgrammaticGuaranteedPrivateContractId",
        write="primaryInput.programmaticGuaranteedPrivateContractId",
        create_only=True,
    )

    # What REST alone has.
    category = Object("category", graphql="", rest="AdGroupCategory", readonly=True, doc="{CategoryId}, or its number")
    industry_category_id = Int("industryCategoryId", graphql="", rest="IndustryCategoryId", readonly=True)
    rtb_attributes = Object("rtbAttributes", graphql="", rest="RTBAttributes", readonly=True, doc="as REST has them")
    new_bid_lists = Object("newBidLists", graphql="", rest="NewBidLists", readonly=True)
    rest_frequency_configs = Object("restFrequencyConfigs", graphql="", rest="NewFrequencyConfigs", readonly=True)
    predictive_clearing_enabled = Bool(
        "predictiveClearingEnabled", graphql="", rest="PredictiveClearingEnabled", readonly=True
    )
    additional_fee_cards = Object(
        "additionalFeeCards", graphql="", rest="CurrentAndFutureAdditionalFeeCards", readonly=True
    )
    is_classic = Bool("isClassic", graphql="", rest="IsClassic", readonly=True, doc="older")
    # REST's own moments; GraphQL's are `created_at` and `last_updated`.
    created_at_utc = Moment("createdAtUtc", graphql="", rest="CreatedAtUTC", readonly=True)
    last_updated_at_utc = Moment("lastUpdatedAtUtc", graphql="", rest="LastUpdatedAtUTC", readonly=True)

    # What GraphQL alone has.
    quality_alliance_viewability_profile = Enum(
        VIEWABILITY_PROFILES, "qualityAllianceViewabilityProfile", readonly=True
    )
    display_viewability_standard_integral = Enum(
        VIEWABILITY_STANDARDS, "displayViewabilityStandardIntegral", readonly=True
    )
    video_viewability_standard_integral = Enum(VIEWABILITY_STANDARDS, "videoViewabilityStandardIntegral", readonly=True)

    campaign = Ref["Campaign"](by="campaign_id")
    advertiser = Ref["Advertiser"](by="advertiser_id")
    partner = Ref["Partner"](by="partner_id")
    current_flight = Ref["AdGroupFlight"](key="currentFlight")
    flights = Children["AdGroupFlight"](by="ad_group_id", key="adGroupFlights")
    campaign_flights = Children["CampaignFlight"](key="campaignFlights")
    creatives = Children["Creative"]()
    labels = Children["Label"](key="customLabels")
