"""Nested values of an ad group."""

from __future__ import annotations

from adplatforms.core.fields import Bool, Int, ListOf, Str

from ..fields import Enum
from .amounts import SharedAmounts
from .base import WorkflowsValue

__all__ = [
    "AdGroupBudget",
    "AdGroupFlightBudget",
    "AudienceTargeting",
    "BidListAssociation",
    "ComscoreSettings",
    "ContractTargeting",
    "InventoryTargeting",
    "KoaSettings",
    "NewFrequencyConfig",
    "NielsenTracking",
]

_AGES = "Two Thirteen Eighteen TwentyOne TwentyFive Thirty ThirtyFive Forty FortyFive Fifty FiftyFive SixtyFive"
_END_AGES = (
    "Seventeen Twenty TwentyFour TwentyNine ThirtyFour ThirtyNine FortyFour FortyNine FiftyFour SixtyFour SixtyFourPlus"
)


class AdGroupBudget(SharedAmounts):
    """What an ad group may spend. Schemas: AdGroupWorkflowBudgetInput, AdGroupBudget."""


class AdGroupFlightBudget(SharedAmounts):
    """What an ad group may spend in one flight of its campaign.

    An ad group that is created together with its campaign names no flight id: the flights do not exist yet. Schemas:
    AdGroupWorkflowFlightInput, CampaignCreateWorkflowAdGroupFlightInput, AdGroupFlight.
    """

    campaign_flight_id = Int("campaignFlightId", required=True)
    ad_group_id = Str("adGroupId", readonly=True)


class AudienceTargeting(WorkflowsValue):
    """Whom an ad group addresses. Schemas: AdGroupWorkflowAudienceTargetingInput, AdGroupAudienceTargeting."""

    audience_id = Str("audienceId", nullable=True)
    audience_accelerator_exclusions_enabled = Bool("audienceAcceleratorExclusionsEnabled", nullable=True)
    audience_booster_enabled = Bool("audienceBoosterEnabled", nullable=True)
    audience_excluder_enabled = Bool("audienceExcluderEnabled", nullable=True)
    audience_predictor_enabled = Bool("audiencePredictorEnabled", nullable=True)
    cross_device_vendor_list_for_audience = ListOf(Int(), "crossDeviceVendorListForAudience", nullable=True)
    recency_exclusion_window_in_minutes = Int("recencyExclusionWindowInMinutes", nullable=True)
    target_trackable_users_enabled = Bool("targetTrackableUsersEnabled", nullable=True)
    use_mc_id_as_primary = Bool("useMcIdAsPrimary", nullable=True)


class BidListAssociation(WorkflowsValue):
    """A bid list in use by an ad group.

    A save sends all of them: those that are missing are in use no more. Schemas: AdGroupWorkflowAssociateBidListInput,
    AdGroupAssociateBidList.
    """

    bid_list_id = Str("bidListId", required=True)
    is_enabled = Bool("isEnabled", nullable=True)
    is_default_for_dimension = Bool("isDefaultForDimension", nullable=True)


class KoaSettings(WorkflowsValue):
    """Which optimisations of Koa, the platform's AI, may act.

    Schemas: AdGroupWorkflowKoaOptimizationSettingsInput, AdGroupKoaOptimizationSettings."""

    are_future_koa_features_enabled = Bool("areFutureKoaFeaturesEnabled", nullable=True)
    predictive_clearing_enabled = Bool("predictiveClearingEnabled", nullable=True)


class ComscoreSettings(WorkflowsValue):
    """Measurement by Comscore. Schemas: AdGroupWorkflowComscoreSettingsInput, AdGroupComscoreSettings."""

    is_enabled = Bool("isEnabled", required=True)
    population_id = Int("populationId", nullable=True)
    demographic_member_ids = ListOf(Int(), "demographicMemberIds", nullable=True)
    mobile_demographic_member_ids = ListOf(Int(), "mobileDemographicMemberIds", nullable=True)


class ContractTargeting(WorkflowsValue):
    """Whether an ad group that targets contracts bids in the open market too.

    Schemas: AdGroupWorkflowContractTargetingInput, AdGroupContractTargeting."""

    allow_open_market_bidding_when_targeting_contracts = Bool(
        "allowOpenMarketBiddingWhenTargetingContracts", nullable=True
    )


class NielsenTracking(WorkflowsValue):
    """The people whom Nielsen measures: gender, ages from and to, and countries.

    Schemas: AdGroupWorkflowNielsenTrackingAttributesInput, AdGroupNielsenTrackingAttributes."""

    gender = Enum("Male Female Both", required=True)
    start_age = Enum(_AGES, "startAge", required=True)
    end_age = Enum(_END_AGES, "endAge", required=True)
    countries = ListOf(Str(), required=True, nullable=True)
    enhanced_reporting_option = Enum("None Audience Site", "enhancedReportingOption")


class NewFrequencyConfig(WorkflowsValue):
    """A frequency counter of the ad group's own.

    How often one person may see it (cap), or should (goal), within an interval of so many minutes. Schema:
    AdGroupWorkflowNewFrequencyConfigInput.
    """

    counter_name = Str("counterName", required=True, nullable=True)
    frequency_cap = Int("frequencyCap", nullable=True)
    frequency_goal = Int("frequencyGoal", nullable=True)
    reset_interval_in_minutes = Int("resetIntervalInMinutes")


class InventoryTargeting(WorkflowsValue):
    """Deals to buy by and deals to leave out. Schema: AdGroupWorkflowInventoryTargetingInput."""

    deal_group_ids_to_include = ListOf(Str(), "dealGroupIdsToInclude", nullable=True)
    deal_group_ids_to_exclude = ListOf(Str(), "dealGroupIdsToExclude", nullable=True)
    deal_ids_to_exclude = ListOf(Int(), "dealIdsToExclude", nullable=True)
    deal_ids_to_include = ListOf(Int(), "dealIdsToInclude", nullable=True)
    include_default_on_deals = Bool("includeDefaultOnDeals", nullable=True)
