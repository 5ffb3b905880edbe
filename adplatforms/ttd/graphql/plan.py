"""Reading by GraphQL: how a query becomes documents. Pure, no I/O.

A list is read from a root connection where its filters are known (`known.FILTERS`), else from the connection inside the
parent that the query names: ``campaign(id) { adGroups }``. Several parents go 20 in a document where their own root
connection filters by id, else one document each, four under way at once; ids go in lists of 100 where the connection
takes ``id: {in}``, else one document each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from adplatforms.core.dialect import Plan
from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.expr import Condition
from adplatforms.core.messages import Request
from adplatforms.core.paging import Page, Pager, chained, several, side_by_side
from adplatforms.core.query import Query

from .. import known
from ..calls import Calls
from ..limits import MAX_IN_FLIGHT
from ..mapped import Mapped
from ..scope import Terms, children_of, identity_of
from .listings import PARENTS, Family, Listing, outline_of_one, reading_of_one
from .read import FamilyReading, Reading
from .refused import Names
from .selection import Selection, nests
from .sources import PAGE, Source, ordered, root_of, source_of

__all__ = ["answers", "bulk", "plan", "plan_one"]

_LONGEST_OUTLINE = 300
"""Characters of a document that `explain()` shows."""


def plan(query: Query[Any], terms: Terms, calls: Calls, without: Names = frozenset()) -> Plan:
    """The documents that answer a query, and who filters what. without: fields that are not asked for."""
    # Unlike REST's body, a document has no place for what is not declared.
    if query.extra:
        raise ClientError("a GraphQL document takes no further parameters", hint="ttd.graphql(text, variables)")
    selection = Selection(query.model, query.includes, without)
    source = source_of(selection, terms)
    local = _local(terms, source)
    _note_needs(query, selection, (*local, *source.rechecked))
    filtered_here = bool(local or source.rechecked)
    reads: list[Listing | Family] = [*ordered(query, source), *source.families]
    size = _page_size(query, filtered_here)
    if query.token:
        _check_resumable(reads, source)
    requests = [calls.graphql(each.reading(size, query.token)) for each in reads]
    requests += [calls.graphql(_by_id(selection, entity_id)) for entity_id in source.ids]
    bounded = query.most is not None or identity_of(terms.conditions) is not None
    return Plan(
        next(iter(requests), Request("POST", "graphqlrequest")),
        _pager(requests, reads, size, calls),
        size,
        ahead=_calls_in_flight(query, requests, bounded),
        pushed=tuple(source.pushed),
        rechecked=tuple(source.rechecked),
        local=local,
        notes=tuple(_notes(query, source, reads, bounded)),
        # A token stands behind the rows that were skipped already.
        skip_here=0 if query.token else query.start,
        count=_count(reads, filtered_here or len(requests) > 1, calls),
        most_calls=None if reads else len(requests),
        # A document of several parents may have one more for each of them.
        chains=max(len(requests), 2 * len(source.families)),
        description=partial(_outline, reads, source.ids, query.model),
    )


def _page_size(query: Query[Any], filtered_here: bool) -> int:
    """The rows of a page: no more than are wanted, where the server filters all and none are skipped here."""
    size = query.size or PAGE
    # Where rows are filtered or skipped here, nobody knows how many have to be read for the wanted ones.
    if query.most is not None and not filtered_here and not query.start:
        size = max(1, min(size, query.most))
    return size


def _check_resumable(reads: Sequence[Listing | Family], source: Source) -> None:
    """Raises a `ClientError` unless one listing answers the query: a cursor is a place in one listing."""
    if len(reads) != 1 or source.ids or isinstance(reads[0], Family):
        raise ClientError("several listings cannot be resumed as one", hint="resume the listing of each parent")


def _local(terms: Terms, source: Source) -> tuple[Condition, ...]:
    """The conditions that no filter of the server expresses."""
    return tuple(c for c in terms.conditions if c not in source.pushed and c not in source.rechecked)


def _note_needs(query: Query[Any], selection: Selection, here: Iterable[Condition]) -> None:
    """What is compared here or sorted by cannot be left out of the document."""
    selection.needs((condition.field for condition in here), "a condition")
    selection.needs((order.field for order in query.order), "the order")


def _count(reads: Sequence[Listing | Family], needs_rows: bool, calls: Calls) -> Callable[[], Request] | None:
    """What makes the document that asks for the total alone; None where only a walk over the rows tells it."""
    if needs_rows or len(reads) != 1 or isinstance(reads[0], Family) or reads[0].plain:
        return None
    alone = reads[0]
    return lambda: calls.graphql(alone.counting())


def _outline(reads: Sequence[Listing | Family], ids: Sequence[Any], model: type[Entity]) -> str:
    """The first document in words."""
    if reads:
        text = reads[0].outline
    elif ids:
        text = outline_of_one(known.ROOTS[model.__name__].one, ids[0])
    else:
        return "nothing to ask for"
    if len(text) >= _LONGEST_OUTLINE:
        text = f"{text[:_LONGEST_OUTLINE]}..."
    return f"GraphQL {text}"


def _pager(
    requests: Sequence[Request], reads: Sequence[Listing | Family], size: int, calls: Calls
) -> Callable[[], Pager]:
    """One list page after page; several, each to its end; records by id."""
    if not reads:
        return lambda: several(*requests)
    # The only pages with a token by which a listing is resumed later.
    if len(requests) == 1 and isinstance(reads[0], Listing):
        return lambda: chained(requests[0], _following)

    def follow(_: Request, page: Page) -> list[Request]:
        # A page of several parents goes on in a list of its own for each parent that has more.
        reading = page.extra["request"].reader
        if isinstance(reading, FamilyReading):
            return [calls.graphql(each) for each in reading.continuations(page, size)]
        return [request for request in (_following(page),) if request is not None]

    return lambda: side_by_side(requests, follow, each_to_its_end=True)


def _following(page: Page) -> Request | None:
    """The request of the page after this one: the same document from its cursor on; None after the last."""
    request: Request = page.extra["request"]
    if page.next is None:
        return None
    variables = {**request.json["variables"], "after": page.next}
    return replace(request, json={**request.json, "variables": variables})


def plan_one(query: Query[Any], entity_id: Any, calls: Calls, without: Names = frozenset()) -> Request | None:
    """The document of one record by id; None where only lists have it.

    without: fields that are not asked for.
    """
    if root_of(query.model) is None:
        return None
    return calls.graphql(_by_id(Selection(query.model, query.includes, without), entity_id))


def answers(model: type[Entity], terms: Terms) -> bool | None:
    """Whether GraphQL can list what a query asks for.

    True where nothing else can (the creatives of an ad group), False where a parent or a compared field is unknown to
    it, None where both surfaces may.
    """
    for parent, _ in terms.parents:
        child = children_of(parent, model)
        return child is not None and bool(nests(child))
    fields = (condition.field for condition in terms.conditions)
    if any(isinstance(field, Mapped) and field.rest and not field.graphql for field in fields):
        return False
    return None


def bulk(
    query: Query[Any], terms: Terms, without: Names = frozenset()
) -> tuple[Reading | FamilyReading, tuple[Condition, ...]]:
    """What reads the one list that answers a query, as a bulk job, and the conditions that are evaluated here."""
    selection = Selection(query.model, query.includes, without)
    source = source_of(selection, terms)
    here = (*_local(terms, source), *source.rechecked)
    _note_needs(query, selection, here)
    reads: list[Listing | Family] = [*ordered(query, source), *source.families]
    if len(reads) != 1 or source.ids:
        raise ClientError(
            f"a bulk job reads one list, and this query is {len(reads) + len(source.ids)}",
            hint=f"name at most {PARENTS} parents, or {PAGE} ids",
        )
    return reads[0].bulk(), here


def _calls_in_flight(query: Query[Any], requests: Sequence[Request], bounded: bool) -> int:
    """Several documents go four at a time; of one list the next page is fetched ahead, unless few rows are wanted."""
    wanted = min(query.ahead or MAX_IN_FLIGHT, MAX_IN_FLIGHT)
    if len(requests) > 1:
        return wanted
    # The next page is known only when one is there: more than one ahead cannot be asked for.
    return 1 if bounded else min(wanted, 2)


def _notes(query: Query[Any], source: Source, reads: Sequence[Listing | Family], bounded: bool) -> Iterator[str]:
    """What `explain()` tells a user about the plan: what costs calls, and what rests on weak facts."""
    if len(source.ids) > 1:
        yield f"one document for each of {len(source.ids)} ids: {query.model.collection} have no known filter by id"
    elif len(reads) > 1:
        document_for = f"each {PARENTS} parents" if source.families else f"each of {len(reads)} lists"
        yield f"one document for {document_for}, {MAX_IN_FLIGHT} under way at once"
    if query.order:
        yield "the facts show the form of an order and not which fields it takes"
    if not bounded and len(reads) == 1:
        yield "many pages? query.bulk() reads it as one job, without a call per page"


def _by_id(selection: Selection, entity_id: Any) -> Reading:
    return reading_of_one(selection, known.ROOTS[selection.model.__name__].one, entity_id)
