"""MyReports: the reports that users schedule in the vendor's portal, by REST. Source: facts_2.md sections 4 and 5.

Names and words of a new schedule are [3:1 live] (`ReportScheduleName`, `ReportTemplateId`) and [3:3] (the rest); the
vendor's own page names others [D, doubtful]. Templates are made in the portal: what is in one is in no fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from adplatforms.core.errors import ClientError, did_you_mean
from adplatforms.core.ids import ids_of
from adplatforms.core.messages import Answer
from adplatforms.core.parsing import parse_date

from .. import shapes
from ..read import json_object, optional_json
from .executions import ReportExecution, ReportSchedule, paged
from .jobs import ReportJob

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["DATE_RANGES", "FORMATS", "FREQUENCIES", "MyReports", "ReportTemplate"]

FORMATS = ("CSV", "TSV", "ExcelPivot")
FREQUENCIES = ("Once", "Daily", "Weekly", "Monthly", "Quarterly")
DATE_RANGES = (
    "Yesterday", "Last7Days", "Last14Days", "Last30Days", "LastXDays", "MonthToDate", "LastMonth", "QuarterToDate",
    "LastQuarter", "YearToDate", "Custom",
)  # fmt: skip


class ReportTemplate(NamedTuple):
    """A template: what a report has. `format`: TEXT (CSV, TSV) or EXCEL (ExcelPivot)."""

    id: str
    name: str
    format: str


class MyReports:
    """The reports of a session: ``ttd.reports``.

    >>> job = ttd.reports.run(101, ["adv0001"], "2026-02-01", "2026-02-02")
    >>> rows = job.result(poll=(0.1, 1.0))
    >>> rows[0]["Campaign ID"], rows[0]["Impressions"]
    ('cmp0012', 12027)
    """

    def __init__(self, session: TTD) -> None:
        self._session = session

    def run(
        self,
        template: int | str,
        advertisers: Any,
        since: Any,
        until: Any,
        *,
        name: str = "",
        file_format: str = "CSV",
        time_zone: str = "UTC",
    ) -> ReportJob:
        """Has a report made once; a job whose result are its rows.

        template: the id of one (see `templates`). advertisers: whose figures, as ids or entities. since, until: days,
        both included, in `time_zone`; how the platform means the end of a range is in no fact [I], so that the job
        warns where the report has other days. name: of the schedule that this makes, which stays (``delete`` it).
        """
        days = _day(since, "since"), _day(until, "until")
        made = self.create(
            name or f"{template} {days[0]} to {days[1]}",
            template,
            advertisers,
            frequency="Once",
            since=days[0],
            until=days[1],
            file_format=file_format,
            time_zone=time_zone,
        )
        job = ReportJob(self._session, str(made.id))
        job.advertisers, job.days = made.advertiser_ids, days
        return job

    def create(
        self,
        name: str,
        template: int | str,
        advertisers: Any,
        *,
        frequency: str = "Daily",
        date_range: str = "",
        since: Any = None,
        until: Any = None,
        start: Any = None,
        file_format: str = "CSV",
        time_zone: str = "UTC",
        more: Mapping[str, Any] | None = None,
    ) -> ReportSchedule:
        """A new schedule.

        frequency: one of `FREQUENCIES`. date_range: one of `DATE_RANGES`; ``Custom`` by since= and until=, which is
        what they mean. start: the day it begins, today by default. file_format: one of `FORMATS`, which has to fit the
        template. more: further properties by REST's names. Where the answer is lost it is an `AmbiguousWrite`: look by
        ``schedules(partner, name=...)`` before it is made again.
        """
        session = self._session
        date_range = date_range or ("Custom" if since is not None else "Yesterday")
        _check_word("frequency", frequency, FREQUENCIES)
        _check_word("date_range", date_range, DATE_RANGES)
        _check_word("file_format", file_format, FORMATS)
        if (date_range == "Custom") != (since is not None and until is not None):
            raise ClientError("since and until go with date_range='Custom', and both are needed")
        model = session.registry.find("advertisers")
        ids = [str(each) for each in ids_of(advertisers, model, "a report", required=True)]
        if not ids:
            raise ClientError("a report needs advertisers", hint='["adv0001"]')
        if not str(template).isdecimal():
            raise ClientError(f"{template!r} is not the id of a template", hint="ttd.reports.templates() lists them")
        first_day = session.runtime.now().date() if start is None else _day(start, "start")
        body: dict[str, Any] = {
            "ReportScheduleName": name,
            "ReportTemplateId": int(template),
            "ReportFileFormat": file_format,
            "ReportFrequency": frequency,
            "ReportDateRange": date_range,
            "ScheduleStartDate": f"{first_day}T00:00:00",
            "TimeZone": time_zone,
            "IncludeHeaders": True,
            "AdvertiserFilters": ids,
        }
        if since is not None:
            first, last = _day(since, "since"), _day(until, "until")
            if last < first:
                raise ClientError(f"until={last} is before since={first}")
            body |= {"ReportStartDate": f"{first}T00:00:00", "ReportEndDate": f"{last}T00:00:00"}
        request = session.dialect.calls.rest("POST", "myreports/reportschedule", {**body, **(more or {})}, writes=True)
        made = session.exchange(request, lambda answer: shapes.readable(answer, _created))
        return ReportSchedule(session, {**body, **made})

    def schedule(self, schedule_id: int | str) -> ReportSchedule:
        """One schedule by its id."""
        path = f"myreports/reportschedule/{_number(schedule_id)}"
        request = self._session.dialect.calls.rest("GET", path)

        def read(answer: Answer) -> ReportSchedule:
            return ReportSchedule(self._session, json_object(answer))

        return self._session.exchange(request, lambda answer: shapes.readable(answer, read))

    def schedules(self, partner: Any, name: str = "") -> list[ReportSchedule]:
        """The schedules of a partner. name: a part of their names."""
        (partner_id,) = ids_of(partner, self._session.registry.find("partners"), "schedules", required=True)
        body = {"PartnerId": str(partner_id), **({"NameContains": name} if name else {})}
        found = paged(self._session, "myreports/reportschedule/query", body)
        return [ReportSchedule(self._session, row) for row in found]

    def delete(self, schedule_id: int | str) -> None:
        """Deletes a schedule [D]."""
        path = f"myreports/reportschedule/{_number(schedule_id)}"
        request = self._session.dialect.calls.rest("DELETE", path, writes=True)
        self._session.exchange(request, optional_json)

    def executions(
        self,
        *,
        advertisers: Any = None,
        partners: Any = None,
        schedules: Iterable[int | str] = (),
        state: str = "",
        name: str = "",
        since: Any = None,
        until: Any = None,
    ) -> list[ReportExecution]:
        """The reports that were made, or are being made, for advertisers or for partners.

        schedules: of these ids only. state: Complete, Pending, InProgress or Failed. name: a part of the schedule's
        name. since, until: whose days touch these.
        """
        if (advertisers is None) == (partners is None):
            raise ClientError("executions are listed by advertisers, or by partners", hint='advertisers=["adv0001"]')
        kind, given = ("advertisers", advertisers) if partners is None else ("partners", partners)
        ids = [str(each) for each in ids_of(given, self._session.registry.find(kind), "executions", required=True)]
        if not ids:
            raise ClientError(f"executions of no {kind}")
        body: dict[str, Any] = {f"{kind.capitalize()[:-1]}Ids": ids}
        numbers = [_number(each) for each in schedules]
        asked = {
            "ReportScheduleIds": numbers or None,
            "ReportScheduleNameContains": name or None,
            "ReportExecutionStates": [state] if state else None,
            "ExecutionSpansStartDate": since and f"{_day(since, 'since')}T00:00:00",
            "ExecutionSpansEndDate": until and f"{_day(until, 'until')}T00:00:00",
        }
        body |= {key: value for key, value in asked.items() if value is not None}
        found = paged(self._session, f"myreports/reportexecution/query/{kind}", body)
        return list(_executions(self._session, found))

    def templates(self) -> list[ReportTemplate]:
        """The templates that this user may use. Source: facts_2.md section 5 [D], its pages [I]."""
        text = (
            "query($after: String) { myReportsReportTemplates(first: 100, after: $after)"
            " { nodes { id name format } pageInfo { hasNextPage endCursor } } }"
        )
        found: list[ReportTemplate] = []
        after = None
        while True:
            data = self._session.graphql(text, {"after": after})
            page = shapes.dict_or_empty(data.get("myReportsReportTemplates"))
            rows = shapes.records(page.get("nodes") or [], nulls=True)
            found += [ReportTemplate(str(row["id"]), str(row.get("name")), str(row.get("format"))) for row in rows]
            after = shapes.cursor(shapes.dict_or_empty(page.get("pageInfo")))
            if after is None:
                return found

    def __repr__(self) -> str:
        return f"<MyReports of {self._session!r}>"


def _executions(session: TTD, rows: Iterable[dict[str, Any]]) -> Iterator[ReportExecution]:
    for row in rows:
        try:
            yield ReportExecution(session, row)
        except (KeyError, TypeError, ValueError) as problem:
            raise shapes.unlike_the_facts("a report", problem) from None


def _created(answer: Answer) -> dict[str, Any]:
    """What the answer to a create has: the number of the schedule, if nothing else."""
    found = json_object(answer)
    if not shapes.is_id(shapes.member(found, "ReportScheduleId")):
        raise ValueError("expected the id of a schedule")
    return found


def _number(schedule_id: Any) -> int:
    text = str(schedule_id)
    if isinstance(schedule_id, bool) or not text.isdecimal():
        raise ClientError(f"{schedule_id!r:.80} is not the id of a schedule", hint="a number")
    return int(text)


def _check_word(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ClientError(f"{name} cannot be {value!r}", hint=did_you_mean(value, known))


def _day(value: Any, name: str) -> date:
    try:
        if isinstance(value, datetime):
            return value.date()
        return parse_date(value)
    except (ValueError, TypeError):
        raise ClientError(f"{name} is a day, such as 2026-11-30, not {value!r:.80}") from None
