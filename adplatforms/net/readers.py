"""The threads that read pages ahead. They are daemons: a slow call never keeps a program from ending."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING

from adplatforms.core.errors import DetachedError
from adplatforms.core.paging import Page
from adplatforms.core.values import Request

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["Readers", "Window"]


class Window:
    """How many calls to have under way: half as many after a failure of the server, slowly more after successes."""

    def __init__(self, most: int) -> None:
        self._most, self._now = most, float(most)

    @property
    def width(self) -> int:
        """As many as now."""
        return int(self._now)

    def fine(self) -> None:
        """A call went well."""
        if self._now < self._most:
            self._now = min(self._most, self._now + 0.5 / self._now)

    def trouble(self) -> None:
        """A call failed for now."""
        self._now = max(1.0, self._now / 2)


class Readers:
    """Up to `width` threads, started as they are needed, each with one call under way."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._lock = Lock()
        self._closed = False
        self._threads: list[Thread] = []
        self._jobs: SimpleQueue[tuple[Future[Page], Callable[[Request], Page], Request] | None] = SimpleQueue()

    def check(self) -> None:
        """Raises a `DetachedError` once they are closed."""
        if self._closed:
            raise DetachedError("the session is closed", hint="read the listing before, or open a new session")

    def submit(self, fetch: Callable[[Request], Page], request: Request) -> Future[Page]:
        """Has a page fetched; the future cancels it while it waits."""
        from concurrent.futures import Future

        future: Future[Page] = Future()
        with self._lock:
            self.check()
            self._jobs.put((future, fetch, request))
            if len(self._threads) < self._width:
                thread = Thread(target=self._read, name="adplatforms-reader", daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def close(self) -> None:
        """Ends the threads: idle ones at once, busy ones after their call; waits a second for each."""
        with self._lock:
            self._closed = True
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(1.0)

    def _read(self) -> None:
        while job := self._jobs.get():
            future, fetch, request = job
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(fetch(request))
                except BaseException as problem:  # noqa: BLE001, whoever waits for the page gets it
                    future.set_exception(problem)
            del job, future
