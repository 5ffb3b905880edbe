"""Reading by GraphQL: how a query becomes documents. Pure, no I/O.

A list is read from a root connection where its filters are known (`known.FILTERS`), else from the connection inside the
parent that the query names: ``campaign(id) { adGroups }``. Several parents go 20 in a document where their own root
connection filters by id, else one document each, four under way at once; ids go in lists of 100 where the connection
takes ``id: {in}``, else one document each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from adplatforms.core.dialect import Plan
from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.expr import Condition
from adplatforms.core.messages import Request
from adplatforms.core.paging import Page, Pager, chained, several, side_by_side
from adplatforms.core.query import Query

from .. import known
from ..calls import AHEAD, Route
from ..mapped import Mapped
from ..scope import Terms, children_of, identity_of, resolved
from .documents import Document, Listing, following, literal, one
from .families import PARENTS, Family, FamilyReading
from .refused import Names
from .selection import Selection, nests
from .sources import PAGE, Source, ordered, root_of, source_of

__all__ = ["answers", "bulk", "plan", "plan_one"]


def plan(query: Query[Any], route: Route, without: Names = frozenset()) -> Plan:
    """The documents that answer a query, and who filters what."""
    if query.extra:
        raise ClientError("a GraphQL document takes no further parameters", hint="ttd.graphql(text, variables)")
    selection = Selection(query.model, query.includes, without)
    terms = resolved(query)
    source = source_of(selection, terms)
    local = _local(terms, source)
    _note_needs(query, selection, (*local, *source.rechecked))
    here = bool(local or source.rechecked)
    size = query.size or PAGE
    if query.most is not None and not here and not query.start:
        size = max(1, min(size, query.most))
    reads: list[Listing | Family] = [*ordered(query, source), *source.families]
    requests = [route.graphql(_document(each, size, query.token), each.reading) for each in reads]
    requests += [_by_id(selection, entity_id, route) for entity_id in source.ids]
    if query.token and (len(requests) != 1 or not reads or isinstance(reads[0], Family)):
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
        count=route.graphql(single.count(), replace(single.reading, counts=True))
        if isinstance(single, Listing) and counted
        else None,
        most_calls=None if reads else len(requests),
        chains=max(len(requests), 2 * len(source.families)),
        told=_told(reads, source.ids, query.model),
    )


def _count(listing: Listing, route: Route) -> Request:
    """The document that asks for the total alone."""
    return route.graphql(listing.count(), replace(listing.reading, counts=True))


def _local(terms: Terms, source: Source) -> tuple[Condition, ...]:
    """The conditions that no filter of the server says."""
    return tuple(c for c in terms.conditions if c not in source.pushed and c not in source.rechecked)


def _note_needs(query: Query[Any], selection: Selection, here: Iterable[Condition]) -> None:
    """What is compared here or sorted by cannot be left out of the document."""
    selection.needs((condition.field for condition in here), "a condition")
    selection.needs((order.field for order in query.order), "the order")


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

    def follow(_: Request, page: Page) -> list[Request]:
        reading = page.extra["request"].subject
        if isinstance(reading, FamilyReading):
            return [route.graphql(document, listing.reading) for listing, document in reading.rest(page, size)]
        after = following(page)
        return [] if after is None else [after]

    return lambda: side_by_side(requests, follow, each_to_its_end=True)


def plan_one(query: Query[Any], entity_id: Any, route: Route, without: Names = frozenset()) -> Request | None:
    """The document of one record by id; None where only lists have it."""
    selection = Selection(query.model, query.includes, without)
    return _by_id(selection, entity_id, route) if root_of(query.model) else None


def answers(query: Query[Any]) -> bool | None:
    """Whether GraphQL can list what a query asks for: True where nothing else can (the creatives of an ad group), False
    where a parent or a compared field is unknown to it, None where both surfaces may."""
    terms = resolved(query)
    for parent, _ in terms.parents:
        child = children_of(parent, query.model)
        return child is not None and bool(nests(child))
    unknown = [c for c in terms.conditions if isinstance(c.field, Mapped) and not c.field.graphql and c.field.rest]
    return False if unknown else None


def bulk(query: Query[Any], without: Names = frozenset()) -> tuple[Listing | Family, tuple[Condition, ...]]:
    """The one list that answers a query, for a bulk job, and the conditions that are evaluated here."""
    selection, terms = Selection(query.model, query.includes, without), resolved(query)
    source = source_of(selection, terms)
    here = (*_local(terms, source), *source.rechecked)
    _note_needs(query, selection, here)
    reads: list[Listing | Family] = [*ordered(query, source), *source.families]
    if len(reads) != 1 or source.ids:
        raise ClientError(
            f"a bulk job reads one list, and this query is {len(reads) + len(source.ids)}",
            hint=f"name at most {PARENTS} parents, or {PAGE} ids",
        )
    return reads[0], here


def _ahead(query: Query[Any], requests: Sequence[Request], bounded: bool) -> int:
    """Several documents go four at a time; of one list the next page is fetched ahead, unless few rows are wanted."""
    wanted = min(query.ahead or AHEAD, AHEAD)
    if len(requests) > 1:
        return wanted
    return 1 if bounded else min(wanted, 2)


def _notes(query: Query[Any], source: Source, reads: Sequence[Listing | Family], bounded: bool) -> Iterator[str]:
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
