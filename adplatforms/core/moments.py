"""Moments and the clocks they are read off: comparisons in the wire's steps of time, and zones of records.

A moment without an offset is UTC everywhere, from the server and from the user. What users mean by "1 December" is a
day where the campaign runs: `local_moment` reads such a day in the record's own zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from .errors import InvalidValueError
from .parsing import parse_datetime
from .scalars import to_plain

__all__ = ["in_steps", "is_naive", "read_on_clock", "taken_as_utc", "zone_named"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def in_steps(op: str, moment: datetime, step: timedelta) -> tuple[str, Any] | None:
    """The operator and value of the comparison that holds for the same moments, where all of these are whole steps.

    ``> 10:00:00.5`` holds for the same whole seconds as ``>= 10:00:01``. op: ``==``, ``!=``, ``<``, ``<=``, ``>`` or
    ``>=``. Equality with a moment between two steps is ``in`` an empty tuple, for it holds for none; its opposite is
    ``!null``. None where the next step lies beyond the year 9999.
    """
    past_step = (moment - _EPOCH) % step
    if not past_step:
        return op, moment
    if op == "==":
        return "in", ()
    if op == "!=":
        return "!null", None
    # Both by the next step. A server that keeps fractions which its answers cut off is asked for the rows that the
    # answers show: 10:00:00.7, shown as 10:00:00, is not after 10:00:00.5 for whoever reads it.
    try:
        next_step = moment - past_step + step
    except OverflowError:
        return None
    return {"<": "<", "<=": "<", ">": ">=", ">=": ">="}[op], next_step


def is_naive(value: Any) -> bool:
    """Whether a value is a datetime without an offset or a bare date, of pandas and NumPy too. Text is neither: one
    without an offset is how platforms themselves write moments in UTC."""
    if type(value) is str or value is None:
        return False
    plain = to_plain(value)
    if isinstance(plain, datetime):
        return plain.tzinfo is None
    return isinstance(plain, date)


def taken_as_utc(value: Any) -> str:
    """The words of a warning about a moment without an offset."""
    moment = parse_datetime(value)
    return f"{value} has no offset and is taken as UTC, {moment:%Y-%m-%dT%H:%M:%S%z}"


def zone_named(zone: str | tzinfo) -> tzinfo:
    """The time zone of an IANA name (``"America/New_York"``); a `tzinfo` as it is. Raises `InvalidValueError` for what
    is not one here, or not known to this machine."""
    # Here, because it is slow to import and few programs need it.
    from zoneinfo import ZoneInfo

    if isinstance(zone, tzinfo):
        return zone
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, TypeError, OSError):
        raise InvalidValueError(
            f"{zone!r} is not a time zone that this machine knows",
            hint='an IANA name such as "America/New_York"; where even these are unknown: pip install tzdata',
        ) from None


def read_on_clock(zone: tzinfo, *parts: int, fold: int = 0) -> datetime:
    """The moment at which the clocks of a zone show this year, month, day, hour, minute, second.

    Where they are turned back, a time comes twice: the first one counts, with ``fold=1`` the second. Where they are
    put forward, a time is left out: it is as far after the change as it would have been, 2:30 becomes 3:30. Raises
    `InvalidValueError` for what no calendar has.
    """
    try:
        shown = datetime(*parts, tzinfo=zone, fold=fold)  # type: ignore[arg-type,misc]
        moment = shown.astimezone(UTC).astimezone(zone)
        if moment.replace(tzinfo=None, fold=0) != shown.replace(tzinfo=None, fold=0):
            # Left out. Without the fold, which would take it to before the change.
            moment = shown.replace(fold=0).astimezone(UTC).astimezone(zone)
    except (ValueError, TypeError, OverflowError) as problem:
        raise InvalidValueError(f"{parts} is not a date and time: {problem}") from None
    return moment
