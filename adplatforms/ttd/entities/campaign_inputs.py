"""What only a create of a campaign takes, and what of a campaign REST has alone."""

from adplatforms.core import nested

from .. import structs
from ..mapped import Amount, Bool, Float, Int, ListOf, Nested, Object, Str
from .campaign_settings import CampaignSettings


class CampaignInputs(CampaignSettings):
    """Inputs of a new campaign that no surface reads back, REST's own properties, and read-only figures."""

    _never_copied = frozenset({"caller_source"})
    _shown_by_rest = {"custom_label_names": "restLabels"}

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
    active_ad_group_count = Int("activeAdGroupCount", readonly=True)
    total_ad_group_count = Int("totalAdGroupCount", readonly=True)
    funnel_location_count = Int("funnelLocationCount", readonly=True)
    auto_allocator_enabled = Bool("autoAllocatorEnabled", rest="AutoAllocatorEnabled", readonly=True)
    auto_campaign_cap_enabled = Bool("autoCampaignCapEnabled", readonly=True)
    auto_prioritization_enabled = Bool("autoPrioritizationEnabled", readonly=True)
    minimum_ad_group_spend_in_advertiser_currency = Amount("minimumAdGroupSpendInAdvertiserCurrency", readonly=True)
    pacing_to_end_of_flight_daily_rate = Float("pacingToEndOfFlightDailyRate", readonly=True)
    partner_cost_percentage_fee = Float("partnerCostPercentageFee", rest="PartnerCostPercentageFee", readonly=True)
