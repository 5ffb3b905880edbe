"""Entities that are in the hands of a job: a mark on each, so that nothing is created or changed twice.

An entity that was submitted refuses to be saved or submitted again until its job has told what became of it. What no
answer tells stays marked until the user says otherwise (`TTDEntity.forget_job`). Marks are plain values: they go along
with pickles and copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsError, ClientError

__all__ = ["JobMark", "check", "is_running", "key_of", "mark_copy", "mark_unclear", "submitting", "unmark"]

Key = tuple[str, str, str]
"""What tells new records apart: class, parent and name."""
_LOCK = Lock()
_MARK, _COPIED = "_job_mark", "_job_mark_copied"


class JobMark:
    """What is known of an entity in a job. state: "submitted" while the job goes on, "unclear" when nothing tells any
    more whether it was applied, "" when it is settled. what: who has it, "job 7". key: as it was submitted."""

    def __init__(self, what: str, verb: str, key: Key, cure: str) -> None:
        self.what, self.verb, self.key, self.cure = what, verb, key, cure
        self.state = "submitted"

    def __deepcopy__(self, memo: Any) -> JobMark:
        """A copy of an entity is in the same job."""
        return self

    def error(self, entity: Entity) -> ClientError:
        """Why the entity cannot be saved now, and the cure."""
        label, name = entity._label(), entity._values.get("name")
        named = f"{label} {name!r}" if name is not None and entity._raw.get("id") is None else label
        if self.state == "submitted":
            return ClientError(f"{named} is being {self.verb} by {self.what}: it is not sent again", hint=self.cure)
        return ClientError(
            f"{named} was perhaps {self.verb} by {self.what}: it is not sent again", hint=f"{self.cure}; {_FORGET}"
        )


_FORGET = "forget_job() on the entity lets it be saved again"


def key_of(entity: Entity) -> Key:
    """Class, parent and name of an entity, as it is now."""
    natural = type(entity)._natural()
    wires = [entity._fields[name].wire for name in natural] or ["", "name"]
    parent, name = (entity._values.get(wire) for wire in wires)
    return type(entity).__name__, str(parent), str(name)


def check(entities: Iterable[Entity]) -> None:
    """Raises a `ClientError` for the first entity that a job has, or perhaps applied."""
    for entity in entities:
        mark = _mark(entity)
        if mark is not None:
            raise mark.error(entity)


def _mark(entity: Entity) -> JobMark | None:
    """The mark that holds an entity back. A copy of a new entity is held back only while it would create the same."""
    own: dict[str, Any] = getattr(entity, "__dict__", {})
    mark: JobMark | None = own.get(_MARK)
    if mark is None or not mark.state or (own.get(_COPIED) and mark.key != key_of(entity)):
        return None
    return mark


@contextmanager
def submitting(entities: Iterable[Entity], what: str, verb: str) -> Iterator[list[JobMark]]:
    """Marks entities while they are submitted, and keeps the marks where they were, or may have been."""
    members = list(entities)
    ids = [entity._raw.get("id") for entity in members if entity._raw.get("id") is not None]
    if len({id(entity) for entity in members}) < len(members) or len(set(map(str, ids))) < len(ids):
        raise ClientError("the same record is given twice", hint="one job takes each record once")
    cure = "look for it by its parent and name first" if verb == "created" else "refresh() it first"
    with _LOCK:
        check(members)
        marks = [JobMark(what, verb, key_of(entity), cure) for entity in members]
        for entity, mark in zip(members, marks, strict=True):
            _own(entity)[_MARK] = mark
            _own(entity).pop(_COPIED, None)
    try:
        yield marks
    except BaseException as error:
        unsure = error.unsure if isinstance(error, AdPlatformsError) else True
        for mark in marks:
            mark.state = "unclear" if unsure else ""
        raise


def mark_copy(source: Entity, copy: Entity) -> None:
    """A copy of a new entity that a job has would create the same record, as long as it has its parent and name."""
    mark = _own(source).get(_MARK)
    if mark is not None and source._raw.get("id") is None:
        _own(copy).update({_MARK: mark, _COPIED: True})


def is_running(entity: Entity) -> bool:
    """Whether a job that has the entity still goes on, as far as is known."""
    mark = _own(entity).get(_MARK)
    return mark is not None and mark.state == "submitted"


def mark_unclear(entity: Entity, what: str, verb: str, cure: str) -> None:
    """Notes that nothing tells whether something was applied to an entity."""
    mark = _own(entity).get(_MARK)
    if not isinstance(mark, JobMark) or not mark.state:
        mark = _own(entity)[_MARK] = JobMark(what, verb, key_of(entity), cure)
    mark.state, mark.cure = "unclear", cure


def unmark(entity: Entity) -> None:
    """It is settled, for its copies too."""
    mark = _own(entity).pop(_MARK, None)
    copied = _own(entity).pop(_COPIED, None)
    if mark is not None and not copied:
        mark.state = ""


def _own(entity: Entity) -> dict[str, Any]:
    own: dict[str, Any] = entity.__dict__
    return own
