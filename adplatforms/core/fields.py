"""The types of fields: one line of a declaration each, translating on access (see `field`)."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import InvalidValueError, did_you_mean
from .field import Field
from .money import ExactDecimal, round_to
from .parsing import BOOLS, parse_bool, parse_decimal, parse_int
from .scalars import among, copy_tree, to_plain, to_plain_list, to_plain_tree
from .state import EntityState
from .time_fields import Date, DateTime, EpochMillis, EpochSeconds

if TYPE_CHECKING:
    from .record import Record

__all__ = [
    "Bool",
    "Choice",
    "Date",
    "DateTime",
    "EpochMillis",
    "EpochSeconds",
    "Field",
    "Float",
    "Int",
    "ListOf",
    "Micros",
    "Money",
    "Mutable",
    "Number",
    "Object",
    "Str",
]


T = TypeVar("T")


class Str(Field[str]):
    """Text. Numbers are taken as their text."""

    type_name = "text"
    native: type | None = str
    operators = "== != in ~ null !null"

    def _getter(self) -> Callable[[Any], Any]:
        """Text needs no conversion, and is kept as received whatever it is."""
        wire, otherwise = self.wire, self._otherwise

        # As in `Field._getter`: the direct read saves a call for each text of each row.
        def get(entity: Record) -> Any:
            try:
                return entity._values[wire]
            except KeyError as problem:
                return otherwise(entity, problem)

        return get

    def accept(self, value: Any) -> str:
        # True is an int, and its text would not be what anybody means.
        if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
            raise ValueError("expected text")
        return str(value)


class Int(Field[int]):
    """A whole number."""

    type_name = "whole number"
    native = int
    operators = "== != < <= > >= in null !null"

    load = staticmethod(parse_int)
    exact = True


_WORDS = ("no", "one", "two", "three", "four", "five", "six")


class Number(Field[T]):
    """A number that is rounded when it is set, so that ``budget * 1.1`` never sends 55000.00000000001.

    `digits`: how many the wire's form keeps after the point. `budget`: an amount that is spent or capped, rounded to
    the digits of the record's currency (`Record._currency`; 2 where it is not known), in a nested value to those of
    the record that holds it. Half to even. What was loaded, and what a condition compares with, is never rounded.
    """

    digits = 6

    def __init__(self, wire: str = "", *, digits: int | None = None, budget: bool = False, **declaration: Any) -> None:
        self.budget = budget
        if digits is not None:
            self.digits = digits
        super().__init__(wire, **declaration)

    def __set__(self, entity: Any, value: T | None) -> None:
        checked = self.check_change(value, entity)
        if checked is not None:
            checked = self.rounded(checked, entity, EntityState(entity).original(self.name))
        entity._assign(self, checked)

    def rounded(self, value: T, record: Record, original: Any = None) -> T:
        """The value with the digits that are sent."""
        if value == original:
            return value
        digits = self.digits
        if self.budget:
            digits = min(digits, record._budget_digits(self))
        exact = parse_decimal(value)
        sent = round_to(exact, digits)
        # A bid of 0 may never win, a cap of 0 may mean none: neither is what 0.001 says.
        if exact and not sent:
            raise InvalidValueError(f"{self.name} cannot be {value}: of at most {_WORDS[digits]} decimals 0 is left")
        return self.accept(sent)


class Float(Number[float]):
    """A number."""

    type_name = "number"
    native = float
    operators = "== != < <= > >= in null !null"

    def load(self, value: Any) -> float:
        return float(value)

    def accept(self, value: Any) -> float:
        number = float(parse_decimal(value))
        if not isfinite(number):
            raise ValueError("expected a finite number")
        return number


class Money(Number[Decimal]):
    """An exact amount; the field's `doc` names the currency."""

    type_name = "amount"
    operators = "== != < <= > >= in null !null"

    def load(self, value: Any) -> Decimal:
        if type(value) in _CACHED:
            return _amount(value)
        return ExactDecimal(parse_decimal(value))

    def dump(self, value: Decimal) -> Any:
        return str(value)


_MILLION = Decimal(1_000_000)
_CACHED = frozenset({int, str, float})
"""Classes of wire amounts that are cached: the same few bids and budgets come again and again. Not decimals, of which
1.1 and 1.10 are equal."""


# `typed`, because 1, 1.0 and True are one key of a dict, and are not read alike.
@lru_cache(maxsize=1024, typed=True)
def _amount(value: Any) -> ExactDecimal:
    return ExactDecimal(parse_decimal(value))


@lru_cache(maxsize=1024, typed=True)
def _from_micros(value: Any) -> ExactDecimal:
    # Whole numbers are what platforms send: a call less for each.
    if type(value) is int:
        return ExactDecimal(Decimal(value) / _MILLION)
    return ExactDecimal(parse_decimal(value) / _MILLION)


class Micros(Money):
    """An exact amount that travels as millionths: `Decimal("1.5")` is 1500000 on the wire."""

    def load(self, value: Any) -> Decimal:
        if type(value) in _CACHED:
            return _from_micros(value)
        return ExactDecimal(parse_decimal(value) / _MILLION)

    def dump(self, value: Decimal) -> int:
        return int(round_to(value * 1_000_000, 0))

    def accept(self, value: Any) -> Decimal:
        return ExactDecimal(parse_decimal(value))


class Bool(Field[bool]):
    """True or False."""

    type_name = "True or False"
    native = bool
    operators = "== != null !null"

    load = staticmethod(BOOLS.__getitem__)  # type: ignore[assignment]

    def accept(self, value: Any) -> bool:
        return parse_bool(value)

    def _getter(self) -> Callable[[Any], Any]:
        wire, otherwise, known = self.wire, self._otherwise, {**BOOLS, None: None}

        # As in `Field._getter`. One look-up converts, and a value that is unhashable is a TypeError.
        def get(entity: Record) -> Any:
            try:
                return known[entity._values[wire]]
            except (KeyError, TypeError) as problem:
                return otherwise(entity, problem)

        return get


class Choice(Str):
    """One of a fixed set of words.

    What the server sends outside the set is kept as it is; what the user sets outside it is refused. `default` is
    what None stands for, where the platform has such a value.
    """

    type_name = "choice"
    operators = "== != in null !null"

    def __init__(self, values: str, wire: str = "", *, default: str | None = None, **declaration: Any) -> None:
        self.values, self.default = tuple(values.split()), default
        super().__init__(wire, **declaration)

    def accept(self, value: Any) -> str:
        if value not in self.values:
            raise InvalidValueError(
                "it is not one of " + ", ".join(self.values), hint=did_you_mean(value, self.values, listing=False)
            )
        return str(value)

    def check(self, value: Any, owner: str) -> str | None:
        if value is None and self.default is not None:
            return self.default
        return super().check(value, owner)

    def describe(self) -> str:
        return "one of " + ", ".join(self.values)


class Mutable(Field[T]):
    """What can be changed in place, and is therefore compared with what was loaded when the entity is saved."""

    operators = ""
    mutable = True

    def _getter(self) -> Callable[[Any], Any]:
        """Hands out the same copy each time, so that a change in place is noticed and the raw row stays as it came."""
        read = super()._getter()

        def get(entity: Record) -> Any:
            memo = entity._memo()  # as in `Field._getter`: without a view of the entity
            if self.name not in memo:
                # The row is shared by all entities around it, and `raw` shows it: what the user changes is a copy.
                memo[self.name] = copy_tree(read(entity))
            return memo[self.name]

        return get

    def __set__(self, entity: Any, value: T | None) -> None:
        super().__set__(entity, value)
        state = EntityState(entity)
        if self.wire not in state.values or entity._fixed(self):
            return
        # A copy, read back from what is sent: the caller may go on changing the list or dict that was set.
        value = state.values[self.wire]
        if value is not None:
            value = deepcopy(self.load(value))
        state.cache()[self.name] = value


class Object(Mutable[Any]):
    """A nested value (a dict or a list) as it travels."""

    type_name = "object"

    def accept(self, value: Any) -> Any:
        if not isinstance(value, (dict, list)):
            raise ValueError("expected a dict or a list")
        return to_plain_tree(value, self.name)


class ListOf(Mutable[list[T]]):
    """A list whose items convert like one field: ``ListOf(Choice("A B"))``. Changes in place are noticed at save."""

    type_name = "list"

    def __init__(self, item: Field[T], wire: str = "", **declaration: Any) -> None:
        self.item = item
        super().__init__(wire, **declaration)

    def load(self, value: Any) -> list[T]:
        if not isinstance(value, list):
            raise ValueError("expected a list")
        load = self.item.load
        # A null among the items stays one: what came is not judged, and the list can be sent back as it is.
        return [None if item is None else load(item) for item in value]  # type: ignore[misc]

    def dump(self, value: list[T]) -> Any:
        return [self.item.to_wire(item) for item in value]

    def accept(self, value: Any) -> list[T]:
        value = to_plain_list(value)
        if not isinstance(value, (list, tuple)):
            raise ValueError("expected a list")
        return [self.item.accept(to_plain(item)) for item in value]

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        self.item.name = self.item.name or name  # errors name the items by their list

    def rounded(self, value: list[T], record: Record, original: Any = None) -> list[T]:
        """Items that came are not rounded, nor is what is unchanged in the item that an item came as."""
        known: list[Any] = []
        if isinstance(original, list):
            known = original
        rounded = []
        for item in value:
            if item is not None and item not in known:
                # By likeness, not by position: items may have been put in, taken out and moved.
                item = self.item.rounded(item, record, self.item.closest(item, known))
            rounded.append(item)
        return rounded

    def check_against(self, value: Any, original: Any, owner: str) -> list[T] | None:
        if not isinstance(value, (list, tuple)):
            return self.check(value, owner)
        # Together, so that what is wrong is refused by one error that shows all that was added.
        added = [item for item in value if not among(item, original)]
        checked = iter(self.check(added, owner) or ())
        return [item if among(item, original) else next(checked) for item in value]

    def plain(self, value: Any) -> Any:
        if value is None:
            return None
        return [self.item.plain(item) for item in value]

    def describe(self) -> str:
        return f"list of: {self.item.describe()}"
