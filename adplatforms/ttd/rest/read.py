"""How the answers of REST calls become canonical rows: of one record, of a page, or of a list inside another record.

Source: platform_rest_v3.md "Queries and pages", "Updates".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import NotFoundError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.paging import Page

from .. import shapes
from ..read import json_object, optional_json
from ..reader import TTDReader
from .records import canonical, dig, identify

__all__ = ["RestReading", "RestWriting"]

SMALL = 25
"""Rows of a page that is not read in smaller parts."""

Row = dict[str, Any]


@dataclass(frozen=True)
class RestReading(TTDReader):
    """Reads what a REST call answers.

    `shape`: "one", "page" (with the index of the first row, its size), or "inside" (a list in another record, of the
    class `owner`, at `path`). `fixed`: values that every row has, by wire name. `required`: whether a record that does
    not exist is an error. `again`: makes the same call for another first row and size. `expected`: the values that rows
    can have, by wire name.
    """

    model: type[Entity]
    shape: str
    first: int = 0
    size: int = 0
    path: str = ""
    owner: type[Entity] | None = None
    fixed: Mapping[str, Any] = field(default_factory=dict)
    required: bool = True
    again: Callable[[int, int], Request] | None = None
    expected: Mapping[str, Collection[Any]] = field(default_factory=dict)

    def _page(self, answer: Answer) -> Page:
        try:
            found = json_object(answer)
        except NotFoundError:
            # Of several ids that a query names, one may be gone: it is not among the rows then.
            if self.required:
                raise
            return Page([], extra={"request": answer.request})
        return self.rows(found, answer.request)

    def rows(self, found: Any, request: Request | None = None) -> Page:
        """The rows of an answer's JSON.

        Raises a ValueError where what was asked for is not there: that is never taken for an empty listing.
        """
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
            # Not ``ResultCount``, which is the total in one document and the length of the page in all code [D] [3:3].
            page.total = shapes.total(found.get("TotalFilteredCount"))
        return page

    def _records(self, found: Any) -> list[Row]:
        """The records as REST has them."""
        if self.shape == "one":
            return [found]
        if self.owner is not None:
            return self._records_inside(canonical(self.owner, found), found)
        # A page of size 0 asks for the totals alone: without rows it needs no list of them.
        if self.size == 0 and "Result" not in found:
            shapes.member(found, "TotalFilteredCount")
            return []
        return shapes.records(shapes.member(found, "Result"))

    def _records_inside(self, owner: Row, found: Any) -> list[Row]:
        """The records in the record of their owner. A null stands for none here; a missing property for nothing."""
        shapes.identified(owner)
        shapes.belonging([owner], {"id": tuple(self.fixed.values())})
        there, records = dig(found, self.path.split("."))
        if not there:
            raise ValueError(f"expected {self.path}")
        return [] if records is None else shapes.records(records)

    def smaller(self, request: Request) -> list[Request]:
        """The calls that read the same page in two parts; empty where it is small."""
        if self.again is None or self.size <= SMALL:
            return []
        half = self.size // 2
        # The second takes what an odd size leaves over.
        return [self.again(self.first, half), self.again(self.first + half, self.size - half)]


@dataclass(frozen=True)
class RestWriting(TTDReader):
    """Reads what a write by REST answers. `method`: the call's, which decides what a bare success is.

    That is status 240, which only an update can have, and whatever answers a delete, of which the facts show nothing.
    """

    model: type[Entity]
    method: str

    def _saved(self, answer: Answer) -> Row | None:
        if self.method == "DELETE":
            optional_json(answer)
            return None
        if self.method == "PUT" and answer.status == 240:
            return None
        row = canonical(self.model, json_object(answer))
        shapes.identified(row)
        return row
