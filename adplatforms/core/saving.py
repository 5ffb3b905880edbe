"""Writing: one record or many, each with its own outcome. A failed save leaves the pending changes as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from .dialect import Batch, Dialect, Quota
from .entity import Entity
from .errors import (
    UNSURE,
    AdPlatformsError,
    AmbiguousWrite,
    APIError,
    ClientError,
    SaveAllError,
    UnknownNameError,
    did_you_mean,
)
from .line import Line
from .lost import gone, look_up
from .relations import Row
from .values import UTC, Answer, Change, Request

__all__ = ["SaveResult", "Saving"]


class SaveResult(NamedTuple):
    """The outcome of one save: what was sent (old and new per field), or the error."""

    entity: Entity
    changes: dict[str, Change]
    error: Exception | None


class Saving(Line):
    """The part of a session that changes things at the platform."""

    dialect: Dialect

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
        self._check_options(options)
        draft = entity
        if data is not None:
            draft = type(entity)._wrap(dict(entity._raw), entity._peers)
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
            if options.get("validate_only"):
                self.exchange(request, self.dialect.saved)
                return draft.changes()
            row = self._written(draft, request, values)
            self._check_identity(entity, row)
        except (APIError, AmbiguousWrite) as error:
            raise _not_saved(entity, error) from None
        entity._settle(row, values)
        if refresh:
            entity.refresh()
        return _made(entity, old, values)

    def _written(self, entity: Entity, request: Request, values: Mapping[str, Any]) -> Row | None:
        """The row that a write answers with; where the answer is lost, that of the record as it is found again."""
        since = datetime.now(UTC)
        try:
            return self.exchange(request, self.dialect.saved)
        except AmbiguousWrite as lost:
            if not self._repeats:
                raise
            return look_up(self, entity, values, lost, since, lambda: self.exchange(request, self.dialect.saved))

    def _check_options(self, options: Mapping[str, Any]) -> None:
        known = self.dialect.capabilities.options
        for name in options:
            if name not in known:
                platform = self.dialect.platform
                raise UnknownNameError(f"{platform}'s save takes no {name!r}", hint=did_you_mean(name, known))

    @staticmethod
    def _check_identity(entity: Entity, row: Row | None) -> None:
        """A create has to be told its id, an update must not be answered by another record."""
        known, told = entity._raw.get("id"), (row or {}).get("id")
        if known is None and told is None:
            raise APIError("the answer does not tell the id of what was created", hint=UNSURE)
        other = row is not None and type(type(entity)._wrap(row, entity._peers)) is not type(entity)
        if known is not None and told is not None and (other or str(known) != str(told)):
            raise APIError(f"the answer is about another record, {told}", hint=UNSURE)

    def save_all(self, entities: Iterable[Entity], **options: Any) -> list[SaveResult]:
        """Saves each entity, together where the platform takes batches; the others go on when one fails. Any failure
        raises `SaveAllError` at the end, with all results in it."""
        self._check_options(options)
        saved = list(entities)
        for entity in saved:
            if not isinstance(entity, Entity):
                raise ClientError(f"save_all takes entities, not {entity!r}")
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
            if unsaved and entity._peers.session is self and id(entity) not in seen:
                seen.add(id(entity))
                writes.append((entity, values))
                places.append(place)
        for batch in self.dialect.batches(writes):
            members = [writes[place] for place in batch.places]
            for place, outcome in zip(batch.places, self._save_batch(batch, members), strict=True):
                results[places[place]] = outcome

    def _save_batch(self, batch: Batch, members: Sequence[tuple[Entity, Mapping[str, Any]]]) -> list[SaveResult]:
        outcomes: Sequence[Row | AdPlatformsError | None]
        try:
            outcomes = self.exchange(batch.request, self.dialect.outcomes)
            if len(outcomes) != len(members):
                raise APIError(f"the answer tells of {len(outcomes)} records, {len(members)} were sent", hint=UNSURE)
        except AdPlatformsError as error:
            outcomes = [error] * len(members)
        return [
            self._settled(entity, values, outcome) for (entity, values), outcome in zip(members, outcomes, strict=True)
        ]

    def _settled(self, entity: Entity, values: Mapping[str, Any], outcome: Row | AdPlatformsError | None) -> SaveResult:
        """Takes over what became of one record of a batch."""
        try:
            if isinstance(outcome, AdPlatformsError):
                raise outcome
            self._check_identity(entity, outcome)
        except AdPlatformsError as error:
            error.mask(self.auth.redact)
            return SaveResult(entity, {}, _not_saved(entity, error))
        old = {name: entity._loaded(name) for name in values}
        entity._settle(outcome, values)
        return SaveResult(entity, _made(entity, old, values), None)

    def archive(self, entity: Entity, **options: Any) -> None:
        """What `Entity.archive` does."""
        if entity._raw.get("id") is None:
            raise ClientError(f"{entity._label()} has no id yet", hint="there is nothing to archive")
        request, after = self.dialect.archive(entity, **options)
        row = self._written(entity, request, after)
        self._check_identity(entity, row)
        entity._settle(row, after)

    def delete(self, entity: Entity) -> None:
        """What `Entity.delete` does."""
        if entity._raw.get("id") is None:
            raise ClientError(f"{entity._label()} has no id yet", hint="there is nothing to delete")
        request = self.dialect.delete(entity)
        try:
            self.exchange(request, self.dialect.saved)
        except AmbiguousWrite as lost:
            if not self._repeats or not gone(self, entity, lost):
                raise


def _made(entity: Entity, old: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Change]:
    """What a save changed; of what is only written, what was sent."""
    fields = entity._fields
    return {n: Change(old[n], v if fields[n].write_only else entity._loaded(n)) for n, v in values.items()}


def _not_saved(entity: Entity, error: AdPlatformsError) -> AdPlatformsError:
    """The error of a save, naming the record; each record of a batch has its own."""
    named = type(error)(error.message)
    vars(named).update(vars(error))
    if isinstance(error, (APIError, AmbiguousWrite)):
        named.message = f"{entity._label()} was not saved: {error.message}"
    return named
