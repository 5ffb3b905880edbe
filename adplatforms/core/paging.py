"""Paging: a pager is a generator that yields requests and receives pages; one driver runs it, serially or ahead.

The protocol: a pager yields a `Request` when it knows the next one, or None when it must see a page first. It is sent
a `Page` (in the order of the requests), or None, which asks for one more request before the next page is there. The
request it yielded counts as taken either way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from types import NoneType
from typing import Any, TypeAlias

from .errors import MovedListingWarning, PagingError, ParserException, warn
from .messages import Request
from .runtime import Later, Pending

__all__ = [
    "Listed",
    "Page",
    "Pager",
    "RowsSeen",
    "chained",
    "drive",
    "ids_of_rows",
    "in_turn",
    "several",
    "side_by_side",
]


@dataclass(slots=True)
class Page:
    """One page of raw rows. `total`: rows of the entire listing, None where the server does not say. `next`: the
    bookmark, cursor or link of the page that follows, None on the last one. `token`: where to go on after it. `stale`:
    it is not to be used."""

    rows: list[dict[str, Any]]
    total: int | None = None
    next: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    token: str | None = None
    stale: bool = False


class Listed(list[Any]):
    """The entities of one page. `token`: ``query.resume(token)`` goes on after it; None after the last page."""

    def __init__(self, entities: Iterable[Any], token: str | None) -> None:
        super().__init__(entities)
        self.token = token


Pager: TypeAlias = Generator[Request | None, Page | None, None]


def several(*requests: Request) -> Pager:
    """A listing that is known to be these requests, one page each."""
    # A loop, because `yield from` a tuple has nobody to hand the pages to that are sent in.
    for request in requests:  # noqa: UP028
        yield request


_REMEMBERED = 1000


class RowsSeen:
    """The ids of the rows that came last. `allowed`: rows that are asked for again on purpose."""

    def __init__(self) -> None:
        self.ids: dict[Any, None] = {}
        self.allowed = 0
        self.warned = False

    def warn_once(self) -> None:
        """Warns that the listing moves, once a listing."""
        if not self.warned:
            self.warned = True
            warn(
                "the listing changed while it was read: gaps are read again, and no row comes twice",
                MovedListingWarning,
            )

    def again(self, ids: list[Any]) -> set[Any]:
        """Which of the ids came before."""
        try:
            return (self.ids.keys() & ids) - {None}
        except TypeError:
            raise ParserException("the server sent ids that are not ids") from None

    def without_repeated(self, page: Page, ids: list[Any], again: set[Any]) -> int:
        """Takes rows that came before out of a page, and remembers its ids. Returns how many rows it brought.

        ids: those of its rows, in their order. again: which of them came before.
        """
        came = len(page.rows)
        if again:
            page.rows = [row for row, id in zip(page.rows, ids, strict=True) if id not in again]
            self.allowed = max(0, self.allowed - len(again))
            self.warn_once()
        self.ids.update(dict.fromkeys(ids))
        # A listing may have millions of rows. The latest ids are enough: rows move by a few positions.
        too_many = len(self.ids) - max(_REMEMBERED, 2 * came)
        for id in list(islice(self.ids, max(0, too_many))):
            del self.ids[id]
        return came


def ids_of_rows(page: Page) -> list[Any]:
    """The id of each row of a page; None where it has none."""
    return [row.get("id") if isinstance(row, dict) else row for row in page.rows]


def in_turn(*pagers: Pager) -> Pager:
    """A listing made of several, one after the other."""
    for pager in pagers:
        yield from pager


def chained(first: Request, follow: Callable[[Page], Request | None]) -> Pager:
    """Pages by bookmark, cursor or next link: each page names the one after it. One that comes twice is an error."""
    request: Request | None = first
    bookmarks, seen = set(), RowsSeen()
    while request is not None:
        page = yield request
        while page is None:
            page = yield None
        ids = ids_of_rows(page)
        seen.without_repeated(page, ids, seen.again(ids))
        if not isinstance(page.next, (str, NoneType)):
            raise ParserException(f"{first.label}: the server sent a bookmark that is not text")
        page.token = page.next
        # All bookmarks of the listing, not the last one alone: a server can send a caller round in a larger circle.
        if page.next is not None and page.next in bookmarks:
            raise PagingError(f"{first.label}: the server sent the same bookmark twice; going on would never end")
        bookmarks.add(page.next)
        request = follow(page)


def side_by_side(
    requests: Iterable[Request], follow: Callable[[Request, Page], Iterable[Request]], *, each_to_its_end: bool = False
) -> Pager:
    """Several listings at once: their first pages, then those that follow. A page that follows twice is an error.

    follow: the requests that a page leads to, given the request it answers. each_to_its_end: whether what follows a
    page is asked for next, before the first pages of the listings that have not begun; by default it comes last.
    """
    todo, under_way, seen = deque(requests), deque[Request](), set[tuple[Any, ...]]()
    while todo or under_way:
        if todo:
            request = todo.popleft()
            under_way.append(request)
            page = yield request
        else:
            page = yield None
        if page is None:
            continue
        # Pages come in the order of their requests, so the oldest request is the one that this page answers.
        following = list(follow(under_way.popleft(), page))
        for more in following:
            address = (more.path, more.params, repr(more.json))
            if address in seen:
                raise PagingError(f"{more.label}: the server sent the same bookmark twice; going on would never end")
            seen.add(address)
        if each_to_its_end:
            todo.extendleft(reversed(following))
        else:
            todo.extend(following)


def drive(
    pager: Pager,
    fetch: Callable[[Request], Page],
    ahead: int | Callable[[], int] = 1,
    submit: Callable[[Callable[[Request], Page], Request], Pending[Page]] = Later,
) -> Iterator[Page]:
    """Runs a pager: pages in order, at most `ahead` requests under way (a function: as many as it says now).

    `submit(fetch, request)` starts a call, or with `Later` merely notes it. Closing the iterator drops what is under
    way; an error comes after the pages before it.
    """

    def width() -> int:
        return ahead() if callable(ahead) else ahead

    waiting: deque[Pending[Page]] = deque()
    todo: deque[Request] = deque()
    done = False
    problem: PagingError | None = None

    def advance(page: Page | None) -> bool:
        nonlocal done, problem
        try:
            request = next(pager) if page is _START else pager.send(page)
        except StopIteration:
            done = True
            return False
        except PagingError as error:
            done, problem = True, error
            return False
        if request is not None:
            todo.append(request)
        return request is not None

    def refill() -> None:
        # At least one, whatever the width: with none under way the listing would end here, its rows left out.
        while len(waiting) < max(1, width()):
            if not todo and (done or not advance(None)):
                return
            waiting.append(submit(fetch, todo.popleft()))

    advance(_START)
    try:
        refill()
        while waiting:
            page = waiting.popleft().result()
            # Before the caller works on these rows: the next calls are under way meanwhile.
            if not done:
                advance(page)
            if problem is None:
                refill()
            # The pager has judged the page by now. An error of it comes after the rows that are sure.
            if not page.stale:
                yield page
            if problem is not None:
                raise problem
    finally:
        # Also where the caller stops in the middle of the listing: nobody would wait for what is under way.
        pager.close()
        for pending in waiting:
            pending.cancel()


_START: Any = Page([])
