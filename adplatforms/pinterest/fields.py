"""What Pinterest's declarations are made of: the types of fields, as they are read and sent, and relations.

Reading is lenient: an unknown enum value, a number where text is declared, digits as text and a null never break it.
Writing is strict. Sources: wire.md sections 6 and 9; the type of each field is that of resources.json.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from adplatforms.core import fields
from adplatforms.core.errors import AdPlatformsWarning, InvalidValueError, did_you_mean, warn
from adplatforms.core.field import Field
from adplatforms.core.ids import id_of, ids_of
from adplatforms.core.parsing import from_epoch, parse_datetime
from adplatforms.core.relations import Children, Peers, Ref, Row, index_key
from adplatforms.core.scalars import to_plain
from adplatforms.core.state import EntityState

if TYPE_CHECKING:
    from adplatforms.core.entity import Entity
    from adplatforms.core.listing import Listing

E = TypeVar("E", bound="Entity")
T = TypeVar("T")

__all__ = [
    "Bool",
    "Children",
    "Choice",
    "Credential",
    "Credentials",
    "Date",
    "DateTime",
    "Days",
    "EpochMillis",
    "EpochSeconds",
    "Filterable",
    "Float",
    "HiddenDict",
    "HiddenText",
    "Id",
    "Int",
    "Joined",
    "ListOf",
    "Micros",
    "Object",
    "Ref",
    "Refs",
    "Str",
    "TextOrObject",
    "param_of",
]


class Filterable:
    """A field that a parameter of the listing may filter by. `param`: that parameter, empty where there is none.

    `since`: the version of Pinterest's description that added the field, empty for those of 5.23.0 and before.
    """

    param = ""
    since = ""

    def __init__(self, *args: Any, param: str = "", since: str = "", **declaration: Any) -> None:
        super().__init__(*args, **declaration)
        self.param, self.since = param, since


def param_of(field: Field[Any]) -> str:
    """The parameter of the listing that filters by a field; empty where there is none."""
    return field.param if isinstance(field, Filterable) else ""


class Bool(Filterable, fields.Bool):
    """True or False."""


class Choice(Filterable, fields.Choice):
    """One of a fixed set of words. Conditions take others too, with a warning: records may have newer ones.

    `newer`: the words that the description 5.28.0 added.
    """

    def __init__(self, values: str, wire: str = "", *, newer: str = "", **declaration: Any) -> None:
        super().__init__(f"{values} {newer}", wire, **declaration)
        self.newer = tuple(newer.split())

    def operand(self, op: str, value: Any) -> Any:
        try:
            return super().operand(op, value)
        except InvalidValueError:
            words = list(value) if op == "in" and not isinstance(value, str) else [value]
            if op not in ("==", "!=", "in") or not all(isinstance(word, str) and word for word in words):
                raise
        unknown = [word for word in words if word not in self.values]
        hint = did_you_mean(unknown[0], self.values)
        warn(
            f"{self.name} has no {unknown[0]!r} by the description; it is compared all the same. {hint}",
            AdPlatformsWarning,
        )
        return tuple(words) if op == "in" else value


def _is_number(value: Any) -> bool:
    """Whether a value is a number, which may stand for a moment."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_LATEST = 100_000_000_000
"""Seconds since 1970 in the year 5138: a larger number counts milliseconds."""


def _moment(seconds: float) -> datetime:
    """The moment of a number of seconds since 1970; a ValueError for one that counts milliseconds."""
    if abs(seconds) >= _LATEST:
        raise ValueError("expected seconds since 1970, and these look like milliseconds")
    return from_epoch(seconds)


class Date(Filterable, fields.Date):
    """A day."""


class DateTime(Filterable, fields.DateTime):
    """A moment in UTC. Numbers that are set are seconds since 1970, which other entities have on the wire."""

    def accept(self, value: Any) -> datetime:
        return _moment(value) if _is_number(value) else super().accept(value)


class Float(Filterable, fields.Float):
    """A number."""


class Int(Filterable, fields.Int):
    """A whole number."""


class ListOf(Filterable, fields.ListOf[T]):
    """A list of values of one type."""

    def __init__(self, item: Field[T], wire: str = "", **declaration: Any) -> None:
        super().__init__(item, wire, **declaration)


class Object(Filterable, fields.Object):
    """A dict, as the platform has it."""


class TextOrObject(Filterable, fields.Object):
    """Text, or a dict or a list, as the platform has it."""

    type_name = "text or object"

    def accept(self, value: Any) -> Any:
        return value if isinstance(value, str) else super().accept(value)


class Str(Filterable, fields.Str):
    """Text."""


class Id(Filterable, fields.Field[str]):
    """An id: text of digits, up to 19 of them. A number, from the server or from the user, is taken as its text.

    Never a number here: 19 digits do not fit into a float, which is what JSON readers elsewhere make of them.
    """

    type_name = "id"
    native = str
    exact = True
    operators = "== != in null !null"

    def load(self, value: Any) -> str:
        return str(value)

    def accept(self, value: Any) -> str:
        return str(id_of(value, (), self.name))


class HiddenText(str):
    """Text that is used like any other, but not shown: its repr is masked."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


class HiddenDict(dict[str, Any]):
    """A dict whose values are not shown: its repr masks them."""

    def __repr__(self) -> str:
        return "{" + ", ".join(f"{name!r}: '***'" for name in self) + "}"


class _Hidden(fields.Field[Any]):
    """A field whose values no repr, change or error shows."""

    def check(self, value: Any, owner: str) -> Any:
        if value is None:
            return super().check(value, owner)
        try:
            return self.accept(to_plain(value))
        except ValueError as problem:
            why = getattr(problem, "message", problem)
            # Not "not 'secret'", as other fields say it: the value stays out of the message.
            raise InvalidValueError(f"{owner}.{self.name}: {why}, not a {type(value).__name__}") from None


class Credential(_Hidden, Str):
    """A credential of somebody: text that is masked wherever it is shown."""

    native = HiddenText
    # The getter of plain text would hand the value out unmasked.
    _getter = fields.Field._getter

    def load(self, value: Any) -> str:
        return HiddenText(value)

    def accept(self, value: Any) -> str:
        return HiddenText(super().accept(value))

    def dump(self, value: str) -> str:
        return "".join(value)  # plain text again: `str(value)` would keep the class


class Credentials(_Hidden, Object):
    """A dict of credentials, masked wherever it is shown."""

    def load(self, value: Any) -> Any:
        if isinstance(value, dict):
            return HiddenDict(value)
        return value

    def accept(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError("expected a dict")
        return HiddenDict(value)

    def dump(self, value: Any) -> Any:
        return dict(value)


class Micros(Filterable, fields.Micros):
    """An exact amount in the currency of the ad account; micro-currency (millionths) on the wire. None is negative."""

    def rounded(self, value: Any, record: Any, original: Any = None) -> Any:
        if value < 0 and value != original:
            raise InvalidValueError(
                f"{type(record).__name__}.{self.name} cannot be {value}: it is an amount, 0 or more"
            )
        return super().rounded(value, record, original)

    def describe(self) -> str:
        return "amount in the ad account's currency (micro-currency on the wire)"


class EpochSeconds(Filterable, fields.EpochSeconds):
    """A moment in UTC; seconds since 1970 on the wire.

    Text with a date is read too: the same name has another form on other entities. Source: wire.md, section 9.
    """

    @staticmethod
    def load(value: Any) -> datetime:
        try:
            # Also a number with a fraction, as customer lists have (wire.md, section 9).
            return from_epoch(value)
        except (TypeError, ValueError):
            return parse_datetime(value)

    def accept(self, value: Any) -> datetime:
        return _moment(value) if _is_number(value) else super().accept(value)

    def describe(self) -> str:
        return "date and time, UTC (seconds since 1970 on the wire)"


class EpochMillis(Filterable, fields.EpochMillis):
    """A moment in UTC; milliseconds since 1970 on the wire. Text with a date is read too."""

    @staticmethod
    def load(value: Any) -> datetime:
        try:
            return fields.EpochMillis.load(value)
        except (TypeError, ValueError):
            return parse_datetime(value)

    def accept(self, value: Any) -> datetime:
        if not _is_number(value):
            return super().accept(value)
        return _moment(value / 1000 if abs(value) >= _LATEST else value)

    def describe(self) -> str:
        return "date and time, UTC (milliseconds since 1970 on the wire)"


class Days(Int):
    """The days of an attribution window: one of a few numbers, 0 among them. Others are read and cannot be set."""

    type_name = "days"
    values = (0, 1, 7, 14, 30, 60)

    def accept(self, value: Any) -> int:
        days = self.load(value)
        if days not in self.values:
            raise ValueError("expected one of " + ", ".join(map(str, self.values)))
        return days

    def describe(self) -> str:
        return "days: one of " + ", ".join(map(str, self.values))


class Joined(Str):
    """Text that holds several values, joined by commas; a list of them is taken as well."""

    def check(self, value: Any, owner: str) -> Any:
        if isinstance(value, (list, tuple, set, frozenset)):
            value = ",".join(str(super(Joined, self).check(each, owner)) for each in value)
        return super().check(value, owner)

    def describe(self) -> str:
        return "text, or a list of texts"


class Refs(Children[E]):
    """A relation to many whose ids this record lists: ``order_line.campaigns``, in the order of the field `by`.

    Loaded for all records of a page in as few requests as the ids take; what cannot be read (removed, or of another
    account) is left out. Assigning entities or ids sets the field.
    """

    own_field = True

    def __set__(self, entity: Entity, value: Any) -> None:
        # An empty list empties the field, which is null on the wire.
        setattr(entity, self.by, ids_of(value, self.target, self.name) or None)
        EntityState(entity).cache().pop(self.name, None)

    def _rows(self, entity: Entity) -> tuple[Any, Peers]:
        """Of ids that were set, the record alone loads what is related."""
        state = EntityState(entity)
        if self.by_wire not in state.values and not state.complete:
            raise state.not_loaded(type(entity).__model__.fields[self.by])
        if not state.is_edited(self.by):
            return super()._rows(entity)
        lists, peers = self.load(self.loader(entity), type(entity), [state.values])
        return lists[index_key(state.values)], peers

    def load(self, session: Listing, model: type[Entity], rows: list[Row]) -> tuple[dict[str, Any], Peers]:
        """The rows of the other side, in lists by the id of this one."""
        wire, target = self.by_wire, self.target
        scopes: dict[tuple[tuple[str, Any], ...], dict[str, None]] = {}
        for row in rows:
            scope = tuple(session.dialect.scope(target, row).items())
            scopes.setdefault(scope, {}).update(dict.fromkeys(map(str, row.get(wire) or ())))
        query, by_id = session.query(target), session.query(target).field("id")
        # One query a scope: rows of several ad accounts may be on one page.
        wanted = [query.within(dict(scope)).where(by_id.in_(list(ids))) for scope, ids in scopes.items() if ids]
        found = {str(related.id): EntityState(related).row for part in wanted for related in part}
        lists = {index_key(row): [found[i] for i in map(str, row.get(wire) or ()) if i in found] for row in rows}
        return lists, Peers(session, list(found.values()))
