"""A time zone of the classic SDK."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo

__all__ = ["FixedOffset"]


class FixedOffset(tzinfo):
    """A zone so many minutes east of UTC. `datetime.timezone` does the same; it is what entities bring.

    >>> datetime(2026, 1, 1, tzinfo=FixedOffset(330)).isoformat()
    '2026-01-01T00:00:00+05:30'
    """

    def __init__(self, offset: int) -> None:
        self._minutes = offset
        self._zone = timezone(timedelta(minutes=offset))

    def utcoffset(self, moment: datetime | None = None) -> timedelta:
        """How far local time is ahead of UTC."""
        return self._zone.utcoffset(moment)

    def dst(self, moment: datetime | None = None) -> timedelta:
        """No summer time."""
        return timedelta(0)

    def tzname(self, moment: datetime | None = None) -> str:
        """Such as ``UTC+05:30``."""
        return self._zone.tzname(moment)

    # How pickle makes a tzinfo anew.
    def __getinitargs__(self) -> tuple[int]:
        return (self._minutes,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FixedOffset) and other._minutes == self._minutes

    def __hash__(self) -> int:
        return hash(self._minutes)

    def __repr__(self) -> str:
        return f"FixedOffset({self._minutes})"
