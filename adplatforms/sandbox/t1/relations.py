"""`with` and `full`: which related rows come along, and which records are shown with all their fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from adplatforms.sandbox.store import Row, Store
from adplatforms.sandbox.t1.errors import invalid
from adplatforms.sandbox.t1.query import LONGEST_CHAIN
from adplatforms.sandbox.t1.schema import Relation, Resource
from adplatforms.sandbox.t1.tables import REGISTRY

Includes = dict[str, "Includes"]
"""Relation names, each with the ones to follow from there."""


@dataclass
class Node:
    """A row and the related rows that were asked for: a list for relations to many.

    `is_bare` rows are shown by id and type alone, and those under one that `hides_rel` do not say which
    relation led to them: so the deals of a strategy are recorded.
    """

    resource: Resource
    row: Row
    related: dict[str, list[Node]] = field(default_factory=dict)
    is_bare: bool = False
    hides_rel: bool = False


@dataclass(frozen=True)
class Fullness:
    """Which types are shown with all fields; the others are limited to id, name and type."""

    everything: bool = False
    types: frozenset[str] = frozenset()

    def __contains__(self, type: str) -> bool:
        return self.everything or type in self.types


def read_with(resource: Resource, given: Sequence[str]) -> Includes:
    """The tree of relations that `with` parameters ask for.

    Each parameter is one relation, or a chain with commas that walks on from there
    (`with=advertiser,agency&with=strategies`).

    Raises:
        Refusal: invalid, on with, for a relation the type does not have, or a chain of more than 6.
    """
    tree: Includes = {}
    for chain in given:
        branch, at = tree, resource
        names = [name for name in chain.split(",") if name]
        if len(names) > LONGEST_CHAIN:
            raise invalid("with", f"A chain of more than {LONGEST_CHAIN} relations")
        for name in names:
            # A script of T1's issues (#179) names the one of a link by its collection.
            name = "retired_audience_segment" if name == "retired_audience_segments" else name
            relation = at.relations.get(name)
            if relation is None:
                raise invalid("with", f"{at.type} has no relation {name!r}")
            branch, at = branch.setdefault(name, {}), REGISTRY.by_type[relation.target]
    return tree


def read_full(given: Sequence[str]) -> Fullness:
    """The types that `full` asks for: `*`, or entity types with commas between.

    Raises:
        Refusal: invalid, on full, for something that is no entity type.
    """
    types = {name for text in given for name in text.split(",") if name}
    unknown = types - {"*"} - set(REGISTRY.by_type)
    if unknown:
        raise invalid("full", f"Unknown entity type: {', '.join(map(repr, sorted(unknown)))}")
    return Fullness("*" in types, frozenset(types))


def load(store: Store, resource: Resource, rows: Sequence[Row], includes: Includes) -> list[Node]:
    """Rows with their related rows, one statement for each relation of each level."""
    nodes = [Node(resource, row) for row in rows]
    for name, further in includes.items():
        relation = resource.relations[name]
        found = _targets(store, relation, nodes)
        flat = [row for targets in found for row in targets]
        unique = {id(row): row for row in flat}
        loaded = load(store, REGISTRY.by_type[relation.target], list(unique.values()), further)
        by_row = dict(zip(unique, loaded, strict=True))
        for node, targets in zip(nodes, found, strict=True):
            node.related[name] = [by_row[id(row)] for row in targets]
    return nodes


def _targets(store: Store, relation: Relation, nodes: Sequence[Node]) -> list[list[Row]]:
    """For each node the rows its relation leads to."""
    target = REGISTRY.by_type[relation.target]
    ids = [node.row["id"] for node in nodes]
    if relation.through:
        links = store.rows_where_in(REGISTRY.by_type[relation.through].table, relation.column, ids)
        far = store.rows_where_in(target.table, "id", [link[relation.far_column] for link in links])
        by_id = {row["id"]: row for row in far}
        reached: dict[object, dict[object, Row]] = {}
        for link in links:
            id = link[relation.far_column]
            reached.setdefault(link[relation.column], {})[id] = by_id[id]
        return [list(reached.get(id, {}).values()) for id in ids]
    if relation.many:
        grouped: dict[object, list[Row]] = {}
        for row in store.rows_where_in(target.table, relation.column, ids):
            if not relation.only or row[relation.only]:
                grouped.setdefault(row[relation.column], []).append(row)
        return [grouped.get(id, []) for id in ids]
    keys = [node.row[relation.column] for node in nodes]
    wanted = [key for key in keys if key is not None]
    by_key = {row[relation.key]: row for row in store.rows_where_in(target.table, relation.key, wanted)}
    return [[by_key[key]] if key in by_key else [] for key in keys]
