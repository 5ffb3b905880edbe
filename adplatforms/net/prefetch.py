"""Threads that fetch pages ahead. They are daemons: a slow call never keeps a program from ending."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any
from weakref import finalize

from adplatforms.core.errors import DetachedError
from adplatforms.core.forking import PerProcess, this_process
from adplatforms.core.messages import Request
from adplatforms.core.paging import Page, Pending

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["PrefetchPool", "Window"]

_SECONDS_TO_END = 0.5
"""How long `close` waits for calls under way, all together."""


class Window:
    """How many calls to have under way: half as many after a failure of the server, slowly more after successes.

    most: the number that it starts with and never goes beyond.
    """

    def __init__(self, most: int) -> None:
        self._most, self._now = most, float(most)

    @property
    def width(self) -> int:
        """How many calls to have under way now, at least 1."""
        return int(self._now)

    def widen(self) -> None:
        """After a call that succeeded: half a call more for each round of as many as are under way."""
        if self._now < self._most:
            self._now = min(self._most, self._now + 0.5 / self._now)

    def narrow(self) -> None:
        """After a call that failed and is tried again: half as many calls."""
        self._now = max(1.0, self._now / 2)


Job = tuple["Future[Page]", Callable[[Request], Page], Request]


class _Threads:
    """The threads of one process, and the queue of the calls that wait for them."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.threads: list[Thread] = []
        self.jobs: SimpleQueue[Job | None] = SimpleQueue()
        self.running: set[Future[Page]] = set()

    def work(self) -> None:
        """What each thread does until it finds None in the queue."""
        while job := self.jobs.get():
            future, fetch, request = job
            if future.set_running_or_notify_cancel():
                self.running.add(future)
                try:
                    _settle(future.set_result, fetch(request))
                except BaseException as problem:  # noqa: BLE001, whoever waits for the page gets it
                    _settle(future.set_exception, problem)
                self.running.discard(future)
            # While the thread waits for the next call, it must not keep this one's page alive, nor the session
            # that `fetch` is a method of: one that was dropped without `close` would never be freed.
            del job, future, fetch, request

    def end(self) -> None:
        """Has each thread end once it is done with its call."""
        for _ in self.threads:
            self.jobs.put(None)

    def give_up(self) -> None:
        """Has whoever waits for a page go on at once, with a `DetachedError`; what has not started is dropped."""
        waited_for = list(self.running)
        with suppress(Empty):
            while job := self.jobs.get_nowait():
                waited_for.append(job[0])
        for future in waited_for:
            _settle(future.set_exception, _closed())


def _settle(settle: Callable[[Any], None], outcome: object) -> None:
    """Gives a future its outcome, unless it has one: the session may be closed while a call is under way."""
    from concurrent.futures import InvalidStateError

    with suppress(InvalidStateError):
        settle(outcome)


class _PrefetchedPage:
    """A page that a thread of this process fetches.

    In a forked child, which does not have that thread, it is fetched when it is asked for.
    """

    __slots__ = ("_fetch", "_future", "_process", "_request")

    def __init__(self, future: Future[Page], fetch: Callable[[Request], Page], request: Request) -> None:
        self._future, self._fetch, self._request = future, fetch, request
        self._process = this_process()

    def result(self) -> Page:
        """Waits for the page; raises what fetching it raised."""
        # A thread of the parent may have held the future's lock at the fork: it would be waited for without end.
        if self._process != this_process():
            return self._fetch(self._request)
        return self._future.result()

    def cancel(self) -> bool:
        """Drops it where it has not started."""
        return self._process == this_process() and self._future.cancel()


class PrefetchPool:
    """The threads of a session, in each process its own: started as they are needed, each with one call under way.

    width: how many there are at the most.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self.closed = False
        self._threads = PerProcess(_Threads)

    def check_open(self) -> None:
        """Raises a `DetachedError` once they are closed."""
        if self.closed:
            raise _closed()

    def submit(self, fetch: Callable[[Request], Page], request: Request) -> Pending:
        """Has ``fetch(request)`` run by a thread. The page can be waited for, or cancelled while it has not begun."""
        from concurrent.futures import Future

        future: Future[Page] = Future()
        threads = self._threads()
        with threads.lock:
            # Checked under the lock: what is put in after `close` has ended the threads is never fetched.
            self.check_open()
            threads.jobs.put((future, fetch, request))
            if len(threads.threads) < self._width:
                if not threads.threads:  # a session that is dropped without `close` takes its threads along
                    finalize(self, threads.end).atexit = False
                thread = Thread(target=threads.work, name="adplatforms-reader", daemon=True)
                threads.threads.append(thread)
                thread.start()
        return _PrefetchedPage(future, fetch, request)

    def close(self) -> None:
        """Ends the threads: idle ones at once, busy ones after their call, which nobody waits for any more. Returns
        within a second: they are daemons, and a call may take as long as its timeout."""
        threads = self._threads()
        with threads.lock:
            self.closed = True
        threads.give_up()
        threads.end()
        end = monotonic() + _SECONDS_TO_END
        for thread in threads.threads:
            thread.join(max(0.0, end - monotonic()))


def _closed() -> DetachedError:
    return DetachedError("the session is closed", hint="read the listing before, or open a new session")
