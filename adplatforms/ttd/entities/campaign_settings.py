"""What of a campaign the Workflows API takes, and what REST has alone."""

from adplatforms.core import fields, nested

from .. import structs
from ..enums import CUSTOM_CPA, CUSTOM_ROAS
from ..mapped import Amount, Enum, Float, Int, ListOf, Nested
from ..operations.campaign import CampaignOperations


class CampaignSettings(CampaignOperations):
    """The settings of a campaign that GraphQL does not read, or reads in another shape."""

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
    custom_label_names = ListOf(
        fields.Str(), "customLabelNames", graphql="", write="primaryInput.customLabelNames", create_only=True
    )
    custom_cpa_type = Enum(CUSTOM_CPA, "customCPAType", rest="CustomCPAType", write="primaryInput.customCPAType")
    custom_cpa_click_weight = Float("customCPAClickWeight", write="primaryInput.customCPAClickWeight")
    custom_cpa_viewthrough_weight = Float("customCPAViewthroughWeight", write="primaryInput.customCPAViewthroughWeight")
    custom_roas_type = Enum(CUSTOM_ROAS, "customROASType", write="primaryInput.customRoasType")
    impressions_only_budgeting_cpm = Amount(
        "impressionsOnlyBudgetingCPM", write="primaryInput.impressionsOnlyBudgetingCpm"
    )
