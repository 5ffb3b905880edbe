"""Sorted listings in which T1 orders equal records anew for each page: every row comes, and comes once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import MovedListingWarning, PagingError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import FakeTransport, reply
from terminalone import T1

ALL = list(range(1, 251))


def answer(ids: list[int], total: int, full: bool) -> Answer:
    rows = [{"entity_type": "campaign", "id": i, "name": "same", **({"version": 1} if full else {})} for i in ids]
    return reply({"data": rows, "meta": {"status": "ok", "total_count": total}})


class Server:
    """Pages of 250 campaigns. order: the ids as the page from an offset on has them."""

    def __init__(self, order: Callable[[int], list[int]], hidden: int = 0) -> None:
        self.order, self.hidden, self.asked = order, hidden, []  # type: ignore[var-annotated]

    def __call__(self, request: Request) -> Answer:
        params = dict(request.params)
        self.asked.append(params)
        full = "full" in params
        if params.get("q", "").startswith("("):
            ids = [int(i) for i in params["q"][1:-1].split(",")]
            return answer([i for i in ids if i != self.hidden], len(ids), full)
        start, size = int(params.get("page_offset", 0)), int(params["page_limit"])
        ids = ALL if params["sort_by"] == "id" else self.order(start)
        return answer(ids[start : start + size], len(ALL), full)


def listed(server: Server, **options: Any) -> list[int]:
    t1 = T1("a", "b", auth_method="delayed", transport=FakeTransport(server), retry=None)
    return [campaign.id for campaign in t1.get_all("campaigns", sort_by="name", **options)]


def turned(start: int) -> list[int]:
    """Each page of another order: the second repeats 10 rows of the first, and 10 never come."""
    return ALL if start < 100 else ALL[90:] + ALL[:90]


def test_an_order_that_stays_needs_no_further_call() -> None:
    server = Server(lambda start: ALL[::-1])
    assert listed(server) == ALL[::-1]
    assert [asked["sort_by"] for asked in server.asked] == ["name"] * 3


def test_rows_that_the_order_left_out_come_at_the_end_and_none_twice() -> None:
    server = Server(turned)
    with pytest.warns(MovedListingWarning, match=r"left \d+ rows out of the order"):
        found = listed(server, full=True)
    assert sorted(found) == ALL
    short = [asked for asked in server.asked if asked["sort_by"] == "id" and "q" not in asked]
    assert len(short) == 3
    assert not any("full" in asked for asked in short)
    assert all(asked["full"] == "*" for asked in server.asked if "q" in asked)


def test_so_many_rows_as_were_asked_for() -> None:
    t1 = T1("a", "b", auth_method="delayed", transport=FakeTransport(Server(turned)), retry=None)
    with pytest.warns(MovedListingWarning, match="rows out of the order"):
        found = [campaign.id for campaign in t1.campaigns.order_by("name").take(190)]
    assert len(found) == len(set(found)) == 190


def test_a_row_that_nothing_brings_is_an_error() -> None:
    missing = min(set(ALL) - set(turned(0)[:100] + turned(100)[100:200] + turned(200)[200:]))
    with (
        pytest.warns(MovedListingWarning, match="rows out of the order"),
        pytest.raises(PagingError, match="1 rows are listed by id, and T1 does not send them"),
    ):
        listed(Server(turned, hidden=missing))


@pytest.mark.parametrize("sort_by", ["name", "id"])
def test_a_server_with_one_page_for_every_offset_ends_in_its_rows_and_an_error(sort_by: str) -> None:
    """What a mock often is: the rows come once, and the listing does not go on for ever."""

    def same(request: Request) -> Answer:
        return answer(ALL[:100], 250, full=False)

    t1 = T1("a", "b", auth_method="delayed", transport=FakeTransport(same), retry=None)
    found: list[int] = []
    with (
        pytest.warns(MovedListingWarning, match="changed while it was read"),
        pytest.raises(PagingError, match=r"faster than it can be read|rows would be left out"),
    ):
        found += (campaign.id for campaign in t1.get_all("campaigns", sort_by=sort_by))
    assert found == ALL[:100]
