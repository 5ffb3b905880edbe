"""Jobs: work that is queued, polled, and whose result lies on the file server.

A job moves on by being looked at, not by time: it is done at the third look (`Settings.job_looks`), and does its work
then. The callback it was given, if it leads to this machine, is called when it ends.
"""

from __future__ import annotations

import contextlib
import json
import threading
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from adplatforms.sandbox.files import Files
from adplatforms.sandbox.ttd.errors import Refusal, missing
from adplatforms.sandbox.ttd.settings import Settings

__all__ = ["Callback", "Job", "Jobs", "Outcome"]

FIRST_ID = 412651
MOST_ACTIVE, MOST_QUEUED = 10, 20
"""Jobs of one sort at a time, as the facts give them for a partner."""

MOST_RAW = 20 * 1024 * 1024
"""Bytes of a result that the status carries itself."""

LIFETIMES = {"standard": 24 * 3600.0, "bulk": 3600.0, "clone": 0.0}
"""Seconds that a result can be fetched: a day for standard jobs, an hour (one third party says) for GraphQL's."""

Sort = Literal["standard", "bulk", "clone"]


@dataclass(frozen=True)
class Callback:
    """Where to tell that a job has ended, and the headers to send along."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a job's work gave: the result (JSON), what went wrong, and whether anything went well."""

    result: Any
    errors: tuple[str, ...] = ()
    is_partial: bool = True

    @property
    def status(self) -> str:
        """Success, PartialSuccess or Failure."""
        return "Success" if not self.errors else "PartialSuccess" if self.is_partial else "Failure"


@dataclass
class Job:
    """One job as its last look left it; `status` is a word of the Workflows API."""

    id: int
    sort: Sort
    made: datetime
    work: Callable[[], Outcome]
    callback: Callback | None
    is_mutation: bool = False
    looks: int = 0
    status: str = "InProgress"
    ended: datetime | None = None
    outcome: Outcome | None = None
    url: str | None = None
    raw: str | None = None

    def progress(self, looks: int) -> float:
        """How much is done, in percent."""
        return 100.0 if self.outcome else round(100.0 * self.looks / max(looks, 1), 1)


class Jobs:
    """All jobs of one sandbox."""

    def __init__(self, settings: Settings, files: Files, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._files = files
        self._now = now
        self._jobs: dict[int, Job] = {}
        self._calls: list[threading.Thread] = []

    def submit(
        self, sort: Sort, work: Callable[[], Outcome], callback: Callback | None = None, is_mutation: bool = False
    ) -> Job:
        """Queues a job.

        Raises:
            Refusal: 429, too many are waiting.
        """
        waiting = sum(1 for job in self._jobs.values() if job.sort == sort and job.outcome is None)
        if waiting >= MOST_ACTIVE + MOST_QUEUED:
            raise Refusal(
                429, f"{MOST_ACTIVE} jobs are active and {MOST_QUEUED} are queued: no more are taken", retry_after=60
            )
        job = Job(FIRST_ID + len(self._jobs), sort, self._now(), work, callback, is_mutation)
        job.status = "Queued" if sort == "bulk" else "InProgress"
        self._jobs[job.id] = job
        return job

    def look(self, sort: Sort, id: int) -> Job:
        """A job after one more look at it.

        Raises:
            Refusal: 404, there is no such job.
        """
        job = self._jobs.get(id)
        if job is None or job.sort != sort:
            raise missing("job", id)
        job.looks += 1
        if job.outcome is None:
            job.status = "InProgress"
            if job.looks >= self._settings.job_looks:
                self._end(job)
        return job

    def all(self, sort: Sort) -> list[Job]:
        """All jobs of a sort, oldest first; this is no look at them."""
        return [job for job in self._jobs.values() if job.sort == sort]

    def is_expired(self, job: Job) -> bool:
        """Whether its result can no longer be fetched."""
        return job.ended is not None and (self._now() - job.ended).total_seconds() >= LIFETIMES[job.sort]

    def reset(self) -> None:
        """Forgets all jobs."""
        self._jobs.clear()

    def close(self) -> None:
        """Waits for callbacks that are under way."""
        for call in self._calls:
            call.join()

    def _end(self, job: Job) -> None:
        job.outcome = job.work()
        job.ended = self._now()
        job.status = job.outcome.status
        if job.sort == "clone":
            return
        text = json.dumps(job.outcome.result, ensure_ascii=False)
        content = text.encode()
        job.url = self._files.publish(content, "application/json", LIFETIMES[job.sort])
        job.raw = text if len(content) <= MOST_RAW else None
        if job.callback and _is_loopback(job.callback.url):
            told = {"jobId": job.id, "status": job.status, "completedAtUtc": job.ended.strftime("%Y-%m-%dT%H:%M:%SZ")}
            call = threading.Thread(target=_tell, args=(job.callback, told), daemon=True)
            self._calls.append(call)
            call.start()


def _is_loopback(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")


def _tell(callback: Callback, told: dict[str, Any]) -> None:
    headers = {"Content-Type": "application/json", **callback.headers}
    request = urllib.request.Request(callback.url, json.dumps(told).encode(), headers)
    with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=5) as answer:
        answer.read()
