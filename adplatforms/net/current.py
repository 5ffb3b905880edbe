"""What holds for the call that a thread makes now, where the connections below `requests` can see it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .deadlines import Deadline

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CURRENT", "calling"]


class _Current(threading.local):
    """`deadline`: by when the answer has to be complete. `check_address`: called with a host and each address that it
    has, raises for one that must not be connected to."""

    deadline: Deadline | None = None
    check_address: Callable[[str, str], None] | None = None


CURRENT = _Current()
"""Both are None for what a user sends on a session directly."""


@contextmanager
def calling(deadline: Deadline, check_address: Callable[[str, str], None]) -> Iterator[None]:
    """Makes both hold in the block."""
    CURRENT.deadline, CURRENT.check_address = deadline, check_address
    try:
        yield
    finally:
        CURRENT.deadline = CURRENT.check_address = None
