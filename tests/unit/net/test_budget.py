"""The retries that a session has: enough for any trouble that passes, an end where nothing succeeds any more."""

from datetime import UTC, datetime
from typing import Any

import pytest

from adplatforms.core.auth import Auth
from adplatforms.core.errors import APIError, RateLimitError, UnavailableError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import FakeRuntime, FakeTransport, reply
from adplatforms.net.budget import RetryBudget
from adplatforms.net.connection import HttpConnection
from adplatforms.net.options import Options
from adplatforms.net.retry import Retry

READ = Request("GET", "rows")


class Platform:
    """Fails as often as it is told, and by default for ever."""

    def __init__(self) -> None:
        self.failures = 10**9
        self.calls = 0
        self.error: APIError = UnavailableError("down", status=503)

    def __call__(self, request: Request) -> Answer:
        self.calls += 1
        self.failures -= 1
        if self.failures >= 0:
            raise self.error
        return reply({})


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def connect(platform: Platform) -> Any:
    def make(**retry: Any) -> HttpConnection:
        options = Options(retry=Retry(**retry), runtime=FakeRuntime())
        return HttpConnection(FakeTransport(platform), Auth(), 8, options)

    return make


def read(connection: HttpConnection, times: int = 1) -> int:
    """Reads so often; how often it failed."""
    failed = 0
    for _ in range(times):
        try:
            connection.exchange(READ, lambda answer: answer.status)
        except APIError:
            failed += 1
    return failed


def test_retries_stop_when_all_calls_fail(connect: Any, platform: Platform) -> None:
    connection = connect(budget=10)
    assert read(connection, 100) == 100
    assert connection.stats.retries <= 11
    assert platform.calls == 100 + connection.stats.retries
    assert connection.stats.retries_refused >= 97
    assert "retries_refused=" in repr(connection.stats)


def test_the_error_says_why_it_was_not_tried_again(connect: Any) -> None:
    connection = connect(budget=4)
    with pytest.raises(UnavailableError, match=r"^down$"):
        connection.exchange(READ, lambda answer: None)
    with pytest.raises(UnavailableError, match=r"down.*most calls of the session fail"):
        connection.exchange(READ, lambda answer: None)


def test_by_default_hundreds_of_calls_may_fail_at_once(connect: Any) -> None:
    """As many as a program has threads, and all tries of each."""
    connection = connect()
    assert read(connection, 125) == 125
    assert connection.stats.retries == 500
    assert connection.stats.retries_refused == 0


def test_a_flaky_platform_is_never_given_up(connect: Any, platform: Platform) -> None:
    """Each call fails four times, and succeeds then: a job of any length goes on."""
    connection = connect(budget=10)
    for _ in range(1_000):
        platform.failures = 4
        assert read(connection) == 0
    assert connection.stats.retries == 4_000
    assert connection.stats.retries_refused == 0


def test_calls_that_succeed_give_retries_back(connect: Any, platform: Platform) -> None:
    connection = connect(budget=4)
    read(connection, 2)
    platform.failures = 0
    assert read(connection, 4) == 0
    before = connection.stats.retries
    platform.failures = 4
    assert read(connection) == 0
    assert connection.stats.retries - before == 4


def test_time_gives_retries_back(connect: Any, platform: Platform) -> None:
    connection = connect(budget=4)
    read(connection, 2)
    connection.runtime.sleep(3600)
    before = connection.stats.retries
    platform.failures = 4
    assert read(connection) == 0
    assert connection.stats.retries - before == 4


@pytest.mark.parametrize("asked", [None, 1.0])
def test_waiting_for_a_rate_limit_takes_none(asked: float | None, connect: Any, platform: Platform) -> None:
    """The platform is well and says when to come back."""
    platform.error = RateLimitError("slow down", status=429, answered=True, retry_after=asked)
    connection = connect(budget=1)
    assert read(connection, 100) == 100
    assert (connection.stats.retries, connection.stats.retries_refused) == (400, 0)


def test_a_503_takes_one_whatever_it_asks(connect: Any, platform: Platform) -> None:
    platform.error = UnavailableError("down", status=503, answered=True, retry_after=1.0)
    connection = connect(budget=4)
    read(connection, 10)
    assert connection.stats.retries == 4


def test_without_a_budget_each_call_has_all_its_retries(connect: Any) -> None:
    connection = connect(budget=None)
    read(connection, 1_000)
    assert (connection.stats.retries, connection.stats.retries_refused) == (4_000, 0)


def test_using_shares_it(connect: Any) -> None:
    connection = connect(budget=4)
    read(connection)
    read(connection.using(timeout=5))
    assert connection.stats.retries == 4


def test_it_never_holds_more_than_it_was_given() -> None:
    runtime = FakeRuntime()
    budget = RetryBudget(runtime.clock, runtime.lock())
    for _ in range(10):
        budget.give_back(0)
    error = UnavailableError("down", status=503)
    assert [budget.take(error, 2) for _ in range(3)] == [1, 1, None]


# what a platform asks for


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    "asked", ["0", "-7", "nan", "", "soon", "1e-9", "Sun, 06 Nov 1994 08:49:37 GMT", "-inf", "0x10", "0.0"], ids=repr
)
def test_it_waits_at_least_its_own_backoff(asked: str, status: int, monkeypatch: Any) -> None:
    """Whatever a server says: a retry that is asked for at once is not made at once."""
    monkeypatch.setattr("adplatforms.net.retry.random.uniform", lambda least, most: most)
    runtime = FakeRuntime(datetime(2026, 11, 30, tzinfo=UTC))
    transport = FakeTransport(lambda request: reply({}, status=status, retry_after=asked))
    connection = HttpConnection(transport, Auth(), 8, Options(runtime=runtime))

    def refuse(answer: Answer) -> None:
        raise APIError("no", status=answer.status, answered=True)

    with pytest.raises(APIError, match="no"):
        connection.exchange(READ, refuse)
    assert runtime.waits == [0.5, 1.0, 2.0, 4.0]
