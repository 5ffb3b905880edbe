"""Paging: a pager is a generator that yields requests and receives pages; one driver runs it, serially or ahead.

The protocol: a pager yields a `Request` when it knows the next one, or None when it must see a page first. It is sent
a `Page` (in the order of the requests), or None, which asks for one more request before the next page is there. The
request it yielded counts as taken either way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Any, Protocol, TypeAlias

from .errors import PagingError
from .values import Request

__all__ = ["Later", "Page", "Pager", "Pending", "chained", "drive", "in_turn", "offsets", "several"]


@dataclass(slots=True)
class Page:
    """One page of raw rows. `total`: rows of the whole listing, None where the server does not say. `next`: the
    bookmark, cursor or link of the page that follows, None on the last one."""

    rows: list[dict[str, Any]]
    total: int | None = None
    next: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)


Pager: TypeAlias = Generator[Request | None, Page | None, None]


def several(*requests: Request) -> Pager:
    """A listing that is known to be these requests, one page each."""
    for request in requests:  # noqa: UP028, a tuple would receive no pages
        yield request


def offsets(
    request_at: Callable[[int], Request], size: int, start: int = 0, most: int | None = None
) -> Pager:
    """Pages by offset: once the first tells the total, all others are known, so they can be fetched ahead.

    Where the server tells no total, a page shorter than `size` is the last. `most`: rows wanted at the most.
    """
    position, read, under_way, total = start, start, 0, None
    wanted = inf if most is None else start + most
    end = wanted
    while True:
        if position < end and (total is not None or not under_way):
            page = yield request_at(position)
            position += size
            under_way += 1
        elif under_way:
            page = yield None
        else:
            return
        if page is not None:
            under_way -= 1
            if page.total is not None:
                _check(page, total, read, size)
                total, end = page.total, min(wanted, page.total)
            elif len(page.rows) < size:
                end = position
            read += size


def _check(page: Page, total: int | None, read: int, size: int) -> None:
    """Rows would be lost where the listing shrinks under way, or where the server cuts its pages shorter than asked."""
    if total is not None and page.total is not None and page.total < total:
        raise PagingError(
            f"the listing shrank from {total:,} to {page.total:,} rows while it was read: rows would be left out",
            hint="read it whole first, list(...), then change what is in it",
        )
    expected = min(size, (page.total or 0) - read)
    if len(page.rows) < expected:
        raise PagingError(
            f"the server sent {len(page.rows)} rows of a page of {expected}: rows would be left out",
            hint=f"ask for smaller pages: page_limit={max(1, len(page.rows))}",
        )


def in_turn(*pagers: Pager) -> Pager:
    """A listing made of several, one after the other."""
    for pager in pagers:
        yield from pager


def chained(first: Request, follow: Callable[[Page], Request | None]) -> Pager:
    """Pages by bookmark, cursor or next link: each page names the one after it. One that comes twice is an error."""
    request: Request | None = first
    seen = set()
    while request is not None:
        page = yield request
        while page is None:
            page = yield None
        if page.next is not None and page.next in seen:
            raise PagingError(
                f"{first.label}: the server sent the same bookmark twice; going on would never end"
            )
        seen.add(page.next)
        request = follow(page)


class Pending(Protocol):
    """A page that is on its way, or will be fetched when it is asked for."""

    def result(self) -> Page:
        """Waits for the page; raises what fetching it raised."""

    def cancel(self) -> bool:
        """Drops it where it has not started."""


class Later:
    """A page that is fetched only when it is asked for: what makes the driver serial and lazy."""

    __slots__ = ("_fetch", "_request")

    def __init__(self, fetch: Callable[[Request], Page], request: Request) -> None:
        self._fetch, self._request = fetch, request

    def result(self) -> Page:
        """Fetches the page."""
        return self._fetch(self._request)

    def cancel(self) -> bool:
        """Nothing has started."""
        return True


def drive(
    pager: Pager,
    fetch: Callable[[Request], Page],
    ahead: int = 1,
    submit: Callable[[Callable[[Request], Page], Request], Pending] = Later,
) -> Iterator[Page]:
    """Runs a pager: pages in order, at most `ahead` requests under way.

    `submit(fetch, request)` starts a call, or with `Later` merely notes it. Closing the iterator drops what is under
    way; an error on one page comes after the pages before it.
    """
    todo: deque[Request] = deque()
    waiting: deque[Pending] = deque()
    done = False

    def advance(page: Page | None) -> bool:
        nonlocal done
        try:
            request = next(pager) if page is _START else pager.send(page)
        except StopIteration:
            done = True
            return False
        if request is not None:
            todo.append(request)
        return request is not None

    def refill() -> None:
        while len(waiting) < ahead:
            if not todo and (done or not advance(None)):
                return
            waiting.append(submit(fetch, todo.popleft()))

    advance(_START)
    try:
        while True:
            refill()
            if not waiting:
                return
            page = waiting.popleft().result()
            if ahead > 1:  # the next calls start before the caller works on these rows
                if not done:
                    advance(page)
                refill()
                yield page
            else:
                yield page
                if not done:
                    advance(page)
    finally:
        pager.close()
        for pending in waiting:
            pending.cancel()


_START: Any = Page([])
