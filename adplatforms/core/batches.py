"""Writing many records: `save_all`, together where the platform takes batches, each with its own outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from .ambiguous import ambiguous
from .creating import Unknown
from .dialect import Batch
from .entity import Entity
from .errors import AdPlatformsError, AmbiguousWrite, ClientError, ParserException, SaveAllError
from .ids import entities_of
from .lost import LostWrite, look_up
from .messages import Answer
from .relations import Row
from .saving import SaveResult, Saving, Values, changes_of, interrupted, not_saved
from .state import EntityState

__all__ = ["BatchSaving"]

Outcome = Row | AdPlatformsError | None
"""What became of one record: its row, None for a bare success, or the error."""
Write = tuple[Entity, Values]


class BatchSaving(Saving):
    """The part of a session that changes many records at once."""

    def save_all(self, entities: Iterable[Entity], **options: Any) -> list[SaveResult]:
        """Saves each entity, together where the platform takes batches; the others go on when one fails. Any failure
        raises `SaveAllError` at the end, with all results in it."""
        self.check_options(options)
        members: list[Entity] = entities_of(entities, self.dialect.platform, "save_all")
        self.check_may_write("save_all")
        found: dict[int, SaveResult] = {}
        begun: set[int] = set()
        try:
            results = self._save_members(members, found, begun, options)
        except Exception:
            raise
        except BaseException as interrupt:
            _tell_interrupted(interrupt, members, found, begun)
            raise
        failed = [result for result in results if result.error is not None]
        if failed:
            first_few = "; ".join(str(result.error) for result in failed[:3])
            raise SaveAllError(
                f"{len(failed)} of {len(results)} saves failed: {first_few}",
                results=results,
                hint="error.results has all",
            )
        return results

    def _save_members(
        self, members: Sequence[Entity], found: dict[int, SaveResult], begun: set[int], options: Mapping[str, Any]
    ) -> list[SaveResult]:
        """Saves each entity; the results. For whoever is interrupted, they stand in `found` as soon as they are known,
        by the index of the entity, and in `begun` stand the indexes of those that may have been sent."""
        if self.dialect.capabilities.max_batch > 1 and not options:
            self._save_batches(members, found, begun)
        problems = {id(result.entity): result.error for result in found.values() if result.error is not None}
        for index, entity in enumerate(members):
            result = found.get(index)
            earlier = problems.get(id(entity))
            if result is None and earlier is None:
                begun.add(index)
                result = self._save_one(entity, options)
            elif result is None:
                # Given twice: what failed is not sent again, for it may have been applied.
                result = SaveResult(entity, {}, earlier)
            if result.error is not None:
                problems[id(entity)] = result.error
            found[index] = result
        return [found[index] for index in range(len(members))]

    @staticmethod
    def _save_one(entity: Entity, options: Any) -> SaveResult:
        try:
            return SaveResult(entity, entity.save(**options), None)
        except Exception as error:  # noqa: BLE001, one item must not take the outcome of the others along
            return SaveResult(entity, {}, error)

    def _save_batches(self, entities: Sequence[Entity], found: dict[int, SaveResult], begun: set[int]) -> None:
        """Saves what goes out together, see `_save_members`. What cannot be planned is left to its own save, which says
        why."""
        writes: list[Write] = []
        indexes: list[int] = []
        seen: set[int] = set()
        for index, entity in enumerate(entities):
            state = EntityState(entity)
            values = state.pending()
            has_news = bool(values) or state.is_new
            # What nobody knows of is left to its own save, which looks it up before anything is sent.
            looks_first = self.creates.unknown(entity) is not None
            # `seen`: of a record that is given twice, the second would be sent beside the first, and doubled.
            if has_news and not looks_first and state.session is self and id(entity) not in seen:
                seen.add(id(entity))
                writes.append((entity, values))
                indexes.append(index)
        for batch in self.dialect.batches(writes):
            members = [writes[position] for position in batch.positions]
            begun.update(indexes[position] for position in batch.positions)
            for position, result in zip(batch.positions, self._save_batch(batch, members), strict=True):
                found[indexes[position]] = result

    def _save_batch(self, batch: Batch, members: Sequence[Write]) -> list[SaveResult]:
        """Saves records together, and settles each."""
        since = self.connection.runtime.now()
        try:
            with self.creates.under_way(members), self._remembering_interrupts(members, since):
                outcomes = self._batch_written(batch, members, since)
        except AdPlatformsError as error:
            outcomes = [error] * len(members)
        return [
            self._settled(entity, values, outcome) for (entity, values), outcome in zip(members, outcomes, strict=True)
        ]

    def _batch_written(
        self, batch: Batch, members: Sequence[Write], since: datetime, again: bool = True
    ) -> list[Outcome]:
        """What became of each record of a batch. Those whose answer was lost are looked for together, with one read of
        all their ids. again: whether what surely was not applied is sent once more."""
        outcomes: list[Outcome] = [None] * len(members)
        lost: AmbiguousWrite | None = None
        unsure = list(range(len(members)))
        try:
            outcomes = self.exchange(batch.request, partial(self._read_batch, members))
            unsure = [position for position, outcome in enumerate(outcomes) if _is_unsure(outcome)]
        except AmbiguousWrite as error:
            lost = error
        if not unsure:
            return outcomes
        if lost is None:
            lost = ambiguous(outcomes[unsure[0]], batch.request.label)  # type: ignore[arg-type]
        writes = {position: LostWrite(*members[position]) for position in unsure}
        # One look for all: thirty look-ups after a failing call would hit a platform that is in trouble.
        look_up(self, list(writes.values()), since)
        repeated: list[int] = []
        for position, write in writes.items():
            if write.row is not None:
                outcomes[position] = write.row
                continue
            outcomes[position] = write.error(lost)
            if write.may_repeat(self, lost):
                repeated.append(position)
        if again and repeated:
            self._repeat_batch([members[position] for position in repeated], repeated, outcomes, since)
        # Last, for those that are still unknown now.
        for position, write in writes.items():
            if isinstance(outcomes[position], AmbiguousWrite):
                self.creates.remember(write.entity, Unknown(write.values, since, lost))
        return outcomes

    def _repeat_batch(
        self, members: Sequence[Write], positions: Sequence[int], outcomes: list[Outcome], since: datetime
    ) -> None:
        """Sends updates of a lost batch once more, and notes what becomes of them at their positions."""
        for batch in self.dialect.batches(members):
            part = [members[position] for position in batch.positions]
            try:
                repeated = self._batch_written(batch, part, since, again=False)
            except AdPlatformsError as error:
                repeated = [error] * len(part)
            for position, outcome in zip(batch.positions, repeated, strict=True):
                # Whatever ended the second one, the first may have been applied.
                if isinstance(outcome, AdPlatformsError) and not isinstance(outcome, AmbiguousWrite):
                    outcome = ambiguous(outcome, batch.request.label)
                outcomes[positions[position]] = outcome

    def _read_batch(self, members: Sequence[Write], answer: Answer) -> list[Outcome]:
        """The outcomes of a batch, once they are about its records."""
        outcomes: list[Outcome] = list(self.dialect.reader_of(answer.request).outcomes(answer))
        if len(outcomes) != len(members):
            raise ParserException(f"the answer is about {len(outcomes)} records, {len(members)} were sent")
        for (entity, values), outcome in zip(members, outcomes, strict=True):
            if not isinstance(outcome, AdPlatformsError):
                self._check_identity(entity, values, outcome)
        return outcomes

    def _settled(self, entity: Entity, values: Values, outcome: Outcome) -> SaveResult:
        """Takes over what became of one record of a batch."""
        if isinstance(outcome, AdPlatformsError):
            # The connection masks what it raises; this error was an item of an answer, and nobody raised it.
            outcome.mask(self.auth.redact)
            return SaveResult(entity, {}, not_saved(entity, outcome))
        state = EntityState(entity)
        old = {name: state.loaded(name) for name in values}
        state.settle(outcome, values)
        return SaveResult(entity, changes_of(entity, old, values), None)


def _tell_interrupted(
    interrupt: BaseException, members: Sequence[Entity], found: Mapping[int, SaveResult], begun: Collection[int]
) -> None:
    """Puts the results of a `save_all` on the exception that interrupted it, and how many are what into its text."""
    results = [found.get(index) or _unfinished(entity, index in begun) for index, entity in enumerate(members)]
    saved = sum(result.error is None for result in results)
    unknown = sum(isinstance(result.error, AmbiguousWrite) for result in results)
    interrupt.results = results  # type: ignore[attr-defined]
    interrupt.add_note(
        f"save_all: {saved} saved, {unknown} unknown, {len(results) - saved - unknown} not sent or refused; "
        "error.results has all. Saved again, what is unknown is looked up first."
    )


def _unfinished(entity: Entity, begun: bool) -> SaveResult:
    """The result of a save that was interrupted, or that an interrupt kept from being begun."""
    if begun:
        return SaveResult(entity, {}, interrupted(entity))
    why = f"{EntityState(entity).label} was not saved: the call was interrupted before"
    return SaveResult(entity, {}, ClientError(why, hint="save it again"))


def _is_unsure(outcome: Outcome) -> bool:
    """Whether one record of a batch may have been saved although its outcome is an error."""
    return isinstance(outcome, AdPlatformsError) and outcome.unsure
