"""Listings by offset, which stay right while rows are added and removed meanwhile.

Pages do not overlap: asking each from one row before its start would show more kinds of changes, and cost a row a page.
So one row that was removed while another was added, between two pages, can leave out one row unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from .errors import PagingError
from .messages import Request
from .paging import Page, Pager, RowsSeen, ids_of_rows

__all__ = ["offsets"]

_MOST_RESTARTS = 20
"""How often in a row a listing is read anew before it is called an error."""


def offsets(
    request_at: Callable[[int], Request], size: int, start: int = 0, most: int | None = None, ties: bool = False
) -> Pager:
    """Pages by offset: once the first says the total, all others are known, so they can be fetched ahead.

    request_at: the request for the page that starts at an offset. size: rows of a page. start: the offset of the first
    row. most: rows wanted at the most. ties: the order among some rows may differ from page to page, so that rows which
    come again say nothing: they are left out, and whoever lists counts the rows.

    Where the server says no total, a page shorter than `size` is the last. Where the listing moves meanwhile, rows
    that come again are left out; where rows may have slipped through (the total fell, a page came twice, pages are cut
    short), reading starts anew from the last row that is sure. Raises `PagingError` where rows would be left out.
    """
    return _OffsetListing(request_at, size, start, most, ties).pages()


class _OffsetListing:
    """Where the reading of one listing stands."""

    def __init__(
        self, request_at: Callable[[int], Request], size: int, start: int, most: int | None, ties: bool
    ) -> None:
        self.request_at, self.size, self.start, self.ties = request_at, size, start, ties
        self.wanted: float = inf
        if most is not None:
            self.wanted = start + most
        self.total: int | None = None
        self.end = self.wanted
        """The offset after the last row."""
        self.step = size
        """How far the next page is: less than `size` where the server cuts pages short."""
        self.position = start
        """The offset to ask for next."""
        self.read = start
        """The offset up to which rows have come, in order."""
        self.under_way = 0
        self.outdated = 0
        """How many pages under way were asked for before the listing was found to have moved."""
        self.restarts = 0
        self.seen = RowsSeen()
        # Nothing has moved where only the order among equals differs.
        self.seen.warned = ties

    def pages(self) -> Pager:
        """The pager."""
        while True:
            # Without a total nobody knows whether there is another page: one at a time then.
            may_ask = self.position < self.end and (self.total is not None or not self.under_way)
            if may_ask:
                request = self.request_at(self.position)
                self.position += self.step
                self.under_way += 1
                page = yield request
            elif self.under_way:
                page = yield None
            else:
                return
            if page is not None:
                self._take(page)

    def _take(self, page: Page) -> None:
        """Goes on by a page that came."""
        self.under_way -= 1
        # It was asked for before reading started anew: its rows will come again, at other offsets.
        page.stale = self.outdated > 0
        if page.stale:
            self.outdated -= 1
            return
        grown = 0
        if self.total is not None and page.total is not None:
            grown = page.total - self.total
        ids = ids_of_rows(page)
        again = self.seen.again(ids)
        # Rows that were added push others down: as many as were added may come a second time, without a gap. A smaller
        # total has pulled rows up past the offset that is read next, and they would never come.
        too_many_again = not self.ties and len(again) > max(grown, 0) + self.seen.allowed
        if grown < 0 or too_many_again:
            self._start_anew(page, grown)
        else:
            self._keep(page, ids, again)
        if page.total is not None:
            self.total, self.end = page.total, min(self.wanted, page.total)

    def _start_anew(self, page: Page, grown: int) -> None:
        """Rows were removed, or more came again than were added: rows may have moved to where was read already."""
        sure = self.read + min(grown, 0)
        self.restarts += 1
        page.stale = True
        removed_more_than_known = sure > self.start and -grown > len(self.seen.ids)
        if self.restarts > _MOST_RESTARTS or removed_more_than_known:
            raise PagingError("the listing changes faster than it can be read", hint="read it in smaller parts")
        self.seen.warn_once()
        self.seen.allowed += self.read - sure
        self.outdated = self.under_way
        self.position = self.read = max(self.start, sure)

    def _keep(self, page: Page, ids: list[Any], again: set[Any]) -> None:
        """Takes over the rows of a page, without those that came before."""
        came = self.seen.without_repeated(page, ids, again)
        # Something new came: the limit is for listings that change faster than they are read.
        if page.rows:
            self.restarts = 0
        if page.total is None:
            # A short page is the only sign of the end that such a server gives.
            if came < self.size:
                self.end = self.position
        elif came < min(self.step, page.total - self.read, self.wanted - self.read):
            if not came:
                raise PagingError(
                    f"the server sent no rows from {self.read:,} of {page.total:,}: rows would be left out"
                )
            # The server cuts pages short: what was asked for ahead starts at the wrong rows.
            self.step, self.position, self.outdated = came, self.read + came, self.under_way
        self.read += came
        page.token = str(self.read)
