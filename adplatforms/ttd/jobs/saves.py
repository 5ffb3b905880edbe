"""Campaigns and ad groups that are saved as one job, and what became of each of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsWarning, ClientError, ParserException, warn
from adplatforms.core.state import EntityState
from adplatforms.net.jobs import JobState

from .. import holds
from ..workflows import operations
from ..workflows import write as workflows
from ..workflows.operations import Callback
from ..workflows.read import row_of
from .base import StandardJob
from .matching import Matching, Member
from .results import Issue, holds_records, payloads, refusals

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["Member", "SaveJob"]

Row = dict[str, Any]


_CALLS = {
    ("campaign", True): operations.create_campaigns_job,
    ("campaign", False): operations.update_campaigns_job,
    ("ad_group", True): operations.create_ad_groups_job,
    ("ad_group", False): operations.update_ad_groups_job,
}
"""By the type of the entities, and whether they are new."""


class _Outcome(NamedTuple):
    """What the result of a job says: the saved entities, those of which it says nothing, and rows of nobody."""

    saved: list[Entity]
    unclear: list[Entity]
    others: list[Row]


class SaveJob(StandardJob[list[Any]]):
    """Campaigns or ad groups that are created or changed as one job.

    The result are the saved entities: those that were submitted, in their order, as far as it is clear which is which;
    else new objects. Those that failed are not among them; `errors` has the reasons.

    Until the result was seen the entities refuse to be saved or submitted again. New ones are recognized by their
    parent (an ad group's campaign, a campaign's advertiser) and name. What the result does not say is in `unclear`.
    """

    model: type[Entity]
    members: tuple[Member, ...] = ()
    """The entities that were submitted, each with the values that were, by Python name."""
    validate_only = False
    unclear: tuple[Entity, ...] = ()
    """The submitted entities of which the result does not say what became of them: perhaps applied. They refuse to be
    saved until `forget_job()` was called on them."""
    _entities: list[Any] | None = None

    @classmethod
    def submit(cls, session: TTD, entities: list[Entity], callback: Callback | None, validate_only: bool) -> Self:
        """Starts the job; nothing is taken for saved before its result is there.

        Raises `ClientError` for an entity that another job has, and `AmbiguousWrite` where the answer was lost: the
        entities stay held then.
        """
        kind, created, inputs = workflows.job_inputs(entities)
        request = _CALLS[kind, created](inputs, callback, validate_only)
        members = tuple(Member(entity, EntityState(entity).pending()) for entity in entities)
        # A validation changes nothing: its entities may be submitted again while it goes on.
        if validate_only:
            job = cls(session, cls._started(session, request))
        else:
            verb = "created" if created else "changed"
            with holds.submitting(entities, "a job whose submission got no answer", verb) as members_holds:
                job = cls(session, cls._started(session, request))
            # Now that the job has an id, the holds can name it.
            collection = type(entities[0]).collection
            for hold in members_holds:
                hold.holder = f"job {job.id}"
                hold.cure = (
                    "job.result() settles it; where that job object is lost,"
                    f" ttd.job({job.id}, {collection!r}).result() tells, then forget_job()"
                )
        job.model, job.validate_only, job.members = type(entities[0]), validate_only, members
        return job

    @property
    def errors(self) -> list[Issue]:
        """What the platform says went wrong; with the position among the submitted ones, where the result has it."""
        state = self.look()
        has_result = state.raw.get("rawResult") is not None or state.raw.get("url")
        if self.done and has_result:
            refused = list(refusals(self._document(self.look())))
            if refused:
                return refused
        return super().errors

    def _look(self) -> JobState:
        """Asks how far the job is, and settles the holds where it has ended without a result."""
        state = super()._look()
        if state.status == "Failure":
            # The platform's own word that nothing of it was applied.
            for entity, _ in self._held():
                holds.release(entity)
        elif state.status in ("Cancelled", "ResultsExpired"):
            self._leave_unclear([entity for entity, _ in self._held()])
        return state

    def _held(self) -> Iterable[Member]:
        """The members that the job holds back: those of a validation it does not."""
        return () if self.validate_only else self.members

    def _result_of(self, state: JobState) -> list[Any]:
        # Only once: what was changed since the first time is not taken back.
        if self._entities is None:
            self._entities = self._settled(state)
        return list(self._entities)

    def _settled(self, state: JobState) -> list[Any]:
        """Tells the members what became of them; the saved entities."""
        document = self._document(state)
        if not isinstance(document, (list, dict)):
            self._leave_unclear([entity for entity, _ in self._held()])
            raise ParserException(f"{self!r}: its result holds no records: {document!r:.100}")
        if self.validate_only:
            return []
        self._check_kind(document)
        outcome = self._outcome(document)
        self._leave_unclear(outcome.unclear)
        return [*outcome.saved, *self._wrapped(self.model, outcome.others)]

    def _check_kind(self, document: Any) -> None:
        """Raises a `ClientError` for the result of a job that saved records of the other kind."""
        own = self.model.__model__.type
        shown = [kind for kind, key in workflows.ANSWER_KEYS.items() if holds_records(document, key)]
        if shown and own not in shown:
            raise ClientError(
                f"job {self.id} did not save {self.model.collection}", hint=f"ttd.job({self.id}, {shown[0] + 's'!r})"
            )

    def _outcome(self, document: Any) -> _Outcome:
        """Settles the members that the result shows, and releases those that it says were refused."""
        key = workflows.ANSWER_KEYS[self.model.__model__.type]
        rows = [row_of(self.model, payload) for payload in payloads(document, key)]
        rows = [row for row in rows if row.get("id") is not None]
        known, others = Matching(self.session, self.model, self.members, rows).found()
        # Refusals stand in the result, or in the status of the job: the facts do not say which.
        failed = {issue.position for issue in [*refusals(document), *super().errors] if issue.position is not None}
        saved, unclear = [], []
        for position, (entity, sent) in enumerate(self.members):
            row = known.get(position)
            if row is not None:
                _settle(entity, row, sent)
                saved.append(entity)
            if row is not None or position in failed:
                holds.release(entity)
            else:
                unclear.append(entity)
        return _Outcome(saved, unclear, others)

    def _leave_unclear(self, entities: list[Entity]) -> None:
        """Notes that nothing tells what became of these, with one warning."""
        new = [entity for entity in entities if entity not in self.unclear]
        if not new:
            return
        self.unclear = (*self.unclear, *new)
        for entity in new:
            verb = "created" if EntityState(entity).is_new else "changed"
            holds.hold_unclear(entity, f"job {self.id}", verb, holds.CURES[verb])
        named = ", ".join(repr(_name_of(entity)) for entity in new[:3])
        more = f" and {len(new) - 3} more" if len(new) > 3 else ""
        warn(
            f"{self!r}: the result does not tell what became of {named}{more}: perhaps applied, not to be saved again"
            " before you have looked (job.unclear has them)",
            AdPlatformsWarning,
        )


def _name_of(entity: Entity) -> Any:
    state = EntityState(entity)
    return state.values.get("name") or state.label


def _settle(entity: Entity, row: Row, sent: Row) -> None:
    """Takes the row over; what was changed while the job went on stays changed."""
    state, fields = EntityState(entity), entity.__model__.fields
    later = {name: value for name, value in state.pending().items() if name in sent and value != sent[name]}
    state.settle(row, sent)
    for name, value in later.items():
        # What only a create takes cannot be changed any more, now that the record exists.
        if not fields[name].create_only:
            setattr(entity, name, value)
