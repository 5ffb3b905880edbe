"""Writes whose answer was lost: they are looked for at the platform before anything else is done.

The platform may still be at work on what was lost, so the look is repeated over some seconds (`Retry.look_ups`). What
is found counts as saved. A create is never sent again: of 96 that were repeated after a look that found nothing, 96
were doubled. An update is sent again, once, where the record still is what it was based on. Of everything else nobody
can tell whether it was applied.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from .entity import Entity
from .errors import AdPlatformsError, AmbiguousWrite, NotFoundError, RequestTimeout
from .state import EntityState

if TYPE_CHECKING:
    from .query import Query
    from .relations import Row
    from .session import Session

__all__ = ["LostWrite", "gone", "look_once", "look_up"]

_SKEW = timedelta(minutes=10)
"""How far the platform's clock may be off, where its answers did not say the time."""
_SECOND = timedelta(seconds=2)
"""How exact a time is that a header or a field gives in whole seconds."""


@dataclass(eq=False)
class LostWrite:
    """One record whose write was lost. entity: as it was to be saved. values: what was sent, by Python name. exact:
    whether that is all that was sent, so that a look can tell.

    What the looks found: `row`, the record as it was saved; `unchanged`, that it still is what the update was based on;
    `reason`, why nobody can tell; `settled`, that another look would not show more; `candidates`, ids that may be it;
    `undecided`, that one of them may be it although nothing shows when it was made, or by whom.
    """

    entity: Entity
    values: Mapping[str, Any]
    exact: bool = True
    row: Row | None = None
    unchanged: bool = False
    settled: bool = False
    reason: str = ""
    candidates: tuple[Any, ...] = ()
    undecided: bool = False

    @property
    def state(self) -> EntityState:
        """The inside of the entity."""
        return EntityState(self.entity)

    @property
    def creates(self) -> bool:
        """Whether the record was to be created."""
        return self.state.is_new

    def found(self, row: Row) -> None:
        """It was applied after all."""
        self.row, self.settled = row, True

    def give_up(self, reason: str) -> None:
        """Nobody can tell."""
        self.reason, self.settled = reason, True

    def may_repeat(self, session: Any, lost: AmbiguousWrite) -> bool:
        """Whether it can be sent again without harm. An update that timed out may still be on its way: where updates
        name a version, one of the two is refused then."""
        if self.creates or not self.unchanged or not self.exact:
            return False
        return session.dialect.capabilities.version_lock or not isinstance(lost, RequestTimeout)

    def error(self, lost: AmbiguousWrite) -> AmbiguousWrite:
        """The error of the write, with what the looks showed. Each record has its own."""
        hint = lost.hint
        if self.reason:
            hint = f"{hint}; {self.reason}"
        return lost.copy_with(candidates=self.candidates, hint=hint)


def look_up(session: Any, writes: Sequence[LostWrite], since: datetime) -> None:
    """Looks for writes that were sent since then (UTC, by this machine's clock), until all are settled or the looks of
    the policy are used up."""
    for _ in session.connection.lookup_turns():
        rest = [write for write in writes if not write.settled]
        _each(session, [write for write in rest if not write.creates], _look_at_updates)
        creates = [write for write in rest if write.creates]
        # Creates of one parent share a look: one listing finds them all, and a platform in trouble is spared the rest.
        for group in _grouped(creates, _create_key):
            _each(session, group, lambda session, group: _look_for_creates(session, group, since))
        # Here and not at the start of the loop: the next turn comes after a wait.
        if all(write.settled for write in writes):
            return


def gone(session: Any, entity: Entity, lost: AmbiguousWrite) -> bool:
    """Whether a record is no longer there, after a delete whose answer was lost."""
    state = EntityState(entity)
    for _ in session.connection.lookup_turns():
        try:
            session.one(state.listing(session), state.id)
        except NotFoundError:
            return True
        except AdPlatformsError as failed:
            lost.hint = f"{lost.hint}; looking it up failed too: {failed}"
            return False
    return False


def look_once(session: Any, write: LostWrite) -> None:
    """Looks once whether an update was applied; where the look fails, nothing is known."""
    if write.values:
        _each(session, [write], _look_at_updates)


def _each(session: Session, group: Sequence[LostWrite], look: Any) -> None:
    """One look for a group. One that fails shows nothing, and is not repeated: the platform is in trouble."""
    if not group:
        return
    try:
        look(session, group)
    except AdPlatformsError as failed:
        for write in group:
            if not write.settled:
                # What an earlier look found may be out of date by now: the update is not repeated on its word.
                write.unchanged = False
                write.give_up(f"looking it up failed too: {failed}")


# updates


def _look_at_updates(session: Session, writes: Sequence[LostWrite]) -> None:
    """Reads the records as they are now: one by its id, several of a listing with one query for all their ids."""
    for group in _grouped(writes, lambda write: _listing_key(write.state.listing(session))):
        now = _read_updates(session, group)
        for write in group:
            found = now.get(str(write.state.id))
            if found is None:
                write.unchanged = False
                write.reason = "the record was not found"
            else:
                _compare(session, write, found)


def _read_updates(session: Session, group: Sequence[LostWrite]) -> dict[str, Entity]:
    """The records of updates as they are now, by their ids as text."""
    listing = group[0].state.listing(session)
    if len(group) == 1:
        entity_id = group[0].state.id
        return {str(entity_id): session.one(listing, entity_id)}
    ids = [write.state.id for write in group]
    wanted = listing.full().where(listing.field("id").in_(ids))
    return {str(EntityState(found).id): found for found in wanted}


def _compare(session: Session, write: LostWrite, now: Entity) -> None:
    """What the record as it is now shows about an update."""
    values, fields = write.values, now.__model__.fields
    state = EntityState(now)
    shown = [name for name in values if name in fields and state.loaded(name, _MISSING) is not _MISSING]
    if not shown:
        write.give_up("the record does not show what was sent")
    elif _holds(now, values):
        write.found(state.row)
    else:
        write.unchanged = _is_still(write.entity, now, values, session.dialect.capabilities.version_lock)
        if not write.unchanged:
            write.reason = "the record is neither what it was nor what was sent"


def _is_still(entity: Entity, now: Entity, values: Mapping[str, Any], versioned: bool) -> bool:
    """Whether a record still is what an update was based on: its version, where it has one, else all that both show. A
    field that was set without its old value being known proves nothing."""
    before, after = EntityState(entity), EntityState(now)
    if any(before.loaded(name, _MISSING) is _MISSING for name in values):
        return False
    # The version stands for all of the record. Without one every field that both show counts, not only those that were
    # set: somebody else may have saved in between, and repeating the update would undo a part of theirs.
    if versioned and after.row.get("version") != before.row.get("version"):
        return False
    compared = set(values)
    if not versioned:
        fields = entity.__model__.fields.items()
        compared |= {name for name, field in fields if field.wire in before.row and field.wire in after.row}
    return all(before.loaded(name, _MISSING) == after.loaded(name, _MISSING) for name in compared)


# creates


def _look_for_creates(session: Session, writes: Sequence[LostWrite], since: datetime) -> None:
    """Looks for new records by their natural keys, which share all but the last part: the parent."""
    *parents, last = writes[0].entity.__model__.natural_key or ("",)
    first = writes[0].values
    if not last or any(write.values.get(name) is None for write in writes for name in (*parents, last)):
        for write in writes:
            write.give_up("it has nothing to be found again by")
        return
    names = list(dict.fromkeys(write.values[last] for write in writes))
    listing = writes[0].state.listing(session).full().where(**{name: first[name] for name in parents})
    # More platforms filter by one name than by a list of them: a list may have to be looked for in all records.
    # By `condition`: a * in a name is no pattern, and nothing to warn of.
    condition = listing.field(last).condition("in", names)
    if len(names) == 1:
        condition = listing.field(last).condition("==", names[0])
    found = list(listing.where(condition))
    for write in writes:
        if not write.settled:
            # An id that another create was given is not this one's, however alike the two are.
            free = [each for each in found if not session.creates.taken(each.__model__.type, EntityState(each).id)]
            same = [EntityState(each) for each in free if _holds(each, write.values)]
            _choose(session, write, writes, same, since)


def _choose(
    session: Session, write: LostWrite, writes: Sequence[LostWrite], same: Sequence[EntityState], since: datetime
) -> None:
    """The record that a create made, among those that hold its values. Of twins that were lost together each takes one:
    nobody can tell them apart."""
    write.candidates = tuple(each.id for each in same)
    write.undecided = bool(same)
    twins = [each for each in writes if each.row is None and each.values == write.values]
    # More of the same name and parent are under way than were lost here: what was found may be theirs, and their
    # answer may come any moment.
    if session.creates.alike(write.entity, write.values) > len([each for each in writes if _alike(each, write)]):
        write.reason = "another one of the same name is being created"
        return
    # By the platform's clock where its answers say it: ours may be an hour ahead, and a look-alike of five minutes ago
    # would be taken for the lost one.
    began = session.connection.platform_time(since)
    earliest = since - _SKEW if began is None else began - _SECOND
    created = [_created_at(each) for each in same]
    if any(time is None for time in created):
        write.reason = "there are records with its values, and nothing shows when they were created"
        return
    write.undecided = False
    recent = [each for each, time in zip(same, created, strict=True) if time is not None and time >= earliest]
    if len(recent) > len(twins):
        write.give_up("there is more than one record that may be it")
    elif recent and session.creates.take(write.entity, write.values, recent[0].id):
        write.found(recent[0].row)
        write.candidates = ()
    elif same:
        write.reason = "there is an older record with its values"


def _alike(one: LostWrite, other: LostWrite) -> bool:
    """Whether two creates have the same parent and name."""
    return all(one.values.get(name) == other.values.get(name) for name in other.entity.__model__.natural_key)


def _created_at(record: EntityState) -> datetime | None:
    """When a record was created; None where it does not say."""
    field = record.model.created_field
    if not field:
        return None
    created = record.loaded(field)
    if not isinstance(created, datetime):
        return None
    return created


# both


def _holds(entity: Entity, values: Mapping[str, Any]) -> bool:
    """Whether an entity has these values, as far as the platform shows them."""
    state = EntityState(entity)
    fields = state.model.fields
    # A value that is not shown counts as equal, such as a password: else no record with one would be found again.
    return fields.keys() >= values.keys() and all(
        fields[name].is_same(state.loaded(name, value), value) for name, value in values.items()
    )


def _grouped(writes: Iterable[LostWrite], key: Any) -> list[list[LostWrite]]:
    """The writes that one look can settle together."""
    groups: dict[Hashable, list[LostWrite]] = {}
    for write in writes:
        groups.setdefault(key(write), []).append(write)
    return list(groups.values())


def _create_key(write: LostWrite) -> Hashable:
    """What creates share that one listing finds: the class and the parents."""
    parents = write.entity.__model__.natural_key[:-1]
    return type(write.entity), *(str(write.values.get(name)) for name in parents)


def _listing_key(listing: Query[Any]) -> Hashable:
    """What listings share that one query reads: the class, and the parents they are limited to."""
    return listing.model, str(listing.scope)


_MISSING: Any = object()
