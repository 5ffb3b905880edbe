"""What an entity is after a save: the platform's answer, completed by what is known anyway."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .reference import ReferenceRow
from .relations import Peers, Relation, Row
from .state import EntityState

if TYPE_CHECKING:
    from .entity import Entity

__all__ = ["settle"]


def settle(entity: Entity, row: Row | None, sent: Mapping[str, Any]) -> None:
    """Takes over the outcome of a save: the answer replaces the row.

    row: the answer, None for a bare success. sent: the typed values that were sent, by Python name. Where the answer
    does not have all fields, or there is none, they count as what the platform has now. Whatever was set while the
    save was under way stays pending.
    """
    state, model = EntityState(entity), entity.__model__
    before, peers, answered = state.row, state.peers, dict(row or {})
    # The direct read, for each save pays for a view of it. Of the entity's own class: it does not become another one.
    lacks_fields = row is None or not model.make(row, peers)._is_complete()
    if lacks_fields:
        answered = {**before, **state.edits(sent), **answered}
        answered = {wire: value for wire, value in answered.items() if wire not in model.write_only_names}
    moved = [parent for parent in model.parents if before.get(parent.by_wire) != answered.get(parent.by_wire)]
    if moved or before.get("id") is None:
        # What was loaded for the page that it came with belongs to the parents that it had.
        peers = Peers(peers.session, [answered])
    settled = {**_related_rows(entity, before, moved), **answered}
    if lacks_fields and isinstance(before, ReferenceRow):
        # What a reference lacked has not been loaded by now either: in a plain dict it could read as null.
        settled = ReferenceRow(settled)
    state.renew(settled, state.pending(aside=sent), peers)


def _related_rows(entity: Entity, row: Row, moved: Sequence[Relation[Any]]) -> Row:
    """The rows of related records that came along with a row, but not of the parents that it had before a save gave it
    others. Answers to saves rarely bring them, so they would have to be loaded again."""
    declared = entity.__model__.wire_names
    related = {wire: value for wire, value in row.items() if isinstance(value, (dict, list)) and wire not in declared}
    for parent in moved:
        related.pop(parent.key, None)
    return related
