"""Files of reports: where the token goes, and how their rows are read."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import AuthRequiredError, ClientError, ParserException, TransportError
from adplatforms.core.messages import Answer
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.sandbox import Sandbox
from adplatforms.ttd import TTD
from adplatforms.ttd.fetching import wants_token
from adplatforms.ttd.reports import ReportFile
from adplatforms.ttd.reports.files import typed
from adplatforms.ttd.servers import Servers

Offline = Callable[..., TTD]
OWN = "https://api.thetradedesk.com"
CSV = b'\xef\xbb\xbfDate,Campaign ID,Impressions,Cost,Note\n2026-02-01,0012,5,1.50,"a, b"\n2026-02-02,0013,0,0.10,\n'


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (f"{OWN}/v3/myreports/x.csv", True),
        ("https://API.thetradedesk.com:443/v3/x", True),
        (f"{OWN}/v3/x?token=1&name=", True),
        (f"{OWN}:8443/v3/x", False),
        (f"{OWN}.evil.example/v3/x", False),
        ("https://desk.thetradedesk.com/x", False),
        (f"https://evil.example/x?from={OWN}/", False),
        (f"{OWN}/v3/x?X-Amz-Signature=1", False),
        (f"{OWN}/v3/x?sig=", False),
    ],
)
def test_the_token_is_for_own_hosts_and_links_that_are_not_signed(url: str, wanted: bool) -> None:
    assert wants_token(url, Servers.of("prod")) is wanted


@pytest.mark.parametrize(
    "url", ["https://api.thetradedesk.com@evil.example/x", "http://api.thetradedesk.com/x", "file:///x"]
)
def test_links_that_are_not_safe_are_refused(offline: Offline, url: str) -> None:
    ttd = offline()
    with pytest.raises(ClientError, match=r"safe link|plain http"):
        ttd.download(url)
    assert ttd.transport.calls == []


def test_each_surface_is_an_own_host(offline: Offline) -> None:
    ttd = offline(rest_url="https://rest.example/v3", graphql_url="https://graph.example:444/graphql")
    for url in ("https://rest.example/a", "https://graph.example:444/b", f"{OWN}/c"):
        assert wants_token(url, ttd.dialect.servers)
    assert not wants_token("https://graph.example/b", ttd.dialect.servers)


def sent(transport: FakeTransport) -> list[tuple[str, str]]:
    """Where the requests went; what is asked for without credentials has no server of its own."""
    return [(request.server, request.path) for request in transport.calls]


def moved(to: str) -> Answer:
    return reply("", status=302, Location=to)


def test_a_redirect_elsewhere_is_followed_without_the_token(offline: Offline) -> None:
    ttd = offline(moved("https://storage.example/f?X=1"), reply(CSV))
    assert b"".join(ttd.download(f"{OWN}/v3/report?id=7").chunks) == CSV
    assert sent(ttd.transport) == [(OWN, "v3/report"), ("", "https://storage.example/f?X=1")]
    assert ttd.transport.calls[0].params == (("id", "7"),)


def test_a_redirect_to_an_own_host_keeps_the_token(offline: Offline) -> None:
    ttd = offline(moved("/v3/other"), reply(CSV))
    assert b"".join(ttd.download(f"{OWN}/v3/report").chunks) == CSV
    assert sent(ttd.transport) == [(OWN, "v3/report"), (OWN, "v3/other")]


def test_redirects_without_end_are_an_error(offline: Offline) -> None:
    ttd = offline()
    ttd.transport = FakeTransport(lambda request: moved("/v3/again"))
    with pytest.raises(TransportError, match="redirected without end"):
        ttd.download(f"{OWN}/v3/report")
    assert len(ttd.transport.calls) == 4


def test_what_is_not_the_file_is_the_platforms_error_and_shows_no_token(offline: Offline) -> None:
    refusal = reply({"Message": "secret-token is wrong"}, status=401)
    with pytest.raises(AuthRequiredError, match=r"\*\*\* is wrong") as caught:
        offline(refusal).download(f"{OWN}/v3/report")
    assert "secret-token" not in repr(caught.value.body)


def test_a_token_that_has_ended_is_asked_for_once_more(offline: Offline) -> None:
    tokens = iter(["one", "two", "two", "two"])
    transport = FakeTransport([reply({"Message": "no"}, status=401), reply(CSV)])
    ttd = TTD(token=lambda: next(tokens), transport=transport, retry=None)
    assert b"".join(ttd.download(f"{OWN}/v3/report").chunks) == CSV


def test_other_links_are_asked_for_without_the_token(offline: Offline) -> None:
    ttd = offline(reply(CSV))
    assert b"".join(ttd.download("https://storage.example/f").chunks) == CSV
    assert sent(ttd.transport) == [("", "https://storage.example/f")]


@pytest.mark.parametrize("redirects", [False, True])
def test_on_the_wire_the_own_host_gets_the_token_and_the_storage_none(fresh_sandbox: Sandbox, redirects: bool) -> None:
    """The sandbox's own host refuses who has no token, its file server who has one."""
    ttd = fresh_sandbox.ttd()
    job = ttd.reports.run(101, "adv0001", "2026-02-01", "2026-02-02")
    ttd.connection.transport.session.patch(f"{fresh_sandbox.url}/ttd/_settings", json={"report_redirect": redirects})
    rows = job.result(poll=(0.01, 0.01))
    assert rows[0] == {
        "Date": date(2026, 2, 1),
        "Advertiser ID": "adv0001",
        "Campaign ID": "cmp0012",
        "Campaign": "Always On 2026 - Native",
        "Impressions": 12027,
        "Clicks": 51,
        "Advertiser Cost": Decimal("63.16"),
        "Currency": "USD",
    }
    assert fresh_sandbox.calls[-1].status == (302 if redirects else 200)


def file_of(offline: Offline, content: bytes, **headers: str) -> ReportFile:
    return ReportFile(offline(reply(content, **headers)), f"{OWN}/v3/report")


def test_rows_are_typed_and_ids_stay_text(offline: Offline) -> None:
    assert list(file_of(offline, CSV)) == [
        {"Date": date(2026, 2, 1), "Campaign ID": "0012", "Impressions": 5, "Cost": Decimal("1.50"), "Note": "a, b"},
        {"Date": date(2026, 2, 2), "Campaign ID": "0013", "Impressions": 0, "Cost": Decimal("0.10"), "Note": None},
    ]
    tabs = list(file_of(offline, b"Date\tClicks\n2026-02-01\t7\n\n"))
    assert tabs == [{"Date": date(2026, 2, 1), "Clicks": 7}]


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("Clicks", "007", "007"),
        ("Clicks", "-3", -3),
        ("Clicks", "1234567890123456789", "1234567890123456789"),
        ("Rate", "1e5", "1e5"),
        ("Rate", "NaN", "NaN"),
        ("Day", "2026-13-01", "2026-13-01"),
        ("AdGroupId", "7", "7"),
        ("Ad Group IDs", "7", "7"),
        ("Postal Code", "01234", "01234"),
        ("Video Views", "9", 9),
        ("Paid", "9", 9),
    ],
)
def test_what_is_not_surely_a_number_or_a_day_stays_text(name: str, value: str, found: Any) -> None:
    assert typed(name, value) == found


@pytest.mark.parametrize(
    ("content", "headers", "told"),
    [
        (b"", {}, "it is empty"),
        (b"A,B\n1,2\n3\n", {}, "row 3 of the report has 1 values, the header 2"),
        (b"A,B\n1,2,3\n", {}, "row 2 of the report has 3 values, the header 2"),
        (b'A,B\n1,"2\n3,4\n', {}, "row 2 of the report cannot be read"),
        (b"A\n\xff\n", {}, "not UTF-8"),
        (b"<html>", {"Content_Type": "text/html"}, "it came as text/html"),
        (b"{}", {"Content_Type": "application/json; charset=utf-8"}, "it came as application/json"),
    ],
)
def test_a_file_that_is_not_whole_is_an_error_that_names_the_row(
    offline: Offline, content: bytes, headers: dict[str, str], told: str
) -> None:
    with pytest.raises(ParserException, match=told):
        list(file_of(offline, content, **headers))


def test_an_excel_file_is_written_and_has_no_rows(offline: Offline, tmp_path: Path) -> None:
    with pytest.raises(ClientError, match=r"download\(path\) writes it"):
        list(file_of(offline, b"PK\x03\x04..."))
    assert file_of(offline, b"PK\x03\x04...").download(tmp_path / "pivot.xlsx") == 7


def test_a_file_through_rest_is_its_text(offline: Offline) -> None:
    ttd = offline(reply(CSV, Content_Type="text/csv"))
    assert ttd.rest("GET", "myreports/x.csv", through="direct").startswith("Date,Campaign ID")


def test_a_query_goes_with_params_and_headers_go_direct(offline: Offline) -> None:
    ttd = offline({"Segments": []}, {"Segments": []}, {"Segments": []})
    ttd.rest("GET", "crmdata/segment/adv1", params={"pagingToken": "a b&c", "none": None})
    ttd.rest("GET", "crmdata/segment/adv1", params={"pagingToken": "a"}, through="direct")
    ttd.rest("GET", "crmdata/segment/adv1", headers={"X-Trace": "7"})
    first, second, third = ttd.transport.calls
    assert first.json["endpoint"] == "crmdata/segment/adv1?pagingToken=a%20b%26c"
    assert (second.path, second.params) == ("crmdata/segment/adv1", (("pagingToken", "a"),))
    assert (third.path, dict(third.headers)) == ("crmdata/segment/adv1", {"X-Trace": "7"})
    with pytest.raises(ClientError, match="hands no headers on"):
        ttd.rest("GET", "label/1", headers={"X": "7"}, through="workflows")


@pytest.mark.parametrize("route", ["graphql", "rest-direct"])
def test_segments_are_listed_page_by_page(fresh_sandbox: Sandbox, route: str) -> None:
    ttd = fresh_sandbox.ttd(route=route)
    for number in range(3):
        body = {"AdvertiserId": "adv0001", "SegmentName": f"Buyers {number}", "Region": "EU"}
        ttd.rest("POST", "crmdata/segment", body)
    names, token = [], None
    while True:
        found = ttd.rest("GET", "crmdata/segment/adv0001", params={"pagingToken": token})
        if not found["Segments"]:
            break
        names += [each["SegmentName"] for each in found["Segments"]]
        token = found["PagingToken"]
    assert names == ["Alder & Ash newsletter", "Buyers 0", "Buyers 1", "Buyers 2"]


def test_a_question_mark_in_the_endpoint_is_explained(fresh_ttd: TTD) -> None:
    with pytest.raises(LookupError, match=r"params=\{...\} sends a query"):
        fresh_ttd.rest("GET", "crmdata/segment/adv0001?pagingToken=abc")
