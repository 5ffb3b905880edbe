"""The currency and the time zone of a record, read off what is loaded already: nothing is sent to find them out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .state import EntityState

if TYPE_CHECKING:
    from .entity import Entity
    from .relations import Relation

__all__ = ["currency_of", "zone_of"]


def currency_of(entity: Entity) -> str | None:
    """The ISO 4217 code of the amounts of a record; None where neither it nor a related record that is loaded says.

    Where to look is declared by the class: fields of the record (``"currency_code"``) or, with dots, of
    related ones (``"campaign.currency_code"``), see `Model.currency_paths`.
    """
    return _first_loaded(entity, entity.__model__.currency_paths)


def zone_of(entity: Entity) -> str | None:
    """The name of the time zone that a record runs in; None where neither it nor a related record that is loaded says.

    Where to look is declared by the class, as for currencies: see `Model.zone_paths`.
    """
    return _first_loaded(entity, entity.__model__.zone_paths)


def _first_loaded(entity: Entity, paths: Iterable[str]) -> str | None:
    """The first value that is loaded at one of these paths."""
    for path in paths:
        *relations, name = path.split(".")
        record = _follow(entity, relations)
        if record is not None:
            found = _loaded_text(record, name)
            if found is not None:
                return found
    return None


def _follow(entity: Entity, relations: list[str]) -> Entity | None:
    """The record at the end of a chain of relations to one; None where a part of the way is not loaded."""
    record: Entity | None = entity
    for name in relations:
        if record is None:
            return None
        record = _if_loaded(record, name)
    return record


def _loaded_text(record: Entity, name: str) -> str | None:
    """The value of a field as text, where it is loaded."""
    field = record.__model__.fields.get(name)
    if field is None or field.wire not in EntityState(record).values:
        return None
    value = getattr(record, name)
    if value is None:
        return None
    # A currency that is a record of its own has its code as id.
    return str(getattr(value, "id", value))


def _if_loaded(entity: Entity, name: str) -> Entity | None:
    """The other side of a relation where it is there already."""
    state, relation = EntityState(entity), entity.__model__.relations.get(name)
    remembered = state.cache()
    if relation is None or _is_edited(state, relation):
        related: Entity | None = remembered.get(name)
        return related
    # Only then: touching any other relation would send a request, in the middle of a rounding.
    if name in remembered or relation.key in state.row or relation.key in state.peers.loaded:
        try:
            found: Entity | None = getattr(entity, name)
        except LookupError:
            return None
        return found
    return None


def _is_edited(state: EntityState, relation: Relation[Any]) -> bool:
    """Whether the field with the id of the other side was set: what is loaded may be another record then."""
    return relation.own_field and relation.by in state.model.fields and state.is_edited(relation.by)
