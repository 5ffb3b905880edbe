"""Rate limits: those that the platform tells, those that the user sets, and the figures of a session.

Limits are kept per category, for all threads of a session. Those that the user sets are `pyrate-limiter`'s, whose
SQLite (with a file lock) or Redis buckets also serve several processes. A process that was forked keeps its own: see
`Limits`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from adplatforms.core.dialect import Quota
from adplatforms.core.errors import ClientError, RateLimitError
from adplatforms.core.forking import PerProcess, this_process
from adplatforms.core.messages import Request
from adplatforms.core.runtime import LockOfProcess, Runtime

__all__ = ["Limits", "Stats"]


class Stats:
    """The figures of a session: `calls`, `retries`, `waits` and `waited` (seconds), `received` (bytes), and in
    `quotas` the last `Quota` per category. `retries_refused`: calls that were not tried again because the session's
    budget of retries was used up."""

    def __init__(self, runtime: Runtime) -> None:
        self.calls = self.retries = self.waits = self.received = self.retries_refused = 0
        self.waited = 0.0
        self.quotas: dict[str, Quota] = {}
        self.last_date: tuple[str, datetime] = ("", runtime.now())
        """The `Date` header of the last answer, and when it came by this machine's clock."""
        self._lock = runtime.lock()

    @property
    def lock(self) -> LockOfProcess:
        """What is held while something is counted."""
        return self._lock

    def add(self, *, waited: float | None = None, **counts: int) -> None:
        """Counts up. waited: seconds of one wait. counts: `calls`, `retries`, `retries_refused` or `received`,
        and by how much."""
        with self._lock():
            for name, count in counts.items():
                setattr(self, name, getattr(self, name) + count)
            if waited is not None:
                self.waits, self.waited = self.waits + 1, self.waited + waited

    def __repr__(self) -> str:
        counts = f"calls={self.calls} retries={self.retries} waits={self.waits} waited={self.waited:.1f}s"
        if self.retries_refused:
            counts += f" retries_refused={self.retries_refused}"
        left = "".join(f" {q.category}={q.remaining}/{q.limit}" for q in self.quotas.values())
        return f"<Stats {counts} received={self.received:,}B{left}>"


_PERIODS = {"second": "SECOND", "minute": "MINUTE", "hour": "HOUR", "day": "DAY"}


def _limiter(category: str, limit: Any) -> Any:
    """A limiter from ``"300/minute"``, or from a function that makes one; one that the user made stays as it is."""
    if hasattr(limit, "try_acquire"):
        return limit
    if callable(limit):
        limiter = limit()
        if not hasattr(limiter, "try_acquire"):
            raise ClientError(f"the function for the limit of {category} gave {limiter!r}", hint="return a Limiter")
        return limiter
    found = re.fullmatch(r"(\d+)\s*(?:/|per)\s*(second|minute|hour|day)", limit.strip())
    if not found:
        raise ClientError(f"{limit!r} is not a limit for {category}", hint='write "300/minute", or give a Limiter')
    try:
        from pyrate_limiter import Duration, InMemoryBucket, Limiter, Rate, SingleBucketFactory
    except ImportError:
        raise ClientError("limits need pyrate-limiter", hint='pip install "adplatforms[limits]"') from None
    bucket = InMemoryBucket([Rate(int(found[1]), Duration[_PERIODS[found[2]]])])
    return _ThreadlessLimiter(Limiter(SingleBucketFactory(bucket, schedule_leak=False)), bucket)


class _ThreadlessLimiter:
    """A limiter of `pyrate_limiter` without the thread that the library starts to drop what is past.

    That thread would end in a forked child. So what is past is dropped before each call.
    """

    def __init__(self, limiter: Any, bucket: Any) -> None:
        self._limiter, self._bucket = limiter, bucket

    def try_acquire(self, name: str, timeout: float) -> bool:
        self._bucket.leak(self._bucket.now())
        return bool(self._limiter.try_acquire(name, timeout=timeout))


class _LimiterOfParent:
    """In a child process: a limiter that the user made in the parent."""

    def __init__(self, category: str) -> None:
        self._category = category

    def try_acquire(self, name: str, timeout: float) -> bool:
        raise ClientError(
            f"the limiter of {self._category!r} was made in the parent of this process and cannot be used here",
            hint="give the function that makes it, limits={...: make_limiter}, or open the session in this process",
        )


def _limiters_of(given: Mapping[str, Any], opened_in: object) -> dict[str, Any]:
    """The limiters of this process, by category. opened_in: the process in which the user gave them."""
    is_child = this_process() != opened_in
    limiters = {}
    for name, limit in given.items():
        if is_child and hasattr(limit, "try_acquire"):
            limiters[name] = _LimiterOfParent(name)
        else:
            limiters[name] = _limiter(name, limit)
    return limiters


class Limits:
    """What holds calls back: the user's limits, and the platform's word that no call is left.

    limits: as in `Options`. clock: seconds that only go forward.

    After a fork the child makes its limiters anew, from the text or by the function that the user gave, and counts its
    own calls. A limiter that the user made is refused there: it holds locks, a thread or an open file of the parent.
    """

    def __init__(self, limits: Mapping[str, Any] | None, clock: Callable[[], float]) -> None:
        given = dict(limits or {})
        self.active = bool(given)
        """Whether any call may have to wait: nothing is asked for each call where neither side has set a limit."""
        # not a method: it would keep these limits, and the clock's threads with them, until the garbage collector runs
        self._limiters_of_process = PerProcess(partial(_limiters_of, given, this_process()))
        # A limit that cannot be right is refused when the session is opened, not at its first call.
        self._limiters_of_process()
        self._empty: dict[str, float] = {}
        self._clock = clock

    @property
    def _limiters(self) -> dict[str, Any]:
        return self._limiters_of_process()

    def wait(self, category: str) -> float:
        """The seconds until the platform allows a call again; 0 where it does not say."""
        if not self._empty:
            return 0.0
        return max(0.0, self._empty.get(category, 0.0) - self._clock())

    def acquire(self, category: str, most: float) -> bool:
        """Whether the user's limit allows a call, which counts then.

        most: seconds to wait until it does.
        """
        limiters = self._limiters
        limiter = limiters.get(category) or limiters.get("*")
        return limiter is None or bool(limiter.try_acquire(category, timeout=most))

    def learn(self, quota: Quota) -> None:
        """Remembers what an answer tells of the platform's limit."""
        # Only "none left" counts. Spreading the calls that are left over the time would slow down those who have many.
        if quota.remaining is not None and quota.remaining <= 0 and quota.reset:
            self._empty[quota.category] = self._clock() + quota.reset
            self.active = True
        else:
            self._empty.pop(quota.category, None)

    def wait_for(self, request: Request, longest_wait: float, runtime: Runtime, stats: Stats) -> None:
        """Waits where the rate limit of the request's category is used up: the platform's, then the user's own.

        Raises a `RateLimitError` where that would take longer than `longest_wait` seconds.
        """
        category = request.category or "all calls"
        wait = self.wait(request.category)
        if wait > longest_wait:
            raise RateLimitError(
                f"{request.label}: the rate limit of {category} is used up",
                hint=f"it starts anew in {wait:,.0f} seconds",
                request=request.label,
                retry_after=wait,
            )
        if wait:
            stats.add(waited=wait)
            runtime.sleep(wait)
        # What is there at once is not a wait, however long a busy machine takes to ask for it.
        if self.acquire(request.category, 0.0):
            return
        began = runtime.clock()
        if not self.acquire(request.category, longest_wait):
            raise RateLimitError(
                f"{request.label}: your own limit of {category} is used up",
                hint="raise it, or wait",
                request=request.label,
            )
        waited = runtime.clock() - began
        if waited >= _NOTICEABLE:
            stats.add(waited=waited)


_NOTICEABLE = 0.001
"""Seconds from which on a wait for a limit is counted: two threads that ask at once wait less for each other."""
