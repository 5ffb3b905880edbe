"""REST v3: how a query becomes calls. No I/O.

Lists are ``POST {entity}/query/{parent}`` with the parent's id, a page by the index of its first row. Source:
platform_rest_v3.md "Queries and pages".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from adplatforms.core.dialect import Plan
from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.expr import Condition, Order
from adplatforms.core.messages import Request, path_segment
from adplatforms.core.offsets import offsets
from adplatforms.core.paging import in_turn, several
from adplatforms.core.query import Query

from .. import known
from ..calls import Calls
from ..limits import MAX_IN_FLIGHT
from ..mapped import Archived
from ..scope import Terms, identity_of, ids_of, one_of
from .endpoints import Endpoint, Endpoints, endpoints_of, has
from .read import RestReading

__all__ = ["lists", "plan", "plan_one", "reads_one"]

PAGE = 100
"""Rows a call asks for unless the query says otherwise; the vendor recommends 100 to 1000 [D]."""

Row = dict[str, Any]


def reads_one(model: type[Entity]) -> bool:
    """Whether REST reads a record of a class by its id."""
    return has(model) and endpoints_of(model).get


def lists(model: type[Entity], terms: Terms) -> bool:
    """Whether REST answers a query: it names ids, or a parent that REST lists the class by."""
    endpoints = endpoints_of(model)
    if identity_of(terms.conditions) is not None:
        return endpoints.get
    return any(_named_parent(model, condition, endpoints.parent_types) for condition in terms.conditions)


def plan(query: Query[Any], terms: Terms, calls: Calls) -> Plan:
    """The calls that answer a query, and who filters what."""
    model = query.model
    endpoints = endpoints_of(model)
    _check_includes(query)
    # By ids records are read one by one: no query endpoint filters by them.
    identity = identity_of(terms.conditions)
    if identity is not None and endpoints.get:
        terms.check_parents(model)
        requests = [_one(model, value, calls, required=False) for value in ids_of(identity)]
        return _several(query, terms, requests, (identity,))
    parents = _parents(model, endpoints, terms)
    if endpoints.inside[0]:
        # Of several parents one may be gone; a single one was named on purpose.
        required = len(parents.ids) == 1
        requests = [_inside(model, endpoints, value, calls, required) for value in parents.ids]
        return _several(query, terms, requests, parents.conditions)
    return _listed(query, terms, calls, parents)


def plan_one(query: Query[Any], entity_id: Any, calls: Calls) -> Request | None:
    """The call for one record by id; None where only lists have it."""
    if not reads_one(query.model):
        return None
    return _one(query.model, entity_id, calls)


def _check_includes(query: Query[Any]) -> None:
    """REST sends nothing along: what is included is listed by the ids that records know of each other."""
    for name in {chain[0] for chain in query.includes}:
        relation = query.model.__model__.relations[name]
        known_fields = relation.target.__model__.fields if relation.many else query.model.__model__.fields
        if relation.by not in known_fields:
            raise ClientError(
                f"REST does not tell the {name} of {query.model.collection}", hint='ttd.using(route="graphql")'
            )


def _one(model: type[Entity], entity_id: Any, calls: Calls, required: bool = True) -> Request:
    reading = RestReading(model, "one", required=required, expected={"id": (entity_id,)})
    return calls.rest("GET", f"{endpoints_of(model).path}/{path_segment(entity_id)}", reader=reading)


def _inside(model: type[Entity], endpoints: Endpoints, parent_id: Any, calls: Calls, required: bool) -> Request:
    """The call for the record that holds the records of a class."""
    parent, path = endpoints.inside
    owner = model.__model__.registry.find(parent)
    by = model.__model__.relations[parent].by
    fixed = {model.__model__.fields[by].wire: parent_id}
    reading = RestReading(model, "inside", path=path, owner=owner, fixed=fixed, required=required)
    return calls.rest("GET", f"{endpoints_of(owner).path}/{path_segment(parent_id)}", reader=reading)


@dataclass(frozen=True)
class _Parents:
    """The parents of a listing: their type, their ids, and the condition that names them (none for a limit)."""

    type: str
    ids: list[Any]
    conditions: tuple[Condition, ...] = ()


def _parents(model: type[Entity], endpoints: Endpoints, terms: Terms) -> _Parents:
    """The parents that a query names, among those by which REST lists the class."""
    types = endpoints.parent_types
    for parent, ids in terms.parents:
        if parent.__model__.type in types:
            terms.check_parents(model, parent)
            return _Parents(parent.__model__.type, ids)
    listed_without_parent = "" in types
    hint = "" if listed_without_parent else one_of(types)
    terms.check_parents(model, hint=hint)
    for condition in terms.conditions:
        parent_type = _named_parent(model, condition, types)
        if parent_type:
            return _Parents(parent_type, ids_of(condition), (condition,))
    if listed_without_parent:
        return _Parents("", [None])
    raise ClientError(f"REST lists {model.collection} of a parent only", hint=one_of(types))


def _named_parent(model: type[Entity], condition: Condition, types: list[str]) -> str:
    """The type of the parent that a condition names; empty where it names none of these."""
    if condition.op not in ("==", "in"):
        return ""
    for parent_type in types:
        relation = model.__model__.relations.get(parent_type)
        if relation is not None and relation.by == condition.field.name:
            return parent_type
    return ""


def _several(query: Query[Any], terms: Terms, requests: list[Request], pushed: tuple[Condition, ...]) -> Plan:
    """Calls that each bring all they have."""
    if query.order or query.token:
        raise ClientError("REST sorts and resumes one list, and this is not one", hint="use sorted()")
    local = tuple(c for c in terms.conditions if c not in pushed)
    if not requests:
        return _nothing(query, pushed, local)
    in_flight = 1
    if len(requests) > 1:
        in_flight = min(query.ahead or MAX_IN_FLIGHT, MAX_IN_FLIGHT)
    return Plan(
        requests[0],
        lambda: several(*requests),
        query.size or PAGE,
        ahead=in_flight,
        pushed=pushed,
        local=local,
        skip_here=query.start,
        most_calls=len(requests),
        description=lambda: f"REST GET of {len(requests)} records",
    )


def _nothing(query: Query[Any], pushed: Collection[Condition], local: tuple[Condition, ...]) -> Plan:
    """The plan of a query that names an empty list of ids, or of parents: no call at all."""
    never_sent = Request("GET", "nothing")
    return Plan(
        never_sent,
        several,
        query.size or PAGE,
        pushed=tuple(pushed),
        local=local,
        most_calls=0,
        description=lambda: "nothing to ask for",
    )


@dataclass
class _Filters:
    """What the body of a listing says of a query, which conditions that fulfils, and what a user should know."""

    endpoint: Endpoint
    body: Row = field(default_factory=dict)
    pushed: list[Condition] = field(default_factory=list)
    rechecked: list[Condition] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _listed(query: Query[Any], terms: Terms, calls: Calls, parents: _Parents) -> Plan:
    """The query endpoint of each parent, page after page."""
    if (query.token or query.order) and len(parents.ids) > 1:
        raise ClientError("several listings are not sorted or resumed as one", hint="list the parents one by one")
    filters = _filters(query, terms, parents)
    local = tuple(c for c in terms.conditions if c not in filters.pushed and c not in filters.rechecked)
    filtered_here = bool(local or filters.rechecked)
    single = len(parents.ids) == 1
    # Where the server filters all of a single list, it can also skip what comes before the first row that is wanted.
    server_skips = single and not filtered_here
    start = _start(query, server_skips)
    size = query.size or PAGE
    if query.most is not None and not filtered_here and start == query.start:
        size = max(1, min(size, query.most))
    given = {**filters.body, **dict(query.extra)}
    listings = [_Listing(query.model, calls, filters.endpoint, given, value, parents.type) for value in parents.ids]
    if not listings:
        return _nothing(query, filters.pushed, local)
    most = query.most if server_skips else None
    return Plan(
        listings[0].at(start, size),
        lambda: in_turn(*(offsets(partial(each.at, size=size), size, start, most) for each in listings)),
        size,
        # Query endpoints are strictly rate limited [D]: two at once, unless the query says otherwise.
        ahead=min(query.ahead or 2, MAX_IN_FLIGHT),
        pushed=tuple(filters.pushed),
        rechecked=tuple(filters.rechecked),
        local=local,
        notes=tuple(filters.notes),
        chains=len(listings),
        description=lambda: f"REST POST {filters.endpoint.path}",
        skip_here=0 if query.token else query.start - start,
        count=partial(listings[0].at, 0, 0) if server_skips else None,
    )


def _start(query: Query[Any], server_skips: bool) -> int:
    """The index of the first row that is asked for."""
    if query.token:
        return _resumed(query.token)
    return query.start if server_skips else 0


def _resumed(token: str) -> int:
    """The row that a token stands for."""
    # Up to 18 digits fit any server's number: more would be an error that it does not explain.
    if not token.isdecimal() or len(token) > 18:
        raise ClientError(f"{token!r} is not a token of a REST listing", hint="page.token, of query.pages()")
    return int(token)


def _filters(query: Query[Any], terms: Terms, parents: _Parents) -> _Filters:
    """What the query endpoint can filter and sort by."""
    model = query.model
    filters = _Filters(endpoints_of(model).queries[parents.type], pushed=list(parents.conditions))
    _choose_templates(model, terms, filters)
    if filters.endpoint.status:
        filters.notes.append(f"the vendor's documents call POST {filters.endpoint.path} {filters.endpoint.status}")
    for condition in terms.conditions:
        _push(condition, filters)
    if any(isinstance(each, Archived) for each in model.__model__.fields.values()):
        # Without it REST leaves archived records out, which every other surface shows.
        filters.body.setdefault("Availabilities", ["Available", "Archived"])
    if query.order:
        filters.body["SortFields"] = _sort_fields(query)
    return filters


def _choose_templates(model: type[Entity], terms: Terms, filters: _Filters) -> None:
    """Chooses the endpoint that lists templates, where the query asks for these: the other one leaves them out."""
    by_parent = [parent for parent, endpoint in endpoints_of(model).queries.items() if endpoint.templates]
    if not by_parent:
        return
    wanted = next((c for c in terms.conditions if c.field.wire == "isTemplate" and c.op == "=="), None)
    if wanted is None:
        filters.notes.append("REST leaves templates out: where(is_template=True) lists them")
        return
    # Either endpoint has only what it lists, so that the condition holds for all of its rows.
    filters.pushed.append(wanted)
    if wanted.value:
        if not filters.endpoint.templates:
            raise ClientError(f"REST lists templates by {by_parent[0]} only", hint=f"limit={{{by_parent[0]!r}: id}}")
        filters.endpoint = Endpoint(filters.endpoint.templates, filters.endpoint.parent)


def _push(condition: Condition, filters: _Filters) -> None:
    """Adds to the body what says a condition, exactly or wider; most conditions REST cannot express."""
    declared, body = condition.field, filters.body
    if isinstance(declared, Archived) and condition.op == "==" and "Availabilities" not in body:
        body["Availabilities"] = ["Archived" if condition.value else "Available"]
        filters.pushed.append(condition)
    elif declared.name == "name" and "SearchTerms" not in body:
        # Search terms are compared with several properties, ids and descriptions among them [D].
        term = _search_term(condition)
        if term:
            body["SearchTerms"] = [term]
            filters.rechecked.append(condition)


def _search_term(condition: Condition) -> str:
    """The text by which REST finds at least the names that a condition means; empty where there is none."""
    if condition.op == "==":
        return str(condition.value)
    if condition.op == "~" and known.CONTAINS_IGNORES_CASE:
        return str(max(condition.value.split("*"), key=len))
    return ""


def _sort_fields(query: Query[Any]) -> list[Row]:
    """The order as REST takes it. The id comes last: pages by offset lose rows where rows have equal values."""
    orders = list(query.order)
    if all(order.field.name != "id" for order in orders):
        orders.append(query.model.__model__.fields["id"].asc())
    return [_sort_field(order) for order in orders]


def _sort_field(order: Order) -> Row:
    path = getattr(order.field, "rest", "")
    if not path:
        raise ClientError(f"REST does not sort by {order.field.name}", hint="use sorted()")
    return {"FieldId": path, "Ascending": not order.descending}


@dataclass(frozen=True)
class _Listing:
    """The listing of one parent by a query endpoint. `given`: the body without parent and page."""

    model: type[Entity]
    calls: Calls
    endpoint: Endpoint
    given: Row
    parent_id: Any
    parent_type: str

    def at(self, first: int, size: int) -> Request:
        """The call for a page from a row on; size 0 asks for the totals alone."""
        body = {**self.given, "PageStartIndex": first, "PageSize": size}
        # The parent comes first, as in the vendor's samples; the order has no meaning.
        if self.endpoint.parent:
            body = {self.endpoint.parent: self.parent_id, **body}
        reading = RestReading(
            self.model, "page", first, size, fixed=self._fixed, again=self.at, expected=self._expected
        )
        return self.calls.rest("POST", self.endpoint.path, body, reading)

    @property
    def _fixed(self) -> Mapping[str, Any]:
        """The parent's id, which rows have because they were asked for by it."""
        relation = self.model.__model__.relations.get(self.parent_type)
        if not self.endpoint.parent or relation is None or not relation.by:
            return {}
        return {self.model.__model__.fields[relation.by].wire: self.parent_id}

    @property
    def _expected(self) -> Mapping[str, Collection[Any]]:
        # What is available to a parent may belong to another one.
        if self.endpoint.path.endswith("/available"):
            return {}
        return {name: (value,) for name, value in self._fixed.items()}
