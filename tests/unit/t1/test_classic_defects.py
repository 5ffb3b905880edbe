"""Known defects of the classic SDK, by the vendor facts' numbers: each test shows the opposite. Those of signing in
are in test_auth_*.py, those of reports in test_reports_*.py, those of records with the entities."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from adplatforms.core.errors import AdPlatformsError, AmbiguousWrite
from adplatforms.core.testing import reply
from terminalone import T1, filters, models
from terminalone.errors import APIError, ClientError, ParserException, T1Error, ValidationError

XML = "text/xml"


def params(t1: T1, number: int = -1) -> list[tuple[str, str]]:
    """The query of a call."""
    return list(t1.transport.calls[number].params)  # type: ignore[attr-defined]


def asked(t1: T1, name: str) -> list[str]:
    """The values of one parameter of the last call."""
    return [value for key, value in params(t1) if key == name]


def test_every_module_compiles_without_a_warning() -> None:
    """Defects 1 and 3: no `is` between strings, nothing that a newer Python dropped."""
    script = (
        "import importlib, pkgutil, terminalone\n"
        "for found in pkgutil.walk_packages(terminalone.__path__, 'terminalone.'):\n"
        "    importlib.import_module(found.name)\n"
    )
    command = [sys.executable, "-B", "-X", "pycache_prefix=/nonexistent", "-W", "error::SyntaxWarning", "-c", script]
    subprocess.run(command, check=True)


def test_no_removed_dependency_is_needed() -> None:
    """Defects 1 and 2: neither distutils nor PyJWT is imported, even where they are installed."""
    script = (
        "import sys; sys.modules['jwt'] = sys.modules['distutils'] = sys.modules['dotenv'] = None\n"
        "import terminalone, terminalone.utils, terminalone.vendor, terminalone.auth"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_elements_without_children_are_there(offline: Callable[..., T1]) -> None:
    """Defect 4: a record of attributes alone, and an empty target dimension, are not missing."""
    bare = '<result><status code="ok"/><entity id="7" name="Spring" type="campaign" version="3"/></result>'
    empty = '<result><status code="ok"/><enabled active="0"/><include/><exclude/></result>'
    t1 = offline(reply(bare), reply(empty))
    campaign = t1.get("campaigns", 7)
    assert (campaign.id, campaign.name, campaign.version) == (7, "Spring", 3)
    dimension = t1.get("strategies", 7, child="region")
    assert (list(dimension.include), list(dimension.exclude)) == ([], [])


def test_full_that_asks_for_nothing_is_not_sent(offline: Callable[..., T1]) -> None:
    """Defect 9: full=False and an empty list."""
    for nothing in (False, None, [], ()):
        t1 = offline([])
        t1.get("campaigns", full=nothing)
        assert asked(t1, "full") == []


def test_the_callers_lists_stay_as_they_are(offline: Callable[..., T1]) -> None:
    """Defect 10: include is not rewritten, tuples are joined too, other_params is nobody else's."""
    include: list[Any] = [["advertiser", "agency"], ("advertiser", "vertical"), "strategies"]
    other = {"page_limit": 7, "foo": ["a", "b"]}
    limit = {"advertiser": 7}
    t1 = offline([], [])
    t1.get("campaigns", include=include, other_params=other, limit=limit)
    assert asked(t1, "with") == ["advertiser,agency", "advertiser,vertical", "strategies"]
    assert asked(t1, "foo") == ["a", "b"]
    assert asked(t1, "page_limit") == ["7"]
    assert include == [["advertiser", "agency"], ("advertiser", "vertical"), "strategies"]
    assert (other, limit) == ({"page_limit": 7, "foo": ["a", "b"]}, {"advertiser": 7})
    t1.get("campaigns")
    assert asked(t1, "foo") == []


@pytest.mark.parametrize(
    ("name", "candidate", "written"),
    [
        ("pc_window_minutes", 60, "pc_window_minutes==60"),
        ("goal_value", 2.5, "goal_value==2.5"),
        ("status", True, "status==1"),
        ("start_date", datetime(2026, 3, 1, 2, tzinfo=timezone(timedelta(hours=2))), "start_date==2026-03-01T00:00:00"),
        ("start_date", date(2026, 3, 1), "start_date==2026-03-01T00:00:00"),
        ("name", "Spring & more", "name==Spring & more"),
    ],
)
@pytest.mark.filterwarnings("ignore::adplatforms.core.errors.NaiveTimeWarning")
def test_find_takes_any_value(offline: Callable[..., T1], name: str, candidate: Any, written: str) -> None:
    """Defect 11: numbers and dates, not texts alone."""
    t1 = offline([])
    t1.find("campaigns", name, filters.EQUALS, candidate)
    assert asked(t1, "q") == [written]


@pytest.mark.parametrize("ids", [[1, 2], (1, 2), {1, 2}, ["1", "2"], range(1, 3), iter([1, 2])])
def test_in_takes_any_collection_of_ids(offline: Callable[..., T1], ids: Any) -> None:
    """Defect 11: not lists alone."""
    t1 = offline([])
    t1.find("campaigns", "id", filters.IN, ids)
    assert asked(t1, "q") == ["(1,2)"]


def test_in_with_a_relation_or_a_misspelt_field(offline: Callable[..., T1]) -> None:
    """Defect 11: ids are meant by "id", None and "" alone; anything else is not taken for them."""
    rows = [{"entity_type": "campaign", "id": n, "name": "c", "advertiser_id": n, "version": 1} for n in (7, 8, 9)]
    for variable in ("advertiser_id", "advertiser"):
        found = offline(rows).find("campaigns", variable, filters.IN, [7, 9])
        assert [campaign.id for campaign in found] == [7, 9]
    with pytest.raises(ClientError, match=r"no field 'advertizer_id'.*'advertiser_id'"):
        offline().find("campaigns", "advertizer_id", filters.IN, [7, 8])


def test_operators_by_their_names(offline: Callable[..., T1]) -> None:
    """As constants and as words."""
    for operator in (filters.GREATER, "GREATER", ">"):
        t1 = offline([])
        t1.find("campaigns", "id", operator, 7)
        assert asked(t1, "q") == ["id>7"]
    with pytest.raises(ClientError, match=r"no operator 'GRATER'.*'GREATER'"):
        offline().find("campaigns", "id", "GRATER", 7)


def test_one_record_takes_no_query(offline: Callable[..., T1], campaign_row: dict[str, Any]) -> None:
    """As in the classic SDK: with an id `with`, `full` and other_params go out, and nothing else."""
    t1 = offline(campaign_row)
    t1.get("campaigns", 7, parent=5, query="status==1", full=True, other_params={"foo": "bar"})
    assert params(t1) == [("full", "*"), ("foo", "bar")]


def test_what_a_child_includes(offline: Callable[..., T1]) -> None:
    """The relations are those of the child's records."""
    t1 = offline([])
    t1.get("strategies", 7, child="concepts", include=["advertiser", ["advertiser", "agency"]])
    assert sorted(params(t1)) == [("full", "*"), ("with", "advertiser"), ("with", "advertiser,agency")]


def test_a_wrong_id_sends_nothing(offline: Callable[..., T1]) -> None:
    """Defect 11: what find is given is checked first."""
    for ids in (["1/2"], "12", 7):
        t1 = offline()
        with pytest.raises(ClientError, match=r"filter\.id .*cannot be \'1/2\'|takes a list of values, not"):
            t1.find("campaigns", "id", filters.IN, ids)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("7/../../users", "advertiser=7%2F..%2F..%2Fusers"),
        ("7?full=*", "advertiser=7%3Ffull%3D%2A"),
        (7, "advertiser=7"),
        ("7", "advertiser=7"),
    ],
)
def test_a_limit_cannot_change_the_url(offline: Callable[..., T1], value: Any, path: str) -> None:
    """Defect 11: values of a limit are escaped."""
    t1 = offline([])
    t1.get("campaigns", limit={"advertiser": value})
    (call,) = t1.transport.calls  # type: ignore[attr-defined]
    assert call.path == f"api/v2.0/campaigns/limit/{path}"


@pytest.mark.parametrize("value", [True, None, [7], {}])
def test_a_limit_that_is_none(offline: Callable[..., T1], value: Any) -> None:
    """Defect 11: no formatting error, and True is no 1."""
    with pytest.raises(ClientError, match="limit advertiser takes an id"):
        offline().get("campaigns", limit={"advertiser": value})


def test_pages_of_children_are_read_once_each(offline: Callable[..., T1]) -> None:
    """Defect 12: no page twice, none left out, and every child knows its parent."""
    rows = [{"entity_type": "concept", "id": number, "name": "c"} for number in range(1, 251)]
    t1 = offline((rows[:100], 250), (rows[100:200], 250), (rows[200:], 250))
    found = list(t1.get("strategies", 7, child="concepts", get_all=True))
    assert [concept.id for concept in found] == list(range(1, 251))
    assert {(concept.parent, concept.parent_id) for concept in found} == {("strategies", 7)}
    assert len(t1.transport.calls) == 3  # type: ignore[attr-defined]


def test_children_without_a_count_are_there(offline: Callable[..., T1]) -> None:
    """Defect 12: neither a missing count nor a total of 0 means that there are none."""
    xml = '<result><status code="ok"/><entities start="0"><entity id="1" name="c" type="concept"/></entities></result>'
    t1 = offline(reply(xml), ([{"entity_type": "concept", "id": 1, "name": "c"}], 0))
    for _ in range(2):
        assert [concept.id for concept in t1.get("strategies", 7, child="concepts", get_all=True)] == [1]


def test_a_page_over_100_is_a_client_error(offline: Callable[..., T1]) -> None:
    """Defect 13: the documented ClientError, before anything is sent."""
    for size in (0, 101):
        with pytest.raises(ClientError, match="a page takes 1 to 100 rows"):
            offline().get("campaigns", page_limit=size)


@pytest.mark.parametrize(
    "answer",
    [
        reply({"errors": [{"message": "No such filter"}], "meta": {"status": "bad_request"}}, status=400),
        reply('<result><status code="bad_request">No such filter</status></result>', status=400),
    ],
    ids=["json", "xml"],
)
def test_bad_request_is_a_client_error(offline: Callable[..., T1], answer: Any) -> None:
    """Defect 17: with code, message, body and HTTP status, and no TypeError."""
    with pytest.raises(ClientError, match="No such filter") as caught:
        offline(answer).get("campaigns")
    error = caught.value
    assert (error.code, error.status, error.request) == ("bad_request", 400, "GET api/v2.0/campaigns")
    assert error.body


@pytest.mark.parametrize(("body", "kind"), [("<result><cut", XML), ('{"data": [', "application/json")])
def test_a_malformed_body_is_a_t1error(offline: Callable[..., T1], body: str, kind: str) -> None:
    """Defect 18: `except T1Error` catches a ParserException."""
    with pytest.raises(T1Error, match=r"T1 sent (XML|JSON) that cannot be read") as caught:
        offline(reply(body, kind)).get("campaigns")
    assert isinstance(caught.value, ParserException)
    assert issubclass(ParserException, AdPlatformsError)


@pytest.mark.parametrize(
    "answer", [reply('<result><status code="ok"/></result>'), reply({"meta": {"status": "ok"}})], ids=["xml", "json"]
)
def test_a_success_without_content_is_one(offline: Callable[..., T1], answer: Any) -> None:
    """Defect 19: no AttributeError. A call may answer so by design; a save and a listing have more to say."""
    t1 = offline(answer, answer, answer)
    t1.new(models.Strategy, properties={"id": 7, "version": 1}).save_domains({})
    campaign = t1.new("campaign", properties={"id": 7, "version": 3})
    campaign.name = "Summer"
    with pytest.raises(AmbiguousWrite, match="does not hold one record"):
        campaign.save()
    assert list(campaign.changes()) == ["name"]
    with pytest.raises(ParserException, match="does not hold a list of records"):
        t1.get("campaigns")


def test_an_attribute_error_is_not_swallowed(offline: Callable[..., T1]) -> None:
    """Defect 19: save_domains hid every AttributeError."""

    def broken(request: Any) -> Any:
        raise AttributeError("a mistake in the transport")

    strategy = offline(broken).new(models.Strategy, properties={"id": 7, "version": 1})
    with pytest.raises(AttributeError, match="a mistake"):
        strategy.save_domains({})


def test_field_errors_keep_their_codes(offline: Callable[..., T1]) -> None:
    """Defect 23: neither name nor text of a field error is replaced by the other."""
    body = (
        '<result><status code="invalid">Wrong</status>'
        '<field-error code="required" name="name" error="Must supply name"/></result>'
    )
    with pytest.raises(ValidationError, match="name: Must supply name") as caught:
        offline(reply(body, status=400)).new("concept", properties={"name": "x", "advertiser_id": 7}).save()
    error = caught.value
    assert error.field_errors == {"name": "Must supply name"}
    assert error.field_codes == {"name": "required"}
    assert b'code="required"' in error.body
    assert str(error.message).endswith("name: Must supply name")


def test_a_page_of_html_is_an_api_error(offline: Callable[..., T1]) -> None:
    """Defect 25: with HTTP status and excerpt, in management as in reports."""
    with pytest.raises(APIError, match=r"HTTP 502, text/html: Bad gateway") as caught:
        offline(reply("<html><h1>Bad gateway</h1></html>", "text/html", 502)).get("campaigns")
    assert (caught.value.status, caught.value.code) == (502, None)
