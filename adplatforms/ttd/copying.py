"""What a copy of a record takes along: from the surface that was read, and from the others what that one lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, NotFoundError

if TYPE_CHECKING:
    from .base import TTDEntity

__all__ = ["copied"]


def copied(entity: TTDEntity, aside: set[str]) -> dict[str, Any]:
    """The values that a copy of an existing record takes along, by Python name. aside: fields that it does not take.

    Raises a `ClientError` that names the fields that a copy should have and no surface shows.
    """
    values = entity._taken(entity, aside)
    lacking = entity._lacking(aside)
    seen: list[Entity] = [entity]
    for route in ("rest", "graphql"):
        wanted = [name for name in lacking if _reads(entity, name, route)]
        if wanted:
            other = _read(entity, route)
            seen.append(other)
            # What is unsaved here wins over what is read: it is in `values` already.
            values = {**entity._taken(other, aside), **values}
            lacking = [name for name in lacking if name not in values]
    unread = [name for name in lacking if not any(_is_empty(name, other) for other in seen)]
    if {"budget", "initial_flights"} & aside:  # a new campaign has one or the other
        unread = [name for name in unread if name not in ("budget", "initial_flights")]
    if unread:
        named = ", ".join(unread)
        raise ClientError(
            f"{entity._label()} cannot be copied whole: nothing shows its {named}",
            hint=f"give them values, as_new({unread[0]}=...), or leave them out: as_new(without={unread!r})",
        )
    return values


def _reads(entity: TTDEntity, name: str, route: str) -> bool:
    """Whether a surface shows a field of a record that is read by its id."""
    field: Any = entity._fields[name]
    dialect: Any = entity._attached("read the rest of it from, for a copy").dialect
    if route == "rest":
        return bool(field.rest) and dialect.reads_one_by_rest(type(entity))
    refused = (type(entity).__name__, name) in dialect.dropped
    return bool(field.graphql) and not refused and not dialect.reads_rest_only(type(entity))


def _read(entity: TTDEntity, route: str) -> Entity:
    """The record as the other surface shows it."""
    session: Any = entity._attached("read the rest of it from, for a copy")
    direct = "-direct" if session.route.endswith("-direct") else ""
    other = session.using(route=route + direct)
    try:
        found: Entity = other.one(other.query(type(entity)), entity._raw["id"])
    except NotFoundError as error:
        error.hint = "nothing can be copied of what is not there"
        raise
    return found


def _is_empty(name: str, other: Any) -> bool:
    """Whether a record of REST shows, in a form of its own, that there is nothing of a field."""
    path = other._shown_by_rest.get(name)
    if path is None:
        return False
    value: Any = other._raw
    for step in path.split("."):
        if value is None:
            return True
        if not isinstance(value, dict) or step not in value:
            return False
        value = value[step]
    return value is None or value == []
