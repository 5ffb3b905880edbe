"""Schedules of MyReports, and their executions: what there is and how it goes. Source: facts_2.md sections 4 and 5."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from os import PathLike
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Answer
from adplatforms.core.parsing import parse_datetime

from .. import shapes
from ..read import json_object
from .files import ReportFile

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["PAGE", "ReportExecution", "ReportSchedule", "paged"]

PAGE = 100
"""Rows of one call; clients were seen with 25 to 10,000 [3:9]."""

Row = dict[str, Any]


class ReportSchedule:
    """A report that is made once, or again and again.

    `id`: a number. `name`; `frequency`: Once, Daily, Weekly, Monthly or Quarterly; `advertiser_ids`: whose figures it
    has, empty for all; `raw`: the record as REST has it.
    """

    def __init__(self, session: TTD, raw: Row) -> None:
        self._session, self.raw = session, raw
        self.id = int(shapes.member(raw, "ReportScheduleId"))
        self.name = str(raw.get("ReportScheduleName") or "")
        self.frequency = str(raw.get("ReportFrequency") or "")
        self.advertiser_ids: tuple[str, ...] = tuple(map(str, raw.get("AdvertiserFilters") or ()))

    def delete(self) -> None:
        """Deletes it: it makes no more reports [D]."""
        self._session.reports.delete(self.id)

    def __repr__(self) -> str:
        return f"<ReportSchedule id={self.id} name={self.name!r} {self.frequency}>"


class ReportExecution:
    """One report that a schedule has made, or is making.

    `id`, `schedule_id`: numbers. `name`: of the schedule. `state`: Pending, InProgress, Complete or Failed. `since`,
    `until`: its days, both included, in `time_zone`. `raw`: the record as REST has it, without its links.
    """

    def __init__(self, session: TTD, raw: Row) -> None:
        self._session = session
        self.id, self.schedule_id = int(raw["ReportExecutionId"]), int(raw["ReportScheduleId"])
        self.name, self.state = str(raw.get("ReportScheduleName") or ""), str(raw["ReportExecutionState"])
        self.time_zone = str(raw.get("Timezone") or "UTC")
        self.since = _day(raw.get("ReportStartDateInclusive"))
        end = _day(raw.get("ReportEndDateExclusive"))
        self.until = end - timedelta(days=1) if end is not None else None
        deliveries = shapes.records(raw.get("ReportDeliveries") or [])
        self._url = next((each["DownloadURL"] for each in deliveries if each.get("DownloadURL")), "")
        # A link may be all that somebody needs to open the file.
        self.raw = {name: value for name, value in raw.items() if name != "ReportDeliveries"}

    @property
    def file(self) -> ReportFile:
        """Its file; a `ClientError` where there is none (yet)."""
        if not self._url:
            raise ClientError(f"{self!r} has no file", hint="list the executions again once it is Complete")
        return ReportFile(self._session, self._url)

    def rows(self) -> Iterator[Row]:
        """Its rows, typed: see `ReportFile.rows`."""
        return self.file.rows()

    def download(self, path: str | PathLike[str]) -> int:
        """Writes its file: see `ReportFile.download`."""
        return self.file.download(path)

    def cancel(self) -> bool:
        """Stops it where it is still being made; whether the platform says that it did. Source: section 5 [3:1]."""
        asked = "myReportsReportExecutionCancel(input: {executionId: $id}) { data { isCancelled } }"
        found = self._session.graphql(f"mutation($id: ID!) {{ {asked} }}", {"id": str(self.id)})
        payload = shapes.dict_or_empty(found.get("myReportsReportExecutionCancel"))
        return shapes.dict_or_empty(payload.get("data")).get("isCancelled") is True

    def __repr__(self) -> str:
        return f"<ReportExecution id={self.id} name={self.name!r} {self.state} {self.since} to {self.until}>"


def _day(text: Any) -> date | None:
    return None if text is None else parse_datetime(text).date()


def paged(session: TTD, path: str, body: Mapping[str, Any]) -> Iterator[Row]:
    """The records of a query endpoint of MyReports, page after page."""
    start = 0
    while True:
        asked = {**body, "PageStartIndex": start, "PageSize": PAGE}
        request = session.dialect.calls.rest("POST", path, asked)
        rows, total = session.exchange(request, lambda answer: shapes.readable(answer, _page))
        yield from rows
        start += len(rows)
        # Without a total, a page that is not full is the last one.
        if not rows or (start >= total if total is not None else len(rows) < PAGE):
            return


def _page(answer: Answer) -> tuple[list[Row], int | None]:
    found = json_object(answer)
    return shapes.records(shapes.member(found, "Result")), shapes.total(found.get("TotalFilteredCount"))
