"""What the declarations of API v3.0 are made of: the core's types of fields, with the ranges of the description.

Reading is lenient: what the server sends outside of a range or of a set of words is kept. Setting is strict. Source:
campaigns-openapi.yaml, in which amounts are plain JSON numbers and moments are ISO 8601 text.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from adplatforms.core import fields
from adplatforms.core.errors import InvalidValueError
from adplatforms.core.fields import Bool, Date, Object
from adplatforms.core.nested import Nested, Struct
from adplatforms.core.parsing import parse_datetime
from adplatforms.core.relations import Children, Ref

if TYPE_CHECKING:
    from adplatforms.core.field import Field

__all__ = [
    "Bool",
    "Children",
    "Choice",
    "Date",
    "DateTime",
    "Float",
    "Int",
    "ListOf",
    "Nested",
    "Object",
    "Ref",
    "Str",
    "Struct",
    "Version",
]

T = TypeVar("T")


class Str(fields.Str):
    """Text. shortest, longest: how many characters it may have."""

    def __init__(self, wire: str = "", *, shortest: int = 0, longest: int | None = None, **declaration: Any) -> None:
        self.shortest, self.longest = shortest, longest
        super().__init__(wire, **declaration)

    def accept(self, value: Any) -> str:
        """Text of a length that is taken; else a `ValueError`."""
        text = super().accept(value)
        if len(text) < self.shortest or (self.longest is not None and len(text) > self.longest):
            raise ValueError(f"expected {self.describe()}")
        return text

    def operand(self, op: str, value: Any) -> Any:
        """A value to compare with: a part of a name, with ``*``, may be shorter than a name."""
        if isinstance(value, str):
            return value
        return super().operand(op, value)

    def describe(self) -> str:
        """The type with its range, for messages."""
        return _in_range("text", self.shortest or None, self.longest, " characters")


class Int(fields.Int):
    """A whole number. least, most: the range that may be set."""

    def __init__(
        self, wire: str = "", *, least: int | None = None, most: int | None = None, **declaration: Any
    ) -> None:
        self.least, self.most = least, most
        super().__init__(wire, **declaration)

    def check(self, value: Any, owner: str) -> int | None:
        """As any; outside of the range it is an `InvalidValueError`."""
        checked = super().check(value, owner)
        _check_range(checked, self, owner)
        return checked

    def describe(self) -> str:
        """The type with its range, for messages."""
        return _in_range("whole number", self.least, self.most)


class Float(fields.Float):
    """A number, or an amount in the currency of the record. least, most: the range that may be set."""

    def __init__(
        self, wire: str = "", *, least: float | None = None, most: float | None = None, **declaration: Any
    ) -> None:
        self.least, self.most = least, most
        super().__init__(wire, **declaration)

    def check(self, value: Any, owner: str) -> float | None:
        """As any; outside of the range it is an `InvalidValueError`."""
        checked = super().check(value, owner)
        _check_range(checked, self, owner)
        return checked

    def describe(self) -> str:
        """The type with its range, for messages."""
        return _in_range("number", self.least, self.most)


class Choice(fields.Choice):
    """One of a fixed set of words, which may have blanks in them: ``Choice("3rd Party Attribution", ...)``.

    What the server sends outside of the set is kept as it is; what the user sets outside of it is refused, unless it
    is given to ``save(extra=...)``.
    """

    def __init__(self, *values: str, wire: str = "", **declaration: Any) -> None:
        super().__init__("", wire, **declaration)
        self.values = values


class DateTime(fields.DateTime):
    """A moment in UTC, ISO 8601 on the wire: ``2026-03-01T00:00:00Z``."""

    step = timedelta(seconds=1)

    def dump(self, value: datetime) -> str:
        """In UTC with a Z, in whole seconds: the form of the description's own example of a condition."""
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def accept(self, value: Any) -> datetime:
        """A moment, or its text; with what it has below a second left out."""
        accepted = super().accept(value)
        return parse_datetime(accepted).replace(microsecond=0)


class ListOf(fields.ListOf[T]):
    """A list whose items convert like one field. fewest, most: how many it may have."""

    def __init__(
        self, item: Field[T], wire: str = "", *, fewest: int = 0, most: int | None = None, **declaration: Any
    ) -> None:
        self.fewest, self.most = fewest, most
        super().__init__(item, wire, **declaration)

    def accept(self, value: Any) -> list[T]:
        """A list of a length that is taken; else a `ValueError`."""
        accepted = super().accept(value)
        if len(accepted) < self.fewest or (self.most is not None and len(accepted) > self.most):
            raise ValueError(f"expected {_in_range('list', self.fewest or None, self.most, ' items')}")
        return accepted


class Version(fields.Int):
    """The version of the record, which every update sends back. The server sets it.

    Of an update that is based on an outdated one a 409 is declared: `ConflictError`.
    """


_CONDITION = "filter"
"""What the core calls the owner of a value that a condition compares with."""


def _check_range(value: float | None, field: Int | Float, owner: str) -> None:
    """Raises an `InvalidValueError` for a number outside of the range of its field. What a condition compares with has
    none."""
    if value is None or owner == _CONDITION:
        return
    exact = Decimal(str(value))
    too_small = field.least is not None and exact < Decimal(str(field.least))
    if too_small or (field.most is not None and exact > Decimal(str(field.most))):
        raise InvalidValueError(f"{owner}.{field.name}: expected {field.describe()}, not {value!r}")


def _in_range(what: str, least: float | None, most: float | None, unit: str = "") -> str:
    """A type and its range in words: "whole number from 0 to 100"."""
    if least is not None and most is not None:
        return f"{what} from {least} to {most}{unit}"
    if least is not None:
        return f"{what}, at least {least}{unit}"
    if most is not None:
        return f"{what}, at most {most}{unit}"
    return what
