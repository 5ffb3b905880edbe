"""Conditions: ``Campaign.name.like("*spring*")`` is a value that a query pushes to the server or applies here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any, NoReturn

from .errors import PatternWarning, UnknownNameError, did_you_mean, warn

if TYPE_CHECKING:
    from .field import Field

__all__ = ["CLASSIC", "OPERATORS", "Condition", "Expression", "Order", "advise", "operator"]

OPERATORS = {
    "==": "equal to",
    "!=": "not equal to",
    "<": "less than",
    "<=": "at most",
    ">": "greater than",
    ">=": "at least",
    "in": "one of a list",
    "~": "matches text with * as wildcard, upper and lower case alike",
    "null": "has no value",
    "!null": "has a value",
}
"""The operators every platform shares, with their meaning. A platform's dialect says how each is sent."""

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


CLASSIC = {"()": "in", ":": "null", ":!": "!null", "=:": "~"}
"""The operators of the classic TerminalOne SDK that are written otherwise here."""


def operator(symbol: str) -> str:
    """The symbol itself if it is an operator; else an `UnknownNameError` that lists them."""
    if symbol not in OPERATORS:
        hint = did_you_mean(symbol, OPERATORS) or "operators are " + " ".join(OPERATORS)
        raise UnknownNameError(f"no operator {symbol!r}", hint=hint)
    return symbol


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A field, an operator of `OPERATORS` and a value (a tuple for ``in``, None for ``null`` and ``!null``).

    `as_utc`: whether the value was given without an offset, and taken as UTC.
    """

    field: Field[Any]
    op: str
    value: Any = None
    as_utc: bool = False

    def matches(self, entity: Any) -> bool:
        """Whether an entity fulfils it. Null fulfils only ``null``: as in SQL, it is neither equal nor unequal."""
        actual = getattr(entity, self.field.name)
        # In this order: all but the first two are false of null, and none of them could compare with it.
        if self.op == "null":
            return actual is None
        if self.op == "!null":
            return actual is not None
        if actual is None:
            return False
        if self.op == "==":
            return bool(actual == self.value)
        if self.op == "!=":
            return bool(actual != self.value)
        if self.op == "in":
            return actual in self.value
        if self.op == "~":
            return _pattern(self.value.casefold()).fullmatch(str(actual).casefold()) is not None
        return _COMPARE[self.op](actual, self.value)

    def __iter__(self) -> Iterator[Condition]:
        """A condition is a list of one, so that ``a & b`` and ``a`` go the same way."""
        yield self

    def __and__(self, other: Iterable[Condition]) -> tuple[Condition, ...]:
        return (self, *other)

    def __rand__(self, other: tuple[Condition, ...]) -> tuple[Condition, ...]:
        return (*other, self)

    def __or__(self, other: object) -> NoReturn:
        raise TypeError("conditions cannot be joined with 'or': use .in_([...]), or run two queries")

    def __invert__(self) -> NoReturn:
        raise TypeError("a condition cannot be negated with ~: use != or .not_null()")

    def __bool__(self) -> NoReturn:
        # `a and b`, `not a` and `1 < a < 5` ask for a truth value, and would silently drop a part of what was meant.
        raise TypeError(
            f"`{self}` is a condition for where(), not a truth value: join conditions with & or commas, not with "
            "'and', 'or', 'not' or chained comparisons"
        )

    def __str__(self) -> str:
        if self.op in ("null", "!null"):
            return f"{self.field.name} is {self.op.replace('!', 'not ')}"
        value = self.value
        if self.op == "in":
            value = list(value)
        return f"{self.field.name} {self.op} {value!r}"

    __repr__ = __str__


def _pattern(text: str) -> re.Pattern[str]:
    """The pattern of a text with ``*`` as wildcard. `re` caches the latest, so each row does not compile it anew."""
    return re.compile(".*".join(re.escape(part) for part in text.split("*")), re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """One key of a sort order."""

    field: Field[Any]
    descending: bool = False

    def __str__(self) -> str:
        if self.descending:
            return f"-{self.field.name}"
        return self.field.name


def advise(condition: Condition) -> None:
    """Warns of a text with ``*`` that is compared as it is, and of a pattern without ``*``: see `PatternWarning`."""
    name, value = condition.field.name, condition.value
    if condition.op == "~" and "*" not in value:
        cure = f"it matches this text alone; like({f'*{value}*'!r}) finds it anywhere"
        if "%" in value:
            cure = f"* is the wildcard here, not %: like({value.replace('%', '*')!r})"
        warn(f"{name}.like({value!r}) has no wildcard: {cure}", PatternWarning)
    # Reading one record by its id may be such a condition: nobody means a pattern there.
    elif condition.op in ("==", "!=", "in") and "~" in condition.field.operators and name != "id":
        texts = value if condition.op == "in" else (value,)
        literal = next((text for text in texts if isinstance(text, str) and "*" in text), None)
        if literal is not None:
            cure = f"for a pattern: {condition.field.owner.__name__}.{name}.like({literal!r})"
            warn(
                f"{name} {condition.op} {literal!r} compares with the text as it is, * included; {cure}", PatternWarning
            )


class Expression:
    """What a field is on the class: comparing it makes a `Condition`."""

    __slots__ = ()
    # A class with an `__eq__` of its own has no hash otherwise, and fields are keys of dicts.
    __hash__ = object.__hash__

    def condition(self, op: str, value: Any = None) -> Condition:
        """The condition of an operator of `OPERATORS` and a value."""
        raise NotImplementedError

    def _compared(self, op: str, value: Any) -> Condition:
        """As `condition`, of what a user wrote, with a warning where something else was probably meant."""
        condition = self.condition(op, value)
        advise(condition)
        return condition

    def __eq__(self, other: object) -> Condition:  # type: ignore[override]
        if other is None:
            return self.condition("null")
        return self._compared("==", other)

    def __ne__(self, other: object) -> Condition:  # type: ignore[override]
        if other is None:
            return self.condition("!null")
        return self._compared("!=", other)

    def __lt__(self, other: Any) -> Condition:
        return self.condition("<", other)

    def __le__(self, other: Any) -> Condition:
        return self.condition("<=", other)

    def __gt__(self, other: Any) -> Condition:
        return self.condition(">", other)

    def __ge__(self, other: Any) -> Condition:
        return self.condition(">=", other)

    def in_(self, values: Iterable[Any]) -> Condition:
        """One of these values."""
        return self._compared("in", values)

    def like(self, pattern: str) -> Condition:
        """Text with ``*`` as wildcard, upper and lower case alike."""
        return self._compared("~", pattern)

    def is_null(self) -> Condition:
        """Has no value."""
        return self.condition("null")

    def not_null(self) -> Condition:
        """Has a value."""
        return self.condition("!null")
