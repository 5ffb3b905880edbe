"""The classic SDK's parsers of replies: `JSONParser` and `XMLParser`. Source: wire.md sections 5 to 8."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from adplatforms.core.errors import AdPlatformsError, ParserException
from adplatforms.core.messages import Answer, Request

from ..parsing import Reply, parse
from ..read import check

__all__ = ["JSONParser", "XMLParser", "as_dict", "contents"]


class _Parser:
    """A reply, parsed when it is made.

    `status_code`: whether it is a success. `entities`: an iterator of dicts for a collection, one dict for a single
    record, with `_type` and `relations` in it as the classic SDK has them. `entity_count`: how many the whole listing
    has. Raises the error that the reply reports, and `ParserException` for what cannot be read.
    """

    content_type = ""

    def __init__(self, body: str | bytes) -> None:
        self.status_code = False
        content = body.encode() if isinstance(body, str) else body
        answer = Answer(200, {"content-type": self.content_type}, content, Request("GET", ""))
        if parse(answer).status is None:
            raise AdPlatformsError(None, body)
        self.entities, self.entity_count = contents(check(answer))
        self.status_code = True


class JSONParser(_Parser):
    """The parser of JSON."""

    content_type = "application/json"


class XMLParser(_Parser):
    """The parser of XML."""

    content_type = "text/xml"


def contents(reply: Reply) -> tuple[Any, int]:
    """What the classic parsers make of a reply: its entities, and how many the whole listing has."""
    if reply.logged:
        return iter(reply.log), 1
    if reply.many:
        total = len(reply.rows) if reply.total is None else reply.total
        return _dicts(reply.rows), total
    # A success without content raised an AttributeError there (wire.md section 10, defect 19).
    if not reply.rows:
        return {}, 1
    return as_dict(reply.rows[0]), 1


def _dicts(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return map(as_dict, rows)


def as_dict(row: dict[str, Any]) -> dict[str, Any]:
    """A row as the classic SDK has it: the type as `_type`, related records below `relations`, the first amount of
    money."""
    if not isinstance(row, dict):
        raise ParserException(f"{str(row)[:40]!r} is not a record")
    values: dict[str, Any] = {}
    relations: dict[str, Any] = {}
    for name, value in row.items():
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, dict) and "entity_type" in first and row.get("entity_type") != "target_dimension":
            relations[name] = [as_dict(item) for item in value] if isinstance(value, list) else as_dict(value)
        elif isinstance(value, list) and isinstance(first, dict) and "currency_code" in first:
            values[name] = first.get("value")
        else:
            values[name] = value
    if "entity_type" in values:
        values["_type"] = values["entity_type"]
    if relations:
        values["relations"] = relations
    return values
