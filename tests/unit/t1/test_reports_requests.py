"""Reports: what is sent, what comes back, what goes wrong."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import (
    APIError,
    ClientError,
    ParserException,
    UnknownFieldError,
    UnknownNameError,
    UnreadableValueError,
)
from adplatforms.core.messages import Answer, Request, Stream
from adplatforms.core.testing import FakeTransport, reply
from terminalone import T1, filters
from terminalone.errors import T1Error
from terminalone.reports import Report

CSV = "text/csv; charset=UTF-8"
FIGURES = reply("campaign_id,clicks\n7,3\n8,4\n", CSV)
INDEX = {
    "reports": {
        "performance": {"Name": "Performance", "URI_Data": "https://h/reporting/v1/std/performance"},
        "deals": {"Name": "Deals", "URI_Data": "https://h/reporting-beta/v1/std/deal_stub"},
    }
}
META = {
    "Name": "Performance",
    "URI_Data": "https://h/reporting/v1/std/performance",
    "structure": {
        "dimensions": {"campaign_id": {"name": "Campaign", "type": "integer"}, "name": {"type": "string"}},
        "metrics": {"spend": {"type": "float"}, "active": {"type": "boolean"}, "at": {"type": "datetime"}},
        "time_field": {},
    },
}


@pytest.fixture
def report() -> Callable[..., Any]:
    """Makes the report "performance" with these replies to come; `report.calls` is what was sent."""

    def make(*script: Any, name: str | None = "performance", version: str | None = None, **properties: Any) -> Any:
        steps = [step if isinstance(step, Answer) else reply(step) for step in script]
        t1 = T1("a", "b", auth_method="delayed", transport=FakeTransport(steps), retry=None)
        return t1.new("report", name, version=version, properties=properties)

    return make


def sent(report: Any) -> list[Request]:
    calls: list[Request] = report.session.transport.calls
    return calls


# parameters


def test_a_report_on_the_wire(report: Callable[..., Any]) -> None:
    """Defect 43: what new() is given is kept, and every parameter is sent."""
    wanted = report(
        FIGURES, dimensions=["campaign_id", "strategy_id"], metrics=["clicks"], filter={"organization_id": 100048}
    )
    wanted.order = ["date", "-clicks"]
    wanted.start_date, wanted.end_date = date(2026, 1, 1), "2026-01-31"
    wanted.set({"precision": 2, "page_limit": 50, "page_offset": 100, "timezone": "UTC"})
    wanted.time_rollup = "by_day"
    wanted.get()
    (call,) = sent(wanted)
    assert (call.method, call.path) == ("GET", "reporting/v1/std/performance")
    assert dict(call.params) == {
        "dimensions": "campaign_id,strategy_id",
        "metrics": "clicks",
        "filter": "organization_id=100048",
        "order": "date,-clicks",
        "start_date": "2026-01-01",
        "end_date": "2026-01-31",
        "precision": "2",
        "page_limit": "50",
        "page_offset": "100",
        "timezone": "UTC",
        "time_rollup": "by_day",
    }
    assert len(call.params) == 11


@pytest.mark.parametrize(
    ("condition", "written"),
    [
        ({"organization_id": 100048, "name": "a b"}, "organization_id=100048&name=a b"),
        ("clicks>10&campaign_id=7", "clicks>10&campaign_id=7"),
        ({"clicks": (">", 10)}, "clicks>10"),
        ({"clicks >=": 10}, "clicks>=10"),
        ({"campaign_id": (filters.EQUALS, 7)}, "campaign_id=7"),
        ([("clicks", ">", 10), ("ctr", filters.LESS_OR_EQUAL, 0.5), "x!=1"], "clicks>10&ctr<=0.5&x!=1"),
        ({"campaign_id": [1, 2]}, "campaign_id=1,2"),
        ([("campaign_id", filters.IN, (1, 2))], "campaign_id=1,2"),
        ({"campaign_id": (1, 2)}, "campaign_id=1,2"),
        ({"active": True, "day": date(2026, 1, 2)}, "active=1&day=2026-01-02"),
        ({"name": "50% off"}, "name=50% off"),
        (("clicks", ">", 10), "clicks>10"),
        ([["clicks", ">", 10], ("campaign_id", 7)], "clicks>10&campaign_id=7"),
    ],
)
def test_filter_and_having(report: Callable[..., Any], condition: Any, written: str) -> None:
    """Defect 44: text, lists and any operator."""
    for name in ("filter", "having"):
        assert report(**{name: condition}).params() == ((name, written),)


def test_spaces_and_percent_signs_arrive(t1: Any, sandbox: Any) -> None:
    """Defect 44: the value is encoded once, so a space is one for the server."""
    wanted = t1.new("report", "performance", filter={"campaign_name": "50% off + more"})
    sandbox.calls.clear()
    wanted.version = "somewhere/else"
    with pytest.raises(T1Error, match="HTTP 404"):
        wanted.get()
    assert ("filter", "campaign_name=50% off + more") in sandbox.calls[-1].query


@pytest.mark.parametrize(
    "condition",
    [
        7,
        {"a": "x&b=1"},
        {"a": None},
        {"a": ""},
        [("a",)],
        [("a", "like", "x")],
        [("a", "=", 1, 2)],
        {"": 1},
        {7: 1},
        [7],
        [()],
        {"a": []},
        [("a", None, 1)],
        {"a&b": 1},
    ],
)
def test_what_is_no_condition(report: Callable[..., Any], condition: Any) -> None:
    wanted = report(filter=condition)
    with pytest.raises(ClientError, match=r"filter|condition|is not an operator"):
        wanted.get()
    assert sent(wanted) == []


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("campaign_id", "campaign_id"),
        ("campaign_id,strategy_id", "campaign_id,strategy_id"),
        (("campaign_id", "strategy_id"), "campaign_id,strategy_id"),
        ({"strategy_id", "campaign_id"}, "campaign_id,strategy_id"),
    ],
)
def test_dimensions(report: Callable[..., Any], value: Any, written: str) -> None:
    """Defect 44: a text is not split into letters."""
    assert report(dimensions=value).params() == (("dimensions", written),)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02T03:04:05"),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=5))), "2026-01-01T22:04:05"),
        ("2026-01", "2026-01"),
    ],
)
def test_dates(report: Callable[..., Any], value: Any, written: str) -> None:
    assert report(start_date=value).params() == (("start_date", written),)


def test_none_takes_a_parameter_back(report: Callable[..., Any]) -> None:
    wanted = report(dimensions=["a"], filter={"a": 1})
    wanted.filter = None
    assert wanted.params() == (("dimensions", "a"),)
    wanted.having, wanted.order = {}, []
    assert wanted.params() == (("dimensions", "a"),)
    assert (wanted.dimensions, wanted.filter, wanted.metrics) == (["a"], None, None)


def test_the_callers_values_are_left_alone(report: Callable[..., Any]) -> None:
    properties = {"dimensions": ["a", "b"], "filter": {"a": [1, 2]}}
    wanted = report(FIGURES, **properties)
    wanted.get()
    assert properties == {"dimensions": ["a", "b"], "filter": {"a": [1, 2]}}


def test_a_misspelt_parameter(report: Callable[..., Any]) -> None:
    wanted = report()
    with pytest.raises(UnknownFieldError, match=r"no 'dimesions' .did you mean 'dimensions'\? parameters"):
        wanted.dimesions = ["a"]
    with pytest.raises(AttributeError, match="did you mean 'metrics'"):
        _ = wanted.metrcs
    wanted.parameters["dimesions"] = "a"
    assert wanted.params() == (("dimesions", "a"),)
    with pytest.raises(UnknownFieldError, match="is not a parameter"):
        wanted.get = 1
    with pytest.raises(ClientError, match="cannot be sent as a parameter"):
        report(precision=object()).params()


def test_names_and_versions(report: Callable[..., Any]) -> None:
    beta = report(
        FIGURES, reply("<result><status code='ok'/></result>"), name="deals?v1", version="beta", metrics="clicks"
    )
    beta.get()
    beta.validate()
    assert [call.path for call in sent(beta)] == [
        "reporting-beta/v1/std/deals?v1",
        "reporting-beta/v1/std/deals/validate?v1",
    ]
    assert sent(beta)[0].params == (("metrics", "clicks"),)
    own = report(FIGURES, version="reporting/v2/std")
    own.get()
    assert sent(own)[0].path == "reporting/v2/std/performance"
    with pytest.raises(UnknownNameError, match="no version 'gamma'"):
        report(version="gamma")


def test_how_a_report_is_made(report: Callable[..., Any]) -> None:
    t1 = report().session
    for found in (t1.new("report"), t1.new("reports"), t1.new(Report, properties={"metrics": "a"})):
        assert isinstance(found, Report)
        assert found.report is None
    assert t1.new("report", {"metrics": "a"}).metrics == "a"
    assert t1.new("report", "pulse", metrics="a").params() == (("metrics", "a"),)
    assert repr(t1.new("report", "pulse", metrics="a")) == "<Report pulse metrics='a'>"
    with pytest.raises(ClientError, match=r"are for reports, not for 'campaign'"):
        t1.new("campaign", "performance")
    with pytest.raises(ClientError, match=r"no name .t1\.new"):
        t1.new("report").get()


# metadata


def test_metadata_is_asked_for_once(report: Callable[..., Any]) -> None:
    all_of_them = report(INDEX, name=None)
    assert all_of_them.metadata["reports"]["performance"]["Name"] == "Performance"
    assert all_of_them.metadata is all_of_them.metadata
    assert all_of_them.report_uri("deals") == "deal_stub"
    assert [call.label for call in sent(all_of_them)] == ["GET reporting/v1/std/meta"]
    with pytest.raises(UnknownNameError, match=r"no report 'perfomance'.*'performance'"):
        all_of_them.report_uri("perfomance")
    with pytest.raises(ClientError, match="name"):
        all_of_them.report_uri()


def test_metadata_of_one_report(report: Callable[..., Any]) -> None:
    """Defect 45: report_uri gives the name for URLs, not the whole URL."""
    one = report(META, INDEX)
    assert one.metadata["structure"]["time_field"] == {}
    assert one.report_uri() == one.report_uri("performance") == "performance"
    assert one.report_uri("deals") == "deal_stub"
    assert [call.label for call in sent(one)] == ["GET reporting/v1/std/performance/meta", "GET reporting/v1/std/meta"]


def test_recorded_metadata(report: Callable[..., Any], spec: Path) -> None:
    body = (spec / "t1" / "fixtures" / "json" / "reports_meta.json").read_bytes()
    found = report(reply(body, "application/json"), name=None)
    assert found.report_uri("video_site_transparency") == "video_site_transparency"
    assert found.metadata["reports"]["geo"]["Description"] == "Standard Geo Report"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (reply("[1]", "application/json"), ParserException),
        (reply('{"cut', "application/json"), ParserException),
        (reply("<html>down</html>", "text/html", 503), APIError),
        (reply({"errors": [{"message": "no"}], "meta": {"status": "not_found"}}, status=404), APIError),
    ],
)
def test_metadata_that_does_not_come(report: Callable[..., Any], answer: Answer, kind: type) -> None:
    with pytest.raises(kind, match=r"T1 sent|metadata|HTTP 503|not_found"):
        _ = report(answer).metadata


# rows


def test_rows_as_lists_and_as_dicts(report: Callable[..., Any]) -> None:
    wanted = report(FIGURES, FIGURES)
    headers, rows = wanted.get()
    assert (headers, list(rows)) == (["campaign_id", "clicks"], [["7", "3"], ["8", "4"]])
    headers, rows = wanted.get(as_dict=True)
    assert headers == ["campaign_id", "clicks"]
    assert list(rows) == [{"campaign_id": "7", "clicks": "3"}, {"campaign_id": "8", "clicks": "4"}]


def test_the_recorded_report(report: Callable[..., Any], spec: Path) -> None:
    body = (spec / "t1" / "fixtures" / "performance.csv").read_bytes()
    headers, rows = report(reply(body, CSV)).get()
    whole = list(csv.reader(io.StringIO(body.decode())))
    assert [headers, *rows] == whole
    assert whole[2][2].startswith("this is unicode \u2013 \u2211")


def test_line_breaks_inside_quotes_survive(report: Callable[..., Any]) -> None:
    """Defect 45: rows are not cut by lines first."""
    rows = [["name", "clicks"], ['two\nlines, "quoted"', "1"], ["windows\r\nlines\u2028here", "2"], ["ünï", ""]]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    headers, found = report(reply("\ufeff" + text.getvalue(), CSV)).get()
    assert [headers, *found] == rows


def test_a_report_without_a_line_is_an_error(report: Callable[..., Any]) -> None:
    """The first line has the headers, also where there are no rows: an empty body was cut off."""
    with pytest.raises(ParserException, match="without a header row"):
        report(reply("", CSV)).get()


def test_rows_are_read_while_they_arrive() -> None:
    arrived: list[bytes] = []
    closed: list[bool] = []

    def pieces() -> Iterator[bytes]:
        for piece in (b"a,b\n1,2\n3,", b"4\n", b"5,6\n"):
            arrived.append(piece)
            yield piece

    class Slow(FakeTransport):
        def stream(self, request: Request) -> Stream:
            return Stream(200, {"content-type": CSV}, pieces(), request, lambda: closed.append(True))

    _, rows = T1("a", "b", auth_method="delayed", transport=Slow()).new("report", "performance").get()
    assert (next(rows), len(arrived), closed) == (["1", "2"], 1, [])
    assert list(rows) == [["3", "4"], ["5", "6"]]
    assert (len(arrived), closed) == (3, [True])


def test_typed_rows(report: Callable[..., Any]) -> None:
    """Defect 45: values are typed where the metadata gives the type."""
    lines = [
        "start_date,campaign_id,name,spend,active,at,other",
        "2026-01-02,7,007,1.50,1,2026-01-02T03:04:05,x",
        "2026-01-03,,,,,,",
    ]
    text = "".join(f"{line}\n" for line in lines)
    first, second = report(META, reply(text, CSV)).rows()
    assert first == {
        "start_date": date(2026, 1, 2),
        "campaign_id": 7,
        "name": "007",
        "spend": 1.5,
        "active": True,
        "at": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        "other": "x",
    }
    assert second == dict.fromkeys(first, None) | {"start_date": date(2026, 1, 3)}


def test_types_of_columns_that_name_themselves(report: Callable[..., Any]) -> None:
    meta = {"structure": {"dimensions": [{"name": "campaign_id", "type": "Integer"}], "metrics": None}}
    assert list(report(meta, FIGURES).rows()) == [{"campaign_id": 7, "clicks": "3"}, {"campaign_id": 8, "clicks": "4"}]


def test_rows_that_cannot_be_typed(report: Callable[..., Any]) -> None:
    with pytest.raises(UnreadableValueError, match="campaign_id in row 2 is 'seven'"):
        list(report(META, reply("campaign_id\n7\nseven\n", CSV)).rows())
    with pytest.raises(ParserException, match="row 1 has 1 values for 2 columns"):
        list(report(META, reply("campaign_id,name\n7\n", CSV)).rows())


def test_a_value_too_long_to_be_one(report: Callable[..., Any]) -> None:
    """A quote that is never closed makes the rest of the report one value."""
    with pytest.raises(ParserException, match="CSV that cannot be read: field larger than"):
        list(report(META, reply('name\n"' + "x" * 140_000, CSV)).rows())


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("a,b\n1,2\n3\n", "row 2 has 1 values for 2 columns"),
        ("a,b\n1,2,3\n4,5\n", "row 1 has 3 values for 2 columns"),
        ("a,b\n1,2\n\n3,4\n", "row 2 has 0 values for 2 columns"),
        ("a,b\n1,2\nInternal error\n", "row 2 has 1 values for 2 columns"),
        ("a\n1\n<result><status code='error'/></result>\n", "an error in place of row 2: <result"),
        ("a,b\n1,2\n3,45", "row 2 has no line end: the report was cut off there"),
        ('a,b\n1,2\n"3,4\n5,6\n', "CSV that cannot be read: .*, in row 2"),
        ('a,b\n1,2\n"3" 4,5\n', "CSV that cannot be read: .*, in row 2"),
        ("a,b", "the header row has no line end"),
    ],
)
@pytest.mark.parametrize("call", ["lists", "dicts", "rows"])
def test_a_row_that_is_not_whole_is_an_error_that_names_it(
    report: Callable[..., Any], body: str, message: str, call: str
) -> None:
    """None is left out, filled up or shifted, whichever way the report is read."""

    def read() -> list[Any]:
        if call == "rows":
            return list(report(META, reply(body, CSV)).rows())
        return list(report(reply(body, CSV)).get(as_dict=call == "dicts")[1])

    with pytest.raises(ParserException, match=message):
        read()


def test_rows_before_a_broken_one_are_given_out(report: Callable[..., Any]) -> None:
    _, rows = report(reply("a,b\n1,2\n3\n", CSV)).get()
    assert next(rows) == ["1", "2"]
    with pytest.raises(ParserException, match="row 2 has 1 values"):
        next(rows)


def test_an_empty_line_is_an_empty_value_of_the_only_column(report: Callable[..., Any]) -> None:
    _, rows = report(reply("a\n1\n\n3\n", CSV)).get(as_dict=True)
    assert list(rows) == [{"a": "1"}, {"a": ""}, {"a": "3"}]


def test_two_columns_of_one_name_are_refused(report: Callable[..., Any]) -> None:
    """A dict would have one of them."""
    with pytest.raises(ParserException, match="more than one column 'a'"):
        report(reply("a,b,a\n1,2,3\n", CSV)).get()


# errors

REFUSAL = (
    '<result><entity id="7" type="campaign"/><status code="{}" reason="incorrect_predicates">Wrong &lt;filter&gt;'
    "</status></result>"
)


@pytest.mark.parametrize("call", ["get", "validate", "rows"])
@pytest.mark.parametrize(("code", "kind"), [("bad_request", ClientError), ("error", APIError), ("invalid", APIError)])
def test_an_error_has_message_and_reason(report: Callable[..., Any], call: str, code: str, kind: type) -> None:
    """Defects 17 and 25: bad_request is a ClientError, not a TypeError; its code is a text."""
    script = [reply(REFUSAL.format(code), status=400)]
    wanted = report(*([META, *script] if call == "rows" else script))
    with pytest.raises(kind, match=r"Wrong <filter>") as caught:
        list(getattr(wanted, call)())
    error: Any = caught.value
    assert (error.code, error.reason, error.status) == (code, "incorrect_predicates", 400)
    assert "reason: incorrect_predicates" in str(error)


def test_a_page_of_html_is_an_api_error(report: Callable[..., Any]) -> None:
    """Defect 25: with status and excerpt, no ParserException."""
    for status in (200, 502):
        with pytest.raises(APIError, match=rf"HTTP {status}.*: Bad gateway"):
            report(reply("<h1>Bad gateway</h1>", "text/html", status)).get()


def test_an_envelope_instead_of_figures(report: Callable[..., Any]) -> None:
    with pytest.raises(APIError, match="no figures but text/xml"):
        report(reply("<result><status code='ok'/></result>")).get()


def test_a_malformed_error_is_one_of_ours(report: Callable[..., Any]) -> None:
    """Defect 18: a ParserException is a T1Error."""
    with pytest.raises(ParserException, match="XML that cannot be read") as caught:
        report(reply("<result><status", status=400)).get()
    assert isinstance(caught.value, T1Error)


def test_a_report_that_is_not_utf8(report: Callable[..., Any]) -> None:
    _, rows = report(reply(b"name\nabcdefghij\nz\xfcrich\n", CSV)).get()
    with pytest.raises(ParserException, match="not in UTF-8"):
        list(rows)


def test_validate_sends_the_same_parameters(report: Callable[..., Any]) -> None:
    wanted = report(reply("<result><status code='ok'/></result>"), metrics=["clicks"], filter={"a": 1})
    wanted.validate()
    (call,) = sent(wanted)
    assert (call.path, call.params) == ("reporting/v1/std/performance/validate", wanted.params())


def test_an_expired_session_runs_the_report_all_the_same() -> None:
    user = {"data": {"entity_type": "user", "id": 9, "name": "ann"}, "meta": {"status": "ok"}}
    signed = reply(user, Set_Cookie="adama_session=one")
    expired = reply("<result><status code='auth_required'>Authentication Required</status></result>", status=401)
    t1 = T1("a", "b", transport=FakeTransport([signed, expired, signed, FIGURES]))
    _, rows = t1.new("report", "performance").get()
    assert list(rows) == [["7", "3"], ["8", "4"]]
