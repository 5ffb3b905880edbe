"""What a record needs before it is saved: an id where it came from the platform, those of its parents where it is new.

``group.campaign = campaign`` may name a campaign that is not saved yet, for ``save_all([campaign, group])``. The group
remembers it, and takes over its id when it is saved itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import ClientError
from .ids import is_entity
from .reference import NewRow
from .state import EntityState

if TYPE_CHECKING:
    from .entity import Entity
    from .relations import Relation

__all__ = ["check_has_id", "named", "parents_without_id", "take_ids_of_parents"]


def check_has_id(state: EntityState, purpose: str) -> None:
    """Raises a `ClientError` for a record that the platform sent without its id. purpose: "save", say."""
    if not state.is_new or isinstance(state.row, NewRow):
        return
    raise ClientError(
        f"this {state.model.label} came without its id: there is no telling which one to {purpose}",
        hint="read it with its id (full=True, or fields with id among them); as_new() makes a new one of it",
    )


def parents_without_id(entity: Entity) -> list[tuple[Relation[Any], Entity]]:
    """The parents that were given to a new record and whose ids it does not have yet, each with its relation."""
    state = EntityState(entity)
    values, remembered = state.values, state.cache()
    found = []
    for relation in state.model.parents:
        parent = remembered.get(relation.name)
        if parent is not None and is_entity(parent) and values.get(relation.by_wire) is None:
            found.append((relation, parent))
    return found


def take_ids_of_parents(entity: Entity) -> None:
    """Gives a new record the ids of parents that were saved since it was given them. Raises a `ClientError` for one
    that was not."""
    for relation, parent in parents_without_id(entity):
        if EntityState(parent).is_new:
            raise ClientError(
                f"{named(entity)} was not saved: its {relation.name}, {named(parent)}, is not saved",
                hint="save that first, or both together: save_all([...])",
            )
        setattr(entity, relation.name, parent)


def named(entity: Entity) -> str:
    """What messages call a record that has no id yet: "new campaign 'Spring'"."""
    state = EntityState(entity)
    name = state.values.get(state.model.display_field)
    if not state.is_new or name is None:
        return state.label
    return f"{state.label} {name!r}"
