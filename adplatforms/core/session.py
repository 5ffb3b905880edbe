"""The session: owns transport and dialect, answers queries, saves entities. There is no global state."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any, TypeVar, overload

from .creating import Creates
from .dialect import Dialect, Plan
from .entity import Entity
from .errors import (
    ClientError,
    PartialResultWarning,
    RequestTimeout,
    UnavailableError,
    UnknownFieldError,
    UnknownNameError,
    did_you_mean,
    warn,
)
from .expr import CLASSIC, Condition
from .identity import asked_ids, check_ids, only_record
from .ids import id_of, is_entity
from .making import Making
from .messages import Request
from .paging import Later, Listed, Page, drive
from .query import Query
from .reference import ReferenceRow, not_there
from .registry import Registry
from .relations import Peers, Relation, Row, place
from .saving import SaveResult, Saving

__all__ = ["SaveResult", "Session"]

E = TypeVar("E", bound=Entity)


class Session(Making, Saving):
    """One account on one platform. ``session.campaigns`` is the query of all campaigns; so for every collection.

    Use it as a context manager or `close()` it to free its connections and threads.
    """

    _listing_words: tuple[str, ...] = ("limit", "include", "full", "page_limit", "page_offset", "sort_by")

    def __init__(self, registry: Registry, dialect: Dialect) -> None:
        self.registry, self.dialect = registry, dialect
        self.creates = Creates(self.runtime.lock())
        self._lazy = "load"

    @property
    def lazy(self) -> str:
        """What touching a relation that was not included does: "load" fetches it for all entities of the page at once,
        "raise" is an error."""
        return self._lazy

    @lazy.setter
    def lazy(self, word: str) -> None:
        if word not in ("load", "raise"):
            raise ClientError(f"lazy cannot be {word!r}", hint='"load" or "raise"')
        self._lazy = word

    # listing

    @overload
    def query(self, collection: type[E]) -> Query[E]: ...
    @overload
    def query(self, collection: str) -> Query[Any]: ...
    def query(self, collection: str | type[Any]) -> Query[Any]:
        """The query of everything in a collection (its name, its singular or an entity class)."""
        return Query(self, self.registry.find(collection))

    def iterate(self, query: Query[E]) -> Iterator[E]:
        """The entities of a query, page after page."""
        yield from chain.from_iterable(self.pages(query))

    def pages(self, query: Query[E]) -> Iterator[list[E]]:
        """The entities of a query as lists, one per call, conditions applied."""
        plan = query.plan()
        skip, left = plan.skip_here, query.most
        submit = Later if plan.ahead == 1 else self.runtime.submit
        for page in drive(plan.pager(), self._fetching(query, plan), lambda: min(plan.ahead, self.concurrency), submit):
            entities = self._entities(query, page, plan)
            skipped = entities[:skip]
            skip -= len(skipped)
            entities = entities[len(skipped) :] if left is None else entities[len(skipped) :][:left]
            yield Listed(entities, page.token)
            if left is not None:
                left -= len(entities)
                if not left:
                    return

    def _entities(self, query: Query[E], page: Page, plan: Plan | None = None) -> list[E]:
        along = self.dialect.capabilities.include
        peers = Peers(self, page.rows, query.includes if along else ())
        wrap = query.model.__model__.wrap
        entities = [wrap(row, peers) for row in page.rows]
        here = plan.here if plan is not None else ()
        if here:
            entities = [e for e in entities if all(c.matches(e) for c in here)]
        if not along and query.includes:
            self._preload(query.model, peers, [e._raw for e in entities], query.includes)
        return entities

    def _preload(self, model: type[Entity], peers: Peers, rows: list[Row], chains: Iterable[tuple[str, ...]]) -> None:
        """Loads what was to be included and did not come along, for these rows of the peers together."""
        for name, *rest in chains:
            relation = model.__model__.relations[name]
            missing = [row for row in rows if relation.key not in row]
            if missing and relation.key not in peers.loaded:
                peers.loaded[relation.key] = relation.load(self, model, missing)
            for related in (peers.nested(relation.key), peers.loaded.get(relation.key, ({}, None))[1]):
                if rest and related is not None and related.rows:
                    self._preload(relation.target, related, related.rows, [tuple(rest)])

    def _fetching(self, query: Query[Any], plan: Plan) -> Callable[[Request], Page]:
        """What fetches the pages of a query: `fetch_page`, with rows of the ids that it asks for."""
        return partial(self.fetch_page, asked=asked_ids(query.model, plan.pushed))

    def fetch_page(self, request: Request, asked: Mapping[str, Collection[str]] | None = None) -> Page:
        """Sends a reading request; its rows. Where the server fails on a large page, in smaller ones. asked: the ids
        that its rows can have, by wire name (see `identity`)."""
        try:
            return self.exchange(request, lambda answer: check_ids(self.dialect.page(answer), asked or {}))
        except (UnavailableError, RequestTimeout):
            parts = self.dialect.smaller(request)
            if not parts or not self.retries_enabled:
                raise
        pages = [self.fetch_page(part, asked) for part in parts]
        return replace(pages[-1], rows=[row for page in pages for row in page.rows])

    def count(self, query: Query[Any] | str | type[Entity]) -> int:
        """How many entities a query or a collection has: one call where the server filters everything."""
        if not isinstance(query, Query):
            query = self.query(query)
        plan = query.plan()
        total = None if plan.here or plan.count is None else self.fetch_page(plan.count).total
        if total is None:  # filtered here, or the platform does not tell
            return sum(len(page) for page in self.pages(query))
        found = max(0, total - query.start)
        return found if query.most is None else min(found, query.most)

    def bulk(self, query: Query[Any], **options: Any) -> Any:
        """What `Query.bulk` does."""
        raise ClientError(f"{self.registry.platform} has no bulk reading", hint="iterate the query")

    # one

    def one(self, query: Query[E], entity_id: Any) -> E:
        """The entity of that id, whole, with the query's includes."""
        what = f"get {query.model.collection}"
        if is_entity(entity_id):
            entity_id = id_of(entity_id, query.model, what)
        request = self.dialect.plan_one(query, entity_id)  # the platform's own check names what its ids look like
        if isinstance(entity_id, (list, tuple, set, dict)):
            raise ClientError(f"one id is wanted, not {entity_id!r}", hint="many: query(...).where(id=[...])")
        entity_id = id_of(entity_id, query.model, what)
        if request is None:
            found = query.where(query.field("id") == entity_id).first()
        else:
            page = self.exchange(request, lambda answer: only_record(query, entity_id, self.dialect.page(answer)))
            found = next(iter(self._entities(query, page)), None)
        if found is None:
            raise not_there(query.model, entity_id)
        return found

    def load_related(self, model: type[E], relation: Relation[Any], rows: list[Row]) -> tuple[dict[str, Any], Peers]:
        """A relation for many rows at once: what each has, by its id, and the peers of what was loaded.

        Where the rows know the ids of the other side, these are asked for; the other side of many by its field with
        their ids, where the platform sends nothing along; else the rows themselves once more, with the relation
        included.
        """
        rows = [row for row in rows if relation.key not in row]
        target, along = relation.target, self.dialect.capabilities.include
        by = (target if relation.many else model).__model__.fields.get(relation.by) if target.collection else None
        if by is not None and not relation.many and not along:
            rows = self._naming(model, relation, by.wire, rows)
        if by is not None and not relation.many and (not along or all(by.wire in row for row in rows)):
            found = {str(row["id"]): row for row in self._related(relation, "id", by.wire, rows)}
            mine = {place(row): found.get(str(row.get(by.wire))) for row in rows}
            return mine, Peers(self, list(found.values()))
        if by is not None and relation.many and not along:
            groups: dict[str, list[Row]] = {place(row): [] for row in rows}
            for row in self._related(relation, relation.by, "id", rows):
                groups.setdefault(str(row.get(by.wire)), []).append(row)
            return dict(groups), Peers(self, [row for group in groups.values() for row in group])
        ids = [row["id"] for row in rows if row.get("id") is not None]
        query = self.query(model).include(relation).full(target.__model__.type)
        plan = query.where(query.field("id").in_(ids)).plan()
        again = [row for page in drive(plan.pager(), self._fetching(query, plan)) for row in page.rows]
        if not along and not any(relation.key in row for row in again):
            raise ClientError(f"{model.__name__}.{relation.name} cannot be loaded from {self.registry.platform}")
        return {place(row): row.get(relation.key) for row in again}, Peers(self, again).nested(relation.key)

    def _naming(self, model: type[E], relation: Relation[Any], wire: str, rows: list[Row]) -> list[Row]:
        """The rows; those that came too short to name the other side read again."""
        short = [
            r["id"]
            for r in rows
            if wire not in r and "id" in r and not model.__model__.wrap(r, Peers(self, [r]))._whole()
        ]
        if not short:
            return rows
        again = {place(row): row for row in self._rows(self.query(model).full(), "id", short)}
        lost = next((row for row in rows if isinstance(row, ReferenceRow) and place(row) not in again), None)
        if lost is not None:
            raise not_there(model, lost["id"])
        if not all(wire in row for row in again.values()):
            raise ClientError(
                f"{model.__name__}.{relation.name} cannot be loaded: this way of reading does not tell {relation.by}"
            )
        return [again.get(place(row), row) for row in rows]

    def _related(self, relation: Relation[Any], field: str, key: str, rows: list[Row]) -> Iterator[Row]:
        """The target's rows whose field is what these rows have under a key, limited as the rows say."""
        scopes: dict[tuple[tuple[str, Any], ...], dict[Any, None]] = {}
        target = relation.target
        for row in rows:
            if row.get(key) not in (None, ""):
                scopes.setdefault(tuple(self.dialect.scope(target, row, relation).items()), {})[row[key]] = None
        for scope, keys in scopes.items():
            yield from self._rows(self.query(target).full().limit(dict(scope)), field, keys)

    def _rows(self, query: Query[Any], field: str, values: Iterable[Any]) -> Iterator[Row]:
        wanted = query.where(query.field(field).in_(list(values)))
        return (entity._raw for page in self.pages(wanted) for entity in page)

    # the classic words

    def get(
        self,
        collection: str | type[Entity],
        entity: Any = None,
        child: str | None = None,
        limit: Mapping[str, Any] | None = None,
        include: Any = None,
        full: Any = None,
        page_limit: int | None = None,
        page_offset: int = 0,
        sort_by: Any = None,
        get_all: bool = False,
        *,
        count: bool = False,
    ) -> Any:
        """Reads a collection, or one entity by id.

        collection: its name, its singular or an entity class. limit: ``{"advertiser": 7}``, only what belongs to that
        parent. include: a relation, a list of relations, or a list with inner lists for chains. full: True for whole
        records, or the type names to have whole. sort_by: a field, ``-field`` for descending, or a list.

        Returns an entity for an id; else a generator: of one page of `page_limit` rows from `page_offset` (requested
        at once; a warning tells when rows are left behind and no `page_limit` was given), or with ``get_all=True`` of
        all rows (nothing is requested before it is iterated). With ``count=True`` a tuple of that and the total.
        """
        words = {"limit": limit, "include": include, "full": full, "page_limit": page_limit, "page_offset": page_offset}
        query = self._words(self.query(collection), **words, sort_by=sort_by)
        return self._answer(query, entity, child, get_all, count)

    def get_all(self, collection: str | type[Entity], **words: Any) -> Any:
        """`get` with ``get_all=True``."""
        return self.get(collection, **{**words, "get_all": True})

    def find(
        self, collection: str | type[Entity], variable: Any, operator: str, candidates: Any = None, **words: Any
    ) -> Any:
        """`get` with one condition: ``find("campaigns", "name", filters.CASE_INS_STRING, "*spring*")``.

        variable: a field name. operator: one of `filters`. candidates: the value, of the field's type or its text; a
        list for IN, nothing for NULL and NOT_NULL. `words` are those of `get`.
        """
        get_all, count = words.pop("get_all", False), words.pop("count", False)
        words = {word: value for word, value in words.items() if value is not None}
        for word in words:
            if word not in self._listing_words:
                raise UnknownNameError(f"find takes no {word!r}", hint=did_you_mean(word, self._listing_words))
        query = self._words(self.query(collection), **words)
        query = query.where(self._condition(query, variable, operator, candidates))
        return self._list(query, get_all, count, explicit=words.get("page_limit") is not None)

    def _answer(self, query: Query[E], entity: Any, child: str | None, get_all: bool, count: bool) -> Any:
        if (child is not None or entity is not None) and (query.order or query.start):
            raise ClientError(
                "one entity and its children are not sorted or skipped", hint="leave out sort_by, page_offset"
            )
        if child is not None:
            return self._child(query, entity, child, get_all, count)
        if entity is not None:
            found = self.one(query, entity)
            return (found, 1) if count else found
        return self._list(query, get_all, count, explicit=query.size is not None)

    def _words(
        self,
        query: Query[E],
        /,
        *,
        limit: Mapping[str, Any] | None = None,
        include: Any = None,
        full: Any = None,
        page_limit: int | None = None,
        page_offset: int = 0,
        sort_by: Any = None,
    ) -> Query[E]:
        """A query from the classic words."""
        if limit:
            query = query.limit(limit)
        if include:
            query = query.include(*(include if isinstance(include, (list, tuple)) else [include]))
        if full:
            types = [] if full is True else full if isinstance(full, (list, tuple)) else [full]
            query = query.full(*map(str, types))
        if page_limit is not None:
            query = query.page_size(page_limit)
        if page_offset:
            query = query.skip(page_offset)
        if sort_by:
            keys = sort_by.split(",") if isinstance(sort_by, str) else sort_by
            query = query.order_by(*(keys if isinstance(keys, (list, tuple)) else [keys]))
        return query

    def _condition(self, query: Query[Any], variable: Any, operator: str, candidates: Any) -> Condition:
        """A condition from the words of `find`."""
        field = query.field(variable)
        if not isinstance(operator, str):
            raise ClientError(f"{operator!r} is not an operator", hint="find takes one of filters, filters.EQUALS say")
        operator = CLASSIC.get(operator, operator)
        if candidates is None and operator in ("==", "!="):
            operator = "null" if operator == "==" else "!null"
        elif candidates is not None and operator in ("null", "!null"):
            raise ClientError(f"NULL and NOT_NULL compare with nothing, not with {candidates!r}", hint="use EQUALS")
        return field.condition(operator, candidates)

    def _list(self, query: Query[E], get_all: bool, count: bool, explicit: bool) -> Any:
        plan = query.plan()
        if get_all or plan.here or plan.skip_here or plan.chains > 1 or plan.most_calls not in (None, 1):
            wide = replace(query, size=None) if plan.here and explicit else query
            everything = self.iterate(wide if get_all or not explicit else wide.take(plan.page_size))
            return (everything, self.count(wide)) if count else everything
        page = self._fetching(query, plan)(plan.first)
        entities = self._entities(query, page, plan)
        total = len(page.rows) if page.total is None else page.total
        if not explicit and (page.next is not None or query.start + len(entities) < total):
            told = f"{len(entities):,} rows from {query.start:,}" if query.start else f"the first {len(entities):,}"
            whole = (
                f"of {total:,} {query.model.collection}" if page.next is None else f"{query.model.collection} of more"
            )
            warn(f"{told} {whole}: get_all=True for all", PartialResultWarning)
        listing = (entity for entity in entities)
        return (listing, total) if count else listing

    def _child(self, query: Query[Any], entity: Any, child: str, get_all: bool, count: bool) -> Any:
        """A child collection of one entity, where the platform has such."""
        cure = f"get({child!r}, limit={{{query.model.__model__.type!r}: {entity!r}}})"
        raise ClientError(f"{self.registry.platform} has no child collections, so no {child!r}", hint=cure)

    # the object protocol

    def __getattr__(self, name: str) -> Query[Any]:
        if name.startswith("_") or "registry" not in self.__dict__:
            raise AttributeError(name)
        if name in self.registry.collections:
            return self.query(name)
        known = [*self.registry.collections, *(word for word in object.__dir__(self) if not word.startswith("_"))]
        raise UnknownFieldError(f"{type(self).__name__} has no {name!r}", hint=did_you_mean(name, known))

    def __dir__(self) -> Iterable[str]:
        return sorted({*object.__dir__(self), *self.registry.collections})

    def __reduce__(self) -> Any:
        raise TypeError("a session is not pickled, it holds credentials; open a new one where the data is loaded")
