"""How many Python functions run for a page, an entity and a field: what time would tell with noise."""

import logging
import sys
from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import FakeTransport

CONNECT: dict[str, Callable[[Any], Any]] = {
    "t1": lambda sandbox: sandbox.t1(),
    "ttd": lambda sandbox: sandbox.ttd(),
    "pinterest": lambda sandbox: sandbox.pinterest(),
}
TYPED = {"t1": "total_budget", "ttd": "pacing_mode", "pinterest": "daily_spend_cap"}
"""A field of a campaign whose value is converted."""


def python_calls(work: Callable[[], object], ours: bool = False) -> int:
    """How many Python functions a piece of work calls, in this thread. ours: only those of the packages."""
    count = 0

    def note(frame: Any, event: str, arg: Any) -> None:
        nonlocal count
        if event == "call" and (not ours or _is_ours(frame.f_globals.get("__name__", ""))):
            count += 1

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def _is_ours(module: str) -> bool:
    """Whether a module is of the packages, the sandbox left out."""
    return module.startswith(("adplatforms.", "terminalone")) and ".sandbox" not in module


@pytest.fixture(autouse=True)
def _no_log(caplog: pytest.LogCaptureFixture) -> None:
    """The log is as it is in a program that has not asked for it."""
    caplog.set_level(logging.WARNING, "adplatforms")


@pytest.fixture(params=CONNECT)
def session(request: pytest.FixtureRequest, sandbox: Any) -> Any:
    """A session of each platform whose answers come from memory: the first page of campaigns, again and again."""
    one = CONNECT[request.param](sandbox)
    first = one.transport.send(one.campaigns.full().page_size(100).plan().first)
    one.transport.close()
    one.transport = FakeTransport(lambda asked: Answer(200, first.headers, first.content, asked))
    one.name = request.param
    yield one
    one.close()


def page_of(session: Any) -> tuple[Any, Any, Request]:
    query = session.campaigns.full().page_size(100)
    request = query.plan().first
    return query, session.fetch_page(request), request


def test_an_entity_is_built_by_two_calls(session: Any) -> None:
    query, page, _ = page_of(session)
    assert len(page.rows) == 100
    assert python_calls(lambda: session.entities(query, page)) <= 2 * 100 + 10


def test_a_page_is_read_by_calls_that_do_not_grow_with_its_fields(session: Any) -> None:
    _, page, request = page_of(session)
    rows = python_calls(lambda: session.fetch_page(request))
    assert rows <= len(page.rows) + 60


def test_a_field_is_read_by_one_call_and_converted_by_another(session: Any) -> None:
    query, page, _ = page_of(session)
    campaigns = session.entities(query, page)
    assert python_calls(lambda: [campaign.name for campaign in campaigns]) <= 100 + 3
    field = TYPED[session.name]
    for campaign in campaigns:  # amounts that were converted before are looked up: other tests may have done it, or not
        getattr(campaign, field)
    assert python_calls(lambda: [getattr(campaign, field) for campaign in campaigns]) <= 2 * 100 + 3


def test_a_listing_costs_little_beside_its_pages(t1: Any) -> None:
    """All 2,500 campaigns, one page after the other: driver, pager, plan and checks of moved rows."""
    query = t1.campaigns.full().prefetch(1)
    answers = {str(call.params): t1.transport.send(call) for call in _requests(query)}
    t1.transport = FakeTransport(lambda asked: answers[str(asked.params)])
    entities = python_calls(lambda: list(query))
    assert entities <= 2_500 * 5 + 25 * 100


def _requests(query: Any) -> list[Request]:
    first = query.plan().first
    return [
        Request(
            first.method,
            first.path,
            tuple((name, str(offset) if name == "page_offset" else value) for name, value in first.params),
            headers=first.headers,
        )
        for offset in range(0, 2_500, 100)
    ]


def test_a_save_costs_little_beside_its_call(t1: Any) -> None:
    """What changed is found without looking at each of the 61 fields."""
    campaign = t1.get("campaigns", 7)
    campaign.name = "first"
    campaign.save()
    campaign.name = "second"
    assert python_calls(campaign.save, ours=True) <= 150


def test_what_a_document_selects_is_worked_out_once(sandbox: Any) -> None:
    ttd = sandbox.ttd()
    ttd.get("campaigns", "cmp0012")
    assert python_calls(lambda: ttd.get("campaigns", "cmp0013"), ours=True) <= 175


def test_a_listing_is_planned_without_what_nobody_asked_for(sandbox: Any) -> None:
    """Neither the total's document nor the words of `explain()`."""
    ttd = sandbox.ttd()
    ttd.campaigns.where(advertiser_id="adv0001").plan()
    assert python_calls(lambda: ttd.campaigns.where(advertiser_id="adv0001").plan()) <= 225
