"""Calls that run side by side, and what happens to them when the one who waits for them is interrupted."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from itertools import chain, islice
from typing import Any, TypeVar

from .runtime import Pending, Runtime

__all__ = ["Abandoned", "SideBySide", "check_wanted", "while_wanted"]

T = TypeVar("T")
Call = Callable[[], object]

SECONDS_TO_END = 1.0
"""How long calls under way have to end after an interrupt. Ctrl-C once more ends the wait."""


class Abandoned(BaseException):
    """Nobody waits for this call any more: it ends before it sends or changes anything else.

    Not an `Exception`: what handles failures would take it for one, and try again.
    """


class SideBySide:
    """Calls that are made side by side by the threads of a runtime.

    width: how many may be under way now; asked for before each call, so that fewer are begun while a platform is in
    trouble. most: the highest number that it gives; with 1 the calls are made here, one after the other.
    """

    def __init__(self, runtime: Runtime, width: Callable[[], int], most: int) -> None:
        self._runtime, self._width, self._most = runtime, width, most
        self._lock = runtime.lock()
        self._todo: deque[Call] = deque()
        self._under_way: deque[Pending[Any]] = deque()
        self._running = 0
        self._stopped = self._abandoned = False

    def run(self, calls: Iterable[Call]) -> None:
        """Makes all calls, and returns when all have ended. Raises what one of them raised; the others go on until
        `stop`, which belongs into an ``except``."""
        remaining = iter(calls)
        first = list(islice(remaining, 2))
        # A call that makes such calls itself holds a thread: it would wait for threads that wait likewise.
        if self._most == 1 or len(first) < 2 or _current.get() is not None:
            for call in chain(first, remaining):
                if not self._stopped:
                    call()
            return
        self._todo.extend(chain(first, remaining))
        self._submit()
        # Each call submits those that follow before it ends: with none under way, none is left to do.
        while self._under_way:
            self._under_way[0].result()
            self._under_way.popleft()

    def _submit(self) -> None:
        """Starts calls until as many are under way as may be."""
        while True:
            with self._lock():
                if self._stopped or not self._todo or self._running >= max(1, self._width()):
                    return
                call = self._todo.popleft()
                self._running += 1
            self._under_way.append(self._runtime.submit(self._make, call, writes=True))

    def _make(self, call: Call) -> None:
        """Makes one call in a thread, and starts those that follow it."""
        token = _current.set(self)
        try:
            if not self._stopped:
                call()
        finally:
            _current.reset(token)
            with self._lock():
                self._running -= 1
        self._submit()

    def stop(self) -> None:
        """After an interrupt: begins no more calls, gives those under way a moment to end, and abandons the others."""
        self._stopped = True
        known: list[Pending[Any]] = []
        try:
            # A call that was just ending may have started one more, which is seen the second time.
            for _ in range(2):
                new = [pending for pending in list(self._under_way) if pending not in known]
                known += new
                self._runtime.give_up(new, SECONDS_TO_END)
        # Interrupted once more while it waits, it waits no longer.
        finally:
            with self._lock():
                self._abandoned = True

    def check(self) -> None:
        """Raises `Abandoned` once nobody waits for the calls any more."""
        if self._abandoned:
            raise Abandoned("nobody waits for this call any more")

    def while_wanted(self, call: Callable[[], T]) -> T:
        """What ``call()`` returns, unless the calls were abandoned: `stop` waits for it. It must not wait itself."""
        with self._lock():
            self.check()
            return call()


_current: ContextVar[SideBySide | None] = ContextVar("_current", default=None)
"""Those that the call is one of which runs here."""


def check_wanted() -> None:
    """Raises `Abandoned` in a call that nobody waits for any more. It belongs before all that is sent."""
    calls = _current.get()
    if calls is not None:
        calls.check()


def while_wanted(call: Callable[[], T]) -> T:
    """Changes what others see, a record say, by ``call()``, unless nobody waits for it any more."""
    calls = _current.get()
    if calls is None:
        return call()
    return calls.while_wanted(call)
