"""Whom and where ads reach: segments, target values, site lists, and the lists a strategy picks from them."""

from __future__ import annotations

from adplatforms.sandbox.t1.schema import Resource, choice, fields, linked, relations, to_many, to_one

AUDIENCE_SEGMENT = Resource(
    "audience_segment",
    "audience_segments",
    fields(
        ints="audience_vendor_id child_count id* parent_audience_segment_id uniques version",
        bools="buyable",
        money="retail_cpm wholesale_cpm",
        strings="code full_path name! tag",
        datetimes="created_on* updated_on*",
    ),
    relations(
        to_one("audience_vendor", target="vendor"),
        to_one("parent", "parent_audience_segment_id", target="audience_segment"),
    ),
    parent_column="parent_audience_segment_id",
)

TARGETING_SEGMENT = Resource(
    "targeting_segment",
    "targeting_segments",
    fields(
        ints="child_count id* parent_targeting_segment_id targeting_vendor_id version",
        bools="buyable",
        money="retail_cpm wholesale_cpm",
        strings="code full_path name!",
        datetimes="created_on* updated_on*",
    ),
    relations(to_one("targeting_vendor"), to_one("parent", "parent_targeting_segment_id", target="targeting_segment")),
    parent_column="parent_targeting_segment_id",
)

TARGETING_VENDOR = Resource(
    "targeting_vendor",
    "targeting_vendors",
    fields(ints="id* version", strings="name!"),
    relations(to_many("targeting_segments", "targeting_segment", "targeting_vendor_id")),
)

RETIRED_AUDIENCE_SEGMENT = Resource(
    "retired_audience_segment",
    "retired_audience_segments",
    fields(
        ints="audience_vendor_id id* parent_audience_segment_id uniques version",
        bools="buyable",
        money="retail_cpm wholesale_cpm",
        strings="code full_retired_path name! type",
        datetimes="created_on* updated_on*",
    ),
    relations(to_one("audience_vendor", target="vendor")),
    writable=False,
)

RETIRED_STRATEGY_AUDIENCE_SEGMENT = Resource(
    "retired_strategy_audience_segment",
    "retired_strategy_audience_segments",
    fields(
        ints="id* retired_audience_segment_id strategy_id version",
        strings="group_identifier name* restriction",
        datetimes="created_on* updated_on*",
    ),
    relations(to_one("strategy"), to_one("retired_audience_segment")),
    writable=False,
    auto_name="Retired Strategy Audience Segments",
)

STRATEGY_AUDIENCE_SEGMENT = Resource(
    "strategy_audience_segment",
    "strategy_audience_segments",
    fields(
        ints="audience_segment_id id* strategy_id version",
        floats="user_cpm",
        strings="group_identifier name* operator restriction type",
        datetimes="created_on* updated_on*",
    ),
    relations(to_one("strategy"), to_one("audience_segment")),
    auto_name="Strategy Audience Segments #{id}",
)

STRATEGY_TARGETING_SEGMENT = Resource(
    "strategy_targeting_segment",
    "strategy_targeting_segments",
    fields(
        ints="id* strategy_id targeting_segment_id version",
        floats="user_cpm",
        strings="group_identifier name* operator restriction type",
        datetimes="created_on* updated_on*",
    ),
    relations(to_one("strategy"), to_one("targeting_segment")),
    writable=False,
    auto_name="Strategy Targeting Segments #{id}",
)

TARGET_DIMENSION = Resource(
    "target_dimension",
    "target_dimensions",
    fields(ints="id* version-", strings="code name!"),
    relations(to_many("target_value", "target_value", "target_dimension_id")),
    writable=False,
)

TARGET_VALUE = Resource(
    "target_value",
    "target_values",
    fields(
        ints="child_count id* target_dimension_id value version-",
        bools="is_targetable",
        strings="code dimension_code name!",
    ),
    relations(to_one("target_dimension")),
    writable=False,
)

STRATEGY_TARGET = Resource(
    "strategy_target",
    "strategy_targets",
    fields(
        ints="id* strategy_id target_dimension_id version-",
        bools="active exclude",
        strings="name* target_op",
        defaults={"active": 1, "target_op": "OR"},
    ),
    relations(
        to_one("strategy"),
        to_one("target_dimension"),
        linked("target_values", "target_value", "strategy_target_value", "strategy_target_id", "target_value_id"),
    ),
    listed=False,
    auto_name="Strategy Targets #{id}",
)
"""One side of one dimension of a strategy: the values it includes, or those it excludes."""

STRATEGY_TARGET_VALUE = Resource(
    "strategy_target_value",
    "strategy_target_values",
    fields(ints="id* strategy_target_id target_value_id version-", strings="name*"),
    relations(to_one("strategy_target"), to_one("target_value")),
    listed=False,
    auto_name="Strategy Target Values #{id}",
)

STRATEGY_DAY_PART = Resource(
    "strategy_day_part",
    "strategy_day_parts",
    fields(
        ints="end_hour! id* start_hour! strategy_id! version",
        bools="status user_time",
        strings="days! name*",
        datetimes="created_on* updated_on*",
        defaults={"status": 1},
    ),
    relations(to_one("strategy")),
    deletable=True,
    auto_name="Day Parts #{id}",
)

STRATEGY_DEAL = Resource(
    "strategy_deal",
    "strategy_deals",
    fields(ints="deal_id* id* strategy_id* version*", strings="name*"),
    relations(to_one("strategy"), to_one("deal")),
    writable=False,
    deletable=True,
    auto_name="Strategy Deals #{id}",
)

STRATEGY_DOMAIN_RESTRICTION = Resource(
    "strategy_domain_restriction",
    "strategy_domain_restrictions",
    fields(
        choice("restriction!", "EXCLUDE INCLUDE", default=""),
        ints="id* strategy_id! version",
        strings="domain! name*",
        datetimes="created_at* updated_on*",
    ),
    relations(to_one("strategy")),
    auto_name="{domain}",
)

STRATEGY_SUPPLY_SOURCE = Resource(
    "strategy_supply_source",
    "strategy_supply_sources",
    fields(ints="id* strategy_id! supply_source_id! version", strings="name*"),
    relations(to_one("strategy"), to_one("supply_source")),
    auto_name="Strategy Supply Sources #{id}",
)

SITE_LIST = Resource(
    "site_list",
    "site_lists",
    fields(
        choice("restriction", "EXCLUDE INCLUDE", default="EXCLUDE"),
        ints="id* organization_id! sites_count* version",
        bools="status",
        strings="filename name!",
        datetimes="created_on* updated_on*",
        defaults={"status": 1, "sites_count": 0},
    ),
    relations(to_one("organization"), to_many("site_list_assignments", "site_list_assignment", "site_list_id")),
    children={"assignments": "site_list_assignments"},
)

SITE_LIST_ASSIGNMENT = Resource(
    "site_list_assignment",
    "site_list_assignments",
    fields(
        ints="campaign_id id* site_list_id strategy_id version", strings="name*", datetimes="created_on* updated_on*"
    ),
    relations(to_one("site_list"), to_one("campaign"), to_one("strategy")),
    writable=False,
    auto_name="Site List Assignments #{id}",
)

CUSTOM_BRAIN_SELECTION = Resource(
    "campaign_custom_brain_selection",
    "custom_brain_selections",
    fields(
        ints="campaign_id! id* selection_id! version",
        bools="active",
        strings="name* selection_type!",
        datetimes="created_on* updated_on*",
        defaults={"active": 1},
    ),
    relations(to_one("campaign")),
    listed=False,
    deletable=True,
    auto_name="Custom Brain Selections #{id}",
)

RMX_STRATEGY = Resource(
    "rmx_strategy",
    "rmx_strategies",
    fields(
        ints=(
            "cpa_pixel_bundle_id id* rmx_push_entity_id rmxapi_io_identifier rmxapi_li_identifier strategy_id version"
        ),
        bools="status",
        floats="budget imp_budget learning_budget learning_slider price roi_cpc_target_ctr roi_modifier",
        strings=(
            "budget_type cpa_pixel_type dynamic_pricing_option learning_budget_pacing name* pacing "
            "pricing_type rmx_push_status roi_cpc_target_ctr_type roi_targets"
        ),
        datetimes="created_on* updated_on*",
    ),
    relations(
        to_one("strategy"),
        to_one("pixel_bundle", "cpa_pixel_bundle_id"),
        to_many("rmx_strategy_roi_target_pixels", "rmx_strategy_roi_target_pixel", "rmx_strategy_id"),
    ),
    writable=False,
    auto_name="RMX Strategies #{id}",
)

RMX_STRATEGY_ROI_TARGET_PIXEL = Resource(
    "rmx_strategy_roi_target_pixel",
    "rmx_strategy_roi_target_pixels",
    fields(
        ints="id* pixel_bundle_id rmx_strategy_id version",
        bools="status",
        floats="price",
        strings="name* rmx_pixel_type",
        datetimes="created_on* updated_on*",
    ),
    relations(to_one("rmx_strategy"), to_one("pixel_bundle")),
    writable=False,
    auto_name="RMX ROI Target Pixels #{id}",
)

RESOURCES = (
    AUDIENCE_SEGMENT, TARGETING_SEGMENT, TARGETING_VENDOR, RETIRED_AUDIENCE_SEGMENT,
    RETIRED_STRATEGY_AUDIENCE_SEGMENT, STRATEGY_AUDIENCE_SEGMENT, STRATEGY_TARGETING_SEGMENT,
    TARGET_DIMENSION, TARGET_VALUE, STRATEGY_TARGET, STRATEGY_TARGET_VALUE, STRATEGY_DAY_PART,
    STRATEGY_DEAL, STRATEGY_DOMAIN_RESTRICTION, STRATEGY_SUPPLY_SOURCE, SITE_LIST, SITE_LIST_ASSIGNMENT,
    CUSTOM_BRAIN_SELECTION, RMX_STRATEGY, RMX_STRATEGY_ROI_TARGET_PIXEL,
)  # fmt: skip
