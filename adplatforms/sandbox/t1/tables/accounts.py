"""Accounts and people: organizations down to advertisers, users, contacts, and the reference lists."""

from __future__ import annotations

from adplatforms.sandbox.t1.schema import Resource, choice, fields, relations, to_many, to_one

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
        to_many("contracts", "contract", "organization_id"),
        to_many("seats", "seat", "organization_id"),
        to_many("site_lists", "site_list", "organization_id"),
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
        ints=("ad_server_id! agency_id! billing_contact_id frequency_amount id* sales_contact_id version vertical_id!"),
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
        strings=("address_1 address_2 city country email fax first_name last_name mobile name* phone state title zip"),
        datetimes="created_on* updated_on*",
    ),
    auto_name="{first_name} {last_name}",
)

VERTICAL = Resource(
    "vertical",
    "verticals",
    fields(ints="id* version", strings="name!", datetimes="created_on* updated_on*"),
    relations(to_many("advertisers", "advertiser", "vertical_id"), to_many("advertiser", "advertiser", "vertical_id")),
)

AD_SERVER = Resource("ad_server", "ad_servers", fields(ints="id* version", strings="name!"))

CURRENCY = Resource("currency", "currencies", fields(ints="id* version", strings="code! name!"), listed=False)

TIME_ZONE = Resource("time_zone", "time_zones", fields(ints="id* version", strings="name!"), listed=False)

RESOURCES = (ORGANIZATION, AGENCY, ADVERTISER, USER, CONTACT, VERTICAL, AD_SERVER, CURRENCY, TIME_ZONE)
