"""Loading what is related to many rows at once: one listing for a page, instead of a call for each of its entities.

There are three ways, and the declarations and the platform decide which one is taken: by the ids that the rows have
(`_by_id`), by the field with which the other side points back (`_by_parent`), or by reading the rows once more with
the relation included (`_by_including`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from .errors import ClientError
from .paging import drive
from .query import Query
from .reference import ReferenceRow, not_there
from .relations import Peers, Relation, Row, index_key
from .state import EntityState

if TYPE_CHECKING:
    from .entity import Entity
    from .field import Field
    from .listing import Listing

__all__ = ["load_related", "preload"]

Related = tuple[dict[str, Any], Peers]
"""What each row has, by its `index_key`: a row, a list of rows or None; and the peers of all that was loaded."""


def load_related(session: Listing, entity_class: type[Entity], relation: Relation[Any], rows: list[Row]) -> Related:
    """A relation of a class, for many of its rows at once."""
    rows = [row for row in rows if relation.key not in row]
    platform_includes = session.dialect.capabilities.include
    field = _linking_field(entity_class, relation)
    if field is not None and not relation.many:
        if not platform_includes:
            rows = _with_field(session, entity_class, relation, field, rows)
        if not platform_includes or all(field.wire in row for row in rows):
            return _by_id(session, relation, field, rows)
    if field is not None and relation.many and not platform_includes:
        return _by_parent(session, relation, field, rows)
    return _by_including(session, entity_class, relation, rows)


def preload(
    session: Listing, entity_class: type[Entity], peers: Peers, rows: list[Row], chains: Iterable[tuple[str, ...]]
) -> None:
    """Loads what was to be included and did not come along, for these rows of the peers together.

    chains: names of relations, each continued by relations of what it leads to.
    """
    for name, *rest in chains:
        relation = entity_class.__model__.relations[name]
        missing = [row for row in rows if relation.key not in row]
        if missing and relation.key not in peers.loaded:
            peers.loaded[relation.key] = relation.load(session, entity_class, missing)
        if not rest:
            continue
        came_along = peers.nested(relation.key)
        _, loaded = peers.loaded.get(relation.key, ({}, None))
        for related in (came_along, loaded):
            if related is not None and related.rows:
                preload(session, relation.target, related, related.rows, [tuple(rest)])


def _linking_field(entity_class: type[Entity], relation: Relation[Any]) -> Field[Any] | None:
    """The field that links both sides: of this class where the other side is one record, of the other class where it
    is many. None where no listing can be limited by it."""
    target = relation.target
    if not target.collection:
        return None
    holder = target if relation.many else entity_class
    return holder.__model__.fields.get(relation.by)


def _by_id(session: Listing, relation: Relation[Any], field: Field[Any], rows: list[Row]) -> Related:
    """The other side of one, asked for by the ids that the rows have."""
    found = {str(row["id"]): row for row in _related_rows(session, relation, "id", field.wire, rows)}
    related = {index_key(row): found.get(str(row.get(field.wire))) for row in rows}
    return related, Peers(session, list(found.values()))


def _by_parent(session: Listing, relation: Relation[Any], field: Field[Any], rows: list[Row]) -> Related:
    """The other side of many, asked for by the field in which they name their parent."""
    groups: dict[str, list[Row]] = {index_key(row): [] for row in rows}
    for row in _related_rows(session, relation, relation.by, "id", rows):
        groups.setdefault(str(row.get(field.wire)), []).append(row)
    return dict(groups), Peers(session, [row for group in groups.values() for row in group])


def _by_including(session: Listing, entity_class: type[Entity], relation: Relation[Any], rows: list[Row]) -> Related:
    """The rows once more, with the relation included."""
    ids = [row["id"] for row in rows if row.get("id") is not None]
    query = session.query(entity_class).include(relation).full(relation.target.__model__.type)
    query = query.where(query.field("id").in_(ids))
    plan = query.plan()
    # the plain rows: entities of them would be looked at for what is to be included, and load it, and so on
    pages = drive(plan.pager(), session.page_fetcher(query, plan))
    again = [row for page in pages for row in page.rows]
    comes_along = session.dialect.capabilities.include or any(relation.key in row for row in again)
    if not comes_along:
        platform = session.registry.platform
        raise ClientError(f"{entity_class.__name__}.{relation.name} cannot be loaded from {platform}")
    related = {index_key(row): row.get(relation.key) for row in again}
    return related, Peers(session, again).nested(relation.key)


def _with_field(
    session: Listing, entity_class: type[Entity], relation: Relation[Any], field: Field[Any], rows: list[Row]
) -> list[Row]:
    """The rows; those that came without the field that links them are read again with all fields."""
    model = entity_class.__model__
    lacking = [row for row in rows if field.wire not in row and "id" in row]
    incomplete = [row["id"] for row in lacking if not EntityState(model.wrap(row, Peers(session, [row]))).complete]
    if not incomplete:
        return rows
    again = {index_key(row): row for row in _rows_of(session, session.query(entity_class).full(), "id", incomplete)}
    for row in rows:
        if isinstance(row, ReferenceRow) and index_key(row) not in again:  # nobody has seen it yet: it may not exist
            raise not_there(entity_class, row["id"])
    if not all(field.wire in row for row in again.values()):
        raise ClientError(
            f"{entity_class.__name__}.{relation.name} cannot be loaded: this way of reading leaves out {relation.by}"
        )
    return [again.get(index_key(row), row) for row in rows]


def _related_rows(session: Listing, relation: Relation[Any], field: str, key: str, rows: list[Row]) -> Iterator[Row]:
    """The target's rows whose field is what these rows have under a key, within the parents that the rows name: where
    a platform lists by parent, one listing for each of them."""
    scopes: dict[tuple[tuple[str, Any], ...], dict[Any, None]] = {}
    target = relation.target
    for row in rows:
        if row.get(key) not in (None, ""):
            scope = tuple(session.dialect.scope(target, row, relation).items())
            scopes.setdefault(scope, {})[row[key]] = None
    for scope, values in scopes.items():
        yield from _rows_of(session, session.query(target).full().within(dict(scope)), field, values)


def _rows_of(session: Listing, query: Query[Any], field: str, values: Iterable[Any]) -> Iterator[Row]:
    """The rows of a query whose field has one of these values."""
    wanted = query.where(query.field(field).in_(list(values)))
    for page in session.pages(wanted):
        for entity in page:
            yield EntityState(entity).row
