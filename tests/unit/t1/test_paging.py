"""Walking a long T1 listing: read ahead, in order, with what fails told where it fails."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.errors import APIError, ConnectError, MovedListingWarning
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.net.retry import Retry
from terminalone import T1


def listing(total: int, tells_total: bool = True) -> Callable[[Request], Answer]:
    """A server with campaigns 0, 1, 2, ..."""

    def serve(request: Request) -> Answer:
        params = dict(request.params)
        first, size = int(params["page_offset"]), int(params["page_limit"])
        rows = [{"entity_type": "campaign", "id": n} for n in range(first, min(total, first + size))]
        meta = {"status": "ok", **({"total_count": total} if tells_total else {})}
        return reply({"data": rows, "meta": meta})

    return serve


def listed_ids(request: Request) -> Answer:
    """A server with every campaign that `q` names by its id; without an offset a page starts at the first."""
    params = dict(request.params)
    first, size = int(params.get("page_offset", 0)), int(params["page_limit"])
    ids = sorted(int(each) for each in params["q"].strip("()").split(","))
    rows = [{"entity_type": "campaign", "id": n} for n in ids[first : first + size]]
    return reply({"data": rows, "meta": {"status": "ok", "total_count": len(ids)}})


def choking(serve: Callable[[Request], Answer], most: int) -> Callable[[Request], Answer]:
    """The same server, which fails on pages of more than `most` rows."""

    def answer(request: Request) -> Answer:
        if int(dict(request.params)["page_limit"]) > most:
            return reply("<h1>Gateway timeout</h1>", "text/html", 504)
        return serve(request)

    return answer


def session(serve: Callable[[Request], Answer], **options: Any) -> T1:
    return T1("user", auth_method="delayed", transport=FakeTransport(serve), **options)


PATIENT = Retry(attempts=2, sleep=lambda seconds: None)


@settings(max_examples=60, deadline=None, database=None)
@given(
    total=st.integers(0, 450),
    size=st.integers(1, 100),
    ahead=st.integers(1, 8),
    most=st.none() | st.integers(0, 460),
    start=st.integers(0, 460),
    tells_total=st.booleans(),
)
def test_every_campaign_comes_once_and_in_order(
    total: int, size: int, ahead: int, most: int | None, start: int, tells_total: bool
) -> None:
    with session(listing(total, tells_total)) as t1:
        query = t1.campaigns.page_size(size).prefetch(ahead).skip(start)
        found = [campaign.id for campaign in (query if most is None else query.take(most))]
    assert found == list(range(total))[start:][:most]


@pytest.mark.parametrize(
    "failure", [reply("<h1>Bad gateway</h1>", "text/html", 502), ConnectError("cannot reach it")], ids=["502", "down"]
)
def test_a_page_that_fails_is_told_after_the_rows_before_it(failure: Any) -> None:
    serve = listing(1000)

    def fail(request: Request) -> Answer:
        if dict(request.params)["page_offset"] == "300":
            if isinstance(failure, Exception):
                raise failure
            return failure  # type: ignore[no-any-return]
        return serve(request)

    seen: list[int] = []
    with session(fail) as t1, pytest.raises((APIError, ConnectError), match=r"Bad gateway|cannot reach"):
        seen.extend(campaign.id for campaign in t1.get_all("campaigns"))
    assert seen == list(range(300))


def test_pages_that_arrive_out_of_order_are_put_in_order() -> None:
    serve, later = listing(400), threading.Event()

    def slow_second_page(request: Request) -> Answer:
        offset = dict(request.params)["page_offset"]
        if offset == "100":
            assert later.wait(10), "page four was not asked for meanwhile"
        if offset == "300":
            later.set()
        return serve(request)

    with session(slow_second_page) as t1:
        assert [campaign.id for campaign in t1.get_all("campaigns")] == list(range(400))


def test_one_after_the_other_when_told_so() -> None:
    serve, under_way = listing(400), threading.Lock()

    def alone(request: Request) -> Answer:
        assert under_way.acquire(blocking=False), "two calls at once"
        try:
            return serve(request)
        finally:
            under_way.release()

    with session(alone) as t1:
        assert len(list(t1.campaigns.prefetch(1))) == 400


def test_closing_the_session_ends_its_threads() -> None:
    before = set(threading.enumerate())
    with session(listing(400)) as t1:
        assert len(list(t1.campaigns)) == 400
        assert set(threading.enumerate()) - before
    assert set(threading.enumerate()) - before == set()


@pytest.mark.parametrize("size", [26, 51, 99, 100])
@pytest.mark.parametrize("tells_total", [True, False])
def test_a_page_that_t1_chokes_on_is_read_whole_in_smaller_ones(size: int, tells_total: bool) -> None:
    """Odd sizes too: no row is left out between two halves, and none comes twice."""
    with session(choking(listing(260, tells_total), 25), retry=PATIENT) as t1:
        query = t1.campaigns.page_size(size).prefetch(1)
        pages = list(query.pages())
        assert [campaign.id for page in pages for campaign in page] == list(range(260))
        assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
        assert [page.token for page in pages[:2]] == [str(size), str(2 * size)]
        assert [c.id for c in query.resume(pages[0].token)] == list(range(size, 260))


def test_what_a_page_of_t1_tells_beside_its_rows_stays_where_it_came_in_parts() -> None:
    with session(choking(listing(260), 30), retry=PATIENT) as t1:
        page = t1.fetch_page(t1.campaigns.page_size(51).skip(40).plan().first)
    assert [row["id"] for row in page.rows] == list(range(40, 91))
    assert (page.total, page.next) == (260, None)


@pytest.mark.parametrize("count", [99, 250])
def test_lists_of_ids_that_t1_chokes_on_are_read_whole_in_smaller_pages(count: int) -> None:
    wanted = list(range(1, count + 1))
    with session(choking(listed_ids, 30), retry=PATIENT) as t1:
        assert [campaign.id for campaign in t1.campaigns.where(id=wanted)] == wanted


def test_the_smallest_page_that_t1_chokes_on_is_an_error() -> None:
    with session(choking(listing(260), 12), retry=PATIENT) as t1, pytest.raises(APIError, match="Gateway timeout"):
        list(t1.campaigns.prefetch(1))
    sizes = [dict(request.params)["page_limit"] for request in t1.transport.calls]
    assert sizes == ["100", "100", "50", "50", "25", "25"]


def test_a_session_that_does_not_repeat_asks_for_no_smaller_pages() -> None:
    with session(choking(listing(260), 50), retry=None) as t1, pytest.raises(APIError, match="Gateway timeout"):
        list(t1.campaigns.prefetch(1))
    assert len(t1.transport.calls) == 1


@pytest.mark.parametrize("gone", [3, 24, 25, 60, 119], ids=lambda row: f"row {row}")
@pytest.mark.parametrize("ahead", [1, 4])
def test_a_row_that_disappears_meanwhile_takes_no_other_with_it(gone: int, ahead: int) -> None:
    """Whether it was read before or comes later: all others are there once."""
    rows, lock = list(range(120)), threading.Lock()

    def shrinking(request: Request) -> Answer:
        params = dict(request.params)
        first, size = int(params["page_offset"]), int(params["page_limit"])
        with lock:
            if first >= 25 and gone in rows:
                rows.remove(gone)
            now = [{"entity_type": "campaign", "id": n} for n in rows[first : first + size]]
            return reply({"data": now, "meta": {"status": "ok", "total_count": len(rows)}})

    with session(shrinking) as t1, pytest.warns(MovedListingWarning, match="changed while it was read"):
        found = [campaign.id for campaign in t1.campaigns.page_size(25).prefetch(ahead)]
    assert [each for each in found if each != gone] == [each for each in range(120) if each != gone]
    assert len(found) == len(set(found))
    assert (gone in found) == (gone < 25)


@pytest.mark.parametrize("status", [501, 505])
def test_what_t1_does_not_offer_is_asked_for_once(status: int) -> None:
    with session(lambda request: reply("<h1>No</h1>", "text/html", status)) as t1:
        with pytest.raises(APIError, match=f"HTTP {status}, text/html: No"):
            t1.get("campaigns", 7)
        assert len(t1.transport.calls) == 1


@pytest.mark.parametrize("size", [2, 100])
def test_rows_that_are_compared_here_are_looked_for_to_the_end(size: int) -> None:
    """The rows that are wanted, not the rows that were read, are what `take` and `skip` count; a token counts the
    server's rows, and what was skipped before it is not skipped again."""

    def serve(request: Request) -> Answer:
        params = dict(request.params)
        first, limit = int(params["page_offset"]), int(params["page_limit"])
        rows = [{"entity_type": "campaign", "id": n, "name": "yes" if n % 3 == 0 else "x"} for n in range(20)]
        return reply({"data": rows[first : first + limit], "meta": {"status": "ok", "total_count": 20}})

    with session(serve) as t1:
        query = t1.campaigns.where(status=True).where(name="yes").page_size(size).prefetch(1)
        assert [str(condition) for condition in query.plan().here] == ["name == 'yes'"]
        assert [campaign.id for campaign in query.take(3)] == [0, 3, 6]
        assert [campaign.id for campaign in query.skip(2).take(3)] == [6, 9, 12]
        assert [campaign.id for campaign in query.skip(2).resume("10")] == [12, 15, 18]
        assert [campaign.id for campaign in t1.campaigns.skip(2).take(3)] == [2, 3, 4]
        assert query.count() == 7
