"""GraphQL documents: a listing of a connection, one record by id, a mutation. Text and variables, no I/O.

Source: graphql.md "Pagination", "where", "order", "Reading: root fields". Variables in filters are ``String`` (ids and
text), ``Boolean`` or ``Long``; the id of a root field is ``ID!``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from adplatforms.core.entity import Entity
from adplatforms.core.errors import InvalidValueError, NotFoundError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.paging import Page

from .. import shapes
from ..known import VARIABLE_TYPES
from ..mapped import Id
from ..read import graphql_parts
from .selection import PAGE_INFO, Selection

__all__ = [
    "Document",
    "Filter",
    "Listing",
    "Reading",
    "Word",
    "declared",
    "following",
    "halved",
    "literal",
    "mutation",
    "one",
]

SMALL = 25
"""Rows of a page that is not asked for in smaller parts."""


class Document(NamedTuple):
    """A document with its variables."""

    text: str
    variables: dict[str, Any]


class Filter(NamedTuple):
    """A condition of a connection: GraphQL's field and operator, and the value."""

    field: str
    operator: str
    value: Any


@dataclass(frozen=True)
class Reading:
    """What a request reads, and how its answer becomes rows: kept as the request's `subject`.

    `path`: where the rows are in the data. `shape`: "connection", "list" or "one". `fixed`: values that every row has
    because of what was asked for. `required`: what does not exist if the answer is null; empty where null means none.
    `paged`: whether pages were asked for, so that a connection has to tell where it goes on. `counts`: whether the
    total was asked for. `expected`: the values that rows can have, by wire name, because the server filters by them.
    """

    selection: Selection
    path: tuple[str, ...]
    shape: str = "connection"
    fixed: Mapping[str, Any] = field(default_factory=dict)
    required: str = ""
    paged: bool = True
    counts: bool = False
    expected: Mapping[str, Collection[Any]] = field(default_factory=dict)

    @property
    def model(self) -> type[Entity]:
        """The class that is read."""
        return self.selection.model

    def page(self, answer: Answer) -> Page:
        """The rows of an answer."""
        data, _ = graphql_parts(answer, self.path)
        return self.rows(data, answer.request)

    def rows(self, data: Any, request: Request | None = None) -> Page:
        """The rows of the data of an answer. A ValueError where what was asked for is not there: that is never taken
        for no rows."""
        *way, last = self.path
        for step in way:
            data = shapes.member(data, step)
            if data is None:
                return self._nothing(request)
        data = shapes.member(data, last)
        if data is None and self.shape == "one":
            return self._nothing(request)
        page = Page([], extra={"request": request})
        if self.shape == "connection":
            page.rows = shapes.records(shapes.member(data, "nodes"), nulls=True)
            page.next = shapes.cursor(shapes.member(data, "pageInfo")) if self.paged else None
            page.total = shapes.total(shapes.member(data, "totalCount") if self.counts else data.get("totalCount"))
        else:
            page.rows = shapes.records([data] if self.shape == "one" else data, nulls=True)
        if self.shape == "one":
            shapes.identified(page.rows[0])
        self.selection.adapt(page.rows)
        shapes.belonging(page.rows, {**{name: (value,) for name, value in self.fixed.items()}, **self.expected})
        for name, value in self.fixed.items():
            for row in page.rows:
                row.setdefault(name, value)
        return page

    def _nothing(self, request: Request | None) -> Page:
        """What a null stands for: a parent, or a record, that is not there or cannot be seen."""
        if self.required:
            raise NotFoundError(f"{self.required} does not exist, or this user may not see it")
        return Page([], extra={"request": request})


@dataclass(frozen=True)
class Listing:
    """A list to read: a root connection (`root`), or the `connection` of one parent (root field `root`, `parent_id`).

    `name` is the connection's name in `known.FILTERS`.
    """

    selection: Selection
    name: str
    root: str
    connection: str = ""
    parent_id: Any = None
    plain: bool = False
    filters: tuple[Filter, ...] = ()
    order: tuple[str, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    required: str = ""

    def document(self, size: int, after: str | None = None) -> Document:
        """The document of a page of this size, after a cursor; the next one has another variable ``after``."""
        document = self._document(self.page, size)
        return document if after is None else Document(document.text, {**document.variables, "after": after})

    def count(self) -> Document:
        """The document that asks for the total alone."""
        return self._document(f"totalCount nodes {{ id }} {PAGE_INFO}", 1)

    def _document(self, wanted: str, size: int) -> Document:
        types, variables = self.variables(size)
        if self.parent_id is not None:
            types["parent"], variables["parent"] = "ID!", str(self.parent_id)
        return declared(types, variables, self._placed(self.connected(wanted), "$parent"))

    def bulk(self) -> str:
        """The document as a bulk job takes it: no variables, no pages; the server walks them all."""
        wanted = self.selection.text if self.plain else f"nodes {{ {self.selection.text} }}"
        return self._placed(self.connected(wanted, literally=True), literal(str(self.parent_id)))

    @property
    def outline(self) -> str:
        """What is read, for people: the document without its fields."""
        return self._placed(self.connected("...", literally=True), literal(str(self.parent_id)))

    @property
    def page(self) -> str:
        """What is selected of the list."""
        return self.selection.text if self.plain else f"nodes {{ {self.selection.text} }} {PAGE_INFO}"

    def variables(self, size: int) -> tuple[dict[str, str], dict[str, Any]]:
        """The variables of the list: their types and values."""
        types: dict[str, str] = {} if self.plain else {"first": "Int!", "after": "String"}
        values: dict[str, Any] = {} if self.plain else {"first": size}
        for name, operator, value in self.filters:
            types[name], values[name] = self._type(name, operator, value), value
        return types, values

    def connected(self, wanted: str, literally: bool = False) -> str:
        """The list with its arguments and what is selected of it; literally: without variables and pages."""
        arguments = [] if literally or self.plain else ["first: $first", "after: $after"]
        terms = [f"{name}: {{{op}: {literal(value) if literally else '$' + name}}}" for name, op, value in self.filters]
        if terms:
            arguments.append(f"where: {{{', '.join(terms)}}}")
        if self.order:
            arguments.append(f"order: [{', '.join(self.order)}]")
        called = f"({', '.join(arguments)})" if arguments else ""
        return f"{self.connection or self.root}{called} {{ {wanted} }}"

    def _placed(self, connected: str, parent: str) -> str:
        if self.parent_id is None:
            return f"{{ {connected} }}"
        return f"{{ {self.root}(id: {parent}) {{ {connected} }} }}"

    def _type(self, name: str, operator: str, value: Any) -> str:
        """The type of a filter's variable."""
        sample = value[0] if operator == "in" and value else value
        kind = VARIABLE_TYPES.get(f"{self.name}.{name}", "Boolean" if isinstance(sample, bool) else "String")
        return f"[{kind}!]!" if operator == "in" else f"{kind}!"

    @property
    def reading(self) -> Reading:
        """How the answers are read."""
        path = (self.root, self.connection) if self.parent_id is not None else (self.root,)
        shape = "list" if self.plain else "connection"
        return Reading(self.selection, path, shape, self.fixed, self.required, expected=self._expected)

    @property
    def _expected(self) -> dict[str, Collection[Any]]:
        """What filters of ids leave possible; other values may be compared by rules of the server's own."""
        ids = [each for each in self.filters if isinstance(self._field(each.field), Id)]
        return {each.field: each.value if each.operator == "in" else (each.value,) for each in ids}

    def _field(self, wire: str) -> Any:
        return next((each for each in self.selection.model._fields.values() if each.wire == wire), None)


def declared(types: Mapping[str, str], variables: Mapping[str, Any], text: str) -> Document:
    """A document that declares its variables."""
    told = ", ".join(f"${name}: {kind}" for name, kind in types.items())
    return Document(f"query({told}) {text}" if told else text, dict(variables))


def following(page: Page) -> Request | None:
    """The request of the page after this one: the same document from its cursor on."""
    request: Request = page.extra["request"]
    if page.next is None:
        return None
    variables = {**request.json["variables"], "after": page.next}
    return replace(request, json={**request.json, "variables": variables})


def halved(request: Request) -> list[Request]:
    """The same page, half as long; none where it is small, or no page."""
    variables = request.json.get("variables") or {}
    first = variables.get("first", 0)
    if first <= SMALL:
        return []
    return [replace(request, json={**request.json, "variables": {**variables, "first": first // 2}})]


def one(selection: Selection, root: str, entity_id: Any) -> tuple[Document, Reading]:
    """The document of one record by id."""
    text = f"query($id: ID!) {{ {root}(id: $id) {{ {selection.text} }} }}"
    reading = Reading(selection, (root,), "one", expected={"id": (entity_id,)})
    return Document(text, {"id": str(entity_id)}), reading


def mutation(name: str, values: Mapping[str, Any], selection: str = "id", errors: str = "") -> str:
    """A mutation with its input written out: the facts name no input types to declare variables with.

    `errors`: the selection of what is refused; by default that of the older payloads, ``userErrors``.
    """
    told = errors or "userErrors { field message }"
    chosen = f"data {{ {selection} }}" if selection else "data"
    return f"mutation {{ {name}(input: {literal(values)}) {{ {chosen} {told} }} }}"


def literal(value: Any) -> str:
    """A value as it stands in a document; `Word` for the bare words of enums."""
    if isinstance(value, Word):
        return str(value)
    if isinstance(value, Mapping):
        wrong = [name for name in value if not re.fullmatch(r"[_A-Za-z]\w*", name, re.ASCII)]
        if wrong:
            raise InvalidValueError(f"{wrong[0]!r} is no name in GraphQL")
        return "{" + ", ".join(f"{name}: {literal(item)}" for name, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(literal, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


class Word(str):
    """An enum value, which GraphQL writes without quotes."""

    __slots__ = ()
