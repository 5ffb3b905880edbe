"""What a session needs of the world it runs in: locks, waits, the time, and calls under way at once.

All of it goes through one object, `session.runtime`, so that it can be replaced as a whole: by one whose time passes
only by waiting in tests (`adplatforms.core.testing.FakeRuntime`), or by one that suspends a task in place of a thread.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from .messages import Request
from .paging import Page, Pending

__all__ = ["LockOfProcess", "Runtime"]

LockOfProcess = Callable[[], AbstractContextManager[Any]]
"""Gives the lock that belongs to the process it is called in: ``with lock(): ...``."""


class Runtime(ABC):
    """The contract. `adplatforms.net.runtime.ThreadRuntime` is what sessions have unless they are given another."""

    @abstractmethod
    def lock(self, reentrant: bool = False) -> LockOfProcess:
        """A new lock. reentrant: whether the one who holds it may take it again.

        A forked child gets a lock of its own, because one that a thread of the parent held is never released there.
        """

    @abstractmethod
    def sleep(self, seconds: float) -> None:
        """Waits, before a retry, for a rate limit, or between two looks at a job."""

    @abstractmethod
    def clock(self) -> float:
        """Seconds on a clock that only goes forward, to measure how long something took."""

    def now(self) -> datetime:
        """The present time by this machine, in UTC."""
        return datetime.now(UTC)

    @abstractmethod
    def submit(self, fetch: Callable[[Request], Page], request: Request) -> Pending:
        """Starts ``fetch(request)`` so that others can be under way meanwhile. Raises `DetachedError` once closed."""

    def check_open(self) -> None:  # noqa: B027, a runtime that holds nothing is never closed
        """Raises a `DetachedError` once it is closed."""

    def close(self) -> None:  # noqa: B027, see above
        """Frees what it holds; calls that were submitted and have not started are dropped."""
