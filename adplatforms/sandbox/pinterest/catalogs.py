"""Catalogs: feeds, product groups, products and items, of retail, hotels and creative assets."""

from __future__ import annotations

from typing import Any

from adplatforms.sandbox.pinterest import generic
from adplatforms.sandbox.pinterest.context import Context, Reply, handles
from adplatforms.sandbox.pinterest.errors import PRODUCT_GROUP_IN_USE, PRODUCT_GROUP_NAME, Refusal, invalid
from adplatforms.sandbox.pinterest.reading import Call
from adplatforms.sandbox.pinterest.rows import Document, Row
from adplatforms.sandbox.pinterest.seed_rest import BUSINESS

RETAIL = "RETAIL"
ITEM_IDS = {"RETAIL": "item_id", "HOTEL": "hotel_id", "CREATIVE_ASSETS": "creative_assets_id"}
AUTO_MADE = 4177
BID = 1_000_000
SECRETS = ("partner_access_token", "partner_refresh_token", "partner_primary_email")
"""Members of an integration that no answer shows."""


@handles("feeds/create")
def create_feed(context: Context, call: Call) -> Any:
    """A feed of the catalog type in the body, retail where it has none. The password is answered, as Pinterest does."""
    known = {"catalog_type": call.body.get("catalog_type", RETAIL), "status": call.body.get("status", "ACTIVE")}
    if call.body.get("catalog_id"):
        context.row("catalogs", call.body["catalog_id"])
    return generic.create(context, call, **known)


@handles("feeds/ingest")
def ingest(context: Context, call: Call) -> Any:
    """Starts a run; it stands first in the feed's processing results from then on."""
    feed = context.row("feeds", call.path["feed_id"])
    details: Document = {"errors": {}, "info": {"IN_STOCK": 12}, "warnings": {}}
    data = {
        "created_at": context.stamp,
        "updated_at": context.stamp,
        "status": "PROCESSING",
        "ingestion_details": details,
        "validation_details": {"errors": {}, "warnings": {}},
        "product_counts": {"original": 12, "ingested": 12},
    }
    with context.rows.store.transaction():
        row = context.rows.add("feed_processing_results", data, feed.key)
    return {"id": row.key, "feed_id": feed.key, "created_at": context.stamp, "status": "PROCESSING"}


@handles("feed_processing_results/list")
def processing_results(context: Context, call: Call) -> Reply:
    """The runs of a feed."""
    context.row("feeds", call.path["feed_id"])
    return generic.page(context, call)


@handles("catalogs_product_groups/create")
def create_product_group(context: Context, call: Call) -> Any:
    """Names are unique in a catalog: 409 code 4179."""
    return _new_group(context, call, call.body).data


@handles("catalogs_product_groups/create_many")
def create_product_groups(context: Context, call: Call) -> Any:
    """All or none; answers the ids."""
    with context.rows.store.transaction():
        return [_new_group(context, call, one).key for one in call.body]


def _new_group(context: Context, call: Call, body: Document) -> Row:
    catalog = body.get("catalog_id")
    if catalog is None:
        catalog = context.row("feeds", body["feed_id"]).data.get("catalog_id")
        if catalog is None:
            catalog = context.rows.select("catalogs", {"$.catalog_type": RETAIL})[0].key
    context.row("catalogs", catalog)
    for row in context.rows.select("product_groups", {"up": catalog}):
        if row.data["name"] == body["name"]:
            raise Refusal(409, PRODUCT_GROUP_NAME, f"There is a product group {body['name']!r} already")
    known = {
        "catalog_type": body.get("catalog_type", RETAIL),
        "catalog_id": catalog,
        "type": "MERCHANT_CREATED",
        "status": "ACTIVE",
        "is_featured": body.get("is_featured", False),
    }
    data = generic.document(context, call, body, **known)
    return context.rows.add("product_groups", data)


@handles("catalogs_product_groups/delete")
def delete_product_group(context: Context, call: Call) -> None:
    """409 while it is promoted, or where Pinterest made it."""
    with context.rows.store.transaction():
        _remove_group(context, call.path["product_group_id"])


@handles("catalogs_product_groups/delete_many")
def delete_product_groups(context: Context, call: Call) -> None:
    """All or none."""
    with context.rows.store.transaction():
        for key in call.query["id"]:
            _remove_group(context, str(key))


def _remove_group(context: Context, key: str) -> None:
    row = context.row("product_groups", key)
    if context.rows.count("product_group_promotions", {"$.catalog_product_group_id": key}):
        raise Refusal(409, PRODUCT_GROUP_IN_USE, f"Product group {key} is in use")
    if row.data["type"] != "MERCHANT_CREATED":
        raise Refusal(409, AUTO_MADE, f"Product group {key} was made by Pinterest")
    context.rows.remove(row)


@handles("catalogs_product_groups/product_counts_get")
def product_counts(context: Context, call: Call) -> Any:
    """How many products a group has, by availability."""
    group = context.row("product_groups", call.path["product_group_id"])
    total = context.rows.count("catalog_products", {"scope": group.key})
    kind = group.data["catalog_type"]
    more = {"RETAIL": {"in_stock": total, "out_of_stock": 0, "preorder": 0}, "CREATIVE_ASSETS": {"videos": 0}}
    return {"catalog_type": kind, "total": total, **more.get(kind, {})}


@handles("catalogs_product_group_pins/list")
def products(context: Context, call: Call) -> Reply:
    """The products of a group."""
    group = context.row("product_groups", call.path["product_group_id"])
    return generic.listed(context, call, "catalog_products", {"scope": group.key})


@handles("products_by_product_group_filter/list")
def products_by_filter(context: Context, call: Call) -> Reply:
    """What the filters choose is not computed: the products of all groups of that catalog type."""
    return generic.listed(context, call, "catalog_products", {"$.catalog_type": call.body.get("catalog_type", RETAIL)})


@handles("items/post")
def items(context: Context, call: Call) -> Any:
    """Items by id; those that do not exist come as an error each."""
    filters = call.body["filters"]
    kind = filters["catalog_type"]
    name = ITEM_IDS[kind]
    found = []
    for key in filters["creative_assets_ids" if kind == "CREATIVE_ASSETS" else f"{name}s"]:
        row = _item(context, name, key)
        if row is not None:
            found.append(row.data)
        else:
            error = {"attribute": name, "code": 404, "message": f"Item {key} not found"}
            found.append({"catalog_type": kind, name: key, "errors": [error]})
    return {"items": found}


def _item(context: Context, name: str, key: str) -> Row | None:
    return next(iter(context.rows.select("catalog_items", {f"$.{name}": key})), None)


@handles("items_batch/post")
def create_batch(context: Context, call: Call) -> Any:
    """Applies the operations at once; what became of each shows when the batch is complete, at the third look."""
    body = call.body
    kind = body.get("catalog_type", RETAIL)
    name = ITEM_IDS[kind]
    records = []
    with context.rows.store.transaction():
        for one in body["items"]:
            record: Document = {name: one[name], "status": "SUCCESS", "errors": [], "warnings": []}
            problem = _apply(context, kind, name, one, one.get("operation") or body.get("operation", "UPSERT"))
            if problem:
                record.update(status="FAILURE", errors=[{"attribute": name, "code": 1, "message": problem}])
            records.append(record)
        data = {"catalog_type": kind, "created_time": context.stamp, "completed_time": None, "status": "PROCESSING"}
        row = context.rows.add("catalog_item_batches", {**data, "items": []}, note={"looks": 0, "items": records})
    return row.data


def _apply(context: Context, kind: str, name: str, one: Document, operation: str) -> str:
    row = _item(context, name, one[name])
    if operation == "CREATE" and row is not None:
        return f"Item {one[name]} exists already"
    if operation in ("UPDATE", "DELETE", "DELETE_DISCONTINUED") and row is None:
        return f"Item {one[name]} not found"
    if operation.startswith("DELETE"):
        assert row is not None
        context.rows.remove(row)
    elif row is None:
        data = {"catalog_type": kind, name: one[name], "pins": None, "attributes": one.get("attributes", {})}
        context.rows.add("catalog_items", data)
    else:
        row.data["attributes"] = {**row.data.get("attributes", {}), **one.get("attributes", {})}
        context.rows.save(row)
    return ""


@handles("items_batch/get")
def get_batch(context: Context, call: Call) -> Any:
    """A batch with the results of its items, once it is complete."""
    with context.rows.store.transaction():
        row = context.row("catalog_item_batches", call.path["batch_id"])
        if row.data["status"] == "PROCESSING":
            row.note["looks"] += 1
            if row.note["looks"] >= context.settings.job_looks:
                row.data.update(status="COMPLETED", completed_time=context.stamp, items=row.note["items"])
            context.rows.save(row, quiet=True)
        return row.data


@handles("advanced_auction_items_get/post")
def get_bids(context: Context, call: Call) -> Any:
    """The bid options of items; the sandbox keeps none, so that each has the same bid."""
    bids = [{**one, "bid_options": {"bid_in_micro_currency": BID}} for one in call.body["items"]]
    return {"catalog_id": call.body["catalog_id"], "items": bids}


@handles("advanced_auction_items_submit/post")
def submit_bids(context: Context, call: Call) -> Any:
    """Sets or removes bid options; the elements are answered as they came."""
    return {"catalog_id": call.body["catalog_id"], "items": call.body["items"]}


@handles("integrations_commerce/post")
def create_integration(context: Context, call: Call) -> Any:
    """One integration for each external business."""
    key = call.body.get("external_business_id")
    if not key:
        raise invalid("external_business_id is required")
    if context.rows.select("commerce_integrations", {"up": key}):
        raise Refusal(409, 409, f"There is an integration for {key} already")
    known = {"connected_user_id": BUSINESS}
    call.body = {name: value for name, value in call.body.items() if name not in SECRETS}
    return generic.create(context, call, **known)


def _integration(context: Context, call: Call) -> Row:
    key = call.path["external_business_id"]
    found = context.rows.select("commerce_integrations", {"up": key})
    return found[0] if found else context.row("commerce_integrations", key)


@handles("integrations_commerce/get")
def get_integration(context: Context, call: Call) -> Any:
    """By the external business's id."""
    return _integration(context, call).data


@handles("integrations_commerce/patch")
def update_integration(context: Context, call: Call) -> Any:
    """Changes what the body names."""
    with context.rows.store.transaction():
        row = _integration(context, call)
        row.data.update((name, value) for name, value in (call.body or {}).items() if name not in SECRETS)
        row.data["updated_timestamp"] = context.seconds
        context.rows.save(row)
        return row.data


@handles("integrations_commerce/del")
def delete_integration(context: Context, call: Call) -> None:
    """Removes it."""
    with context.rows.store.transaction():
        context.rows.remove(_integration(context, call))
