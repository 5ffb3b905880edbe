"""Where ads are bought: exchanges, seats, deals, publishers with their sites, placements and slots, contracts."""

from __future__ import annotations

from adplatforms.sandbox.t1.schema import Resource, choice, fields, relations, to_many, to_one

SUPPLY_SOURCE = Resource(
    "supply_source",
    "supply_sources",
    fields(
        ints="bidder_exchange_identifier id* parent_supply_id version",
        bools=(
            "distribute has_display has_mobile_display has_mobile_video has_video is_proservice mm_safe "
            "pmp_enabled rtb_enabled seat_enabled status use_pool"
        ),
        strings="code! default_seat_identifier name! pixel_tag rtb_type supply_type",
        datetimes="created_on* updated_on*",
        defaults={"status": 1},
    ),
    relations(
        to_one("parent_supply", "parent_supply_id", target="supply_source"),
        to_many("seats", "seat", "supply_source_id"),
    ),
)

SEAT = Resource(
    "seat",
    "seats",
    fields(
        choice("rmx_exchange_cost_unit", "CPM PCT_MEDIA", default="PCT_MEDIA"),
        ints="id* organization_id supply_source_id version",
        bools="bill_media_to_client status",
        floats="rmx_exchange_cost_cpm rmx_exchange_cost_pct",
        strings="name* seat_identifier",
        datetimes="created_on* updated_on*",
        defaults={"status": 1},
    ),
    relations(to_one("organization"), to_one("supply_source")),
    auto_name="Seats #{id}",
)

DEAL = Resource(
    "deal",
    "deals",
    fields(
        choice("bill_type", "EXCHANGE NONE PUBLISHER", default="EXCHANGE"),
        choice("deal_type", "PG STANDARD", default="STANDARD"),
        choice("price_method!", "CPM", default="CPM"),
        choice("price_type!", "FIXED FLOOR"),
        ints="id* sub_supply_source_id supply_source_id version-",
        bools="status!",
        objects="owner! permissions! price!",
        strings="deal_identifier! description name! zone_name",
        datetimes="created_on* end_datetime! start_datetime! updated_on*",
        defaults={"status": None},
    ),
    relations(to_one("supply_source")),
    listed=False,
)
"""Served by the deals service; here only for the rows that point to deals."""

PUBLISHER = Resource(
    "publisher",
    "publishers",
    fields(ints="id* organization_id version", strings="name!", datetimes="created_on* updated_on*"),
    relations(to_one("organization"), to_many("site", "publisher_site", "publisher_id")),
)

PUBLISHER_SITE = Resource(
    "publisher_site",
    "publisher_sites",
    fields(ints="id* publisher_id! version", strings="name!", datetimes="created_on* updated_on*"),
    relations(to_one("publisher"), to_many("placement", "site_placement", "publisher_site_id")),
)

SITE_PLACEMENT = Resource(
    "site_placement",
    "site_placements",
    fields(
        choice("deal_source", "INTERNAL USER", default="USER"),
        choice("media_type", "display mobile video", default="display"),
        choice("pmp_type", "DIRECT PREMIUM", default="DIRECT"),
        ints="id* publisher_site_id! version",
        bools="bill_media_to_client",
        strings="display_text name!",
        datetimes="created_on* updated_on*",
    ),
    relations(to_one("publisher_site"), to_many("placement", "placement_slot", "site_placement_id")),
)

PLACEMENT_SLOT = Resource(
    "placement_slot",
    "placement_slots",
    fields(
        choice("auction_type!", "FIRST_PRICED SECOND_PRICED", default="FIRST_PRICED"),
        choice("buy_price_type!", "CPM", default="CPM"),
        choice("frequency_interval", "campaign day hour month not-applicable week", default="not-applicable"),
        choice("frequency_type", "asap even no-limit", default="no-limit"),
        choice("sell_price_type", "CPM", default="CPM"),
        choice("volume_unit", "impressions", default="impressions"),
        ints="ad_slot frequency_amount height! id* site_placement_id! version width!",
        bools="allow_remnant",
        floats="budget buy_price! est_volume prm_pub_ceiling prm_pub_markup sell_price",
        strings="description name*",
        datetimes="created_on* end_date start_date updated_on*",
    ),
    relations(to_one("placement", "site_placement_id", target="site_placement")),
    auto_name="Placement Slots #{id}",
)

CONTRACT = Resource(
    "contract",
    "contracts",
    fields(
        ints="id* organization_id version",
        bools="exclude_agency_margin",
        floats=(
            "adaptive_segment_cpm evidon_privacy_cost_cpm external_media_tracking_cpm fbx_dynamic_cpm "
            "managed_service_fee_pct optimization_fee_pct peer39_channel_fee_cpm peer39_custom_fee_cpm "
            "peer39_quality_fee_cpm peer39_safety_fee_cpm platform_access_fee_pct platform_monthly_min "
            "pmp_optimization_off_fee_cpm pmp_optimization_off_fee_pct pmp_optimization_on_fee_cpm "
            "pmp_optimization_on_fee_pct profit_share_fee_pct spend_cap t1_as_fee_cpm t1_html5_fee_cpm "
            "t1_vads_fee_cpm"
        ),
        strings=(
            "contract_number currency_code managed_service_fee_unit name* optimization_fee_unit "
            "platform_access_fee_unit pmp_optimization_off_unit pmp_optimization_on_unit"
        ),
        datetimes="created_on* effective_end_date effective_start_date updated_on*",
    ),
    relations(to_one("organization")),
    deletable=True,
    auto_name="Contracts #{id}",
)

RESOURCES = (
    SUPPLY_SOURCE, SEAT, DEAL, PUBLISHER, PUBLISHER_SITE, SITE_PLACEMENT, PLACEMENT_SLOT, CONTRACT,
)  # fmt: skip
