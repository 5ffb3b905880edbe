"""Nested values with fields of their own: a budget inside a campaign, a flight in its list of flights.

A `Struct` is declared like an entity, one line a field, and lives in a field of one: `Nested(Budget)`, or
`ListOf(Nested(Flight))`. It has no id and is saved with the entity that holds it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Self, TypeVar

from .errors import UnknownNameError, UnreadableValueError, did_you_mean
from .field import Field
from .fields import Mutable
from .record import Record, Row

if TYPE_CHECKING:
    from .fields import Number

__all__ = ["Nested", "Struct"]


class Struct(Record):
    """A nested value: ``Budget(pacing_mode="PaceAhead")``. What it lacks reads as None; None that was set is sent.

    Two are equal when everything in them is. Wire keys that are not declared survive in `wire`.
    """

    __slots__ = ()

    def __init__(self, values: Mapping[str, Any] | None = None, /, **more: Any) -> None:
        self._start({})
        given = {**(values or {}), **more}
        for name in given:
            if name not in self.__model__.fields:
                raise UnknownNameError(
                    f"{type(self).__name__} has no field {name!r}", hint=did_you_mean(name, self.__model__.fields)
                )
        for name, value in given.items():
            field = self.__model__.fields[name]
            known = field.check(value, type(self).__name__)
            self._raw[field.wire] = None if known is None else field.dump(field.rounded(known, self))

    @classmethod
    def _of(cls, row: Row) -> Self:
        """The nested value of a wire dict, which stays as it is."""
        struct = cls.__new__(cls)
        struct._start(row)
        return struct

    @property
    def wire(self) -> Row:
        """The values as they travel, by wire names."""
        return {**self._values, **self._edits()}

    def _is_complete(self) -> bool:
        return True

    def _budget_digits(self, field: Number[Any]) -> int:
        """Those of the wire: the currency is that of the record that will hold it, which rounds when it is saved."""
        return field.digits

    def _rounded(self, record: Record, original: Struct | None) -> Self:
        """The nested value with its amounts as the record that holds it sends them; itself where none changes."""
        row = self.wire
        changed: Row = {}
        for field in self.__model__.fields.values():
            value = self._member(field, row)
            if value is not None:
                known = None if original is None else self._member(field, original.wire)
                sent = field.rounded(value, record, known)
                if sent != value:
                    changed[field.wire] = field.dump(sent)
        return self._of({**row, **changed}) if changed else self

    @staticmethod
    def _member(field: Field[Any], row: Row) -> Any:
        """The typed value of a member; None where there is none that can be read."""
        value = row.get(field.wire)
        try:
            return None if value is None else field.load(value)
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
            return None

    def _likeness(self, other: Struct) -> int:
        """How many members two have in common."""
        row, theirs = self.wire, other.wire
        return sum(1 for name, value in row.items() if name in theirs and theirs[name] == value)

    def to_dict(self) -> Row:
        """The values by Python name, typed, nested ones as dicts too."""
        return super().to_dict()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Struct):
            return NotImplemented
        return type(self) is type(other) and self.wire == other.wire

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        told = (f"{n}={self._readable(f)!r}" for n, f in self.__model__.fields.items() if f.wire in self._values)
        return f"{type(self).__name__}({', '.join(told)})"

    def _readable(self, field: Field[Any]) -> Any:
        """The value of a field, or as it came where it cannot be read."""
        try:
            return getattr(self, field.name)
        except UnreadableValueError:
            return self._values[field.wire]

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self._of(deepcopy(self.wire, memo))

    def __reduce__(self) -> Any:
        return _restore, (type(self), self.wire)


S = TypeVar("S", bound=Struct)


class Nested(Mutable[S]):
    """A typed nested value; a dict by Python names is taken too. Changes in place are noticed when it is saved."""

    type_name = "nested value"

    def __init__(self, struct: type[S], wire: str = "", **declaration: Any) -> None:
        self.struct = struct
        super().__init__(wire, **declaration)

    def load(self, value: Any) -> S:
        if not isinstance(value, dict):
            raise ValueError(f"expected {self.describe()}")
        return self.struct._of(value)

    def dump(self, value: S) -> Any:
        return deepcopy(value.wire)

    def accept(self, value: Any) -> S:
        if isinstance(value, self.struct):
            return value
        if not isinstance(value, Mapping):
            raise ValueError(f"expected a {self.struct.__name__} or a dict")
        return self.struct(value)

    def rounded(self, value: S, record: Record, original: Any = None) -> S:
        return value._rounded(record, original if isinstance(original, Struct) else None)

    def closest(self, item: S, known: Sequence[Any]) -> Any:
        """The item that came with which it has most in common."""
        return max((each for each in known if isinstance(each, Struct)), key=item._likeness, default=None)

    def plain(self, value: Any) -> Any:
        return value if value is None else value.to_dict()

    def describe(self) -> str:
        return f"a {self.struct.__name__}"


def _restore(kind: type[Struct], row: Row) -> Struct:
    return kind._of(row)
