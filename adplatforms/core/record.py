"""The record: wire values as they came plus what was set since. What entities and nested values share.

`_raw` holds the values as they came, `_values` as they are now: the same dict until something is set, then a copy with
what was set in wire form. What differs between them is what a save sends. A dict of changes over the row would cost a
second look-up each time a field is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from .errors import InvalidValueError, NaiveTimeWarning, NotLoaded, UnknownFieldError, did_you_mean, warn
from .field import Field
from .moments import taken_as_utc
from .money import minor_digits
from .wirenames import converted, field_of_wire_name

if TYPE_CHECKING:
    from .fields import Number

__all__ = ["Record", "RecordModel"]

Row = dict[str, Any]
_COPIED = "values of the original"
"""The key under which a copy remembers the values that it was made with: no field or relation can have this name."""
_LEADING = ("id", "name")


class RecordModel:
    """The declaration of a class with typed fields: of an entity, or of a nested value (`nested.Struct`).

    `fields`: every field by its Python name, inherited ones first, in the order of their declarations.
    """

    is_entity = False
    """Whether records of the class stand on their own, with an id."""

    def __init__(self, record_class: type[Record]) -> None:
        # While the class is being made, its `__model__` still is that of its base class.
        inherited: RecordModel | None = getattr(record_class, "__model__", None)
        declared = {name: value for name, value in vars(record_class).items() if isinstance(value, Field)}
        self.record_class: type[Any] = record_class
        self.name = record_class.__name__
        self.fields: dict[str, Field[Any]] = declared
        if inherited is not None:
            self.fields = {**inherited.fields, **declared}

    @cached_property
    def wire_names(self) -> frozenset[str]:
        """The platform's names of all fields."""
        return frozenset(field.wire for field in self.fields.values())

    @cached_property
    def names_by_wire(self) -> dict[str, list[str]]:
        """The Python names of the fields that a wire name is read by: one as a rule, several where a platform packs
        more than one thing into a value."""
        names: dict[str, list[str]] = {}
        for name, field in self.fields.items():
            names.setdefault(field.wire, []).append(name)
        return names

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each field stands in the order of declarations, by Python name."""
        return {name: position for position, name in enumerate(self.fields)}

    @cached_property
    def write_only_names(self) -> frozenset[str]:
        """The wire names of what the platform takes and never shows, such as passwords: forgotten once it is saved."""
        return frozenset(field.wire for field in self.fields.values() if field.write_only)

    def leading_first(self, names: Iterable[str]) -> list[str]:
        """The names of fields with id and name before the others, which stay in their order."""
        listed = list(names)
        leading = [name for name in _LEADING if name in listed]
        return leading + [name for name in listed if name not in _LEADING]

    def target(self, name: str) -> Any:
        """The class of the entities whose ids a field or relation of this name takes; None where there is none."""
        return None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.name}>"


class Record:
    """Values by wire name behind typed fields."""

    __slots__ = ("_memory", "_raw", "_values")

    __model__: ClassVar[Any]
    """What the class declares: a `RecordModel`, of entities a `model.Model`."""
    _model_class: ClassVar[Any] = RecordModel
    _settable: ClassVar[tuple[type, ...]] = (property,)
    """What an attribute of the class is where it can be set: a field is a property."""

    _raw: Row
    _values: Row
    _memory: dict[str, Any] | None

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        cls.__model__ = cls._model_class(cls)

    def _start(self, row: Row) -> None:
        """Takes a row as it came: no conversion, no copy, nothing set yet."""
        _set_raw(self, row)
        _set_values(self, row)
        _set_memory(self, None)

    def to_dict(self) -> dict[str, Any]:
        """The loaded and changed values by Python name, typed; what the server sent undeclared is included as it is.

        Of an entity that came with all its fields those are all there, null ones as None: the same ones in JSON and in
        XML, which leaves nulls out. What no platform shows, such as a password, is not.
        """
        row, found = self._values, {}
        with_nulls = self.__model__.is_entity and self._is_complete()
        for name, field in self.__model__.fields.items():
            if field.wire in row:
                value = field.__get__(self)
                found[name] = field.plain(value)
            elif with_nulls and not field.write_only:
                found[name] = None
        known = {*self._hidden(), *self.__model__.wire_names}
        found = {name: found[name] for name in self.__model__.leading_first(found)}
        return {**found, **{key: value for key, value in row.items() if key not in known}}

    def _hidden(self) -> set[str]:
        """Wire keys that hold no values."""
        return set()

    def _memo(self) -> dict[str, Any]:
        """What was built from the row once and is handed out again: related records, copies of nested values."""
        # Made with the first thing to remember: most of the records of a listing never have one.
        if self._memory is None:
            _set_memory(self, {})
        return self._memory  # type: ignore[return-value]

    # what is set

    def _assign(self, field: Field[Any], value: Any) -> None:
        fixed = self._fixed(field)
        if fixed:
            self._unsendable(field.name, value, f"{type(self).__name__}.{field.name} is {fixed}")
        elif value == self._loaded(field.name, self):
            # Set back to what was loaded. The very object that came, not another spelling of it: what differs is found
            # by identity. A value that did not come has nothing to be set back to.
            if field.wire in self._raw:
                self._put(field, self._raw[field.wire])
        else:
            self._put(field, field.to_wire(value))

    def _fixed(self, field: Field[Any]) -> str:
        """Why a field cannot be set now; empty where it can."""
        if field.readonly:
            return "read-only"
        return ""

    def _clear(self, field: Field[Any]) -> None:
        """``del entity.field``: the next save empties it on the server."""
        if field.wire not in self._values and not self._is_complete():
            raise self._not_loaded(field)
        if field.readonly or field.required:
            raise InvalidValueError(f"{type(self).__name__}.{field.name} cannot be emptied")
        if field.wire in self._values:
            self._put(field, None)

    def _take(self, values: Row) -> None:
        """Makes these the values as they are now, in wire form."""
        _set_values(self, values)

    def _put(self, field: Field[Any], wire_value: Any) -> None:
        """Sets a value, in wire form."""
        if self._values is self._raw:
            self._take(dict(self._raw))
        self._values[field.wire] = wire_value
        self._forget(field.name)

    def _names(self) -> list[str]:
        """All names that may be meant by a misspelt one."""
        return list(self.__model__.fields)

    def _forget(self, name: str) -> None:
        """A field was set: what was built from its value is out of date."""
        if self._memory:
            self._memory.pop(name, None)

    def _unsendable(self, name: str, value: Any, why: str) -> None:
        """What setting a read-only or undeclared name does: an error, unless the platform's base class differs, or it
        is the wire's name of a field."""
        field = field_of_wire_name(self.__model__, name)
        if field is not None:
            setattr(self, field.name, converted(field, value, type(self).__name__))
            return
        hint = ""
        if name not in self.__model__.fields:
            hint = did_you_mean(name, self._names())
        raise UnknownFieldError(f"{why}: it cannot be set", hint=hint)

    # what is pending

    def _edited(self, name: str) -> bool:
        """Whether a field was set to another value than the loaded one."""
        if self._values is self._raw:
            return False
        wire = self.__model__.fields[name].wire
        # By identity, as in `_edited_names`: equal is not the same, 1 and True are. `self` stands for no value.
        return self._values.get(wire, self) is not self._raw.get(wire, self)

    def _edited_names(self) -> list[str]:
        """The fields that were set to another value than the loaded one, in the order of their declarations."""
        raw, values = self._raw, self._values
        if values is raw:
            return []
        # A record has dozens of fields and a few changes: the fields of what differs are looked up, not all compared.
        by_wire = self.__model__.names_by_wire
        changed: list[str] = []
        for wire, value in values.items():
            if value is not raw.get(wire, self) and wire in by_wire:
                changed += by_wire[wire]
        for wire in raw.keys() - values.keys():
            changed += by_wire.get(wire, ())
        if len(changed) > 1:
            changed.sort(key=self.__model__.positions.__getitem__)
        return changed

    def _loaded(self, name: str, default: Any = None) -> Any:
        """The typed value as loaded, whatever was set since; the default where it is not loaded or unreadable."""
        field = self.__model__.fields[name]
        # The field itself stands for no value, for None is one.
        value = self._raw.get(field.wire, field)
        if value is field:
            return default
        if value is None:
            return None
        try:  # a native type is no shortcut here: The Trade Desk's Enum spells a text that came as GraphQL has it anew
            return field.load(value)
        except (ValueError, TypeError, KeyError, AttributeError):
            if value == "":  # XML's null, see `Field._otherwise`
                return None
            return default

    def _pending(self, aside: Collection[str] = ()) -> dict[str, Any]:
        """The typed values that were set since it was loaded, and the nested ones that were changed in place.

        aside: names of fields to leave out.
        """
        fields = self.__model__.fields
        pending = {}
        for name in self._edited_names():
            if name not in aside:
                field = fields[name]
                # A credential stays masked, and what a pickle has left of one cannot be read.
                value = self._values.get(field.wire) if field.secret else getattr(self, name)
                pending[name] = self._ready(field, value)
        # Nothing notices changes inside of lists and nested values. Each that was handed out is in the memory, and
        # is compared with what came; and it is checked now, for nothing checked what was put into it.
        for name, value in (self._memory or {}).items():
            held = fields.get(name)  # None for relations, which are in the memory too
            if held is None or name in pending or name in aside or _same(value, self._loaded(name)):
                continue
            if value is not None:
                value = held.check_change(value, self)
            pending[name] = self._ready(held, value)
        return pending

    def _original(self, name: str) -> Any:
        """The typed value that a field came with, of a copy the one of its original; None where it has none."""
        copied = self._originals()
        if name in copied:
            return copied[name]
        return self._loaded(name)

    def _originals(self) -> Mapping[str, Any]:
        """The values that a copy was made with; none for what is not a copy."""
        found: Mapping[str, Any] = (self._memory or {}).get(_COPIED, {})
        return found

    def _remember_originals(self, values: Mapping[str, Any]) -> None:
        """Remembers the values that a copy is made with: they came from the platform, and are not judged."""
        if values:
            self._memo()[_COPIED] = values

    def _ready(self, field: Field[Any], value: Any) -> Any:
        """A value that was set, as it is sent."""
        # Amounts were rounded when they were set. Once more here, because the currency may have been set after the
        # amount, and a nested value does not know the currency of the record that holds it.
        if value is None or not field.rounds:
            return field.masked(value) if field.secret else value
        return field.rounded(value, self, self._original(field.name))

    def _edits(self, pending: Mapping[str, Any] | None = None) -> Row:
        """What is pending, or these typed values, in wire form."""
        if pending is None:
            pending = self._pending()
        fields = self.__model__.fields
        return {fields[name].wire: fields[name].to_wire(value) for name, value in pending.items()}

    # what is missing

    def _is_complete(self) -> bool:
        """Whether the record came with all its fields: what it lacks is null then. Not every format has nulls."""
        return False

    def _not_loaded(self, field: Field[Any]) -> NotLoaded:
        return NotLoaded(f"{self._label()}.{field.name} has not been set")

    def _currency(self, field: Field[Any]) -> str | None:
        """The ISO 4217 code of an amount of this record, where what is loaded says it. Nothing is sent to find out."""
        return None

    def _budget_digits(self, field: Number[Any]) -> int:
        """How many digits after the point a budget of this record has."""
        return minor_digits(self._currency(field))

    def _taken_as_utc(self, field: Field[Any], value: Any) -> None:
        """A moment without an offset was set: warns that it was taken as UTC."""
        warn(f"{self._label()}.{field.name}: {taken_as_utc(value)}", NaiveTimeWarning)

    def _label(self) -> str:
        """What messages call it."""
        return type(self).__name__

    def __setattr__(self, name: str, value: Any) -> None:
        # A misspelt name would become an attribute that no save sends: only what is declared can be set.
        if isinstance(getattr(type(self), name, None), self._settable):
            object.__setattr__(self, name, value)
        elif hasattr(type(self), name):
            raise UnknownFieldError(f"{type(self).__name__}.{name} is not a field: it cannot be set")
        else:
            self._unsendable(name, value, f"{type(self).__name__} has no field {name!r}")

    def set(self, properties: Mapping[str, Any]) -> None:
        """Assigns every item of a mapping; when one is refused, none is set. Raises `InvalidValueError` for what is not
        a mapping."""
        if not isinstance(properties, Mapping):
            raise InvalidValueError(
                f"the values to set are a dict, not {properties!r:.60}",
                hint=f'{type(self).__name__.lower()}.set({{"name": "Spring"}})',
            )
        # Setting changes `_values` in place once it is a dict of its own: a copy to go back to.
        raw, values, memory = self._raw, self._values, dict(self._memory or {})
        if values is not raw:
            values = dict(values)
        try:
            for name, value in properties.items():
                setattr(self, name, value)
        except Exception:
            _set_raw(self, raw)
            self._take(values)
            _set_memory(self, memory)
            raise


def _same(value: Any, loaded: Any) -> bool:
    """Whether a value is what was loaded. A NaN that the server sent is not equal to itself."""
    return value is loaded or value == loaded


_set_raw = Record.__dict__["_raw"].__set__
_set_values = Record.__dict__["_values"].__set__
_set_memory = Record.__dict__["_memory"].__set__
