"""Rate limits: a quota a minute for each category of operations, and the headers that tell about it.

The quotas are far above Pinterest's own by default, so that tests run free; `Quotas.set` lowers one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from adplatforms.sandbox.pinterest.errors import RATE_LIMIT, Refusal

A_MINUTE = 1_000_000
A_SECOND = 100_000
WINDOW = 60


class Quotas:
    """How many calls a minute each category takes. Operations of one category share its quota.

    Args:
        now: the sandbox's clock.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._limits: dict[str, int] = {}
        self._used: dict[str, tuple[int, int]] = {}

    def set(self, category: str, a_minute: int) -> None:
        """Sets the quota of a category (`ads_read`) and counts from nothing again."""
        with self._lock:
            self._limits[category] = a_minute
            self._used.pop(category, None)

    def forget(self) -> None:
        """Counts from nothing again; quotas stay."""
        with self._lock:
            self._used.clear()

    def spend(self, category: str) -> tuple[dict[str, str], Refusal | None]:
        """Counts one call. The headers for its answer, and the refusal where the quota is used up."""
        second = int(self._now().timestamp())
        window = second // WINDOW
        with self._lock:
            limit = self._limits.get(category, A_MINUTE)
            since, used = self._used.get(category, (window, 0))
            used = used + 1 if since == window else 1
            self._used[category] = (window, min(used, limit + 1))
        reset = WINDOW - second % WINDOW
        headers = {
            "X-RateLimit-Limit": f"{limit}, {min(A_SECOND, limit)};w=1, {limit};w={WINDOW}",
            "X-RateLimit-Remaining": str(max(0, limit - used)),
            "X-RateLimit-Reset": str(reset),
        }
        if used <= limit:
            return headers, None
        return headers, Refusal(
            429, RATE_LIMIT, f"You have exceeded your rate limit of {category}. Try again later."
        )
