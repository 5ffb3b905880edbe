"""Campaigns of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Children, Choice, DateTime, Float, Int, ListOf, Nested, Ref, Str, Struct, Version

if TYPE_CHECKING:
    from .advertiser import Advertiser
    from .agency import Agency
    from .new_strategy_group import NewStrategyGroup
    from .new_strategy_plan import NewStrategyPlan

__all__ = [
    "Campaign",
    "CampaignAdServer",
    "CampaignAttribution",
    "CampaignBudget",
    "CampaignBudgetFlight",
    "CampaignCustomBrainSelection",
    "CampaignDuration",
    "CampaignFrequency",
    "CampaignGoals",
    "CampaignIdentity",
    "CampaignInventory",
    "CampaignPacing",
    "CampaignSiteList",
    "CampaignStrategies",
    "CampaignStrategyGroups",
    "CampaignVendorContract",
    "CampaignViewability",
]


class CampaignViewability(Struct):
    """A nested value of campaigns."""

    vendor_id = Int(required=True)
    type = Choice("AUTO_TAG", "BYOV", required=True)
    sample_rate = Float(least=0, most=1, required=True)


class CampaignIdentity(Struct):
    """A nested value of campaigns."""

    device_graph_only = Bool(doc="Default: False")
    bid_min_devices = Int(least=-32768, most=32767, doc="Default: 1")
    connected_id_type = Choice("DETERMINISTIC_FIRST", nullable=True)


class CampaignAdServer(Struct):
    """A nested value of campaigns."""

    ad_server_id = Int()
    ad_server_username = Str(longest=64)
    ad_server_password = Str(longest=64, secret=True)
    use_default_ad_server = Bool(doc="Default: True")
    ad_server_fee = Float(least=0, most=9999999.99)


class CampaignPacing(Struct):
    """A nested value of campaigns."""

    pacing_alert = Float(least=0, most=999.99, doc="Default: 0")
    impression_cap_automatic = Bool(doc="Default: False")
    impression_cap_amount = Int(nullable=True)
    impression_cap_type = Choice("even", "asap", "no-limit", doc="Default: no-limit")
    spend_cap_type = Choice("even", "asap", "no-limit", doc="Default: no-limit")
    spend_cap_amount = Float(least=0, most=9999999.99, nullable=True, doc="Default: 0")
    spend_cap_automatic = Bool(doc="Default: True")
    brain_intraday_pacing = Bool(doc="Default: False")
    spend_pace_ahead = Bool(doc="Default: False")
    impression_pace_ahead = Bool(doc="Default: False")


class CampaignAttribution(Struct):
    """A nested value of campaigns."""

    has_custom_attribution = Bool(doc="Default: False")
    custom_attribution_source = Choice("3rd Party Attribution", "T1 MTA via Neustar", nullable=True)
    pc_window_minutes = Int()
    pv_window_minutes = Int()
    pv_pct = Float(least=0, most=100, doc="Default: 100")
    merit_pixel_id = Int(nullable=True)
    conversion_type = Choice("every", "variable", doc="Default: variable")
    conversion_variable_minutes = Int(doc="Default: 1")


class CampaignVendorContract(Struct):
    """A nested value of campaigns."""

    vendor_id = Int(required=True)
    use_mm_contract = Bool()
    price = Float(nullable=True)
    rate_card_type = Choice("CPM", "FIXED", nullable=True, doc="Deprecated")


class CampaignDuration(Struct):
    """A nested value of campaigns."""

    start_date = DateTime(readonly=True)
    end_date = DateTime(readonly=True)
    initial_start_date = DateTime(readonly=True)


class CampaignGoals(Struct):
    """A nested value of campaigns."""

    goal_type = Choice(
        "spend", "reach", "cpc", "cpe", "cpa", "roi", "ctr", "vcr", "viewability_rate", "vcpm", "cpcv", required=True
    )
    goal_alert = Float(least=0, most=999.99)
    goal_value = Float(least=0.0001, most=9999999.9999, required=True)
    goal_category = Choice("audience", "engagement", "response", nullable=True)


class CampaignBudgetFlight(Struct):
    """A nested value of campaigns."""

    id = Int(update_only=True)
    start_date = DateTime(required=True)
    end_date = DateTime(required=True)
    total_budget = Float(required=True)
    total_impression_budget = Int(least=1, nullable=True)
    is_relevant = Bool(readonly=True)


class CampaignBudget(Struct):
    """A nested value of campaigns."""

    total_budget = Float(nullable=True, doc="Deprecated")
    total_impression_budget = Int(least=1, nullable=True, doc="Deprecated")
    currency_code = Str(shortest=3, longest=3, required=True)
    margin_pct = Float(least=0, most=9999999.9999)
    dynamic_budget_allocation_type = Choice(
        "SBA_AUTO_ALLOCATION", "SBA_RECOMMENDATIONS_ONLY", "OFF", doc="Default: OFF"
    )
    dynamic_budget_allocation_applied = DateTime()
    dynamic_budget_allocation_available = DateTime()
    flights = ListOf(Nested(CampaignBudgetFlight), fewest=1, required=True)


class CampaignFrequency(Struct):
    """A nested value of campaigns."""

    frequency_type = Choice("even", "asap", "no-limit", "t1-optimized", "frequency_goal")
    frequency_interval = Choice(
        "hour", "day", "week", "month", "not-applicable", nullable=True, doc="Default: not-applicable"
    )
    frequency_amount = Int(nullable=True)
    use_mm_freq = Bool(doc="Deprecated. Default: False")
    frequency_optimization = Bool(doc="Default: False")


class CampaignInventory(Struct):
    """A nested value of campaigns."""

    ads_txt_verified = Choice("ANY", "AUTHORIZED_ONLY", "AUTHORIZED_DIRECT_ONLY", "NONE", nullable=True)
    minimize_multi_ads = Bool(doc="Default: False")
    override_suspicious_traffic_filter = Bool(doc="Default: False")
    suspicious_traffic_filter_level = Int(least=0, most=100, doc="Default: 25")
    dcs_data_is_campaign_level = Bool(doc="Default: False")
    restrict_targeting_to_deterministic_id = Bool(doc="Deprecated. Default: True")
    restrict_targeting_to_same_device_id = Bool()
    effective_ads_txt_verified = Choice("ANY", "AUTHORIZED_ONLY", "AUTHORIZED_DIRECT_ONLY", "NONE", readonly=True)


class CampaignSiteList(Struct):
    """A nested value of campaigns."""

    id = Int(required=True)
    name = Str(readonly=True)
    version = Int(readonly=True)
    status = Bool(readonly=True)
    organization_id = Int(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    restriction = Str(readonly=True)
    filename = Str(readonly=True)
    campaign_id = Int(readonly=True)
    assigned = Bool(required=True)
    sites_count = Int(readonly=True)
    sites_count_app = Int(readonly=True)
    sites_count_domain = Int(readonly=True)
    sites_count_primary_seller_id = Int(readonly=True)


class CampaignCustomBrainSelection(Struct):
    """A nested value of campaigns."""

    id = Int(readonly=True)
    version = Int(readonly=True)
    campaign_id = Int(readonly=True)
    selection_id = Int()
    selection_type = Choice("Audience Target", "Data Pixel", "Event Pixel", "Segment", "Dynamic")
    active = Bool(readonly=True)
    enable_mm_audiences_in_brain = Bool(readonly=True)
    is_retired = Bool(readonly=True)
    full_path = Str(readonly=True)
    owner_name = Str(readonly=True)
    selection_name = Str(readonly=True)
    child_count = Int(readonly=True)
    parent_audience_segment_id = Int(readonly=True)
    retail_cpm = Float(readonly=True)
    uniques = Int(readonly=True)
    wholesale_cpm = Float(readonly=True)


class CampaignStrategies(Struct):
    """A nested value of campaigns."""

    count = Int(readonly=True)
    strategies_list = ListOf(Int(), readonly=True)
    distinct_strategy_goal_types = ListOf(
        Choice("spend", "reach", "cpc", "cpe", "cpa", "roi", "ctr", "vcr", "viewability_rate", "vcpm", "cpcv"),
        readonly=True,
    )


class CampaignStrategyGroups(Struct):
    """A nested value of campaigns."""

    count = Int(readonly=True)
    strategy_groups_list = ListOf(Str(), readonly=True)


class Campaign(
    V3Entity,
    collection="campaigns",
    type="campaign",
    list="list-campaigns",
    get="get-campaign",
    create="create-campaign",
    update="update-campaign",
    bulk="bulk-update-campaigns",
    withs=["advertiser", "agency"],
):
    """A campaign. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(shortest=1, longest=256, required=True)
    archived = Bool(doc="Default: False")
    status = Bool(doc="Default: True")
    service_type = Choice("SELF", "MANAGED", required=True)
    io_name = Str(longest=256)
    io_reference_num = Str(longest=32)
    is_programmatic_guaranteed = Bool()
    political = Bool(doc="Default: False")
    source_campaign_id = Int(nullable=True)
    zone_name = Str(shortest=1)
    viewability = Nested(CampaignViewability, nullable=True)
    identity = Nested(CampaignIdentity)
    ad_server = Nested(CampaignAdServer)
    pacing = Nested(CampaignPacing)
    attribution = Nested(CampaignAttribution)
    vendor_contracts = ListOf(Nested(CampaignVendorContract))
    mfa_avoidance = Choice("INHERIT", "ALLOW_ALL", "EXCLUDE_MFA")
    targeting_identity_level = Choice("INHERIT", "INDIVIDUAL", "HOUSEHOLD", doc="Default: INHERIT")
    version = Version(readonly=True)
    advertiser_id = Int(least=1, create_only=True, required=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    locked_on = DateTime(readonly=True)
    v3_usage = Bool(readonly=True)
    duration = Nested(CampaignDuration, readonly=True)
    goals = Nested(CampaignGoals, required=True)
    budget = Nested(CampaignBudget, required=True)
    frequency = Nested(CampaignFrequency)
    inventory = Nested(CampaignInventory)
    site_lists = ListOf(Nested(CampaignSiteList))
    custom_brain_selections = ListOf(Nested(CampaignCustomBrainSelection))
    strategies = Nested(CampaignStrategies, readonly=True)
    strategy_groups = Nested(CampaignStrategyGroups, readonly=True)
    inherited_mfa_avoidance = Choice("INHERIT", "ALLOW_ALL", "EXCLUDE_MFA", readonly=True)
    inherited_mfa_from = Choice("Organization", "Agency", "Advertiser", "Campaign", readonly=True)
    inherited_targeting_identity_level = Choice("INDIVIDUAL", "HOUSEHOLD", readonly=True)
    advertiser = Ref["Advertiser"](by="advertiser_id")
    agency = Ref["Agency"]()
    new_strategy_groups = Children["NewStrategyGroup"](by="campaign_id")
    new_strategy_plans = Children["NewStrategyPlan"](by="campaign_id")
