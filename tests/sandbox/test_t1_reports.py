"""Reports: metadata, CSV that agrees with the campaigns, conditions, time, order, pages, errors."""

import csv
import io
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from adplatforms.sandbox import Sandbox

Rows = list[dict[str, str]]
STD = "reporting/v1/std"
SOME = {"filter": "agency_id=101"}
"""A report of all agencies takes the server ten times as long."""
BETA = "reporting-beta/v1/std"


class Reports:
    """The service, through a client that is logged in."""

    def __init__(self, api: Any, sandbox: Sandbox) -> None:
        self.http = api.http
        self.url = sandbox.url

    def raw(self, path: str, base: str = STD, **query: Any) -> Any:
        return self.http.get(f"{self.url}/{base}/{path}", params=query, timeout=60)

    def rows(self, report: str = "performance", **query: Any) -> Rows:
        reply = self.raw(report, **query)
        assert reply.status_code == 200, reply.text
        assert reply.headers["Content-Type"] == "text/csv; charset=UTF-8"
        return list(csv.DictReader(io.StringIO(reply.content.decode())))

    def refusal(self, path: str, **query: Any) -> dict[str, str]:
        reply = self.raw(path, **query)
        assert reply.headers["Content-Type"].startswith("text/xml")
        assert reply.status_code >= 400
        found: dict[str, str] = ElementTree.fromstring(reply.content).find("status").attrib  # type: ignore[union-attr]
        return found


@pytest.fixture
def reports(sandbox: Sandbox, api: Any) -> Reports:
    return Reports(api, sandbox)


def test_the_list_of_reports_has_the_recorded_shape(reports: Reports, spec: Path) -> None:
    expected = json.loads((spec / "t1" / "fixtures" / "json" / "reports_meta.json").read_bytes())["reports"]
    found = reports.raw("meta").json()["reports"]
    assert set(expected) <= set(found)
    assert set(found["performance"]) == set(expected["performance"])
    assert found["performance"]["URI_Data"] == f"{reports.url}/{STD}/performance"
    assert reports.raw("meta", BETA).json()["reports"]["geo"]["Version"] == "beta"


def test_metadata_tells_what_can_be_asked_for(reports: Reports) -> None:
    for name in reports.raw("meta").json()["reports"]:
        about = reports.raw(f"{name}/meta").json()
        structure = about["structure"]
        dimensions, metrics = ",".join(structure["dimensions"]), ",".join(structure["metrics"])
        query = {"dimensions": dimensions, "metrics": metrics, "time_window": "yesterday", "page_limit": 1, **SOME}
        (row,) = reports.rows(name, **query)
        assert list(row) == [*structure["time_field"], *structure["dimensions"], *structure["metrics"]]
        assert set(about["default_metrics"]) <= set(structure["metrics"])


def test_a_report_has_the_recorded_columns(reports: Reports, spec: Path) -> None:
    recorded = (spec / "t1" / "fixtures" / "performance.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    metrics = recorded[3:]
    text = reports.raw("performance", dimensions="campaign_name", metrics=",".join(metrics)).text
    assert text.splitlines()[0].split(",") == recorded


def test_values_are_written_as_recorded(reports: Reports) -> None:
    query = {"dimensions": "campaign_id,campaign_name", "metrics": "clicks,ctr,total_spend", "time_window": "yesterday"}
    line = reports.raw("performance", **query).text.splitlines()[1]
    start, end, id, rest = line.split(",", 3)
    assert (start, end) == ('"2026-11-15"', '"2026-11-15"')
    assert id.isdecimal()
    name, _, numbers = rest.rpartition('",')
    assert name.startswith('"')
    clicks, ctr, spend = numbers.split(",")
    assert clicks.isdecimal()
    assert [len(one.partition(".")[2]) for one in (ctr, spend)] == [2, 2]


def sums(rows: Rows, key: str, *metrics: str) -> Counter[tuple[str, str]]:
    """The sum of each metric for each value of a dimension."""
    found = Counter[tuple[str, str]]()
    for row in rows:
        for metric in metrics:
            found[metric, row[key]] += Decimal(row[metric])  # type: ignore[assignment]
    return found


def test_parts_add_up_to_the_whole(reports: Reports) -> None:
    metrics = ("impressions", "clicks", "total_conversions", "total_spend", "media_cost", "revenue")
    window = {"time_window": "last_30_days", "filter": "organization_id=100001", "metrics": ",".join(metrics)}
    whole = sums(reports.rows(dimensions="campaign_id", **window), "campaign_id", *metrics)
    assert all(sum(value for (name, _), value in whole.items() if name == metric) > 0 for metric in metrics)
    finer = reports.rows(dimensions="campaign_id,strategy_id", **window)
    assert sums(finer, "campaign_id", *metrics) == whole
    for rollup in ("by_day", "by_week", "by_month"):
        found = reports.rows(dimensions="campaign_id", time_rollup=rollup, **window)
        assert sums(found, "campaign_id", *metrics) == whole, rollup
    for report, part in (
        ("geo", "region_name"),
        ("device_technology", "device_type"),
        ("site_transparency", "site_domain"),
    ):
        found = reports.rows(report, dimensions=f"campaign_id,{part}", **window)
        assert len({row[part] for row in found}) > 1
        assert sums(found, "campaign_id", *metrics) == whole, report


def test_figures_lie_within_budget_and_flight(reports: Reports, api: Any) -> None:
    campaigns = {str(row["id"]): row for row in api.rows("campaigns/limit/advertiser.agency=101")}
    strategies = {str(row["id"]): row for row in api.rows("strategies/limit/campaign.advertiser.agency=101")}
    query = {"filter": "agency_id=101", "time_window": "campaign_to_date", "metrics": "total_spend"}
    rows = reports.rows(dimensions="campaign_id,strategy_id", **query)
    spent = sums(rows, "campaign_id", "total_spend")
    assert len(spent) > 50
    for (_, id), spend in spent.items():
        assert 0 < spend <= campaigns[id]["total_budget"][0]["value"]
    for (_, id), spend in sums(rows, "strategy_id", "total_spend").items():
        budget = strategies[id]["budget"]
        assert budget is None or spend <= budget[0]["value"]
    for row in reports.rows(dimensions="campaign_id", time_rollup="by_day", **query):
        campaign = campaigns[row["campaign_id"]]
        assert campaign["start_date"][:10] <= row["start_date"] <= campaign["end_date"][:10]


def test_ratios_follow_from_the_figures(reports: Reports) -> None:
    metrics = "impressions,clicks,total_spend,ctr,total_spend_cpm,total_spend_cpc,total_spend_roi,revenue"
    for row in reports.rows(dimensions="advertiser_id", metrics=metrics, precision=6):
        value = {name: float(text) for name, text in row.items() if name not in ("start_date", "end_date")}
        assert value["ctr"] == pytest.approx(value["clicks"] / value["impressions"] * 100, abs=1e-5)
        assert value["total_spend_cpm"] == pytest.approx(value["total_spend"] / value["impressions"] * 1000, abs=1e-5)
        assert value["total_spend_roi"] == pytest.approx(value["revenue"] / value["total_spend"], abs=1e-5)
        if value["clicks"]:
            assert value["total_spend_cpc"] == pytest.approx(value["total_spend"] / value["clicks"], abs=1e-5)


def test_filter_and_having_take_any_operator(reports: Reports) -> None:
    query = {"dimensions": "advertiser_id,advertiser_name", "metrics": "clicks"}
    everything = reports.rows(**query)
    middle = sorted(int(row["clicks"]) for row in everything)[len(everything) // 2]
    for condition, holds in (
        ("advertiser_id=7,9", lambda row: row["advertiser_id"] in ("7", "9")),
        ("advertiser_id!=7", lambda row: row["advertiser_id"] != "7"),
        ("advertiser_id<=9&advertiser_id>3", lambda row: 3 < int(row["advertiser_id"]) <= 9),
        ("advertiser_name=Cobalt Cycles US", lambda row: row["advertiser_name"] == "Cobalt Cycles US"),
    ):
        assert reports.rows(filter=condition, **query) == [row for row in everything if holds(row)], condition
    assert reports.rows(having=f"clicks>={middle}", **query) == [
        row for row in everything if int(row["clicks"]) >= middle
    ]


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2026-10", "2026-10", ("2026-10-01", "2026-10-31")),
        ("2026-10-05", "2026-10-07", ("2026-10-05", "2026-10-07")),
        ("2026-10-05T00", "2026-10-07T23:59", ("2026-10-05", "2026-10-07")),
        ("2026-10-05T00:00:00", "2026-10-07T23:59:59", ("2026-10-05", "2026-10-07")),
    ],
)
def test_dates_are_taken_in_all_forms(reports: Reports, start: str, end: str, shown: tuple[str, str]) -> None:
    (row,) = reports.rows(start_date=start, end_date=end, **SOME)
    assert (row["start_date"], row["end_date"]) == shown
    days = [one["start_date"] for one in reports.rows(start_date=start, end_date=end, time_rollup="by_day", **SOME)]
    assert (days[0], days[-1]) == shown


@pytest.mark.parametrize(
    ("window", "first"),
    [("yesterday", "2026-11-15"), ("last_7_days", "2026-11-09"), ("last_45_days", "2026-10-02"),
     ("month_to_date", "2026-11-01")],
)  # fmt: skip
def test_windows_end_yesterday(reports: Reports, window: str, first: str) -> None:
    days = [row["start_date"] for row in reports.rows(time_window=window, time_rollup="by_day", **SOME)]
    assert (days[0], days[-1]) == (first, "2026-11-15")


def test_weeks_and_months_are_cut_by_the_span(reports: Reports) -> None:
    span = {"start_date": "2026-09-16", "end_date": "2026-10-05", **SOME}
    weeks = [(row["start_date"], row["end_date"]) for row in reports.rows(time_rollup="by_week", **span)]
    assert weeks == [
        ("2026-09-16", "2026-09-20"), ("2026-09-21", "2026-09-27"), ("2026-09-28", "2026-10-04"),
        ("2026-10-05", "2026-10-05"),
    ]  # fmt: skip
    months = [(row["start_date"], row["end_date"]) for row in reports.rows(time_rollup="by_month", **span)]
    assert months == [("2026-09-16", "2026-09-30"), ("2026-10-01", "2026-10-05")]


def test_order_and_pages(reports: Reports) -> None:
    query = {"dimensions": "campaign_id", "metrics": "clicks", "order": "-clicks,campaign_id", **SOME}
    rows = reports.rows(**query)
    keys = [(-int(row["clicks"]), int(row["campaign_id"])) for row in rows]
    assert keys == sorted(keys)
    assert len({clicks for clicks, _ in keys}) < len(keys)
    assert reports.rows(page_limit=5, page_offset=10, **query) == rows[10:15]
    assert reports.rows(page_limit=0, **query) == []


def test_precision_is_places_after_the_point(reports: Reports) -> None:
    found = [reports.rows(metrics="ctr,clicks", precision=places)[0] for places in (0, 4)]
    assert [len(row["ctr"].partition(".")[2]) for row in found] == [0, 4]
    assert found[0]["clicks"] == found[1]["clicks"]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"dimensions": "shoe_size"}, "incorrect_dimensions"), ({"metrics": "joy"}, "incorrect_metrics"),
        ({"filter": "clicks>3"}, "incorrect_predicates"), ({"filter": "campaign_id=x"}, "incorrect_predicates"),
        ({"filter": "campaign_id"}, "incorrect_predicates"), ({"having": "campaign_id=3"}, "incorrect_predicates"),
        ({"having": "clicks>nan"}, "incorrect_predicates"), ({"order": "ctr"}, "incorrect_order"),
        ({"time_window": "tomorrow"}, "incorrect_time"), ({"time_window": "last_0_days"}, "incorrect_time"),
        ({"start_date": "2026-10-01"}, "incorrect_time"), ({"time_rollup": "by_hour"}, "incorrect_time"),
        ({"start_date": "2026-10-02", "end_date": "2026-10-01"}, "incorrect_time"),
        ({"start_date": "2026-13", "end_date": "2026-14"}, "incorrect_time"),
        ({"start_date": "0000-01", "end_date": "2026-01"}, "incorrect_time"),
        ({"page_limit": "-1"}, "incorrect_page"), ({"precision": "99"}, "incorrect_page"),
    ],
)  # fmt: skip
def test_wrong_parameters_are_refused_run_or_validated(reports: Reports, query: dict[str, str], reason: str) -> None:
    for path in ("performance", "performance/validate"):
        assert reports.refusal(path, **query) == {"code": "bad_request", "reason": reason}


def test_validate_runs_nothing(reports: Reports) -> None:
    reply = reports.raw("geo/validate", dimensions="country_name", time_window="yesterday")
    root = ElementTree.fromstring(reply.content)
    assert [(child.tag, child.attrib) for child in root] == [("status", {"code": "ok"})]


def test_unknown_reports_and_missing_sessions(fresh_sandbox: Sandbox, own: Any) -> None:
    reports = Reports(own, fresh_sandbox)
    for path in ("nonsense", "nonsense/meta", "nonsense/validate"):
        assert reports.refusal(path)["code"] == "not_found"
    fresh_sandbox.expire_sessions()
    assert reports.refusal("performance")["code"] == "auth_required"


def test_the_beta_answers_the_same_figures(reports: Reports) -> None:
    query = {"dimensions": "agency_id", "time_window": "last_7_days"}
    assert reports.raw("performance", BETA, **query).text == reports.raw("performance", **query).text


def test_a_report_is_streamed(reports: Reports) -> None:
    reply = reports.raw("performance", dimensions="campaign_id")
    assert reply.headers["Transfer-Encoding"] == "chunked"
    assert "Content-Length" not in reply.headers
    assert reports.raw("meta").status_code == 200


def test_what_is_written_shows_in_the_reports(fresh_sandbox: Sandbox, own: Any) -> None:
    reports = Reports(own, fresh_sandbox)
    id = reports.rows(dimensions="campaign_id", page_limit="1")[0]["campaign_id"]
    own.post(f"campaigns/{id}", version=own.version(f"campaigns/{id}"), name='Re"named')
    (row,) = reports.rows(dimensions="campaign_name", filter=f"campaign_id={id}")
    assert row["campaign_name"] == 'Re"named'
