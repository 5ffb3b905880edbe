"""Rate limits: a quota a minute for each category of operations, and the headers that tell about it.

The quotas are far above Pinterest's own, so that tests run free, until the setting `limits` lowers one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from adplatforms.sandbox.pinterest.errors import INVALID, RATE_LIMIT, Refusal
from adplatforms.sandbox.pinterest.settings import Settings

A_MINUTE = 1_000_000
A_SECOND = 100_000
WINDOW = 60
ANALYTICS = "ads_analytics"


class Quotas:
    """How many calls a minute each category takes. Operations of one category share its quota.

    Args:
        settings: the limits.
        now: the sandbox's clock.
    """

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._now = now
        self._lock = threading.Lock()
        self._used: dict[str, tuple[int, int]] = {}

    def reset(self) -> None:
        """Counts from nothing again."""
        with self._lock:
            self._used.clear()

    def spend(self, category: str) -> tuple[dict[str, str], Refusal | None]:
        """Counts one call. The headers for its answer, and the refusal where the quota is used up."""
        second = int(self._now().timestamp())
        window, limit = second // WINDOW, self._settings.limits.get(category, A_MINUTE)
        with self._lock:
            since, used = self._used.get(category, (window, 0))
            used = used + 1 if since == window else 1
            self._used[category] = (window, used)
        reset = WINDOW - second % WINDOW
        headers = {
            "X-RateLimit-Limit": f"{limit}, {min(A_SECOND, limit)};w=1, {limit};w={WINDOW}",
            "X-RateLimit-Remaining": str(max(0, limit - used)),
            "X-RateLimit-Reset": str(reset),
        }
        if used <= limit:
            return headers, None
        if self._settings.hidden_limits and category == ANALYTICS:
            return {}, Refusal(400, INVALID, f"Too many requests. Retry after {reset} seconds")
        return headers, Refusal(429, RATE_LIMIT, f"You have exceeded your rate limit of {category}. Try again later.")
