"""What runs: campaigns, their budget flights, strategies and the concepts assigned to them."""

from __future__ import annotations

from adplatforms.sandbox.t1.schema import Resource, choice, fields, linked, relations, to_many, to_one

CAMPAIGN = Resource(
    "campaign",
    "campaigns",
    fields(
        choice("connected_id_type", "DETERMINISTIC_FIRST DETERMINISTIC_ONLY"),
        choice("conversion_type", "every one variable", default="variable"),
        choice("frequency_interval", "day hour month not-applicable week", default="not-applicable"),
        choice("frequency_type", "asap even no-limit", default="no-limit"),
        choice("goal_category", "audience engagement response"),
        choice("goal_type!", "cpa cpc cpe ctr reach roi spend vcpm vcr viewability_rate"),
        choice("impression_cap_type", "asap even no-limit", default="no-limit"),
        choice("service_type!", "MANAGED SELF", default="SELF"),
        choice("spend_cap_type", "asap even no-limit", default="no-limit"),
        ints=(
            "ad_server_id! advertiser_id! bid_min_devices conversion_variable_minutes? frequency_amount "
            "id* impression_cap_amount merit_pixel_id? pc_window_minutes? pv_window_minutes? "
            "source_campaign_id suspicious_traffic_filter_level total_impression_budget version "
            "viewability_vendor_id"
        ),
        bools=(
            "dcs_data_is_campaign_level frequency_optimization has_custom_attribution "
            "impression_cap_automatic is_programmatic_guaranteed minimize_multi_ads "
            "override_suspicious_traffic_filter political restrict_targeting_to_same_device_id "
            "spend_cap_automatic spend_cap_enabled status use_default_ad_server use_mm_freq"
        ),
        floats="agency_fee_pct goal_alert margin_pct pacing_alert pv_pct? viewability_sample_rate",
        money="ad_server_fee goal_value! spend_cap_amount total_budget!",
        strings=(
            "ad_server_password ad_server_username currency_code io_name io_reference_num name! "
            "viewability_type zone_name"
        ),
        datetimes="created_on* end_date! initial_start_date start_date! updated_on*",
        defaults={"zone_name": "America/New_York"},
    ),
    relations(
        to_one("advertiser"),
        to_one("ad_server"),
        to_one("merit_pixel", target="pixel_bundle"),
        to_one("currency", "currency_code", key="code"),
        to_one("time_zone", "zone_name", key="name"),
        to_many("strategies", "strategy", "campaign_id"),
        to_many("budget_flights", "budget_flight", "campaign_id"),
        to_many("relevant_budget_flight", "budget_flight", "campaign_id", only="is_relevant"),
        to_many("vendor_contracts", "vendor_contract", "campaign_id"),
        to_many("site_list_assignments", "site_list_assignment", "campaign_id"),
        linked("site_lists", "site_list", "site_list_assignment", "campaign_id", "site_list_id"),
        to_many("campaign_custom_brain_selection", "campaign_custom_brain_selection", "campaign_id"),
    ),
    children={"budget_flights": "budget_flights", "custom_brain_selections": "campaign_custom_brain_selection"},
)

BUDGET_FLIGHT = Resource(
    "budget_flight",
    "budget_flights",
    fields(
        ints="campaign_id! id* total_impression_budget version",
        bools="is_relevant",
        money="total_budget!",
        strings="currency_code name zone_name",
        datetimes="created_on* end_date! start_date! updated_on*",
    ),
    relations(to_one("campaign")),
    listed=False,
    deletable=True,
    auto_name="Budget Flights #{id}",
)

STRATEGY = Resource(
    "strategy",
    "strategies",
    fields(
        choice("audience_segment_exclude_op", "AND OR", default="OR"),
        choice("audience_segment_include_op", "AND OR", default="OR"),
        choice("frequency_interval", "campaign day hour month not-applicable week", default="not-applicable"),
        choice("frequency_type", "asap even no-limit", default="no-limit"),
        choice("goal_type!", "cpa cpc cpe ctr reach roi spend vcpm vcr viewability_rate", default="cpc"),
        choice("impression_pacing_interval", "campaign day hour month not-applicable week", default="not-applicable"),
        choice("impression_pacing_type", "asap even no-limit", default="no-limit"),
        choice("media_type", "DISPLAY VIDEO", default="DISPLAY"),
        choice("pacing_interval", "day hour", default="day"),
        choice("pacing_optimization_type", "impression monetary", default="monetary"),
        choice("pacing_type", "asap even", default="even"),
        choice("site_selectiveness", "ALL EXCLUDE_UGC MATHSELECT_250 REDUCED", default="REDUCED"),
        choice("supply_type", "BATCH MKT RMX_API RTB T1_RMX", default="RTB"),
        choice("targeting_segment_exclude_op", "AND OR", default="OR"),
        choice("targeting_segment_include_op", "AND OR", default="OR"),
        choice("type!", "AUD GBO REM", default="GBO"),
        ints=("bid_min_devices campaign_id! frequency_amount id* impression_cap impression_pacing_amount version"),
        bools=(
            "bid_price_is_media_only frequency_optimization run_on_all_exchanges run_on_all_pmp "
            "run_on_display run_on_mobile run_on_streaming site_restriction_transparent_urls status "
            "use_campaign_end use_campaign_start use_mm_freq use_optimization"
        ),
        floats="bid_aggressiveness max_bid_wm pacing_optimization_amount roi_target",
        money="budget!? effective_goal_value* goal_value! max_bid! min_bid pacing_amount!",
        strings="currency_code description feature_compatibility name! pixel_target_expr zone_name*",
        datetimes="created_on* end_date? start_date? updated_on*",
        defaults={"pixel_target_expr": "", "run_on_display": 1, "min_bid": 0},
    ),
    relations(
        to_one("campaign"),
        to_one("currency", "currency_code", key="code"),
        to_one("time_zone", "zone_name", key="name"),
        to_many("strategy_concepts", "strategy_concept", "strategy_id"),
        linked("concepts", "concept", "strategy_concept", "strategy_id", "concept_id"),
        to_many("strategy_audience_segments", "strategy_audience_segment", "strategy_id"),
        to_many("strategy_targeting_segments", "strategy_targeting_segment", "strategy_id"),
        to_many("retired_strategy_audience_segments", "retired_strategy_audience_segment", "strategy_id"),
        to_many("strategy_day_parts", "strategy_day_part", "strategy_id"),
        to_many("strategy_domain_restrictions", "strategy_domain_restriction", "strategy_id"),
        to_many("strategy_deals", "strategy_deal", "strategy_id"),
        to_many("strategy_supply_sources", "strategy_supply_source", "strategy_id"),
        to_many("strategy_targets", "strategy_target", "strategy_id"),
        linked("deals", "deal", "strategy_deal", "strategy_id", "deal_id"),
        linked("supply_sources", "supply_source", "strategy_supply_source", "strategy_id", "supply_source_id"),
        to_many("site_list_assignments", "site_list_assignment", "strategy_id"),
        linked("site_lists", "site_list", "site_list_assignment", "strategy_id", "site_list_id"),
        to_many("rmx_strategies", "rmx_strategy", "strategy_id"),
    ),
    children={
        "concepts": "concepts",
        "audience_segments": "strategy_audience_segments",
        "targeting_segments": "strategy_targeting_segments",
        "day_parts": "strategy_day_parts",
        "domain_restrictions": "strategy_domain_restrictions",
    },
)

STRATEGY_CONCEPT = Resource(
    "strategy_concept",
    "strategy_concepts",
    fields(
        choice("weighting", "BUDGET IMPRESSION NONE", default="NONE"),
        ints="concept_id! id* strategy_id! version",
        bools="status",
        floats="percent",
        strings="name*",
        datetimes="created_on* updated_on*",
        defaults={"status": 1},
    ),
    relations(to_one("strategy"), to_one("concept")),
    deletable=True,
    auto_name="Strategy Concepts #{id}",
)

RESOURCES = (CAMPAIGN, BUDGET_FLIGHT, STRATEGY, STRATEGY_CONCEPT)
