"""MyReports of the Platform API v3: schedules, their executions, and the files that these leave.

Source: facts_2.md section 4. Not in the facts, and so the sandbox's choice: that `ReportEndDate` is included, when an
execution is made (with its schedule), the address of a file (below /v3, so that it needs the token; see
`Settings.report_redirect`), and its columns. Templates are made in the vendor's portal: here there are three.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Answer

from adplatforms.sandbox.ttd import actions, figures
from adplatforms.sandbox.ttd.errors import Fault, Refusal, missing
from adplatforms.sandbox.ttd.records import Doc
from adplatforms.sandbox.ttd.shared import Shared

__all__ = ["TEMPLATES", "MyReports"]

TEMPLATES = (
    {"id": "101", "name": "Campaign performance by day", "format": "TEXT"},
    {"id": "102", "name": "Campaign performance by day, tabs", "format": "TEXT"},
    {"id": "103", "name": "Campaign pivot", "format": "EXCEL"},
)
FORMATS = {"CSV": ("TEXT", ",", "text/csv"), "TSV": ("TEXT", "\t", "text/tab-separated-values")}
FORMATS["ExcelPivot"] = ("EXCEL", "", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
"""By `ReportFileFormat`: the format of templates it fits, the delimiter and the media type."""
FREQUENCIES = ("Once", "Daily", "Weekly", "Monthly", "Quarterly")
RANGES = {"Yesterday": 1, "Last7Days": 7, "Last14Days": 14, "Last30Days": 30}
"""Days of a range, up to yesterday. Of the others only Custom is served; which days they mean is in no fact."""
STATES = ("Pending", "InProgress", "Complete", "Failed")
COLUMNS = ("Date", "Advertiser ID", "Campaign ID", "Campaign", "Impressions", "Clicks", "Advertiser Cost", "Currency")
NEEDED = ("ReportScheduleName", "ReportTemplateId", "ReportFileFormat", "ReportFrequency", "ScheduleStartDate")
URL_LIVES = timedelta(hours=1)


class MyReports:
    """The reports over one account."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.records = shared.records

    def routes(self) -> list[tuple[str, str, Any]]:
        """Method, path and view of each call."""
        schedule, execution = "myreports/reportschedule", "myreports/reportexecution"
        return [
            ("POST", schedule, self._create),
            ("GET", f"{schedule}/<id>", self._get),
            ("DELETE", f"{schedule}/<id>", self._delete),
            ("POST", f"{schedule}/query", self._schedules),
            ("POST", f"{execution}/query/advertisers", partial(self._executions, "advertiserIds", "AdvertiserIds")),
            ("POST", f"{execution}/query/partners", partial(self._executions, "partnerIds", "PartnerIds")),
            ("POST", "myreports/reporttemplateheader/query", self._headers),
        ]

    # Schedules

    def _create(self, asked: Any) -> Doc:
        words = asked.words
        faults = list(self._faults(words))
        if faults:
            raise Refusal(400, "The request is not valid.", tuple(faults))
        first, last = self._span(words)
        advertisers = words.get("advertiserfilters") or self._all_advertisers()
        partners = sorted({actions.found(self.records, "Advertiser", one)["partnerId"] for one in advertisers})
        with self.records.store.transaction():
            schedule = self.records.add(
                "ReportSchedule",
                {"body": asked.body, "partnerIds": partners, "advertiserIds": advertisers, "status": "Active"},
            )
            self.records.add(
                "ReportExecution",
                {
                    "scheduleId": schedule["id"],
                    "name": words["reportschedulename"],
                    "format": words["reportfileformat"],
                    "timezone": words.get("timezone") or "UTC",
                    "partnerIds": partners,
                    "advertiserIds": advertisers,
                    "first": str(first),
                    "last": str(last),
                    "state": "Pending",
                    "changed": self.records.now(),
                    "looks": 0,
                },
            )
        return self._shown_schedule(schedule)

    def _faults(self, words: Mapping[str, Any]) -> Iterator[Fault]:
        for name in NEEDED:
            if words.get(name.lower()) in (None, ""):
                yield Fault(name, "is required")
        template = next((one for one in TEMPLATES if one["id"] == str(words.get("reporttemplateid"))), None)
        if words.get("reporttemplateid") is not None and template is None:
            yield Fault("ReportTemplateId", f"There is no template {words['reporttemplateid']}")
        file_format = words.get("reportfileformat")
        if file_format is not None and file_format not in FORMATS:
            yield Fault("ReportFileFormat", f"is not one of {', '.join(FORMATS)}")
        elif file_format is not None and template is not None and FORMATS[file_format][0] != template["format"]:
            yield Fault("ReportFileFormat", "does not fit the template")
        if words.get("reportfrequency") not in (None, *FREQUENCIES):
            yield Fault("ReportFrequency", f"is not one of {', '.join(FREQUENCIES)}")
        if words.get("reportdaterange") not in (*RANGES, "Custom"):
            yield Fault("ReportDateRange", f"is not one of {', '.join((*RANGES, 'Custom'))}")
        has_days = words.get("reportstartdate") and words.get("reportenddate")
        if words.get("reportdaterange") == "Custom" and not has_days:
            yield Fault("ReportStartDate", "is required with Custom, like ReportEndDate")
        for one in words.get("advertiserfilters") or ():
            if self.records.get("Advertiser", one) is None:
                yield Fault("AdvertiserFilters", f"There is no Advertiser {one!r}")

    def _span(self, words: Mapping[str, Any]) -> tuple[date, date]:
        if words["reportdaterange"] == "Custom":
            return _day(words["reportstartdate"]), _day(words["reportenddate"])
        yesterday = _day(self.records.now()) - timedelta(days=1)
        return yesterday - timedelta(days=RANGES[words["reportdaterange"]] - 1), yesterday

    def _all_advertisers(self) -> list[str]:
        return [one["id"] for one in self.records.find("Advertiser")]

    def _get(self, id: str) -> Doc:
        return self._shown_schedule(actions.found(self.records, "ReportSchedule", id))

    def _delete(self, id: str) -> None:
        doc = actions.found(self.records, "ReportSchedule", id)
        with self.records.store.transaction():
            self.records.remove("ReportSchedule", doc["id"])

    def _schedules(self, asked: Any) -> Doc:
        words = asked.words
        partner, name = words.get("partnerid"), str(words.get("namecontains") or "").lower()
        if partner is not None:
            actions.found(self.records, "Partner", partner)
        found = [
            self._shown_schedule(one)
            for one in self.records.find("ReportSchedule")
            if partner in (None, *one["partnerIds"]) and name in str(one["body"].get("ReportScheduleName")).lower()
        ]
        return _page(found, words)

    @staticmethod
    def _shown_schedule(doc: Doc) -> Doc:
        return {**doc["body"], "ReportScheduleId": int(doc["id"]), "Status": doc["status"]}

    # Executions

    def _executions(self, fact: str, parent: str, asked: Any) -> Doc:
        words = asked.words
        ids = words.get(parent.lower())
        if not isinstance(ids, list) or not ids:
            raise Refusal(400, "The request is not valid.", (Fault(parent, "is required"),))
        schedules = [str(one) for one in words.get("reportscheduleids") or ()]
        states = words.get("reportexecutionstates") or words.get("executionstates") or STATES
        name = str(words.get("reportschedulenamecontains") or "").lower()
        found = []
        for one in self.records.find("ReportExecution"):
            if not set(ids) & set(one[fact]) or (schedules and one["scheduleId"] not in schedules):
                continue
            one = self._looked_at(one)
            if one["state"] in states and name in one["name"].lower() and _spans(one, words):
                found.append(self._shown_execution(one))
        return _page(found, words)

    def _looked_at(self, one: Doc) -> Doc:
        """An execution after one more look: it moves on by being looked at, like a job."""
        if one["state"] not in ("Pending", "InProgress"):
            return one
        looks = one["looks"] + 1
        state = "Complete" if looks >= self.shared.settings.job_looks else "InProgress"
        changes = {"looks": looks, "state": state, "changed": self.records.now()}
        return self.records.change("ReportExecution", one["id"], changes)

    def _shown_execution(self, one: Doc) -> Doc:
        deliveries = []
        if one["state"] == "Complete":
            ends = datetime.fromisoformat(self.records.now()) + URL_LIVES
            deliveries.append(
                {
                    "ReportDestination": "PlatformUI",
                    "DeliveredPath": None,
                    "DeliveredUTC": one["changed"],
                    "DownloadURL": f"{request.host_url}ttd/v3/myreports/reportexecution/{one['id']}/file",
                    "DownloadURLExpirationUTC": ends.isoformat(),
                }
            )
        return {
            "ReportExecutionId": int(one["id"]),
            "ReportScheduleId": int(one["scheduleId"]),
            "ReportScheduleName": one["name"],
            "ReportExecutionState": one["state"],
            "LastStateChangeUTC": one["changed"],
            "DisabledReason": None,
            "Timezone": one["timezone"],
            "ReportStartDateInclusive": f"{one['first']}T00:00:00",
            "ReportEndDateExclusive": f"{_day(one['last']) + timedelta(days=1)}T00:00:00",
            "ReportDeliveries": deliveries,
        }

    def _headers(self, asked: Any) -> Doc:
        """Names and ids of templates. The properties' names are the sandbox's."""
        rows = [{"ReportTemplateId": int(one["id"]), "Name": one["name"], "Format": one["format"]} for one in TEMPLATES]
        return _page(rows, asked.words)

    # Files

    def file(self, id: str) -> Answer:
        """The file of an execution that is complete."""
        one = self.records.get("ReportExecution", id)
        if one is None or one["state"] != "Complete":
            raise missing("report", id)
        _, delimiter, media_type = FORMATS[one["format"]]
        content = self._content(one, delimiter) if delimiter else b"PK\x03\x04"
        if self.shared.settings.report_redirect:
            return redirect(self.shared.files.publish(content, media_type, URL_LIVES.total_seconds()))
        return Response(content, 200, content_type=media_type)

    def _content(self, one: Doc, delimiter: str) -> bytes:
        text = io.StringIO()
        rows = csv.writer(text, delimiter=delimiter)
        rows.writerow(COLUMNS)
        days, now = (_day(one["first"]), _day(one["last"])), datetime.fromisoformat(f"{self.records.now()}+00:00")
        for advertiser in one["advertiserIds"]:
            owner = actions.found(self.records, "Advertiser", advertiser)
            for campaign in self.records.find("Campaign", ("advertiserId", "eq", advertiser)):
                for day, added in figures.by_day(self.records, "Campaign", campaign, days, now).items():
                    spend = f"{added['spend'] / 100:.2f}"
                    line = [day, advertiser, campaign["id"], campaign["name"], added["impressions"], added["clicks"]]
                    rows.writerow([*line, spend, owner["currencyCode"]])
        return text.getvalue().encode("utf-8-sig")


def _day(text: Any) -> date:
    try:
        return datetime.fromisoformat(str(text)).date()
    except ValueError:
        raise Refusal(400, "The request is not valid.", (Fault("ReportStartDate", f"{text!r} is no date"),)) from None


def _spans(one: Doc, words: Mapping[str, Any]) -> bool:
    """Whether the days of an execution are among those that are asked for."""
    first, last = words.get("executionspansstartdate"), words.get("executionspansenddate")
    return (first is None or _day(one["last"]) >= _day(first)) and (last is None or _day(one["first"]) <= _day(last))


def _page(found: list[Doc], words: Mapping[str, Any]) -> Doc:
    start, size = words.get("pagestartindex") or 0, words.get("pagesize")
    for key in reversed(words.get("sortfields") or ()):
        name = str(key.get("FieldId"))
        found.sort(key=lambda row: str(row.get(name)), reverse=not key.get("Ascending", True))
    some = found[start:] if size is None else found[start : start + size]
    return {"Result": some, "ResultCount": len(some), "TotalFilteredCount": len(found)}
