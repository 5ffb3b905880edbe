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

MAX_DEPTH = 100
"""How deep elements may nest; real replies have fewer than ten levels."""


@dataclass(slots=True)
class Reply:
    """A parsed envelope. `status` is None where the reply is none (a gateway's refusal). `rows` is one row for a
    single entity, none for a bare success. `errors`: (field or None, code or None, message). `logged`: whether there is
    a log."""

    status: str | None = None
    message: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    many: bool = False
    total: int | None = None
    errors: list[tuple[str | None, str | None, str]] = field(default_factory=list)
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
    if kind == "acl":
        return kind
    return kind[:-1] + "ies" if kind.endswith("y") else kind + "s"


def parse_json(content: bytes) -> Reply:
    """A JSON envelope: ``{"data": ..., "meta": {...}}`` or ``{"errors": [...], "meta": {...}}``."""
    try:
        body = orjson.loads(content)
    except orjson.JSONDecodeError as problem:
        raise ParserException(f"T1 sent JSON that cannot be read: {problem}", hint=_cut(content)) from None
    meta = body.get("meta") if isinstance(body, dict) else None
    if not isinstance(meta, dict) or meta.get("status") is None:
        return Reply(body=body)
    try:
        return _envelope(body, meta)
    except (TypeError, LookupError, AttributeError, ValueError) as problem:
        raise ParserException(f"T1 sent JSON of an unknown shape: {problem}", hint=_cut(content)) from None


def _envelope(body: dict[str, Any], meta: dict[str, Any]) -> Reply:
    reply = Reply(status=None if meta.get("status") is None else str(meta["status"]), body=body)
    data = body.get("data")
    if isinstance(data, list):
        reply.rows, reply.many = data, True
        total = meta.get("total_count")
        if total or not data:  # children that do have rows may come with a total of 0
            reply.total = None if total is None else int(total)
            if reply.total is not None and reply.total < 0:
                raise ValueError("a total below 0")
    elif isinstance(data, dict):
        reply.rows = [_special(data)]
    for row in reply.rows:
        if isinstance(row, dict) and isinstance(row.get("prop"), list):
            _flatten(row, row["prop"])
        if not isinstance(row, dict) or not isinstance(row.get("entity_type", ""), str):
            raise TypeError(f"{str(row)[:40]!r} is no record")
    reply.errors = list(_json_errors(body.get("errors")))
    if reply.status != "ok":
        told = ", ".join(text for _, _, text in reply.errors)
        reply.message = told or str(meta.get("message") or body.get("message") or "")
    return reply


def _special(data: dict[str, Any]) -> dict[str, Any]:
    """A single record: an entity, a target dimension or a user's permissions."""
    if "entity_type" in data:
        return data
    if isinstance(data.get("permissions"), dict):
        found = data["permissions"]
        access = {level: _first(group).get("access") for level, group in (found.get("entities") or {}).items()}
        return _permission(access, _first(found.get("flags")).get("access"), data.get("user"))
    if not {"enabled", "include", "exclude"}.isdisjoint(data):
        enabled = data.get("enabled")
        active = enabled.get("active") if isinstance(enabled, dict) else enabled
        return {"include": [], "exclude": [], **data, "enabled": active, "entity_type": "target_dimension"}
    return data


def _flatten(row: dict[str, Any], props: list[Any]) -> None:
    """Margins and estimates come in an old shape, ``"prop": [{"name": ..., "value": ...}]``: fields as any other."""
    if all(isinstance(prop, dict) and "name" in prop for prop in props):
        del row["prop"]
        row.update({prop["name"]: prop.get("value") for prop in props})
        if isinstance(row.get("type"), str):
            row.setdefault("entity_type", row["type"])


def _first(group: Any) -> dict[str, Any]:
    group = group[0] if isinstance(group, list) and group else group
    return group if isinstance(group, dict) else {}


def _permission(access: dict[str, Any], flags: Any, user: Any) -> dict[str, Any]:
    """What a user may do: flags by name, and the accessible entities of each level by id (None: none given)."""
    row: dict[str, Any] = {flag["type"]: flag.get("value") for flag in flags or ()}
    row_type = row.pop("type", None)
    for level in ("advertiser", "agency", "organization"):
        items = access.get(level)
        row[level] = None if items is None else {int(item["id"]): item for item in items}
    return {**row, "type": row_type, "user": user, "entity_type": "permission"}


def _json_errors(errors: Any) -> Any:
    """(field, code, message) of whatever form `errors` has: a list of objects or strings, one of these, or nothing."""
    for item in errors if isinstance(errors, list) else [errors] if errors else []:
        if isinstance(item, dict):
            field, code = (None if item.get(key) is None else str(item[key]) for key in ("field", "code"))
            yield field, code, str(item.get("message") or item.get("error") or "")
        else:
            yield None, None, str(item)


def _cut(content: bytes) -> str:
    """How much arrived; not what, which may hold a link with the api_key."""
    return f"{len(content):,} bytes arrived; ask again, the answer may have been cut off"


def parse_xml(content: bytes) -> Reply:
    """An XML envelope: root ``result`` with a ``status``. Document types, entities and deep nesting are refused."""
    reply = Reply(body=content)
    reader = _Reader(reply)
    parser = expat.ParserCreate()
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
        raise ParserException(f"T1 sent XML that cannot be read: {problem}", hint=_cut(content)) from None
    return reply


def _refuse(*_: Any) -> None:
    raise ParserException("T1 sent XML with a document type or entity declarations, which is refused as unsafe")


class _Reader:
    """Builds rows from expat's events. `stack` holds the open entities; None stands for any other open element."""

    __slots__ = ("access", "flags", "into", "level", "path", "prop", "reply", "root", "sides", "stack", "user", "words")

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.stack: list[dict[str, Any]] = []
        self.path: list[str] = []
        self.prop, self.root, self.level = "", "", ""
        self.into = reply.rows
        self.sides: dict[str, Any] = {}
        self.access: dict[str, list[Any]] = {}
        self.flags: list[Any] | None = None
        self.user: Any = None
        self.words: list[str] = []

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        path = self.path
        path.append(tag)
        if tag == "prop":
            if self.stack:
                self.prop = name = attrs.get("name", "")
                self.stack[-1][name] = attrs.get("value")
        elif tag == "entity":
            self._entity(attrs)
        elif tag == "amount":
            if self.stack:
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
        self.path.pop()
        if tag == "entity":
            self.stack.pop()
        elif tag == "status":
            self.reply.message = "".join(self.words).strip()

    def text(self, text: str) -> None:
        if self.path[-1] == "status" or len(self.path) == 1:
            self.words.append(text)

    def _entity(self, row: dict[str, Any]) -> None:
        row["entity_type"] = kind = row.pop("type", "")
        if self.stack:
            relation = row.get("rel")
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
            reply.status, self.words = attrs.get("code"), []
        elif tag == "entities" and parent == "result":
            reply.many = True
            count = attrs.get("count", "")
            reply.total = int(count) if count.isdigit() else None
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
        elif tag == "access":
            (self.flags if parent == "flags" and self.flags is not None else self.access.setdefault(parent, [])).append(
                attrs
            )
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
        if self.root != "result":
            reply.status, reply.message = None, "".join(self.words).strip()
        if self.flags is not None or self.access:
            reply.rows = [_permission(self.access, self.flags, self.user)]
        elif self.sides:
            reply.rows = [{"include": [], "exclude": [], **self.sides, "entity_type": "target_dimension"}]
            reply.many = False
