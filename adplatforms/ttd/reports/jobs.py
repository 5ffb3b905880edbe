"""A report of MyReports as a job: it is waited for, and its result are the rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import AdPlatformsWarning, JobError, warn
from adplatforms.net.jobs import Job, JobState

from .executions import ReportExecution

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["ReportJob"]

_DONE, _FAILED = ("Complete",), ("Failed",)


class ReportJob(Job[list[dict[str, Any]]]):
    """The newest report of a schedule; its `id` is the schedule's, by which ``ttd.job(id, "report")`` finds it again.

    `status` is Pending (also before the platform has begun), InProgress, Complete or Failed. The result are the rows,
    typed; `download(path)` writes the file, `execution` is the report itself.
    """

    session: TTD
    advertisers: tuple[str, ...] = ()
    """Whose figures it has: the platform lists reports by them. Asked for where they are not known."""
    days: tuple[date, date] | None = None
    """The days that were asked for, both included; None where that is not known."""

    def _look(self) -> JobState:
        found = self._newest()
        if found is None:
            return JobState("Pending", done=False, failed=False, progress=None, raw=None)
        status = found.state
        return JobState(status, done=status in (*_DONE, *_FAILED), failed=status in _FAILED, progress=None, raw=found)

    def _newest(self) -> ReportExecution | None:
        """The report that ends last, of those that the schedule has made."""
        reports = self.session.reports
        if not self.advertisers:
            self.advertisers = reports.schedule(int(self.id)).advertiser_ids
        if not self.advertisers:
            raise JobError(
                f"report {self.id} has no advertisers by which it could be found",
                hint="ttd.reports.executions(partners=..., schedules=[id]) lists it",
            )
        found = reports.executions(advertisers=self.advertisers, schedules=[int(self.id)])
        return max(found, key=lambda each: (each.until or date.min, each.id), default=None)

    @property
    def execution(self) -> ReportExecution:
        """The report. Waits for the job's end."""
        found: ReportExecution = self.wait().raw
        return found

    def _result(self, state: JobState) -> list[dict[str, Any]]:
        found: ReportExecution = state.raw
        if self.days is not None and (found.since, found.until) != self.days:
            # How the end of a range is meant when a report is asked for is in no fact.
            told = f"{found.since} to {found.until}, not {self.days[0]} to {self.days[1]}"
            warn(f"{self!r} has the days {told}", AdPlatformsWarning)
        return list(found.rows())

    def download(self, path: str | PathLike[str]) -> int:
        """Writes the file. Waits for the job's end. Returns its bytes."""
        return self.execution.download(path)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows, read piece by piece. Waits for the job's end."""
        return self.execution.rows()
