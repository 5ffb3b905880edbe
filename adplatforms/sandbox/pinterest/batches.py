"""Batches: arrays of campaigns, ad groups, ads and their like, answered with 200 and one result an element.

An element that cannot be done carries its exception and leaves the others alone. The families differ in the form of
the answer: a list of exceptions, one exception object (ads, promotions), or the good and the bad apart (keywords,
labels).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from adplatforms.sandbox.pinterest import generic
from adplatforms.sandbox.pinterest.context import Context, handles, touched
from adplatforms.sandbox.pinterest.errors import (
    INVALID,
    NO_BUDGET,
    NOT_AUTHENTICATED,
    NOT_FOUND_CODES,
    ItemRefusal,
    told_missing,
)
from adplatforms.sandbox.pinterest.reading import Call
from adplatforms.sandbox.pinterest.rows import Document, Row

MOST_CBO_AD_GROUPS = 70
ENTITY_TYPES = {"campaigns": "campaign", "ad_groups": "adgroup", "ads": "pinpromotion"}
CLEARED = {
    "tracking_urls": {},
    "targeting_template_ids": ["0"],
    "bid_multiplier": 0,
    "promotion_id": "0",
    # Since 5.28.0 (DIFFERENCES.md, "Meanings that changed").
    "customer_segment_id": "0",
    "end_time": -1,
    "order_line_id": "0",
    "promotion_ids": [],
}
"""Values that clear a member instead of setting it."""

WRITE_ONLY = ("default_ad_group_budget_in_micro_currency",)
FIXED_AFTER_DRAFT = {"campaigns": ("objective_type", "is_performance_plus"), "ad_groups": ("billable_event",)}

Element = Callable[[Context, Call, Document], Document]


def each(
    context: Context, call: Call, elements: Sequence[Document], work: Element
) -> list[tuple[Document, Document | None, ItemRefusal | None]]:
    """What became of each element: the element, its row or what refused it. Each one is written on its own."""
    results: list[tuple[Document, Document | None, ItemRefusal | None]] = []
    for element in elements:
        try:
            with context.rows.store.transaction():
                results.append((element, work(context, call, element), None))
        except ItemRefusal as refused:
            results.append((element, None, refused))
    return results


@handles("campaigns/create", "ad_groups/create", "lead_forms/create")
def create(context: Context, call: Call) -> Any:
    """`POST`: an array of new rows, answered with lists of exceptions."""
    return _listed(each(context, call, call.body, _create), [])


@handles("campaigns/update", "ad_groups/update", "lead_forms/update")
def update(context: Context, call: Call) -> Any:
    """`PATCH`: an array of changes, answered with lists of exceptions."""
    return _listed(each(context, call, call.body, _update), [])


@handles("ads/create")
def create_ads(context: Context, call: Call) -> Any:
    """`POST` ads: exceptions are one object."""
    return _one(each(context, call, call.body, _create), "items", "exceptions")


@handles("ads/update")
def update_ads(context: Context, call: Call) -> Any:
    """`PATCH` ads: exceptions are one object."""
    return _one(each(context, call, call.body, _update), "items", "exceptions")


@handles("promotions/create")
def create_promotions(context: Context, call: Call) -> Any:
    """`POST` promotions: another key, and a singular."""
    return _one(each(context, call, call.body, _create), "promotions", "exception")


@handles("promotions/update")
def update_promotions(context: Context, call: Call) -> Any:
    """`PATCH` promotions."""
    return _one(each(context, call, call.body, _update), "promotions", "exception")


@handles("product_group_promotions/create")
def create_product_group_promotions(context: Context, call: Call) -> Any:
    """`POST` product group promotions of one ad group; exceptions are null or a list."""
    elements = [{**one, "ad_group_id": call.body["ad_group_id"]} for one in call.body["product_group_promotion"]]
    return _listed(each(context, call, elements, _create), None)


@handles("product_group_promotions/update")
def update_product_group_promotions(context: Context, call: Call) -> Any:
    """`PATCH` product group promotions of one ad group."""
    elements = [{**one, "ad_group_id": call.body["ad_group_id"]} for one in call.body["product_group_promotion"]]
    return _listed(each(context, call, elements, _update), None)


@handles("keywords/create", "labels/create")
def create_split(context: Context, call: Call) -> Any:
    """`POST` keywords or labels of one parent: the good and the bad apart."""
    name = call.operation.resource
    elements = [{**one, "parent_id": call.body["parent_id"]} for one in call.body[name]]
    return _split(name, each(context, call, elements, _create))


@handles("keywords/update", "labels/update")
def update_split(context: Context, call: Call) -> Any:
    """`PATCH` keywords or labels."""
    name = call.operation.resource
    return _split(name, each(context, call, call.body[name], _update))


def _listed(results: Sequence[tuple[Any, Any, Any]], nothing: Any) -> Any:
    items = []
    for _, row, refused in results:
        items.append({"exceptions": [refused.exception]} if refused else {"data": row, "exceptions": nothing})
    return {"items": items}


def _one(results: Sequence[tuple[Any, Any, Any]], items: str, exception: str) -> Any:
    return {items: [{exception: refused.exception} if refused else {"data": row} for _, row, refused in results]}


def _split(name: str, results: Sequence[tuple[Any, Any, Any]]) -> Any:
    bad = [{"data": _shown(name, one), "error_messages": [str(refused)]} for one, _, refused in results if refused]
    return {name: [row for _, row, refused in results if not refused], "errors": bad}


def _shown(name: str, element: Document) -> Document:
    """A refused element as it came; a keyword's answer must have value and match type (description)."""
    blank: Document = {"value": "", "match_type": None} if name == "keywords" else {}
    return {**blank, **element}


def _create(context: Context, call: Call, element: Document) -> Document:
    kind = call.operation.resource
    element = {**element, **_plain_ids(element)}
    said = {name: value for name, value in element.items() if value != CLEARED.get(name, ...)}
    CHECKS.get(kind, _no_check)(context, call, None, said)
    known: Document = {}
    if kind in ENTITY_TYPES:
        known["type"] = ENTITY_TYPES[kind]
    if kind == "keywords":
        known.update(type="keyword", archived=False)
    made = generic.document(context, call, said, **known)
    made = {name: value for name, value in made.items() if name not in WRITE_ONLY}
    for name, shape in context.api.resolved(context.api.rows[kind]).get("fields", {}).items():
        if name == "status" and not made.get("status") and "ACTIVE" in context.api.resolved(shape).get("enum", ()):
            made["status"] = "ACTIVE"
    summarize(kind, made)
    return context.rows.add(kind, made, call.account).data


def _update(context: Context, call: Call, element: Document) -> Document:
    kind = call.operation.resource
    element = {**element, **_plain_ids(element)}
    row = context.rows.find(kind, element["id"], call.account) if "id" in element else None
    if row is None:
        raise ItemRefusal(NOT_FOUND_CODES.get(kind, 404), told_missing(kind, element.get("id", "")))
    CHECKS.get(kind, _no_check)(context, call, row, element)
    for name, value in element.items():
        if name in WRITE_ONLY or name == "id":
            continue
        if name == "bid_options" and value:
            value = {**(row.data.get(name) or {}), **{key: one for key, one in value.items() if key != "update_mask"}}
        if name == "tracking_urls" and value is None:
            continue  # null leaves them as they are
        row.data[name] = None if value == CLEARED.get(name, ...) else value
    summarize(kind, touched(context, row.data))
    context.rows.save(row)
    return row.data


def _plain_ids(element: Document) -> Document:
    """Parents may be written `C123` and `AG123`; rows hold the digits."""
    return {
        name: element[name].lstrip("AGC") for name in ("campaign_id", "ad_group_id", "parent_id") if element.get(name)
    }


def summarize(kind: str, data: Document) -> None:
    """Sets the summary status that follows from the status."""
    status = data.get("status")
    if kind in ("campaigns", "ad_groups"):
        data["summary_status"] = "RUNNING" if status == "ACTIVE" else status
    elif kind == "ads":
        data.setdefault("review_status", "PENDING")
        data["summary_status"] = data["review_status"] if status == "ACTIVE" else status
        if data["summary_status"] == "OTHER":
            data["summary_status"] = "PENDING"


def _no_check(context: Context, call: Call, row: Row | None, element: Document) -> None:
    pass


def _check_campaign(context: Context, call: Call, row: Row | None, element: Document) -> None:
    # It may be left out since 5.28.0.
    account = element.get("ad_account_id", call.account)
    if account != call.account:
        raise ItemRefusal(NOT_AUTHENTICATED, f"Advertiser {account} not found")
    after = {**(row.data if row else {}), **element}
    caps = [name for name in ("daily_spend_cap", "lifetime_spend_cap") if after.get(name)]
    if after.get("is_campaign_budget_optimization") and len(caps) != 1:
        raise ItemRefusal(NO_BUDGET, "Campaign budget optimization needs one of daily_spend_cap, lifetime_spend_cap")
    _check_draft("campaigns", row, element)


def _check_draft(kind: str, row: Row | None, element: Document) -> None:
    if row is None or row.data.get("status") == "DRAFT":
        return
    for name in FIXED_AFTER_DRAFT[kind]:
        if element.get(name) is not None and element[name] != row.data.get(name):
            raise ItemRefusal(INVALID, f"{name} can only change while in draft")


def _check_ad_group(context: Context, call: Call, row: Row | None, element: Document) -> None:
    after = {"budget_type": "DAILY", **(row.data if row else {}), **element}
    campaign = context.rows.find("campaigns", after["campaign_id"], call.account)
    if campaign is None:
        raise ItemRefusal(INVALID, f"Campaign {after['campaign_id']} not found")
    shared = after["budget_type"] == "CBO_ADGROUP"
    optimized = bool(campaign.data.get("is_campaign_budget_optimization"))
    if optimized != shared and (row is None or "budget_type" in element):
        needed = "needs" if optimized else "does not take"
        raise ItemRefusal(INVALID, f"Campaign {campaign.key} {needed} budget_type CBO_ADGROUP")
    said = row is None or "budget_in_micro_currency" in element
    if said and not shared and not after.get("budget_in_micro_currency"):
        raise ItemRefusal(INVALID, "budget_in_micro_currency is required")
    if after["budget_type"] == "LIFETIME" and not after.get("end_time"):
        raise ItemRefusal(INVALID, "budget_type LIFETIME needs end_time")
    if shared and row is None and context.rows.count("ad_groups", {"up": campaign.key}) >= MOST_CBO_AD_GROUPS:
        raise ItemRefusal(INVALID, f"Campaign {campaign.key} has {MOST_CBO_AD_GROUPS} ad groups already")
    _check_draft("ad_groups", row, element)


def _check_ad(context: Context, call: Call, row: Row | None, element: Document) -> None:
    if "ad_group_id" in element:
        group = context.rows.find("ad_groups", element["ad_group_id"], call.account)
        if group is None:
            raise ItemRefusal(INVALID, f"Ad group {element['ad_group_id']} not found")
        element["campaign_id"] = group.data["campaign_id"]
    if element.get("pin_id") and context.rows.find("pins", element["pin_id"]) is None:
        raise ItemRefusal(INVALID, f"Pin {element['pin_id']} not found")


def _check_parent(*kinds: str) -> Callable[[Context, Call, Row | None, Document], None]:
    def check(context: Context, call: Call, row: Row | None, element: Document) -> None:
        if row is not None:
            return
        key = element["parent_id"]
        parents = {kind: "CAMPAIGN" if kind == "campaigns" else "AD_GROUP" for kind in kinds}
        if key == call.account and "ad_groups" in kinds:
            element.update(parent_id=key, parent_type="ADVERTISER")
            return
        for kind, name in parents.items():
            if context.rows.find(kind, key, call.account):
                element.update(parent_id=key, parent_type=name)
                return
        raise ItemRefusal(INVALID, f"Parent {element['parent_id']} not found")

    return check


def _check_promotion_group(context: Context, call: Call, row: Row | None, element: Document) -> None:
    if context.rows.find("ad_groups", element["ad_group_id"], call.account) is None:
        raise ItemRefusal(INVALID, f"Ad group {element['ad_group_id']} not found")
    if row is not None and row.data.get("ad_group_id") != element["ad_group_id"]:
        raise ItemRefusal(INVALID, f"{row.key} does not belong to ad group {element['ad_group_id']}")


CHECKS: dict[str, Callable[[Context, Call, Row | None, Document], None]] = {
    "campaigns": _check_campaign,
    "ad_groups": _check_ad_group,
    "ads": _check_ad,
    "keywords": _check_parent("ad_groups", "campaigns"),
    "labels": _check_parent("campaigns"),
    "product_group_promotions": _check_promotion_group,
}
