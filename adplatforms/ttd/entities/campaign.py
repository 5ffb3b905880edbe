"""Campaigns."""

from typing import TYPE_CHECKING

from adplatforms.core import fields, nested
from adplatforms.core.relations import Children, Ref

from .. import structs
from ..enums import CAMPAIGN_CHANNELS, CUSTOM_CPA, CUSTOM_ROAS, FUNNEL, PACING, SHARES, VALUE_ADDED_PROVIDERS
from ..mapped import Amount, Archived, Bool, Enum, Float, Id, Int, ListOf, Moment, Nested, Object, Pacing, Str, TimeZone
from ..operations.campaign import CampaignOperations
from ..values import CampaignBudgetSummary, Goal, PacingSettings

if TYPE_CHECKING:
    from . import AdGroup, Advertiser, Audience, CampaignFlight, Label, Partner, PassThroughFeeCard, Seed


class Campaign(CampaignOperations, collection="campaigns"):
    """A campaign of an advertiser: what its ad groups spend together, on which channel and towards which goal.

    Listed by GraphQL over all advertisers, or by one: ``limit={"advertiser": id}``. Saved and archived through
    Workflows. Amounts are in the advertiser's currency.

    A create needs its advertiser, name, channel and primary goal, and takes either `budget` or `initial_flights`.
    Afterwards money is changed on its `flights`, which are records of their own. Source:
    workflows.json `CampaignCreateWorkflowInput`, `CampaignUpdateWorkflowInput`; crosswalk.md.
    """

    _rest = "campaign"
    _created = "created_at_utc"
    _never_copied = frozenset({"caller_source"})
    _set_instead = {
        "flights": "a new campaign takes initial_flights; afterwards change campaign.flights[0], then save() it",
        "budget": "set pacing_mode for the pacing; amounts are changed on flights: campaign.flights[0], then save()",
        "secondary_goal": 'remove_goal("secondary") takes it away',
        "tertiary_goal": 'remove_goal("tertiary") takes it away',
        "custom_label_names": "set_labels([...]) changes those of a campaign that exists",
        "initial_flights": "flights are records of their own: change campaign.flights[0], then save() it",
    }
    _shown_by_rest = {"custom_label_names": "restLabels"}

    id = Id(readonly=True, rest="CampaignId")
    name = Str(rest="CampaignName", write="primaryInput.name", required=True)
    advertiser_id = Id(
        "advertiserId",
        graphql="advertiser.id",
        rest="AdvertiserId",
        write="primaryInput.advertiserId",
        required=True,
        create_only=True,
    )
    partner_id = Id("partnerId", graphql="partner.id", readonly=True)
    seed_id = Id("seedId", graphql="seed.id", rest="SeedId", write="primaryInput.seedId")
    audience_id = Id("audienceId", graphql="audience.id", readonly=True)
    description = Str(rest="Description", write="primaryInput.description")
    start_date = Moment("startDate", rest="StartDate", write="primaryInput.startDateInUtc")
    end_date = Moment("endDate", rest="EndDate", write="primaryInput.endDateInUtc")
    time_zone = TimeZone("timeZone", rest="TimeZone", write="primaryInput.timeZone", doc="IANA name")
    time_zone_iana = Str("timeZoneIANA", readonly=True)
    # Three names for one fact: ``channelType``, ``PrimaryChannel`` and ``primaryChannel``.
    primary_channel = Enum(
        CAMPAIGN_CHANNELS, "channelType", rest="PrimaryChannel", write="primaryInput.primaryChannel", required=True
    )
    objective = Enum(FUNNEL, rest="Objective", readonly=True)
    goal = Nested(Goal, readonly=True, doc="`primary_goal` sets it")
    primary_goal = Nested(
        structs.CampaignGoal,
        "primaryGoal",
        graphql="",
        rest="PrimaryGoal",
        write="primaryInput.primaryGoal",
        required=True,
        doc="GraphQL tells it as `goal`",
    )
    secondary_goal = Nested(
        structs.CampaignGoal, "secondaryGoal", graphql="", rest="SecondaryGoal", write="primaryInput.secondaryGoal"
    )
    tertiary_goal = Nested(
        structs.CampaignGoal, "tertiaryGoal", graphql="", rest="TertiaryGoal", write="primaryInput.tertiaryGoal"
    )
    # Before `pacing_mode`: both go to ``primaryInput.budget``, where the field that is declared later wins.
    budget = Nested(
        structs.CampaignBudget,
        "budgetSettings",
        graphql="",
        write="primaryInput.budget",
        create_only=True,
        doc="what a new campaign may spend; afterwards change its `flights`, and read `budget_summary`",
    )
    initial_flights = ListOf(
        nested.Nested(structs.CampaignFlightBudget),
        "initialFlights",
        graphql="",
        write="advancedInput.flights",
        create_only=True,
        doc="the flights of a new campaign; afterwards they are its `flights`",
    )
    pacing_mode = Pacing(PACING, "pacingMode", rest="PacingMode", write="primaryInput.budget.pacingMode")
    budget_summary = Nested(CampaignBudgetSummary, "budget", readonly=True)
    campaign_pacing_settings = Nested(
        PacingSettings, "campaignPacingSettings", readonly=True, removed="with `isValuePacing` on 2025-06-15 [D]"
    )
    is_archived = Archived()
    is_template = Bool("isTemplate", readonly=True)
    is_managed_by_ttd = Bool("isManagedByTTD", write="primaryInput.isManagedByTTD")
    is_migrated_to_kokai = Bool("isMigratedToKokai", readonly=True)
    is_programmatic_guaranteed = Bool("isProgrammaticGuaranteed", readonly=True)
    version = Enum("Kokai Solimar", rest="Version", readonly=True)
    type = Enum("HealthCareProvider None", readonly=True)
    share_type = Enum(SHARES, "shareType", readonly=True)
    purchase_order_number = Str("purchaseOrderNumber", write="advancedInput.purchaseOrderNumber")
    io_contract_id = Int("ioContractId", readonly=True)
    site_url = Str("siteUrl", readonly=True)
    budget_in_impressions = Int("budgetInImpressions", rest="BudgetInImpressions", readonly=True)
    value_added_providers = ListOf(Enum(VALUE_ADDED_PROVIDERS), "valueAddedProviders", readonly=True)
    # GraphQL has each of these moments twice. REST knows only the ones that end in UTC.
    created_at = Moment("createdAt", readonly=True)
    created_at_utc = Moment("createdAtUtc", rest="CreatedAtUTC", readonly=True)
    last_updated = Moment("lastUpdated", readonly=True)
    last_updated_at_utc = Moment("lastUpdatedAtUtc", rest="LastUpdatedAtUTC", readonly=True)

    # What the Workflows API takes, and GraphQL does not read or reads in another shape.
    # REST refuses a create without the list, even an empty one [3:2]; Workflows does not ask for it.
    campaign_conversion_reporting_columns = ListOf(
        nested.Nested(structs.ConversionReportingColumn),
        "campaignConversionReportingColumns",
        graphql="",
        rest="CampaignConversionReportingColumns",
        write="primaryInput.campaignConversionReportingColumns",
    )
    conversion_reporting_columns_count = Int(
        "conversionReportingColumnsCount", graphql="", readonly=True, doc="in the answers of Workflows"
    )
    campaign_group_id = Int("campaignGroupId", graphql="", write="primaryInput.campaignGroupId")
    # Names on the way in, `labels` with ids on the way out: nothing reads the names back.
    custom_label_names = ListOf(
        fields.Str(), "customLabelNames", graphql="", write="primaryInput.customLabelNames", create_only=True
    )
    custom_cpa_type = Enum(CUSTOM_CPA, "customCPAType", rest="CustomCPAType", write="primaryInput.customCPAType")
    custom_cpa_click_weight = Float("customCPAClickWeight", write="primaryInput.customCPAClickWeight")
    custom_cpa_viewthrough_weight = Float("customCPAViewthroughWeight", write="primaryInput.customCPAViewthroughWeight")
    # Workflows writes "Roas" and "Cpm" where GraphQL has capitals.
    custom_roas_type = Enum(CUSTOM_ROAS, "customROASType", write="primaryInput.customRoasType")
    impressions_only_budgeting_cpm = Amount(
        "impressionsOnlyBudgetingCPM", write="primaryInput.impressionsOnlyBudgetingCpm"
    )

    # What only a create takes: no surface reads it back.
    campaign_incremental_reach_setting = Nested(
        structs.IncrementalReachSettings,
        "campaignIncrementalReachSetting",
        graphql="",
        write="primaryInput.campaignIncrementalReachSetting",
        create_only=True,
    )
    include_defaults_from_advertiser = Bool(
        "includeDefaultsFromAdvertiser",
        graphql="",
        rest="IncludeDefaultsFromAdvertiser",
        write="advancedInput.includeDefaultsFromAdvertiser",
        create_only=True,
        nullable=False,
    )
    pass_through_fee_card = Nested(
        structs.PassThroughFeeCard,
        "passThroughFeeCard",
        graphql="",
        write="advancedInput.passThroughFeeCard",
        create_only=True,
    )
    caller_source = Str("callerSource", graphql="", write="advancedInput.callerSource", create_only=True)
    frequency_configs = ListOf(
        nested.Nested(structs.FrequencyConfig),
        "frequencyConfigs",
        graphql="",
        write="advancedInput.frequencyConfigs",
        create_only=True,
    )

    # What REST alone has.
    budget_amount = Amount(
        "budgetAmount", graphql="", rest="Budget.Amount", readonly=True, doc="in the advertiser's currency"
    )
    daily_budget = Amount(
        "dailyBudget", graphql="", rest="DailyBudget.Amount", readonly=True, doc="in the advertiser's currency"
    )
    daily_budget_in_impressions = Int(
        "dailyBudgetInImpressions", graphql="", rest="DailyBudgetInImpressions", readonly=True
    )
    partner_cpm_fee = Amount("partnerCPMFee", graphql="", rest="PartnerCPMFee.Amount", readonly=True)
    partner_cpc_fee = Amount("partnerCPCFee", graphql="", rest="PartnerCPCFee.Amount", readonly=True)
    additional_fee_card_on_create = Object(
        "additionalFeeCardOnCreate", graphql="", rest="AdditionalFeeCardOnCreate", readonly=True
    )
    additional_fee_cards = Object(
        "additionalFeeCards", graphql="", rest="CurrentAndFutureAdditionalFeeCards", readonly=True
    )
    rest_labels = Object("restLabels", graphql="", rest="CustomLabels", readonly=True)
    budgeting_version = Str("budgetingVersion", graphql="", rest="BudgetingVersion", readonly=True)
    is_ballot_measure = Bool("isBallotMeasure", graphql="", rest="IsBallotMeasure", readonly=True)
    marketplace_opt_out = Bool("marketplaceOptOut", graphql="", rest="MarketplaceOptOut", readonly=True)

    # Figures that GraphQL computes.
    active_ad_group_count = Int("activeAdGroupCount", readonly=True)
    total_ad_group_count = Int("totalAdGroupCount", readonly=True)
    funnel_location_count = Int("funnelLocationCount", readonly=True)
    auto_allocator_enabled = Bool("autoAllocatorEnabled", rest="AutoAllocatorEnabled", readonly=True)
    auto_campaign_cap_enabled = Bool("autoCampaignCapEnabled", readonly=True)
    auto_prioritization_enabled = Bool("autoPrioritizationEnabled", readonly=True)
    minimum_ad_group_spend_in_advertiser_currency = Amount("minimumAdGroupSpendInAdvertiserCurrency", readonly=True)
    pacing_to_end_of_flight_daily_rate = Float("pacingToEndOfFlightDailyRate", readonly=True)
    partner_cost_percentage_fee = Float("partnerCostPercentageFee", rest="PartnerCostPercentageFee", readonly=True)

    advertiser = Ref["Advertiser"](by="advertiser_id")
    partner = Ref["Partner"](by="partner_id")
    seed = Ref["Seed"](by="seed_id")
    audience = Ref["Audience"](by="audience_id")
    current_flight = Ref["CampaignFlight"](key="currentFlight")
    current_or_next_flight = Ref["CampaignFlight"](key="currentOrNextFlight")
    next_flight = Ref["CampaignFlight"](key="nextFlight")
    ad_groups = Children["AdGroup"](by="campaign_id", key="adGroups")
    flights = Children["CampaignFlight"](by="campaign_id")
    pass_through_fee_cards = Children["PassThroughFeeCard"](by="campaign_id", key="passThroughFeeCards")
    labels = Children["Label"](key="customLabels")
