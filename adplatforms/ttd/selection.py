"""What a GraphQL document selects of an entity class, and how the answer's rows become canonical ones.

Only declared fields are asked for. A parent's id is nested in GraphQL, ``advertiser { id }``, and flat in the canonical
row, ``advertiserId``. Included relations are selected within the same document: one entity as it is, many as the first
page of a connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple, cast

from adplatforms.core.entity import Entity
from adplatforms.core.errors import PagingError
from adplatforms.core.field import Field
from adplatforms.core.relations import Relation

from .base import TTDEntity
from .known import CONNECTIONS, PLAIN_LISTS, TYPE_NAMES
from .mapped import Mapped

__all__ = ["NESTED_PAGE", "PAGE_INFO", "Selection", "nests"]

NESTED_PAGE = 100
"""Children that an included connection brings for each row; where there are more, they are read for that row again."""
PAGE_INFO = "pageInfo { hasNextPage endCursor }"
_MOST = 1000
"""The longest page of a connection [D]."""

Row = dict[str, Any]
Chains = tuple[tuple[str, ...], ...]
Names = frozenset[tuple[str, str]]


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
    """The fields and included relations of a class. `without`: fields left out, by class and Python name."""

    def __init__(self, model: type[Entity], includes: Chains = (), without: Names = frozenset()) -> None:
        self.model, self.includes, self.without = cast("type[TTDEntity]", model), includes, without
        self._inside = list(self._relations())
        kept = {inside.relation.key for inside in self._inside}
        self._fields = [
            field for name, field in self.model._graphql_fields().items() if (self.model.__name__, name) not in without
        ]
        self._flat = [_Flat(f.wire, key, key in kept) for f in self._fields if (key := _outer(f))]
        self.text = self._text(kept)

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
            return
        if pages:
            if (value.get("pageInfo") or {}).get("hasNextPage"):
                if not self._can_go_on(relation):
                    raise PagingError(
                        f"{self.model.__name__} {row.get('id')} has more than {_MOST:,} {relation.name}",
                        hint=f"list them alone: limit={{{self.model._type!r}: id}}",
                    )
                del row[relation.key]  # the session lists them for this row
                return
            value = [node for node in value.get("nodes") or () if node is not None]
            row[relation.key] = value
        rows: list[Row] = value if relation.many else [value]
        selection.adapt(rows)

    def named(self, words: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The selected fields that GraphQL knows under one of these names, or that hold one: class and Python name of
        each. Where the words name types too, only fields of these."""
        wanted = set(words)
        all_of = list(self._all())
        typed = [each for each in all_of if _type_name(each.model) in wanted]
        for selection in typed or all_of:
            names = {
                field.name: _selected(field).replace("{", "").replace("}", "").split() for field in selection._fields
            }
            found = [name for name, tokens in names.items() if tokens[0] in wanted]
            found = found or [name for name, tokens in names.items() if wanted & set(tokens[1:])]
            yield from ((selection.model.__name__, name) for name in found)

    def _all(self) -> Iterator[Selection]:
        yield self
        for inside in self._inside:
            yield from inside.selection._all()


def _type_name(model: type[Entity]) -> str:
    return TYPE_NAMES.get(model.__name__, model.__name__)


@lru_cache(maxsize=1024)
def _outer(field: Field[Any]) -> str:
    """The key under which GraphQL nests an id; empty for any other field."""
    text = cast("Mapped", field).graphql
    key = text.partition(" ")[0]
    return key if text.endswith("{ id }") and key != field.wire else ""


def _selected(field: Field[Any]) -> str:
    return cast("Mapped", field).graphql
