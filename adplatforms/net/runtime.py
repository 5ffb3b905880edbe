"""The runtime of ordinary sessions: locks and threads of `threading`, the waits and the clock of their `Retry`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from threading import Lock, RLock
from typing import Any, Self, TypeVar

from adplatforms.core.concurrent import check_wanted
from adplatforms.core.forking import PerProcess
from adplatforms.core.runtime import LockOfProcess, Pending, Runtime

from .prefetch import PrefetchPool

__all__ = ["ThreadRuntime"]

T = TypeVar("T")


class ThreadRuntime(Runtime):
    """Waits block the thread; pages are fetched ahead, and records saved side by side, by daemon threads.

    threads: how many calls may be under way at once. sleep: waits so many seconds. clock: monotonic seconds.
    """

    def __init__(self, threads: int, sleep: Callable[[float], object], clock: Callable[[], float]) -> None:
        self._pool = PrefetchPool(threads)
        self._sleep, self._clock = sleep, clock

    def timed_by(self, sleep: Callable[[float], object], clock: Callable[[], float]) -> Self:
        """The same runtime, its threads shared, with other waits: what `using(retry=...)` needs."""
        other = copy(self)
        other._sleep, other._clock = sleep, clock
        return other

    def lock(self, reentrant: bool = False) -> LockOfProcess:
        """A lock of `threading`, another one in each process."""
        if reentrant:
            return PerProcess(RLock)
        return PerProcess(Lock)

    def sleep(self, seconds: float) -> None:
        """Blocks this thread."""
        self._sleep(seconds)

    def clock(self) -> float:
        """Seconds by the clock it was given."""
        return self._clock()

    def submit(self, call: Callable[..., T], *arguments: Any, writes: bool = False) -> Pending[T]:
        """Has a call made by one of the threads."""
        return self._pool.submit(call, *arguments, writes=writes)

    def give_up(self, calls: Sequence[Pending[Any]], seconds: float) -> None:
        """Waits so long; the threads of what is under way then are replaced by others."""
        self._pool.give_up(calls, seconds)

    def check_open(self) -> None:
        """Raises a `DetachedError` once the threads are ended, and ends a call whose caller is gone."""
        if self._pool.closed:
            self._pool.check_open()
        check_wanted()

    def close(self) -> None:
        """Ends the threads."""
        self._pool.close()
