"""Reading by GraphQL: how a query becomes documents. Pure, no I/O.

A list is read from a root connection where its filters are known (`known.FILTERS`), else from the connection inside the
parent that the query names: ``campaign(id) { adGroups }``. Several parents go 20 in a document where their own root
connection filters by id, else one document each, four under way at once; ids go in lists of 100 where the connection
takes ``id: {in}``, else one document each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from adplatforms.core.dialect import Plan
from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.expr import Condition
from adplatforms.core.fields import Bool, Int
from adplatforms.core.paging import Page, Pager, chained, several
from adplatforms.core.query import Query
from adplatforms.core.relations import Relation
from adplatforms.core.values import Request

from . import known
from .documents import Document, Filter, Listing, following, literal, one
from .families import PARENTS, Family, FamilyReading
from .mapped import Id, Mapped
from .routes import AHEAD, Route, fan
from .selection import Names, Selection, nests
from .terms import Terms, children_of, identity_of, ids_of, resolved

__all__ = ["answers", "bulk", "plan", "plan_one"]

PAGE = 100
"""Rows a call asks for unless the query says otherwise, and ids in one filter."""


@dataclass
class _Source:
    """Where the rows of a query come from: lists to read, lists of several parents, or records by id; and which
    conditions that fulfils."""

    listings: list[Listing] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)
    ids: list[Any] = field(default_factory=list)
    pushed: list[Condition] = field(default_factory=list)
    rechecked: list[Condition] = field(default_factory=list)


def plan(query: Query[Any], route: Route, without: Names = frozenset()) -> Plan:
    """The documents that answer a query, and who filters what."""
    if query.extra:
        raise ClientError("a GraphQL document takes no further parameters", hint="ttd.graphql(text, variables)")
    selection = Selection(query.model, query.includes, without)
    terms = resolved(query)
    source = _source(selection, terms)
    local = tuple(c for c in terms.conditions if c not in source.pushed and c not in source.rechecked)
    here = bool(local or source.rechecked)
    size = query.size or PAGE
    if query.most is not None and not here and not query.start:
        size = max(1, min(size, query.most))
    reads: list[Listing | Family] = [*_ordered(query, source), *source.families]
    requests = [route.graphql(_document(each, size, query.token), each.reading) for each in reads]
    requests += [_by_id(selection, entity_id, route) for entity_id in source.ids]
    if query.token and len(requests) != 1:
        raise ClientError("several listings cannot be resumed as one", hint="resume the listing of each parent")
    single = reads[0] if len(requests) == 1 and reads else None
    bounded = query.most is not None or identity_of(terms.conditions) is not None
    counted = isinstance(single, Listing) and not single.plain and not here
    return Plan(
        requests[0] if requests else Request("POST", "graphqlrequest"),
        _pager(requests, reads, size, route),
        size,
        ahead=_ahead(query, requests, bounded),
        pushed=tuple(source.pushed),
        rechecked=tuple(source.rechecked),
        local=local,
        notes=tuple(_notes(query, source, reads, bounded)),
        skip_here=0 if query.token else query.start,
        count=route.graphql(single.count(), single.reading) if isinstance(single, Listing) and counted else None,
        most_calls=None if reads else len(requests),
        chains=max(len(requests), 2 * len(source.families)),
        told=_told(reads, source.ids, query.model),
    )


def _told(reads: Sequence[Listing | Family], ids: Sequence[Any], model: type[Entity]) -> str:
    """The first document in words."""
    if not reads and not ids:
        return "nothing to ask for"
    text = (
        reads[0].outline if reads else f"{{ {known.ROOTS[model.__name__].one}(id: {literal(str(ids[0]))}) {{ ... }} }}"
    )
    return f"GraphQL {text if len(text) < 300 else text[:300] + '...'}"


def _document(read: Listing | Family, size: int, token: str | None) -> Document:
    return read.document(size, token) if isinstance(read, Listing) else read.document(size)


def _pager(
    requests: Sequence[Request], reads: Sequence[Listing | Family], size: int, route: Route
) -> Callable[[], Pager]:
    """One list page after page; several, each to its end; records by id."""
    if not reads:
        return lambda: several(*requests)
    if len(requests) == 1 and isinstance(reads[0], Listing):
        return lambda: chained(requests[0], following)

    def follow(page: Page) -> list[Request]:
        reading = page.extra["request"].subject
        if isinstance(reading, FamilyReading):
            return [route.graphql(document, listing.reading) for listing, document in reading.rest(page, size)]
        after = following(page)
        return [] if after is None else [after]

    return lambda: fan(requests, follow)


def plan_one(query: Query[Any], entity_id: Any, route: Route, without: Names = frozenset()) -> Request | None:
    """The document of one record by id; None where only lists have it."""
    selection = Selection(query.model, query.includes, without)
    return _by_id(selection, entity_id, route) if _root(query.model) else None


def answers(query: Query[Any]) -> bool | None:
    """Whether GraphQL can list what a query asks for: True where nothing else can (the creatives of an ad group), False
    where a parent or a compared field is unknown to it, None where both surfaces may."""
    terms = resolved(query)
    for parent, _ in terms.parents:
        child = children_of(parent, query.model)
        return child is not None and bool(nests(child))
    unknown = [c for c in terms.conditions if isinstance(c.field, Mapped) and not c.field.graphql and c.field.rest]
    return False if unknown else None


def bulk(query: Query[Any], without: Names = frozenset()) -> Listing | Family:
    """The one list that answers a query, for a bulk job. What is filtered or sorted here stays so."""
    source = _source(Selection(query.model, query.includes, without), resolved(query))
    reads: list[Listing | Family] = [*_ordered(query, source), *source.families]
    if len(reads) != 1 or source.ids:
        raise ClientError(
            f"a bulk job reads one list, and this query is {len(reads) + len(source.ids)}",
            hint=f"name at most {PARENTS} parents, or {PAGE} ids",
        )
    return reads[0]


def _ahead(query: Query[Any], requests: Sequence[Request], bounded: bool) -> int:
    """Several documents go four at a time; of one list the next page is fetched ahead, unless few rows are wanted."""
    wanted = min(query.ahead or AHEAD, AHEAD)
    if len(requests) > 1:
        return wanted
    return 1 if bounded else min(wanted, 2)


def _notes(query: Query[Any], source: _Source, reads: Sequence[Listing | Family], bounded: bool) -> Iterator[str]:
    if len(source.ids) > 1:
        yield f"one document for each of {len(source.ids)} ids: {query.model.collection} have no known filter by id"
    elif len(reads) > 1:
        what = f"each {PARENTS} parents" if source.families else f"each of {len(reads)} lists"
        yield f"one document for {what}, {AHEAD} under way at once"
    if query.order:
        yield "the facts show the form of an order and not which fields it takes"
    if not bounded and len(reads) == 1:
        yield "many pages? query.bulk() reads it as one job, without a call per page"


def _by_id(selection: Selection, entity_id: Any, route: Route) -> Request:
    root = known.ROOTS[selection.model.__name__].one
    document, reading = one(selection, root, entity_id)
    return route.graphql(document, reading)


def _root(model: type[Entity]) -> known.Root | None:
    return known.ROOTS.get(model.__name__)


def _source(selection: Selection, terms: Terms) -> _Source:
    """By id, from a root connection whose filters fit, or from the connection inside a parent."""
    model, root = selection.model, _root(selection.model)
    identity = identity_of(terms.conditions)
    if identity is not None and root and "in" not in known.operators(root.many, "id") and not terms.parents:
        return _Source(ids=ids_of(identity), pushed=[identity])
    by = {r.by for r in model._relations.values() if not r.many and r.by}
    naming = [c for c in terms.conditions if c.field.name in by and c.op in ("==", "in")]
    for condition in naming if identity is None or root is None else ():
        child = _child(model, condition)
        if child is not None and not (root and known.operators(root.many, condition.field.wire)):
            return _inside(selection, child, ids_of(condition), terms, condition)
    for parent, ids in terms.parents:
        child = children_of(parent, model)
        if child is not None and nests(child):
            return _inside(selection, child, ids if isinstance(ids, list) else [ids], terms, None)
    if root is None or not root.many or terms.parents:
        raise ClientError(
            f"The Trade Desk lists {model.collection} of a parent only",
            hint=f"limit={{...: id}} with one of: {', '.join(_limits(model)) or 'none by GraphQL, try REST'}",
        )
    return _filtered(Listing(selection, root.many, root.many), terms.conditions)


def _child(model: type[Entity], condition: Condition) -> Relation[Any] | None:
    """The connection inside a parent that a condition names."""
    for relation in model._relations.values():
        if relation.by == condition.field.name and not relation.many:
            child = children_of(relation.target, model, relation.by)
            if child is not None and nests(child):
                return child
    return None


def _limits(model: type[Entity]) -> Iterator[str]:
    """The parents through which GraphQL lists a class."""
    for parent in model._registry.classes.values():
        child = children_of(parent, model)
        if child is not None and nests(child) and _root(parent):
            yield parent._type


def _inside(
    selection: Selection, child: Relation[Any], ids: Sequence[Any], terms: Terms, naming: Condition | None
) -> _Source:
    """The connection inside each of these parents."""
    parent = child.owner
    root = _root(parent)
    if root is None:
        raise ClientError(f"The Trade Desk reads no {parent._type} by id", hint="walk from its own parent")
    by = selection.model._fields.get(child.by)
    alone = Listing(
        selection,
        f"{parent.__name__}.{child.key}",
        root.one,
        child.key,
        parent_id=ids[0] if ids else "",
        plain=nests(child) == "list",
        fixed={by.wire: ids[0]} if by is not None and len(ids) == 1 else {},
        required=f"{parent._type.replace('_', ' ')} {ids[0]}" if len(ids) == 1 else "",
    )
    source = _filtered(alone, () if alone.plain else [c for c in terms.conditions if c is not naming])
    if naming is not None:
        source.pushed.append(naming)
    if len(ids) != 1:
        together = "in" in known.operators(root.many, "id")
        key = "" if by is None else by.wire
        source.families = [
            Family(listing, root.many, tuple(ids[i : i + PARENTS]), key)
            for listing in source.listings
            for i in range(0, len(ids), PARENTS)
            if together
        ]
        source.listings = [
            replace(listing, parent_id=parent_id, fixed={key: parent_id} if key else {})
            for parent_id in ids
            for listing in source.listings
            if not together
        ]
    return source


def _filtered(listing: Listing, conditions: Iterable[Condition]) -> _Source:
    """The list with what its connection can filter; a filter with too many values makes several of it."""
    source = _Source()
    choices: dict[str, list[Filter]] = {}
    for condition in conditions:
        wire = condition.field.wire
        if wire in choices or not isinstance(condition.field, Mapped):
            continue
        filters, exact = _filters(condition, known.operators(listing.name, wire))
        if filters is not None:
            choices[wire] = filters
            (source.pushed if exact else source.rechecked).append(condition)
    source.listings = [replace(listing, filters=chosen) for chosen in product(*choices.values())]
    return source


def _filters(condition: Condition, operators: set[str]) -> tuple[list[Filter] | None, bool]:
    """The filters that together say a condition (None: none does), and whether they say it exactly.

    Text that is compared may be matched by other rules of upper and lower case, so it is checked again here.
    """
    wire, exact = condition.field.wire, isinstance(condition.field, (Id, Bool, Int))
    if condition.op in ("==", "in"):
        values = ids_of(condition)
        if "in" in operators and (condition.op == "in" or "eq" not in operators):
            return [Filter(wire, "in", values[i : i + PAGE]) for i in range(0, len(values), PAGE)], exact
        if "eq" in operators:
            return [Filter(wire, "eq", value) for value in values], exact
        if "contains" in operators and condition.op == "==":
            return [Filter(wire, "contains", values[0])], False
    if condition.op == "~" and "contains" in operators and known.CONTAINS_IGNORES_CASE:
        longest = max(condition.value.split("*"), key=len)
        if longest:
            return [Filter(wire, "contains", longest)], False
    return None, False


def _ordered(query: Query[Any], source: _Source) -> list[Listing]:
    """The lists in the order that is asked for: one list can be ordered by the server, several cannot."""
    if not query.order or not (source.listings or source.ids or source.families):
        return source.listings
    if source.ids or source.families or len(source.listings) != 1:
        raise ClientError("The Trade Desk orders one list, and this is several", hint="use sorted()")
    terms = []
    for order in query.order:
        if not isinstance(order.field, Mapped) or order.field.graphql != order.field.wire:
            raise ClientError(f"GraphQL does not order by {order.field.name}", hint="use sorted()")
        terms.append(f"{{{order.field.wire}: {'DESC' if order.descending else 'ASC'}}}")
    return [replace(source.listings[0], order=tuple(terms))]
