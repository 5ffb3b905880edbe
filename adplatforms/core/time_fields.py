"""The types of fields that hold moments and days; `fields` has them with all others."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from .field import Field
from .moments import is_naive
from .parsing import EPOCH, YEAR_10000, from_epoch, parse_date, parse_datetime, parse_int

if TYPE_CHECKING:
    from .record import Record

__all__ = ["Date", "DateTime", "EpochMillis", "EpochSeconds"]


class DateTime(Field[datetime]):
    """A moment, always aware; without an offset it is UTC, both from the server and from the user."""

    type_name = "date and time"
    operators = "== != < <= > >= null !null"
    step = timedelta(microseconds=1)
    """The smallest difference between two moments that the wire can tell."""

    load = staticmethod(parse_datetime)

    def accept(self, value: Any) -> datetime:
        """A moment, or text with a complete date in it: a bare year is more likely a slip."""
        if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d([ T].*)?", value):
            raise ValueError("expected YYYY-MM-DD, with or without a time")
        return parse_datetime(value)

    def check_change(self, value: Any, record: Record) -> datetime | None:
        checked = super().check_change(value, record)
        if self.lacks_offset(value):
            record._taken_as_utc(self, value)
        return checked

    def lacks_offset(self, value: Any) -> bool:
        # A name such as `start_date_inclusive_utc` says what is meant.
        return not self.name.endswith("_utc") and is_naive(value)

    def dump(self, value: datetime) -> Any:
        return value.astimezone(UTC).isoformat()


class Date(Field[date]):
    """A calendar day, ``YYYY-MM-DD`` on the wire."""

    type_name = "date"
    operators = "== != < <= > >= null !null"

    def load(self, value: Any) -> date:
        return parse_date(value)

    def dump(self, value: date) -> str:
        return value.isoformat()


class EpochSeconds(DateTime):
    """A moment that travels as whole seconds since 1970 (UTC)."""

    step = timedelta(seconds=1)

    load = staticmethod(from_epoch)  # type: ignore[assignment]

    def _getter(self) -> Callable[[Any], Any]:
        read, wire, from_timestamp = super()._getter(), self.wire, datetime.fromtimestamp

        # As in `Field._getter`: what platforms send costs one call of C, anything else goes the usual way.
        def get(entity: Any) -> Any:
            value = entity._values.get(wire)
            if type(value) is int and 0 <= value < YEAR_10000:
                return from_timestamp(value, UTC)
            return read(entity)

        return get

    def dump(self, value: datetime) -> int:
        return int((value - EPOCH).total_seconds())


class EpochMillis(EpochSeconds):
    """A moment that travels as whole milliseconds since 1970 (UTC)."""

    step = timedelta(milliseconds=1)
    _getter = Field._getter

    @staticmethod
    def load(value: Any) -> datetime:
        return from_epoch(parse_int(value) / 1000)

    def dump(self, value: datetime) -> int:
        return round((value - EPOCH).total_seconds() * 1000)
