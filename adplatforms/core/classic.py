"""The classic calls: `get`, `get_all` and `find`, as scripts of the TerminalOne SDK use them, on every platform.

They say in one call what a query says step by step: both make the same `Query`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from .dialect import Plan
from .entity import Entity
from .errors import ClientError, PartialResultWarning, UnknownNameError, did_you_mean, warn
from .expr import CLASSIC, Condition, advise
from .listing import Listing
from .query import Query

__all__ = ["ClassicReading"]

E = TypeVar("E", bound=Entity)


class ClassicReading(Listing):
    """The part of a session that reads by the classic calls."""

    _listing_options: tuple[str, ...] = ("limit", "include", "full", "page_limit", "page_offset", "sort_by")

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
        parent. include: a relation, a list of relations, or a list with inner lists for chains. full: True for
        complete records, or the names of the types to have complete. sort_by: a field, ``-field`` for descending, or a
        list.

        Returns an entity for an id; else a generator: of one page of `page_limit` rows from `page_offset` (requested
        at once; a warning says when rows are left behind and no `page_limit` was given), or with ``get_all=True`` of
        all rows (nothing is requested before it is iterated). With ``count=True`` a tuple of that and the total.
        """
        query = self._with_options(
            self.query(collection),
            limit=limit,
            include=include,
            full=full,
            page_limit=page_limit,
            page_offset=page_offset,
            sort_by=sort_by,
        )
        return self._get_by(query, entity, child, get_all, count)

    def get_all(self, collection: str | type[Entity], **options: Any) -> Any:
        """`get` with ``get_all=True``."""
        return self.get(collection, **{**options, "get_all": True})

    def find(
        self, collection: str | type[Entity], variable: Any, operator: str, candidates: Any = None, **options: Any
    ) -> Any:
        """`get` with one condition: ``find("campaigns", "name", filters.CASE_INS_STRING, "*spring*")``.

        variable: a field name. operator: one of `filters`. candidates: the value, of the field's type or its text; a
        list for IN, nothing for NULL and NOT_NULL. options: as those of `get`.
        """
        get_all, count = options.pop("get_all", False), options.pop("count", False)
        options = {name: value for name, value in options.items() if value is not None}
        for name in options:
            if name not in self._listing_options:
                raise UnknownNameError(f"find takes no {name!r}", hint=did_you_mean(name, self._listing_options))
        query = self._with_options(self.query(collection), **options)
        query = query.where(self._find_condition(query, variable, operator, candidates))
        return self._get_list(query, get_all, count, explicit=options.get("page_limit") is not None)

    def _get_by(self, query: Query[E], entity: Any, child: str | None, get_all: bool, count: bool) -> Any:
        if (child is not None or entity is not None) and (query.order or query.start):
            raise ClientError(
                "one entity and its children are not sorted or skipped", hint="leave out sort_by, page_offset"
            )
        if child is not None:
            return self._get_child(query, entity, child, get_all, count)
        if entity is not None:
            found = self.one(query, entity)
            if count:
                return found, 1
            return found
        return self._get_list(query, get_all, count, explicit=query.size is not None)

    def _with_options(
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
        """A query from the arguments of `get` and `find`."""
        if limit:
            query = query.within(limit)
        if include:
            query = query.include(*_listed(include))
        if full is True:
            query = query.full()
        elif full:
            query = query.full(*(name if isinstance(name, str) else str(name) for name in _listed(full)))
        if page_limit is not None:
            query = query.page_size(page_limit)
        if page_offset:
            query = query.skip(page_offset)
        if sort_by:
            # Several keys in one text are how the classic SDK hands them on to T1.
            if isinstance(sort_by, str):
                sort_by = sort_by.split(",")
            query = query.order_by(*_listed(sort_by))
        return query

    def _find_condition(self, query: Query[Any], variable: Any, operator: str, candidates: Any) -> Condition:
        """A condition from the arguments of `find`."""
        field = query.term(variable)
        if not isinstance(operator, str):
            raise ClientError(f"{operator!r} is not an operator", hint="find takes one of filters, filters.EQUALS say")
        operator = CLASSIC.get(operator, operator)
        # As in SQL nothing equals null, so that the comparison itself would find nothing.
        if candidates is None:
            operator = {"==": "null", "!=": "!null"}.get(operator, operator)
        elif operator in ("null", "!null"):
            raise ClientError(f"NULL and NOT_NULL compare with nothing, not with {candidates!r}", hint="use EQUALS")
        condition = field.condition(operator, candidates)
        advise(condition)
        return condition

    def _get_list(self, query: Query[E], get_all: bool, count: bool, explicit: bool) -> Any:
        """The entities of a query, all or those of one page. explicit: whether a `page_limit` was given."""
        plan = query.plan()
        one_call_answers = not (plan.here or plan.skip_here) and plan.chains == 1 and plan.most_calls in (None, 1)
        if one_call_answers and not get_all:
            return self._get_first_page(query, plan, count, explicit)
        page_rows = plan.page_size
        if plan.here and explicit:
            # Conditions that are applied here leave few rows of a page: to find so many entities, pages may be large.
            query = replace(query, size=None)
            plan = query.plan()
        wanted = query
        if explicit and not get_all:
            wanted = query.take(page_rows)
        found = self.iterate(wanted, plan)
        if count:
            return found, self.count(query, plan)
        return found

    def _get_first_page(self, query: Query[E], plan: Plan, count: bool, explicit: bool) -> Any:
        """The entities of one page, read at once; a warning where the listing goes on and nobody asked for a page."""
        page = self.page_fetcher(query, plan)(plan.first)
        entities = self.entities(query, page, plan)
        total = page.total
        if total is None:
            total = len(page.rows)
        goes_on = page.next is not None or query.start + len(entities) < total
        if goes_on and not explicit:
            shown = f"the first {len(entities):,}"
            if query.start:
                shown = f"{len(entities):,} rows from {query.start:,}"
            rest = f"of {total:,} {query.model.collection}"
            # Platforms that page by bookmark do not say how many there are.
            if page.next is not None:
                rest = f"{query.model.collection} of more"
            warn(f"{shown} {rest}: get_all=True for all", PartialResultWarning)
        # A generator, as for everything else: scripts call `next()` on it.
        listing = (entity for entity in entities)
        if count:
            return listing, total
        return listing

    def _get_child(self, query: Query[Any], entity: Any, child: str, get_all: bool, count: bool) -> Any:
        """A child collection of one entity, where the platform has child collections."""
        cure = f"get({child!r}, limit={{{query.model.__model__.type!r}: {entity!r}}})"
        raise ClientError(f"{self.registry.platform} has no child collections, so no {child!r}", hint=cure)


def _listed(value: Any) -> Any:
    """One or many as a list."""
    if isinstance(value, (list, tuple)):
        return value
    return [value]
