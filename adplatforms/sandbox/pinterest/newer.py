"""Operations that 5.28.0 added and that keep something: schedules, customer segments, local stores, deletion requests.

What else is new is answered by its shape. The facts know 5.28.0 by a third party's client: shapes, and no rules. So any
row may be changed at any time, and a change is made at once.
"""

from __future__ import annotations

from typing import Any

from adplatforms.sandbox.pinterest import generic
from adplatforms.sandbox.pinterest.context import Context, handles, scope_of, touched
from adplatforms.sandbox.pinterest.errors import NOT_FOUND_CODES, ItemRefusal, not_found, told_missing
from adplatforms.sandbox.pinterest.reading import Call
from adplatforms.sandbox.pinterest.rows import KINDS, Document
from adplatforms.sandbox.pinterest.synth import Maker


@handles("schedules/create", "catalogs_local_stores/create")
def create_each(context: Context, call: Call) -> Any:
    """An array of new rows; the answer is an array of `{"data": row}`."""
    scope, made = _scope(call), []
    for element in call.body:
        with context.rows.store.transaction():
            row = generic.document(context, call, element, **_first(call.operation.resource))
            made.append({"data": context.rows.add(call.operation.resource, row, scope).data})
    return made


@handles("schedules/update", "catalogs_local_stores/update")
def update_each(context: Context, call: Call) -> Any:
    """An array of changes; an element that cannot be done has its exception in `data`."""
    return [{"data": _changed(context, call, element)} for element in call.body]


def _changed(context: Context, call: Call, element: Document) -> Document:
    kind = call.operation.resource
    key = element[KINDS[kind].id]
    row = context.rows.find(kind, key, _scope(call))
    if row is None:
        refused = ItemRefusal(NOT_FOUND_CODES.get(kind, 404), told_missing(kind, key))
        return {"id": key, KINDS[kind].id: key, "exceptions": refused.exception}
    with context.rows.store.transaction():
        row.data.update((name, value) for name, value in element.items() if name != "id")
        context.rows.save(row)
    return touched(context, row.data)


@handles("catalogs_local_stores/delete")
def delete_stores(context: Context, call: Call) -> Any:
    """Removes the stores of these ids; the answer has a status for each."""
    done = []
    for key in call.query["ids"]:
        row = context.rows.find("local_stores", key, _scope(call))
        if row is not None:
            with context.rows.store.transaction():
                context.rows.remove(row)
        done.append({"id": key, "status": {"statusCode": 404 if row is None else 200}})
    return done


@handles("catalogs_local_stores/list")
def list_stores(context: Context, call: Call) -> Any:
    """The stores of a catalog, or those of these ids."""
    wanted = {"key": call.query["ids"]} if "ids" in call.query else {}
    return generic.listed(context, call, "local_stores", {"scope": _scope(call), **wanted})


@handles("customer_segment/update")
def update_segment(context: Context, call: Call) -> None:
    """UPDATE puts other audiences into a segment, REMOVE retires it. Answered without a body."""
    row = context.rows.find("customer_segments", call.body["id"], _scope(call))
    if row is None:
        raise not_found("customer_segments", call.body["id"])
    with context.rows.store.transaction():
        if call.body["operation_type"] == "REMOVE":
            row.data["status"] = "DELETED"
        elif "audience_ids" in call.body:
            row.data["audience_ids"] = call.body["audience_ids"]
        context.rows.save(row)


@handles("customer_segment/create")
def create_segment(context: Context, call: Call) -> Document:
    """A new segment is ACTIVE."""
    return generic.create(context, call, status="ACTIVE")


@handles("conversion_deletion_request/create")
def create_deletion(context: Context, call: Call) -> Document:
    """A request waits. Whose conversions it names is in no answer."""
    today = context.stamp[:10]
    return generic.create(context, call, status="PENDING", created_time=today, processed_time=None)


@handles("conversion_deletion_request/delete")
def cancel_deletion(context: Context, call: Call) -> Document:
    """Cancels a request, which stays in the list."""
    row = context.row("conversion_deletion_requests", call.path["request_id"], _scope(call))
    with context.rows.store.transaction():
        row.data["status"] = "CANCELLED"
        context.rows.save(row)
    return row.data


@handles("campaign_ad_preview/create", "campaign_ad_preview/read")
def previews(context: Context, call: Call) -> Any:
    """Previews of ad groups: every ad group has one, for an hour."""
    reads = call.operation.method == "GET"
    groups = call.query["ad_group_ids"] if reads else [each["ad_group_id"] for each in call.body]
    found = []
    for group in groups:
        made = Maker(context.api, 1).make("CampaignAdPreview")
        made.update(ad_account_id=call.account, ad_group_id=group, expires_at=context.seconds + 3600, is_active=True)
        found.append(made)
    return found if reads else [{"data": each} for each in found]


@handles("labels/apply", "labels/remove")
def apply_label(context: Context, call: Call) -> Any:
    """Puts a label on campaigns, or takes it off; a campaign that does not exist is an error of its own."""
    status = "ACTIVE" if call.operation.id == "labels/apply" else "ARCHIVED"
    label = call.path["label_id"]
    context.row("labels", label)
    done: dict[str, Any] = {"entities_labels": [], "errors": []}
    for key in call.body["entity_ids"]:
        found = {"entity_id": key, "entity_type": "CAMPAIGN", "label_id": label, "status": status}
        if context.rows.find("campaigns", key, _scope(call)) is None:
            done["errors"].append({"data": found, "error_messages": [told_missing("campaigns", key)]})
        else:
            done["entities_labels"].append(found)
    return done


@handles("get_ad_groups_by_promotion_ids/list")
def of_promotions(context: Context, call: Call) -> Any:
    """The ad groups with these promotions."""
    where = {"scope": scope_of(call), "$.promotion_id": call.query["promotion_ids"]}
    return generic.listed(context, call, "ad_groups", where)


@handles("product_tags/list", "product_tags_bulk_add")
def product_tags(context: Context, call: Call) -> Any:
    """The products on a pin; those that are added come along."""
    row = context.row("pins", call.path["pin_id"])
    tags = row.note.setdefault("product_tags", [])
    for tag in (call.body or {}).get("product_tags", ()):
        if tag not in tags:
            tags.append(tag)
    if call.operation.method == "POST":
        with context.rows.store.transaction():
            context.rows.save(row)
    return {"product_tags": tags}


@handles("product_tags_bulk/delete")
def delete_product_tags(context: Context, call: Call) -> None:
    """Takes products off a pin. Answered without a body."""
    row = context.row("pins", call.path["pin_id"])
    gone = [tag["pin_id"] for tag in call.body["product_tags"]] if "product_tags" in call.body else []
    row.note["product_tags"] = [tag for tag in row.note.get("product_tags", ()) if tag["pin_id"] not in gone]
    with context.rows.store.transaction():
        context.rows.save(row)


@handles("advertiser_defined_events/create", "advertiser_defined_events/update", "advertiser_defined_events/delete")
def define_events(context: Context, call: Call) -> Any:
    """Answers as if it were done: the account's one event stays the only one, for nothing reads the others."""
    names = call.query.get("event_names") or [each["name"] for each in call.body["items"]]
    return {"items": [{"name": name, "status": "SUCCESS"} for name in names]}


@handles("campaign_ad_preview/delete")
def close_previews(context: Context, call: Call) -> Any:
    """A status for each ad group."""
    return [{"status": {"statusCode": 200}} for _ in call.query["ad_group_ids"]]


@handles("get_campaign_delivery_estimates", "catalogs_local_inventory_items/post")
def made_up(context: Context, call: Call) -> Any:
    """Nothing is kept: an answer of the right shape."""
    return context.made_up(call)


@handles("ad_groups_dynamic_titles_process_csv")
def process_titles(context: Context, call: Call) -> Any:
    """A file without faults."""
    return {"status": "PROCESSED", "errors": []}


@handles("catalogs_local_inventory_items_batch/operate")
def operate_inventory(context: Context, call: Call) -> Any:
    """A batch that is done at once; what stores have is kept nowhere."""
    results = [
        {"item_id": each["item_id"], "store_code": each["store_code"], "status": "PROCESSED", "errors": []}
        for each in call.body["operations"]
    ]
    return context.made_up(call, status="COMPLETED", operation_results=results)


def _scope(call: Call) -> str:
    """The account or the catalog that rows are kept under."""
    return str(call.path.get("catalog_id") or scope_of(call))


def _first(kind: str) -> Document:
    """What a new row has of itself."""
    return {"schedule_status": "CREATED"} if kind == "schedules" else {}
