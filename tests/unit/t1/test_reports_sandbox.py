"""Reports over HTTP, against the sandbox's figures."""

import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from terminalone import T1
from terminalone.errors import ClientError, TransportError
from terminalone.reports import Report


@pytest.fixture
def report(t1: Any) -> Report:
    """Figures of one organization in January 2026."""
    wanted: Report = t1.new("report", "performance")
    wanted.set(
        {
            "dimensions": ["campaign_id", "campaign_name"],
            "metrics": ["impressions", "clicks", "total_spend"],
            "filter": {"organization_id": 100001},
            "start_date": date(2026, 1, 1),
            "end_date": date(2026, 1, 31),
            "time_rollup": "all",
            "order": ["-clicks"],
        }
    )
    return wanted


def test_every_report_is_known_and_has_a_name_for_urls(t1: Any, sandbox: Any) -> None:
    every = t1.new("report")
    names = list(every.metadata["reports"])
    assert {"performance", "geo", "pulse"} <= set(names)
    assert every.report_uri("performance") == "performance"
    assert t1.new("report", "performance").metadata["structure"]["metrics"]["clicks"]["type"] == "integer"
    assert [call.path for call in sandbox.calls].count("/reporting/v1/std/meta") == 1


def test_rows_three_ways(report: Report) -> None:
    headers, rows = report.get()
    lists = list(rows)
    assert headers[2:] == ["campaign_id", "campaign_name", "impressions", "clicks", "total_spend"]
    _, rows = report.get(as_dict=True)
    dicts = list(rows)
    assert [list(row.values()) for row in dicts] == lists
    typed = list(report.rows())
    assert [row["campaign_id"] for row in typed] == [int(row["campaign_id"]) for row in dicts]
    assert typed == sorted(typed, key=lambda row: -row["clicks"])
    assert {type(value) for row in typed for value in row.values()} == {date, int, str, float}


def test_pages_are_parts_of_the_whole(report: Report) -> None:
    whole = list(report.get()[1])
    report.page_limit, report.page_offset = 3, 2
    assert list(report.get()[1]) == whole[2:5]


def test_filter_and_having(report: Report, t1: Any) -> None:
    campaigns = [row["campaign_id"] for row in report.rows()][:2]
    report.filter = {"campaign_id": campaigns}
    assert [row["campaign_id"] for row in report.rows()] == campaigns
    report.filter = {"organization_id": 100001}
    report.having = {"clicks": (">=", 5000)}
    clicks = [row["clicks"] for row in report.rows()]
    assert clicks
    assert min(clicks) >= 5000


def test_spend_is_within_the_budget(report: Report, t1: Any) -> None:
    row = next(report.rows())
    campaign = t1.get("campaigns", row["campaign_id"])
    assert (campaign.name, row["total_spend"] <= campaign.total_budget) == (row["campaign_name"], True)


@pytest.mark.parametrize("json", [True, False], ids=["json", "xml"])
def test_a_wrong_report_says_why(sandbox: Any, json: bool) -> None:
    t1 = sandbox.t1(json=json)
    report = t1.new("report", "performance", filter={"nothing_like_it": 1})
    for call in (report.validate, report.get):
        with pytest.raises(ClientError, match="nothing_like_it") as caught:
            call()
        assert vars(caught.value)["reason"] == "incorrect_predicates"
        assert (caught.value.code, caught.value.status) == ("bad_request", 400)
    t1.close()


def test_validating_runs_nothing(report: Report, sandbox: Any) -> None:
    report.validate()
    assert [call.path for call in sandbox.calls] == ["/reporting/v1/std/performance/validate"]


def test_the_beta_service(t1: Any, sandbox: Any) -> None:
    report = t1.new("report", "performance", version="beta", metrics=["clicks"])
    assert len(list(report.get()[1])) == 1
    assert sandbox.calls[-1].path == "/reporting-beta/v1/std/performance"


def test_an_expired_session_is_opened_again(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    report = t1.new("report", "performance", metrics=["clicks"])
    fresh_sandbox.expire_sessions()
    assert len(list(report.rows())) == 1


def test_a_report_that_is_cut_off_is_an_error_after_its_rows() -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/csv; charset=UTF-8")
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"campaign_id,clicks\n7,3\n8,4\n9,")
            self.close_connection = True

        def log_message(self, *words: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        base = f"http://127.0.0.1:{server.server_port}"
        t1 = T1("a", "b", api_base=base, auth_method="delayed")
        with pytest.raises(TransportError, match=r"broke|cut|incomplete"):
            list(t1.new("report", "performance").get()[1])
        t1.close()
        server.shutdown()
        thread.join()
