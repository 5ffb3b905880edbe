"""Parsers of single values: numbers, dates and booleans, as platforms send them and as users write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from .scalars import to_plain

__all__ = [
    "BOOLS",
    "EPOCH",
    "YEAR_10000",
    "from_epoch",
    "parse_bool",
    "parse_date",
    "parse_datetime",
    "parse_decimal",
    "parse_int",
]


def parse_bool(value: Any) -> bool:
    """True or False from a bool, 1/0, "1"/"0", "true"/"false" or "on"/"off"; anything else is a ValueError."""
    key = to_plain(value)
    if isinstance(key, str):
        key = key.strip().lower()
    try:
        return BOOLS[key]
    except (KeyError, TypeError):
        raise ValueError("expected True or False") from None


BOOLS: dict[Any, bool] = {True: True, False: False, "1": True, "0": False, "true": True, "false": False}
BOOLS.update(on=True, off=False)


def parse_int(value: Any) -> int:
    """A whole number from an int, an integral float or digits; a bool or a fraction is a ValueError."""
    # Python reads 1_000 as a number. No platform sends that, so it is a mistake.
    if type(value) is str and "_" not in value:
        return int(value)
    value = to_plain(value)
    if isinstance(value, (bool, str)):
        raise ValueError("expected a whole number")
    number = int(value)
    # Also of decimals and fractions, of which `int` leaves out what is after the point.
    if number != value:
        raise ValueError("expected a whole number")
    return number


_NUMBERS = frozenset({str, int, float})
"""Classes that need no look at the libraries; checked here, for reading amounts must stay cheap."""


def parse_decimal(value: Any) -> Decimal:
    """An exact decimal from a number or its text. Raises a ValueError for anything else, NaN and infinities included.

    >>> parse_decimal(0.1), parse_decimal("12.50")
    (Decimal('0.1'), Decimal('12.50'))
    """
    if type(value) not in _NUMBERS:
        value = to_plain(value)
    if isinstance(value, bool) or (isinstance(value, str) and "_" in value):
        raise ValueError("expected a number")
    # The shortest text of a float is what was meant: Decimal(0.1) would have 55 digits.
    if isinstance(value, float):
        value = repr(value)
    try:
        number = Decimal(value)
    except (InvalidOperation, TypeError):
        raise ValueError("expected a number") from None
    if not number.is_finite():
        raise ValueError("expected a finite number")
    return number


def parse_datetime(value: Any) -> datetime:
    """An aware datetime from ISO 8601 text, a datetime or a date; without an offset it is UTC.

    >>> parse_datetime("2016-11-07T09:07:57+0000")
    datetime.datetime(2016, 11, 7, 9, 7, 57, tzinfo=datetime.timezone.utc)
    """
    if type(value) is str:
        # 19 characters are a date and a time without an offset: with one, the result is aware at once.
        if len(value) == 19:
            value += "+00:00"
        try:
            moment = _from_iso(value)
        except ValueError:
            moment = _lenient(value)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    value = to_plain(value)
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day, tzinfo=UTC)
    else:
        raise ValueError("expected a datetime or ISO 8601 text")
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


_from_iso = datetime.fromisoformat


def _lenient(text: str) -> datetime:
    """ISO forms that `datetime.fromisoformat` refuses, such as a space before the offset. Source: T1's replies."""
    from dateutil.parser import isoparse

    return isoparse(re.sub(r"\s+(?=[+-])", "", text.strip()).replace(" ", "T", 1))


def parse_date(value: Any) -> date:
    """A calendar date from a date or ``YYYY-MM-DD``; a datetime gives its own day."""
    value = to_plain(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ValueError("expected a date or YYYY-MM-DD")
    if len(value) == 10:
        return date.fromisoformat(value)
    return parse_datetime(value).date()


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def from_epoch(seconds: Any) -> datetime:
    """The UTC datetime of a number of seconds since 1970. Seconds before 1970, fractions and text are taken too."""
    # The fast way. It does not take numbers below 0 on every system, nor those beyond the year 9999.
    if type(seconds) is int and 0 <= seconds < YEAR_10000:
        return datetime.fromtimestamp(seconds, UTC)
    if isinstance(seconds, str):
        seconds = float(seconds)
    return EPOCH + timedelta(seconds=seconds)


YEAR_10000 = 253_402_300_800
"""Where the years that `datetime` knows end, in seconds since 1970."""
