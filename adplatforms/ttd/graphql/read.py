"""How the answers of GraphQL documents become rows: of one listing, of one record, or of the children of many parents.

Source: graphql.md "Pagination"; errors next to the data are read by `adplatforms.ttd.read`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import NotFoundError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.paging import Page

from .. import shapes
from ..read import graphql_parts
from .reader import GraphQLReader

if TYPE_CHECKING:
    from .listings import Family

__all__ = ["FamilyReading", "Reading"]


@dataclass(frozen=True)
class Reading(GraphQLReader):
    """Reads one listing, or one record.

    `path`: the names from the data down to the rows. `shape`: "connection", "list" or "one". `fixed`: values that every
    row has because of what was asked for, by wire name. `required`: what does not exist if the answer is null; empty
    where null means that there are no rows. `paged`: whether pages were asked for, so that a connection has to say
    whether there is another one. `counts`: whether the total was asked for. `expected`: the values that rows can have,
    by wire name, because the server filters by them.
    """

    path: tuple[str, ...]
    shape: str = "connection"
    fixed: Mapping[str, Any] = field(default_factory=dict)
    required: str = ""
    paged: bool = True
    counts: bool = False
    expected: Mapping[str, Collection[Any]] = field(default_factory=dict)

    def _page(self, answer: Answer) -> Page:
        data, _ = graphql_parts(answer, self.path)
        return self.rows(data, answer.request)

    def rows(self, data: Any, request: Request | None = None) -> Page:
        """The rows of the data of an answer.

        Raises a ValueError where what was asked for is not there: that is never taken for an empty listing. For a
        record or parent that is null, a `NotFoundError` if it is `required`.
        """
        *above, last = self.path
        for step in above:
            data = shapes.member(data, step)
            # A null on the way is the parent: it does not exist, or may not be seen.
            if data is None:
                return self._nothing(request)
        data = shapes.member(data, last)
        page = Page([], extra={"request": request})
        if self.shape == "connection":
            page.rows = shapes.records(shapes.member(data, "nodes"), nulls=True)
            self._read_page_info(data, page)
        elif self.shape == "list":
            page.rows = shapes.records(data, nulls=True)
        elif data is None:
            return self._nothing(request)
        else:
            page.rows = [shapes.an_object(data, "a record")]
            shapes.identified(page.rows[0])
        self._complete(page.rows)
        return page

    def _read_page_info(self, data: Any, page: Page) -> None:
        """Where the next page begins, and how many rows there are in all."""
        if self.paged:
            page.next = shapes.cursor(shapes.member(data, "pageInfo"))
        # A total that was asked for has to be there; one that happens to be there is welcome.
        total = data.get("totalCount")
        if self.counts:
            total = shapes.member(data, "totalCount")
        page.total = shapes.total(total)

    def _complete(self, rows: list[dict[str, Any]]) -> None:
        """Brings rows into the canonical form, and checks that they belong to what was asked for."""
        # Before rows are compared: filters and parents are known by the names of canonical rows.
        self.selection.adapt(rows)
        if self.fixed or self.expected:
            known = {name: (value,) for name, value in self.fixed.items()}
            shapes.belonging(rows, {**known, **self.expected})
        for name, value in self.fixed.items():
            for row in rows:
                row.setdefault(name, value)

    def _nothing(self, request: Request | None) -> Page:
        """What a null stands for: a parent, or a record, that is not there or cannot be seen."""
        if self.required:
            raise NotFoundError(f"{self.required} does not exist, or this user may not see it")
        return Page([], extra={"request": request})


@dataclass(frozen=True)
class FamilyReading(GraphQLReader):
    """Reads the children of several parents from one document.

    `paged`: whether pages were asked for, so that each parent has to say whether it has more children.
    """

    family: Family
    paged: bool

    def _page(self, answer: Answer) -> Page:
        data, partial = graphql_parts(answer, (self.family.parents,))
        return self.rows(data, answer.request, partial)

    def rows(self, data: Any, request: Request | None = None, partial: bool = False) -> Page:
        """The children of all parents; ``extra["more"]`` has the parents that have more, each with its cursor.

        partial: errors next to the data say whose children are left out.
        """
        family, rows, more = self.family, [], []
        known = {"id": family.ids}
        for parent in shapes.records(shapes.member(shapes.member(data, family.parents), "nodes"), nulls=True):
            # A parent that was not asked for would have its children taken for another one's.
            parent_id = shapes.member(parent, "id")
            shapes.belonging([parent], known)
            # Its children were null, and were taken out for the error that stands for them.
            if partial and family.listing.connection not in parent:
                continue
            found = shapes.member(parent, family.listing.connection)
            rows += self._children(found, parent_id)
            if self.paged:
                cursor = shapes.cursor(shapes.member(found, "pageInfo"))
                more += [(parent_id, cursor)] if cursor is not None else []
        return Page(rows, extra={"request": request, "more": more})

    def _children(self, found: Any, parent_id: Any) -> list[dict[str, Any]]:
        """The rows of one parent, each with the parent's id."""
        key, plain = self.family.key, self.family.listing.plain
        children = shapes.records(found if plain else shapes.member(found, "nodes"), nulls=True)
        self.selection.adapt(children)
        if key:
            shapes.belonging(children, {key: (parent_id,)})
            for child in children:
                child.setdefault(key, parent_id)
        return children

    def continuations(self, page: Page, size: int) -> list[Reading]:
        """What reads on where a page of all parents ended: one listing for each parent that has more."""
        found = []
        for parent_id, cursor in page.extra["more"]:
            listing = self.family.listing_of(parent_id)
            # With the fields that were left out since: the family's own selection may be older.
            found.append(replace(listing, selection=self.selection).reading(size, cursor))
        return found
