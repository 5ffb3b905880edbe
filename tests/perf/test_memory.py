"""How many objects are alive while a long listing is walked."""

import gc
import threading
import weakref
from typing import Any

import pytest

from adplatforms.core.errors import UnreadableValueError
from adplatforms.core.relations import Peers
from adplatforms.core.testing import FakeTransport, reply
from terminalone import T1
from terminalone.entities import Strategy

PAGE = 100


def alive(kind: type) -> int:
    return sum(isinstance(each, kind) for each in gc.get_objects())


@pytest.mark.long
@pytest.mark.parametrize("ahead", [1, 8])
def test_ten_thousand_strategies_leave_no_more_than_a_few_pages_behind(sandbox: Any, ahead: int) -> None:
    t1 = sandbox.t1()
    gc.collect()
    before, counts = alive(Strategy), []
    for number, strategy in enumerate(t1.strategies.full().prefetch(ahead), 1):
        assert strategy.name
        if number % 1000 == 0:
            counts.append((alive(Strategy) - before, alive(Peers)))
    assert number >= 10_000
    assert max(entities for entities, _ in counts) <= 2 * PAGE
    assert counts[-1] == counts[0], "as many at the end as at the start"


def test_touched_relations_go_with_their_page(sandbox: Any) -> None:
    t1 = sandbox.t1()
    gc.collect()
    counts = []
    agency = {"advertiser.agency": 101}
    for number, campaign in enumerate(t1.get_all("campaigns", full=True, page_limit=15, limit=agency), 1):
        assert campaign.advertiser.name
        if number % 75 == 0:
            counts.append(alive(type(campaign)) + alive(type(campaign.advertiser)))
    assert len(counts) == 5
    assert max(counts) <= 5 * 15
    assert counts[-1] <= counts[0]


def test_entities_that_are_let_go_go_at_once(sandbox: Any) -> None:
    gc.collect()
    before = alive(Strategy)
    gc.disable()
    try:
        page = list(sandbox.t1().get("strategies", page_limit=100, include="campaign"))
        names = [strategy.campaign.name for strategy in page]
        del page
        assert alive(Strategy) == before, "no cycle keeps them"
    finally:
        gc.enable()
    assert len(names) == 100


def test_nothing_is_converted_before_it_is_read() -> None:
    odd = {"entity_type": "strategy", "id": 1, "start_date": "no date", "budget": "no number", "status": "no flag"}
    answer = reply({"data": [odd], "meta": {"status": "ok", "total_count": 1}})
    t1 = T1("user", auth_method="delayed", transport=FakeTransport([answer]))
    (strategy,) = t1.get("strategies", full=True, page_limit=100)
    assert strategy.id == 1
    for name in ("start_date", "budget", "status"):
        with pytest.raises(UnreadableValueError, match=f"strategy 1.{name}: the server sent 'no "):
            getattr(strategy, name)


@pytest.mark.parametrize("platform", ["t1", "ttd", "pinterest"])
def test_a_session_that_is_dropped_goes_at_once_with_its_threads(sandbox: Any, platform: str) -> None:
    """A cell of a notebook that is run again opens another session, and closes none."""
    session = getattr(sandbox, platform)()
    gc.collect()
    before = set(threading.enumerate())
    gc.disable()
    try:
        assert list(session.campaigns.page_size(20).take(100))
        readers = [each for each in threading.enumerate() if each not in before and each.name == "adplatforms-reader"]
        gone = weakref.ref(session)
        del session
        for reader in readers:
            reader.join(10)
        assert not any(reader.is_alive() for reader in readers)
        assert gone() is None, "no cycle keeps it"
    finally:
        gc.enable()
