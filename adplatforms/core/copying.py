"""The values that a copy of a record takes over: what `Entity.as_new` sets on the new record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from .errors import UnknownNameError, did_you_mean
from .state import EntityState

if TYPE_CHECKING:
    from .entity import Entity

__all__ = ["copyable_values", "fields_to_leave_out", "lacking_fields", "values_to_copy"]


def fields_to_leave_out(entity_class: type[Entity], without: str | Iterable[str]) -> list[str]:
    """The names of fields that a copy is made without. Raises `UnknownNameError` for what is not a field."""
    names = [without] if isinstance(without, str) else list(without)
    fields = entity_class.__model__.fields
    for name in names:
        if name not in fields:
            raise UnknownNameError(f"{entity_class.__name__} has no field {name!r}", hint=did_you_mean(name, fields))
    return names


def values_to_copy(entity: Entity, left_out: Collection[str]) -> dict[str, Any]:
    """The typed values that a copy of a record takes over, by Python name: those it came with and those set since.

    A record that a list brought with few of its fields is read again first, with all of them: one call. Raises
    `DetachedError` where that needs a session and the record has none. left_out: names of fields to leave out.
    """
    state, source = EntityState(entity), entity
    if not state.is_new and not state.complete and lacking_fields(entity, left_out):
        session = state.require_session("read the rest of it from, for a copy")
        source = session.one(state.listing(session), state.id)
    values = copyable_values(source, left_out)
    fields = entity.__model__.fields
    for name, value in state.pending().items():
        # What was read again does not have the unsaved changes: they win over it.
        if fields[name].copied and name not in left_out:
            values[name] = value
    return values


def lacking_fields(entity: Entity, left_out: Collection[str]) -> list[str]:
    """The fields that a copy should have and this record came without."""
    loaded, lacking = EntityState(entity).values, []
    for name, field in entity.__model__.fields.items():
        # A field that is never shown, such as a password, would be lacking after any number of reads.
        is_readable = field.copied and not field.write_only
        if is_readable and name not in left_out and field.wire not in loaded:
            lacking.append(name)
    return lacking


def copyable_values(entity: Entity, left_out: Collection[str]) -> dict[str, Any]:
    """The values of a record, as far as it has them, that a copy can be given: those of read-only fields are not."""
    loaded = EntityState(entity).values
    return {
        name: field.masked(getattr(entity, name))
        for name, field in entity.__model__.fields.items()
        if field.copied and name not in left_out and field.wire in loaded
    }
