"""Typed fields: one line of a declaration each, translating on access.

A field sits between the wire value in an entity's raw row and the Python value the user sees. Three states stay
apart: not loaded (reading raises `NotLoaded`), null (reads as None) and a value. On the class a field is an
expression: ``Campaign.name.like("*spring*")``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from .errors import InvalidValueError, UnreadableValueError, did_you_mean
from .expr import Condition, Expression, Order, operator
from .values import BOOLS, EPOCH, from_epoch, parse_bool, parse_date, parse_datetime, parse_decimal, parse_int

if TYPE_CHECKING:
    from typing_extensions import Self

    from .entity import Entity

__all__ = [
    "Bool",
    "Choice",
    "Date",
    "DateTime",
    "EpochSeconds",
    "Field",
    "Float",
    "Int",
    "Micros",
    "Money",
    "Object",
    "Str",
]

T = TypeVar("T")
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


class Field(property, Expression, Generic[T]):
    """A typed property of an entity: a real `property`, whose getter is a closure over the wire name and the
    conversion. Reading thus costs one Python call, and on the class the field itself is what one gets.

    `wire`: the platform's name (default: the Python name). `readonly`: the server sets it. `create_only`: sent on
    create, fixed afterwards. `required`: a create needs it. `nullable`: None may be set and clears the value.
    `filters`: the operators that the server honours exactly, separated by spaces; None means those of the platform's
    default for this type. `sort`: the server can order by it. `doc`: what it means, with its unit.
    """

    type_name = "any"
    operators = "== != < <= > >= in ~ null !null"
    mutable = False
    native: type | None = None
    """The class of wire values that need no conversion."""

    def __init__(
        self,
        wire: str = "",
        *,
        readonly: bool = False,
        create_only: bool = False,
        required: bool = False,
        nullable: bool = False,
        filters: str | None = None,
        sort: bool = True,
        doc: str = "",
    ) -> None:
        self.name, self.wire, self.doc = "", wire, doc
        self.readonly, self.create_only, self.required, self.nullable = (
            readonly,
            create_only,
            required,
            nullable,
        )
        self.filters = frozenset(map(operator, (self.operators if filters is None else filters).split()))
        self.sort = sort

    def __set_name__(self, owner: type, name: str) -> None:
        self.name, self.wire = name, self.wire or name
        property.__init__(self, self._getter())

    # the three conversions a field type defines

    def load(self, value: Any) -> T:
        """The Python value of a wire value (never None); a ValueError or TypeError when it cannot be read."""
        return value  # type: ignore[no-any-return]

    def dump(self, value: T) -> Any:
        """The wire value of a Python value (never None)."""
        return value

    def accept(self, value: Any) -> T:
        """The Python value for what a user sets or compares with; a ValueError or TypeError says what is wanted."""
        return self.load(value)

    # on an instance: a property; on the class: an expression

    if TYPE_CHECKING:

        @overload
        def __get__(self, entity: None, owner: type) -> Self: ...
        @overload
        def __get__(self, entity: Entity, owner: type | None = None) -> T: ...
        def __get__(self, entity: Entity | None, owner: type | None = None) -> Any: ...

    def _getter(self) -> Callable[[Entity], Any]:
        wire, native, load, otherwise = self.wire, self.native, self.load, self._otherwise

        def get(entity: Entity) -> Any:
            try:
                value = entity._values[wire]
                if type(value) is native or value is None:
                    return value
                return load(value)
            except _UNREADABLE as problem:
                return otherwise(entity, problem)

        return get

    def _otherwise(self, entity: Entity, problem: Exception) -> Any:
        """What reading gives when there is no value, or none that can be read."""
        if self.wire not in entity._values:
            raise entity._not_loaded(self) from None
        value = entity._values[self.wire]
        if value == "":  # XML has no null: an empty number, date or flag is one
            return None
        error = UnreadableValueError(
            f"{entity._label()}.{self.name}: the server sent {_short(value)}, which is no {self.type_name}: {problem}",
            hint=f"the value as received: entity.raw[{self.wire!r}]",
        )
        error.raw_value = value
        raise error from problem

    def __set__(self, entity: Entity, value: T | None) -> None:
        entity._assign(self, self.check(value, type(entity).__name__))

    def __delete__(self, entity: Entity) -> None:
        entity._clear(self)

    def check(self, value: Any, owner: str) -> T | None:
        """`accept`, with None checked too and an error that names the field: an `InvalidValueError`."""
        if value is None:
            if self.nullable:
                return None
            raise InvalidValueError(
                f"{owner}.{self.name} cannot be None",
                hint=f"to empty it on the server: del entity.{self.name}",
            )
        try:
            return self.accept(value)
        except _UNREADABLE as problem:
            text = problem.message if isinstance(problem, InvalidValueError) else str(problem)
            hint = problem.hint if isinstance(problem, InvalidValueError) else ""
            raise InvalidValueError(
                f"{owner}.{self.name} ({self.type_name}) cannot be {_short(value)}: {text}", hint=hint
            ) from None

    def _condition(self, op: str, value: Any = None) -> Condition:
        return Condition(self, op, self.operand(op, value))

    def operand(self, op: str, value: Any) -> Any:
        """What stands on the right of an operator, checked and typed; a tuple for ``in``, None for ``null``."""
        owner = "filter"
        if operator(op) in ("null", "!null"):
            return None
        if op == "in":
            if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
                raise InvalidValueError(f"{self.name} in ... takes a list of values, not {value!r}")
            return tuple(self.check(item, owner) for item in value)
        if op == "~":
            if not isinstance(value, str):
                raise InvalidValueError(
                    f"{self.name} is matched with text, * as wildcard; not with {value!r}"
                )
            return value
        return self.check(value, owner)

    def asc(self) -> Order:
        """Smallest first, for `order_by`."""
        return Order(self)

    def desc(self) -> Order:
        """Largest first, for `order_by`."""
        return Order(self, descending=True)

    def describe(self) -> str:
        """The type in words, for documentation and messages."""
        return self.type_name

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"


class Str(Field[str]):
    """Text. Numbers are taken as their text."""

    type_name = "text"
    native = str
    operators = "== != in ~ null !null"

    def _getter(self) -> Callable[[Entity], Any]:
        """Text needs no conversion, and is kept as received whatever it is."""
        wire, otherwise = self.wire, self._otherwise

        def get(entity: Entity) -> Any:
            try:
                return entity._values[wire]
            except KeyError as problem:
                return otherwise(entity, problem)

        return get

    def accept(self, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
            raise ValueError("expected text")
        return str(value)


class Int(Field[int]):
    """A whole number."""

    type_name = "whole number"
    native = int
    operators = "== != < <= > >= in null !null"

    load = staticmethod(parse_int)


class Float(Field[float]):
    """A number."""

    type_name = "number"
    native = float
    operators = "== != < <= > >= in null !null"

    def load(self, value: Any) -> float:
        return float(value)

    def accept(self, value: Any) -> float:
        return float(parse_decimal(value))


class Money(Field[Decimal]):
    """An exact amount; the field's `doc` names the currency."""

    type_name = "amount"
    operators = "== != < <= > >= in null !null"

    def load(self, value: Any) -> Decimal:
        return parse_decimal(value)

    def dump(self, value: Decimal) -> Any:
        return str(value)


class Micros(Money):
    """An exact amount that travels as millionths: `Decimal("1.5")` is 1500000 on the wire."""

    def load(self, value: Any) -> Decimal:
        return parse_decimal(value) / 1_000_000

    def dump(self, value: Decimal) -> int:
        return int(value * 1_000_000)

    def accept(self, value: Any) -> Decimal:
        amount = parse_decimal(value)
        if amount * 1_000_000 % 1:
            raise ValueError("expected at most six decimals")
        return amount


class Bool(Field[bool]):
    """True or False."""

    type_name = "True or False"
    native = bool
    operators = "== != null !null"

    load = staticmethod(BOOLS.__getitem__)  # type: ignore[assignment]

    def accept(self, value: Any) -> bool:
        return parse_bool(value)

    def _getter(self) -> Callable[[Entity], Any]:
        wire, otherwise, known = self.wire, self._otherwise, {**BOOLS, None: None}

        def get(entity: Entity) -> Any:
            try:
                return known[entity._values[wire]]
            except (KeyError, TypeError) as problem:
                return otherwise(entity, problem)

        return get


class DateTime(Field[datetime]):
    """A moment, always aware; without an offset it is UTC, both from the server and from the user."""

    type_name = "date and time"
    operators = "== != < <= > >= null !null"

    load = staticmethod(parse_datetime)

    def dump(self, value: datetime) -> Any:
        return value.astimezone(timezone.utc).isoformat()


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

    load = staticmethod(from_epoch)  # type: ignore[assignment]

    def dump(self, value: datetime) -> int:
        return int((value - EPOCH).total_seconds())

    def accept(self, value: Any) -> datetime:
        return parse_datetime(value)


class Choice(Str):
    """One of a fixed set of words.

    What the server sends outside the set is kept as it is; what the user sets outside it is refused. `default` is
    what None stands for, where the platform has such a value.
    """

    type_name = "choice"
    operators = "== != in null !null"

    def __init__(
        self, values: str, wire: str = "", *, default: str | None = None, **declaration: Any
    ) -> None:
        self.values, self.default = tuple(values.split()), default
        super().__init__(wire, **declaration)

    def accept(self, value: Any) -> str:
        if value not in self.values:
            raise InvalidValueError(
                "it is not one of " + ", ".join(self.values), hint=did_you_mean(value, self.values)
            )
        return str(value)

    def check(self, value: Any, owner: str) -> str | None:
        return self.default if value is None and self.default is not None else super().check(value, owner)

    def describe(self) -> str:
        return "one of " + ", ".join(self.values)


class Object(Field[Any]):
    """A nested value (a dict or a list), compared with what was loaded when the entity is saved."""

    type_name = "object"
    operators = ""
    mutable = True

    def accept(self, value: Any) -> Any:
        if not isinstance(value, (dict, list)):
            raise ValueError("expected a dict or a list")
        return value

    def _getter(self) -> Callable[[Entity], Any]:
        """Hands out the same copy each time, so that a change in place is noticed and the raw row stays as it came."""
        read = super()._getter()

        def get(entity: Entity) -> Any:
            memo = entity._memo()
            if self.name not in memo:
                memo[self.name] = deepcopy(read(entity))
            return memo[self.name]

        return get

    def __set__(self, entity: Entity, value: Any) -> None:
        super().__set__(entity, value)
        entity._memo()[self.name] = deepcopy(value)  # the caller's own stays the caller's


def _short(value: Any) -> str:
    """A value as messages show it."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
