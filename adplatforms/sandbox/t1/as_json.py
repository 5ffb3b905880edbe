"""T1 replies in JSON (`application/vnd.mediamath.v1+json`).

Ids are ints, booleans true and false, times end in `+0000`, money is a list with one item per currency
(this server knows one currency a row). A null is left out, except in the fields that clients may clear with
an empty value: those say null. A relation to one is an object, also where `rel` names a role
(`billing_contact`); a relation to many is a list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import orjson

from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1.errors import BARE, Refusal
from adplatforms.sandbox.t1.relations import Fullness, Node
from adplatforms.sandbox.t1.render import Kept, Listing, currency_of, is_money
from adplatforms.sandbox.t1.schema import Field, Resource, Value
from adplatforms.sandbox.t1.values import now

CONTENT_TYPE = "application/vnd.mediamath.v1+json; charset=UTF-8"
PLAIN_TYPE = "application/json"
"""What the deals service and the token endpoints answer."""

Json = dict[str, object]


class JsonRenderer:
    """Writes the bodies of JSON replies."""

    content_type = CONTENT_TYPE

    def __init__(self) -> None:
        self._full = Kept(_members)

    def forget(self) -> None:
        """Drops the kept texts; needed when rows change without their version, as on a reset."""
        self._full.clear()

    def listing(self, listing: Listing) -> bytes:
        """A collection."""
        data = "[" + ",".join(self._object(node, listing.full) for node in listing.nodes) + "]"
        counts: Json = {"count": len(listing.nodes), "offset": listing.offset, "total_count": listing.total}
        if listing.next_page:
            counts["next_page"] = listing.next_page
        return _envelope(data, counts)

    def entity(self, node: Node, full: Fullness, status: str = "ok", message: str = "") -> bytes:
        """A single entity, always with all its fields. A message has no place beside data in JSON."""
        return _envelope(self._object(node, full, always_full=True), status=status)

    def refusal(self, refusal: Refusal) -> bytes:
        """An error."""
        meta: Json = {"called_on": _now(), "status": refusal.status}
        if refusal.status in BARE:
            return orjson.dumps({"meta": {"status": refusal.status}})
        errors: list[Json] = [
            {"type": "field-error", "field": error.field, "message": error.message} for error in refusal.fields
        ]
        return orjson.dumps({"errors": errors or [{"message": refusal.message}], "meta": meta})

    def done(self) -> bytes:
        """Success without content."""
        return orjson.dumps({"meta": {"called_on": _now(), "status": "ok"}})

    def session(self, user: Row, session: dict[str, str]) -> bytes:
        """The reply to a login and to GET session."""
        data = {"entity_type": "user", "id": user["id"], "name": user["name"], "session": session}
        return orjson.dumps({"data": data, "meta": {"status": "ok"}})

    def target_dimension(self, active: bool, sides: Mapping[str, tuple[str, Sequence[Node]]], full: Fullness) -> bytes:
        """One target dimension of a strategy: `sides` are include and exclude with their operator, if not empty."""
        text = f'"enabled":{{"active":{"true" if active else "false"}}}'
        for side, (operator, nodes) in sides.items():
            values = ",".join(self._object(node, full) for node in nodes)
            text += f',"{side}":[{values}],"{side}_op":"{operator}"'
        return _envelope("{" + text + "}")

    def permissions(self, user: Row, flags: dict[str, Value], levels: dict[str, list[Row]]) -> bytes:
        """What a user may do, and where. Ids of accounts are strings here, as recorded."""
        access = [{"type": name, "value": value} for name, value in flags.items()]
        permissions: Json = {"flags": [{"access": access}]}
        entities = {
            level: [{"access": [{**row, "id": str(row["id"])} for row in rows]}]
            for level, rows in levels.items()
            if rows
        }
        if entities:
            permissions["entities"] = entities
        about = {"entity_type": "user", "id": user["id"], "name": user["name"]}
        return orjson.dumps({"data": {"permissions": permissions, "user": about}, "meta": {"status": "ok"}})

    def _object(self, node: Node, full: Fullness, rel: str = "", always_full: bool = False) -> str:
        resource, row = node.resource, node.row
        if (always_full or resource.type in full) and not node.is_bare:
            text = self._full(resource, row)
        else:
            limited = {"entity_type": resource.type, "id": row["id"], "name": row["name"]}
            if node.is_bare:
                del limited["name"]
            text = orjson.dumps(limited).decode()[1:-1]
        if rel:
            text += f',"rel":"{rel}"'
        for name, related in node.related.items():
            rel_of = "" if node.hides_rel else name
            objects = [self._object(other, full, rel=rel_of) for other in related]
            if resource.relations[name].many:
                text += f',"{name}":[{",".join(objects)}]'
            elif objects:
                text += f',"{name}":{objects[0]}'
        return "{" + text + "}"


def _members(resource: Resource, row: Row) -> str:
    """A full record without its braces."""
    found: Json = {"entity_type": resource.type}
    for name, field in resource.fields.items():
        value = row[name]
        if field.secret or (value is None and not field.nullable):
            continue
        found[name] = None if value is None else _value(field, value, row)
    return orjson.dumps(found).decode()[1:-1]


def _value(field: Field, value: Value, row: Row) -> object:
    if field.kind == "bool":
        return bool(value)
    if field.kind == "object":
        return orjson.loads(str(value))
    if field.kind == "datetime":
        return f"{value}+0000"
    if field.name == "org_type":
        return [value]
    if isinstance(value, float):
        number: object = int(value) if value.is_integer() else value
        if is_money(field, row):
            if field.readonly:  # recorded for effective_goal_value: the amount is text
                number = f"{value:.4f}"
            return [{"currency_code": currency_of(row), "value": number}]
        return number
    return value


def _envelope(data: str, counts: Json | None = None, status: str = "ok") -> bytes:
    body = data.encode()
    etag = hashlib.sha1(body, usedforsecurity=False).hexdigest()
    meta = {**(counts or {}), "etag": etag, "called_on": _now(), "status": status}
    return b'{"data":' + body + b',"meta":' + orjson.dumps(meta) + b"}"


def _now() -> str:
    return now().strftime("%Y-%m-%dT%H:%M:%S+0000")
