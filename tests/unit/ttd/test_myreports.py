"""MyReports: schedules, their reports, and reports that are made at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from adplatforms.core.errors import (
    AdPlatformsWarning,
    AmbiguousWrite,
    ClientError,
    JobError,
    ParserException,
    RequestTimeout,
)
from adplatforms.core.testing import FakeRuntime
from adplatforms.sandbox import Fault, Sandbox
from adplatforms.ttd import TTD

Offline = Callable[..., TTD]
DAYS = ("2026-02-01", "2026-02-02")


def report(number: int, state: str = "Complete", until: str = "2026-02-03", **more: Any) -> dict[str, Any]:
    """One report as REST has it."""
    deliveries = [{"DownloadURL": f"https://api.thetradedesk.com/v3/r/{number}"}]
    return {
        "ReportExecutionId": number,
        "ReportScheduleId": 7,
        "ReportScheduleName": "Daily",
        "ReportExecutionState": state,
        "ReportStartDateInclusive": "2026-02-01T00:00:00",
        "ReportEndDateExclusive": f"{until}T00:00:00",
        "ReportDeliveries": deliveries if state == "Complete" else [],
        **more,
    }


def page(*rows: Any, total: int | None = None) -> dict[str, Any]:
    return {"Result": list(rows), **({} if total is None else {"TotalFilteredCount": total})}


def test_a_report_is_run_waited_for_and_found_again(fresh_sandbox: Sandbox) -> None:
    ttd = fresh_sandbox.ttd()
    job = ttd.reports.run(101, ["adv0001"], *DAYS)
    assert (job.status, job.done) == ("InProgress", False)
    rows = job.result(poll=(0.01, 0.01))
    assert {row["Advertiser ID"] for row in rows} == {"adv0001"}
    assert {row["Date"] for row in rows} == {date(2026, 2, 1), date(2026, 2, 2)}
    total = ttd.get("advertisers", "adv0001").figures(*DAYS, metrics="impressions spend")
    assert sum(row["Impressions"] for row in rows) == total.impressions
    assert sum(row["Advertiser Cost"] for row in rows) == total.spend
    resumed = ttd.job(job.id, "report")
    assert resumed.result() == rows
    assert (resumed.execution.since, resumed.execution.until) == (date(2026, 2, 1), date(2026, 2, 2))


def test_schedules_are_made_found_and_deleted(fresh_ttd: TTD) -> None:
    made = fresh_ttd.reports.create("Weekly EU", 101, "adv0001", frequency="Weekly", date_range="Last7Days")
    assert [each.id for each in fresh_ttd.reports.schedules("prt0001", name="weekly")] == [made.id]
    assert fresh_ttd.reports.schedule(made.id).advertiser_ids == ("adv0001",)
    made.delete()
    assert fresh_ttd.reports.schedules("prt0001", name="weekly") == []
    (daily,) = fresh_ttd.reports.schedules("prt0001")
    assert daily.frequency == "Daily"


def test_what_a_new_schedule_is_sent_with(offline: Offline) -> None:
    ttd = offline({"ReportScheduleId": 9}, runtime=FakeRuntime(), route="rest-direct")
    ttd.reports.create("Q", 5, ["a1"], since="2026-02-01", until=date(2026, 2, 28), time_zone="Europe/Berlin")
    (request,) = ttd.transport.calls
    assert (request.method, request.path, request.writes) == ("POST", "myreports/reportschedule", True)
    assert request.json == {
        "ReportScheduleName": "Q",
        "ReportTemplateId": 5,
        "ReportFileFormat": "CSV",
        "ReportFrequency": "Daily",
        "ReportDateRange": "Custom",
        "ScheduleStartDate": "1970-01-01T00:00:00",
        "TimeZone": "Europe/Berlin",
        "IncludeHeaders": True,
        "AdvertiserFilters": ["a1"],
        "ReportStartDate": "2026-02-01T00:00:00",
        "ReportEndDate": "2026-02-28T00:00:00",
    }


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"frequency": "daily"}, "did you mean 'Daily'"),
        ({"date_range": "Last8Days"}, "or 'Last7Days'"),
        ({"file_format": "XLS"}, "file_format cannot be 'XLS'"),
        ({"date_range": "Custom"}, "since and until go with"),
        ({"since": "2026-02-01"}, "since and until go with"),
        ({"since": "2026-02-02", "until": "2026-02-01"}, "is before since="),
        ({"since": "x", "until": "y"}, "since is a day"),
        ({"template": "Performance"}, "not the id of a template"),
        ({"advertisers": []}, "needs advertisers"),
        ({"advertisers": None}, "a report"),
    ],
)
def test_what_cannot_be_scheduled_is_refused_before_it_is_sent(
    offline: Offline, given: dict[str, Any], told: str
) -> None:
    ttd = offline()
    with pytest.raises(ClientError, match=told):
        ttd.reports.create(**{"name": "Q", "template": 5, "advertisers": ["a1"], **given})
    assert ttd.transport.calls == []


def test_a_schedule_whose_answer_was_lost_is_not_made_again(fresh_sandbox: Sandbox) -> None:
    ttd = fresh_sandbox.ttd()
    fresh_sandbox.faults.add(Fault("reset_after", path="*/restrequest", times=1))
    with pytest.raises(AmbiguousWrite, match="may have been applied"):
        ttd.reports.run(101, "adv0001", *DAYS)
    assert len(ttd.reports.schedules("prt0001", name="101 ")) == 1


def test_the_newest_report_of_a_schedule_is_the_jobs(offline: Offline) -> None:
    old, new = report(1, until="2026-02-02"), report(2, "InProgress")
    ttd = offline({"ReportScheduleId": 7, "AdvertiserFilters": ["a1"]}, page(old, new), page(old, new))
    job = ttd.job(7, "report")
    assert (job.status, job.done) == ("InProgress", False)
    asked = ttd.transport.calls[1].json["dataBody"]
    assert '"AdvertiserIds": ["a1"]' in asked
    assert '"ReportScheduleIds": [7]' in asked


def test_a_report_that_has_not_begun_is_pending_and_one_that_failed_is_an_error(offline: Offline) -> None:
    ttd = offline(page(), page(report(3, "Failed")), runtime=FakeRuntime())
    job = ttd.job(7, "report")
    job.advertisers = ("a1",)
    with pytest.raises(RequestTimeout, match="has not ended after"):
        job.wait(timeout=0)
    with pytest.raises(JobError, match="ended as Failed"):
        job.wait()


def test_a_report_with_other_days_than_were_asked_for_is_told(offline: Offline) -> None:
    ttd = offline({"ReportScheduleId": 7}, page(report(3)), "A\n1\n")
    job = ttd.reports.run(5, "a1", "2026-02-01", "2026-02-03")
    with pytest.warns(AdPlatformsWarning, match="has the days 2026-02-01 to 2026-02-02, not 2026-02-01 to 2026-02-03"):
        job.result()


def test_reports_are_listed_page_after_page(offline: Offline) -> None:
    rows = [report(number) for number in range(150)]
    ttd = offline(page(*rows[:100], total=150), page(*rows[100:], total=150), route="rest-direct")
    found = ttd.reports.executions(partners="p1", state="Complete", name="Daily", since="2026-01-01")
    assert [each.id for each in found] == list(range(150))
    first, second = ttd.transport.calls
    assert first.path == "myreports/reportexecution/query/partners"
    assert first.json == {
        "PartnerIds": ["p1"],
        "ReportScheduleNameContains": "Daily",
        "ReportExecutionStates": ["Complete"],
        "ExecutionSpansStartDate": "2026-01-01T00:00:00",
        "PageStartIndex": 0,
        "PageSize": 100,
    }
    assert second.json["PageStartIndex"] == 100


def test_without_a_total_a_full_page_is_asked_to_go_on(offline: Offline) -> None:
    rows = [report(number) for number in range(100)]
    assert len(offline(page(*rows), page()).reports.executions(partners="p1")) == 100
    assert len(offline(page(*rows), page(*rows[:3])).reports.executions(partners="p1")) == 103
    assert len(offline(page(*rows[:3])).reports.executions(partners="p1")) == 3


@pytest.mark.parametrize("given", [{}, {"advertisers": "a1", "partners": "p1"}, {"partners": []}])
def test_reports_are_listed_by_advertisers_or_by_partners(offline: Offline, given: dict[str, Any]) -> None:
    with pytest.raises(ClientError, match="executions"):
        offline().reports.executions(**given)


@pytest.mark.parametrize("row", [{}, {"ReportExecutionId": 1}, report(1, ReportStartDateInclusive="soon")])
def test_a_report_of_another_shape_is_an_error(offline: Offline, row: Any) -> None:
    with pytest.raises(ParserException, match="a report cannot be read"):
        offline(page(row)).reports.executions(partners="p1")


def test_a_report_without_a_file_says_so_and_shows_no_link(offline: Offline) -> None:
    pending, done = offline(page(report(1, "Pending"), report(2))).reports.executions(partners="p1")
    with pytest.raises(ClientError, match="has no file"):
        pending.rows()
    assert "https" not in repr(done) + repr(done.file) + repr(done.raw)


def test_a_report_is_cancelled(fresh_ttd: TTD) -> None:
    job = fresh_ttd.reports.run(101, "adv0001", *DAYS)
    (running,) = fresh_ttd.reports.executions(advertisers="adv0001", schedules=[job.id])
    assert (running.cancel(), running.cancel()) == (True, False)


def test_templates_are_listed_to_their_end(offline: Offline) -> None:
    def some(ids: str, after: str | None) -> Any:
        nodes = [{"id": each, "name": each, "format": "TEXT"} for each in ids]
        return {
            "data": {
                "myReportsReportTemplates": {
                    "nodes": nodes,
                    "pageInfo": {"hasNextPage": bool(after), "endCursor": after},
                }
            }
        }

    ttd = offline(some("12", "x"), some("3", None))
    assert [template.id for template in ttd.reports.templates()] == ["1", "2", "3"]
    assert [call.json["variables"] for call in ttd.transport.calls] == [{"after": None}, {"after": "x"}]


@pytest.mark.parametrize(
    ("collection", "id"), [("campaigns", "cmp0012"), ("ad_groups", "adg0001"), ("advertisers", "adv0001")]
)
def test_a_report_at_once_has_the_figures(ttd: TTD, collection: str, id: str) -> None:
    entity = ttd.get(collection, id)
    rows = list(ttd.using(read_only=True).get(collection, id).report("AUDIENCE"))
    assert sum(row["Impressions"] for row in rows) == entity.figures(metrics="impressions").impressions
    with pytest.raises(ClientError, match="did you mean 'AUDIENCE'"):
        entity.report("AUDIENCES")


def test_a_sample_is_told(offline: Offline) -> None:
    data = {"id": None, "url": "https://storage.example/x", "hasSampleData": True}
    ttd = offline({"data": {"campaignReportExecute": {"data": data, "userErrors": []}}})
    with pytest.warns(AdPlatformsWarning, match="report GEO of campaign c1 holds sample data"):
        assert ttd.reference("campaigns", "c1").report("GEO").is_sample
    without = offline({"data": {"campaignReportExecute": {"data": {**data, "url": None}, "userErrors": []}}})
    with pytest.raises(ParserException, match="the link of a report"):
        without.reference("campaigns", "c1").report("GEO")
