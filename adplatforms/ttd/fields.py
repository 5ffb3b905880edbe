"""The field types of The Trade Desk that the core does not have: its enums, moments and amounts.

One fact has one Python value, whichever way it came: enums are PascalCase as the Workflows API spells them
(``"PaceAhead"``), the only surface whose wire format is official; GraphQL's ``PACE_AHEAD`` is read as the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adplatforms.core.errors import InvalidValueError
from adplatforms.core.fields import Choice, DateTime, Money, Str

if TYPE_CHECKING:
    from adplatforms.core.record import Record

__all__ = ["Amount", "Enum", "Moment", "TimeZone", "graphql_enum", "offsets_of"]


def graphql_enum(value: str) -> str:
    """An enum value as GraphQL spells it: ``PaceAsSoonAsPossible`` -> ``PACE_AS_SOON_AS_POSSIBLE``.

    The spelling is a rule we infer from the enums that both surfaces show (graphql_types.json, workflows.json).
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", value).upper()


class Enum(Choice):
    """One of a set of words in PascalCase.

    GraphQL's UPPER_SNAKE of them is taken too, by users and from answers. Any other word that the server sends is kept
    as it is: vendors add values, and a client that refuses them would break.
    """

    native = None  # text is not always what it seems: what GraphQL sends has to be converted

    def __init__(self, values: str, wire: str = "", *, only_read: str = "", **declaration: Any) -> None:
        """only_read: more words, which come from the server and cannot be set."""
        words = f"{values} {only_read}".split()
        self._known = {spelling: value for value in words for spelling in (value, graphql_enum(value))}
        super().__init__(values, wire, **declaration)

    def load(self, value: Any) -> str:
        known: str = self._in_pascal_case(value)
        return known

    def accept(self, value: Any) -> str:
        return super().accept(self._in_pascal_case(value))

    def _in_pascal_case(self, value: Any) -> Any:
        """A word of the set in our spelling; anything else as it is."""
        return self._known.get(value, value) if isinstance(value, str) else value

    def _getter(self) -> Callable[[Any], Any]:
        read, known = super()._getter(), self._known

        def get(record: Any) -> Any:
            value = read(record)
            if type(value) is str:
                return known.get(value, value)
            return value

        return get


class TimeZone(Str):
    """The IANA name of a time zone.

    The Trade Desk answers the main zone of the group that Windows puts a zone in: ``America/Hermosillo`` comes back as
    ``America/Phoenix`` [D]. So zones with the same offsets count as the same, where they are compared.
    """

    def is_same(self, value: Any, other: Any) -> bool:
        return super().is_same(value, other) or (isinstance(value, str) and value == _Zone(other))

    def operand(self, op: str, value: Any) -> Any:
        found = super().operand(op, value)
        if op in ("==", "!="):
            return _Zone(found)
        return tuple(map(_Zone, found)) if op == "in" else found


class _Zone(str):
    """A zone in a condition, which is equal to every zone with the same offsets."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str):
            return False
        return str.__eq__(self, other) or offsets_of(str(self)) == offsets_of(other)

    def __ne__(self, other: object) -> bool:
        return not self == other


@lru_cache(maxsize=512)
def offsets_of(zone: str) -> object:
    """What tells the rules of a time zone from those of others: its offsets over two years; of an unknown one its name.

    Offsets and not the groups themselves, which are in a file that Unicode keeps and no library of ours has.
    """
    try:
        rules = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return zone
    days = (datetime(2025, 1, 1, 12, tzinfo=UTC) + timedelta(days=10 * number) for number in range(73))
    return tuple(day.astimezone(rules).utcoffset() for day in days)


class Moment(DateTime):
    """A moment in ISO 8601, ``2026-06-01T00:00:00Z``; an offset other than UTC's travels as it was given."""

    def dump(self, value: datetime) -> str:
        return re.sub(r"\+00:00$", "Z", value.isoformat())


class Amount(Money):
    """An exact amount that travels as a JSON number."""

    def rounded(self, value: Decimal, record: Record, original: Any = None) -> Decimal:
        return self._exact(super().rounded(value, record, original))

    def operand(self, op: str, value: Any) -> Any:
        # Filters travel as JSON numbers too, and would silently compare with another amount.
        found = super().operand(op, value)
        for each in found if isinstance(found, tuple) else (found,):
            if each is not None:
                self._exact(each)
        return found

    def _exact(self, amount: Decimal) -> Decimal:
        """The amount, if a JSON number can say it."""
        # A float keeps 15 digits for certain; the platform would book another amount than was set.
        if Decimal(repr(float(amount))) != amount:
            raise InvalidValueError(
                f"{self.name} cannot be {amount}: expected at most 15 digits, a JSON number keeps no more"
            )
        return amount

    def dump(self, value: Decimal) -> float:
        return float(value)
