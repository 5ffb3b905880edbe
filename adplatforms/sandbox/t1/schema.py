"""How a T1 entity type is described to the sandbox: its fields, their kinds, its relations to other types.

`tables` holds the descriptions, one `Resource` an entity type. Everything else in this package (the SQL
tables, the checks of a write, `q`, `limit`, `with`, JSON and XML) reads them, so adding a type is a matter of
its lines there.

A list of fields is written as one string of names. A sign after a name says what is special about it:

    !  must be given on create          ?  may be null, and JSON replies say so
    +  taken on create, not on update   *  never taken from a form
    -  never shown in a reply
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["int", "bool", "float", "money", "string", "datetime", "enum", "object"]
Value = str | int | float | None
Row = dict[str, Value]

COLUMN_TYPES: dict[Kind, str] = {
    "int": "INTEGER",
    "bool": "INTEGER",
    "float": "REAL",
    "money": "REAL",
    "string": "TEXT",
    "datetime": "TEXT",
    "enum": "TEXT",
    "object": "TEXT",
}
"""SQLite column type by kind. A datetime is UTC text, `YYYY-MM-DDTHH:MM:SS`, which sorts as time does; an object
is JSON text."""

_SIGNS = "!?+*-"


@dataclass(frozen=True)
class Field:
    """One field on the wire.

    Money is a number in the currency named by the row's `currency_code`. `default` is what a create without
    the field stores, and what an empty value puts back.
    """

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()
    default: Value = None
    required: bool = False
    nullable: bool = False
    create_only: bool = False
    readonly: bool = False
    secret: bool = False


@dataclass(frozen=True)
class Relation:
    """A named way from one type to another, as `with=` and `limit/` use it.

    To one: `column` of this row holds the `key` of the target. To many: `column` of the target holds this
    row's id; `only` is a column of the target that must be true as well. Through a link type: `column` of the
    link holds this row's id, `far_column` the target's.
    """

    name: str
    target: str
    column: str
    many: bool = False
    key: str = "id"
    through: str | None = None
    far_column: str = ""
    only: str = ""


@dataclass(frozen=True)
class Resource:
    """One entity type: `type` is its name on the wire, `collection` its path.

    `listed` is False for types that are only reached through another one, `writable` for types that are
    made by T1 or by the calls of another type, never by a POST to their collection. `children` are the
    relations that answer at `{collection}/{id}/{name}`, by that name. `auto_name` is the name of rows that were given
    none, with the row's fields in braces.
    `deletable` types answer `POST .../{id}/delete`; T1 has few of them. Rows of a type with a
    `parent_column` form a tree, which the parameter `parent` walks.
    """

    type: str
    collection: str
    fields: dict[str, Field]
    relations: dict[str, Relation] = field(default_factory=dict)
    children: dict[str, str] = field(default_factory=dict)
    listed: bool = True
    auto_name: str = ""
    deletable: bool = False
    writable: bool = True
    parent_column: str = ""

    @property
    def table(self) -> str:
        """The SQL table of this type's rows."""
        return f"t1_{self.type}"

    @property
    def has_zone(self) -> bool:
        """Whether XML shows this type's dates in the row's own zone as well."""
        return "zone_name" in self.fields


def choice(name: str, values: str, default: str | None = None) -> Field:
    """An enum field: `values` is a string of the words the server takes."""
    return _field(name, "enum", default, tuple(values.split()))


def fields(
    *choices: Field,
    ints: str = "",
    bools: str = "",
    floats: str = "",
    money: str = "",
    strings: str = "",
    datetimes: str = "",
    objects: str = "",
    defaults: dict[str, Value] | None = None,
) -> dict[str, Field]:
    """The fields of a type by name; `id`, `version` and the dates of creation and change among them."""
    given = defaults or {}
    found: dict[str, Field] = {}
    groups: tuple[tuple[Kind, str], ...] = (
        ("int", ints),
        ("bool", bools),
        ("float", floats),
        ("money", money),
        ("string", strings),
        ("datetime", datetimes),
        ("object", objects),
    )
    for kind, names in groups:
        for item in names.split():
            name = item.rstrip(_SIGNS)
            found[name] = _field(item, kind, given.get(name, 0 if kind == "bool" else None))
    found.update((one.name, one) for one in choices)
    return dict(sorted(found.items()))


def to_one(name: str, column: str = "", target: str = "", key: str = "id") -> Relation:
    """A parent: `to_one("advertiser")` reads `advertiser_id`."""
    return Relation(name, target or name, column or f"{name}_id", key=key)


def to_many(name: str, target: str, column: str, only: str = "") -> Relation:
    """The rows of another type that point here, or those of them that have `only` set."""
    return Relation(name, target, column, many=True, only=only)


def linked(name: str, target: str, through: str, column: str, far_column: str) -> Relation:
    """The rows of another type that a link type ties to this one."""
    return Relation(name, target, column, many=True, through=through, far_column=far_column)


def relations(*given: Relation) -> dict[str, Relation]:
    """Relations by name."""
    return {one.name: one for one in given}


def _field(item: str, kind: Kind, default: Value, choices: tuple[str, ...] = ()) -> Field:
    name = item.rstrip(_SIGNS)
    signs = item[len(name) :]
    return Field(
        name,
        kind,
        choices,
        default,
        required="!" in signs,
        nullable="?" in signs,
        create_only="+" in signs,
        readonly="*" in signs,
        secret="-" in signs,
    )


class Registry:
    """All types, found by the name of the type or of the collection; `also` names further collections."""

    def __init__(self, resources: tuple[Resource, ...], also: dict[str, str]) -> None:
        self.by_type = {one.type: one for one in resources}
        self.by_collection = {one.collection: one for one in resources}
        self.by_collection.update((name, self.by_type[type]) for name, type in also.items())

    def __iter__(self) -> Iterator[Resource]:
        return iter(self.by_type.values())
