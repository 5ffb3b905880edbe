"""What the jobs of the Workflows API share: looking, the document of the result, what went wrong."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from os import PathLike
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsError, APIError, JobError, ParserException, PartialResultWarning, warn
from adplatforms.core.files import write_atomically
from adplatforms.core.messages import Answer, Request, Stream
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
"""The statuses of jobs that ended without a result."""
_KNOWN = (*_RUNNING, *FAILED, "Success", "PartialSuccess", "ResultsExpired")
ERROR_KEYS = ("errors", "runtimeErrors", "queryGqlErrors")
"""Where a status says what went wrong."""


class WorkflowsJob(Job[R], Generic[R]):
    """A job of the Workflows API.

    `status` is one of Queued, InProgress, Success, PartialSuccess, Failure, Cancelled and ResultsExpired; the first two
    go on.
    """

    session: TTD

    @abstractmethod
    def _ask(self) -> Row:
        """The platform's own words about the job: one request."""

    def _checked(self, found: Row) -> Row:
        """What the platform says of a job, if it is of this job and complete; a ValueError otherwise."""
        # An answer that came late may be about the job that was asked for before.
        shapes.same(shapes.member(found, "id"), self.id, "job")
        if not isinstance(shapes.member(found, "status"), str):
            raise ValueError("expected a status")
        return found

    def _look(self) -> JobState:
        found = self._ask()
        status = str(found.get("status"))
        done, failed = _is_done(status, found), status in FAILED
        return JobState(status, done=done, failed=failed, progress=_progress(found), raw=found)

    @abstractmethod
    def _result_of(self, state: JobState) -> R:
        """What the result is."""

    def _result(self, state: JobState) -> R:
        result = self._result_of(state)
        if state.status == "PartialSuccess":
            warn(f"{self!r}: some of it failed, job.errors has the reasons", PartialResultWarning)
        return result

    @property
    def errors(self) -> list[Issue]:
        """What the platform says went wrong, as far as it has come; the position of an item where it names one."""
        found = self.look().raw
        return [issue for key in ERROR_KEYS for issue in issues(found.get(key))]

    def _why(self, state: JobState) -> str:
        """The reasons of a failure, for the error that is raised: the first three."""
        try:
            reasons = [each.message for each in self.errors]
        except AdPlatformsError:
            # The reasons may stand in a document of their own. That it cannot be had is not what went wrong.
            return ""
        why = "; ".join(reasons[:3])
        if len(reasons) > 3:
            why += f"; job.errors has all {len(reasons)}"
        return why

    def document(self) -> Any:
        """The job's result as the platform wrote it, parsed. Waits for its end.

        It comes with the status up to 20 MB, else by download, without the token.
        """
        return self._document(self.wait())

    def download(self, path: str | PathLike[str]) -> int:
        """Writes the result to a file as the platform wrote it, piece by piece, however large it is.

        Waits for the job's end. Returns the number of bytes written.
        """
        return write_atomically(self._pieces(self.wait()), path)

    def _document(self, state: JobState) -> Any:
        return parsed(b"".join(self._pieces(state)))

    def _pieces(self, state: JobState) -> Iterator[bytes]:
        """The result as bytes: what came with the status, or what is behind its link."""
        result, url = state.raw.get("rawResult"), state.raw.get("url")
        for each in (result, url):
            if each is not None and not isinstance(each, str):
                raise ParserException(f"job {self.id}: its result is neither text nor a link", request=f"job {self.id}")
        if result is not None:
            yield result.encode()
            return
        if not url:
            raise self._no_result(state)
        stream = self._stream(url)
        try:
            yield from stream.chunks
        # Whoever stops reading in between leaves no connection open.
        finally:
            stream.close()

    def _no_result(self, state: JobState) -> JobError:
        if state.status == "ResultsExpired":
            return JobError(
                f"job {self.id} has no result any more", hint="results of standard jobs are kept for 24 hours"
            )
        return JobError(f"job {self.id} has no result", hint="job.errors may have the reason")

    def _stream(self, url: str) -> Stream:
        """What is behind the link of a result."""
        try:
            return self.session.download(url)
        except APIError:
            # Links expire before results do: a look brings a fresh one.
            fresh = self._look().raw.get("url")
            if not fresh or fresh == url:
                raise
            return self.session.download(fresh)

    def _wrapped(self, model: type[Entity], rows: Iterable[Row]) -> list[Any]:
        """Rows as entities of the session."""
        found = list(rows)
        peers, wrap = Peers(self.session, found), model.__model__.wrap
        return [wrap(row, peers) for row in found]

    def __iter__(self) -> Iterator[Any]:
        """The records of the result."""
        yield from self.result()  # type: ignore[misc]


def _is_done(status: str, found: Row) -> bool:
    """Whether a job has ended. A status that is not known yet decides nothing: the time of the end does."""
    if status in _KNOWN:
        return status not in _RUNNING
    return bool(found.get("completedAtUtc") or found.get("completedAt"))


def _progress(found: Row) -> float | None:
    """How much of a job is done, from 0 to 1; None where the platform does not say."""
    percent = found.get("completionPercentage")
    if not isinstance(percent, (int, float)):
        return None
    return percent / 100


class StandardJob(WorkflowsJob[R], Generic[R]):
    """A job with ``/standardjob/{id}/status``."""

    def _ask(self) -> Row:
        request = operations.get_job_status(self.id)
        return self.session.exchange(request, lambda answer: shapes.readable(answer, self._status))

    def _status(self, answer: Answer) -> Row:
        """What the answer says of this job, and no other: it has an id and a status."""
        return self._checked(json_object(answer))

    @classmethod
    def _started(cls, session: TTD, request: Request) -> str:
        """Submits a job; its id."""
        return session.exchange(request, submitted_job_id)
