"""Listings that T1 sorts by a field in which records may be equal.

T1 takes one field to sort by (v3/README.md, Wire), and says nothing of the order among equals: it may differ from page
to page, so that rows come twice and others not at all. Rows are counted, therefore: where fewer came than there are,
one pass of short rows in the order of their ids finds those that are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from adplatforms.core.errors import MovedListingWarning, PagingError, warn
from adplatforms.core.messages import Request
from adplatforms.core.offsets import offsets
from adplatforms.core.paging import Page, Pager, ids_of_rows

__all__ = ["with_ties"]


@dataclass
class _Seen:
    """The ids of the rows that were given out, and the total that T1 told last."""

    ids: set[Any] = field(default_factory=set)
    total: int | None = None

    def keep_new(self, page: Page) -> None:
        """Takes rows that were given out before out of a page."""
        if page.stale:
            return
        ids = ids_of_rows(page)
        page.rows = [row for row, own in zip(page.rows, ids, strict=True) if own not in self.ids]
        self.ids.update(ids)
        self.total = page.total


def with_ties(
    at: Callable[[int], Request],
    short_at: Callable[[int], Request],
    by_ids: Callable[[list[Any]], Iterator[Request]],
    size: int,
    start: int,
    most: int | None,
) -> Pager:
    """The pages of a sorted listing, each row once, and at the end those that its order left out.

    at: the request for the page from an offset on. short_at: the same of short rows sorted by id. by_ids: the requests
    for these records. size: rows of a page. start: the offset of the first row; most: rows wanted, None for all.
    Raises `PagingError` where rows are missing that nothing finds.
    """
    seen, offset, wanted = _Seen(), start, most
    while True:
        yield from _inside(offsets(at, size, offset, wanted, ties=True), seen.keep_new)
        if most is None or seen.total is None:
            break
        # Of the rows that were wanted some came twice: others follow in their place.
        offset += wanted or 0
        wanted = most - len(seen.ids)
        if wanted <= 0 or offset >= seen.total:
            break
    is_whole = most is None or offset >= (seen.total or 0)
    if start or not is_whole or seen.total is None or len(seen.ids) >= seen.total:
        return
    there: set[Any] = set()

    def note(page: Page) -> None:
        """These rows are not given out: they are short, and most of them were."""
        there.update(ids_of_rows(page))
        page.stale = True

    yield from _inside(offsets(short_at, size), note)
    missing = sorted(there - seen.ids)
    if missing:
        warn(
            f"T1 left {len(missing):,} rows out of the order that was asked for: they come at the end",
            MovedListingWarning,
        )
    for request in by_ids(missing):
        page = yield request
        while page is None:
            page = yield None
        seen.keep_new(page)
    if there - seen.ids:
        raise PagingError(f"{len(there - seen.ids):,} rows are listed by id, and T1 does not send them")


def _inside(pager: Pager, note: Callable[[Page], None]) -> Pager:
    """A pager as a part of another one; note: is called with each page once the inner one has taken it."""
    try:
        request = next(pager)
        while True:
            page = yield request
            request = _next(pager, page, note)
    except StopIteration:
        return


def _next(pager: Pager, page: Page | None, note: Callable[[Page], None]) -> Request | None:
    """What a pager asks for after a page. Raises `StopIteration` at its end."""
    try:
        return pager.send(page)
    finally:
        if page is not None:
            note(page)
