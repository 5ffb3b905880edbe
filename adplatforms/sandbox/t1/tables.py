"""The T1 entity types the sandbox serves: one `Resource` a type, in the words of `schema.py`.

Sources: the field lists, enums and defaults of MediaMath/t1-python 1.9.20; what a create needs, from the
schemas of go-t1 and t1-node. Those sources say nothing on the following, which is the sandbox's choice:

- the relations that lead down (`strategies` of a campaign is recorded, the other lists are named like it);
- `currency` and `time_zone`, types that are known by name only: here they have an id and a name;
- the defaults that no client declares (a campaign or strategy made without a status is switched off).
"""

from __future__ import annotations

from adplatforms.sandbox.t1.schema import (
    Registry,
    Resource,
    choice,
    fields,
    linked,
    relations,
    to_many,
    to_one,
)

ORGANIZATION = Resource(
    "organization",
    "organizations",
    fields(
        choice("dmp_enabled", "disabled enabled", default="disabled"),
        choice("org_type", "buyer partner", default="buyer"),
        ints="adx_seat_account_id id* suspicious_traffic_filter_level version",
        bools=(
            "accountable_and_addressable allow_byo_price allow_x_agency_pixels "
            "override_suspicious_traffic_filter status use_evidon_optout"
        ),
        strings=(
            "address_1! address_2 billing_country_code city! contact_name! country currency_code "
            "mm_contact_name! name! phone! state! tag_ruleset zip!"
        ),
        datetimes="created_on* updated_on*",
        defaults={"status": 1, "currency_code": "USD"},
    ),
    relations(
        to_one("currency", "currency_code", key="code"),
        to_many("agencies", "agency", "organization_id"),
    ),
)

AGENCY = Resource(
    "agency",
    "agencies",
    fields(
        choice("dmp_enabled", "disabled inherits", default="inherits"),
        ints="billing_contact_id id* organization_id! sales_contact_id traffic_contact_id version",
        bools="allow_x_adv_optimization allow_x_adv_pixels status",
        strings="logo name!",
        datetimes="created_on* updated_on*",
        defaults={"status": 1},
    ),
    relations(
        to_one("organization"),
        to_one("billing_contact", target="contact"),
        to_one("sales_contact", target="contact"),
        to_one("traffic_contact", target="contact"),
        to_many("advertisers", "advertiser", "agency_id"),
    ),
)

ADVERTISER = Resource(
    "advertiser",
    "advertisers",
    fields(
        choice("connected_id_type", "DETERMINISTIC_FIRST DETERMINISTIC_ONLY", default="DETERMINISTIC_ONLY"),
        choice("dmp_enabled", "disabled inherits", default="inherits"),
        choice("frequency_interval", "campaign day hour month not-applicable week", default="not-applicable"),
        choice("frequency_type", "asap even no-limit", default="no-limit"),
        ints=(
            "ad_server_id! agency_id! billing_contact_id frequency_amount id* sales_contact_id version "
            "vertical_id!"
        ),
        bools="accountable_and_addressable allow_x_strat_optimization minimize_multi_ads political status",
        floats="ad_server_fee",
        strings="ad_server_password ad_server_username domain! name!",
        datetimes="created_on* updated_on*",
        defaults={"status": 1},
    ),
    relations(
        to_one("agency"),
        to_one("ad_server"),
        to_one("vertical"),
        to_one("billing_contact", target="contact"),
        to_one("sales_contact", target="contact"),
        to_many("campaigns", "campaign", "advertiser_id"),
        to_many("concepts", "concept", "advertiser_id"),
        to_many("atomic_creatives", "atomic_creative", "advertiser_id"),
        to_many("pixel_bundles", "pixel_bundle", "advertiser_id"),
    ),
)

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
    ),
    children=("budget_flights",),
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
        choice(
            "impression_pacing_interval",
            "campaign day hour month not-applicable week",
            default="not-applicable",
        ),
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
        ints=(
            "bid_min_devices campaign_id! frequency_amount id* impression_cap impression_pacing_amount "
            "version"
        ),
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
    ),
    children=("concepts",),
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

CONCEPT = Resource(
    "concept",
    "concepts",
    fields(
        ints="advertiser_id! id* version",
        bools="status",
        strings="name!",
        datetimes="created_on* updated_on*",
        defaults={"status": 1},
    ),
    relations(
        to_one("advertiser"),
        to_many("atomic_creatives", "atomic_creative", "concept_id"),
        linked("strategies", "strategy", "strategy_concept", "concept_id", "strategy_id"),
    ),
)

ATOMIC_CREATIVE = Resource(
    "atomic_creative",
    "atomic_creatives",
    fields(
        choice("ad_format", "DISPLAY EXPANDABLE FBX MOBILE", default="DISPLAY"),
        choice(
            "ad_server_type!",
            "ATLAS DART EYEWONDER MEDIAFORGE MEDIAMIND MEDIAPLEX OTHER POINTROLL TERMINALONE "
            "TERMINALONESZ YIELD_MANAGER",
            default="OTHER",
        ),
        choice("expand", "D L LD LU R RD RU U"),
        choice("expansion_trigger", "AUTOMATIC CLICK MOUSEOVER", default="CLICK"),
        choice("file_type!", "gif html5 jpeg jpg png swf tif tiff unknown vast", default="unknown"),
        choice("media_type", "display mobile video", default="display"),
        choice(
            "tag_type!",
            "IFRAME IFRAME_IMG IFRAME_NOSCRIPT IFRAME_SCRIPT IFRAME_SCRIPT_NOSCRIPT IMG NOSCRIPT SCRIPT "
            "SCRIPT_NOSCRIPT",
            default="NOSCRIPT",
        ),
        ints=(
            "advertiser_id! built_by_user_id concept_id! creative_import_file_id height! id* "
            "vast_version version width!"
        ),
        bools="built* has_sound is_https is_mraid is_multi_creative rich_media status t1as*",
        strings=(
            "approval_status* build_errors click_through_url click_url edited_tag expansion_direction "
            "external_identifier! name! rejected_reason* rich_media_provider sizmek_creative_status* "
            "sizmek_tag_status* tag! tpas_ad_tag tpas_ad_tag_name! type"
        ),
        datetimes=(
            "build_date* created_on* end_date last_modified* last_payload_modified* start_date updated_on*"
        ),
        defaults={"expansion_direction": "NONRESTRICTED", "approval_status": "NOT_SUBMITTED", "status": 1},
    ),
    relations(to_one("advertiser"), to_one("concept")),
)

PIXEL_BUNDLE = Resource(
    "pixel_bundle",
    "pixel_bundles",
    fields(
        choice("currency", "S1 S2 V1 V2"),
        choice("pixel_type!+", "creative data event segment", default="event"),
        choice("pricing", "CPM CPTS", default="CPM"),
        choice("revenue", "S1 S2 V1 V2"),
        choice("rmx_conversion_type", "one variable", default="one"),
        choice("tag_type!+", "dfa iframe image js uat", default="image"),
        ints=(
            "advertiser_id+ agency_id+ id* provider_id+ rmx_conversion_minutes rmx_pc_window_minutes "
            "rmx_pv_window_minutes version"
        ),
        bools="eligible rmx_friendly rmx_merit status",
        floats="cost_cpm cost_cpts cost_pct_cpm",
        strings="currency_fixed external_identifier* keywords name! segment_op tags* type",
        datetimes="created_on* updated_on*",
        defaults={"eligible": 1, "segment_op": "OR", "status": 1},
    ),
    relations(to_one("advertiser"), to_one("agency")),
)

USER = Resource(
    "user",
    "users",
    fields(
        choice("role!", "ADMIN MANAGER REPORTER", default="REPORTER"),
        choice("scope!", "GLOBAL SELECT", default="SELECT"),
        choice("type!", "ADVERTISER AGENCY INTERNAL VPAN", default="ADVERTISER"),
        ints="creator_id id* version",
        bools=(
            "access_internal_fees active edit_campaigns edit_data_definition "
            "edit_margins_and_performance edit_segments labs_enable_rmx link_ldap view_data_definition "
            "view_dmp_reports view_organizations view_segments"
        ),
        strings=(
            "fax first_name! last_name! mobile name* password- password_reset_token* phone "
            "sso_auth_token* title! username!"
        ),
        datetimes="created_on* last_login_on* password_reset_sent* sso_auth_sent* updated_on*",
        defaults={"active": 1},
    ),
    relations(to_one("creator", target="user")),
    auto_name="{username}",
)

CONTACT = Resource(
    "contact",
    "contacts",
    fields(
        ints="id* version",
        strings=(
            "address_1 address_2 city country email fax first_name last_name mobile name* phone state title "
            "zip"
        ),
        datetimes="created_on* updated_on*",
    ),
    auto_name="{first_name} {last_name}",
)

VERTICAL = Resource(
    "vertical",
    "verticals",
    fields(
        ints="id* version",
        strings="name!",
        datetimes="created_on* updated_on*",
    ),
    relations(to_many("advertisers", "advertiser", "vertical_id")),
)

AD_SERVER = Resource(
    "ad_server",
    "ad_servers",
    fields(
        ints="id* version",
        strings="name!",
    ),
)

CURRENCY = Resource(
    "currency",
    "currencies",
    fields(ints="id* version", strings="code! name!"),
    listed=False,
)

TIME_ZONE = Resource(
    "time_zone",
    "time_zones",
    fields(ints="id* version", strings="name!"),
    listed=False,
)

REGISTRY = Registry(
    (
        ORGANIZATION,
        AGENCY,
        ADVERTISER,
        CAMPAIGN,
        BUDGET_FLIGHT,
        STRATEGY,
        STRATEGY_CONCEPT,
        CONCEPT,
        ATOMIC_CREATIVE,
        PIXEL_BUNDLE,
        USER,
        CONTACT,
        VERTICAL,
        AD_SERVER,
        CURRENCY,
        TIME_ZONE,
    )
)
"""Every type, by type and by collection."""
