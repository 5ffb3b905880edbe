"""The rate limits of The Trade Desk, as far as its documents tell them.

Calls are counted per endpoint over "usually a minute", REST and GraphQL apart, and the numbers are neither published
nor fixed. After a 429 the vendor says to wait a minute, or as long as ``Retry-After`` says, and it advises at most four
callers per endpoint. Source: facts_2.md section 1, 3 and 4; platform_rest_v3.md "Rate limits" [D].
"""

from __future__ import annotations

from datetime import UTC, datetime
from random import choice
from threading import Lock

from adplatforms.core.forking import PerProcess
from adplatforms.core.messages import Answer
from adplatforms.net.retry import retry_after_seconds

__all__ = ["MAX_IN_FLIGHT", "MINUTE", "Turns", "rest_category", "seconds_to_wait"]

MAX_IN_FLIGHT = 4
"""Calls of one endpoint under way at once, reads and writes together [D]."""
MINUTE = 60.0
"""Seconds to wait where the answer does not say how long."""


def seconds_to_wait(answer: Answer) -> float:
    """The seconds to wait after an answer that refuses a call because there were too many."""
    seconds = retry_after_seconds(answer.headers, datetime.now(UTC))
    return MINUTE if seconds is None else seconds


def rest_category(endpoint: str) -> str:
    """What a REST call counts as for rate limits: ``rest campaign``. endpoint: the path below ``/v3/``."""
    return f"rest {endpoint.lstrip('/').partition('?')[0].partition('/')[0]}"


class Turns:
    """Lets at most `MAX_IN_FLIGHT` calls of an endpoint be under way at once: ``with turns.of(category): ...``.

    The threads of a session share them, whatever they do: list, save or load what is related.
    """

    def __init__(self) -> None:
        self._locks: PerProcess[dict[str, tuple[Lock, ...]]] = PerProcess(dict)

    def of(self, category: str) -> Lock:
        """A lock to hold during a call: a free one where there is one."""
        by_category = self._locks()
        locks = by_category.get(category)
        if locks is None:
            locks = by_category.setdefault(category, tuple(Lock() for _ in range(MAX_IN_FLIGHT)))
        # Locks, and no semaphore: that is code in Python, which Ctrl-C can leave with a turn that nobody gives back.
        return next((lock for lock in locks if not lock.locked()), None) or choice(locks)
