"""Nested values of GraphQL: types of graphql_types.json without a collection of their own; and REST's money.

Source: a third party's introspection of November 2024 [3:1]; nullability and the exact scalars are not in it. Those of
GraphQL are read only: what the Workflows API takes is in `structs`. `Currency` and `IndustryCategory` have ids, but no
root field lists or reads them, so they are values of the records that hold them.
"""

from __future__ import annotations

from adplatforms.core.fields import Bool, Float, Int, Str
from adplatforms.core.nested import Struct

from .fields import Amount, Enum

__all__ = [
    "AdGroupBudgetSummary",
    "Attribution",
    "CampaignBudgetSummary",
    "Currency",
    "Goal",
    "IndustryCategory",
    "KoaSummary",
    "PacingSettings",
    "Price",
    "SeedTargeting",
]

_GOAL_TYPES = (
    "BroadcastAudienceSize BroadcastGRP BroadcastTRP CPA CPC CPCV CrossixAudienceQualityIndex CTR GRP"
    " IQVIAAudienceQualityIndex IQVIAAudienceQualityIndexAndCostPerTarget LinearTVIncrementalReach MiaozhenOTP"
    " NielsenOTP NoGoal None Reach ROAS VCPM VCR Viewability"
)


class Goal(Struct):
    """What a campaign or ad group aims at and how far it got (GraphQL `Goal`)."""

    type = Enum(_GOAL_TYPES, doc="the metric (ROIGoalType)")
    short_name = Str("shortName")
    target = Amount(doc="in `unit`")
    average_value = Amount("averageValue", doc="what was reached so far, in `unit`")
    meeting_percentage = Float("meetingPercentage")
    unit = Enum("CompactPercentage Count Currency None Percentage")
    is_custom = Bool("isCustom")


class CampaignBudgetSummary(Struct):
    """A campaign's budget over its flights (GraphQL `CampaignBudget`), in the advertiser's currency."""

    # Spelled so in GraphQL.
    current_or_upcoming = Amount("currentOrUpComing", doc="of the flight that runs now, or comes next")
    total = Amount(doc="of all flights")


class AdGroupBudgetSummary(Struct):
    """An ad group's budget (GraphQL `AdGroupBudget`), in the advertiser's currency."""

    current_flight_budget = Amount("currentFlightBudget")
    is_fluid = Bool("isFluid")
    total = Amount()


class PacingSettings(Struct):
    """How a campaign paces (GraphQL `CampaignPacingSettings`)."""

    is_value_pacing = Bool("isValuePacing")


class KoaSummary(Struct):
    """An ad group's Koa optimizations (GraphQL `AdGroupKoaSettings`; its `koaDimensions` are in no fact)."""

    optimizations_version = Enum("Geronimo None V2 V3", "optimizationsVersion")
    minor_version = Str("minorVersion")
    predictive_clearing_enabled = Bool("predictiveClearingEnabled")
    are_future_features_enabled = Bool("areFutureFeaturesEnabled")
    are_future_features_enabled_for_partner = Bool("areFutureFeaturesEnabledForPartner")


class Currency(Struct):
    """A currency (GraphQL `Currency`); its id is the ISO 4217 code [I]."""

    id = Str()
    name = Str()
    name_plural = Str("namePlural")
    symbol = Str()
    should_prefix_currency_symbol = Bool("shouldPrefixCurrencySymbol")
    decimal_places = Int("decimalPlaces")
    is_visible = Bool("isVisible")


class Attribution(Struct):
    """An advertiser's look-back windows (GraphQL `Attribution`)."""

    click_interval = Enum("Days Hours Minutes", "clickInterval")
    click_lookback_window = Int("clickLookbackWindow", doc="in units of `click_interval`")
    impression_interval = Enum("Days Hours Minutes", "impressionInterval")
    impression_lookback_window = Int("impressionLookbackWindow", doc="in units of `impression_interval`")


class IndustryCategory(Struct):
    """An industry category (GraphQL `IndustryCategory`; its `mappings` and `taxonomy` are in no fact)."""

    id = Str()
    name = Str()
    parent_category_id = Str("parentCategoryId")
    is_default = Bool("isDefault")
    is_sensitive = Bool("isSensitive")


class Price(Struct):
    """An amount with its currency, as REST has it (``Money``)."""

    amount = Amount("Amount", required=True)
    currency_code = Str("CurrencyCode", required=True, doc="ISO 4217")


class SeedTargeting(Struct):
    """What a seed is made of (GraphQL `SeedTargetingData`); only its id, the types of its parts are in no fact."""

    targeting_data_id = Str("targetingDataId")
