"""A write whose answer was lost: look before repeating. What is found again counts as saved, what surely was not
applied is sent once more, and anything else stays an `AmbiguousWrite`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from .entity import Entity
from .errors import AdPlatformsError, AmbiguousWrite, ConnectError, NotFoundError, RequestTimeout

if TYPE_CHECKING:
    from .relations import Row
    from .session import Session

__all__ = ["gone", "look_up"]

_SKEW = timedelta(minutes=10)
"""How far the platform's clock may be off."""


def look_up(
    session: Any,
    entity: Entity,
    values: Mapping[str, Any],
    lost: AmbiguousWrite,
    since: datetime,
    again: Callable[[], Row | None],
) -> Row | None:
    """The saved row after all. entity: as it was to be saved. values: what was sent, by Python name. since: when.
    again: sends it once more. Raises `lost` where nobody can tell."""
    try:
        if entity._raw.get("id") is not None:
            return _updated(session, entity, values, lost, again)
        return _created(session, entity, values, lost, since, again)
    except AdPlatformsError as failed:
        if failed is lost:
            raise
        lost.hint = f"{lost.hint}; looking it up failed too: {failed}"
        raise lost from None


def gone(session: Any, entity: Entity, lost: AmbiguousWrite) -> bool:
    """Whether a record is no longer there, after a delete whose answer was lost."""
    try:
        session.one(entity._listing(session), entity._raw["id"])
    except NotFoundError:
        return True
    except AdPlatformsError as failed:
        lost.hint = f"{lost.hint}; looking it up failed too: {failed}"
    return False


def _updated(
    session: Session, entity: Entity, values: Mapping[str, Any], lost: AmbiguousWrite, again: Callable[[], Row | None]
) -> Row | None:
    """An update sets values: it was applied when they are there, and may be sent again when the record still is what it
    was based on. Where updates name a version, a repeated one is refused if the first arrives late."""
    now = session.one(entity._listing(session), entity._raw["id"])
    if not any(now._loaded(name, now) is not now for name in values if name in now._fields):
        raise lost  # nothing of what was sent is shown
    if _holds(now, values):
        return now._raw
    versioned = session.dialect.capabilities.version_lock
    if versioned and now._raw.get("version") != entity._raw.get("version"):
        raise lost
    if not versioned and isinstance(lost, RequestTimeout):  # it may still be on its way
        raise lost
    return again()


def _created(
    session: Session,
    entity: Entity,
    values: Mapping[str, Any],
    lost: AmbiguousWrite,
    since: datetime,
    again: Callable[[], Row | None],
) -> Row | None:
    """A create is found by its natural key, where the class has one: parent and name."""
    key = entity._natural()
    if not key or any(values.get(name) is None for name in key):
        raise lost
    listing = entity._listing(session).full().where(**{name: values[name] for name in key})
    same = [each for each in listing if _holds(each, values)]
    found = [each for each in same if _recent(each, since)]
    if len(found) == 1:
        return found[0]._raw
    if same or not isinstance(lost, ConnectError):  # timed out: it may still be on its way
        raise lost
    return again()


def _holds(entity: Entity, values: Mapping[str, Any]) -> bool:
    """Whether an entity has these values, as far as the platform shows them."""
    return entity._fields.keys() >= values.keys() and all(
        entity._loaded(name, value) == value for name, value in values.items()
    )


def _recent(entity: Entity, since: datetime) -> bool:
    """Whether it may have been made since then; True where it does not tell."""
    made = entity._loaded(entity._created) if entity._created else None
    return not isinstance(made, datetime) or made >= since - _SKEW
