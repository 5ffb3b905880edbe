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
from .scalars import copy_tree

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
            checked = field.check_change(value, self)
            if checked is not None:
                checked = field.rounded(checked, self)
            self._raw[field.wire] = field.to_wire(checked)

    @classmethod
    def from_wire(cls, row: Row) -> Self:
        """The nested value of a dict as it travels, by wire names. Nothing is converted or checked before it is read,
        and the dict stays as it is."""
        struct = cls.__new__(cls)
        struct._start(row)
        return struct

    @property
    def wire(self) -> Row:
        """The values as they travel, by wire names."""
        return {**self._values, **self._edits()}

    def _is_complete(self) -> bool:
        # Nothing reads a part of a nested value: what it lacks, the platform left out because it is null.
        return True

    def _budget_digits(self, field: Number[Any]) -> int:
        """Those of the wire: the currency is that of the record that will hold it, which rounds when it is saved."""
        return field.digits

    def to_dict(self) -> Row:
        """The values by Python name, typed, nested ones as dicts too."""
        return super().to_dict()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Struct):
            return NotImplemented
        return type(self) is type(other) and self.wire == other.wire

    # It can be changed in place, and would be lost in its set.
    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        fields = self.__model__.fields.items()
        values = (f"{name}={self._readable(field)!r}" for name, field in fields if field.wire in self._values)
        return f"{type(self).__name__}({', '.join(values)})"

    def _readable(self, field: Field[Any]) -> Any:
        """The value of a field, or as it came where it cannot be read."""
        try:
            return getattr(self, field.name)
        except UnreadableValueError:
            return self._values[field.wire]

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # By `wire`: what was changed inside is in the memory of the original, and becomes a part of the copy's row.
        return self.from_wire(copy_tree(self.wire))

    def __reduce__(self) -> Any:
        return _restore, (type(self), self.wire)


S = TypeVar("S", bound=Struct)


def _member(field: Field[Any], row: Row) -> Any:
    """The typed value of a member; None where there is none that can be read."""
    value = row.get(field.wire)
    if value is None:
        return None
    try:
        return field.load(value)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
        return None


def _members_in_common(one: Struct, other: Struct) -> int:
    """How many members of two nested values are equal."""
    theirs = other.wire
    return sum(1 for name, value in one.wire.items() if name in theirs and theirs[name] == value)


class Nested(Mutable[S]):
    """A typed nested value; a dict by Python names is accepted too. Changes in place are noticed when it is saved."""

    type_name = "nested value"

    def __init__(self, struct: type[S], wire: str = "", **declaration: Any) -> None:
        self.struct = struct
        super().__init__(wire, **declaration)

    def load(self, value: Any) -> S:
        if not isinstance(value, dict):
            raise ValueError(f"expected {self.describe()}")
        return self.struct.from_wire(value)

    def dump(self, value: S) -> Any:
        return deepcopy(value.wire)

    def accept(self, value: Any) -> S:
        if isinstance(value, self.struct):
            return value
        if not isinstance(value, Mapping):
            raise ValueError(f"expected a {self.struct.__name__} or a dict")
        return self.struct(value)

    def rounded(self, value: S, record: Record, original: Any = None) -> S:
        """The nested value with its amounts as the record that holds it sends them; itself where none changes."""
        row, changed = value.wire, {}
        original_row: Row = {}
        if isinstance(original, Struct):
            original_row = original.wire
        for field in value.__model__.fields.values():
            member = _member(field, row)
            if member is not None:
                sent = field.rounded(member, record, _member(field, original_row))
                if sent != member:
                    changed[field.wire] = field.dump(sent)
        if not changed:
            return value
        return value.from_wire({**row, **changed})

    def closest(self, item: S, known: Sequence[Any]) -> Any:
        """The item that came with which it has most in common."""
        candidates = (each for each in known if isinstance(each, Struct))
        return max(candidates, key=lambda candidate: _members_in_common(item, candidate), default=None)

    def plain(self, value: Any) -> Any:
        if value is None:
            return None
        return value.to_dict()

    def describe(self) -> str:
        return f"a {self.struct.__name__}"


def _restore(struct: type[Struct], row: Row) -> Struct:
    """The nested value of a pickle, in which this name stands."""
    return struct.from_wire(row)
