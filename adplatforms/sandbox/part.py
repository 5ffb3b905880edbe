"""What the server offers to each platform's part, and what a part gives it in return.

A platform is a package here with a function `build(services) -> Part`. It is built when it is first asked for, so
that a sandbox starts in milliseconds whatever the platforms hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from adplatforms.sandbox.files import Files
from adplatforms.sandbox.store import Store, Table

if TYPE_CHECKING:
    from flask import Blueprint, Response

__all__ = ["Note", "Part", "Services"]


class Note(Protocol):
    """How a part enters a row into the journal."""

    def __call__(self, platform: str, action: str, kind: str, id: str | int) -> None:
        """Notes one row that a write has changed; inside a transaction of the part's store, once it is committed.

        `action`: create, update or delete. `kind`: the type of the row (`campaign`).
        """


@dataclass(frozen=True)
class Services:
    """What the server offers to one platform's part.

    `store` opens the part's own database: `store(tables, fill)`, in memory, or in a file beside the one the sandbox
    was given. `files` publishes and takes files on another port. `url` is the sandbox's own base URL, without the
    prefix of the platform and without a slash at the end. `now` is the sandbox's clock (aware, UTC), which faults
    can shift: parts ask no other. `note` enters each row that a write has changed into the journal.
    """

    store: Callable[[Sequence[Table], Callable[[Store], None]], Store]
    files: Files
    url: Callable[[], str]
    now: Callable[[], datetime]
    note: Note


@dataclass(frozen=True)
class Part:
    """One platform: its paths, and what can be done to it from outside.

    `blueprints` answer whole paths, the platform's prefix included (`/pinterest/v5/...`). `reset` puts the seed back,
    `expire` ends all logins and access tokens (refresh tokens survive), `close` closes the database. `move(path, rows)`
    puts so many rows into the listing that is asked for at a path, or (below zero) takes its first rows away; where no
    rows are listed, it does nothing. `refusal(status)` is the platform's own answer to the current request with this
    status, None where its documents do not describe one.
    """

    blueprints: list[Blueprint]
    reset: Callable[[], None]
    expire: Callable[[], None]
    close: Callable[[], None]
    move: Callable[[str, int], None] | None = None
    refusal: Callable[[int], Response | None] | None = None
