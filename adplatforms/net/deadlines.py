"""The time that a call may take in all. The read timeout alone starts anew with each byte that arrives."""

from __future__ import annotations

from time import monotonic

__all__ = ["Deadline", "total_of"]

_TOTAL = 900.0
"""Seconds for a complete answer where none are given. The largest one, 256 MB, comes in that time at 300 KB/s."""
_STEP = 65536
"""Bytes of a streamed body for which the time of a call starts anew."""


def total_of(timeouts: tuple[float, float]) -> float:
    """The seconds for a complete answer where only those to connect and to wait for data are given."""
    return max(_TOTAL, sum(timeouts))


class Deadline:
    """The moment by which an answer must be complete.

    seconds: from when the request has been sent. A body that is streamed has them for each 64 KB, and no time passes
    while its reader does something else with what has come: see `pause` and `resume`. `end`: the moment, by
    `time.monotonic`; whoever sees the request sent puts it off.
    """

    __slots__ = ("_left", "_received", "end", "seconds")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = monotonic() + seconds
        self._received = 0

    def remaining(self) -> float:
        """The seconds that are left; 0 or less once the time is used up."""
        return self.end - monotonic()

    def pause(self, received: int) -> None:
        """Stops the clock. received: bytes of a streamed body that have come since it was started or went on."""
        self._left = self.remaining()
        self._received += received
        if self._received >= _STEP:
            self._received, self._left = 0, self.seconds

    def resume(self) -> None:
        """Lets the clock go on after `pause`."""
        self.end = monotonic() + self._left
