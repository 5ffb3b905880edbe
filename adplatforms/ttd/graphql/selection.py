"""What a GraphQL document selects of an entity class, and how the answer's rows become canonical ones.

Only declared fields are asked for. A parent's id is nested in GraphQL, ``advertiser { id }``, and flat in the canonical
row, ``advertiserId``. Included relations are selected within the same document: one entity as it is, many as the first
page of a connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, cast

from adplatforms.core.entity import Entity
from adplatforms.core.errors import PagingError
from adplatforms.core.field import Field
from adplatforms.core.nested import Nested as NestedValue
from adplatforms.core.nested import Struct
from adplatforms.core.relations import Relation

from .. import shapes
from ..base import TTDEntity
from ..known import CONNECTIONS, PLAIN_LISTS, TYPE_NAMES
from ..mapped import ListOf, Mapped
from .refused import Asked, Names

__all__ = ["NESTED_PAGE", "PAGE_INFO", "Selection", "nests"]

NESTED_PAGE = 100
"""Children that an included connection brings for each row; where there are more, they are read for that row again."""
PAGE_INFO = "pageInfo { hasNextPage endCursor }"
_MOST = 1000
"""The longest page of a connection [D]."""

Row = dict[str, Any]
Chains = tuple[tuple[str, ...], ...]


class _Flat(NamedTuple):
    """An id that GraphQL nests: the key it has in the canonical row, and where it comes from."""

    wire: str
    key: str
    keep: bool


class _Inside(NamedTuple):
    """An included relation and what is selected of it."""

    relation: Relation[Any]
    selection: Selection
    pages: bool


def nests(relation: Relation[Any]) -> str:
    """How a document can nest a relation: "one", "list", "connection", or "" where GraphQL does not have it."""
    owner, key = relation.owner.__name__, relation.key
    if relation.many:
        if key in CONNECTIONS.get(owner, ()):
            return "connection"
        return "list" if key in PLAIN_LISTS.get(owner, ()) else ""
    field = relation.owner._fields.get(relation.by)
    return "one" if not relation.by or (isinstance(field, Mapped) and field.graphql) else ""


class Selection:
    """The fields and included relations of a class. `without`: fields left out, by class and Python name. `needed`:
    those without which the rows are of no use, with what needs each: ids, what is included, and what the query says."""

    def __init__(self, model: type[Entity], includes: Chains = (), without: Names = frozenset()) -> None:
        self.model, self.includes, self.without = cast("type[TTDEntity]", model), includes, without
        self._inside = list(self._relations())
        kept = {inside.relation.key for inside in self._inside}
        declared = _graphql_fields(self.model)  # type: ignore[arg-type]  # a class can be hashed
        self._fields = [field for name, field in declared if (self.model.__name__, name) not in without]
        self._flat = [_Flat(f.wire, key, key in kept) for f in self._fields if (key := _outer(f))]
        self.text = self._text(kept)
        self.needed = {(self.model.__name__, "id"): "the id"}
        wires = {field.wire: name for name, field in self.model._fields.items()}
        self.needed |= {(self.model.__name__, wires[wire]): "the id" for wire in self.model._identity}
        for inside in self._inside:
            self.needed[self.model.__name__, inside.relation.name] = "include"
            self.needed |= inside.selection.needed

    def leaving(self, without: Names) -> Selection:
        """The same selection with other fields left out."""
        smaller = Selection(self.model, self.includes, without)
        smaller.needed = {**self.needed, **smaller.needed}
        return smaller

    def needs(self, fields: Iterable[Field[Any]], what: str) -> None:
        """Notes that the query needs these fields, for a condition or its order."""
        self.needed |= {(self.model.__name__, field.name): f"{what} on {field.name}" for field in fields}

    def _relations(self) -> Iterator[_Inside]:
        for name in dict.fromkeys(chain[0] for chain in self.includes):
            relation = self.model._relations[name]
            how = nests(relation)
            inner = tuple(chain[1:] for chain in self.includes if chain[0] == name and chain[1:])
            if how:
                selection = Selection(relation.target, inner, self.without)
                yield _Inside(relation, selection, how == "connection")

    def _text(self, kept: Iterable[str]) -> str:
        parts = [_selected(field) for field in self._fields if _outer(field) not in kept]
        for relation, selection, pages in self._inside:
            if pages:
                size = NESTED_PAGE if self._can_go_on(relation) else _MOST
                nodes = f"nodes {{ {selection.text} }} {PAGE_INFO}"
                parts.append(f"{relation.key}(first: {size}) {{ {nodes} }}")
            else:
                parts.append(f"{relation.key} {{ {selection.text} }}")
        return " ".join(parts)

    @staticmethod
    def _can_go_on(relation: Relation[Any]) -> bool:
        """Whether the children of one row can be listed on their own, when a nested page does not hold them all."""
        return relation.by in relation.target._fields

    def adapt(self, rows: Iterable[Row]) -> None:
        """Makes the rows of an answer canonical, in place."""
        flat, inside, identity = self._flat, self._inside, self.model._identity
        for row in rows:
            for wire, key, keep in flat:
                if key in row:
                    other = row[key] if keep else row.pop(key)
                    row[wire] = None if other is None else other.get("id")
            if identity and all(name in row for name in identity):
                row["id"] = "/".join(str(row[name]) for name in identity)
            for related in inside:
                self._adapt_related(row, related)

    def _adapt_related(self, row: Row, related: _Inside) -> None:
        relation, selection, pages = related
        value: Any = row.get(relation.key)
        if value is None:
            if pages:
                row.pop(relation.key, None)  # null is not "none": the session lists them for this row
            return
        if pages:
            if shapes.cursor(shapes.member(value, "pageInfo")) is not None:
                if not self._can_go_on(relation):
                    raise PagingError(
                        f"{self.model.__name__} {row.get('id')} has more than {_MOST:,} {relation.name}",
                        hint=f"list them alone: limit={{{self.model._type!r}: id}}",
                    )
                del row[relation.key]  # the session lists them for this row
                return
            row[relation.key] = value = shapes.records(shapes.member(value, "nodes"), nulls=True)
        selection.adapt(value if relation.many else [shapes.an_object(value, relation.key)])

    def asked(self, way: tuple[str, ...] = ()) -> Iterator[Asked]:
        """Every name that a document selects, with the field or relation for which it is asked. way: the names from
        the row down to these."""
        kind, model = _type_name(self.model), self.model.__name__
        for field in self._fields:
            if not any(_outer(field) == inside.relation.key for inside in self._inside):
                types = _inner_types(self.model, field)
                for types_name, names in _parsed(_selected(field), kind, types):
                    yield Asked(types_name, names[-1], (*way, *names), (model, field.name))
        for relation, selection, pages in self._inside:
            place = (*way, relation.key)
            yield Asked(kind, relation.key, place, (model, relation.name))
            yield from selection.asked((*place, "nodes") if pages else place)


def _inner_types(model: type[Entity], field: Field[Any]) -> dict[tuple[str, ...], str]:
    """GraphQL's types of what is nested in a field, by the names down to it."""
    outer = _outer(field)
    for relation in model._relations.values():
        if outer and relation.by == field.name and not relation.many:
            return {(outer,): _type_name(relation.target)}
    item = field.item if isinstance(field, ListOf) else field
    return dict(_struct_types(item.struct, (field.wire,))) if isinstance(item, NestedValue) else {}


def _struct_types(struct: type[Struct], way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    yield way, TYPE_NAMES.get(struct.__name__, "")
    for inner in struct._fields.values():
        if isinstance(inner, NestedValue):
            yield from _struct_types(inner.struct, (*way, inner.wire))


def _parsed(text: str, kind: str, types: Mapping[tuple[str, ...], str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names of a selection, ``"currency { id name }"``, each with its way and the type that has it."""
    way: list[str] = []
    last = ""
    for word in text.replace("{", " { ").replace("}", " } ").split():
        if word == "{":
            way.append(last)
        elif word == "}":
            way.pop()
        else:
            last = word
            yield types.get(tuple(way), "") if way else kind, (*way, word)


def _type_name(model: type[Entity]) -> str:
    return TYPE_NAMES.get(model.__name__, model.__name__)


@lru_cache(maxsize=1024)
def _outer(field: Field[Any]) -> str:
    """The key under which GraphQL nests an id; empty for any other field."""
    text = cast("Mapped", field).graphql
    key = text.partition(" ")[0]
    return key if text.endswith("{ id }") and key != field.wire else ""


@lru_cache(maxsize=1024)
def _selected(field: Field[Any]) -> str:
    """What a document selects for a field."""
    return cast("Mapped", field).graphql


@lru_cache(maxsize=256)
def _graphql_fields(model: type[TTDEntity]) -> tuple[tuple[str, Field[Any]], ...]:
    """The fields of a class that a document can select, with their Python names."""
    return tuple((n, f) for n, f in model._fields.items() if isinstance(f, Mapped) and f.graphql)
