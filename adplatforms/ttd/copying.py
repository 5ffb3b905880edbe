"""What a copy of a record takes along: from the surface that was read, and from the other one what that one lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from adplatforms.core.copying import copyable_values
from adplatforms.core.errors import ClientError, NotFoundError
from adplatforms.core.state import EntityState

if TYPE_CHECKING:
    from .base import TTDEntity
    from .session import TTD

__all__ = ["copied", "read_by", "shows"]

_PURPOSE = "read the rest of it from, for a copy"
_EITHER = {"budget", "initial_flights"}
"""Fields of which a new campaign takes one or the other."""


def copied(entity: TTDEntity, lacking: list[str], left_out: set[str]) -> dict[str, Any]:
    """The values that a copy of an existing record takes over, by Python name.

    lacking: the fields that it should have and that the record came without. left_out: those that it is made without.

    Raises a `ClientError` that names the fields that a copy should have and no surface shows.
    """
    values = copyable_values(entity, left_out)
    seen: list[TTDEntity] = [entity]
    # REST first: it shows more of what a create takes.
    for surface in ("rest", "graphql"):
        if any(shows(entity, name, surface) for name in lacking):
            other = read_by(entity, surface)
            seen.append(other)
            # What is unsaved here wins over what is read: it is in `values` already.
            values = {**copyable_values(other, left_out), **values}
            lacking = [name for name in lacking if name not in values]
    unread = [name for name in lacking if not any(_is_shown_empty(name, other) for other in seen)]
    if _EITHER & left_out:
        unread = [name for name in unread if name not in _EITHER]
    if unread:
        raise ClientError(
            f"{EntityState(entity).label} cannot be copied completely: nothing shows its {', '.join(unread)}",
            hint=f"give them values, as_new({unread[0]}=...), or leave them out: as_new(without={unread!r})",
        )
    return values


def shows(entity: TTDEntity, name: str, surface: str) -> bool:
    """Whether a surface shows a field of a record that is read by its id."""
    field = entity.__model__.mapped(name)
    dialect = _session(entity).dialect
    if surface == "rest":
        return bool(field.rest) and dialect.reads_one_by_rest(type(entity))
    # A field that the server refused would be missing in what is read, too.
    refused = (type(entity).__name__, name) in dialect.dropped
    return bool(field.graphql) and not refused and not dialect.reads_rest_only(type(entity))


def read_by(entity: TTDEntity, surface: str) -> TTDEntity:
    """The record as a surface shows it."""
    session = _session(entity)
    direct = "-direct" if session.route.endswith("-direct") else ""
    other = session.using(route=surface + direct)
    try:
        return other.one(other.query(type(entity)), EntityState(entity).id)
    except NotFoundError as error:
        error.hint = "nothing can be copied of what is not there"
        raise


def _session(entity: TTDEntity) -> TTD:
    return cast("TTD", EntityState(entity).require_session(_PURPOSE))


def _is_shown_empty(name: str, entity: TTDEntity) -> bool:
    """Whether a record of REST shows, in a form of its own, that there is nothing in a field."""
    path = entity.__model__.shown_by_rest.get(name)
    if path is None:
        return False
    value: Any = EntityState(entity).row
    for step in path.split("."):
        if value is None:
            return True
        if not isinstance(value, dict) or step not in value:
            return False
        value = value[step]
    return value is None or value == []
