"""T1's envelopes: XML and JSON replies to plain rows of one shape. Source: wire.md sections 5 to 8.

A row is the record's fields by name plus ``entity_type``; a relation is a row or a list of rows under its name. XML
values stay text (the fields convert on access); money becomes the list of amounts that JSON has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

import orjson

from adplatforms.core.errors import ParserException
from adplatforms.core.messages import Answer

__all__ = ["Reply", "parse", "parse_json", "parse_xml", "plural"]

FieldError = tuple["str | None", "str | None", str]
"""What T1 complains about: the field and the code where they are known, and the message."""

MAX_DEPTH = 100
"""How deep elements may nest; real replies have fewer than ten levels."""


@dataclass(slots=True)
class Reply:
    """A parsed envelope.

    `status` is T1's own, ``"ok"`` for a success; None where there is no envelope (a gateway's refusal). `message`: what
    T1 says of an error. `rows`: one for a single entity, none for a bare success. `many`: whether a list was answered.
    `total`: how many rows the whole listing has, None where T1 does not say. `errors`: (field or None, code or None,
    message). `log`: the entries of a history; `logged`: whether there is one, which may be empty. `body`: the parsed
    JSON, or the XML as it came.
    """

    status: str | None = None
    message: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    many: bool = False
    total: int | None = None
    errors: list[FieldError] = field(default_factory=list)
    log: list[dict[str, Any]] = field(default_factory=list)
    logged: bool = False
    body: Any = None


def parse(answer: Answer) -> Reply:
    """The envelope of an answer; the Content-Type alone decides how it is read, as the API's own client does.

    A `ParserException` for what cannot be read; a `Reply` without status for another content type.
    """
    kind = answer.content_type
    if "xml" in kind:
        return parse_xml(answer.content)
    if "json" in kind:
        return parse_json(answer.content)
    return Reply()


def plural(kind: str) -> str:
    """The list name of a type: ``agency`` -> ``agencies``."""
    # The one list that is named like its type.
    if kind == "acl":
        return kind
    if kind.endswith("y"):
        return kind[:-1] + "ies"
    return kind + "s"


def parse_json(content: bytes) -> Reply:
    """A JSON envelope: ``{"data": ..., "meta": {...}}`` or ``{"errors": [...], "meta": {...}}``."""
    try:
        body = orjson.loads(content)
    except orjson.JSONDecodeError as problem:
        raise ParserException(f"T1 sent JSON that cannot be read: {problem}", hint=_size(content)) from None
    if not isinstance(body, dict):
        return Reply(body=body)
    meta = body.get("meta")
    if not isinstance(meta, dict) or meta.get("status") is None:
        return Reply(body=body)
    # The shape is nobody's promise: whatever a row lacks must not end as a KeyError in the user's loop.
    try:
        return _envelope(body, meta)
    except (TypeError, LookupError, AttributeError, ValueError) as problem:
        raise ParserException(f"T1 sent JSON of an unknown shape: {problem}", hint=_size(content)) from None


def _envelope(body: dict[str, Any], meta: dict[str, Any]) -> Reply:
    """A reply in T1's envelope. Raises what Python does where the shape is unknown."""
    reply = Reply(status=str(meta["status"]), body=body)
    data, total = body.get("data"), meta.get("total_count")
    if isinstance(data, list):
        reply.rows, reply.many = data, True
        # Children that do have rows may come with a total of 0, which then says nothing (wire.md section 7).
        if total is not None and (total or not data):
            reply.total = int(total)
            if reply.total < 0:
                raise ValueError("a total below 0")
    elif isinstance(data, dict):
        reply.rows = [_single_record(data)]
    for row in reply.rows:
        if isinstance(row, dict) and isinstance(row.get("prop"), list):
            _flatten(row, row["prop"])
        if not isinstance(row, dict) or not isinstance(row.get("entity_type", ""), str):
            raise TypeError(f"{str(row)[:40]!r} is not a record")
    reply.errors = _json_errors(body.get("errors"))
    if reply.status != "ok":
        messages = ", ".join(text for _, _, text in reply.errors)
        reply.message = messages or str(meta.get("message") or body.get("message") or "")
    return reply


def _single_record(data: dict[str, Any]) -> dict[str, Any]:
    """The row of a single record: an entity, a target dimension or a user's permissions."""
    if "entity_type" in data:
        return data
    # Neither names its type; only the members that they have distinguish them (wire.md section 7).
    if isinstance(data.get("permissions"), dict):
        permissions = data["permissions"]
        groups = permissions.get("entities") or {}
        access = {level: _first(group).get("access") for level, group in groups.items()}
        return _permission(access, _first(permissions.get("flags")).get("access"), data.get("user"))
    if not {"enabled", "include", "exclude"}.isdisjoint(data):
        enabled = data.get("enabled")
        if isinstance(enabled, dict):
            enabled = enabled.get("active")
        return {"include": [], "exclude": [], **data, "enabled": enabled, "entity_type": "target_dimension"}
    return data


def _flatten(row: dict[str, Any], props: list[Any]) -> None:
    """Margins and estimates come in an old shape, ``"prop": [{"name": ..., "value": ...}]``: fields as any other."""
    if all(isinstance(prop, dict) and "name" in prop for prop in props):
        # Margins and estimates in JSON (wire.md section 11, #41).
        del row["prop"]
        row.update({prop["name"]: prop.get("value") for prop in props})
        if isinstance(row.get("type"), str):
            row.setdefault("entity_type", row["type"])


def _first(group: Any) -> dict[str, Any]:
    """A member that T1 sends as an object or as a list of one; empty where it is neither."""
    if isinstance(group, list):
        group = next(iter(group), None)
    if not isinstance(group, dict):
        return {}
    return group


def _permission(access: dict[str, Any], flags: Any, user: Any) -> dict[str, Any]:
    """What a user may do: flags by name, and the accessible entities of each level by id (None: none given)."""
    row: dict[str, Any] = {flag["type"]: flag.get("value") for flag in flags or ()}
    user_type = row.pop("type", None)  # the user's; the row's own type is "permission"
    for level in ("advertiser", "agency", "organization"):
        items, row[level] = access.get(level), None
        if items is not None:
            row[level] = {int(item["id"]): item for item in items}
    return {**row, "type": user_type, "user": user, "entity_type": "permission"}


def _json_errors(errors: Any) -> list[FieldError]:
    """(field, code, message) of whatever form `errors` has: a list of objects or strings, one of these, or nothing."""
    if not errors:
        return []
    items = errors if isinstance(errors, list) else [errors]
    return [_json_error(item) if isinstance(item, dict) else (None, None, str(item)) for item in items]


def _json_error(item: dict[str, Any]) -> FieldError:
    """(field, code, message) of one error object."""
    texts = {name: str(value) for name, value in item.items() if value is not None}
    return texts.get("field"), texts.get("code"), texts.get("message") or texts.get("error") or ""


def _size(content: bytes) -> str:
    """How much arrived; not what, which may hold a link with the api_key."""
    return f"{len(content):,} bytes arrived; ask again, the answer may have been cut off"


def parse_xml(content: bytes) -> Reply:
    """An XML envelope: root ``result`` with a ``status``. Document types, entities and deep nesting are refused."""
    reply = Reply(body=content)
    reader = _Reader(reply)
    parser = expat.ParserCreate()
    # Else a text comes in pieces, and each would be a call.
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(content, True)
        reader.finish()
    except (expat.ExpatError, ValueError, LookupError, AttributeError, TypeError) as problem:
        if isinstance(problem, ParserException):
            raise
        raise ParserException(f"T1 sent XML that cannot be read: {problem}", hint=_size(content)) from None
    return reply


def _refuse(*_: Any) -> None:
    """What expat calls for a document type or an entity: T1 sends neither, and both can be made to blow up memory."""
    raise ParserException("T1 sent XML with a document type or entity declarations, which is refused as unsafe")


class _Reader:
    """Builds rows from expat's events: a page of 100 campaigns is some 6,000 of them, so each does little."""

    __slots__ = ("access", "flags", "into", "path", "prop", "reply", "root", "sides", "stack", "text_parts", "user")

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.stack: list[dict[str, Any]] = []  # the open entities, the innermost last
        self.path: list[str] = []  # the tags of all open elements
        self.prop = ""  # the property that is open: amounts of money stand inside one
        self.root = ""
        self.into = reply.rows  # where the next entity at the top goes: the rows, or a side of a target dimension
        self.sides: dict[str, Any] = {}  # what a target dimension includes and excludes
        self.access: dict[str, list[Any]] = {}  # what a user may access, by level
        self.flags: list[Any] | None = None  # the user's flags; None outside permissions
        self.user: Any = None
        self.text_parts: list[str] = []  # the text of the status, or of a gateway's page

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        path = self.path
        path.append(tag)
        # The most frequent element by far comes first.
        if tag == "prop":
            if self.stack:
                # A prop without a value is null; it ended the classic SDK (wire.md section 10, defect 21).
                self.prop = name = attrs.get("name", "")
                row = self.stack[-1]
                if name == "id":
                    self._check_id(row, attrs.get("value"))
                row[name] = attrs.get("value")
        elif tag == "entity":
            self._entity(attrs)
        elif tag == "amount":
            if self.stack:
                # One amount for each currency: the list takes the place of the prop's own value (wire.md section 5).
                amounts = self.stack[-1].get(self.prop)
                if not isinstance(amounts, list):
                    amounts = self.stack[-1][self.prop] = []
                amounts.append(attrs)
        elif len(path) > MAX_DEPTH:
            raise ParserException(f"T1 sent XML nested deeper than {MAX_DEPTH} levels, which is refused as unsafe")
        elif len(path) == 1:
            self.root = tag
        elif not self.stack:
            self._around(tag, attrs)

    def end(self, tag: str) -> None:
        """An element ends."""
        self.path.pop()
        if tag == "entity":
            self.stack.pop()
        elif tag == "status":
            self.reply.message = "".join(self.text_parts).strip()

    def text(self, text: str) -> None:
        """Text between tags: only that of the status and of the root element is of interest."""
        if self.path[-1] == "status" or len(self.path) == 1:
            self.text_parts.append(text)

    def _check_id(self, row: dict[str, Any], value: str | None) -> None:
        """Raises `ParserException` where a property gives a record another id than it has: which of them is right
        nobody knows, and a save would go to a record that was not meant. Of other names the property counts."""
        if row.get("id", value) != value:
            raise ParserException(f"T1 sent a record with two ids, {row['id']} and {value}")

    def _entity(self, row: dict[str, Any]) -> None:
        """An entity begins: its attributes are the start of a row. Inside another one it is a relation of that, to one
        where it is named like its own type, else to many."""
        row["entity_type"] = kind = row.pop("type", "")
        if self.stack:
            relation = row.get("rel")
            # The rule of both formats (wire.md section 5): a relation named like its type is one record, else a list.
            if relation == kind:
                self.stack[-1][kind] = row
            else:
                self.stack[-1].setdefault(relation or plural(kind), []).append(row)
        else:
            self.into.append(row)
        if len(self.stack) > MAX_DEPTH:
            raise ParserException(f"T1 sent XML nested deeper than {MAX_DEPTH} levels, which is refused as unsafe")
        self.stack.append(row)

    def _around(self, tag: str, attrs: dict[str, Any]) -> None:
        """Everything outside entities."""
        reply, parent = self.reply, self.path[-2]
        if tag == "status":
            reply.status, self.text_parts = attrs.get("code"), []
        elif tag == "entities" and parent == "result":
            reply.many = True
            count = attrs.get("count", "")
            if count.isdigit():
                reply.total = int(count)
        elif tag == "entities":
            self.sides[f"{parent}_op"] = attrs.get("target_op")
        elif tag == "field-error":
            reply.errors.append((attrs.get("name"), attrs.get("code"), attrs.get("error", "")))
        elif tag == "session" and reply.rows:
            reply.rows[0]["session"] = attrs
        elif tag in ("include", "exclude"):
            self.into = self.sides[tag] = []
        elif tag == "enabled":
            self.sides["enabled"] = attrs.get("active")
        elif tag in ("permissions", "flags"):
            self.flags = self.flags or []
        elif tag == "access" and parent == "flags" and self.flags is not None:
            self.flags.append(attrs)
        elif tag == "access":
            self.access.setdefault(parent, []).append(attrs)
        elif tag == "user":
            attrs["entity_type"] = attrs.pop("type", "user")
            self.user = attrs
        elif tag == "log_entries":
            reply.logged = True
        elif tag == "entry":
            reply.log.append({**attrs, "fields": {}})
        elif tag == "field" and reply.log:
            change = {"old_value": attrs.get("old_value"), "new_value": attrs.get("new_value")}
            reply.log[-1]["fields"][attrs.get("name")] = change

    def finish(self) -> None:
        """What can only be put together at the end."""
        reply = self.reply
        # Not an envelope: a gateway's page, whose text says what is wrong (wire.md section 5).
        if self.root != "result":
            reply.status, reply.message = None, "".join(self.text_parts).strip()
        if self.flags is not None or self.access:
            reply.rows = [_permission(self.access, self.flags, self.user)]
        elif self.sides:
            reply.rows = [{"include": [], "exclude": [], **self.sides, "entity_type": "target_dimension"}]
            reply.many = False
