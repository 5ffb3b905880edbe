"""Rate limits and failures that pass: waits, and what is read again. Source: wire.md, sections 7, 8, 11."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adplatforms.core.errors import AdPlatformsWarning, APIError, RateLimitError, UnavailableError
from adplatforms.core.messages import Answer
from adplatforms.core.testing import FakeRuntime, reply
from adplatforms.pinterest import Pinterest

Offline = Callable[..., Pinterest]
EMPTY: dict[str, Any] = {"items": [], "bookmark": None}


def throttled(**headers: str) -> Answer:
    return reply({"code": 8, "message": "Too many calls."}, status=429, **headers)


@pytest.mark.parametrize(
    ("refusal", "seconds"),
    [
        (throttled(), 60.0),
        (throttled(x_ratelimit_limit="100, 100;w=1, 1000;w=60", x_ratelimit_remaining="0"), 60.0),
        (throttled(x_ratelimit_reset="7"), 7.0),
        (throttled(x_ratelimit_reset="soon"), 60.0),
        (throttled(retry_after="9", x_ratelimit_reset="7"), 9.0),
        (throttled(retry_after="nan"), 60.0),
        (reply("<html>busy</html>", status=429, content_type="text/html"), 60.0),
        (reply({"code": 8, "message": "Retry after 11 seconds"}, status=429, x_ratelimit_reset="7"), 11.0),
        (reply({"code": 1, "message": "Too many requests. Retry after 12 seconds"}, status=400), 12.0),
    ],
)
def test_a_read_waits_as_told_else_a_minute(offline: Offline, refusal: Answer, seconds: float) -> None:
    runtime = FakeRuntime()
    assert offline(refusal, EMPTY, retry=5, runtime=runtime).call("campaigns/list") == EMPTY
    assert runtime.waits == [seconds]


def test_without_retries_the_error_tells_the_seconds(offline: Offline) -> None:
    with pytest.raises(RateLimitError, match=r"Too many calls\.") as caught:
        offline(throttled()).call("campaigns/list")
    assert caught.value.retry_after == 60.0


def test_a_write_that_pinterest_refused_for_too_many_calls_is_sent_again(offline: Offline) -> None:
    runtime = FakeRuntime()
    board = {"id": "1", "name": "Walls"}
    pin = offline(throttled(), board, retry=5, runtime=runtime)
    assert pin.call("boards/create", name="Walls") == board
    assert runtime.waits == [60.0]


@pytest.mark.parametrize("code", [12, "12"])
def test_a_read_that_failed_for_now_with_status_400_is_made_again(offline: Offline, code: Any) -> None:
    for_now = reply({"code": code, "message": "Something went wrong on our end."}, status=400)
    pin = offline(for_now, for_now, EMPTY, retry=5, runtime=FakeRuntime())
    assert pin.call("campaigns/list") == EMPTY
    assert pin.stats.calls == 3


def test_a_read_by_post_is_made_again_too(offline: Offline) -> None:
    for_now = reply({"code": 12, "message": "Something went wrong on our end."}, status=400)
    size = {"audience_size_lower_bound": 1, "audience_size_upper_bound": 2}
    pin = offline(for_now, size, retry=5, runtime=FakeRuntime())
    assert pin.call("ad_groups/audience_sizing", {"targeting_spec": {"GENDER": ["male"]}}) == size


def test_a_write_that_failed_for_now_is_not_sent_again(offline: Offline) -> None:
    for_now = reply({"code": 12, "message": "Something went wrong on our end."}, status=400)
    pin = offline(for_now, retry=5, runtime=FakeRuntime())
    with pytest.raises(UnavailableError, match="Something went wrong"):
        pin.call("boards/create", name="Walls")
    assert pin.stats.calls == 1


@pytest.mark.parametrize(("days", "calls"), [(10, 2), (200, 1)])
def test_recent_days_that_are_called_too_old_are_asked_for_again(offline: Offline, days: int, calls: int) -> None:
    """Seen live on valid dates, and gone a second later; days that really are too old stay an error."""
    start = (datetime.now(UTC) - timedelta(days=days)).date().isoformat()
    refused = reply({"code": 1, "message": "You can only get data from the last 90 days."}, status=400)
    pin = offline(refused, [], retry=5, runtime=FakeRuntime())
    words = {"start_date": start, "end_date": start, "columns": "CTR", "granularity": "DAY"}
    if calls == 1:
        with pytest.raises(APIError, match="last 90 days"):
            pin.call("ad_account/analytics", **words)
    else:
        assert pin.call("ad_account/analytics", **words) == []
    assert pin.stats.calls == calls


def test_a_limit_for_a_category_that_does_not_exist_warns(offline: Offline) -> None:
    with pytest.warns(AdPlatformsWarning, match=r"no category 'ads_reed' of calls: did you mean 'ads_read'"):
        offline(limits={"ads_reed": "300/minute"})
    offline(limits={"ads_read": "300/minute", "*": "10/second", "all": "10/second"})
