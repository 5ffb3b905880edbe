"""The seed: two ad accounts, the first one large, and at least some rows of every resource; the same on every run.

The last rows of the large resources are odd on purpose, as real servers are: members and enum values outside the
description, nulls where it has none, date-times without zone. `is_odd` tells which.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adplatforms.sandbox.pinterest.rows import KINDS, Document, record
from adplatforms.sandbox.pinterest.seed_rest import BUSINESS, USER, rest
from adplatforms.sandbox.pinterest.synth import EPOCH
from adplatforms.sandbox.pinterest.table import api
from adplatforms.sandbox.seed import BRANDS, CONCEPTS, SEASONS, TACTICS
from adplatforms.sandbox.store import Store

ACCOUNTS = ("549755885175", "549755885176")
CAMPAIGNS = (600, 12)
GROUPS_EACH = 3
BOARDS, PINS = 30, 300
ODD = {"campaigns": 6, "ad_groups": 6, "ads": 6, "boards": 4, "pins": 20}
"""How many of the first account's rows, from the last, are odd."""


def ads_of(group: int) -> int:
    """How many ads the n-th ad group has."""
    return 3 if group % 4 else 2


_GROUPS = CAMPAIGNS[0] * GROUPS_EACH
LAST = {
    "campaigns": CAMPAIGNS[0],
    "ad_groups": _GROUPS,
    "ads": sum(ads_of(place) for place in range(_GROUPS)),
    "boards": BOARDS,
    "pins": PINS,
}
"""How many rows the first account has."""

_DAY = 86_400
_OBJECTIVES = ("AWARENESS", "CONSIDERATION", "WEB_CONVERSION", "CATALOG_SALES", "VIDEO_COMPLETION")
_Rows = Iterator[dict[str, Any]]


def fill(store: Store) -> None:
    """Puts the rows into empty tables."""
    groups: list[Document] = []
    tables: dict[str, list[dict[str, Any]]] = {
        "ad_accounts": [record(KINDS["ad_accounts"], int(one["id"]), one) for one in _accounts()],
        "campaigns": list(_campaigns()),
        "ad_groups": list(_ad_groups(groups)),
        "ads": list(_ads(groups)),
        "boards": list(_boards()),
        "pins": list(_pins()),
    }
    tables.update(rest(api(), ACCOUNTS))
    for kind, rows in tables.items():
        store.insert_many(KINDS[kind].table, rows)


def first(kind: str, index: int = 0) -> str:
    """The id of a seeded row of a kind, by its place."""
    return str(KINDS[kind].first + index)


def is_odd(kind: str, id: str) -> bool:
    """Whether a seeded row departs from the description on purpose."""
    if kind not in ODD:
        return False
    place = int(id) - KINDS[kind].first
    return LAST[kind] - ODD[kind] <= place < LAST[kind]


def _accounts() -> Iterator[Document]:
    for index, id in enumerate(ACCOUNTS):
        yield {
            "id": id,
            "name": ("Café Crème", "Fernway Outdoor")[index],
            "owner": ({"username": USER, "id": BUSINESS}, {"username": "fernway", "id": "759631500000000002"})[index],
            "country": ("FR", "US")[index],
            "currency": ("EUR", "USD")[index],
            "permissions": [("OWNER", "ANALYST")[index]],
            "created_time": EPOCH - 400 * _DAY,
            "updated_time": EPOCH - 3 * _DAY,
        }


def status_of(index: int) -> str:
    """The status of the n-th row: mostly active, some paused, archived and draft."""
    if index % 10 == 9:
        return "ARCHIVED"
    if index % 25 == 13:
        return "DRAFT"
    return "PAUSED" if index % 4 == 3 else "ACTIVE"


def _summary(status: str) -> str:
    return "RUNNING" if status == "ACTIVE" else status


def _places(counts: tuple[int, ...], each: int = 1) -> Iterator[tuple[int, str, bool]]:
    """Place, account, and whether the row is one of the odd ones at the end of the first account."""
    place = 0
    for account, count in zip(ACCOUNTS, counts, strict=True):
        for _ in range(count * each):
            yield place, account, place < counts[0] * each
            place += 1


def _campaigns() -> _Rows:
    kind = KINDS["campaigns"]
    for place, account, _ in _places(CAMPAIGNS):
        shared = place % 5 == 0
        status = status_of(place)
        cap = (place % 40 + 1) * 5_000_000
        data: Document = {
            "id": first("campaigns", place),
            "ad_account_id": account,
            "name": f"{BRANDS[place % len(BRANDS)]} - {SEASONS[place % len(SEASONS)]} {2026 + place % 2}",
            "status": status,
            "daily_spend_cap": cap if place % 3 == 0 or shared else None,
            "lifetime_spend_cap": cap * 30 if place % 3 == 1 and not shared else None,
            "order_line_id": None,
            "start_time": EPOCH + place % 90 * _DAY,
            "end_time": EPOCH + (place % 90 + 60) * _DAY if place % 2 else None,
            "is_flexible_daily_budgets": False,
            "is_campaign_budget_optimization": shared,
            "is_performance_plus": place % 11 == 0,
            "objective_type": _OBJECTIVES[place % len(_OBJECTIVES)],
            "created_time": EPOCH - place * 3_600,
            "updated_time": EPOCH + place * 600,
            "type": "campaign",
            "summary_status": _summary(status),
        }
        if place % 6 == 0:
            data["tracking_urls"] = {"impression": [f"https://track.example.com/i/{place}"], "click": []}
        if is_odd("campaigns", data["id"]):
            data.update(objective_type=("VIDEO_VIEW", "WEB_SESSIONS")[place % 2], experiment_group="b", name=None)
        yield record(kind, int(data["id"]), data, account)


def _ad_groups(made: list[Document]) -> _Rows:
    kind = KINDS["ad_groups"]
    for place, account, _ in _places(CAMPAIGNS, GROUPS_EACH):
        campaign = place // GROUPS_EACH
        status = status_of(place // 2)
        data: Document = {
            "id": first("ad_groups", place),
            "ad_account_id": account,
            "campaign_id": first("campaigns", campaign),
            "name": f"{TACTICS[place % len(TACTICS)]} {place}",
            "status": status,
            "budget_type": "CBO_ADGROUP" if campaign % 5 == 0 else "DAILY",
            "budget_in_micro_currency": None if campaign % 5 == 0 else (place % 20 + 1) * 1_000_000,
            "bid_in_micro_currency": (place % 9 + 1) * 100_000,
            "bid_strategy_type": "MAX_BID" if place % 2 else "AUTOMATIC_BID",
            "billable_event": "CLICKTHROUGH" if place % 3 else "IMPRESSION",
            "auto_targeting_enabled": place % 2 == 0,
            "placement_group": "ALL",
            "pacing_delivery_type": "STANDARD",
            "start_time": EPOCH + campaign % 90 * _DAY,
            "end_time": None,
            "targeting_spec": {"LOCATION": ["US"], "AGE_BUCKET": ["25-34", "35-44"], "GENDER": ["female"]},
            "tracking_urls": None,
            "created_time": EPOCH - place * 1_200,
            "updated_time": EPOCH + place * 300,
            "type": "adgroup",
            "summary_status": _summary(status),
            "feed_profile_id": "0",
            "dca_assets": None,
        }
        del data["dca_assets"]  # free-form; real answers mostly leave it out
        if is_odd("ad_groups", data["id"]):
            data.update(lifetime_frequency_cap=None, dynamic_bidding="ON", start_time=str(data["start_time"]))
        made.append(data)
        yield record(kind, int(data["id"]), data, account)


def _ads(groups: list[Document]) -> _Rows:
    kind = KINDS["ads"]
    place = 0
    for index, group in enumerate(groups):
        for _ in range(ads_of(index)):
            status = status_of(place // 3)
            review = ("APPROVED", "APPROVED", "PENDING", "APPROVED")[place % 4]
            data: Document = {
                "id": first("ads", place),
                "ad_account_id": group["ad_account_id"],
                "campaign_id": group["campaign_id"],
                "ad_group_id": group["id"],
                "pin_id": first("pins", place % (PINS - ODD["pins"])),
                "name": f"{CONCEPTS[place % len(CONCEPTS)]} {place}" if place % 8 else None,
                "status": status,
                "creative_type": ("REGULAR", "VIDEO", "CAROUSEL", "SHOPPING")[place % 4],
                "destination_url": f"https://shop.example.com/p/{place}",
                "is_pin_deleted": False,
                "is_removable": True,
                "review_status": review,
                "rejected_reasons": [],
                "rejection_labels": [],
                "tracking_urls": None,
                "view_tracking_url": None,
                "created_time": EPOCH - place * 400,
                "updated_time": EPOCH + place * 100,
                "type": "pinpromotion",
                "summary_status": review if status == "ACTIVE" else status,
            }
            if is_odd("ads", data["id"]):
                data.update(creative_type="COLLAGE_PLUS", ai_generated=False)
            yield record(kind, int(data["id"]), data, group["ad_account_id"])
            place += 1


def _boards() -> _Rows:
    kind = KINDS["boards"]
    for place in range(BOARDS):
        data: Document = {
            "id": first("boards", place),
            "name": f"{SEASONS[place % len(SEASONS)]} ideas {place}",
            "description": None if place % 3 == 0 else "Things we love & schön & gut",
            "owner": {"username": USER},
            "privacy": ("PUBLIC", "PUBLIC", "SECRET", "PROTECTED")[place % 4],
            "created_at": f"2026-01-{place % 28 + 1:02}T09:37:18Z",
            "board_pins_modified_at": f"2026-03-{place % 28 + 1:02}T21:58:18Z",
            "collaborator_count": place % 3,
            "follower_count": place * 12,
            "pin_count": PINS // BOARDS,
            "is_ads_only": False,
            "media": {"image_cover_url": f"https://i.example.com/{place}.jpg", "pin_thumbnail_urls": []},
        }
        if is_odd("boards", data["id"]):
            data.update(created_at="2021-06-08T09:37:18", board_pins_modified_at="2024-03-18T21:58:18.017000")
        yield record(kind, int(data["id"]), data)


def _pins() -> _Rows:
    kind = KINDS["pins"]
    for place in range(PINS):
        board = place % BOARDS
        data: Document = {
            "id": first("pins", place),
            "title": f"{BRANDS[place % len(BRANDS)]} {CONCEPTS[place % len(CONCEPTS)]}",
            "description": None if place % 5 == 0 else f"Look {place} & été",
            "alt_text": None,
            "link": f"https://shop.example.com/pin/{place}",
            "board_id": first("boards", board),
            "board_section_id": first("board_sections", board * 2) if place % 3 == 0 else None,
            "board_owner": {"username": USER},
            "created_at": f"2026-0{place % 9 + 1}-{place % 28 + 1:02}T10:00:{place % 60:02}Z",
            "creative_type": "VIDEO" if place % 6 == 5 else "REGULAR",
            "dominant_color": "#6E7874",
            "has_been_promoted": place % 2 == 0,
            "is_owner": True,
            "is_standard": True,
            "media": {"media_type": "image", "images": images(place)},
            "parent_pin_id": None,
            "pin_metrics": None,
        }
        if is_odd("pins", data["id"]):
            data.update(created_at="2024-03-18T21:58:18.017000", note="", product_tags=[], creative_type="COLLAGE")
            data["media"]["images"]["originals"] = {"width": 2000, "height": 3000, "url": "https://i.example.com/o.jpg"}
        yield record(kind, int(data["id"]), data)


def images(place: int) -> Document:
    """The images of a pin, by size."""
    sizes = {"150x150": (150, 150), "400x300": (400, 300), "600x": (600, 900), "1200x": (1200, 1800)}
    return {
        name: {"width": width, "height": height, "url": f"https://i.example.com/{name}/{place}.jpg"}
        for name, (width, height) in sizes.items()
    }
