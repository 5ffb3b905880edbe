"""Jobs at The Trade Desk: bulk saves, exports of data, GraphQL bulk queries and copies of campaigns.

A job goes on at the platform, whatever happens here: `TTD.job(id, kind)` finds it again in another process. Sources:
workflows.json (official) for the first three, platform_rest_v3.md for the last. A partner may have 10 active and 20
queued GraphQL bulk jobs [D]; results of standard jobs are kept for 24 hours [S].
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from os import PathLike
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from adplatforms.core.entity import Entity
from adplatforms.core.errors import (
    AdPlatformsError,
    APIError,
    ClientError,
    JobError,
    PartialResultWarning,
    did_you_mean,
    warn,
)
from adplatforms.core.query import Query
from adplatforms.core.relations import Peers
from adplatforms.core.values import Request, written
from adplatforms.net.jobs import Job, JobState

from . import replies, workflows
from .results import Issue, issues, nodes, parsed, payloads, refusals
from .workflows import operations
from .workflows.answers import row_of
from .workflows.operations import Callback

if TYPE_CHECKING:
    from .documents import Reading
    from .families import FamilyReading
    from .session import TTD

__all__ = ["KINDS", "BulkQueryJob", "CloneJob", "DataJob", "SaveJob", "StandardJob", "WorkflowsJob", "resume"]

R = TypeVar("R")
T = TypeVar("T")
Row = dict[str, Any]
_RUNNING = ("Queued", "InProgress")
_FAILED = ("Failure", "Cancelled")
_ERROR_KEYS = ("errors", "runtimeErrors", "queryGqlErrors")


class WorkflowsJob(Job[R], Generic[R]):
    """A job of the Workflows API. `status` is one of Queued, InProgress, Success, PartialSuccess, Failure, Cancelled
    and ResultsExpired; the first two go on."""

    session: TTD

    @abstractmethod
    def _ask(self) -> Row:
        """The platform's own words about the job: one request."""

    def _look(self) -> JobState:
        told = self._ask()
        status = str(told.get("status"))
        percent = told.get("completionPercentage")
        ended = told.get("completedAtUtc") or told.get("completedAt")
        known = status in (*_RUNNING, *_FAILED, "Success", "PartialSuccess", "ResultsExpired")
        return JobState(
            status=status,
            done=status not in _RUNNING if known else bool(ended),
            failed=status in _FAILED,
            progress=percent / 100 if isinstance(percent, (int, float)) else None,
            raw=told,
        )

    @abstractmethod
    def _made(self, state: JobState) -> R:
        """What the result is."""

    def _result(self, state: JobState) -> R:
        made = self._made(state)
        if state.status == "PartialSuccess":
            warn(f"{self!r}: some of it failed, job.errors tells what", PartialResultWarning)
        return made

    @property
    def errors(self) -> list[Issue]:
        """What the platform tells went wrong, as far as it has come; the place of an item where it names one."""
        told = self.look().raw
        return [found for key in _ERROR_KEYS for found in issues(told.get(key))]

    def _why(self, state: JobState) -> str:
        try:
            told = [each.message for each in self.errors]
        except AdPlatformsError:  # the document that tells it cannot be had
            return ""
        return "; ".join(told[:3]) + (f"; job.errors has all {len(told)}" if len(told) > 3 else "")

    def document(self) -> Any:
        """The job's result as the platform wrote it, parsed. Waits for its end.

        It comes with the status up to 20 MB, else by download, without the token.
        """
        return self._document(self.wait())

    def download(self, path: str | PathLike[str]) -> int:
        """Writes the result to a file as the platform wrote it, piece by piece, however large it is: the bytes written.
        Waits for the job's end."""
        return written(self._pieces(self.wait()), path)

    def _document(self, state: JobState) -> Any:
        return parsed(b"".join(self._pieces(state)))

    def _pieces(self, state: JobState) -> Iterator[bytes]:
        raw, url = state.raw.get("rawResult"), state.raw.get("url")
        if raw is not None:
            yield raw.encode()
            return
        if not url:
            expired = state.status == "ResultsExpired"
            raise JobError(
                f"job {self.id} has no result{' any more' if expired else ''}",
                hint="results of standard jobs are kept for 24 hours" if expired else "job.errors may tell why",
            )
        try:
            stream = self.session.download(url)
        except APIError:
            fresh = self._look().raw.get("url")  # links expire before results do
            if not fresh or fresh == url:
                raise
            stream = self.session.download(fresh)
        try:
            yield from stream.chunks
        finally:
            stream.close()

    def _wrapped(self, model: type[Entity], rows: Iterable[Row]) -> list[Any]:
        found = list(rows)
        peers = Peers(self.session, found)
        return [model._wrap(row, peers) for row in found]

    def __iter__(self) -> Iterator[Any]:
        """The records of the result."""
        yield from self.result()  # type: ignore[misc]


class StandardJob(WorkflowsJob[R], Generic[R]):
    """A job with ``/standardjob/{id}/status``."""

    def _ask(self) -> Row:
        request = operations.get_job_status(self.id)
        return _object(self.session.exchange(request, replies.body), request)

    @classmethod
    def _started(cls, session: TTD, request: Request) -> str:
        return _identity(session.exchange(request, replies.body), request)


class SaveJob(StandardJob[list[Any]]):
    """Campaigns or ad groups that are created or changed as one job. The result are the saved entities: those that were
    submitted, in their order, as far as it is clear which is which; else new objects. Those that failed are not among
    them; `errors` tells why."""

    model: type[Entity]
    members: tuple[tuple[Entity, dict[str, Any]], ...] = ()
    """The entities that were submitted, each with the values that were, by Python name."""
    validate_only = False

    @classmethod
    def submit(cls, session: TTD, entities: list[Entity], callback: Callback | None, validate_only: bool) -> Self:
        """Starts the job; nothing is taken for saved before its result is there."""
        kind, created, inputs = workflows.job_inputs(entities)
        start = getattr(operations, f"{'create' if created else 'update'}_{kind}s_job")
        job = cls(session, cls._started(session, start(inputs, callback, validate_only)))
        job.model, job.validate_only = type(entities[0]), validate_only
        job.members = tuple((entity, entity._pending()) for entity in entities)
        return job

    @property
    def errors(self) -> list[Issue]:
        """What the platform tells went wrong; with the place among the submitted ones, where the result tells it."""
        told = self.look().raw
        there = told.get("rawResult") is not None or told.get("url")
        refused = list(refusals(self._document(self.look()))) if self.done and there else []
        return refused or super().errors

    def _made(self, state: JobState) -> list[Any]:
        key = "campaign" if self.model._type == "campaign" else "adGroup"
        rows = [row_of(self.model, found) for found in payloads(self._document(state), key)]
        rows = [] if self.validate_only else [row for row in rows if row.get("id") is not None]
        saved, left = [], {str(row["id"]): row for row in rows}
        named = _once(rows, lambda row: str(row.get("name")))
        alone = _once(self.members, lambda member: str(member[0]._values.get("name")))
        for entity, sent in self.members:
            known = entity._raw.get("id")
            if known is None:  # a new one is known by its name, where no other has the same
                name = str(entity._values.get("name"))
                known = named[name]["id"] if name in named and name in alone else None
            row = left.pop(str(known), None)
            if row is not None:
                entity._settle(row, sent)
                saved.append(entity)
        return [*saved, *self._wrapped(self.model, left.values())]


class DataJob(StandardJob[list[Any]]):
    """An export of first- or third-party data. The result are its entities, with the fields that the query shape asked
    for."""

    model: type[Entity]
    known: Row = {}

    @classmethod
    def submit(cls, session: TTD, request: Request, collection: str, **known: str) -> Self:
        """Starts the job. known: what is true for all records and not in the result, by Python name."""
        job = cls(session, cls._started(session, request))
        job.model = session.registry.find(collection)
        job.known = {job.model._fields[name].wire: value for name, value in known.items()}
        return job

    def _made(self, state: JobState) -> list[Any]:
        return self._wrapped(self.model, [{**self.known, **row} for row in nodes(self._document(state))])


class BulkQueryJob(WorkflowsJob[Any]):
    """A GraphQL query that the server reads to its end. The result are the entities of the query it was made of, with
    the conditions that GraphQL cannot filter applied; for the text of a query its ``data``."""

    query: Query[Any] | None = None
    reading: Reading | FamilyReading | None = None
    callback: Callback | None = None
    beta: str | None = None

    @classmethod
    def submit(
        cls,
        session: TTD,
        document: str,
        callback: Callback | None = None,
        beta: str | None = None,
        query: Query[Any] | None = None,
        reading: Reading | FamilyReading | None = None,
    ) -> Self:
        """Starts the job. reading: how the rows of `query` are found in the result."""
        request = operations.submit_graph_ql_bulk_query_job(document, callback, beta, reading)
        job = cls(session, _identity(session.exchange(request, replies.submitted), request))
        job.query, job.reading, job.callback, job.beta = query, reading, callback, beta
        return job

    def _ask(self) -> Row:
        found = self._asked()
        if found.get("status") not in _FAILED or not self._resubmitted(found):
            return found
        return self._asked()

    def _resubmitted(self, found: Row) -> bool:
        """Whether the job failed over fields that may be left out, and was submitted once more without them: its id is
        another one then."""
        if self.query is None or self.reading is None:
            return False
        dialect = self.session.dialect
        document, reading = dialect.bulk(self.query)
        told = [{"message": each.message} for key in _ERROR_KEYS for each in issues(found.get(key))]
        error = replies.rejection(told, reading.selection, document)
        if error is None or not dialect.drop(error, reading.selection):
            return False
        document, reading = dialect.bulk(self.query)
        again = type(self).submit(self.session, document, self.callback, self.beta, self.query, reading)
        self.id, self.reading = again.id, reading
        return True

    def _asked(self) -> Row:
        request = operations.get_graph_ql_bulk_job_status(self.id)
        told = _object(self.session.exchange(request, replies.body), request)
        found = told.get("job")
        if not isinstance(found, dict):
            words = "; ".join(each.message for each in issues(told.get("errors"))) or "there is no such job"
            raise APIError(f"GraphQL bulk job {self.id}: {words}", body=told, request=request.label)
        return found

    def _made(self, state: JobState) -> Any:
        document = self._document(state)
        if self.query is None or self.reading is None:
            return document.get("data", document) if isinstance(document, dict) else document
        here = self.query.plan().here
        found = self._wrapped(self.query.model, self.reading.rows(document.get("data")).rows)
        found = [entity for entity in found if all(condition.matches(entity) for condition in here)]
        start, most = self.query.start, self.query.most
        return found[start:] if most is None else found[start : start + most]


class CloneJob(Job[Any]):
    """A copy of a campaign. The result is the new campaign; `ad_group_ids` says which ad group became which."""

    session: TTD

    @classmethod
    def submit(cls, session: TTD, campaign_id: str, name: str, version: str | None = None) -> Self:
        """Starts the job."""
        body = {"CampaignId": campaign_id, "CampaignName": name, **({"Version": version} if version else {})}
        told = session.rest("POST", "campaign/clone", body)
        reference = told.get("ReferenceId") if isinstance(told, dict) else None
        if not reference:
            raise APIError("the answer does not tell the reference of the copy", body=told)
        return cls(session, str(reference))

    def _look(self) -> JobState:
        told = self.session.rest("GET", f"campaign/clone/status/{self.id}") or {}
        status = str(told.get("Status"))
        return JobState(status=status, done=status != "InProgress", failed=status == "Failed", progress=None, raw=told)

    @property
    def ad_group_ids(self) -> dict[str, str]:
        """The new ad group's id by the old one's."""
        found: dict[str, str] = self.wait().raw.get("AdGroupIdMap") or {}
        return found

    def _result(self, state: JobState) -> Any:
        return self.session.get("campaigns", state.raw["CampaignId"])


KINDS = {
    "campaigns": "a bulk save of campaigns",
    "ad_groups": "a bulk save of ad groups",
    "first_party_data": "an export of first-party data",
    "third_party_data": "an export of third-party data",
    "graphql": "a GraphQL bulk query; its result is the data, as for the text of a query",
    "clone": "a copy of a campaign",
}
"""The kinds of jobs that `TTD.job` finds again."""


def resume(session: TTD, job_id: int | str, kind: str) -> Any:
    """The job of that id, of one of the `KINDS`; nothing is asked yet."""
    if kind not in KINDS:
        raise ClientError(f"there are no jobs of kind {kind!r}", hint=did_you_mean(kind, KINDS))
    if kind == "graphql":
        return BulkQueryJob(session, str(job_id))
    if kind == "clone":
        return CloneJob(session, str(job_id))
    job = (SaveJob if kind in ("campaigns", "ad_groups") else DataJob)(session, str(job_id))
    job.model = session.registry.find(kind)
    return job


def _once(items: Iterable[T], key: Callable[[T], Any]) -> dict[Any, T]:
    """By their key, those of which there is one only."""
    found: dict[Any, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return {name: group[0] for name, group in found.items() if len(group) == 1}


def _object(told: Any, request: Request) -> Row:
    """The answer as a dict; an `APIError` for anything else."""
    if not isinstance(told, dict):
        raise APIError(f"the answer is no JSON object: {told!r:.80}", body=told, request=request.label)
    return told


def _identity(told: Any, request: Request) -> str:
    found = told.get("id") if isinstance(told, dict) else None
    if found is None:
        raise APIError("the answer does not tell the id of the job", body=told, request=request.label)
    return str(found)
