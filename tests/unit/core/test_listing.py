"""Listings through a session: complete, in order, once, whatever happens meanwhile; resumed where they stopped."""

import random
import threading
import warnings
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, MovedListingWarning, PagingError, UnavailableError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import reply


class Table:
    """Rows that the platform lists in the order of their ids; `before_call` may change them."""

    def __init__(self, count: int, bookmarks: bool = False) -> None:
        self.ids, self.calls, self.bookmarks = list(range(count)), 0, bookmarks
        self.before_call: Any = None
        self.lock = threading.Lock()

    def __call__(self, request: Request) -> Answer:
        with self.lock:
            self.calls += 1
            if self.before_call:
                refusal = self.before_call(self, request)
                if refusal:
                    return refusal  # type: ignore[no-any-return]
            words = dict(request.params)
            size = int(words["size"])
            start = int(words.get("bookmark", "b0")[1:]) if self.bookmarks else int(words["from"])
            rows = [{"id": f"{number:06}", "name": "x"} for number in self.ids[start : start + size]]
            if not self.bookmarks:
                return reply({"rows": rows, "total": len(self.ids)})
            return reply({"rows": rows, "next": f"b{start + size}" if start + size < len(self.ids) else None})


@pytest.fixture(params=["offsets", "ahead", "bookmarks"])
def listing(request: Any, session: Any) -> Any:
    """Makes a table, and the query of it in pages of 10: by offset, by offset read ahead, by bookmark."""

    def make(count: int, **options: Any) -> tuple[Table, Any]:
        table = Table(count, request.param == "bookmarks")
        capabilities = {"total": not table.bookmarks, "prefetch": 4 if request.param == "ahead" else 1}
        return table, session(table, capabilities=capabilities, **options).shops.page_size(10)

    return make


def numbers(entities: Any) -> list[int]:
    return [int(entity.id) for entity in entities]


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 95, 100])
def test_every_row_once_and_in_order(count: int, listing: Any) -> None:
    table, query = listing(count)
    assert numbers(query) == list(range(count))
    assert table.calls == max(1, -(-count // 10))


@pytest.mark.parametrize("most", [0, 1, 10, 15, 1000])
def test_no_more_than_asked_for(most: int, listing: Any) -> None:
    _, query = listing(55)
    assert numbers(query.take(most)) == list(range(min(most, 55)))


def test_a_failure_comes_after_the_rows_before_it(listing: Any) -> None:
    table, query = listing(100, retry=None)
    table.before_call = lambda table, request: (
        reply({"code": 1}, status=400) if {("from", "60"), ("bookmark", "b60")} & set(request.params) else None
    )
    got: list[Any] = []
    with pytest.raises(ValueError, match="HTTP 400"):
        got.extend(query)
    assert numbers(got) == list(range(60))


def test_a_listing_goes_on_where_it_stopped(listing: Any) -> None:
    table, query = listing(100, retry=None)
    table.before_call = lambda table, request: (
        reply({}, status=503) if {("from", "60"), ("bookmark", "b60")} & set(request.params) else None
    )
    pages: list[Any] = []
    with pytest.raises(UnavailableError, match="HTTP 503"):
        pages.extend(query.pages())
    table.before_call = None
    got = [entity for page in pages for entity in page]
    assert numbers([*got, *query.resume(pages[-1].token)]) == list(range(100))


def test_each_page_can_be_gone_on_from(listing: Any) -> None:
    _, query = listing(45)
    pages = list(query.pages())
    for place, page in enumerate(pages[:-1]):
        assert numbers(query.resume(page.token)) == list(range(10 * (place + 1), 45))


@pytest.mark.parametrize("token", ["", None, 7])
def test_what_is_no_token(token: Any, listing: Any) -> None:
    _, query = listing(1)
    with pytest.raises(ClientError, match="is not a token to resume from"):
        query.resume(token)


def test_a_flaky_line_loses_nothing(listing: Any) -> None:
    table, query = listing(200)
    rng = random.Random(3)
    table.before_call = lambda table, request: (
        reply({}, status=rng.choice([429, 500, 503])) if rng.random() < 0.3 else None
    )
    assert numbers(query) == list(range(200))
    assert query.session.stats.retries > 3


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("ahead", "what"), [(1, "both"), (4, "added"), (4, "removed")])
def test_rows_that_stay_come_once_while_others_come_and_go(seed: int, ahead: int, what: str, session: Any) -> None:
    """Before each call one row may be added, or one removed, anywhere. (Both at once cannot be told from neither.)"""
    rng, table = random.Random(seed), Table(200)
    table.ids = list(range(0, 2000, 10))
    gone, extra = set(), iter(range(1, 10_000, 10))

    def change(table: Table, request: Request) -> None:
        chance = rng.random()
        if chance < 0.25 and what != "added":
            gone.add(table.ids.pop(rng.randrange(len(table.ids))))
        elif 0.25 < chance < 0.5 and what != "removed":
            table.ids = sorted({*table.ids, next(extra) + rng.randrange(1, 9) * 100})

    table.before_call = change
    stays = set(table.ids)
    listing = iter(session(table, capabilities={"prefetch": ahead}).shops.page_size(10))
    got: list[int] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MovedListingWarning)
        try:
            got.extend(int(entity.id) for entity in listing)
        except PagingError:
            stays = {number for number in stays if got and number < got[-1]}  # told, and nothing left out before it
    assert len(got) == len(set(got)), "a row came twice"
    assert not stays - gone - set(got), "a row was left out"


def test_a_listing_that_moved_says_so_once(session: Any) -> None:
    table = Table(100)
    table.before_call = lambda table, request: table.ids.insert(0, 1000 + table.calls)
    with pytest.warns(MovedListingWarning, match="changed while it was read") as warned:
        got = numbers(session(table).shops.page_size(10))
    assert len(warned) == 1
    assert len(got) == len(set(got))
    assert set(range(100)) <= set(got)


def test_a_page_that_is_too_large_for_the_server_is_read_in_parts(session: Any, watch: Any) -> None:
    table = Table(200)
    table.before_call = lambda table, request: reply({}, status=504) if int(dict(request.params)["size"]) > 30 else None
    one = session(table, retry=watch.retry(attempts=2))
    assert numbers(one.shops.page_size(100)) == list(range(200))


def test_without_retries_a_page_is_not_read_in_parts(session: Any) -> None:
    table = Table(200)
    table.before_call = lambda table, request: reply({}, status=504)
    with pytest.raises(UnavailableError, match="HTTP 504"):
        list(session(table, retry=None).shops.page_size(100))
    assert table.calls == 1


def test_fewer_calls_are_under_way_while_the_server_fails(session: Any) -> None:
    table = Table(1000)
    table.before_call = lambda table, request: reply({}, status=429) if table.calls in (3, 4, 5) else None
    one = session(table, capabilities={"prefetch": 8})
    assert one.connection.concurrency == 8
    listing = iter(one.shops.page_size(10))
    next(listing)
    widths = set()
    for _ in listing:
        widths.add(one.connection.concurrency)
    assert min(widths) < 8
    assert one.connection.concurrency == 8  # it has grown back
