"""Entities that a job has in hand: a hold on each, so that nothing is created or changed twice.

An entity that was submitted refuses to be saved or submitted again until its job has shown what became of it. What no
answer tells stays held until the user says otherwise (`TTDEntity.forget_job`). Holds are plain values: they go along
with pickles and copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsError, ClientError
from adplatforms.core.forking import PerProcess
from adplatforms.core.state import EntityState

__all__ = ["CURES", "Hold", "check", "hold_copy", "hold_unclear", "is_running", "key_of", "release", "submitting"]

Key = tuple[str, str, str]
"""What tells new records apart: class, parent and name."""
_LOCK = PerProcess(Lock)
_HOLD, _COPIED = "_job_hold", "_job_hold_copied"
CURES = {"created": "look for it by its parent and name first", "changed": "refresh() it first"}
"""By what is done to an entity: how to find out whether it was."""
_HOW_TO_FORGET = "forget_job() on the entity lets it be saved again"


class Hold:
    """What is known of an entity in a job.

    `holder`: who has it, "job 7". `verb`: what is done to it, "created". `key`: as it was submitted. `cure`: how to
    find out what became of it. `state`: "submitted" while the job goes on, "unclear" when nothing tells any more
    whether it was applied, "" when it is settled.
    """

    def __init__(self, holder: str, verb: str, key: Key, cure: str) -> None:
        self.holder, self.verb, self.key, self.cure = holder, verb, key, cure
        self.state = "submitted"

    def __deepcopy__(self, memo: Any) -> Hold:
        """A copy of an entity is in the same job."""
        return self

    def error(self, entity: Entity) -> ClientError:
        """Why the entity cannot be saved now, and the cure."""
        state = EntityState(entity)
        named, name = state.label, state.values.get("name")
        if name is not None and state.is_new:
            named = f"{named} {name!r}"
        if self.state == "submitted":
            return ClientError(f"{named} is being {self.verb} by {self.holder}: it is not sent again", hint=self.cure)
        return ClientError(
            f"{named} was perhaps {self.verb} by {self.holder}: it is not sent again",
            hint=f"{self.cure}; {_HOW_TO_FORGET}",
        )


def key_of(entity: Entity) -> Key:
    """Class, parent and name of an entity, as it is now."""
    model, values = entity.__model__, EntityState(entity).values
    wires = [model.fields[name].wire for name in model.natural_key] or ["", "name"]
    parent, name = (values.get(wire) for wire in wires)
    return model.name, str(parent), str(name)


def check(entities: Iterable[Entity]) -> None:
    """Raises a `ClientError` for the first entity that a job has, or perhaps applied."""
    for entity in entities:
        hold = _effective_hold(entity)
        if hold is not None:
            raise hold.error(entity)


def _effective_hold(entity: Entity) -> Hold | None:
    """The hold that keeps an entity from being saved.

    A copy of a new entity is held only while it would create the same record: until its parent or name is changed.
    """
    own = _own(entity)
    hold: Hold | None = own.get(_HOLD)
    if hold is None or not hold.state:
        return None
    is_another_record = own.get(_COPIED) and hold.key != key_of(entity)
    if is_another_record:
        return None
    return hold


@contextmanager
def submitting(entities: Iterable[Entity], holder: str, verb: str) -> Iterator[list[Hold]]:
    """Holds entities while they are submitted, and keeps the holds where they were, or may have been.

    Raises a `ClientError` where one of them is held already, or given twice.
    """
    members = list(entities)
    _refuse_twins(members)
    # Checked and held under one lock: two threads may submit the same entity at once.
    with _LOCK():
        check(members)
        holds = [Hold(holder, verb, key_of(entity), CURES[verb]) for entity in members]
        for entity, hold in zip(members, holds, strict=True):
            _own(entity)[_HOLD] = hold
            _own(entity).pop(_COPIED, None)
    try:
        yield holds
    except BaseException as error:
        # Whatever is not known to have failed before it was sent may have been taken: Ctrl-C among it.
        unsure = not isinstance(error, AdPlatformsError) or error.unsure
        for hold in holds:
            hold.state = "unclear" if unsure else ""
        raise


def _refuse_twins(members: list[Entity]) -> None:
    """Raises a `ClientError` where an entity, or a record, is given twice."""
    ids = [str(EntityState(entity).id) for entity in members if not EntityState(entity).is_new]
    if len({id(entity) for entity in members}) < len(members) or len(set(ids)) < len(ids):
        raise ClientError("the same record is given twice", hint="one job takes each record once")


def hold_copy(source: Entity, copy: Entity) -> None:
    """A copy of a new entity that a job has would create the same record, as long as it has its parent and name."""
    hold = _own(source).get(_HOLD)
    if hold is not None and EntityState(source).is_new:
        _own(copy).update({_HOLD: hold, _COPIED: True})


def is_running(entity: Entity) -> bool:
    """Whether a job that has the entity still goes on, as far as is known."""
    hold = _own(entity).get(_HOLD)
    return hold is not None and hold.state == "submitted"


def hold_unclear(entity: Entity, holder: str, verb: str, cure: str) -> None:
    """Notes that nothing tells whether something was applied to an entity."""
    hold = _own(entity).get(_HOLD)
    if not isinstance(hold, Hold) or not hold.state:
        hold = _own(entity)[_HOLD] = Hold(holder, verb, key_of(entity), cure)
    hold.state, hold.cure = "unclear", cure


def release(entity: Entity) -> None:
    """It is settled, for its copies too; of a copy alone, where that is what is released."""
    hold = _own(entity).pop(_HOLD, None)
    copied = _own(entity).pop(_COPIED, None)
    if hold is not None and not copied:
        hold.state = ""


def _own(entity: Entity) -> dict[str, Any]:
    """The attributes of the entity itself: holds are not fields, but pickles and copies take them along."""
    own: dict[str, Any] = entity.__dict__
    return own
