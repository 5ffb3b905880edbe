"""How many retries a session has: they stop when most of its calls fail, which repeating does not help."""

from __future__ import annotations

from collections.abc import Callable

from adplatforms.core.errors import AdPlatformsError
from adplatforms.core.runtime import LockOfProcess

from .retry import classify

__all__ = ["RetryBudget"]

_SECONDS_TO_RECOVER = 3600.0
"""After which a budget that is used up is complete again, if nothing else happens."""


class RetryBudget:
    """The retries that the calls of a session share, in the manner of gRPC's and AWS's token buckets.

    A retry takes one. A call that succeeds in the end gives back what it took, so that a flaky platform, or one that
    was away for a while, costs nothing; one that succeeds at once gives back one of another call. What is left taken
    are the retries of calls that failed for good. `taken`: how many they are now.

    clock: seconds that only go forward. lock: held while it counts, that of the session's figures.
    """

    def __init__(self, clock: Callable[[], float], lock: LockOfProcess) -> None:
        self.taken = 0.0
        self._clock, self._lock = clock, lock
        self._counted_at = clock()

    def take(self, error: AdPlatformsError, size: int | None) -> int | None:
        """How many retries the next attempt takes; None where no more are left.

        error: what the last attempt ended in. A platform that is asked too often says when to come back, and is well:
        waiting for it takes none. size: of the complete budget, None for one without end.
        """
        if size is None or (classify(error) == "throttled" and getattr(error, "status", None) != 503):
            return 0
        with self._lock():
            now = self._clock()
            recovered = (now - self._counted_at) * size / _SECONDS_TO_RECOVER
            self.taken, self._counted_at = max(0.0, self.taken - recovered), now
            if self.taken + 1 > size:
                return None
            self.taken += 1
            return 1

    def give_back(self, taken: int) -> None:
        """Notes that a call has succeeded. taken: how many retries it took."""
        with self._lock():
            self.taken = max(0.0, self.taken - max(1, taken))
