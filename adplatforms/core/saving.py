"""Writing: one record or many, each with its own outcome. A failed save leaves the pending changes as they were."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from .changes import Change
from .connection import Connection
from .creating import Creates, Unknown
from .dialect import Batch, Dialect, Quota
from .entity import Entity
from .errors import (
    AdPlatformsError,
    AmbiguousWrite,
    APIError,
    ClientError,
    ParserException,
    SaveAllError,
    UnknownNameError,
    did_you_mean,
)
from .hints import brief
from .ids import check_entity, entities_of
from .lost import LostWrite, gone, look_up
from .messages import Answer, Request
from .relations import Row

if TYPE_CHECKING:
    from .query import Query

__all__ = ["SaveResult", "Saving"]

E = TypeVar("E", bound=Entity)
Outcome = Row | AdPlatformsError | None


class SaveResult(NamedTuple):
    """The outcome of one save: what was sent (old and new per field), or the error."""

    entity: Entity
    changes: dict[str, Change]
    error: Exception | None


class Saving(Connection):
    """The part of a session that changes things at the platform."""

    dialect: Dialect
    creates: Creates

    @abstractmethod
    def one(self, query: Query[E], entity_id: Any) -> E:
        """The entity of that id, whole."""

    def _quota(self, answer: Answer) -> Quota | None:
        return self.dialect.quota(answer)

    def save(
        self,
        entity: Entity,
        data: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        *,
        refresh: bool = False,
        **options: Any,
    ) -> dict[str, Change]:
        """What `Entity.save` does. refresh: read the record again afterwards, where answers are short."""
        check_entity(entity, self.dialect.platform, "save")
        self._check_options(options)
        draft = entity
        if data is not None:
            draft = type(entity).__model__.wrap(dict(entity._raw), entity._peers)
            getattr(draft, "__dict__", {}).update(getattr(entity, "__dict__", {}))
            draft.set(data)
        values = draft._pending()
        if entity._raw.get("id") is not None and not values and not extra:
            return {}
        old = {name: entity._loaded(name) for name in values}
        write: Callable[..., Request] = self.dialect.write
        request = write(draft, values, **options)
        if extra:
            request = self.dialect.adding(request, extra)
        try:
            if not request.writes:  # an option had the platform check the values and change nothing
                self.exchange(request, self.dialect.reader_of(request).saved)
                return draft.changes()
            with self.creates.under_way([(entity, values)]):
                found = self._found_again(entity)
                if found is None:
                    found = values, self._written(entity, request, values, exact=not extra)
        except (APIError, AmbiguousWrite) as error:
            raise _not_saved(entity, error) from None
        sent, row = found
        entity._settle(row, {name: value for name, value in sent.items() if values.get(name) == value})
        made = _made(entity, {name: old.get(name) for name in sent}, sent)
        if sent is not values:  # what was set since the save that was lost
            made.update(self.save(entity, data, extra, **options))
        if refresh:
            entity.refresh()
        return made

    def _written(self, entity: Entity, request: Request, values: Mapping[str, Any], exact: bool = True) -> Row | None:
        """The row that a write answers with; where the answer is lost, that of the record as it is found again. exact:
        whether the values are all that is sent."""
        since = self.runtime.now()
        read = partial(self._read_saved, entity, values)
        try:
            return self.exchange(request, read)
        except AmbiguousWrite as error:
            lost = error
        write = LostWrite(entity, values, exact)
        look_up(self, [write], since)
        if write.row is None and write.may_repeat(self, lost):
            try:
                return self.exchange(request, read)
            except AdPlatformsError as error:
                # whatever ended the second one, the first may have been applied: a conflict may even come from it
                lost = error if isinstance(error, AmbiguousWrite) else AmbiguousWrite.of(error, request.label)
            write = LostWrite(entity, values, exact)
            look_up(self, [write], since)
        if write.row is None:
            raise self._unknown(write, lost, since)
        return write.row

    def _unknown(self, write: LostWrite, lost: AmbiguousWrite, since: datetime) -> AmbiguousWrite:
        """The error of a write of which nobody can tell; a create is looked for again by the next save."""
        error = write.error(lost)
        if write.creates:
            self.creates.remember(write.entity, Unknown(write.values, since, lost))
        return error

    def _found_again(self, entity: Entity) -> tuple[Mapping[str, Any], Row | None] | None:
        """What an earlier create of the same record has made after all, where nobody knew: its values and its row. None
        where it has made nothing. Where that still is not known, the `AmbiguousWrite` again: it may be there."""
        unknown = self.creates.unknown(entity)
        if unknown is None:
            return None
        write = LostWrite(entity, unknown.values)
        look_up(self, [write], unknown.since)
        if write.row is None and (write.settled or write.undecided):
            error = write.error(unknown.error)
            error.hint = f"{error.hint}; once you know that it is not there, save a new record with its values"
            raise error
        self.creates.forget(entity)
        return None if write.row is None else (unknown.values, write.row)

    def _read_saved(self, entity: Entity, values: Mapping[str, Any], answer: Answer) -> Row | None:
        """The row of a write's answer, once it is about this record."""
        row = self.dialect.reader_of(answer.request).saved(answer)
        self._check_identity(entity, values, row)
        return row

    def _check_options(self, options: Mapping[str, Any]) -> None:
        known = self.dialect.capabilities.options
        for name in options:
            if name not in known:
                platform = self.dialect.platform
                raise UnknownNameError(f"{platform}'s save takes no {name!r}", hint=did_you_mean(name, known))

    def _check_identity(self, entity: Entity, values: Mapping[str, Any], row: Row | None) -> None:
        """An update must be answered by its own record (without versions: with the name that was sent); a create has to
        be told an id that no other has, and must be answered by its own parent and name. Else the answer is not the one
        to this call: a `ParserException`."""
        known, told = entity._raw.get("id"), (row or {}).get("id")
        answered = None if row is None else type(entity).__model__.wrap(row, entity._peers)
        if answered is not None and told is not None and type(answered) is not type(entity):
            raise ParserException(f"the answer is about another record, {answered._label()}")
        if known is not None:
            if told is not None and str(known) != str(told):
                raise ParserException(f"the answer is about another record, {brief(told)}")
            versioned = self.dialect.capabilities.version_lock  # a repeated update is refused there
            if answered is not None and not versioned and _is_earlier(values, answered):
                raise ParserException(f"the answer is an earlier one about {told}: it does not show what was sent")
            return
        if told is None:
            raise ParserException("the answer does not tell the id of what was created")
        named = False
        for name in _named_by(entity, values):
            shown = answered._loaded(name) if answered is not None else None
            if shown is None:
                continue
            if _plain(shown) != _plain(values[name]):
                shown_briefly = f"{brief(told)}: its {name} is {brief(shown)!r}"
                raise ParserException(f"the answer is about another record, {shown_briefly}")
            named = named or name == "name"
        if not self.creates.take(entity, values, told, named):
            raise ParserException(f"the answer is about another record, {brief(told)}, which was created before")

    def save_all(self, entities: Iterable[Entity], **options: Any) -> list[SaveResult]:
        """Saves each entity, together where the platform takes batches; the others go on when one fails. Any failure
        raises `SaveAllError` at the end, with all results in it."""
        self._check_options(options)
        saved: list[Entity] = entities_of(entities, self.dialect.platform, "save_all")
        self.check_may_write("save_all")
        results: list[SaveResult | None] = [None] * len(saved)
        if self.dialect.capabilities.max_batch > 1 and not options:
            self._save_batches(saved, results)
        problems = {id(result.entity): result.error for result in results if result is not None and result.error}
        for place, entity in enumerate(saved):
            if results[place] is None:
                try:
                    if id(entity) in problems:  # given twice: what failed is not sent again
                        raise problems[id(entity)]
                    results[place] = SaveResult(entity, entity.save(**options), None)
                except Exception as error:  # noqa: BLE001, one item must not take the outcome of the others along
                    problems[id(entity)] = error
                    results[place] = SaveResult(entity, {}, error)
        told = [result for result in results if result is not None]
        failed = [result for result in told if result.error is not None]
        if failed:
            words = "; ".join(str(result.error) for result in failed[:3])
            raise SaveAllError(
                f"{len(failed)} of {len(told)} saves failed: {words}", results=told, hint="error.results has all"
            )
        return told

    def _save_batches(self, entities: Sequence[Entity], results: list[SaveResult | None]) -> None:
        """Saves what goes out together; what cannot be planned is left to its own save, which says why."""
        writes, places = [], []
        seen: set[int] = set()
        for place, entity in enumerate(entities):
            values = entity._pending()
            unsaved = values or entity._raw.get("id") is None
            looks_first = self.creates.unknown(entity) is not None
            if unsaved and not looks_first and entity._peers.session is self and id(entity) not in seen:
                seen.add(id(entity))
                writes.append((entity, values))
                places.append(place)
        for batch in self.dialect.batches(writes):
            members = [writes[place] for place in batch.places]
            for place, outcome in zip(batch.places, self._save_batch(batch, members), strict=True):
                results[places[place]] = outcome

    def _save_batch(self, batch: Batch, members: Sequence[tuple[Entity, Mapping[str, Any]]]) -> list[SaveResult]:
        """Saves records together, and settles each."""
        since = self.runtime.now()
        try:
            with self.creates.under_way(members):
                outcomes = self._batch_written(batch, members, since)
        except AdPlatformsError as error:
            outcomes = [error] * len(members)
        return [
            self._settled(entity, values, outcome) for (entity, values), outcome in zip(members, outcomes, strict=True)
        ]

    def _batch_written(
        self, batch: Batch, members: Sequence[tuple[Entity, Mapping[str, Any]]], since: datetime, again: bool = True
    ) -> list[Outcome]:
        """What became of each record of a batch. Those whose answer was lost are looked for together, with one read of
        all their ids. again: whether what surely was not applied is sent once more."""
        lost: AmbiguousWrite | None = None
        outcomes: list[Outcome] = [None] * len(members)
        try:
            outcomes = self.exchange(batch.request, partial(self._read_batch, members))
            places = [place for place, outcome in enumerate(outcomes) if _is_unsure(outcome)]
        except AmbiguousWrite as error:
            lost, places = error, list(range(len(members)))
        if not places:
            return outcomes
        lost = lost or AmbiguousWrite.of(outcomes[places[0]], batch.request.label)  # type: ignore[arg-type]
        writes = {place: LostWrite(*members[place]) for place in places}
        look_up(self, list(writes.values()), since)
        for place, write in writes.items():
            outcomes[place] = write.row if write.row is not None else write.error(lost)
        repeated = [place for place, write in writes.items() if write.row is None and write.may_repeat(self, lost)]
        if again and repeated:
            self._repeat_batch([members[place] for place in repeated], repeated, outcomes, lost, since)
        for place, write in writes.items():
            outcome = outcomes[place]
            if write.creates and isinstance(outcome, AmbiguousWrite):
                self.creates.remember(write.entity, Unknown(write.values, since, lost))
        return outcomes

    def _repeat_batch(
        self,
        members: Sequence[tuple[Entity, Mapping[str, Any]]],
        places: Sequence[int],
        outcomes: list[Outcome],
        lost: AmbiguousWrite,
        since: datetime,
    ) -> None:
        """Sends updates of a lost batch once more. Whatever ends them then, the first may have been applied."""
        for batch in self.dialect.batches(members):
            part = [members[place] for place in batch.places]
            try:
                repeated = self._batch_written(batch, part, since, again=False)
            except AdPlatformsError as error:
                repeated = [error] * len(part)
            for place, outcome in zip(batch.places, repeated, strict=True):
                if isinstance(outcome, AdPlatformsError) and not isinstance(outcome, AmbiguousWrite):
                    outcome = AmbiguousWrite.of(outcome, batch.request.label)
                outcomes[places[place]] = outcome

    def _read_batch(self, members: Sequence[tuple[Entity, Mapping[str, Any]]], answer: Answer) -> list[Outcome]:
        """The outcomes of a batch, once they are about its records."""
        outcomes: list[Outcome] = list(self.dialect.reader_of(answer.request).outcomes(answer))
        if len(outcomes) != len(members):
            raise ParserException(f"the answer tells of {len(outcomes)} records, {len(members)} were sent")
        for (entity, values), outcome in zip(members, outcomes, strict=True):
            if not isinstance(outcome, AdPlatformsError):
                self._check_identity(entity, values, outcome)
        return outcomes

    def _settled(self, entity: Entity, values: Mapping[str, Any], outcome: Outcome) -> SaveResult:
        """Takes over what became of one record of a batch."""
        if isinstance(outcome, AdPlatformsError):
            outcome.mask(self.auth.redact)
            return SaveResult(entity, {}, _not_saved(entity, outcome))
        old = {name: entity._loaded(name) for name in values}
        entity._settle(outcome, values)
        return SaveResult(entity, _made(entity, old, values), None)

    def archive(self, entity: Entity, **options: Any) -> None:
        """What `Entity.archive` does."""
        check_entity(entity, self.dialect.platform, "archive")
        if entity._raw.get("id") is None:
            raise ClientError(f"{entity._label()} has no id yet", hint="there is nothing to archive")
        request, after = self.dialect.archive(entity, **options)
        entity._settle(self._written(entity, request, after), after)

    def delete(self, entity: Entity) -> None:
        """What `Entity.delete` does."""
        check_entity(entity, self.dialect.platform, "delete")
        if entity._raw.get("id") is None:
            raise ClientError(f"{entity._label()} has no id yet", hint="there is nothing to delete")
        request = self.dialect.delete(entity)
        try:
            self.exchange(request, self.dialect.reader_of(request).saved)
        except AmbiguousWrite as lost:
            if not gone(self, entity, lost):
                raise


def _made(entity: Entity, old: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Change]:
    """What a save changed; of what is only written, what was sent."""
    fields = entity.__model__.fields
    return {n: Change(old[n], v if fields[n].write_only else entity._loaded(n)) for n, v in values.items()}


def _named_by(entity: Entity, values: Mapping[str, Any]) -> list[str]:
    """What tells a new record from others in an answer: its name and its parents, as far as they were sent."""
    parents = [each.by for each in entity.__model__.relations.values() if not each.many]
    return [name for name in dict.fromkeys(["name", *parents]) if name in values and name in entity.__model__.fields]


def _is_earlier(values: Mapping[str, Any], answered: Entity) -> bool:
    """Whether an answer shows another name than the one that an update sent: its record as it was before."""
    shown = answered._loaded("name") if "name" in values and "name" in answered.__model__.fields else None
    return shown is not None and _plain(shown) != _plain(values["name"])


def _plain(value: Any) -> str:
    """A name or an id without what platforms normalise: space at the ends, runs of it, the case."""
    return " ".join(str(value).split()).casefold()


def _is_unsure(outcome: Outcome) -> bool:
    """Whether one record of a batch may have been saved although its outcome is an error."""
    return isinstance(outcome, AdPlatformsError) and outcome.unsure


def _not_saved(entity: Entity, error: AdPlatformsError) -> AdPlatformsError:
    """The error of a save, naming the record; each record of a batch has its own."""
    named = type(error)(error.message)
    vars(named).update(vars(error))
    if isinstance(error, (APIError, AmbiguousWrite)):
        named.message = f"{entity._label()} was not saved: {error.message}"
    return named
