"""The classic SDK's conversions of single values (`t1types`). Source: the classic SDK 1.9.20; wire.md section 4."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from ..utils.fixedoffset import FixedOffset

__all__ = [
    "Deleted",
    "default_empty",
    "enum",
    "float_or_none",
    "int_or_none",
    "int_to_bool",
    "none_to_empty",
    "strft",
    "strpt",
]


def int_to_bool(value: Any) -> bool:
    """True or False of ``"1"`` or ``"0"``. Raises `TypeError` for what is not a whole number."""
    try:
        return bool(int(value))
    except ValueError:
        raise TypeError("must supply integer string") from None


def none_to_empty(val: Any) -> Any:
    """Empty text for None, else the value."""
    return "" if val is None else val


def enum(all_vars: Collection[Any], default: Any) -> Callable[[Any], Any]:
    """A function that gives its argument where it is one of these, else the default."""

    def get_value(test_value: Any) -> Any:
        return test_value if test_value in all_vars else default

    return get_value


def default_empty(default: Any) -> Callable[[Any], Any]:
    """A function that gives its argument, and the default for an empty one."""

    def get_value(test_value: Any) -> Any:
        return test_value or default

    return get_value


def strpt(dt_string: Any) -> datetime:
    """The moment of an ISO text with an offset or, for UTC, without; a datetime stays. "now" is the local time."""
    if isinstance(dt_string, datetime):
        return dt_string
    if dt_string == "now":
        return datetime.now()  # noqa: DTZ005 - as the classic SDK has it
    text, offset = dt_string, 0
    found = re.search(r"([-+])(\d\d):?(\d\d)$", dt_string)
    if found:
        text, offset = dt_string[: found.start()], int(found[2]) * 60 + int(found[3])
    if found and found[1] == "-":
        offset = -offset
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=FixedOffset(offset))


def strft(dt_obj: Any, null_on_none: bool = False, offset: bool = False) -> str:
    """A moment as ISO text, by its own clock. offset: with its offset from UTC. null_on_none: None becomes empty.

    Raises `AttributeError` for what is not a datetime.
    """
    if dt_obj is None and null_on_none:
        return ""
    text: str = dt_obj.strftime("%Y-%m-%dT%H:%M:%S%z" if offset else "%Y-%m-%dT%H:%M:%S")
    return text


def float_or_none(value: Any, null_on_none: bool = False) -> Any:
    """A number; empty text for None where null_on_none is set. Raises `TypeError` for anything else."""
    if value is None and null_on_none:
        return ""
    if not isinstance(value, (int, float)):
        raise TypeError("must supply float")
    return float(value)


def int_or_none(value: Any, null_on_none: bool = False) -> Any:
    """A whole number; empty text for None where null_on_none is set. Raises `TypeError` for anything else."""
    if value is None and null_on_none:
        return ""
    if not isinstance(value, int):
        raise TypeError("must supply int")
    return value


class Deleted:
    """What stood for a field that was emptied; here that is None."""

    def __init__(self, original_value: Any) -> None:
        self.original_value = original_value

    @staticmethod
    def get_value() -> str:
        """What is sent."""
        return ""

    def get_original_value(self) -> Any:
        """What the field was."""
        return self.original_value
