"""What jobs leave behind, as rows.

A GraphQL bulk job leaves one JSON document, ``{"data": {root: {"nodes": [...]}}}`` [O]. What the standard jobs leave is
in no document we have: records are looked for wherever the names of the surfaces stand (``campaign``, ``adGroup``,
``nodes``), and the document itself is always there too (`WorkflowsJob.document`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Self

from adplatforms.core.errors import ParserException

from ..shapes import json_in_text

__all__ = ["Issue", "holds_records", "issues", "listed", "parsed", "payloads", "refusals"]


class _Issue(NamedTuple):
    message: str
    position: int | None = None


class Issue(_Issue):
    """What went wrong with a job or with one of its items.

    `message`: what the platform says, of an error without a message its data. `position`: of the item among those that
    were submitted, counted from 0; None where it names none. `field`: what it is about, in the platform's spelling.
    `data`: what else the platform tells, by its own names (`additionalData` of workflows.json).

    As a tuple it is message and position.
    """

    field: str
    data: Mapping[str, Any]

    def __new__(
        cls, message: str, position: int | None = None, field: str = "", data: Mapping[str, Any] | None = None
    ) -> Self:
        self = super().__new__(cls, message, position)
        self.field, self.data = field, data or {}
        return self


def parsed(content: bytes) -> Any:
    """The document of a result: JSON, or JSON lines as a list; a `ParserException` for anything else."""
    text = content.decode("utf-8-sig", "replace")
    try:
        return json.loads(text)
    except ValueError as problem:
        reason = str(problem)
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError:
        raise ParserException(f"the job's result is not JSON: {reason}") from None


def payloads(document: Any, key: str) -> Iterator[dict[str, Any]]:
    """The records under ``campaign`` or ``adGroup``, wherever they are; where there are none, those of mere lists."""
    yield from list(_under(key, document)) or _with_id(document)


def holds_records(document: Any, key: str) -> bool:
    """Whether there are records under ``campaign`` or ``adGroup`` in a document."""
    return next(_under(key, document), None) is not None


def _under(key: str, document: Any) -> Iterator[dict[str, Any]]:
    """The objects that are members of this name, at any depth."""
    if isinstance(document, dict) and isinstance(document.get(key), dict):
        yield document[key]
        return
    for value in _inner(document):
        yield from _under(key, value)


def _with_id(document: Any) -> Iterator[dict[str, Any]]:
    """The outermost objects that have an id."""
    if isinstance(document, dict) and document.get("id") is not None:
        yield document
        return
    for value in _inner(document):
        yield from _with_id(value)


def _inner(document: Any) -> Iterator[Any]:
    """The objects and lists right inside an object or a list."""
    if isinstance(document, dict):
        document = list(document.values())
    if isinstance(document, list):
        yield from (value for value in document if isinstance(value, (dict, list)))


def refusals(document: Any) -> Iterator[Issue]:
    """The items of a list that are problem documents (they have a ``detail`` or a ``title``), with their positions."""
    if not isinstance(document, list):
        return
    for position, item in enumerate(document):
        # The position in the list is taken for that of the input [I].
        if isinstance(item, dict):
            message = item.get("detail") or item.get("title")
            if message:
                yield Issue(str(message), position)


def listed(document: Any) -> list[dict[str, Any]] | None:
    """The records of the first connection of a document that has some: of ``nodes``, of ``edges``, or a mere list.

    None where there is no list of records at all, which is not the same as an empty one.
    """
    if isinstance(document, list):
        return _records(document)
    if not isinstance(document, dict):
        return None
    if "nodes" in document:
        return _records(document["nodes"])
    if "edges" in document:
        edges = _records(document["edges"])
        return None if edges is None else _records([edge.get("node") for edge in edges])
    empty = None
    for inner in _inner(document):
        found = listed(inner)
        if found:
            return found
        # An empty list next to one with records is another list of the same document.
        if empty is None:
            empty = found
    return empty


def _records(found: Any) -> list[dict[str, Any]] | None:
    """The records of a list, without nulls; None for what is not a list of records."""
    if not isinstance(found, list):
        return None
    records = [item for item in found if item is not None]
    return records if all(isinstance(item, dict) for item in records) else None


def issues(found: Any) -> Iterator[Issue]:
    """What a status says in its ``errors``, ``runtimeErrors`` and ``queryGqlErrors``: text, JSON as text, or lists."""
    if isinstance(found, str):
        inner = json_in_text(found)
        if inner is not None:
            yield from issues(inner)
        elif found.strip():
            yield Issue(found.strip())
    elif isinstance(found, list):
        for item in found:
            yield from issues(item)
    elif isinstance(found, dict):
        yield _issue(found)


def _issue(found: dict[str, Any]) -> Issue:
    """What one object says; its message may be null (workflows.json `GraphQLBulkJobError`)."""
    message = found.get("message") or found.get("detail") or found.get("error")
    more, field, position = found.get("additionalData"), found.get("field"), found.get("index")
    data = more if isinstance(more, dict) else {}
    if not isinstance(message, str):
        told = "; ".join(str(value) for value in data.values() if value)
        message = told or json.dumps(found)
    # GraphQL's own errors have a list of names there.
    named = ".".join(map(str, field)) if isinstance(field, list) else str(field or "")
    return Issue(message, position if isinstance(position, int) else None, named, data)
