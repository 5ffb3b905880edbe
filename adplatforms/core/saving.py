"""Writing one record at a time. A failed save leaves the pending changes as they were. `batches` writes many."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from .ambiguous import ambiguous
from .changes import Change
from .concurrent import while_wanted
from .connection import Connected
from .creating import Creates, Unknown
from .dialect import Dialect
from .entity import Entity
from .errors import (
    AdPlatformsError,
    AmbiguousWrite,
    APIError,
    ClientError,
    NotFoundError,
    UnknownNameError,
    did_you_mean,
)
from .identity import check_saved
from .ids import check_entity
from .lost import LostWrite, gone, look_once, look_up
from .messages import Answer, Request
from .relations import Row
from .settling import settle
from .state import EntityState
from .unsaved import check_has_id, take_ids_of_parents

if TYPE_CHECKING:
    from .query import Query
    from .session import Session

__all__ = ["SaveResult", "Saving", "Values", "changes_of", "not_saved"]

E = TypeVar("E", bound=Entity)
R = TypeVar("R")
Values = Mapping[str, Any]
"""Typed values by Python name."""


class SaveResult(NamedTuple):
    """The outcome of one save: what was sent (old and new per field), or the error."""

    entity: Entity
    changes: dict[str, Change]
    error: Exception | None


class Saving(Connected):
    """The part of a session that changes single records."""

    dialect: Dialect
    creates: Creates

    @abstractmethod
    def one(self, query: Query[E], entity_id: Any) -> E:
        """The entity of that id, with all its fields."""

    def save(
        self,
        entity: Entity,
        data: Values | None = None,
        extra: Mapping[str, Any] | None = None,
        *,
        refresh: bool = False,
        **options: Any,
    ) -> dict[str, Change]:
        """What `Entity.save` does. refresh: read the record again afterwards, where answers lack fields."""
        check_entity(entity, self.dialect.platform, "save")
        if options:
            self.check_options(options)
        draft, state = entity, EntityState(entity)
        is_new = state.is_new
        if is_new:
            check_has_id(state, "save")
        earlier: dict[str, Change] = {}
        if self.creates.unsettled:
            earlier = self._found_updated(entity)
        pending = state.pending
        if data is not None:
            draft = _draft_of(entity, data)
            pending = EntityState(draft).pending
        if is_new:
            take_ids_of_parents(draft)
        values = pending()
        # A new record is sent without values too: what it needs is for the platform to say.
        if not (values or extra or is_new):
            return earlier
        # Before the save, which makes the new values the loaded ones.
        old = {name: state.loaded(name) for name in values}
        request: Request
        if extra:
            request = self.dialect.write_extended(draft, values, extra, **options)
        else:
            request = self.dialect.write(draft, values, **options)
        sent: Values = values
        try:
            # An option had the platform check the values and change nothing: all of them stay pending.
            if not request.writes:
                self.exchange(request, self.dialect.reader_of(request).saved)
                return draft.changes()
            if is_new:
                sent = self._created(entity, request, values, not extra)
            else:
                self._write(entity, request, values, not extra)
        except (APIError, AmbiguousWrite) as error:
            raise not_saved(entity, error) from None
        changes = {**earlier, **changes_of(entity, old, sent)}
        # An earlier create was found: what was set since is an update of it, which goes out now.
        if sent is not values:
            changes.update(self.save(entity, data, extra, **options))
        if refresh:
            entity.refresh()
        return changes

    def _created(self, entity: Entity, request: Request, values: Values, exact: bool) -> Values:
        """Creates a record, or finds the one that an earlier save has made after all, and takes over its row. Returns
        the values that it was made with."""
        with self.creates.under_way([(entity, values)]):
            found = self._found_again(entity)
            if found is None:
                self._write(entity, request, values, exact)
                return values
            sent, row = found
            # What was set to another value since then stays pending.
            self._settle(entity, row, {name: value for name, value in sent.items() if values.get(name) == value})
            return sent

    def _write(self, entity: Entity, request: Request, values: Values, exact: bool = True) -> None:
        """Sends a write and takes over the row that comes back; where the answer is lost, that of the record as it is
        found again.

        exact: whether the values are all that is sent. Raises `AmbiguousWrite` where nobody can tell what became of it.
        """
        # Before it is sent: a record that is found is this write's only if it was made since.
        since = self.connection.runtime.now()
        earlier: Unknown | None = None
        if self.creates.unsettled:
            earlier = self.creates.unknown(entity)
        try:
            self._settle(entity, self._written_or_found(entity, request, values, exact, since), values)
            if earlier is not None:
                self.creates.forget(entity)
            return
        except AdPlatformsError as error:
            # Whatever ended this one, the earlier one may have been applied: a conflict may even come from it.
            if earlier is None or isinstance(error, AmbiguousWrite):
                raise
            failed = error
        except Exception:
            raise
        # As in `_or_remembered`: saving pays for each call.
        except BaseException:
            self.creates.remember_interrupted([(entity, values)], since)
            raise
        raise ambiguous(failed, request.label)

    def _settle(self, entity: Entity, row: Row | None, sent: Values) -> None:
        """Takes over the outcome of a save, unless whoever waited for it is gone and works with the record by now."""
        while_wanted(partial(settle, entity, row, sent))

    def _or_remembered(self, writes: Iterable[tuple[Entity, Values]], since: datetime, call: Callable[[], R]) -> R:
        """What ``call()`` returns, which makes these writes. What Ctrl-C interrupts may have been applied: the next
        save of such a record looks it up before it sends anything."""
        try:
            return call()
        except Exception:
            raise
        except BaseException:
            self.creates.remember_interrupted(writes, since)
            raise

    def _written_or_found(
        self, entity: Entity, request: Request, values: Values, exact: bool, since: datetime
    ) -> Row | None:
        read = partial(self._read_saved, entity, values)
        try:
            return self.exchange(request, read)
        except AmbiguousWrite as error:
            lost = error
        # Outside of the `except`, here and below: what fails from here on would carry the first error along as its
        # context.
        write = LostWrite(entity, values, exact)
        look_up(self, [write], since)
        if write.row is None and write.may_repeat(self, lost):
            try:
                return self.exchange(request, read)
            except AdPlatformsError as error:
                # Whatever ended the second one, the first may have been applied: a conflict may even come from it.
                lost = error if isinstance(error, AmbiguousWrite) else ambiguous(error, request.label)
            write = LostWrite(entity, values, exact)
            look_up(self, [write], since)
        if write.row is None:
            raise self._unknown(write, lost, since)
        return write.row

    def _unknown(self, write: LostWrite, lost: AmbiguousWrite, since: datetime) -> AmbiguousWrite:
        """The error of a write of which nobody can tell whether it was applied. The next save of the record looks it up
        again before it sends anything."""
        self.creates.remember(write.entity, Unknown(write.values, since, lost))
        return write.error(lost)

    def _found_again(self, entity: Entity) -> tuple[Values, Row] | None:
        """What an earlier create of the same record has made after all, where nobody knew: its values and its row.

        None where it has made nothing. Raises its `AmbiguousWrite` again where that still is not known.
        """
        if not self.creates.unsettled:
            return None
        unknown = self.creates.unknown(entity)
        if unknown is None:
            return None
        if unknown.given is not None:
            return self._found_by_id(entity, unknown)
        write = LostWrite(entity, unknown.values)
        look_up(self, [write], unknown.since)
        if write.row is None and (write.settled or write.undecided):
            error = write.error(unknown.error)
            error.hint = f"{error.hint}; once you know that it is not there, save a new record with its values"
            raise error
        self.creates.forget(entity)
        if write.row is None:
            return None
        return unknown.values, write.row

    def _found_by_id(self, entity: Entity, unknown: Unknown) -> tuple[Values, Row]:
        """The same, of a create that was interrupted between its answer and what is done with it."""
        row = EntityState(self.one(EntityState(entity).listing(cast("Session", self)), unknown.given)).row
        self.creates.forget(entity)
        return unknown.values, row

    def _found_updated(self, entity: Entity) -> dict[str, Change]:
        """What an earlier update of a record has changed after all, where nobody knew. It is settled with that.

        One look is enough: an update that has not been applied yet can be sent again, which makes nothing twice.
        """
        unknown = self.creates.unknown(entity)
        state = EntityState(entity)
        if unknown is None or state.is_new:
            return {}
        write = LostWrite(entity, unknown.values)
        look_once(self, write)
        if write.row is None:
            return {}
        self.creates.forget(entity)
        old = {name: state.loaded(name) for name in unknown.values}
        pending = state.pending()
        # What was set to another value since stays pending.
        sent = {name: value for name, value in unknown.values.items() if pending.get(name, value) == value}
        self._settle(entity, write.row, sent)
        return changes_of(entity, old, unknown.values)

    def _read_saved(self, entity: Entity, values: Values, answer: Answer) -> Row | None:
        """The row of a write's answer, once it is about this record."""
        row = self.dialect.reader_of(answer.request).saved(answer)
        self._check_identity(entity, values, row)
        return row

    def _check_identity(self, entity: Entity, values: Values, row: Row | None) -> None:
        """Raises a `ParserException` where the answer to a save is about another record, see `identity`."""
        check_saved(entity, values, row, creates=self.creates, versioned=self.dialect.capabilities.version_lock)

    def check_options(self, options: Mapping[str, Any]) -> None:
        """Raises an `UnknownNameError` for options of a save that the platform does not have."""
        known = self.dialect.capabilities.options
        for name in options:
            if name not in known:
                platform = self.dialect.platform
                raise UnknownNameError(f"{platform}'s save takes no {name!r}", hint=did_you_mean(name, known))

    def archive(self, entity: Entity, **options: Any) -> None:
        """What `Entity.archive` does."""
        state = self._saved_before(entity, "archive")
        request, after = self.dialect.archive(entity, **options)
        if self._found_updated(entity) and all(state.loaded(name) == value for name, value in after.items()):
            return
        self._write(entity, request, after)

    def delete(self, entity: Entity) -> None:
        """What `Entity.delete` does."""
        self._saved_before(entity, "delete")
        request = self.dialect.delete(entity)
        earlier, since = self.creates.unknown(entity), self.connection.runtime.now()
        self._or_remembered([(entity, {})], since, lambda: self._deleted(entity, request, earlier, since))
        self.creates.forget(entity)

    def _deleted(self, entity: Entity, request: Request, earlier: Unknown | None, since: datetime) -> None:
        """Deletes a record. earlier: what is not known of a former write of it."""
        try:
            self.exchange(request, self.dialect.reader_of(request).saved)
        except AmbiguousWrite as lost:
            if not gone(self, entity, lost):
                self.creates.remember(entity, Unknown({}, since, lost))
                raise
        except NotFoundError:
            # Where nobody knew what became of an earlier delete, its absence tells.
            if earlier is None or earlier.values:
                raise

    def _saved_before(self, entity: Entity, purpose: str) -> EntityState:
        """The state of an entity that exists at the platform; a `ClientError` for any other."""
        check_entity(entity, self.dialect.platform, purpose)
        state = EntityState(entity)
        check_has_id(state, purpose)
        if state.is_new:
            raise ClientError(f"{state.label} has no id yet", hint=f"there is nothing to {purpose}")
        return state


def _draft_of(entity: Entity, data: Values) -> Entity:
    """A copy of an entity with other values set on it, so that what is pending on the entity itself stays."""
    state = EntityState(entity)
    draft: Entity = entity.__model__.wrap(copy(state.row), state.peers)
    # Some platforms note beside the row where a record was found, and the path of a save depends on it.
    getattr(draft, "__dict__", {}).update(getattr(entity, "__dict__", {}))
    draft.set(data)
    return draft


def changes_of(entity: Entity, old: Values, sent: Values) -> dict[str, Change]:
    """What a save changed, old and new by field. A field that the platform never shows has the value that was sent."""
    state, fields = EntityState(entity), entity.__model__.fields
    changes = {}
    for name, value in sent.items():
        # As the platform shows it, which may have rounded or trimmed it.
        new = value
        if not fields[name].write_only:
            new = state.loaded(name)
        changes[name] = Change(old.get(name), new)
    return changes


def not_saved(entity: Entity, error: AdPlatformsError) -> AdPlatformsError:
    """The error of a save, naming the record; each record of a batch has its own."""
    if isinstance(error, (APIError, AmbiguousWrite)):
        about = f"{EntityState(entity).label} was not saved"
        return error.copy_with(about=": ".join(filter(None, [about, error.about])))
    return error.copy_with()
