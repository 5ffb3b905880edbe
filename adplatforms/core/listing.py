"""Reading: the rows of a query page by page, made into entities, and single records by their id."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

from .connection import Connected
from .dialect import Dialect, Plan
from .entity import Entity
from .errors import ClientError
from .identity import asked_ids, check_ids, only_record
from .ids import id_of, is_entity
from .loading import load_related, preload
from .messages import Answer, Request
from .paging import Listed, Page, drive
from .query import Query
from .reference import not_there
from .registry import Registry
from .relations import Peers, Relation, Row
from .runtime import Later, Pending
from .state import EntityState

if TYPE_CHECKING:
    from .session import Session

__all__ = ["Listing"]

E = TypeVar("E", bound=Entity)


class Listing(Connected):
    """The part of a session that reads."""

    registry: Registry
    dialect: Dialect

    @overload
    def query(self, collection: type[E]) -> Query[E]: ...
    @overload
    def query(self, collection: str) -> Query[Any]: ...
    def query(self, collection: str | type[Any]) -> Query[Any]:
        """The query of everything in a collection (its name, its singular or an entity class)."""
        return Query(cast("Session", self), self.registry.find(collection))

    # many

    def iterate(self, query: Query[E], plan: Plan | None = None) -> Iterator[E]:
        """The entities of a query, page after page. plan: the query's, where there is one already."""
        yield from chain.from_iterable(self.pages(query, plan))

    def pages(self, query: Query[E], plan: Plan | None = None) -> Iterator[list[E]]:
        """The entities of a query as lists, one per call, conditions applied. plan: the query's, where there is one
        already."""
        plan = plan or query.plan()
        to_skip, left = plan.skip_here, query.most
        submit: Callable[[Callable[[Request], Page], Request], Pending[Page]] = self.connection.runtime.submit
        # With one call at a time, a page is fetched when it is asked for: no thread, and nothing read in vain.
        if plan.ahead == 1:
            submit = Later
        # Asked for again at each page: the platform may have begun to refuse so many calls at once.
        width = partial(self._width, plan)
        for page in drive(plan.pager(), self.page_fetcher(query, plan), width, submit):
            entities = self.entities(query, page, plan)
            # Here and not by the platform, which counts rows that the conditions applied here leave out.
            skipped = min(to_skip, len(entities))
            to_skip -= skipped
            wanted = entities[skipped:]
            if left is not None:
                wanted = wanted[:left]
            yield Listed(wanted, page.token)
            if left is not None:
                left -= len(wanted)
                if left == 0:
                    return

    def _width(self, plan: Plan) -> int:
        """How many calls of a listing may be under way now."""
        return min(plan.ahead, self.connection.concurrency)

    def entities(self, query: Query[E], page: Page, plan: Plan | None = None) -> list[E]:
        """The entities around the rows of a page that fulfil the conditions which are applied here, with what the query
        includes."""
        included_by_platform = self.dialect.capabilities.include
        included: tuple[tuple[str, ...], ...] = ()
        if included_by_platform:
            included = query.includes
        # All rows of the page, also those that are left out below: what is related to one of them is loaded for all.
        peers = Peers(self, page.rows, included)
        # Bound once: two calls a row are all that a row costs here (tests/perf counts them).
        wrap = query.model.__model__.wrap
        entities = [wrap(row, peers) for row in page.rows]
        if plan is not None and plan.here:
            here = plan.here
            entities = [entity for entity in entities if all(condition.matches(entity) for condition in here)]
        if query.includes and not included_by_platform:
            preload(self, query.model, peers, [EntityState(entity).row for entity in entities], query.includes)
        return entities

    def page_fetcher(self, query: Query[Any], plan: Plan) -> Callable[[Request], Page]:
        """What fetches the pages of a query: `fetch_page`, with rows of the ids that it asks for."""
        return partial(self.fetch_page, asked=asked_ids(query.model, plan.pushed))

    def fetch_page(self, request: Request, asked: Mapping[str, Collection[str]] | None = None) -> Page:
        """Sends a reading request; its rows. Where the server fails on a large page, in smaller ones. asked: the ids
        that its rows can have, by wire name (see `identity`)."""
        reader = self.dialect.reader_of(request)

        def read(answer: Answer) -> Page:
            return check_ids(reader.page(answer), asked or {})

        try:
            return self.exchange(request, read)
        except self.dialect.too_large:
            # Some rows are expensive for a platform: in smaller pages it can read them after all.
            parts = self.dialect.smaller(request)
            if not parts or not self.connection.retries_enabled:
                raise
        # Outside of the `except`, so that what fails then does not drag the first error along.
        pages = [self.fetch_page(part, asked) for part in parts]
        return replace(pages[-1], rows=[row for page in pages for row in page.rows])

    def count(self, query: Query[Any] | str | type[Entity], plan: Plan | None = None) -> int:
        """How many entities a query or a collection has: one call where the server filters everything. plan: the
        query's, where there is one already."""
        if not isinstance(query, Query):
            query = self.query(query)
        plan = plan or query.plan()
        total = None
        # What is filtered here is unknown to the total of the platform.
        if plan.count is not None and not plan.here:
            total = self.fetch_page(plan.count()).total
        if total is None:
            return sum(len(page) for page in self.pages(query, plan))
        found = max(0, total - query.start)
        if query.most is None:
            return found
        return min(found, query.most)

    def load_related(
        self, entity_class: type[E], relation: Relation[Any], rows: list[Row]
    ) -> tuple[dict[str, Any], Peers]:
        """A relation for many rows at once, see `loading`."""
        return load_related(self, entity_class, relation, rows)

    def bulk(self, query: Query[Any], **options: Any) -> Any:
        """What `Query.bulk` does."""
        raise ClientError(f"{self.registry.platform} has no bulk reading", hint="iterate the query")

    # one

    def one(self, query: Query[E], entity_id: Any) -> E:
        """The entity of that id, with all its fields and the query's includes."""
        purpose = f"get {query.model.collection}"
        if is_entity(entity_id):
            entity_id = id_of(entity_id, query.model, purpose)
        # Before the check below: the platform's own one says what its ids look like.
        request = self.dialect.plan_one(query, entity_id)
        if isinstance(entity_id, (list, tuple, set, dict)):
            raise ClientError(f"one id is wanted, not {entity_id!r}", hint="many: query(...).where(id=[...])")
        entity_id = id_of(entity_id, query.model, purpose)
        if request is None:
            found = query.where(query.field("id") == entity_id).first()
        else:
            found = self._read_one(query, entity_id, request)
        if found is None:
            raise not_there(query.model, entity_id)
        return found

    def _read_one(self, query: Query[E], entity_id: Any, request: Request) -> E | None:
        reader = self.dialect.reader_of(request)

        def read(answer: Answer) -> Page:
            return only_record(query, entity_id, reader.page(answer))

        return next(iter(self.entities(query, self.exchange(request, read))), None)
