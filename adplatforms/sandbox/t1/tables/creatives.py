"""What is shown and what is counted: concepts, creatives, pixels."""

from __future__ import annotations

from adplatforms.sandbox.t1.schema import Resource, choice, fields, linked, relations, to_many, to_one

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
        datetimes=("build_date* created_on* end_date last_modified* last_payload_modified* start_date updated_on*"),
        defaults={"expansion_direction": "NONRESTRICTED", "approval_status": "NOT_SUBMITTED", "status": 1},
    ),
    relations(
        to_one("advertiser"),
        to_one("concept"),
        to_many("creatives", "creative", "atomic_creative_id"),
        to_many("creative_approvals", "creative_approval", "atomic_creative_id"),
    ),
    children={"creative_approvals": "creative_approvals"},
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
    relations(
        to_one("advertiser"),
        to_one("agency"),
        to_one("provider", target="pixel_provider"),
        to_many("pixels", "pixel", "bundle_id"),
    ),
)

RESOURCES = (CONCEPT, ATOMIC_CREATIVE, PIXEL_BUNDLE)
