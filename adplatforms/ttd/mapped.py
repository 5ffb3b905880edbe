"""The field types of entities: those of the core and of `fields`, each with its names on GraphQL and REST.

A field's `wire` is GraphQL's name, which is also its key in the canonical row; rows of other surfaces are translated
into that form. Where names differ a declaration says so:

=========  ==========================================================================================================
`wire`     GraphQL's name (default: the Python name)
`graphql`  the path in GraphQL's records, ``"advertiser.id"``; ``""`` where GraphQL does not have it
`rest`     the path in REST's records, ``"RTBAttributes.BaseBidCPM.Amount"``; ``""`` where REST does not have it
`write`    the path in the body of a Workflows create or update, ``"primaryInput.name"``
`mark`     how well the name is sourced, where that differs from what the class says (see `TTDEntity`)
`removed`  since when the vendor does not have the field any more, and what there is instead: nothing selects it
=========  ==========================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any, TypeVar

from adplatforms.core import fields, nested
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
    "Str",
]

S = TypeVar("S", bound=nested.Struct)
T = TypeVar("T")


class Mapped:
    """A field with its names on the other surfaces. Unless it is required, None may be set and is sent as null."""

    name: str
    wire: str
    doc: str
    write: str
    _nullable = True

    def __init__(
        self,
        *args: Any,
        graphql: str | None = None,
        rest: str = "",
        mark: str = "",
        removed: str = "",
        **declaration: Any,
    ) -> None:
        self._graphql, self.rest, self.mark, self.removed = "" if removed else graphql, rest, mark, removed
        declaration.setdefault("nullable", self._nullable and not declaration.get("required", False))
        super().__init__(*args, **declaration)

    @property
    def graphql(self) -> str:
        """The path in GraphQL's records, by default the wire name; empty where GraphQL does not have it."""
        return self.wire if self._graphql is None else self._graphql

    @property
    def node(self) -> Node:
        """What a GraphQL document selects for it; only for fields that GraphQL has."""
        *above, last = self.graphql.split(".")
        node = Node(last, self._inner_nodes())
        for name in reversed(above):
            node = Node(name, (node,))
        return node

    def _inner_nodes(self) -> tuple[Node, ...]:
        """What is selected inside the value; nothing unless it is nested."""
        return ()

    def from_rest(self, value: Any) -> Any:
        """REST's value in the canonical form."""
        return value

    def to_rest(self, value: Any) -> Any:
        """A canonical value (never None) as REST takes it."""
        return value

    def summary(self) -> str:
        """As of any field, with the surfaces that have it."""
        words: str = super().summary()  # type: ignore[misc]
        names = [("GraphQL", self.node.text if self.graphql else ""), ("Workflows", self.write), ("REST", self.rest)]
        told = ", ".join(f"{surface} `{name}`" for surface, name in names if name)
        gone = f"removed {self.removed}" if self.removed else ""
        return ". ".join(filter(None, [words, told + (f" [{self.mark}]" if self.mark and told else ""), gone]))


class Str(Mapped, fields.Str):
    """Text."""


class Id(Str):
    """An id: text, also where a surface sends it as a number. Setting or comparing with empty text or a fraction is an
    error; a whole float, which data frames make of ids, is its whole number."""

    def accept(self, value: Any) -> str:
        return str(id_of(value, (), self.name))

    def _getter(self) -> Callable[[Any], Any]:
        read = super()._getter()

        def get(record: Any) -> Any:
            value = read(record)
            return value if value is None or type(value) is str else str(value)

        return get


class Int(Mapped, fields.Int):
    """A whole number."""


class Float(Mapped, fields.Float):
    """A number."""


class Bool(Mapped, fields.Bool):
    """True or False."""


class Archived(Mapped, fields.Bool):
    """Whether a record is archived: GraphQL's ``isArchived``, REST's ``Availability``."""

    def __init__(self, **declaration: Any) -> None:
        super().__init__("isArchived", rest="Availability", readonly=True, **declaration)

    def from_rest(self, value: Any) -> Any:
        return value == "Archived"

    def to_rest(self, value: Any) -> Any:
        return "Archived" if value else "Available"


class Amount(Mapped, own.Amount):
    """An exact amount that travels as a JSON number; its `doc` names the currency."""


class Moment(Mapped, own.Moment):
    """A moment. REST's texts carry no offset and are UTC."""

    def to_rest(self, value: Any) -> Any:
        return parse_datetime(value).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


class Enum(Mapped, own.Enum):
    """One of a set of words in PascalCase, as Workflows and REST spell them."""

    _nullable = False


class Object(Mapped, fields.Object):
    """A nested value that no fact describes further: a dict or a list, as it came."""


class Nested(Mapped, nested.Nested[S]):
    """A typed nested value. A document selects all fields of its class. REST spells the names inside in PascalCase."""

    _nullable = False

    def __init__(self, struct: type[S], wire: str = "", **declaration: Any) -> None:
        super().__init__(struct, wire, **declaration)

    def _inner_nodes(self) -> tuple[Node, ...]:
        return _nodes_of(self.struct)

    def from_rest(self, value: Any) -> Any:
        return _from_rest(self, value)

    def to_rest(self, value: Any) -> Any:
        return _to_rest(self, value)


class ListOf(Mapped, fields.ListOf[T]):
    """A list of values of one type."""

    def __init__(self, item: Field[T], wire: str = "", **declaration: Any) -> None:
        super().__init__(item, wire, **declaration)

    def _inner_nodes(self) -> tuple[Node, ...]:
        item = self.item
        return _nodes_of(item.struct) if isinstance(item, nested.Nested) else ()

    def from_rest(self, value: Any) -> Any:
        return _from_rest(self, value)

    def to_rest(self, value: Any) -> Any:
        return _to_rest(self, value)


def _nodes_of(struct: type[nested.Struct]) -> tuple[Node, ...]:
    """What a document selects of a nested class: all of its fields."""
    return tuple(
        Node(field.wire, _nodes_of(field.struct) if isinstance(field, nested.Nested) else ())
        for field in struct.__model__.fields.values()
    )


def _from_rest(field: Field[Any], value: Any) -> Any:
    """A nested value of REST in the canonical form: its names are the same but for upper and lower case."""
    if isinstance(field, fields.ListOf) and isinstance(value, list):
        return [_from_rest(field.item, item) for item in value]
    if isinstance(field, nested.Nested) and isinstance(value, dict):
        known = {inner.wire.lower(): inner for inner in field.struct.__model__.fields.values()}
        found = {}
        for name, item in value.items():
            inner = known.get(name.lower())
            found[inner.wire if inner else name] = _from_rest(inner, item) if inner else item
        return found
    if isinstance(field, own.Amount) and isinstance(value, dict):
        return value.get("Amount")
    return value


def _to_rest(field: Field[Any], value: Any) -> Any:
    if isinstance(field, fields.ListOf) and isinstance(value, list):
        return [_to_rest(field.item, item) for item in value]
    if isinstance(field, nested.Nested) and isinstance(value, dict):
        known = {inner.wire: inner for inner in field.struct.__model__.fields.values()}
        return {
            name[:1].upper() + name[1:]: _to_rest(known[name], item) if name in known else item
            for name, item in value.items()
        }
    return value
