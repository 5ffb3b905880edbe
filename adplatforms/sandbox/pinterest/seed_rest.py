"""The seed of the smaller resources: made up from the shapes of their rows, with the parents and words that matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from adplatforms.sandbox.pinterest.rows import KINDS, Document, record
from adplatforms.sandbox.pinterest.synth import Maker
from adplatforms.sandbox.pinterest.table import Api
from adplatforms.sandbox.seed import AUDIENCES, BRANDS

BUSINESS = "759631500000000001"
USER = "cafecreme"
CATALOG_TYPES = ("RETAIL", "HOTEL", "CREATIVE_ASSETS")

_Records = list[dict[str, Any]]
_Change = Callable[[int, Document], Mapping[str, Any]]

COUNTS = {
    "audiences": 40,
    "billing_invoices": 12,
    "billing_profiles": 7,
    "conversion_tags": 3,
    "conversion_events": 5,
    "customer_lists": 8,
    "lead_forms": 6,
    "lead_subscriptions": 4,
    "order_lines": 5,
    "promotions": 10,
    "report_templates": 4,
    "targeting_templates": 6,
    "ads_credit_discounts": 3,
    "ssio_insertion_orders": 3,
    "ssio_order_lines": 4,
    "terms_of_service": 1,
    "conversion_deletion_requests": 2,
    "customer_segments": 3,
    "schedules": 4,
}
"""Rows of each ad account."""

FOR_A_BUSINESS = {"business_members": 12, "business_partners": 5, "business_assets": 6, "business_invites": 4}
OF_THE_USER = {
    "business_employers": 2,
    "followers": 30,
    "following": 15,
    "linked_businesses": 2,
    "websites": 2,
    "media": 3,
    "integrations": 3,
    "commerce_integrations": 2,
}


def rest(api: Api, accounts: Sequence[str]) -> dict[str, _Records]:
    """The rows by kind."""
    made: dict[str, _Records] = {}

    def put(kind: str, scope: str, count: int, change: _Change | None = None, note: Document | None = None) -> None:
        rows = made.setdefault(kind, [])
        known = KINDS[kind]
        for _ in range(count):
            place = len(rows)
            data = Maker(api, place).make(SHAPES.get(kind) or api.rows[kind])
            data.update(_common(known.id, known.first + place, scope, data))
            if change:
                data.update(change(place, data))
            rows.append(record(known, known.first + place, data, scope, note))

    for account in accounts:
        for kind, count in COUNTS.items():
            put(kind, account, count, CHANGES.get(kind))
    for kind, count in FOR_A_BUSINESS.items():
        put(kind, BUSINESS, count, CHANGES.get(kind))
    for kind, count in OF_THE_USER.items():
        put(kind, "", count, CHANGES.get(kind))
    _under_ads(put, accounts[0])
    _organic(put)
    _catalogs(put)
    _business(put, made)
    return made


def _common(id_member: str, id: int, scope: str, data: Document) -> Document:
    known: Document = {}
    if id_member and not (id_member in data and not str(data[id_member]).isdigit()):
        known[id_member] = str(id)
    for name in ("ad_account_id", "advertiser_id"):
        if name in data:
            known[name] = scope
    if "updated_time" in data and "created_time" in data:
        known["updated_time"] = data["created_time"]
    return known


def id_of(kind: str, place: int) -> str:
    """The id of a seeded row by its place."""
    return str(KINDS[kind].first + place)


def _audience(place: int, data: Document) -> Document:
    types = ("VISITOR", "CUSTOMER_LIST", "ENGAGEMENT", "ACTALIKE")
    kind = types[place % 4]
    rule: Document = {"retention_days": 30, "visitor_source_id": "123"}
    if kind == "CUSTOMER_LIST":
        rule = {"customer_list_id": id_of("customer_lists", place % 8)}
    elif kind == "ACTALIKE":
        rule = {"seed_id": [id_of("audiences", 0)], "country": "US", "percentage": 5}
    name = f"{AUDIENCES[place % len(AUDIENCES)]} {place}"
    status = ("READY", "READY", "INITIALIZING", "TOO_SMALL")[place % 4]
    return {
        "name": name,
        "audience_type": kind,
        "rule": rule,
        "status": status,
        "size": place * 1000,
        "type": "audience",
    }


def _customer_list(place: int, data: Document) -> Document:
    return {
        "name": f"CRM {place} & Kundschaft",
        "status": ("READY", "PROCESSING", "TOO_SMALL", "READY")[place % 4],
        "num_batches": 1,
        "num_removed_user_records": 0,
        "num_uploaded_user_records": 1000 + place,
        "exceptions": {},
        "type": "customerlist",
    }


CHANGES: dict[str, _Change] = {
    "customer_segments": lambda place, data: {
        "name": f"Segment {place}",
        "audience_ids": [id_of("audiences", place)],
        "status": "ACTIVE",
    },
    "schedules": lambda place, data: {
        "entity_id": id_of("campaigns", place // 2),
        "entity_type": "CAMPAIGN",
        "name": f"Schedule {place}",
        "delta_value": "10",
        "schedule_status": ("SCHEDULED", "ACTIVE")[place % 2],
    },
    "conversion_deletion_requests": lambda place, data: {"status": ("PENDING", "SUBMITTED")[place % 2]},
    "audiences": _audience,
    "customer_lists": _customer_list,
    "billing_profiles": lambda place, data: {"status": ("VALID", "INVALID")[place % 2]},
    "conversion_tags": lambda place, data: {"status": "ACTIVE", "version": "3", "name": f"Tag {place}"},
    "order_lines": lambda place, data: {
        "type": "orderline",
        "status": ("ACTIVE", "PAUSED")[place % 2],
        "campaign_ids": [id_of("campaigns", place % 5), id_of("campaigns", place % 5 + 5)],
    },
    "report_templates": lambda place, data: {"ad_account_ids": [data["ad_account_id"]]},
    "lead_forms": lambda place, data: {"status": ("ACTIVE", "DRAFT")[place % 2]},
    "promotions": lambda place, data: {"status": "ACTIVE"},
    "targeting_templates": lambda place, data: {"status": "ACTIVE"},
    "business_assets": lambda place, data: {"asset_type": ("AD_ACCOUNT", "PROFILE", "ASSET_GROUP")[place % 3]},
    "business_members": lambda place, data: {"business_roles": [("EMPLOYEE", "BIZ_ADMIN")[place % 2]]},
    "business_employers": lambda place, data: {"id": str(int(BUSINESS) + place)},
    "lead_subscriptions": lambda place, data: {"lead_form_id": id_of("lead_forms", place % 6)},
    "websites": lambda place, data: {"website": f"shop{place}.example.com", "status": "verified"},
    "followers": lambda place, data: {"username": f"follower{place}", "type": "user"},
    "following": lambda place, data: {"username": f"idol{place}", "type": "user"},
    "media": lambda place, data: {"status": "succeeded"},
    "commerce_integrations": lambda place, data: {"external_business_id": f"shop-{place}"},
    "ssio_order_lines": lambda place, data: {"pin_order_id": id_of("ssio_insertion_orders", place % 3)},
}

SHAPES: dict[str, Any] = {"conversion_events": "ConversionEventResponse"}
"""Shapes of rows that no resource has."""


def _under_ads(put: Callable[..., None], account: str) -> None:
    def keyword(place: int, data: Document) -> Document:
        words = ("summer dress", "café au lait", "garden chairs", "hiking boots", "gift ideas")
        parent = account if place < 5 else id_of("ad_groups", (place - 5) // 4)
        kind = "ADVERTISER" if place < 5 else "AD_GROUP"
        match = ("BROAD", "PHRASE", "EXACT", "EXACT_NEGATIVE")[place % 4]
        return {
            "value": f"{words[place % 5]} {place}",
            "match_type": match,
            "parent_id": parent,
            "parent_type": kind,
            "bid": None if place % 3 else 250_000,
            "archived": place % 20 == 19,
            "type": "keyword",
        }

    def label(place: int, data: Document) -> Document:
        return {
            "value": f"{BRANDS[place % len(BRANDS)]} {place}",
            "label_type": ("BRAND", "CUSTOM")[place % 2],
            "parent_id": id_of("campaigns", place // 2),
            "parent_type": "CAMPAIGN",
            "status": "ARCHIVED" if place % 10 == 9 else "ACTIVE",
        }

    def promotion(place: int, data: Document) -> Document:
        return {
            "ad_group_id": id_of("ad_groups", place // 3),
            "catalog_product_group_id": id_of("product_groups", place % 6),
            "collections_hero_pin_id": None,
            "parent_id": None,
            "definition": None,
            "status": ("ACTIVE", "PAUSED", "ARCHIVED")[place % 3],
        }

    def shared(place: int, data: Document) -> Document:
        return {
            "account_type": ("AD_ACCOUNT", "BUSINESS_ACCOUNT")[place % 2],
            "account_id": str(549_755_890_000 + place),
        }

    put("keywords", account, 205, keyword)
    put("labels", account, 60, label)
    put("product_group_promotions", account, 60, promotion)
    for scope, count in ((account, 6), (BUSINESS, 2)):
        put("audience_shared_accounts", scope, count, shared, {"audience_id": id_of("audiences", 0)})
    put(
        "customer_list_uploads",
        id_of("customer_lists", 0),
        1,
        lambda place, data: {
            "ad_account_id": account,
            "customer_list_id": id_of("customer_lists", 0),
            "state": "SUCCEEDED",
        },
    )


def _organic(put: Callable[..., None]) -> None:
    for board in range(30):
        put("board_sections", id_of("boards", board), 2, lambda place, data: {"name": f"Section {place}"})
    for name, count in ((USER, 6), ("idol0", 3)):
        put("followed_interests", name, count)


def _catalogs(put: Callable[..., None]) -> None:
    def typed(place: int, data: Document) -> Document:
        return {"catalog_type": CATALOG_TYPES[place % 3]}

    put("catalogs", "", 3, typed)
    put(
        "feeds",
        "",
        6,
        lambda place, data: {
            **({"catalog_id": id_of("catalogs", place % 3)} if "catalog_id" in data else {}),
            "default_locale": "en-US",
            "location": f"https://feeds.example.com/{place}.tsv",
        },
    )
    put(
        "product_groups",
        "",
        9,
        lambda place, data: {
            "catalog_id": id_of("catalogs", place % 3),
            **({"type": "MERCHANT_CREATED"} if place >= 6 else {}),
            **({"feed_id": id_of("feeds", place)} if place < 6 and "feed_id" in data else {}),
            **({"feed_id": None} if place >= 6 and "feed_id" in data else {}),
        },
    )
    for feed in range(2):
        put("feed_processing_results", id_of("feeds", feed), 3)
    put("feed_item_issues", id_of("feed_processing_results", 0), 5, lambda place, data: {"item_number": place})
    put("local_stores", id_of("catalogs", 0), 3, _store)
    for group in range(3):
        put("catalog_products", id_of("product_groups", group), 4)
    put("catalog_items", "", 12, _item)


def _store(place: int, data: Document) -> Document:
    return {"name": f"Store {place}", "store_code": f"s-{place}", "country": "US"}


def _item(place: int, data: Document) -> Document:
    """The catalog's items by id (`item-0`, `hotel-1`, `asset-2` and so on), without errors."""
    return {}


def _business(put: Callable[..., None], made: dict[str, _Records]) -> None:
    assets = [int(row["id"]) for row in made["business_assets"]]
    members = [row["key"] for row in made["business_members"]]
    for member in members[:4]:
        put(
            "business_member_assets",
            f"{member}",
            2,
            lambda place, data: {"asset_id": str(assets[place % 6]), "asset_type": "AD_ACCOUNT"},
        )
    for row in made["business_partners"][:2]:
        put("business_partner_assets", row["key"], 2, lambda place, data: {"asset_type": "AD_ACCOUNT"})
    for asset in assets[:3]:
        put("business_asset_members", str(asset), 2)
        put("business_asset_partners", str(asset), 1)
    put("asset_groups", BUSINESS, 2)
    put("system_users", BUSINESS, 2)


SHAPES.update(
    asset_groups="AssetGroupBinding", system_users={"fields": {"id": {"is": "string"}, "name": {"is": "string"}}}
)
