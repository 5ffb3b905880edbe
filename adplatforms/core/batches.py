"""Writing many records: `save_all`, side by side, and together where the platform takes batches. Each has its own
outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from .ambiguous import ambiguous
from .concurrent import SideBySide, while_wanted
from .creating import Unknown
from .dialect import Batch
from .entity import Entity
from .errors import AdPlatformsError, AmbiguousWrite, ClientError, DetachedError, ParserException, SaveAllError
from .ids import entities_of
from .lost import LostWrite, look_up
from .messages import Answer
from .relations import Row
from .rounds import Progress, in_rounds
from .saving import SaveResult, Saving, Values, changes_of, not_saved
from .state import EntityState
from .unsaved import check_has_id, take_ids_of_parents

__all__ = ["BatchSaving"]

Outcome = Row | AdPlatformsError | None
"""What became of one record: its row, None for a bare success, or the error."""
Write = tuple[Entity, Values]


class BatchSaving(Saving):
    """The part of a session that changes many records at once."""

    def save_all(self, entities: Iterable[Entity], *, in_flight: int | None = None, **options: Any) -> list[SaveResult]:
        """Saves each entity, side by side, and together where the platform takes batches; the results in their order.

        New parents are saved before their new children, and of one record that is given several times, one after the
        other. The others go on when one fails; the children of a parent that could not be created are not sent. Any
        failure raises `SaveAllError` at the end, with all results in it. An exception that interrupts it (Ctrl-C) has
        the `results` too: what is saved, what was not sent, and an `AmbiguousWrite` for what was under way.

        in_flight: at most so many calls under way at once; by default as many as the platform takes (T1 8, The Trade
        Desk 4, Pinterest 8), fewer while it throttles or fails. 1 sends one after the other. options: those of
        `Entity.save`.
        """
        self.check_options(options)
        members: list[Entity] = entities_of(entities, self.dialect.platform, "save_all")
        most = self._most_in_flight(in_flight)
        self.check_may_write("save_all")
        progress = Progress(members)
        calls = SideBySide(self.connection.runtime, lambda: min(most, self.connection.concurrency), most)
        try:
            for indexes in in_rounds(members):
                calls.run(self._saves_of(indexes, progress, options))
        except DetachedError:
            calls.stop()
            progress.closed = True
        except BaseException as interrupt:
            # Ctrl-C a second time ends the wait for what is under way. The results are told in any case.
            try:
                calls.stop()
            finally:
                progress.tell(interrupt)
            raise
        results = progress.results()
        failed = [result for result in results if result.error is not None]
        if failed:
            first_few = "; ".join(str(result.error) for result in failed[:3])
            raise SaveAllError(
                f"{len(failed)} of {len(results)} saves failed: {first_few}",
                results=results,
                hint="error.results has all",
            )
        return results

    def _most_in_flight(self, in_flight: int | None) -> int:
        """How many calls may be under way at once: what the caller wants, and not more than the platform takes."""
        most = self.dialect.capabilities.prefetch
        if in_flight is None:
            return most
        # `type` and not `isinstance`: True would be one call.
        if type(in_flight) is not int or in_flight < 1:
            raise ClientError(f"in_flight takes a number of calls, 1 or more, not {in_flight!r}")
        return min(in_flight, most)

    def _saves_of(
        self, indexes: Sequence[int], progress: Progress, options: Mapping[str, Any]
    ) -> Iterator[Callable[[], object]]:
        """The calls that save the entities of one round, none of which waits for another."""
        ready = progress.sendable(indexes)
        batched: set[int] = set()
        if self.dialect.capabilities.max_batch > 1 and not options:
            for batch, members in self._batches_of(ready, progress):
                batched.update(members)
                yield partial(self._save_batch, batch, members, progress)
        for index in ready:
            if index not in batched:
                yield partial(self._save_one, index, progress, options)

    def _save_one(self, index: int, progress: Progress, options: Mapping[str, Any]) -> None:
        entity = progress.members[index]
        progress.begun.add(index)
        try:
            result = SaveResult(entity, entity.save(**options), None)
        except Exception as error:  # noqa: BLE001, one item must not take the outcome of the others along
            result = SaveResult(entity, {}, error)
        progress.found[index] = result

    def _batches_of(self, indexes: Sequence[int], progress: Progress) -> Iterator[tuple[Batch, dict[int, Write]]]:
        """What goes out together: each batch with its records, by their indexes. What cannot be planned is left to its
        own save, which says why."""
        writes: list[Write] = []
        planned: list[int] = []
        for index in indexes:
            entity = progress.members[index]
            state = EntityState(entity)
            try:
                check_has_id(state, "save")
                if state.is_new:
                    take_ids_of_parents(entity)
            except ClientError:
                continue
            values = state.pending()
            has_news = bool(values) or state.is_new
            # What nobody knows of is left to its own save, which looks it up before anything is sent.
            looks_first = self.creates.unknown(entity) is not None
            if has_news and not looks_first and state.session is self:
                writes.append((entity, values))
                planned.append(index)
        for batch in self.dialect.batches(writes):
            yield batch, {planned[position]: writes[position] for position in batch.positions}

    def _save_batch(self, batch: Batch, members: Mapping[int, Write], progress: Progress) -> None:
        """Saves records together, and settles each."""
        progress.begun.update(members)
        writes = list(members.values())
        since = self.connection.runtime.now()
        with self.creates.under_way(writes):
            results = self._or_remembered(writes, since, lambda: self._batch_settled(batch, writes, since))
        progress.found.update(zip(members, results, strict=True))

    def _batch_settled(self, batch: Batch, writes: Sequence[Write], since: datetime) -> list[SaveResult]:
        outcomes: list[Outcome]
        try:
            outcomes = self._batch_written(batch, writes, since)
        except AdPlatformsError as error:
            outcomes = [error] * len(writes)
        return while_wanted(lambda: [self._settled(*each) for each in zip(writes, outcomes, strict=True)])

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

    def _settled(self, write: Write, outcome: Outcome) -> SaveResult:
        """Takes over what became of one record of a batch."""
        entity, values = write
        if isinstance(outcome, AdPlatformsError):
            # The connection masks what it raises; this error was an item of an answer, and nobody raised it.
            outcome.mask(self.auth.redact)
            return SaveResult(entity, {}, not_saved(entity, outcome))
        state = EntityState(entity)
        old = {name: state.loaded(name) for name in values}
        state.settle(outcome, values)
        return SaveResult(entity, changes_of(entity, old, values), None)


def _is_unsure(outcome: Outcome) -> bool:
    """Whether one record of a batch may have been saved although its outcome is an error."""
    return isinstance(outcome, AdPlatformsError) and outcome.unsure
