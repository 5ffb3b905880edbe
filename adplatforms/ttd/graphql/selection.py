"""What a GraphQL document selects of an entity class, and how the answer's rows become canonical ones.

Only declared fields are asked for. A parent's id is nested in GraphQL, ``advertiser { id }``, and flat in the canonical
row, ``advertiserId``. Included relations are selected within the same document: one entity as it is, many as the first
page of a connection.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, cast

from adplatforms.core.entity import Entity
from adplatforms.core.errors import PagingError
from adplatforms.core.field import Field
from adplatforms.core.nested import Nested as NestedValue
from adplatforms.core.nested import Struct
from adplatforms.core.relations import Relation

from .. import shapes
from ..known import CONNECTIONS, PLAIN_LISTS, TYPE_NAMES
from ..mapped import ListOf, Mapped
from ..model import TTDModel, model_of
from .documents import Node
from .refused import Asked, Names

__all__ = ["NESTED_PAGE", "PAGE_INFO", "Selection", "nests"]

NESTED_PAGE = 100
"""Children that an included connection brings for each row; where there are more, they are read for that row again."""
PAGE_INFO = Node("pageInfo", (Node("hasNextPage"), Node("endCursor")))
_MAX_PAGE = 1000
"""The longest page of a connection [D]."""

Row = dict[str, Any]
Chains = tuple[tuple[str, ...], ...]


class _NestedId(NamedTuple):
    """An id that GraphQL nests: its key in the canonical row, and the object that holds it.

    `keep`: whether the object stays in the row, because the relation to it is included.
    """

    wire: str
    key: str
    keep: bool


class _Included(NamedTuple):
    """An included relation and what is selected of it. `pages`: whether it comes as a connection."""

    relation: Relation[Any]
    selection: Selection
    pages: bool


def nests(relation: Relation[Any]) -> str:
    """How a document can nest a relation.

    "one": an object. "list": a list that comes complete. "connection": a list with pages. "": GraphQL does not have it.
    """
    owner, key = relation.owner.__name__, relation.key
    if relation.many:
        if key in CONNECTIONS.get(owner, ()):
            return "connection"
        return "list" if key in PLAIN_LISTS.get(owner, ()) else ""
    field = relation.owner.__model__.fields.get(relation.by)
    # Without a field for its id the object is known to GraphQL alone: ``currentFlight``.
    has_object = not relation.by or (isinstance(field, Mapped) and bool(field.graphql))
    return "one" if has_object else ""


class Selection:
    """The fields and included relations of a class, as the fragment of a document.

    includes: chains of relations by Python name, as `Query.include` takes them. without: fields that are left out.

    `nodes` and `text` are what stands in the document. `needed` has the fields and relations without which the rows are
    of no use, with what needs each: ids, what is included, and what the query says.
    """

    def __init__(self, model: type[Entity], includes: Chains = (), without: Names = frozenset()) -> None:
        self.model, self.includes, self.without = model, includes, without
        self._declared = model_of(model)
        self._included = list(self._relations())
        included_keys: set[str | None] = {each.relation.key for each in self._included}
        selectable = _graphql_fields(self._declared)
        self._fields = [field for name, field in selectable if (model.__name__, name) not in without]
        self._nested_ids = [
            _NestedId(f.wire, key, key in included_keys) for f in self._fields if (key := _object_of_id(f)) is not None
        ]
        self.nodes: tuple[Node, ...] = self._all_nodes(included_keys)
        self.text = " ".join([node.text for node in self.nodes])
        self.needed = {(model.__name__, name): "the id" for name in _names_of_id(self._declared)}
        for each in self._included:
            self.needed[model.__name__, each.relation.name] = "include"
            self.needed |= each.selection.needed

    def leaving(self, without: Names) -> Selection:
        """The same selection with other fields left out."""
        # What the query noted as needed stays: a smaller document needs it all the same.
        smaller = Selection(self.model, self.includes, without)
        smaller.needed = {**self.needed, **smaller.needed}
        return smaller

    def needs(self, fields: Iterable[Field[Any]], what: str) -> None:
        """Notes that the query needs these fields, for a condition or its order."""
        self.needed |= {(self.model.__name__, field.name): f"{what} on {field.name}" for field in fields}

    def _relations(self) -> Iterator[_Included]:
        """What is selected of each included relation that a document can nest."""
        for name in dict.fromkeys(chain[0] for chain in self.includes):
            relation = self._declared.relations[name]
            how = nests(relation)
            # Without a way to nest it the session loads the relation afterwards, by ids.
            if how:
                inner = tuple(chain[1:] for chain in self.includes if chain[0] == name and chain[1:])
                selection = Selection(relation.target, inner, self.without)
                yield _Included(relation, selection, how == "connection")

    def _all_nodes(self, included_keys: Collection[str | None]) -> tuple[Node, ...]:
        # An id whose object is included is selected with that object: GraphQL refuses a field that is asked for twice
        # with different selections.
        own = [_node_of(field) for field in self._fields if _object_of_id(field) not in included_keys]
        return (*own, *map(self._included_node, self._included))

    def _included_node(self, included: _Included) -> Node:
        relation, selection, pages = included
        if not pages:
            return Node(relation.key, selection.nodes)
        # What cannot be read on later has to come at once.
        size = NESTED_PAGE if _can_go_on(relation) else _MAX_PAGE
        return Node(relation.key, (Node("nodes", selection.nodes), PAGE_INFO), {"first": size})

    def adapt(self, rows: Iterable[Row]) -> None:
        """Makes the rows of an answer canonical, in place."""
        nested_ids, included, declared = self._nested_ids, self._included, self._declared
        has_parts = bool(declared.identity)
        for row in rows:
            for wire, key, keep in nested_ids:
                if key in row:
                    holder = row[key] if keep else row.pop(key)
                    row[wire] = holder.get("id") if holder is not None else None
            if has_parts:
                declared.identify(row)
            for each in included:
                self._adapt_included(row, each)

    def _adapt_included(self, row: Row, included: _Included) -> None:
        relation, selection, pages = included
        value: Any = row.get(relation.key)
        if pages:
            self._adapt_connection(row, included)
        elif value is not None:
            if not relation.many:
                value = [shapes.an_object(value, relation.key)]
            selection.adapt(value)

    def _adapt_connection(self, row: Row, included: _Included) -> None:
        """Children that came with a row; where they are not all there, the session lists them for this row."""
        relation, selection, _ = included
        value: Any = row.get(relation.key)
        if value is None:
            row.pop(relation.key, None)  # null does not mean that there are none: it may be a missing permission
            return
        if shapes.cursor(shapes.member(value, "pageInfo")) is None:
            row[relation.key] = children = shapes.records(shapes.member(value, "nodes"), nulls=True)
            selection.adapt(children)
        elif _can_go_on(relation):
            del row[relation.key]
        else:
            raise PagingError(
                f"{self.model.__name__} {row.get('id')} has more than {_MAX_PAGE:,} {relation.name}",
                hint=f"list them alone: limit={{{self._declared.type!r}: id}}",
            )

    def asked(self, above: tuple[str, ...] = ()) -> Iterator[Asked]:
        """Every name that a document selects, with the field or relation for which it is asked.

        above: the names from the row down to these.
        """
        kind, model = _type_name(self.model), self.model.__name__
        included_keys = {each.relation.key for each in self._included}
        for field in self._fields:
            if _object_of_id(field) in included_keys:
                continue
            types = {(): kind, **_inner_types(self.model, field)}
            for path in _node_of(field).paths():
                owner_type = types.get(path[:-1], "")
                yield Asked(owner_type, path[-1], (*above, *path), (model, field.name))
        for relation, selection, pages in self._included:
            path = (*above, relation.key)
            yield Asked(kind, relation.key, path, (model, relation.name))
            if pages:
                path = (*path, "nodes")
            yield from selection.asked(path)


def _can_go_on(relation: Relation[Any]) -> bool:
    """Whether the children of one row can be listed on their own, when a nested page does not hold them all."""
    return relation.by in relation.target.__model__.fields


def _inner_types(model: type[Entity], field: Field[Any]) -> Mapping[tuple[str, ...], str]:
    """GraphQL's types of what is nested in a field, by the names down to it."""
    outer = _object_of_id(field)
    for relation in model.__model__.relations.values():
        if outer is not None and relation.by == field.name and not relation.many:
            return {(outer,): _type_name(relation.target)}
    item = field.item if isinstance(field, ListOf) else field
    if isinstance(item, NestedValue):
        return dict(_struct_types(item.struct, (field.wire,)))
    return {}


def _struct_types(struct: type[Struct], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    yield above, TYPE_NAMES.get(struct.__name__, "")
    for inner in struct.__model__.fields.values():
        if isinstance(inner, NestedValue):
            yield from _struct_types(inner.struct, (*above, inner.wire))


def _type_name(model: type[Entity]) -> str:
    return TYPE_NAMES.get(model.__name__, model.__name__)


# Those below are asked for every document: working them out for 60 fields each time cost more than the rest.


@lru_cache(maxsize=1024)
def _object_of_id(field: Field[Any]) -> str | None:
    """The object in which GraphQL nests an id; None for any other field."""
    outer, _, inner = cast("Mapped", field).graphql.partition(".")
    return outer if inner else None


@lru_cache(maxsize=1024)
def _node_of(field: Field[Any]) -> Node:
    """What a document selects for a field."""
    return cast("Mapped", field).node


@lru_cache(maxsize=256)
def _graphql_fields(model: TTDModel) -> tuple[tuple[str, Field[Any]], ...]:
    """The fields of a class that a document can select, with their Python names."""
    return tuple((name, f) for name, f in model.fields.items() if isinstance(f, Mapped) and f.graphql)


@lru_cache(maxsize=256)
def _names_of_id(model: TTDModel) -> tuple[str, ...]:
    """The Python names of the id and of the fields that it is made of."""
    parts = (name for name, field in model.fields.items() if field.wire in model.identity)
    return ("id", *parts)
