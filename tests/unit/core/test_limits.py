"""Rate limits: what the platform tells, what the user sets, and the figures that a session keeps."""

import subprocess
import sys
import threading
from typing import Any

import pytest

from adplatforms.core.dialect import Quota
from adplatforms.core.errors import ClientError, RateLimitError
from adplatforms.core.messages import Request
from adplatforms.core.testing import FakeRuntime, reply
from adplatforms.net.limits import Limits, Stats
from adplatforms.net.retry import Retry

READ = Request("GET", "shops", category="read")
OTHER = Request("GET", "shops", category="other")
EMPTY = {"rows": []}


class Gate:
    """A limiter that has `free` places; one more comes free after `wait` seconds of a watch."""

    def __init__(self, free: int, watch: Any = None, wait: float = 2.0) -> None:
        self.free, self.watch, self.wait, self.names = free, watch, wait, set()  # type: ignore[var-annotated]

    def try_acquire(self, name: str, timeout: float) -> bool:
        self.names.add(name)
        if self.free:
            self.free -= 1
            return True
        if timeout:
            self.watch.sleep(min(self.wait, timeout))
        return self.wait <= timeout


def test_an_empty_quota_is_waited_for_before_the_next_call(session: Any, watch: Any) -> None:
    one = session(reply(EMPTY, x_left="0", x_reset="12"), reply(EMPTY, x_left="99", x_reset="60"), reply(EMPTY))
    one.fetch_page(READ)
    assert not watch.waits
    one.fetch_page(READ)
    assert watch.waits == [12.0]
    one.fetch_page(READ)
    assert watch.waits == [12.0]
    assert (one.stats.waits, one.stats.waited) == (1, 12.0)


def test_time_that_passed_is_not_waited_again(session: Any, watch: Any) -> None:
    one = session(reply(EMPTY, x_left="0", x_reset="12"), reply(EMPTY))
    one.fetch_page(READ)
    watch.now += 5
    one.fetch_page(READ)
    assert watch.waits == [7.0]


def test_categories_do_not_hold_each_other_back(session: Any, watch: Any) -> None:
    one = session(reply(EMPTY, x_left="0", x_reset="12"), reply(EMPTY))
    one.fetch_page(READ)
    one.fetch_page(OTHER)
    assert not watch.waits


def test_a_quota_that_starts_anew_much_later_is_an_error_and_no_call(session: Any, watch: Any) -> None:
    one = session(reply(EMPTY, x_left="0", x_reset="7200"))
    one.fetch_page(READ)
    with pytest.raises(RateLimitError, match=r"rate limit of read is used up.*7,200 seconds") as caught:
        one.fetch_page(READ)
    assert caught.value.retry_after == 7200
    assert (len(one.transport.calls), watch.waits) == (1, [])


def test_the_reset_of_a_quota_is_the_wait_after_a_429(session: Any, watch: Any) -> None:
    one = session(reply({}, status=429, x_left="0", x_reset="9"), reply(EMPTY))
    one.fetch_page(READ)
    assert sum(watch.waits) == 9.0
    assert len(one.transport.calls) == 2


@pytest.mark.parametrize("status", [500, 503])
def test_the_reset_of_a_quota_is_no_wait_after_other_errors(status: int, session: Any, watch: Any) -> None:
    """The quota of an answer that failed for another reason says nothing about when the failure is over."""
    one = session(reply({"code": 1}, status=status, x_left="5", x_reset="9"), reply(EMPTY))
    one.fetch_page(READ)
    assert len(watch.waits) == 1
    assert watch.waits[0] <= 0.5


def test_retry_after_comes_before_the_reset_of_a_quota(session: Any, watch: Any) -> None:
    one = session(reply({}, status=429, retry_after="3", x_left="5", x_reset="9"), reply(EMPTY))
    one.fetch_page(READ)
    assert watch.waits == [3.0]


def test_figures(session: Any, watch: Any) -> None:
    one = session(
        reply(EMPTY, x_left="41", x_reset="60"), reply({}, status=503, retry_after="2"), reply({"rows": [{"id": "1"}]})
    )
    one.fetch_page(READ)
    one.fetch_page(OTHER)
    stats = one.stats
    assert (stats.calls, stats.retries, stats.waits, stats.waited) == (3, 1, 1, 2.0)
    assert stats.received == len(b'{"rows": []}') + len(b"{}") + len(b'{"rows": [{"id": "1"}]}')
    assert stats.quotas == {"read": Quota("read", 100, 41, 60.0)}
    assert repr(stats) == "<Stats calls=3 retries=1 waits=1 waited=2.0s received=37B read=41/100>"


def test_figures_add_up_in_threads() -> None:
    stats = Stats(FakeRuntime())

    def count() -> None:
        for _ in range(500):
            stats.add(calls=1, received=3, waited=0.5)

    threads = [threading.Thread(target=count) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (stats.calls, stats.received, stats.waits, stats.waited) == (8000, 24000, 8000, 4000.0)


def test_the_users_limit_is_asked_before_each_call(session: Any, watch: Any) -> None:
    gate = Gate(2, watch)
    one = session(*[reply(EMPTY)] * 3, limits={"read": gate})
    for _ in range(3):
        one.fetch_page(READ)
    assert gate.names == {"read"}
    assert (one.stats.calls, one.stats.waits, one.stats.waited) == (3, 1, 2.0)


def test_a_users_limit_that_stays_used_up_is_an_error_and_no_call(session: Any, watch: Any) -> None:
    one = session(limits={"read": Gate(0, watch, wait=3600)}, retry=watch.retry(longest_wait=10))
    with pytest.raises(RateLimitError, match=r"GET shops: your own limit of read is used up"):
        one.fetch_page(READ)
    assert (one.transport.calls, watch.waits) == ([], [10])


def test_what_is_there_at_once_is_no_wait(session: Any, watch: Any) -> None:
    """However long asking takes: the limiter may be in a file, and the machine busy."""

    class Slow(Gate):
        def try_acquire(self, name: str, timeout: float) -> bool:
            watch.now += 3.0
            return super().try_acquire(name, timeout)

    one = session(reply(EMPTY), limits={"read": Slow(1, watch)})
    one.fetch_page(READ)
    assert (one.stats.calls, one.stats.waits, one.stats.waited) == (1, 0, 0.0)


def test_tries_count_too(session: Any) -> None:
    gate = Gate(9)
    one = session(reply({}, status=500), reply(EMPTY), limits={"read": gate})
    one.fetch_page(READ)
    assert gate.free == 7


def test_a_limit_for_all_others(session: Any) -> None:
    read, rest = Gate(5), Gate(5)
    one = session(*[reply(EMPTY)] * 3, limits={"read": read, "*": rest})
    for request in (READ, OTHER, Request("GET", "shops")):
        one.fetch_page(request)
    assert (read.free, rest.free) == (4, 3)


def test_other_sessions_made_by_using_share_the_limit(session: Any) -> None:
    gate = Gate(5)
    one = session(*[reply(EMPTY)] * 2, limits={"*": gate})
    one.fetch_page(READ)
    one.using(timeout=3).fetch_page(READ)
    assert gate.free == 3
    assert one.stats.calls == 2


@pytest.mark.parametrize("text", ["2/day", " 2 per day ", "2 / hour"])
def test_a_limit_in_words(text: str, session: Any) -> None:
    one = session(*[reply(EMPTY)] * 2, limits={"read": text})
    one.fetch_page(READ)
    one.fetch_page(READ)
    limiter = one.connection._limits._limiters["read"]
    assert limiter.try_acquire("read", timeout=0) is False


@pytest.mark.parametrize("text", ["", "many", "5", "5/fortnight", "-1/day", "5/day/hour"])
def test_what_is_no_limit(text: str) -> None:
    with pytest.raises(ClientError, match=r'is not a limit for read.*write "300/minute"'):
        Limits({"read": text}, lambda: 0.0)


def test_threads_share_one_limit(session: Any) -> None:
    pytest.importorskip("pyrate_limiter")
    one = session(lambda request: reply(EMPTY), limits={"*": "160/day"})
    threads = [threading.Thread(target=lambda: [one.fetch_page(READ) for _ in range(20)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert one.stats.calls == 160
    with pytest.raises(RateLimitError, match=r"your own limit of read is used up"):
        one.using(retry=Retry(longest_wait=0.01)).fetch_page(READ)


def test_a_limit_of_a_session_needs_no_thread(session: Any) -> None:
    pytest.importorskip("pyrate_limiter")
    before = set(threading.enumerate())
    one = session(reply(EMPTY), limits={"read": "5/day"})
    one.fetch_page(READ)
    assert set(threading.enumerate()) == before


OTHER_PROCESS = """
import sys
from pyrate_limiter import Duration, Limiter, Rate, SQLiteBucket
from adplatforms.net.limits import Limits
rates = [Rate(5, Duration.DAY)]
bucket = SQLiteBucket.init_from_file(rates, table="calls", db_path=sys.argv[1], use_file_lock=True)
limits = Limits({"read": Limiter(bucket)}, lambda: 0.0)
print([limits.acquire("read", 5.0) for _ in range(3)], bucket.count())
"""


def test_processes_share_a_limit_in_a_file(session: Any, tmp_path: Any) -> None:
    pyrate = pytest.importorskip("pyrate_limiter")
    pytest.importorskip("filelock")
    path = str(tmp_path / "limits.db")
    bucket = pyrate.SQLiteBucket.init_from_file(
        [pyrate.Rate(5, pyrate.Duration.DAY)], table="calls", db_path=path, use_file_lock=True
    )
    limiter = pyrate.Limiter(bucket)
    try:
        one = session(*[reply(EMPTY)] * 2, limits={"read": limiter})
        for _ in range(2):
            one.fetch_page(READ)
        run = subprocess.run([sys.executable, "-c", OTHER_PROCESS, path], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == "[True, True, True] 5"
        assert limiter.try_acquire("read", timeout=0) is False
    finally:
        limiter.close()
