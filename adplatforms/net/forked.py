"""Connections after `os.fork`: a child leaves those of its parent alone and makes its own.

It must neither use nor end them: the parent would read the answer to another request, or find its connection ended.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from adplatforms.core.forking import this_process

if TYPE_CHECKING:
    import requests

__all__ = ["Sessions", "leave_connections"]


def leave_connections(session: Any) -> None:
    """Gives a `requests.Session` that came from the parent process empty pools, in place of those with its connections.

    The old pools are held for as long as the process lives: closing them takes locks that a thread of the parent may
    have held when it was forked, and so does freeing them.
    """
    for adapter in session.adapters.values():
        managers = [getattr(adapter, "poolmanager", None), *getattr(adapter, "proxy_manager", {}).values()]
        for manager in managers:
            pools = getattr(manager, "pools", None)
            if manager is not None and pools is not None:
                _inherited.append(pools)
                manager.pools = type(pools)(getattr(pools, "_maxsize", 10))


class Sessions:
    """The `requests.Session`s of a transport, of all threads, each with the process that its connections belong to."""

    def __init__(self) -> None:
        self._sessions: WeakKeyDictionary[requests.Session, tuple[int, int]] = WeakKeyDictionary()
        _all[self] = None

    def add(self, session: requests.Session) -> None:
        """Notes a session whose connections belong to this process."""
        self._sessions[session] = this_process()

    def take_over(self, session: requests.Session) -> None:
        """Makes a session usable in this process, by giving it connections of its own where it has the parent's."""
        if self._sessions.get(session) != this_process():
            leave_connections(session)
            self.add(session)

    def alive(self) -> list[requests.Session]:
        """The sessions that somebody still holds."""
        # `keyrefs` is a list made at once; the keys themselves may change meanwhile, by other threads.
        references = self._sessions.keyrefs()
        return [session for reference in references if (session := reference()) is not None]


_all: WeakKeyDictionary[Sessions, None] = WeakKeyDictionary()
_inherited: list[Any] = []
_held: list[requests.Session] = []


def _all_sessions() -> list[requests.Session]:
    groups = [group for reference in _all.keyrefs() if (group := reference()) is not None]
    return [session for group in groups for session in group.alive()]


def _hold() -> None:
    """Before a fork: holds the sessions of all threads.

    In the child they would be freed together with the threads that do not exist there, which takes locks that those may
    have held.
    """
    _held.extend(_all_sessions())


def _let_go() -> None:
    """After a fork, in the parent: the sessions are held by their threads alone again."""
    _held.clear()


def _take_over() -> None:
    """After a fork, in the child: also for the sessions that a user holds."""
    for reference in _all.keyrefs():
        group = reference()
        if group is not None:
            for session in group.alive():
                group.take_over(session)


# Windows has no fork.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_hold, after_in_parent=_let_go, after_in_child=_take_over)
