"""What a session needs of the world it runs in: locks, waits, the time, and calls under way at once.

All of it goes through one object, `session.runtime`, so that it can be replaced as a whole: by one whose time passes
only by waiting in tests (`adplatforms.core.testing.FakeRuntime`), or by one that suspends a task in place of a thread.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar

__all__ = ["Later", "LockOfProcess", "Pending", "Runtime"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LockOfProcess = Callable[[], AbstractContextManager[Any]]
"""Gives the lock that belongs to the process it is called in: ``with lock(): ...``."""


class Pending(Protocol[T_co]):
    """A call that is under way, or will be made when its result is asked for."""

    def result(self) -> T_co:
        """Waits for the call; what it returned. Raises what it raised, and a `DetachedError` where the session was
        closed meanwhile."""

    def cancel(self) -> bool:
        """Drops it where it has not started."""


class Later(Generic[T]):
    """A call that is made only when its result is asked for: what makes calls serial and lazy."""

    __slots__ = ("_arguments", "_call")

    def __init__(self, call: Callable[..., T], *arguments: Any) -> None:
        self._call, self._arguments = call, arguments

    def result(self) -> T:
        """Makes the call."""
        return self._call(*self._arguments)

    def cancel(self) -> bool:
        """Nothing has started."""
        return True


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
    def submit(self, call: Callable[..., T], *arguments: Any, writes: bool = False) -> Pending[T]:
        """Starts ``call(*arguments)`` so that others can be under way meanwhile. Raises `DetachedError` once closed.

        writes: whether it changes something at the platform. Closing waits a moment for such calls, so that what became
        of them is known, and no other process makes them.
        """

    def give_up(self, calls: Sequence[Pending[Any]], seconds: float) -> None:  # noqa: B027, nothing may be under way
        """Drops calls that have not started, and waits for the others at most so long. What is under way then is left
        to itself, and takes the place of no other call."""

    def check_open(self) -> None:  # noqa: B027, a runtime that holds nothing is never closed
        """Raises a `DetachedError` once it is closed. It is asked before all that is sent, and after each wait: a
        runtime ends calls here whose callers are gone, see `concurrent`."""

    def close(self) -> None:  # noqa: B027, see above
        """Frees what it holds; calls that were submitted and have not started are dropped."""
