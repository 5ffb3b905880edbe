"""The paging driver: every row once and in order, whatever the server, the page size and the window."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.errors import MovedListingWarning, PagingError
from adplatforms.core.messages import Request
from adplatforms.core.offsets import offsets
from adplatforms.core.paging import Page, chained, drive, several, side_by_side
from adplatforms.core.runtime import Later


def request_at(offset: int) -> Request:
    return Request("GET", "rows", (("offset", str(offset)),))


def offset_of(request: Request) -> int:
    return int(dict(request.params)["offset"])


class Server:
    """A listing of whole numbers. `fetched` has the offsets asked for, in order."""

    def __init__(self, total: int, size: int, tells_total: bool = True) -> None:
        self.total, self.size, self.tells_total = total, size, tells_total
        self.fetched: list[int] = []

    def __call__(self, request: Request) -> Page:
        offset = offset_of(request)
        self.fetched.append(offset)
        rows: list[Any] = list(range(self.total))[offset : offset + self.size]
        return Page(rows, self.total if self.tells_total else None)


class Noted(Later):
    """A call that is noted as started or dropped."""

    started: list[int]
    dropped: list[int]

    def __init__(self, fetch: Callable[[Request], Page], request: Request) -> None:
        super().__init__(fetch, request)
        self.offset = offset_of(request)
        self.started.append(self.offset)

    def cancel(self) -> bool:
        self.dropped.append(self.offset)
        return True


@pytest.fixture
def noted() -> type[Noted]:
    class Fresh(Noted):
        started, dropped = [], []

    return Fresh


@settings(deadline=None, database=None)
@given(
    total=st.integers(0, 60),
    size=st.integers(1, 12),
    start=st.integers(0, 70),
    most=st.none() | st.integers(0, 70),
    ahead=st.integers(1, 9),
    tells_total=st.booleans(),
)
def test_every_row_comes_once_and_in_order(
    total: int, size: int, start: int, most: int | None, ahead: int, tells_total: bool
) -> None:
    server = Server(total, size, tells_total)
    rows = [row for page in drive(offsets(request_at, size, start, most), server, ahead) for row in page.rows]
    expected = list(range(total))[start:]
    assert rows[:most] == expected[:most]
    assert len(rows) < len(expected[:most]) + size
    assert len(server.fetched) == len(set(server.fetched))
    pages = -(-len(expected[:most]) // size)
    assert len(server.fetched) <= pages + 1


def test_no_call_is_made_before_a_page_is_asked_for() -> None:
    server = Server(100, 10)
    pages = drive(offsets(request_at, 10), server)
    assert server.fetched == []
    next(pages)
    assert server.fetched == [0]


def test_serial_paging_asks_for_a_page_only_when_it_is_wanted() -> None:
    server = Server(100, 10)
    pages = drive(offsets(request_at, 10), server)
    for number in range(3):
        next(pages)
        assert server.fetched == list(range(0, 10 * (number + 1), 10))
    pages.close()  # type: ignore[attr-defined]
    assert server.fetched == [0, 10, 20]


def test_the_window_is_filled_once_the_total_is_known(noted: type[Noted]) -> None:
    pages = drive(offsets(request_at, 10), Server(200, 10), 4, noted)
    assert noted.started == []
    next(pages)
    assert noted.started == [0, 10, 20, 30, 40]
    next(pages)
    assert noted.started == [0, 10, 20, 30, 40, 50]


def test_without_a_total_nothing_is_fetched_ahead(noted: type[Noted]) -> None:
    pages = drive(offsets(request_at, 10), Server(25, 10, tells_total=False), 4, noted)
    assert [len(page.rows) for page in pages] == [10, 10, 5]
    assert noted.started == [0, 10, 20]


def test_a_window_that_is_closed_meanwhile_leaves_out_no_row(noted: type[Noted]) -> None:
    """A window of none at all still has the call that the next rows come with."""
    server, widths = Server(50, 10), iter([3, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    pages = drive(offsets(request_at, 10), server, lambda: next(widths, 0), noted)
    assert [row for page in pages for row in page.rows] == list(range(50))


def test_closing_drops_what_is_under_way(noted: type[Noted]) -> None:
    server = Server(200, 10)
    pages = drive(offsets(request_at, 10), server, 4, noted)
    next(pages)
    pages.close()  # type: ignore[attr-defined]
    assert noted.dropped == [10, 20, 30, 40]
    assert server.fetched == [0]


@pytest.mark.parametrize("ahead", [1, 3, 8])
def test_an_error_comes_after_the_pages_before_it(ahead: int) -> None:
    server = Server(100, 10)

    def fetch(request: Request) -> Page:
        if offset_of(request) == 30:
            raise OSError("page four is broken")
        return server(request)

    seen: list[Any] = []
    with pytest.raises(OSError, match="page four"):
        seen.extend(row for page in drive(offsets(request_at, 10), fetch, ahead) for row in page.rows)
    assert seen == list(range(30))


class Moving(Server):
    """A listing of rows that changes: `moves` has what to do before the call of that number."""

    def __init__(self, total: int, size: int, moves: dict[int, Callable[[list[Any]], object]]) -> None:
        super().__init__(total, size)
        self.rows, self.moves = list(range(total)), moves

    def __call__(self, request: Request) -> Page:
        self.moves.get(len(self.fetched), lambda rows: None)(self.rows)
        offset = offset_of(request)
        self.fetched.append(offset)
        return Page(self.rows[offset : offset + self.size], len(self.rows))


def drop(count: int) -> Callable[[list[Any]], object]:
    return lambda rows: rows.__delitem__(slice(0, count))


@pytest.mark.parametrize("ahead", [1, 4])
@pytest.mark.parametrize("call", [1, 3, 5])
@pytest.mark.parametrize("count", [1, 7, 10, 25])
def test_rows_are_not_lost_where_a_listing_shrinks_meanwhile(ahead: int, call: int, count: int) -> None:
    server = Moving(60, 10, {call: drop(count)})
    with pytest.warns(MovedListingWarning, match="changed while it was read"):
        rows = [row for page in drive(offsets(request_at, 10), server, ahead) for row in page.rows]
    assert len(rows) == len(set(rows))
    assert set(rows) >= set(server.rows)
    assert rows == sorted(rows)


@pytest.mark.parametrize("ahead", [1, 4])
@pytest.mark.parametrize("row", [25, 45, 59])
def test_a_later_row_that_disappears_takes_no_other_along(ahead: int, row: int) -> None:
    """The total tells that a row is gone and not which: what is read again for that comes again, and is left out."""
    server = Moving(60, 10, {2: lambda rows: rows.remove(row)})
    with pytest.warns(MovedListingWarning, match="changed while it was read"):
        pages = [page.rows for page in drive(offsets(request_at, 10), server, ahead)]
    assert [each for rows in pages for each in rows] == server.rows
    assert len(server.fetched) <= 7 + ahead


@pytest.mark.parametrize("ahead", [1, 4])
def test_rows_do_not_come_twice_where_a_listing_grows_meanwhile(ahead: int) -> None:
    server = Moving(40, 10, {2: lambda rows: rows.insert(0, -1)})
    with pytest.warns(MovedListingWarning):
        rows = [row for page in drive(offsets(request_at, 10), server, ahead) for row in page.rows]
    assert rows == list(range(40))


@pytest.mark.parametrize("ahead", [1, 4])
def test_a_page_that_comes_twice_is_read_again(ahead: int) -> None:
    server = Server(40, 10)

    def fetch(request: Request) -> Page:
        again = len(server.fetched) == 2
        return server(request_at(10) if again else request)

    with pytest.warns(MovedListingWarning):
        rows = [row for page in drive(offsets(request_at, 10), fetch, ahead) for row in page.rows]
    assert rows == list(range(40))


def test_a_server_that_sends_one_page_for_ever_is_an_error_after_its_rows() -> None:
    rows: list[Any] = []
    with pytest.warns(MovedListingWarning), pytest.raises(PagingError, match="changes faster"):
        rows.extend(r for p in drive(offsets(request_at, 10), lambda _: Page(list(range(10)), 50)) for r in p.rows)  # type: ignore[arg-type]
    assert rows == list(range(10))


@pytest.mark.parametrize("ahead", [1, 4])
def test_pages_shorter_than_asked_lose_nothing(ahead: int) -> None:
    server = Server(30, 4)
    rows = [row for page in drive(offsets(request_at, 10), server, ahead) for row in page.rows]
    assert rows == list(range(30))
    assert len(server.fetched) <= 8 + ahead


def test_an_empty_page_in_the_middle_is_an_error() -> None:
    def fetch(request: Request) -> Page:
        return Page([] if offset_of(request) else list(range(10)), 30)  # type: ignore[arg-type]

    with pytest.raises(PagingError, match="no rows from 10 of 30"):
        list(drive(offsets(request_at, 10), fetch))


@pytest.mark.parametrize("ahead", [1, 4])
def test_each_page_tells_where_to_go_on(ahead: int) -> None:
    pages = list(drive(offsets(request_at, 10), Server(35, 10), ahead))
    assert [page.token for page in pages] == ["10", "20", "30", "35"]


@pytest.mark.parametrize("ahead", [1, 4])
def test_known_requests_are_a_page_each(ahead: int) -> None:
    server = Server(30, 10)
    pages = drive(several(*map(request_at, (20, 0, 10))), server, ahead)
    assert [page.rows[0] for page in pages] == [20, 0, 10]
    assert list(drive(several(), server, ahead)) == []


# bookmarks


def bookmarked(*bookmarks: str | None) -> Callable[[Request], Page]:
    """A listing whose pages name these bookmarks, one after the other."""
    following = iter(bookmarks)
    return lambda request: Page([{"asked": str(request)}], next=next(following))


def follow(page: Page) -> Request | None:
    return None if page.next is None else Request("GET", "rows", (("bookmark", page.next),))


@pytest.mark.parametrize("ahead", [1, 4])
def test_bookmarks_are_followed_to_the_end(ahead: int) -> None:
    pages = drive(chained(Request("GET", "rows"), follow), bookmarked("a", "b", None), ahead)
    asked = [page.rows[0]["asked"] for page in pages]
    assert asked == ["GET rows", "GET rows  bookmark=a", "GET rows  bookmark=b"]


@pytest.mark.parametrize("bookmarks", [("a", "a"), ("a", "b", "a")])
@pytest.mark.parametrize("ahead", [1, 4])
def test_a_bookmark_that_repeats_is_an_error_after_the_rows(bookmarks: tuple[str, ...], ahead: int) -> None:
    pages = drive(chained(Request("GET", "rows"), follow), bookmarked(*bookmarks), ahead)
    seen: list[Any] = []
    with pytest.raises(PagingError, match="same bookmark twice"):
        seen.extend(row for page in pages for row in page.rows)
    assert len(seen) >= len(bookmarks) - 1


def shelf(request: Request) -> Page:
    """Three listings of up to three pages: ``a1 a2 a3``, ``b1 b2``, ``c1``."""
    shelves = {"a": 3, "b": 2, "c": 1}
    letter, number = request.path[0], int(request.path[1:])
    following = f"{letter}{number + 1}" if number < shelves[letter] else None
    return Page([{"id": request.path}], next=following)


def next_of(request: Request, page: Page) -> list[Request]:
    assert page.rows[0]["id"] == request.path  # each page comes with the request that it answers
    return [Request("GET", page.next)] if page.next else []


SHELVES = [Request("GET", "a1"), Request("GET", "b1"), Request("GET", "c1")]


@pytest.mark.parametrize(
    ("ahead", "each_to_its_end", "order"),
    [
        (1, False, "a1 b1 c1 a2 b2 a3"),
        (3, False, "a1 b1 c1 a2 b2 a3"),
        (1, True, "a1 a2 a3 b1 b2 c1"),
        (2, True, "a1 b1 a2 b2 a3 c1"),
    ],
)
def test_listings_side_by_side(ahead: int, each_to_its_end: bool, order: str) -> None:
    pages = drive(side_by_side(SHELVES, next_of, each_to_its_end=each_to_its_end), shelf, ahead)
    assert " ".join(row["id"] for page in pages for row in page.rows) == order


def test_a_page_that_follows_twice_is_an_error() -> None:
    def back(request: Request, page: Page) -> list[Request]:
        return [SHELVES[0]]

    with pytest.raises(PagingError, match="GET a1: the server sent the same bookmark twice"):
        list(drive(side_by_side(SHELVES, back), shelf))


def test_what_differs_in_its_body_alone_is_another_page() -> None:
    def following(request: Request, page: Page) -> list[Request]:
        number = (request.json or {"after": 0})["after"]
        return [Request("POST", "a1", json={"after": number + 1})] if number < 3 else []

    assert len(list(drive(side_by_side([Request("POST", "a1")], following), shelf))) == 4
