"""REST v3: how a query becomes calls, and how REST's records become canonical rows and back. Pure, no I/O.

Lists are ``POST {entity}/query/{parent}`` with the parent's id, a page by the index of its first row. Source:
platform_rest_v3.md "Queries and pages", "Updates", "Values".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from adplatforms.core import query as core
from adplatforms.core.dialect import Plan
from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, NotFoundError
from adplatforms.core.expr import Condition
from adplatforms.core.messages import Answer, Request, path_segment
from adplatforms.core.paging import Page, in_turn, offsets, several

from .. import known, shapes
from ..base import TTDEntity
from ..calls import AHEAD, Route, rest_call
from ..mapped import Archived, Mapped
from ..read import json_object, optional_json
from ..scope import Terms, identity_of, ids_of, one_of, resolved
from .endpoints import PLACES, Place, Query
from .records import body_of, canonical, dig, identify

__all__ = ["RestReading", "archive", "delete", "has", "plan", "plan_one", "reads_one", "settled", "write"]

PAGE = 100
"""Rows a call asks for unless the query says otherwise; the vendor recommends 100 to 1000 [D]."""

SMALL = 25
"""Rows of a page that is not read in smaller parts."""

Row = dict[str, Any]


@dataclass(frozen=True)
class RestReading:
    """What a REST call reads: kept as the request's `subject`.

    `shape`: "one", "page" (with the index of the first row, its size), or "inside" (a list in another record, at
    `path`). `fixed`: values that every row has. `required`: whether a record that does not exist is an error.
    `again`: the same call for another first row and size. `expected`: the values that rows can have, by wire name.
    """

    model: type[Entity]
    shape: str
    first: int = 0
    size: int = 0
    path: str = ""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    required: bool = True
    again: Callable[[int, int], Request] | None = None
    expected: Mapping[str, Collection[Any]] = field(default_factory=dict)

    def page(self, answer: Answer) -> Page:
        """The rows of an answer."""
        try:
            found = json_object(answer)
        except NotFoundError:
            if self.required:
                raise
            return Page([], extra={"request": answer.request})
        return self.rows(found, answer.request)

    def rows(self, found: Any, request: Request | None = None) -> Page:
        """The rows of an answer's JSON. A ValueError where what was asked for is not there: that is never taken for no
        rows."""
        rows = [canonical(self.model, record) for record in self._records(found)]
        if self.shape == "one":
            shapes.identified(rows[0])
        shapes.belonging(rows, self.expected)
        for row in rows:
            for name, value in self.fixed.items():
                row.setdefault(name, value)
            identify(self.model, row)
        page = Page(rows, extra={"request": request})
        if self.shape == "page":
            page.total = shapes.total(found.get("TotalFilteredCount"))
        return page

    def _records(self, found: Any) -> list[Row]:
        """The records as REST has them."""
        if self.shape == "one":
            return [found]
        if self.shape == "inside":
            owner = canonical(self.model._registry.find(_place(self.model).inside[0]), found)
            shapes.identified(owner)
            shapes.belonging([owner], {"id": tuple(self.fixed.values())})
            there, records = dig(found, self.path.split("."))
            if not there:
                raise ValueError(f"expected {self.path}")
            return [] if records is None else shapes.records(records)
        if self.size == 0 and "Result" not in found:  # only the totals were asked for
            shapes.member(found, "TotalFilteredCount")
            return []
        return shapes.records(shapes.member(found, "Result"))

    @property
    def halves(self) -> list[Request]:
        """The calls that read the same page in two parts; none where it is small."""
        if self.again is None or self.size <= SMALL:
            return []
        half = self.size // 2
        return [self.again(self.first, half), self.again(self.first + half, self.size - half)]


def has(model: type[Entity]) -> bool:
    """Whether REST has a class."""
    return cast("type[TTDEntity]", model)._rest in PLACES


def reads_one(model: type[Entity]) -> bool:
    """Whether REST reads a record of a class by its id."""
    return has(model) and _place(model).get


def plan(query: core.Query[Any], route: Route) -> Plan:
    """The calls that answer a query, and who filters what."""
    model, terms = query.model, resolved(query)
    place = _place(model)
    _check_includes(query)
    identity = identity_of(terms.conditions)
    if identity is not None and place.get:
        terms.check_parents(model)
        requests = [_one(model, value, route, required=False) for value in ids_of(identity)]
        return _several(query, terms, requests, (identity,))
    word, ids, naming = _parent(model, place, terms)
    if place.inside[0]:
        requests = [_inside(model, place, value, route, required=len(ids) == 1) for value in ids]
        return _several(query, terms, requests, (naming,) if naming is not None else ())
    return _listed(query, terms, route, _Parents(word, ids, naming))


def _check_includes(query: core.Query[Any]) -> None:
    """REST sends nothing along: what is included is listed by the ids that records know of each other."""
    for name in {chain[0] for chain in query.includes}:
        relation = query.model._relations[name]
        known = relation.target._fields if relation.many else query.model._fields
        if relation.by not in known:
            raise ClientError(
                f"REST does not tell the {name} of {query.model.collection}", hint='ttd.using(route="graphql")'
            )


def plan_one(query: core.Query[Any], entity_id: Any, route: Route) -> Request | None:
    """The call for one record by id; None where only lists have it."""
    return _one(query.model, entity_id, route) if _place(query.model).get else None


def _place(model: type[Entity]) -> Place:
    name = cast("type[TTDEntity]", model)._rest
    if name not in PLACES:
        raise ClientError(f"REST has no {model.collection}", hint='ttd.using(route="graphql")')
    return PLACES[name]


def _one(model: type[Entity], entity_id: Any, route: Route, required: bool = True) -> Request:
    reading = RestReading(model, "one", required=required, expected={"id": (entity_id,)})
    return route.rest("GET", f"{_place(model).path}/{path_segment(entity_id)}", subject=reading)


def _inside(model: type[Entity], place: Place, parent_id: Any, route: Route, required: bool) -> Request:
    parent, path = place.inside
    owner = model._registry.find(parent)
    by = model._relations[parent].by
    fixed = {model._fields[by].wire: parent_id}
    reading = RestReading(model, "inside", path=path, fixed=fixed, required=required)
    return route.rest("GET", f"{_place(owner).path}/{path_segment(parent_id)}", subject=reading)


@dataclass(frozen=True)
class _Parents:
    """The parents of a listing: the word for them, their ids, and the condition that names them."""

    word: str
    ids: list[Any]
    naming: Condition | None


def _parent(model: type[Entity], place: Place, terms: Terms) -> tuple[str, list[Any], Condition | None]:
    """The parents that a query names, among those by which REST lists the class."""
    words = [place.inside[0]] if place.inside[0] else list(place.queries)
    for parent, value in terms.parents:
        if parent._type in words:
            terms.check_parents(model, parent)
            return parent._type, value if isinstance(value, list) else [value], None
    terms.check_parents(model, hint="" if "" in words else one_of(words))
    for condition in terms.conditions:
        if condition.op in ("==", "in"):
            for word in words:
                relation = model._relations.get(word)
                if relation is not None and relation.by == condition.field.name:
                    return word, ids_of(condition), condition
    if "" in words:
        return "", [None], None
    raise ClientError(f"REST lists {model.collection} of a parent only", hint=one_of(words))


def _several(query: core.Query[Any], terms: Terms, requests: list[Request], pushed: tuple[Condition, ...]) -> Plan:
    """Calls that each bring all they have."""
    if query.order or query.token:
        raise ClientError("REST sorts and resumes one list, and this is not one", hint="use sorted()")
    return Plan(
        requests[0] if requests else Request("GET", "nothing"),
        lambda: several(*requests),
        query.size or PAGE,
        ahead=min(query.ahead or AHEAD, AHEAD) if len(requests) > 1 else 1,
        pushed=pushed,
        local=tuple(c for c in terms.conditions if c not in pushed),
        skip_here=query.start,
        most_calls=len(requests),
        told=f"REST GET of {len(requests)} records" if requests else "nothing to ask for",
    )


def _listed(query: core.Query[Any], terms: Terms, route: Route, parents: _Parents) -> Plan:
    """The query endpoint of each parent, page after page."""
    model = query.model
    endpoint = _place(model).queries[parents.word]
    apart = [word for word, query in _place(model).queries.items() if query.templates]
    templates = next((c for c in terms.conditions if c.field.wire == "isTemplate" and c.op == "=="), None)
    pushed: list[Condition] = [parents.naming] if parents.naming is not None else []
    rechecked: list[Condition] = []
    body: Row = {}
    notes: list[str] = []
    if templates is not None and apart:
        pushed.append(templates)
        if templates.value and not endpoint.templates:
            raise ClientError(f"REST lists templates by {apart[0]} only", hint=f"limit={{{apart[0]!r}: id}}")
        endpoint = Query(endpoint.templates, endpoint.parent) if templates.value else endpoint
        notes = []
    elif apart:
        notes.append("REST leaves templates out: where(is_template=True) lists them")
    if endpoint.status:
        notes.append(f"the vendor's documents call POST {endpoint.path} {endpoint.status}")
    for condition in terms.conditions:
        told, exact = _pushed(condition, body)
        if told:
            (pushed if exact else rechecked).append(condition)
            body.update(told)
    if any(isinstance(f, Archived) for f in model._fields.values()):
        body.setdefault("Availabilities", ["Available", "Archived"])
    if query.order:
        ends = [] if any(order.field.name == "id" for order in query.order) else [model._fields["id"].asc()]
        body["SortFields"] = [_sort(order) for order in (*query.order, *ends)]  # offsets over ties lose rows
    local = tuple(c for c in terms.conditions if c not in pushed and c not in rechecked)
    here = bool(local or rechecked)
    single = len(parents.ids) == 1
    if (query.token or query.order) and len(parents.ids) > 1:
        raise ClientError("several listings are not sorted or resumed as one", hint="list the parents one by one")
    start = _resumed(query.token) if query.token else 0 if here or not single else query.start
    size = query.size or PAGE
    if query.most is not None and not here and start == query.start:
        size = max(1, min(size, query.most))
    given = {**body, **dict(query.extra)}
    listings = [_PageOf(model, route, endpoint, given, value, parents.word) for value in parents.ids]
    most = None if here or not single else query.most
    return Plan(
        listings[0].at(start, size) if listings else Request("POST", endpoint.path),
        lambda: in_turn(*(offsets(partial(each.at, size=size), size, start, most) for each in listings)),
        size,
        ahead=min(query.ahead or 2, AHEAD),
        pushed=tuple(pushed),
        rechecked=tuple(rechecked),
        local=local,
        notes=tuple(notes),
        most_calls=None if listings else 0,
        chains=len(listings),
        told=f"REST POST {endpoint.path}" if listings else "nothing to ask for",
        skip_here=0 if query.token else query.start - start,
        count=listings[0].at(0, 0) if single and not here else None,
    )


@dataclass(frozen=True)
class _PageOf:
    """The listing of one parent by a query endpoint."""

    model: type[Entity]
    route: Route
    endpoint: Query
    given: Row
    parent_id: Any
    word: str

    def at(self, first: int, size: int) -> Request:
        """The call for a page from a row on; size 0 asks for the totals alone."""
        body = {**self.given, "PageStartIndex": first, "PageSize": size}
        fixed: Row = {}
        if self.endpoint.parent:
            body = {self.endpoint.parent: self.parent_id, **body}
            relation = self.model._relations.get(self.word)
            if relation is not None and relation.by:
                fixed = {self.model._fields[relation.by].wire: self.parent_id}
        # What is available to a parent may belong to another one.
        expected = {} if self.endpoint.path.endswith("/available") else {name: (one,) for name, one in fixed.items()}
        reading = RestReading(self.model, "page", first, size, fixed=fixed, again=self.at, expected=expected)
        return self.route.rest("POST", self.endpoint.path, body, reading)


def _resumed(token: str) -> int:
    """The row that a token stands for."""
    if not token.isdecimal() or len(token) > 18:
        raise ClientError(f"{token!r} is no token of a REST listing", hint="page.token, of query.pages()")
    return int(token)


def _pushed(condition: Condition, body: Row) -> tuple[Row, bool]:
    """What of a query's body says a condition, and whether it says it exactly; empty where nothing does."""
    declared = condition.field
    if isinstance(declared, Archived) and condition.op == "==" and "Availabilities" not in body:
        return {"Availabilities": ["Archived" if condition.value else "Available"]}, True
    if declared.name == "name" and "SearchTerms" not in body:
        if condition.op == "==":
            return {"SearchTerms": [condition.value]}, False
        if condition.op == "~" and known.CONTAINS_IGNORES_CASE:
            longest = max(condition.value.split("*"), key=len)
            return ({"SearchTerms": [longest]}, False) if longest else ({}, False)
    return {}, False


def _sort(order: Any) -> Row:
    path = getattr(order.field, "rest", "")
    if not path:
        raise ClientError(f"REST does not sort by {order.field.name}", hint="use sorted()")
    return {"FieldId": path, "Ascending": not order.descending}


# writing


def write(entity: Entity, values: Mapping[str, Any], route: Route, strict: bool) -> Request:
    """``POST {entity}`` creates, ``PUT {entity}`` changes what is named. strict: unknown and read-only properties are
    refused by the server instead of ignored (``TTD-Strict-Mode``)."""
    created = entity._raw.get("id") is None
    place = _place(type(entity))
    if not place.path or not (place.create if created else place.update):
        what = "create" if created else "change"
        raise ClientError(f"REST cannot {what} {entity._label()}")
    missing = [n for n, f in entity._fields.items() if created and f.required and n not in values]
    if missing:
        told = ", ".join(missing)
        raise ClientError(f"{entity._label()} cannot be created without {told}", hint=f"set {told}")
    headers = {"TTD-Strict-Mode": "true"} if strict else {}
    method = "POST" if created else "PUT"
    return route.rest(method, place.path, body_of(entity, values), type(entity), writes=True, headers=headers)


def archive(entity: Entity, route: Route) -> tuple[Request, dict[str, Any]]:
    """``PUT`` with ``Availability: "Archived"`` [3:1, the vendor's documents show only ``Available``], for those that
    have it; whether it can be undone is in no fact."""
    declared = entity._fields.get("is_archived")
    place = _place(type(entity))
    if declared is None or not place.update:
        raise ClientError(f"The Trade Desk cannot archive {entity._label()}")
    archived, identity = cast("Mapped", declared), cast("Mapped", entity._fields["id"])
    body = {identity.rest: entity._raw["id"], archived.rest: archived.to_rest(True)}
    return route.rest("PUT", place.path, body, type(entity), writes=True), {"is_archived": True}


def delete(entity: Entity, route: Route) -> Request:
    """``DELETE {entity}/{id}``, for bid lists and campaign flights [D]."""
    place = _place(type(entity))
    if not place.delete:
        hint = "archive() it instead" if "is_archived" in entity._fields else ""
        raise ClientError(f"The Trade Desk cannot delete {entity._label()}", hint=hint)
    return route.rest("DELETE", f"{place.path}/{path_segment(entity._raw['id'])}", None, type(entity), writes=True)


def settled(answer: Answer) -> Row | None:
    """The canonical row of a write's answer; None where it is a bare success: status 240, which only an update can
    have, and whatever answers a delete, of which the facts show nothing."""
    call = rest_call(answer.request)
    if call.method == "DELETE":
        optional_json(answer)
        return None
    if answer.status == 240 and call.method == "PUT":
        return None
    row = canonical(answer.request.subject, json_object(answer))
    shapes.identified(row)
    return row
