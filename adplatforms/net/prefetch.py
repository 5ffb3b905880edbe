"""Threads that make calls side by side: pages that are fetched ahead, records that are saved together.

They are daemons: a slow call never keeps a program from ending.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread, current_thread
from time import monotonic
from typing import Any, Generic, TypeVar
from weakref import finalize

from adplatforms.core.errors import DetachedError
from adplatforms.core.forking import PerProcess, this_process
from adplatforms.core.runtime import Later, Pending

__all__ = ["PrefetchPool", "Window"]

T = TypeVar("T")

_SECONDS_TO_END = 0.5
"""How long `close` waits for calls under way, all together."""
_SECONDS_TO_LOOK = 1.0
"""How long to wait for the signal of a call that has ended before looking whether it has: an interrupt may have come
between the two."""


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


class _Job(Generic[T]):
    """A call that one of the threads of this process makes, and what waits for it. writes: see `Runtime.submit`.

    `has_ended`: whether it has its outcome, from which moment on `result` does not wait.
    """

    # No `Future`: it has locks that are taken by code in Python. Ctrl-C in the middle of that would leave them held,
    # and whoever comes next would wait without end. What is used here instead is one step of the interpreter each.
    __slots__ = (
        "_claims",
        "_outcomes",
        "_signal",
        "arguments",
        "call",
        "has_ended",
        "problem",
        "process",
        "value",
        "writes",
    )

    def __init__(self, call: Callable[..., T], arguments: tuple[Any, ...], writes: bool) -> None:
        self.call, self.arguments, self.writes = call, arguments, writes
        self.process = this_process()
        self._claims, self._outcomes = [True], [True]
        self._signal: SimpleQueue[bool] = SimpleQueue()
        self.has_ended = False
        self.value: Any = None
        self.problem: BaseException | None = None

    def result(self) -> T:
        """Waits for the call, and raises what it raised. A forked child, which does not have the thread, fetches a page
        itself."""
        if self.process != this_process():
            if self.writes:
                raise DetachedError("this is being saved by the process that began it", hint="wait for it there")
            return self.call(*self.arguments)
        while not self.has_ended:
            self.wait(_SECONDS_TO_LOOK)
        if self.problem is None:
            value: T = self.value
            return value
        try:
            raise self.problem
        finally:
            # The traceback of the problem holds this frame: without the reference the two are freed at once.
            del self

    def wait(self, seconds: float) -> None:
        """Waits until it has ended, or for so many seconds."""
        with suppress(Empty):
            if not self.has_ended:
                self._signal.get(timeout=max(0.0, seconds))
                self._signal.put(True)  # for whoever else waits

    def claim(self) -> bool:
        """Whether it is the caller's to make or to drop: only the first one who asks."""
        return _took(self._claims)

    def cancel(self) -> bool:
        """Drops it where it has not started."""
        if self.process != this_process() or not self.claim():
            return False
        self.settle(None, _closed())
        return True

    def run(self) -> None:
        """Makes the call."""
        try:
            value = self.call(*self.arguments)
        except BaseException as problem:  # noqa: BLE001, whoever waits for the call gets it
            self.settle(None, problem)
        else:
            self.settle(value, None)

    def settle(self, value: Any, problem: BaseException | None) -> None:
        """Gives it its outcome, unless it has one: the session may be closed while a call is under way."""
        if _took(self._outcomes):
            self.value, self.problem = value, problem
            self.has_ended = True
            self._signal.put(True)


def _took(tokens: list[bool]) -> bool:
    """Whether there was something left to take: of several threads one takes it."""
    try:
        tokens.pop()
    except IndexError:
        return False
    return True


class _Threads:
    """The threads of one process, and the queue of the calls that wait for them.

    `running`: the calls under way, and the thread that makes each.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.threads: list[Thread] = []
        self.jobs: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self.running: dict[_Job[Any], Thread] = {}

    def start(self) -> None:
        """Starts one more. The caller holds the lock."""
        thread = Thread(target=self.work, name="adplatforms-reader", daemon=True)
        self.threads.append(thread)
        try:
            thread.start()
        except BaseException:
            # Ctrl-C in the middle, or no thread to be had: one that does not run takes the place of none that would.
            self.threads.remove(thread)
            raise

    def work(self) -> None:
        """What each thread does until it finds None in the queue."""
        me = current_thread()
        while job := self.jobs.get():
            if job.claim():
                self.running[job] = me
                job.run()
                # Whoever gave up on the call has put another thread in this one's place.
                if self.running.pop(job, None) is None:
                    return
            # While the thread waits for the next call, it must not keep this one's page alive, nor the session
            # that `call` is a method of: one that was dropped without `close` would never be freed.
            del job
        # For the next thread: they are not counted, so that one that was started and not noted ends as well.
        self.jobs.put(None)

    def replace(self, jobs: Sequence[_Job[Any]]) -> None:
        """Has other threads take the place of those that are at these calls; they end after them."""
        with self.lock:
            for job in jobs:
                thread = self.running.pop(job, None)
                if thread in self.threads:
                    self.threads.remove(thread)
                    self.start()

    def end(self) -> None:
        """Has each thread end once it is done with its call."""
        self.jobs.put(None)

    def give_up(self, writes: bool) -> None:
        """Has whoever waits for a call go on at once, with a `DetachedError`; what has not started is dropped.

        writes: also for the writes that are under way.
        """
        waited_for = [job for job in list(self.running) if writes or not job.writes]
        with suppress(Empty):
            while job := self.jobs.get_nowait():
                waited_for.append(job)
            self.jobs.put(None)
        for job in waited_for:
            job.settle(None, _closed())


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

    def submit(self, call: Callable[..., T], *arguments: Any, writes: bool = False) -> Pending[T]:
        """Has ``call(*arguments)`` made by a thread. It can be waited for, or cancelled while it has not begun."""
        threads = self._threads()
        job = _Job(call, arguments, writes)
        with threads.lock:
            # Checked under the lock: what is put in after `close` has ended the threads is never done.
            self.check_open()
            # A call that waits for calls of its own holds a thread: all of them could wait for each other.
            if not writes and current_thread() in threads.threads:
                return Later(call, *arguments)
            if not threads.threads:  # a session that is dropped without `close` takes its threads along
                finalize(self, threads.end).atexit = False
            if len(threads.threads) < self._width:
                threads.start()
            threads.jobs.put(job)
        return job

    def give_up(self, calls: Sequence[Pending[Any]], seconds: float) -> None:
        """See `Runtime.give_up`."""
        jobs = [call for call in calls if isinstance(call, _Job) and not call.cancel()]
        end = monotonic() + seconds
        for job in jobs:
            if job.process == this_process():
                job.wait(end - monotonic())
        self._threads().replace(jobs)

    def close(self) -> None:
        """Ends the threads: idle ones at once, busy ones after their call, which nobody waits for any more. Returns
        within a second: they are daemons, and a call may take as long as its timeout. What is being written until then
        has its outcome, the rest of it is left to itself."""
        threads = self._threads()
        with threads.lock:
            self.closed = True
        threads.give_up(writes=False)
        threads.end()
        end = monotonic() + _SECONDS_TO_END
        for thread in list(threads.threads):
            # One of them closes the session itself: it would wait for its own end.
            if thread is not current_thread():
                thread.join(max(0.0, end - monotonic()))
        threads.give_up(writes=True)


def _closed() -> DetachedError:
    return DetachedError("the session is closed", hint="read the listing before, or open a new session")
