"""More of what the Workflows API takes of an ad group, and what REST has alone."""

from adplatforms.core import nested

from .. import structs
from ..enums import VIEWABILITY_PROFILES, VIEWABILITY_STANDARDS
from ..mapped import Bool, Enum, Int, ListOf, Moment, Nested, Object, Str
from .ad_group_settings import AdGroupSettings


class AdGroupInputs(AdGroupSettings):
    """Measurement, viewability, contracts and frequency, and REST's own properties."""

    _never_copied = frozenset({"caller_source", "include_defaults_from_campaign"})
    _shown_by_rest = {
        "audience_targeting": "rtbAttributes.AudienceTargeting",
        "flight_budgets": "rtbAttributes.BudgetSettings.AdGroupFlights",
    }

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
    created_at_utc = Moment("createdAtUtc", graphql="", rest="CreatedAtUTC", readonly=True)
    last_updated_at_utc = Moment("lastUpdatedAtUtc", graphql="", rest="LastUpdatedAtUTC", readonly=True)
    quality_alliance_viewability_profile = Enum(
        VIEWABILITY_PROFILES, "qualityAllianceViewabilityProfile", readonly=True
    )
    display_viewability_standard_integral = Enum(
        VIEWABILITY_STANDARDS, "displayViewabilityStandardIntegral", readonly=True
    )
    video_viewability_standard_integral = Enum(VIEWABILITY_STANDARDS, "videoViewabilityStandardIntegral", readonly=True)
