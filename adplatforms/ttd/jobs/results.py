"""What jobs leave behind, as rows.

A GraphQL bulk job leaves one JSON document, ``{"data": {root: {"nodes": [...]}}}`` [O]. What the standard jobs leave is
in no document we have: records are looked for wherever the names of the surfaces stand (``campaign``, ``adGroup``,
``nodes``), and the document itself is always there too (`WorkflowsJob.document`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from adplatforms.core.errors import ParserException

__all__ = ["Issue", "issues", "listed", "parsed", "payloads", "refusals"]


class Issue(NamedTuple):
    """What went wrong with a job or with one of its items: the platform's words, and the place of the item among those
    that were submitted, where it tells one."""

    message: str
    place: int | None = None


def parsed(content: bytes) -> Any:
    """The document of a result: JSON, or JSON lines as a list."""
    text = content.decode("utf-8-sig", "replace")
    try:
        return json.loads(text)
    except ValueError as problem:
        told = str(problem)
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError:
        raise ParserException(f"the job's result is no JSON: {told}") from None


def payloads(document: Any, key: str) -> Iterator[dict[str, Any]]:
    """The records under ``campaign`` or ``adGroup``, wherever they are; where there are none, those of mere lists."""
    yield from list(_under(key, document)) or _listed(document)


def _under(key: str, document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, dict) and isinstance(document.get(key), dict):
        yield document[key]
    else:
        for value in _inner(document):
            yield from _under(key, value)


def _listed(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, dict) and document.get("id") is not None:
        yield document
    else:
        for value in _inner(document):
            yield from _listed(value)


def _inner(document: Any) -> Iterator[Any]:
    values = document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    return (value for value in values if isinstance(value, (dict, list)))


def refusals(document: Any) -> Iterator[Issue]:
    """The items of a list that are problem documents (they have a ``detail`` or a ``title``), with their places."""
    for place, item in enumerate(document if isinstance(document, list) else ()):
        words = (item.get("detail") or item.get("title")) if isinstance(item, dict) else None
        if words:
            yield Issue(str(words), place)


def listed(document: Any) -> list[dict[str, Any]] | None:
    """The records of the first connection of a document that has some: those of ``nodes``, or of ``edges``; a mere list
    itself. None where there is no list of records at all, which is not the same as an empty one."""
    if isinstance(document, list):
        return _records(document)
    if not isinstance(document, dict):
        return None
    if "nodes" in document:
        return _records(document["nodes"])
    if "edges" in document:
        edges = _records(document["edges"])
        return None if edges is None else _records([edge.get("node") for edge in edges])
    lists = [found for found in map(listed, _inner(document)) if found is not None]
    return next(filter(None, lists), lists[0] if lists else None)


def _records(found: Any) -> list[dict[str, Any]] | None:
    """The records of a list, without nulls; None for what is no list of records."""
    kept = [item for item in found if item is not None] if isinstance(found, list) else None
    return kept if kept is not None and all(isinstance(item, dict) for item in kept) else None


def issues(told: Any) -> Iterator[Issue]:
    """What a status tells in its ``errors``, ``runtimeErrors`` and ``queryGqlErrors``: text, JSON as text, or lists."""
    if isinstance(told, str):
        text = told.strip()
        try:
            inner = json.loads(text) if text[:1] in ("[", "{") else None
        except ValueError:
            inner = None
        if inner is not None:
            yield from issues(inner)
        elif text:
            yield Issue(text)
    elif isinstance(told, list):
        for item in told:
            yield from issues(item)
    elif isinstance(told, dict):
        message = told.get("message") or told.get("detail") or told.get("error")
        place = told.get("index")
        inner = message if isinstance(message, str) else json.dumps(told)
        yield Issue(inner, place if isinstance(place, int) else None)
