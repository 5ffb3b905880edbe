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

    The old pools are kept as they are while the process lives. Closing them takes locks that a thread of the parent may
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
        """Takes one that was made in this process."""
        self._sessions[session] = this_process()

    def take_over(self, session: requests.Session) -> None:
        """Makes one usable in this process; does nothing where it is."""
        if self._sessions.get(session) != this_process():
            leave_connections(session)
            self.add(session)

    def alive(self) -> list[requests.Session]:
        """Those that are still in use."""
        references = self._sessions.keyrefs()  # a list at once, while other threads add theirs
        return [session for reference in references if (session := reference()) is not None]


_all: WeakKeyDictionary[Sessions, None] = WeakKeyDictionary()
_inherited: list[Any] = []
_kept: list[requests.Session] = []


def _all_sessions() -> list[requests.Session]:
    groups = [group for reference in _all.keyrefs() if (group := reference()) is not None]
    return [session for group in groups for session in group.alive()]


def _keep() -> None:
    """Before a fork. The sessions of other threads would be freed in the child with their threads, and that takes the
    locks that they may hold."""
    _kept.extend(_all_sessions())


def _forget() -> None:
    """After a fork, in the parent."""
    _kept.clear()


def _take_over() -> None:
    """After a fork, in the child: also for the sessions that a user holds."""
    for reference in _all.keyrefs():
        group = reference()
        if group is not None:
            for session in group.alive():
                group.take_over(session)


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(before=_keep, after_in_parent=_forget, after_in_child=_take_over)
