"""Values as forms and `q` write them, read strictly: text to int, 0/1, number, UTC time."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from flask import current_app

from adplatforms.sandbox.t1.schema import Field, Value

WIRE_TIME = "%Y-%m-%dT%H:%M:%S"
"""How rows hold a time: UTC, no offset."""

_BOOLS = {"1": 1, "0": 0, "on": 1, "off": 0}
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d) ?([+-]\d\d:?\d\d)?", re.ASCII)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LARGEST = 2**53


def now() -> datetime:
    """The time on the sandbox's clock (UTC), while a request is answered."""
    moment: datetime = current_app.config["NOW"]()
    return moment


def read(field: Field, text: str) -> Value:
    """A value of the field's kind from its text.

    Booleans are 1, 0, on or off. Times are `YYYY-MM-DDTHH:MM:SS`, the T may be a space, and an offset
    (`+0200` or `+02:00`, a space before it allowed) may follow; without one they are UTC. Numbers are plain
    decimals. An int must not carry a fraction.

    Raises:
        ValueError: with a message for the field.
    """
    if field.kind == "int":
        if not re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
            raise ValueError(f"Must be an integer: {text!r}")
        return int(text)
    if field.kind == "bool":
        if text not in _BOOLS:
            raise ValueError(f"Must be 1 or 0: {text!r}")
        return _BOOLS[text]
    if field.kind in ("float", "money"):
        return _number(text)
    if field.kind == "datetime":
        return _time(text)
    if field.kind == "enum" and text not in field.choices:
        raise ValueError(f"Must be one of {', '.join(field.choices)}: {text!r}")
    if not is_printable(text):
        raise ValueError("Must not hold control characters")
    return text


def local_time(utc: str, zone_name: str) -> str | None:
    """A row's time on the clocks of a zone, or None where the machine does not know the zone."""
    zone = _zone(zone_name)
    if zone is None:
        return None
    moment = datetime.strptime(utc, WIRE_TIME).replace(tzinfo=UTC)
    return moment.astimezone(zone).strftime(WIRE_TIME)


def is_printable(text: str) -> bool:
    """Whether XML can hold a text: it has no control characters."""
    return not _UNPRINTABLE.search(text)


def is_zone(name: str) -> bool:
    """Whether a name is a time zone such as America/New_York."""
    return _zone(name) is not None


def _number(text: str) -> float:
    if not re.fullmatch(r"-?\d+(\.\d*)?([eE][+-]?\d+)?|-?\.\d+", text, re.ASCII):
        raise ValueError(f"Must be a number: {text!r}")
    number = float(text)
    if math.isinf(number) or abs(number) > _LARGEST:
        raise ValueError(f"Is too large: {text!r}")
    return number


def _time(text: str) -> str:
    match = _TIME.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        day, clock, offset = match.groups()
        moment = datetime.strptime(f"{day}T{clock}{offset or '+0000'}", f"{WIRE_TIME}%z")
        return moment.astimezone(UTC).strftime(WIRE_TIME)
    except (ValueError, OverflowError):
        raise ValueError(f"Must be a date and time, YYYY-MM-DDTHH:MM:SS: {text!r}") from None


@lru_cache(maxsize=1000)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
