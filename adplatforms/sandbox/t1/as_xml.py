"""T1 replies in XML (`text/xml`).

Booleans are 1 and 0, times bare UTC, with a `local_time` child where the row has a zone; money is a prop
with its currency and an `amount` child. A null is left out. The prop called `type` is a field of the row,
the attribute `type` is the type of the entity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1.errors import BARE, Refusal
from adplatforms.sandbox.t1.relations import Fullness, Node
from adplatforms.sandbox.t1.render import Kept, Listing, currency_of, decimal_text, is_money, shown
from adplatforms.sandbox.t1.schema import Field, Resource, Value
from adplatforms.sandbox.t1.values import local_time, now

CONTENT_TYPE = "text/xml; charset=UTF-8"

_QUOTED = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


class XmlRenderer:
    """Writes the bodies of XML replies."""

    content_type = CONTENT_TYPE

    def __init__(self) -> None:
        self._props = Kept(_props)

    def forget(self) -> None:
        """Drops the kept texts; needed when rows change without their version, as on a reset."""
        self._props.clear()

    def listing(self, listing: Listing) -> bytes:
        """A collection. Child collections come without `count`, as recorded for day parts."""
        count = "" if listing.is_child else f' count="{listing.total}"'
        body = "".join(self._entity(node, listing.full) for node in listing.nodes)
        return _result(f'<entities{count} start="{listing.offset}">{body}</entities>')

    def entity(self, node: Node, full: Fullness, status: str = "ok", message: str = "") -> bytes:
        """A single entity, always with all its fields."""
        return _result(self._entity(node, full, always_full=True), status, message)

    def refusal(self, refusal: Refusal) -> bytes:
        """An error: its text in `status` and `error`, its fields as `field-error` elements."""
        text = escape(refusal.message)
        if refusal.status in BARE:
            return _result("", refusal.status, refusal.message)
        errors = "".join(
            _element("field-error", {"name": error.field, "error": error.message}) for error in refusal.fields
        )
        body = f"<error>{text}</error><errors>{errors or text}</errors>"
        return _result(body, refusal.status, refusal.message)

    def done(self) -> bytes:
        """Success without content."""
        return _result("")

    def session(self, user: Row, session: dict[str, str]) -> bytes:
        """The reply to a login and to GET session."""
        about = _element("entity", {"name": user["name"], "id": user["id"], "type": "user"})
        return _result(about + _element("session", session))

    def target_dimension(self, active: bool, sides: Mapping[str, tuple[str, Sequence[Node]]], full: Fullness) -> bytes:
        """One target dimension of a strategy: `sides` are include and exclude with their operator, if not empty."""
        body = f'<enabled active="{int(active)}"/>'
        for side, (operator, nodes) in sides.items():
            values = "".join(self._entity(node, full) for node in nodes)
            body += f'<{side}><entities target_op="{operator}">{values}</entities></{side}>'
        return _result(body)

    def permissions(self, user: Row, flags: dict[str, Value], levels: dict[str, list[Row]]) -> bytes:
        """What a user may do, and where; without `entities` for a user bound to no account."""
        entities = "".join(
            f"<{level}>{''.join(_element('access', row) for row in rows)}</{level}>"
            for level, rows in levels.items()
            if rows
        )
        body = f"<entities>{entities}</entities>" if entities else ""
        body += "".join(_element("access", {"type": name, "value": value}) for name, value in flags.items()).join(
            ("<flags>", "</flags>")
        )
        about = _element("user", {"name": user["name"], "id": user["id"], "type": "user"})
        return _result(f"<permissions>{body}</permissions>{about}")

    def history(self, entries: Sequence[tuple[Row, Sequence[Sequence[str]]]]) -> bytes:
        """The changes of an entity: each entry with its attributes and (field, old, new) triples."""
        body = "".join(
            _element("entry", about, "".join(_element("field", _change(*one)) for one in changes))
            for about, changes in entries
        )
        return _result(f"<log_entries>{body}</log_entries>")

    def _entity(self, node: Node, full: Fullness, rel: str = "", always_full: bool = False) -> str:
        resource, row = node.resource, node.row
        is_full = (always_full or resource.type in full) and not node.is_bare
        name = None if node.is_bare and not is_full else row["name"]
        attributes: dict[str, Value] = {"name": name, "id": row["id"], "rel": rel or None}
        attributes["type"] = resource.type
        attributes["version"] = row["version"] if is_full and not resource.fields["version"].secret else None
        inside = "".join(
            self._entity(other, full, rel="" if node.hides_rel else name)
            for name, related in node.related.items()
            for other in related
        )
        if is_full:
            inside += self._props(resource, row)
        return _element("entity", attributes, inside)


def _change(name: str, old: str, new: str) -> dict[str, str]:
    return {"name": name, "old_value": old, "new_value": new}


def _props(resource: Resource, row: Row) -> str:
    """The fields of a record, apart from id and version, which are attributes of the entity."""
    zone = row.get("zone_name") if resource.has_zone else None
    return "".join(
        _prop(field, row[name], row, zone)
        for name, field in resource.fields.items()
        if name not in ("id", "version") and shown(field, row[name])
    )


def _prop(field: Field, value: Value, row: Row, zone: Value) -> str:
    if is_money(field, row):
        assert isinstance(value, float)
        amount = {"currency_code": currency_of(row), "value": decimal_text(field, value)}
        return _element("prop", {"name": field.name, **amount}, _element("amount", amount))
    if isinstance(value, float):
        value = decimal_text(field, value)
    inside = ""
    if field.kind == "datetime" and zone:
        local = local_time(str(value), str(zone))
        if local:
            inside = _element("local_time", {"value": local, "zone_name": zone})
    return _element("prop", {"name": field.name, "value": value}, inside)


def _element(name: str, attributes: Mapping[str, Value], inside: str = "") -> str:
    shown = "".join(f' {key}="{escape(str(value), _QUOTED)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{shown}>{inside}</{name}>" if inside else f"<{name}{shown}/>"


def _result(body: str, status: str = "ok", message: str = "") -> bytes:
    called_on = now().strftime("%Y-%m-%d %H:%M:%S.%f+00")
    text = f">{escape(message)}</status>" if message else "/>"
    return (
        f'<?xml version=\'1.0\'?>\n<result called_on="{called_on}">{body}<status code="{status}"{text}</result>'
    ).encode()
