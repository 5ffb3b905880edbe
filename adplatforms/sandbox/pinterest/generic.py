"""Operations that work alike for all resources: list, get, create, update, delete of one object.

A row of a list is what a `get` answers. Creates and updates of arrays are in `batches`.
"""

from __future__ import annotations

import hashlib
from typing import Any

from adplatforms.sandbox.pinterest.context import Context, Reply, scope_of, touched
from adplatforms.sandbox.pinterest.errors import invalid
from adplatforms.sandbox.pinterest.reading import Call
from adplatforms.sandbox.pinterest.rows import KINDS, Document, Row, bookmark, unbookmark
from adplatforms.sandbox.pinterest.synth import Maker

FILTERS: dict[str, dict[str, str]] = {
    "campaigns": {"campaign_ids": "key", "entity_statuses": "status"},
    "ad_groups": {"campaign_ids": "up", "ad_group_ids": "key", "entity_statuses": "status"},
    "ads": {"campaign_ids": "top", "ad_group_ids": "up", "ad_ids": "key", "entity_statuses": "status"},
    "labels": {"campaign_ids": "up", "label_ids": "key", "entity_statuses": "status", "label_types": "top"},
    "product_group_promotions": {
        "product_group_promotion_ids": "key",
        "entity_statuses": "status",
        "ad_group_id": "up",
    },
    "pins": {"creative_types": "status"},
    "feeds": {"catalog_id": "up"},
    "product_groups": {"id": "key", "catalog_id": "up", "feed_id": "top"},
    "audience_shared_accounts": {"audience_id": "up", "account_type": "status"},
    "business_assets": {"asset_type": "status"},
    "business_member_assets": {"asset_type": "status"},
    "business_partner_assets": {"asset_type": "status"},
    "billing_invoices": {"status": "status", "document_type": "$.document_type"},
    "feed_item_issues": {"item_numbers": "$.item_number"},
    "schedules": {"entity_ids": "up", "schedule_statuses": "status", "schedule_type": "top"},
    "ssio_order_lines": {"pin_order_id": "up"},
    "business_members": {"business_roles": "$.business_roles[0]"},
}
"""Which column, or member of the document (`$.name`), each list parameter is compared with. Parameters that are not
here are taken and change nothing: the facts do not say what they do to the rows."""

EXCLUSIVE = {
    "ad_groups": (("campaign_ids", "ad_group_ids"),),
    "ads": (("campaign_ids", "ad_group_ids", "ad_ids"),),
    "keywords": (("campaign_id", "ad_group_id", "ad_group_ids"),),
}
"""Filters of which one may be given."""

SHORT = ("pins", "boards")
"""Lists whose pages after the first bring one row less than asked for, as real pages may."""

FIXED = ("catalog_type",)
"""Members that an update may repeat but not change."""

DEFAULT_SIZE, MOST_ROWS = 25, 250

CONTROL = ("operation_type", "update_mask", "id")
"""Members of an update that are not kept."""


def page(context: Context, call: Call, where: dict[str, Any] | None = None, wrap: str = "%s") -> Reply:
    """One page of a list. `where` is added to the filters of the query; `wrap` is put around each row."""
    kind = call.operation.resource
    for names in EXCLUSIVE.get(kind, ()):
        given = [name for name in names if name in call.given]
        if len(given) > 1:
            raise invalid(f"Only one of {', '.join(given)} may be given")
    conditions: dict[str, Any] = {"scope": scope_of(call)}
    for name, column in FILTERS.get(kind, {}).items():
        if name in call.query:
            conditions[column] = call.query[name]
    conditions.update(where or {})
    return listed(context, call, kind, conditions, wrap)


def listed(context: Context, call: Call, kind: str, where: dict[str, Any], wrap: str = "%s") -> Reply:
    """One page of the rows that fit. The bookmark holds the last id and stands rows coming and going.

    Raises:
        Refusal: 400, the bookmark is none, or belongs to other filters.
    """
    size = int(call.query.get("page_size", DEFAULT_SIZE))
    if not 1 <= size <= MOST_ROWS:  # declared for most lists; for keywords only the text says so
        raise invalid(f"page_size: {size} is not between 1 and {MOST_ROWS}")
    descending = call.query.get("order") == "DESCENDING"
    digest = _digest(call)
    after = None
    text = call.query.get("bookmark")
    if text:
        try:
            after, of = unbookmark(text)
        except ValueError:
            raise invalid("Invalid bookmark") from None
        if of != digest:
            raise invalid("The bookmark belongs to a list with other filters")
    if after is not None and kind in SHORT and size > 1:
        size -= 1
    rows = context.rows.texts(kind, where, after, descending, size + 1)
    more = f'"{bookmark(rows[size - 1][0], digest)}"' if len(rows) > size else "null"
    items = ",".join([wrap % data if wrap != "%s" else data for _, data in rows[:size]])
    return Reply(f'{{"items":[{items}],"bookmark":{more}}}'.encode())


def _digest(call: Call) -> str:
    given = {name: call.query[name] for name in call.query if name not in ("bookmark", "page_size", "limit")}
    text = repr((call.operation.id, sorted(call.path.items()), sorted(given.items(), key=lambda one: one[0])))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def key_of(call: Call) -> str:
    """The id in the path that names the row itself: the last one that is not a parent's."""
    return list(call.path.values())[-1]


def found(context: Context, call: Call) -> Row:
    """The row a path leads to."""
    inner = dict(list(call.path.items())[:-1])
    scope = scope_of(Call(call.operation, inner, {}))
    return context.row(call.operation.resource, key_of(call), scope)


def get(context: Context, call: Call) -> Document:
    """One row."""
    return found(context, call).data


def create(context: Context, call: Call, **known: Any) -> Document:
    """Adds one row: what the body says, what the sandbox knows, and null or made up values for the rest."""
    kind = call.operation.resource
    scope = scope_of(call)
    with context.rows.store.transaction():
        return context.rows.add(kind, document(context, call, call.body or {}, **known), scope).data


def document(context: Context, call: Call, body: Document, **known: Any) -> Document:
    """What a new row holds: the members the list or get answers, as far as something is known of them."""
    plain = context.api.resolved(context.api.rows[call.operation.resource])
    if "variants" in plain:
        known.setdefault(plain["by"], body.get(plain["by"]))
        plain = context.api.resolved(plain["variants"][known[plain["by"]]])
    made: Document = {}
    maker = Maker(context.api, 1)
    said = {**body, **({"ad_account_id": call.path["ad_account_id"]} if "ad_account_id" in call.path else {})}
    for name, shape in plain.get("fields", {}).items():
        inner = context.api.resolved(shape)
        if name in known:
            made[name] = known[name]
        elif name in said:
            made[name] = said[name]
        elif name.startswith(("created", "updated")) and name != "created_by_company_name":
            made[name] = _time(context, name, inner)
        elif name in plain.get("need", ()) and name != KINDS[call.operation.resource].id:
            made[name] = maker.make(shape, name)
        elif (
            inner.get("null")
            and None in inner.get("enum", (None,))
            and inner.get("is") in ("string", "integer", "number", "boolean")
        ):
            made[name] = None
        elif "default" in inner:
            made[name] = inner["default"]
    return made


def _time(context: Context, name: str, shape: Any) -> Any:
    if shape.get("is") == "string":
        return context.stamp
    milliseconds = context.seconds * 1000
    return milliseconds if name.endswith("_at") else context.seconds


def update(context: Context, call: Call) -> Document:
    """Changes the members the body names, keeps the others."""
    with context.rows.store.transaction():
        row = found(context, call)
        for name in FIXED:
            if name in row.data and (call.body or {}).get(name, row.data[name]) != row.data[name]:
                raise invalid(f"{name} cannot be changed")
        row.data.update((name, value) for name, value in (call.body or {}).items() if name not in CONTROL)
        touched(context, row.data)
        context.rows.save(row)
        return row.data


def delete(context: Context, call: Call) -> None:
    """Removes one row."""
    with context.rows.store.transaction():
        context.rows.remove(found(context, call))


def by_verb(context: Context, call: Call) -> Any:
    """The answer of an operation that has no handler of its own: by its verb, or made up where it only reads."""
    operation = call.operation
    verb = operation.role.partition(".")[2]
    if operation.resource in KINDS:
        if verb == "list" and "items" in context.api.resolved(operation.answer).get("fields", {}):
            return page(context, call)
        if verb in VERBS:
            return VERBS[verb](context, call)
    if operation.answer is None:
        return None
    return context.made_up(call)


VERBS = {"get": get, "create": create, "update": update, "delete": delete}
