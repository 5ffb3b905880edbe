"""The field: what all typed properties of an entity share. The types themselves are in `fields`.

A field sits between the wire value in an entity's raw row and the Python value the user sees. Three states stay
apart: not loaded (reading raises `NotLoaded`), null (reads as None) and a value. On the class a field is an
expression: ``Campaign.name.like("*spring*")``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

from .errors import InvalidValueError, UnreadableValueError
from .expr import Condition, Expression, Order, operator
from .ids import with_ids
from .masked import MaskedText, declare_secret
from .scalars import SIMPLE, equal, is_inexact, to_plain, to_plain_list
from .state import EntityState

if TYPE_CHECKING:
    from .record import Record

__all__ = ["Field"]

T = TypeVar("T")
_READ_AS_TEXT = "give a whole number or its text; data frames read ids as text by dtype=str"
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


class Field(property, Expression, Generic[T]):
    """A typed property of an entity, and on the class an expression for conditions.

    `wire`: the platform's name (default: the Python name). `readonly`: the server sets it. `create_only`: sent on
    create, fixed afterwards. `required`: a create needs it. `nullable`: None may be set and clears the value.
    `filters`: the operators that the server honours exactly, separated by spaces; None means those of the
    platform's default for this type. `sort`: the server can order by it. `doc`: what it means, with its unit.
    `update_only`: not taken by a create. `write_only`: the platform takes it and never shows it; it is forgotten
    once saved. `secret`: it is a credential; reading the attribute gives it, everything that shows, exports or logs the
    record has ``***`` in its place, and nothing is filtered by it. What only one platform says of its fields, its own
    subclasses add.
    """

    # A real `property`, whose getter is a closure over wire name and conversion: reading costs one Python call, and a
    # `__get__` in Python would double it. Editors, `help()` and completion know what a property is.

    type_name = "any"
    operators = "== != < <= > >= in ~ null !null"
    mutable = False
    rounds = False
    """Whether `rounded` may change a value: read off the class, so that the call is saved where it does nothing."""
    owner: type[Any]
    """The class that declares it."""
    exact = False
    """Whether values are ids or other whole numbers, where a float that has lost digits would be another one."""
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
        update_only: bool = False,
        write_only: bool = False,
        secret: bool = False,
    ) -> None:
        self.name, self.wire, self.doc = "", wire, doc
        self.readonly, self.create_only, self.required, self.nullable = (readonly, create_only, required, nullable)
        if filters is None:
            filters = self.operators
        self.filters = frozenset(map(operator, filters.split()))
        self.sort = sort
        self.write_only = write_only
        self.update_only = update_only
        self.secret = secret

    def __set_name__(self, owner: type, name: str) -> None:
        self.owner, self.name, self.wire = owner, name, self.wire or name
        get = self._getter()
        if self.secret:
            declare_secret(self.wire)
            self.load, get = self.masked, self._revealing(get)  # type: ignore[method-assign]
        # Not in `__init__`: the getter closes over the wire name, which may be the name that is known only now.
        property.__init__(self, get, self.__set__, self.__delete__)
        self.__doc__ = self.summary()

    @property
    def copied(self) -> bool:
        """Whether a copy of the record takes the value along."""
        return not self.readonly

    def summary(self) -> str:
        """What the field means, its type and what may be done with it: its docstring."""
        flags = [
            flag
            for flag in ("readonly", "create_only", "update_only", "write_only", "secret", "required", "nullable")
            if getattr(self, flag)
        ]
        declaration = ", ".join([self.describe(), *(flag.replace("_", " ") for flag in flags)])
        return ". ".join(filter(None, [self.doc, declaration]))

    # the three conversions a field type defines

    def load(self, value: Any) -> T:
        """The Python value of a wire value (never None); a ValueError or TypeError when it cannot be read."""
        return value  # type: ignore[no-any-return]

    def dump(self, value: T) -> Any:
        """The wire value of a Python value (never None)."""
        return value

    def to_wire(self, value: T | None) -> Any:
        """As `dump`; None, which clears a value, stays None."""
        if value is None:
            return None
        return self.dump(value)

    def accept(self, value: Any) -> T:
        """The Python value for what a user sets or compares with; a ValueError or TypeError says what is wanted."""
        return self.load(value)

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        cls.rounds = cls.rounded is not Field.rounded

    def rounded(self, value: T, record: Record, original: Any = None) -> T:
        """A value that was set, as it is sent: numbers are rounded, see `fields.Number`, in nested values too.

        record: the one whose currency counts. original: the value that the field came with; what is unchanged in it is
        never rounded.
        """
        return value

    def closest(self, item: T, known: Sequence[Any]) -> Any:
        """Which of the items that came an item of a list may have been made of; None where there is none."""
        return None

    def plain(self, value: T | None) -> Any:
        """The value as `to_dict` shows it: nested values as dicts."""
        return self.masked(value)

    def masked(self, value: Any) -> Any:
        """The value as it may be shown: of a credential, its `MaskedText`."""
        if self.secret and isinstance(value, str):
            return MaskedText.of(value)
        return value

    # on an instance: a property; on the class: an expression

    if TYPE_CHECKING:

        @overload
        def __get__(self, entity: None, owner: type) -> Self: ...
        @overload
        def __get__(self, entity: Record, owner: type | None = None) -> T: ...
        def __get__(self, entity: Record | None, owner: type | None = None) -> Any: ...

    def _getter(self) -> Callable[[Any], Any]:
        wire, native, load, otherwise = self.wire, self.native, self.load, self._otherwise

        def get(entity: Record) -> Any:
            # Runs for each field that is read, so it reads the row itself and not by `EntityState`; and it tries the
            # conversion instead of looking first whether the value can be converted.
            try:
                value = entity._values[wire]
                if type(value) is native or value is None:
                    return value
                return load(value)
            except _UNREADABLE as problem:
                return otherwise(entity, problem)

        return get

    def _otherwise(self, entity: Record, problem: Exception) -> Any:
        """What reading gives when there is no value, or none that can be read."""
        state = EntityState(entity)
        if self.wire not in state.values:
            # What a complete record lacks is null: XML, and JSON for some fields, leave nulls out.
            if state.complete:
                return None
            raise state.not_loaded(self) from None
        value = state.values[self.wire]
        # XML has no null: an empty number, date or flag is one.
        if value == "":
            return None
        raise UnreadableValueError(
            f"{state.label}.{self.name}: the server sent {_excerpt(value)} ({self.type_name} expected): {problem}",
            hint=f"the value as received: entity.raw[{self.wire!r}]",
            raw_value=value,
        ) from problem

    def _revealing(self, get: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """The getter of a credential: the value itself, whatever form the row holds it in."""

        def reveal(entity: Record) -> Any:
            value = get(entity)
            if not isinstance(value, MaskedText):
                return value
            if value.withheld:
                raise EntityState(entity).not_loaded(self)
            return value.reveal()

        return reveal

    def __set__(self, entity: Any, value: T | None) -> None:
        # Entities are looked for only in what may be one or hold one: most values that are set are plain.
        if type(value) not in SIMPLE:
            value = self._with_ids(value, type(entity))
        entity._assign(self, self.check_change(value, entity))

    def check_change(self, value: Any, record: Record) -> T | None:
        """As `check`, but what came with the record is never judged: a word that the platform added since can be set
        back and copied, and of a list only the items that did not come are checked."""
        try:
            return self.check(value, type(record).__name__)
        except InvalidValueError:
            # Only now: what came is looked at for values that our tables refuse, and few are.
            original = record._original(self.name)
            if original is None or value is None:
                raise
            if equal(value, original):
                return original  # type: ignore[no-any-return]
            return self.check_against(value, original, type(record).__name__)

    def check_against(self, value: Any, original: Any, owner: str) -> T | None:
        """As `check`, of a value other than the one that came. Types with parts judge only the parts that differ."""
        return self.check(value, owner)

    def __delete__(self, entity: Any) -> None:
        entity._clear(self)

    def is_same(self, value: Any, other: Any) -> bool:
        """Whether two values say the same: some platforms answer another spelling than they were sent."""
        return bool(value == other)

    def check(self, value: Any, owner: str) -> T | None:
        """`accept`, with None checked too and an error that names the field: an `InvalidValueError`.

        Scalars of NumPy and pandas are taken as plain Python; NaN, infinities, NaT and NA are refused by every type.
        """
        if value is None:
            if self.nullable:
                return None
            cure = ""
            if not self.required:
                cure = f"to empty it on the server: del entity.{self.name}"
            raise InvalidValueError(f"{owner}.{self.name} cannot be None", hint=cure)
        try:
            if self.secret:
                return self._accept_secret(value)
            if self.exact and is_inexact(value):
                raise InvalidValueError("a float of this size has lost its last digits", hint=_READ_AS_TEXT)
            return self.accept(to_plain(value))
        except _UNREADABLE as problem:
            reason, hint = str(problem), ""
            if isinstance(problem, InvalidValueError):
                reason, hint = problem.message, problem.hint
            raise InvalidValueError(
                f"{owner}.{self.name} ({self.type_name}) cannot be {_excerpt(self.masked(value))}: {reason}", hint=hint
            ) from None

    def _accept_secret(self, value: Any) -> T:
        """As `accept`, masked."""
        if isinstance(value, MaskedText):
            value.reveal()  # raises where a pickle has left the value out
            return value  # type: ignore[return-value]  # a credential is text
        # What shows a credential is no credential: a table that was exported and is read back must not set it.
        if value == "***":
            raise ValueError("it stands for a credential that was masked; leave the field out to keep it as it is")
        return self.masked(self.accept(to_plain(value)))  # type: ignore[no-any-return]

    def condition(self, op: str, value: Any = None) -> Condition:
        """The condition of an operator of `expr.OPERATORS` and a value, which is checked.

        Raises `InvalidValueError` for a credential: what a listing is filtered by stands in URLs and their logs.
        """
        if self.secret and operator(op) not in ("null", "!null"):
            raise InvalidValueError(
                f"{self.name} is a credential, and nothing is filtered by its value", hint="is_null() can be asked"
            )
        if type(value) not in SIMPLE:
            if op == "in":
                value = to_plain_list(value)
            value = self._with_ids(value, self.owner)
        return Condition(self, op, self.operand(op, value), self.lacks_offset(value))

    def _with_ids(self, value: Any, owner: type[Any]) -> Any:
        """The value with ids in place of entities, where the field holds the ids of a class; else as it is, so that an
        entity is refused."""
        target = owner.__model__.target(self.name)
        if target is None:
            return value
        return with_ids(value, target, f"{owner.__name__}.{self.name}")

    def operand(self, op: str, value: Any) -> Any:
        """What stands on the right of an operator, checked and typed; a tuple for ``in``, None for ``null``."""
        owner = "filter"
        if operator(op) in ("null", "!null"):
            return None
        if op == "in":
            value = to_plain_list(value)
            if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
                raise InvalidValueError(f"{self.name} in ... takes a list of values, not {value!r}")
            values = tuple(value)
            if any(item is None for item in values):
                raise InvalidValueError(f"{self.name} in ... takes values, not None", hint="is_null() asks for None")
            return tuple(self.check(item, owner) for item in values)
        if op == "~":
            value = to_plain(value)
            if not isinstance(value, str):
                raise InvalidValueError(f"{self.name} is matched with text, * as wildcard; not with {value!r}")
            return value
        return self.check(value, owner)

    def lacks_offset(self, value: Any) -> bool:
        """Whether a value that a user gave is a moment without an offset, which this type takes as UTC."""
        return False

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


def _excerpt(value: Any) -> str:
    """A value as messages show it: at most 80 characters."""
    text = repr(value)
    if len(text) > 80:
        return f"{text[:77]}..."
    return text
