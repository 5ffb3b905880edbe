"""Threads that share a session get right answers."""

import threading
from collections.abc import Callable
from typing import Any

from terminalone.entities import Campaign


def at_once(number: int, work: Callable[[int], Any]) -> list[Any]:
    """What `work` gives for 0, 1, ..., each in a thread, all started together."""
    together = threading.Barrier(number)
    found: list[Any] = [None] * number

    def run(turn: int) -> None:
        together.wait(30)
        try:
            found[turn] = work(turn)
        except Exception as error:  # noqa: BLE001, told below
            found[turn] = error

    threads = [threading.Thread(target=run, args=(turn,)) for turn in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each for each in found if isinstance(each, Exception)] == []
    return found


def test_32_threads_read_through_one_session(sandbox: Any) -> None:
    t1 = sandbox.t1()
    advertisers = list(range(1, 33))
    expected = {n: [c.id for c in t1.campaigns.where(advertiser_id=n)] for n in advertisers}
    found = at_once(32, lambda turn: [c.id for c in t1.get_all("campaigns", limit={"advertiser": turn + 1})])
    assert found == [expected[n] for n in advertisers]
    assert any(expected.values())


def test_32_threads_ask_different_things(sandbox: Any) -> None:
    t1 = sandbox.t1()

    def work(turn: int) -> Any:
        if turn % 4 == 0:
            return t1.get("campaigns", turn + 1).id == turn + 1
        if turn % 4 == 1:
            return t1.query("advertisers").count() == 120
        if turn % 4 == 2:
            names = [c.advertiser.name for c in t1.get("campaigns", page_limit=20, page_offset=turn)]
            return len(names) == 20 and all(names)
        return len(list(t1.query(Campaign).where(Campaign.id <= 300))) == 300

    assert at_once(32, work) == [True] * 32


def test_32_threads_walk_everything_through_one_pool(sandbox: Any) -> None:
    t1 = sandbox.t1()
    assert at_once(32, lambda turn: [a.id for a in t1.query("advertisers")]) == [list(range(1, 121))] * 32


def test_threads_save_different_entities(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    page = list(t1.query(Campaign).full().take(16))

    def work(turn: int) -> None:
        page[turn].name = f"Campaign of thread {turn}"
        page[turn].save()

    at_once(16, work)
    names = [campaign.name for campaign in t1.query(Campaign).full().take(16)]
    assert names == [f"Campaign of thread {turn}" for turn in range(16)]


def test_the_peers_of_a_page_may_be_touched_by_many_threads(sandbox: Any) -> None:
    t1 = sandbox.t1()
    page = list(t1.get("campaigns", full=True, page_limit=32))
    found = at_once(32, lambda turn: page[turn].advertiser.id)
    assert found == [campaign.advertiser_id for campaign in page]
