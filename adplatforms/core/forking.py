"""Values that each process has for itself: after `os.fork` a child must not use its parent's locks or connections.

A lock that another thread held while the process was forked stays locked in the child for ever, for that thread does
not exist there; a connection that both processes use mixes up their answers.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["PerProcess", "this_process"]

T = TypeVar("T")

_forks = 0


def _count() -> None:
    global _forks
    _forks += 1


# Windows has no fork.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_count)


def this_process() -> tuple[int, int]:
    """What tells this process from its parent and its children.

    The number of forks is there because a grandchild can be given the id of a process that has ended. The id is there
    because a server written in C, such as uWSGI, can fork without running Python's handlers.
    """
    return os.getpid(), _forks


class PerProcess(Generic[T]):
    """A value that each process makes for itself when it first asks for it: ``lock = PerProcess(Lock)``, ``with
    lock(): ...``.

    make: makes the value. Of threads that ask at the same time all get the same one.
    """

    __slots__ = ("_make", "_values")

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._values: dict[tuple[int, int], T] = {}

    def __call__(self) -> T:
        """The value of this process."""
        process = this_process()
        try:
            return self._values[process]
        except KeyError:
            # `setdefault` is atomic, so no lock is needed here: it could not be one of this kind.
            return self._values.setdefault(process, self._make())
