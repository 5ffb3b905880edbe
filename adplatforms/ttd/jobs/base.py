"""What the jobs of the Workflows API share: looking, the document of the result, what went wrong."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from os import PathLike
from types import NoneType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsError, APIError, JobError, ParserException, PartialResultWarning, warn
from adplatforms.core.files import write_atomically
from adplatforms.core.messages import Answer, Request
from adplatforms.core.relations import Peers
from adplatforms.net.jobs import Job, JobState

from .. import shapes
from ..read import json_object, submitted_job_id
from ..workflows import operations
from .results import Issue, issues, parsed

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["ERROR_KEYS", "FAILED", "StandardJob", "WorkflowsJob"]

R = TypeVar("R")
Row = dict[str, Any]
_RUNNING = ("Queued", "InProgress")
FAILED = ("Failure", "Cancelled")
ERROR_KEYS = ("errors", "runtimeErrors", "queryGqlErrors")
"""Where a status tells what went wrong."""


class WorkflowsJob(Job[R], Generic[R]):
    """A job of the Workflows API. `status` is one of Queued, InProgress, Success, PartialSuccess, Failure, Cancelled
    and ResultsExpired; the first two go on."""

    session: TTD

    @abstractmethod
    def _ask(self) -> Row:
        """The platform's own words about the job: one request."""

    def _checked(self, told: Row) -> Row:
        """What the platform tells of a job, if it is of this job and whole; a ValueError otherwise."""
        shapes.same(shapes.member(told, "id"), self.id, "job")
        if not isinstance(shapes.member(told, "status"), str):
            raise ValueError("expected a status")
        return told

    def _look(self) -> JobState:
        told = self._ask()
        status = str(told.get("status"))
        percent = told.get("completionPercentage")
        ended = told.get("completedAtUtc") or told.get("completedAt")
        known = status in (*_RUNNING, *FAILED, "Success", "PartialSuccess", "ResultsExpired")
        return JobState(
            status=status,
            done=status not in _RUNNING if known else bool(ended),
            failed=status in FAILED,
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
        return [found for key in ERROR_KEYS for found in issues(told.get(key))]

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
        return write_atomically(self._pieces(self.wait()), path)

    def _document(self, state: JobState) -> Any:
        return parsed(b"".join(self._pieces(state)))

    def _pieces(self, state: JobState) -> Iterator[bytes]:
        raw, url = state.raw.get("rawResult"), state.raw.get("url")
        if not isinstance(raw, (str, NoneType)) or not isinstance(url, (str, NoneType)):
            raise ParserException(f"job {self.id}: its result is neither text nor a link", request=f"job {self.id}")
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
        return self.session.exchange(request, lambda answer: shapes.readable(answer, self._state_of))

    def _state_of(self, answer: Answer) -> Row:
        """What the answer tells of this job, and no other: it has an id and a status."""
        return self._checked(json_object(answer))

    @classmethod
    def _started(cls, session: TTD, request: Request) -> str:
        return session.exchange(request, submitted_job_id)
