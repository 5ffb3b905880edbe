"""Nested values of new strategy plans, 1 of 2 of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..fields import Bool, Choice, DateTime, Float, Int, ListOf, Nested, Str, Struct

__all__ = [
    "NewStrategyPlanBudget",
    "NewStrategyPlanDuration",
    "NewStrategyPlanFrequency",
    "NewStrategyPlanGoals",
    "NewStrategyPlanInventory",
    "NewStrategyPlanInventoryDeal",
    "NewStrategyPlanInventoryDealGroup",
    "NewStrategyPlanInventoryDomainRestrictions",
    "NewStrategyPlanInventoryDomainRestrictionsExclude",
    "NewStrategyPlanInventoryDomainRestrictionsInclude",
    "NewStrategyPlanInventorySiteList",
    "NewStrategyPlanInventorySupplySource",
    "NewStrategyPlanTargetingAudience",
    "NewStrategyPlanTargetingAudienceExclude",
    "NewStrategyPlanTargetingAudienceExcludeSegment",
    "NewStrategyPlanTargetingAudienceInclude",
    "NewStrategyPlanTargetingAudienceIncludeSegment",
    "NewStrategyPlanTargetingContextual",
    "NewStrategyPlanTargetingContextualExclude",
    "NewStrategyPlanTargetingContextualExcludeSegment",
    "NewStrategyPlanTargetingContextualInclude",
    "NewStrategyPlanTargetingContextualIncludeSegment",
    "NewStrategyPlanTargetingGeofenceInclude",
    "NewStrategyPlanTargetingGeofenceIncludeSegment",
    "NewStrategyPlanTargetingPostalCodes",
]


class NewStrategyPlanDuration(Struct):
    """A nested value of new strategy plans."""

    use_campaign_start = Bool()
    use_campaign_end = Bool()
    start_date = DateTime(nullable=True)
    end_date = DateTime(nullable=True)


class NewStrategyPlanBudget(Struct):
    """A nested value of new strategy plans."""

    budget = Float(nullable=True)
    currency_code = Str()


class NewStrategyPlanGoals(Struct):
    """A nested value of new strategy plans."""

    goal_type = Choice(
        "spend", "reach", "cpc", "cpe", "cpa", "roi", "ctr", "vcr", "viewability_rate", "vcpm", "cpcv", ""
    )
    goal_value = Float(least=0, most=999999999.9999)
    min_bid = Float(least=0, most=9999999.99)
    max_bid = Float(least=0.01, most=9999999.99)
    roi_target = Float(least=0, most=999999999.99, nullable=True)
    bid_min_devices = Int(nullable=True)
    bid_aggressiveness = Int(least=0, most=100)
    bid_price_is_media_only = Bool()
    max_bid_wm = Float(least=0, most=9999999.99, nullable=True)
    use_bid_shading = Bool()


class NewStrategyPlanFrequency(Struct):
    """A nested value of new strategy plans."""

    frequency_type = Choice("even", "asap", "no-limit", "t1-optimized", nullable=True)
    frequency_interval = Choice("hour", "day", "week", "month", "campaign", "not-applicable")
    frequency_amount = Int()
    frequency_optimization = Bool()


class NewStrategyPlanInventoryDomainRestrictionsInclude(Struct):
    """A nested value of new strategy plans."""

    domain = Str(required=True)
    target_type = Choice("DOMAIN", "APP", required=True)


class NewStrategyPlanInventoryDomainRestrictionsExclude(Struct):
    """A nested value of new strategy plans."""

    domain = Str(required=True)
    target_type = Choice("DOMAIN", "APP", required=True)


class NewStrategyPlanInventoryDomainRestrictions(Struct):
    """A nested value of new strategy plans."""

    include = ListOf(Nested(NewStrategyPlanInventoryDomainRestrictionsInclude))
    exclude = ListOf(Nested(NewStrategyPlanInventoryDomainRestrictionsExclude))


class NewStrategyPlanInventorySiteList(Struct):
    """A nested value of new strategy plans."""

    site_list_id = Int(required=True)
    assigned = Bool(required=True)


class NewStrategyPlanInventoryDeal(Struct):
    """A nested value of new strategy plans."""

    deal_id = Int(required=True)


class NewStrategyPlanInventoryDealGroup(Struct):
    """A nested value of new strategy plans."""

    deal_group_id = Int(required=True)


class NewStrategyPlanInventorySupplySource(Struct):
    """A nested value of new strategy plans."""

    supply_source_id = Int(required=True)


class NewStrategyPlanInventory(Struct):
    """A nested value of new strategy plans."""

    run_on_all_pmp = Bool(required=True)
    run_on_all_exchanges = Bool(required=True)
    site_restriction_transparent_urls = Bool()
    domain_restrictions = Nested(NewStrategyPlanInventoryDomainRestrictions)
    site_lists = ListOf(Nested(NewStrategyPlanInventorySiteList))
    deals = ListOf(Nested(NewStrategyPlanInventoryDeal))
    deal_groups = ListOf(Nested(NewStrategyPlanInventoryDealGroup))
    supply_sources = ListOf(Nested(NewStrategyPlanInventorySupplySource))


class NewStrategyPlanTargetingAudienceIncludeSegment(Struct):
    """A nested value of new strategy plans."""

    audience_segment_id = Int(required=True)
    user_cpm = Float(nullable=True)
    audience_segment_name = Str(readonly=True)
    cpm = Float(readonly=True)
    currency_code = Str(readonly=True)
    full_path = Str(readonly=True)
    size = Int(readonly=True)
    vendor_id = Int(readonly=True)
    vendor_name = Str(readonly=True)
    code = Str(readonly=True)


class NewStrategyPlanTargetingAudienceInclude(Struct):
    """A nested value of new strategy plans."""

    operator = Choice("AND", "OR")
    segments = ListOf(Nested(NewStrategyPlanTargetingAudienceIncludeSegment))


class NewStrategyPlanTargetingAudienceExcludeSegment(Struct):
    """A nested value of new strategy plans."""

    audience_segment_id = Int(required=True)
    user_cpm = Float(nullable=True)
    audience_segment_name = Str(readonly=True)
    cpm = Float(readonly=True)
    currency_code = Str(readonly=True)
    full_path = Str(readonly=True)
    size = Int(readonly=True)
    vendor_id = Int(readonly=True)
    vendor_name = Str(readonly=True)
    code = Str(readonly=True)


class NewStrategyPlanTargetingAudienceExclude(Struct):
    """A nested value of new strategy plans."""

    operator = Choice("AND", "OR")
    segments = ListOf(Nested(NewStrategyPlanTargetingAudienceExcludeSegment))


class NewStrategyPlanTargetingAudience(Struct):
    """A nested value of new strategy plans."""

    include = ListOf(Nested(NewStrategyPlanTargetingAudienceInclude))
    exclude = Nested(NewStrategyPlanTargetingAudienceExclude)


class NewStrategyPlanTargetingContextualIncludeSegment(Struct):
    """A nested value of new strategy plans."""

    targeting_segment_id = Int(required=True)
    user_cpm = Float(nullable=True)
    targeting_segment_name = Str(readonly=True)
    full_path = Str(readonly=True)
    vendor_id = Int(readonly=True)
    vendor_name = Str(readonly=True)
    objective_type_id = Int(readonly=True)
    objective_type_name = Str(readonly=True)
    retail_cpm = Float(readonly=True)
    currency_code = Str(readonly=True)
    external_code = Str(readonly=True)


class NewStrategyPlanTargetingContextualInclude(Struct):
    """A nested value of new strategy plans."""

    code = Str()
    operator = Choice("AND", "OR")
    segments = ListOf(Nested(NewStrategyPlanTargetingContextualIncludeSegment))


class NewStrategyPlanTargetingContextualExcludeSegment(Struct):
    """A nested value of new strategy plans."""

    targeting_segment_id = Int(required=True)
    user_cpm = Float(nullable=True)
    targeting_segment_name = Str(readonly=True)
    full_path = Str(readonly=True)
    vendor_id = Int(readonly=True)
    vendor_name = Str(readonly=True)
    objective_type_id = Int(readonly=True)
    objective_type_name = Str(readonly=True)
    retail_cpm = Float(readonly=True)
    currency_code = Str(readonly=True)
    external_code = Str(readonly=True)


class NewStrategyPlanTargetingContextualExclude(Struct):
    """A nested value of new strategy plans."""

    code = Str()
    operator = Choice("AND", "OR")
    segments = ListOf(Nested(NewStrategyPlanTargetingContextualExcludeSegment), required=True)


class NewStrategyPlanTargetingContextual(Struct):
    """A nested value of new strategy plans."""

    include = ListOf(Nested(NewStrategyPlanTargetingContextualInclude))
    exclude = Nested(NewStrategyPlanTargetingContextualExclude)


class NewStrategyPlanTargetingPostalCodes(Struct):
    """A nested value of new strategy plans."""

    restriction = Str()
    codes = ListOf(Str(), most=100000)
    count = Int(readonly=True)


class NewStrategyPlanTargetingGeofenceIncludeSegment(Struct):
    """A nested value of new strategy plans."""

    geofence_segment_id = Int()
    geofence_segment_factual_id = Str()
    name = Str(readonly=True)
    status = Bool(readonly=True)
    updated_on = DateTime(readonly=True)


class NewStrategyPlanTargetingGeofenceInclude(Struct):
    """A nested value of new strategy plans."""

    operator = Choice("AND", "OR", doc="Default: OR")
    segments = ListOf(Nested(NewStrategyPlanTargetingGeofenceIncludeSegment))
