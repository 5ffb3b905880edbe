"""What Pinterest's declarations are made of: the types of fields, as they are read and sent, and relations.

Reading is lenient: an unknown enum value, a number where text is declared, digits as text and a null never break it.
Writing is strict. Sources: wire.md sections 6 and 9; the type of each field is that of resources.json.
"""

from __future__ import annotations

from typing import Any

from adplatforms.core import fields
from adplatforms.core.fields import Bool, Choice, Date, DateTime, Float, Int, ListOf, Object, Str
from adplatforms.core.relations import Children, Ref

__all__ = [
    "Bool",
    "Children",
    "Choice",
    "Date",
    "DateTime",
    "Days",
    "EpochMillis",
    "EpochSeconds",
    "Float",
    "Id",
    "Int",
    "ListOf",
    "Micros",
    "Object",
    "Ref",
    "Str",
]


class Id(fields.Field[str]):
    """An id: text of digits, up to 19 of them. A number, from the server or from the user, is taken as its text."""

    type_name = "id"
    native = str
    operators = "== != in null !null"

    load = staticmethod(str)

    def accept(self, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
            raise ValueError("expected an id: text of digits")
        return str(value)


class Micros(fields.Micros):
    """An exact amount in the currency of the ad account; micro-currency (millionths) on the wire."""

    def describe(self) -> str:
        return "amount in the ad account's currency (micro-currency on the wire)"


class EpochSeconds(fields.EpochSeconds):
    """A moment in UTC; seconds since 1970 on the wire."""

    def describe(self) -> str:
        return "date and time, UTC (seconds since 1970 on the wire)"


class EpochMillis(fields.EpochMillis):
    """A moment in UTC; milliseconds since 1970 on the wire."""

    def describe(self) -> str:
        return "date and time, UTC (milliseconds since 1970 on the wire)"


class Days(fields.Int):
    """The days of an attribution window: one of a few numbers, 0 among them. What the server sends beside them is
    kept."""

    type_name = "days"
    values = (0, 1, 7, 14, 30, 60)

    def accept(self, value: Any) -> int:
        days = self.load(value)
        if days not in self.values:
            raise ValueError("expected one of " + ", ".join(map(str, self.values)))
        return days

    def describe(self) -> str:
        return "days: one of " + ", ".join(map(str, self.values))
