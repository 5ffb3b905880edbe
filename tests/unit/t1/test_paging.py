"""Walking a long T1 listing: read ahead, in order, with what fails told where it fails."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.errors import APIError, ConnectError
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.core.values import Answer, Request
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


def session(serve: Callable[[Request], Answer]) -> T1:
    return T1("user", auth_method="delayed", transport=FakeTransport(serve))


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
