"""Campaigns and ad groups that are saved as one job, and how what it made is known again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsError, AdPlatformsWarning, ParserException, warn
from adplatforms.net.jobs import JobState

from .. import holds
from ..workflows import operations
from ..workflows import write as workflows
from ..workflows.operations import Callback
from ..workflows.read import row_of
from .base import StandardJob
from .results import Issue, payloads, refusals

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["Member", "SaveJob"]

T = TypeVar("T")
Row = dict[str, Any]


class Member(NamedTuple):
    """An entity that was submitted, and the values that were, by Python name."""

    entity: Entity
    sent: dict[str, Any]


class SaveJob(StandardJob[list[Any]]):
    """Campaigns or ad groups that are created or changed as one job. The result are the saved entities: those that were
    submitted, in their order, as far as it is clear which is which; else new objects. Those that failed are not among
    them; `errors` tells why.

    Until the result was seen the entities refuse to be saved or submitted again. New ones are known again by their
    parent (an ad group's campaign, a campaign's advertiser) and name. What the result does not tell is in `unclear`.
    """

    model: type[Entity]
    members: tuple[Member, ...] = ()
    """The entities that were submitted, each with the values that were, by Python name."""
    validate_only = False
    _found: list[Any] | None = None
    unclear: tuple[Entity, ...] = ()
    """The submitted entities of which the result does not tell what became of them: perhaps applied. They refuse to be
    saved until `forget_job()` was called on them."""

    @classmethod
    def submit(cls, session: TTD, entities: list[Entity], callback: Callback | None, validate_only: bool) -> Self:
        """Starts the job; nothing is taken for saved before its result is there.

        Raises `ClientError` for an entity that another job has, and `AmbiguousWrite` where the answer was lost: the
        entities stay locked then.
        """
        kind, created, inputs = workflows.job_inputs(entities)
        start = getattr(operations, f"{'create' if created else 'update'}_{kind}s_job")
        request = start(inputs, callback, validate_only)
        members = tuple(Member(entity, entity._pending()) for entity in entities)
        if validate_only:
            job = cls(session, cls._started(session, request))
        else:
            verb = "created" if created else "changed"
            with holds.submitting(entities, "a job whose submission got no answer", verb) as held:
                job = cls(session, cls._started(session, request))
            for mark in held:
                mark.what = f"job {job.id}"
                mark.cure = (
                    "job.result() settles it; where that job object is lost,"
                    f" ttd.job({job.id}, {type(entities[0]).collection!r}).result() tells, then forget_job()"
                )
        job.model, job.validate_only, job.members = type(entities[0]), validate_only, members
        return job

    @property
    def errors(self) -> list[Issue]:
        """What the platform tells went wrong; with the place among the submitted ones, where the result tells it."""
        told = self.look().raw
        there = told.get("rawResult") is not None or told.get("url")
        refused = list(refusals(self._document(self.look()))) if self.done and there else []
        return refused or super().errors

    def _look(self) -> JobState:
        state = super()._look()
        if state.status == "Failure":
            for entity, _ in self._held():
                holds.unmark(entity)
        elif state.status in ("Cancelled", "ResultsExpired"):
            self._leave_unclear([entity for entity, _ in self._held()])
        return state

    def _held(self) -> Iterable[Member]:
        """The members that the job holds back: those of a validation it does not."""
        return () if self.validate_only else self.members

    def _made(self, state: JobState) -> list[Any]:
        if self._found is None:  # what was changed since the first time is not taken back
            self._found = self._read(state)
        return list(self._found)

    def _read(self, state: JobState) -> list[Any]:
        """Tells the members what became of them."""
        key = "campaign" if self.model._type == "campaign" else "adGroup"
        document = self._document(state)
        if not isinstance(document, (list, dict)):
            self._leave_unclear([entity for entity, _ in self._held()])
            raise ParserException(f"{self!r}: its result holds no records: {document!r:.100}")
        if self.validate_only:
            return []
        rows = [row_of(self.model, found) for found in payloads(document, key)]
        rows = [row for row in rows if row.get("id") is not None]
        known, left = _Matching(self.session, self.model, self.members, rows).found()
        failed = {issue.place for issue in [*refusals(document), *super().errors] if issue.place is not None}
        saved, unclear = [], []
        for place, (entity, sent) in enumerate(self.members):
            row = known.get(place)
            if row is not None:
                _settle(entity, row, sent)
                saved.append(entity)
            if row is not None or place in failed:
                holds.unmark(entity)
            else:
                unclear.append(entity)
        self._leave_unclear(unclear)
        return [*saved, *self._wrapped(self.model, left)]

    def _leave_unclear(self, entities: list[Entity]) -> None:
        """Notes that nothing tells what became of these, with one warning."""
        new = [entity for entity in entities if entity not in self.unclear]
        if not new:
            return
        self.unclear = (*self.unclear, *new)
        for entity in new:
            created = entity._raw.get("id") is None
            cure = "look for it by its parent and name first" if created else "refresh() it first"
            holds.mark_unclear(entity, f"job {self.id}", "created" if created else "changed", cure)
        named = ", ".join(repr(entity._values.get("name") or entity._label()) for entity in new[:3])
        more = f" and {len(new) - 3} more" if len(new) > 3 else ""
        warn(
            f"{self!r}: the result does not tell what became of {named}{more}: perhaps applied, not to be saved again"
            " before you have looked (job.unclear has them)",
            AdPlatformsWarning,
        )


class _Matching:
    """Which row of a result belongs to which member: by id, or for new records by parent and name. A name that stands
    for several is never guessed at."""

    def __init__(self, session: TTD, model: type[Entity], members: tuple[Member, ...], rows: list[Row]) -> None:
        self.session, self.model, self.members, self.rows = session, model, members, rows
        self.parent = next(iter(model._natural()), "")
        self.wire = model._fields[self.parent].wire

    def found(self) -> tuple[dict[int, Row], list[Row]]:
        """The rows by the place of their member, and those that belong to none."""
        by_id = {str(row["id"]): row for row in self.rows}
        known: dict[int, Row] = {}
        for place, (entity, _) in enumerate(self.members):
            row = by_id.get(str(entity._raw.get("id")))
            if entity._raw.get("id") is not None and row is not None:
                known[place] = by_id.pop(str(row["id"]))
        new = {place: member for place, member in enumerate(self.members) if member.entity._raw.get("id") is None}
        left = list(by_id.values())
        if new and left:
            self._tell_parents(list(new.values()), left)
            members = _once(new.items(), lambda item: self._key(item[1].sent))
            named = _once(left, lambda row: (row.get(self.wire), row.get("name")))
            alone = _once(new.items(), lambda item: item[1].sent.get("name"))
            names = _once(left, lambda row: row.get("name"))
            for (parent, name), row in named.items():
                item = members.get((parent, name))
                if parent is None and name in names:  # nothing tells its parent: the name alone has to do
                    item = alone.get(name)
                if item is not None and row.get("id") is not None:
                    known[item[0]] = row
        taken = {str(row["id"]) for row in known.values()}
        return known, [row for row in left if str(row["id"]) not in taken]

    def _key(self, sent: Row) -> tuple[Any, Any]:
        return sent.get(self.parent), sent.get("name")

    def _tell_parents(self, new: list[Member], rows: list[Row]) -> None:
        """Reads whose the rows are, where their names do not tell: the answers of Workflows leave an advertiser out."""
        short = [row for row in rows if row.get(self.wire) is None]
        parents_of: dict[Any, set[Any]] = {}
        for member in new:
            parents_of.setdefault(member.sent.get("name"), set()).add(member.sent.get(self.parent))
        apart = any(len(parents) > 1 for parents in parents_of.values())
        if not short or not apart:
            return
        try:
            query = self.session.query(self.model).where(id=[str(row["id"]) for row in short])
            parents = {str(entity._raw["id"]): entity._loaded(self.parent) for entity in query}
        except AdPlatformsError:
            return  # what cannot be told apart is reported as unclear
        for row in short:
            if parents.get(str(row["id"])) is not None:
                row[self.wire] = parents[str(row["id"])]


def _settle(entity: Entity, row: Row, sent: Row) -> None:
    """Takes the row over; what was changed while the job went on stays changed."""
    later = {name: value for name, value in entity._pending().items() if name in sent and value != sent[name]}
    entity._settle(row, sent)
    for name, value in later.items():
        if not entity._fixed(entity._fields[name]):
            setattr(entity, name, value)


def _once(items: Iterable[T], key: Callable[[T], Any]) -> dict[Any, T]:
    """By their key, those of which there is one only."""
    found: dict[Any, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return {name: group[0] for name, group in found.items() if len(group) == 1}
