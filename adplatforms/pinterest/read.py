"""Pinterest's answers: their bodies, the rows of every envelope, rate limits. Source: wire.md, 4 and 6 to 8."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from adplatforms.core.dialect import Quota
from adplatforms.core.errors import APIError, ParserException
from adplatforms.core.messages import Answer

from .errors import error, placed

__all__ = ["body", "member", "quota", "record", "rows", "rows_of"]


def body(answer: Answer) -> Any:
    """The parsed body of an answer, None where it is empty; raises the error that it reports."""
    if answer.status >= 400:
        raise error(answer)
    if not answer.content.strip():
        return None
    try:
        return orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        pass
    if "html" in answer.content_type:  # a gateway's page: whatever was asked, it is not Pinterest that answered
        gateway = placed(APIError(f"the answer is no JSON: {answer.excerpt()}"), answer)
        gateway.unsure = True
        raise gateway
    raise ParserException(f"{answer.request.label}: the answer cannot be read: {answer.excerpt()}")


def rows(told: Any, kind: str) -> tuple[list[dict[str, Any]], str | None]:
    """The rows of a parsed answer and the bookmark of the page that follows, None on the last one.

    `kind` is the operation's: "page" or "items" (the rows stand under ``items``), "array", or one object. Labels come
    in elements that hold lists of them; plain ones are taken too. An answer of another shape is unreadable.
    """
    if told is None:  # where an operation may answer without a body
        return [], None
    members: dict[str, Any] = told if isinstance(told, dict) else {}
    listed = told if kind == "array" else members.get("items") if kind in ("page", "items") else [told]
    bookmark = members.get("bookmark") if kind == "page" else None
    shaped = isinstance(told, list if kind == "array" else dict) and isinstance(listed, list)
    if not shaped or not isinstance(bookmark, (str, int, type(None))):
        raise ParserException(f"the answer is no {kind} of rows")
    found: list[dict[str, Any]] = _labels(listed or [])
    if not {type(row) for row in found} <= {dict}:
        raise ParserException("the answer has rows that are no objects")
    return found, str(bookmark) if bookmark else None


def _labels(listed: list[Any]) -> list[Any]:
    """The labels in the elements of their listing; any other list as it is."""
    first = listed[0] if listed else None
    if not isinstance(first, dict) or "labels" not in first or "id" in first:
        return listed
    lists = [row.get("labels") if isinstance(row, dict) else None for row in listed]
    if not {type(labels) for labels in lists} <= {list}:
        raise ParserException("the answer has rows that hold no lists of labels")
    return [label for labels in lists for label in labels or ()]


def quota(answer: Answer) -> Quota | None:
    """What the headers tell: ``X-RateLimit-Limit: 100, 100;w=1, 1000;w=60`` (the first number is the limit),
    ``-Remaining`` and ``-Reset`` (seconds from now)."""
    found = [answer.headers.get(f"x-ratelimit-{name}", "") for name in ("limit", "remaining", "reset")]
    if not any(found):
        return None
    limit, remaining, reset = (re.match(r"\s*(\d+(?:\.\d+)?)", text) for text in found)
    return Quota(
        answer.request.category or "all",
        int(float(limit[1])) if limit else None,
        int(float(remaining[1])) if remaining else None,
        float(reset[1]) if reset else None,
    )


def member(told: Any, *path: str) -> Any:
    """What stands in an answer under these names; a `ParserException` where it does not."""
    for name in path:
        if not isinstance(told, Mapping) or told.get(name) is None:
            raise ParserException(f"the answer has no {name}: Pinterest changed it, or something else answered")
        told = told[name]
    return told


def rows_of(told: Any, name: str = "") -> list[Any]:
    """The list that an answer is, or has under a name; a `ParserException` where there is none."""
    found = told.get(name) if name and isinstance(told, Mapping) else told
    if not isinstance(found, list):
        raise ParserException(f"the answer has no list{' of ' + name if name else ''}")
    return found


def record(told: Any) -> dict[str, Any]:
    """The object that an answer is."""
    if not isinstance(told, Mapping):
        raise ParserException("the answer is no object: Pinterest changed it, or something else answered")
    return dict(told)
