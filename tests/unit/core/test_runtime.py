"""The runtime: all that waits, locks, tells the time and reads ahead goes through it, so one object replaces it."""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, RequestTimeout
from adplatforms.core.messages import Request
from adplatforms.core.paging import Page
from adplatforms.core.testing import FakeRuntime, reply
from adplatforms.net.jobs import Job, JobState
from adplatforms.net.retry import Retry
from adplatforms.net.runtime import ThreadRuntime

READ = Request("GET", "shops", category="read")
EMPTY = {"rows": []}
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def runtime() -> FakeRuntime:
    return FakeRuntime(NOON)


@pytest.fixture
def unslept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits by itself any more."""

    def refuse(*_: Any) -> None:
        raise AssertionError("something waited beside the runtime")

    monkeypatch.setattr(time, "sleep", refuse)


def own(session: Any, runtime: FakeRuntime, *script: Any, **options: Any) -> Any:
    """A session with this runtime. Its policy has another clock, which must not be asked."""
    policy = Retry(sleep=lambda _: 1 / 0, clock=lambda: 1 / 0)
    return session(*script, retry=policy, runtime=runtime, **options)


@pytest.mark.usefixtures("unslept")
def test_retries_wait_by_it(session: Any, runtime: FakeRuntime) -> None:
    one = own(session, runtime, reply({}, status=429, retry_after="7"), reply(EMPTY))
    one.fetch_page(READ)
    assert runtime.waits == [7.0]
    assert runtime.now() == NOON + timedelta(seconds=7)


@pytest.mark.usefixtures("unslept")
def test_a_date_to_come_back_at_is_read_by_its_time(session: Any, runtime: FakeRuntime) -> None:
    one = own(session, runtime, reply({}, status=503, retry_after="Sun, 22 Nov 2026 12:00:40 GMT"), reply(EMPTY))
    one.fetch_page(READ)
    assert runtime.waits == [40.0]


@pytest.mark.usefixtures("unslept")
def test_rate_limits_wait_by_it(session: Any, runtime: FakeRuntime) -> None:
    one = own(session, runtime, reply(EMPTY, x_left="0", x_reset="12"), reply(EMPTY))
    one.fetch_page(READ)
    one.fetch_page(READ)
    assert runtime.waits == [12.0]
    assert one.stats.last_date[1] == NOON + timedelta(seconds=12)


class Endless(Job[None]):
    """A job that never ends."""

    def _look(self) -> JobState:
        return JobState("RUNNING", False, False, None, None)


@pytest.mark.usefixtures("unslept")
def test_jobs_wait_by_it(session: Any, runtime: FakeRuntime) -> None:
    with pytest.raises(RequestTimeout, match="has not ended after 4 seconds"):
        Endless(own(session, runtime), "7").wait(timeout=4)
    assert runtime.waits == [1.0, 1.5]


def test_a_lost_write_is_dated_by_it(session: Any, runtime: FakeRuntime) -> None:
    one = own(session, runtime, reply(EMPTY, date="Sun, 22 Nov 2026 11:00:00 GMT"))
    one.fetch_page(READ)
    assert one.connection.platform_time(NOON) == NOON - timedelta(hours=1)


def test_pages_are_read_ahead_by_it(session: Any, runtime: FakeRuntime) -> None:
    before = threading.active_count()
    one = own(session, runtime, lambda request: reply({"rows": [{"id": request.path}], "total": 1}))
    assert [shop.id for shop in one.shops.prefetch(8)] == ["shops"]
    assert threading.active_count() == before


def test_the_locks_of_a_session_are_its_locks(session: Any, runtime: FakeRuntime) -> None:
    made = []
    lock = runtime.lock
    runtime.lock = lambda reentrant=False: made.append(reentrant) or lock(reentrant)  # type: ignore[method-assign, func-returns-value]
    one = own(session, runtime, reply({"rows": [{"id": "7"}]}))
    assert made == [False, False, False]  # figures, sign-in, creates
    assert [shop.id for shop in one.shops]
    assert True in made  # a page's entities load their relations together


def test_a_runtime_is_one_or_none(session: Any) -> None:
    with pytest.raises(ClientError, match="runtime takes a Runtime, not 7"):
        session(runtime=7)


def test_another_policy_has_its_own_waits_and_the_same_threads(session: Any) -> None:
    waits: list[float] = []
    one = session(*[reply({}, status=429, retry_after="7"), reply(EMPTY)] * 2)
    other = one.using(retry=Retry(sleep=waits.append, clock=lambda: 0.0))
    other.fetch_page(READ)
    assert waits == [7.0]
    one.fetch_page(READ)
    assert waits == [7.0]
    one.close()
    with pytest.raises(RuntimeError, match="the session is closed"):
        other.fetch_page(READ)


def test_threads_run_what_is_submitted() -> None:
    runtime = ThreadRuntime(2, time.sleep, time.monotonic)
    names: list[str] = []

    def fetch(request: Request) -> Page:
        names.append(threading.current_thread().name)
        return Page([{"id": request.path}])

    assert runtime.submit(fetch, READ).result().rows == [{"id": "shops"}]
    assert names == ["adplatforms-reader"]
    runtime.close()
    with pytest.raises(RuntimeError, match="the session is closed"):
        runtime.submit(fetch, READ)


def test_a_lock_lets_one_in_and_a_reentrant_one_the_same_again() -> None:
    runtime = ThreadRuntime(1, time.sleep, time.monotonic)
    once, again = runtime.lock(), runtime.lock(reentrant=True)
    held: Any = once()
    with once():
        assert not held.acquire(blocking=False)
    with again(), again():
        assert again() is again()


def test_closing_lets_whoever_waits_go_on_at_once() -> None:
    """The calls themselves may take as long as their timeout: nobody waits for them any more."""
    before = set(threading.enumerate())  # sessions of other tests may have threads of their own
    runtime = ThreadRuntime(1, time.sleep, time.monotonic)
    begun, may_end = threading.Event(), threading.Event()

    def fetch(request: Request) -> Page:
        begun.set()
        assert may_end.wait(30)
        return Page([])

    running, queued = runtime.submit(fetch, READ), runtime.submit(fetch, READ)
    assert begun.wait(30)
    runtime.close()
    for page in (running, queued):
        with pytest.raises(RuntimeError, match="the session is closed"):
            page.result()
    may_end.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(30)
        assert not thread.is_alive(), "a call that ends late ends its thread, without an error"
