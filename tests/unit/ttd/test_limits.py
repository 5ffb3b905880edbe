"""Rate limits: how long is waited, what is read in smaller parts, and how many calls are under way."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest

from adplatforms.core.errors import RateLimitError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import FakeRuntime, FakeTransport, reply
from adplatforms.ttd import TTD
from adplatforms.ttd.errors import ResourceLimitError
from adplatforms.ttd.limits import MAX_IN_FLIGHT

Offline = Callable[..., TTD]
ME = {"data": {"me": {"id": "u"}}}


def throttled(message: str = "slow down", **headers: str) -> Answer:
    return reply({"message": message}, status=429, **headers)


def exceeded(**headers: str) -> Answer:
    """GraphQL's answer to too many calls, or to a document that is too complex: with HTTP 200."""
    errors = [{"message": "Limit exceeded", "extensions": {"code": "RESOURCE_LIMIT_EXCEEDED"}}]
    return reply({"data": None, "errors": errors}, **headers)


@pytest.mark.parametrize(
    ("refusal", "seconds"),
    [
        (throttled(), 60.0),
        (throttled(Retry_After="soon"), 60.0),
        (throttled(Retry_After="nan"), 60.0),
        (throttled(Retry_After="7"), 7.0),
        (reply("<html>busy</html>", status=429, Content_Type="text/html"), 60.0),
        (exceeded(), 60.0),
        (exceeded(Retry_After="9"), 9.0),
    ],
)
def test_a_minute_is_waited_unless_the_answer_says_how_long(offline: Offline, refusal: Answer, seconds: float) -> None:
    runtime = FakeRuntime()
    ttd = offline(refusal, ME, retry=5, runtime=runtime)
    assert ttd.graphql("{ me { id } }") == ME["data"]
    assert runtime.waits == [seconds]


def test_without_retries_the_error_tells_the_seconds(offline: Offline) -> None:
    with pytest.raises(RateLimitError, match="slow down") as caught:
        offline(throttled()).graphql("{ me { id } }")
    assert caught.value.retry_after == 60.0


def test_a_write_that_was_refused_for_too_many_calls_is_sent_again(offline: Offline) -> None:
    runtime = FakeRuntime()
    done = {"data": {"seedCreate": {"data": {"id": "s1"}, "userErrors": []}}}
    ttd = offline(exceeded(), done, retry=5, runtime=runtime)
    seed = ttd.new("seed", advertiser_id="a1", name="Buyers")
    seed.save()
    assert (seed.id, runtime.waits) == ("s1", [60.0])


def page(first: int, ids: range, after: str | None) -> dict[str, Any]:
    nodes = [{"id": f"c{number}"} for number in ids][:first]
    return {"data": {"campaigns": {"nodes": nodes, "pageInfo": {"hasNextPage": bool(after), "endCursor": after}}}}


def test_a_page_that_a_wait_does_not_help_is_halved(offline: Offline) -> None:
    """It waits before each smaller page once: the limit may still be that of calls."""
    runtime = FakeRuntime()

    def answer(request: Request) -> Answer:
        variables = request.json["variables"]
        if variables["first"] > 50:
            return exceeded()
        if "after" not in variables:
            return reply(page(50, range(50), "next"))
        return reply(page(50, range(50, 60), None))

    ttd = offline(retry=5, runtime=runtime)
    ttd.transport = transport = FakeTransport(answer)
    assert [campaign.id for campaign in ttd.campaigns] == [f"c{number}" for number in range(60)]
    assert [call.json["variables"]["first"] for call in transport.calls] == [100, 100, 50, 50]
    assert runtime.waits == [60.0]


def test_what_cannot_be_halved_is_asked_for_until_the_attempts_are_used_up(offline: Offline) -> None:
    runtime = FakeRuntime()
    ttd = offline(retry=3, runtime=runtime)
    ttd.transport = transport = FakeTransport(lambda request: exceeded())
    with pytest.raises(ResourceLimitError, match="a smaller page_size"):
        ttd.campaigns.page_size(25).first()
    assert (len(transport.calls), runtime.waits) == (3, [60.0, 60.0])


def test_four_calls_of_an_endpoint_are_under_way_at_once_and_those_of_others_beside_them(offline: Offline) -> None:
    """Reads and writes count together."""
    ttd = offline(retry=None)
    arrived: list[str] = []
    all_there, one_more, go_on = Event(), Event(), Event()

    def answer(request: Request) -> Answer:
        arrived.append(request.json["endpoint"])
        if arrived.count("label") == MAX_IN_FLIGHT:
            all_there.set()
        if "creative" in arrived:
            one_more.set()
        go_on.wait(30)
        return reply({"LabelId": 1})

    ttd.transport = FakeTransport(answer)
    calls: list[tuple[str, str]] = [("GET", "label"), ("POST", "label")] * 3
    threads = [Thread(target=lambda call=call: ttd.rest(*call, {}), daemon=True) for call in calls]
    for thread in threads:
        thread.start()
    assert all_there.wait(30)
    other = Thread(target=lambda: ttd.rest("GET", "creative"), daemon=True)
    other.start()
    assert one_more.wait(30)
    assert arrived == ["label"] * MAX_IN_FLIGHT + ["creative"]
    go_on.set()
    for thread in (*threads, other):
        thread.join(30)
    assert sorted(arrived) == ["creative"] + ["label"] * 6
