"""The field types of entities: those of the core and of `fields`, each with its names on GraphQL and REST.

A field's `wire` is GraphQL's name, which is also its key in the canonical row; rows of other surfaces are translated
into that form. Where names differ a declaration says so:

=========  ==========================================================================================================
`wire`     GraphQL's name (default: the Python name)
`graphql`  the path in GraphQL's records, ``"advertiser.id"``; ``""`` where GraphQL does not have it
`rest`     the path in REST's records, ``"RTBAttributes.BaseBidCPM.Amount"``; ``""`` where REST does not have it
`write`    the path in the body of a Workflows create or update, ``"primaryInput.name"``
`source`   how well the names are sourced, where that differs from what the class says (see `TTDEntity`)
`always`   whether REST wants it with every update, changed or not
`removed`  since when the vendor does not have the field any more, and what there is instead: nothing selects it
=========  ==========================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any, TypeVar

from adplatforms.core import fields, nested
from adplatforms.core.errors import ClientError
from adplatforms.core.fields import Field
from adplatforms.core.ids import id_of
from adplatforms.core.parsing import parse_datetime

from . import fields as own
from .graphql.documents import Node

__all__ = [
    "Amount",
    "Archived",
    "Bool",
    "Enum",
    "Float",
    "Id",
    "Int",
    "ListOf",
    "Mapped",
    "Moment",
    "Nested",
    "Object",
    "Pacing",
    "Str",
    "TimeZone",
    "write_path",
]

S = TypeVar("S", bound=nested.Struct)
T = TypeVar("T")


class Mapped:
    """A field with its names on the other surfaces. Unless it is required, None may be set and is sent as null."""

    name: str
    wire: str
    doc: str
    write: str
    rest_tells_null = True
    """Whether a null of REST means null; else that REST does not tell the value."""
    _nullable = True

    def __init__(
        self,
        *args: Any,
        graphql: str | None = None,
        rest: str = "",
        write: str = "",
        source: str = "",
        removed: str = "",
        always: bool = False,
        **declaration: Any,
    ) -> None:
        """See the module for what the names mean."""
        self.always = always
        self._graphql, self.rest, self.write, self.source, self.removed = graphql, rest, write, source, removed
        if removed:
            self._graphql = ""  # selecting what the vendor removed would be an error
        declaration.setdefault("nullable", self._nullable and not declaration.get("required", False))
        super().__init__(*args, **declaration)

    @property
    def graphql(self) -> str:
        """The path in GraphQL's records, by default the wire name; empty where GraphQL does not have it."""
        if self._graphql is None:
            return self.wire
        return self._graphql

    @property
    def node(self) -> Node:
        """What a GraphQL document selects for it; only for fields that GraphQL has."""
        *above, last = self.graphql.split(".")
        node = Node(last, _nodes_inside(self))
        for name in reversed(above):
            node = Node(name, (node,))
        return node

    def from_rest(self, value: Any) -> Any:
        """REST's value in the canonical form."""
        return value

    def to_rest(self, value: Any) -> Any:
        """A canonical value (never None) as REST takes it."""
        return value

    def summary(self) -> str:
        """As of any field, with the surfaces that have it."""
        parts: list[str] = [super().summary()]  # type: ignore[misc]
        selected = self.node.text if self.graphql else ""
        names = [("GraphQL", selected), ("Workflows", self.write), ("REST", self.rest)]
        surfaces = ", ".join(f"{surface} `{name}`" for surface, name in names if name)
        if surfaces and self.source:
            surfaces += f" [{self.source}]"
        parts.append(surfaces)
        if self.removed:
            parts.append(f"removed {self.removed}")
        return ". ".join(filter(None, parts))


def write_path(field: Field[Any]) -> str:
    """The path of a field in the body of a Workflows create or update; empty where Workflows does not take it."""
    return field.write if isinstance(field, Mapped) else ""


class Str(Mapped, fields.Str):
    """Text."""


class Id(Str):
    """An id: text, also where a surface sends it as a number.

    Setting it to empty text or a fraction, or comparing it with these, is an error; a whole float, which data frames
    make of ids, is its whole number.
    """

    exact = True

    def accept(self, value: Any) -> str:
        return str(id_of(value, (), self.name))

    def _getter(self) -> Callable[[Any], Any]:
        read = super()._getter()

        def get(record: Any) -> Any:
            value = read(record)
            if value is None or type(value) is str:
                return value
            return str(value)  # flights have numbers for ids, and REST sends some others as numbers

        return get


class TimeZone(Mapped, own.TimeZone):
    """The IANA name of a time zone."""


class Int(Mapped, fields.Int):
    """A whole number, also where a surface sends it as text."""

    def to_rest(self, value: Any) -> Any:
        return int(value)


class Float(Mapped, fields.Float):
    """A number."""


class Bool(Mapped, fields.Bool):
    """True or False."""


class Archived(Mapped, fields.Bool):
    """Whether a record is archived: GraphQL's ``isArchived``, REST's ``Availability``."""

    def __init__(self, **declaration: Any) -> None:
        super().__init__("isArchived", rest="Availability", readonly=True, **declaration)

    def from_rest(self, value: Any) -> Any:
        # Third-party code knows other words, such as "Paused" [3:1]: they do not mean archived.
        return value == "Archived"

    def to_rest(self, value: Any) -> Any:
        return "Archived" if value else "Available"


class Amount(Mapped, own.Amount):
    """An exact amount that travels as a JSON number, in the advertiser's currency unless its `doc` says otherwise."""


class Moment(Mapped, own.Moment):
    """A moment. REST's texts carry no offset and are UTC."""

    def to_rest(self, value: Any) -> Any:
        # An offset would be refused: REST knows only texts without one.
        return parse_datetime(value).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


class Enum(Mapped, own.Enum):
    """One of a set of words in PascalCase, as Workflows and REST spell them."""

    _nullable = False


class Pacing(Enum):
    """How a campaign paces. REST has words of its own for it, and none for `PaceAsSoonAsPossible` [D]."""

    rest_tells_null = False

    def from_rest(self, value: Any) -> Any:
        return _PACING_OF_REST.get(value, value)

    def to_rest(self, value: Any) -> Any:
        words = {ours: theirs for theirs, ours in _PACING_OF_REST.items()}
        if value not in words:
            raise ClientError(f"REST has no {self.name} {value!r}", hint="Workflows saves it")
        return words[value]


_PACING_OF_REST = {"PaceAhead": "PaceAhead", "PaceToEndOfFlight": "PaceEvenly", "Off": "PaceToDailyCap"}
"""Source: facts_2.md section 1, 6 [D]. ``Off`` is a daily cap where the ad groups pace to the end of the day."""


class Object(Mapped, fields.Object):
    """A nested value that no fact describes further: a dict or a list, as it came."""


class Nested(Mapped, nested.Nested[S]):
    """A typed nested value. A document selects all fields of its class. REST spells the names inside in PascalCase."""

    _nullable = False

    def __init__(self, struct: type[S], wire: str = "", **declaration: Any) -> None:
        super().__init__(struct, wire, **declaration)

    def from_rest(self, value: Any) -> Any:
        return _from_rest(self, value)

    def to_rest(self, value: Any) -> Any:
        return _to_rest(self, value)


class ListOf(Mapped, fields.ListOf[T]):
    """A list of values of one type."""

    def __init__(self, item: Field[T], wire: str = "", **declaration: Any) -> None:
        super().__init__(item, wire, **declaration)

    def from_rest(self, value: Any) -> Any:
        return _from_rest(self, value)

    def to_rest(self, value: Any) -> Any:
        return _to_rest(self, value)


def _nodes_inside(field: Any) -> tuple[Node, ...]:
    """What a document selects inside a value: all fields of a nested class, of one or of many; of others nothing."""
    if isinstance(field, fields.ListOf):
        field = field.item
    if not isinstance(field, nested.Nested):
        return ()
    return tuple(Node(inner.wire, _nodes_inside(inner)) for inner in field.struct.__model__.fields.values())


def _from_rest(field: Field[Any], value: Any) -> Any:
    """A nested value of REST in the canonical form: its names are the same but for upper and lower case."""
    if isinstance(field, fields.ListOf) and isinstance(value, list):
        return [_from_rest(field.item, item) for item in value]
    if isinstance(field, nested.Nested) and isinstance(value, dict):
        known = {inner.wire.lower(): inner for inner in field.struct.__model__.fields.values()}
        found = {}
        for name, item in value.items():
            inner = known.get(name.lower())
            if inner is None:
                found[name] = item
            else:
                found[inner.wire] = _from_rest(inner, item)
        return found
    # REST's Money is {Amount, CurrencyCode}; the currency is the advertiser's.
    if isinstance(field, own.Amount) and isinstance(value, dict):
        return value.get("Amount")
    return value


def _to_rest(field: Field[Any], value: Any) -> Any:
    """A nested value as REST takes it."""
    if isinstance(field, fields.ListOf) and isinstance(value, list):
        return [_to_rest(field.item, item) for item in value]
    if isinstance(field, nested.Nested) and isinstance(value, dict):
        known = {inner.wire: inner for inner in field.struct.__model__.fields.values()}
        found = {}
        for name, item in value.items():
            inner = known.get(name)
            found[name[:1].upper() + name[1:]] = item if inner is None else _to_rest(inner, item)
        return found
    return value
