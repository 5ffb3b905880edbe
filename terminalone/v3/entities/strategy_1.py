"""Nested values of strategies, 1 of 3 of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..fields import Bool, Choice, Date, DateTime, Float, Int, ListOf, Nested, Str, Struct

__all__ = [
    "StrategyBudget",
    "StrategyConcepts",
    "StrategyConceptsCreativeGroup",
    "StrategyDuration",
    "StrategyFrequency",
    "StrategyGoals",
    "StrategyInventory",
    "StrategyInventoryCampaignSiteList",
    "StrategyInventoryDeal",
    "StrategyInventoryDealGroup",
    "StrategyInventoryDomainRestrictions",
    "StrategyInventoryDomainRestrictionsExclude",
    "StrategyInventoryDomainRestrictionsInclude",
    "StrategyInventorySiteList",
    "StrategyInventorySupplySource",
    "StrategyPacing",
    "StrategyTargetingAudience",
    "StrategyTargetingAudienceExclude",
    "StrategyTargetingAudienceExcludeSegment",
    "StrategyTargetingAudienceInclude",
    "StrategyTargetingAudienceIncludeSegment",
    "StrategyTargetingContextualIncludeSegment",
    "StrategyViewability",
]


class StrategyViewability(Struct):
    """A nested value of strategies."""

    sample_rate = Float(readonly=True)
    type = Str(readonly=True)
    vendor_id = Int(readonly=True)


class StrategyDuration(Struct):
    """A nested value of strategies."""

    use_campaign_start = Bool()
    use_campaign_end = Bool()
    start_date = DateTime(nullable=True)
    end_date = DateTime(nullable=True)


class StrategyBudget(Struct):
    """A nested value of strategies."""

    budget = Float(nullable=True)
    currency_code = Str()
    margin_pct = Float(least=0, most=9999999.9999, nullable=True)


class StrategyFrequency(Struct):
    """A nested value of strategies."""

    frequency_type = Choice("even", "asap", "no-limit", "t1-optimized", "frequency_goal", doc="Default: no-limit")
    frequency_interval = Choice(
        "hour", "day", "week", "month", "not-applicable", nullable=True, doc="Default: not-applicable"
    )
    frequency_amount = Int(nullable=True)
    frequency_optimization = Bool(doc="Default: False")


class StrategyConceptsCreativeGroup(Struct):
    """A nested value of strategies."""

    concept_id = Int(required=True)
    percent = Float(least=0, most=100, required=True)
    name = Str(readonly=True)
    status = Bool(readonly=True)
    created_on = DateTime(readonly=True)
    start_date = DateTime(readonly=True)
    assigned_creatives_count = Int(readonly=True)


class StrategyConcepts(Struct):
    """A nested value of strategies."""

    weighting = Choice("NONE", "BUDGET", "IMPRESSION")
    creative_groups = ListOf(Nested(StrategyConceptsCreativeGroup))


class StrategyGoals(Struct):
    """A nested value of strategies."""

    goal_type = Choice(
        "spend", "reach", "cpc", "cpe", "cpa", "roi", "ctr", "vcr", "viewability_rate", "vcpm", "cpcv", required=True
    )
    goal_value = Float(least=0, most=9999999.9999)
    min_bid = Float(least=0, most=9999999.99)
    max_bid = Float(least=0.01, most=9999999.99)
    roi_target = Float(least=0, most=9999999.99, nullable=True)
    bid_min_devices = Int(least=-32768, most=32767, nullable=True)
    bid_aggressiveness = Int(least=0, most=100)
    bid_price_is_media_only = Bool()
    max_bid_wm = Float(least=0, most=9999999.99, nullable=True)
    use_bid_shading = Bool()
    flat_rate_cpm = Float(least=0.01, most=9999999.99, nullable=True)


class StrategyPacing(Struct):
    """A nested value of strategies."""

    impression_pacing_type = Choice("even", "asap", "no-limit")
    impression_pacing_amount = Int(least=1, nullable=True)
    impression_pacing_interval = Choice("hour", "day")
    pacing_type = Choice("even", "asap")
    pacing_amount = Float(least=0.01, most=9999999.99, required=True)
    pacing_interval = Choice("hour", "day")
    pacing_optimization_type = Choice("monetary", "impression")
    pacing_optimization_amount = Float(least=0, most=9999999.99, nullable=True)
    use_dba_strategy_pacing = Choice("always", "never", "custom")
    use_dba_strategy_pacing_after_date = Date(nullable=True)


class StrategyInventoryDomainRestrictionsInclude(Struct):
    """A nested value of strategies."""

    domain = Str(required=True)
    target_type = Choice("DOMAIN", "APP", required=True)


class StrategyInventoryDomainRestrictionsExclude(Struct):
    """A nested value of strategies."""

    domain = Str(required=True)
    target_type = Choice("DOMAIN", "APP", required=True)


class StrategyInventoryDomainRestrictions(Struct):
    """A nested value of strategies."""

    include = ListOf(Nested(StrategyInventoryDomainRestrictionsInclude))
    exclude = ListOf(Nested(StrategyInventoryDomainRestrictionsExclude))


class StrategyInventorySiteList(Struct):
    """A nested value of strategies."""

    site_list_id = Int(required=True)
    assigned = Bool(required=True)
    name = Str(readonly=True)
    status = Bool(readonly=True)
    restriction = Choice("INCLUDE", "EXCLUDE", readonly=True)
    sites_count = Int(readonly=True)
    sites_count_domain = Int(readonly=True)
    sites_count_app = Int(readonly=True)
    sites_count_primary_seller_id = Int(readonly=True)
    content_updated_on = DateTime(readonly=True)


class StrategyInventoryCampaignSiteList(Struct):
    """A nested value of strategies."""

    site_list_id = Int(required=True)
    assigned = Bool(required=True)
    name = Str(readonly=True)
    status = Bool(readonly=True)
    restriction = Choice("INCLUDE", "EXCLUDE", readonly=True)
    sites_count = Int(readonly=True)
    sites_count_domain = Int(readonly=True)
    sites_count_app = Int(readonly=True)
    sites_count_primary_seller_id = Int(readonly=True)
    content_updated_on = DateTime(readonly=True)


class StrategyInventoryDeal(Struct):
    """A nested value of strategies."""

    deal_id = Int(required=True)


class StrategyInventoryDealGroup(Struct):
    """A nested value of strategies."""

    deal_group_id = Int(required=True)


class StrategyInventorySupplySource(Struct):
    """A nested value of strategies."""

    supply_source_id = Int(required=True)
    name = Str(readonly=True)
    rtb_type = Choice("STANDARD", "MARKETPLACE", readonly=True)


class StrategyInventory(Struct):
    """A nested value of strategies."""

    supply_type = Choice("RTB", "RMX_API", "T1_RMX", "MKT", "BATCH")
    run_on_all_pmp = Bool(required=True)
    run_on_all_exchanges = Bool(required=True)
    site_restriction_transparent_urls = Bool()
    domain_restrictions = Nested(StrategyInventoryDomainRestrictions)
    site_lists = ListOf(Nested(StrategyInventorySiteList))
    campaign_site_lists = ListOf(Nested(StrategyInventoryCampaignSiteList), readonly=True)
    deals = ListOf(Nested(StrategyInventoryDeal))
    deal_groups = ListOf(Nested(StrategyInventoryDealGroup))
    supply_sources = ListOf(Nested(StrategyInventorySupplySource))


class StrategyTargetingAudienceIncludeSegment(Struct):
    """A nested value of strategies."""

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


class StrategyTargetingAudienceInclude(Struct):
    """A nested value of strategies."""

    operator = Choice("AND", "OR", doc="Default: OR")
    segments = ListOf(Nested(StrategyTargetingAudienceIncludeSegment))


class StrategyTargetingAudienceExcludeSegment(Struct):
    """A nested value of strategies."""

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


class StrategyTargetingAudienceExclude(Struct):
    """A nested value of strategies."""

    operator = Choice("AND", "OR", doc="Default: OR")
    segments = ListOf(Nested(StrategyTargetingAudienceExcludeSegment))


class StrategyTargetingAudience(Struct):
    """A nested value of strategies."""

    include = ListOf(Nested(StrategyTargetingAudienceInclude))
    exclude = Nested(StrategyTargetingAudienceExclude)
    retired = ListOf(Int(), readonly=True)


class StrategyTargetingContextualIncludeSegment(Struct):
    """A nested value of strategies."""

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
