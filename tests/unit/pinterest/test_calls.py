"""Calls by method and path, of operations that the table has and of those that it lacks."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import (
    AdPlatformsWarning,
    AmbiguousWrite,
    ClientError,
    InvalidValueError,
    NotFoundError,
    UnknownNameError,
)
from adplatforms.core.messages import Request
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.pinterest import Pinterest, item_errors
from adplatforms.sandbox import Sandbox

Offline = Callable[..., Pinterest]
ACCOUNT = "549755885175"
NEW = "ad_accounts/{ad_account_id}/next_big_things"


def sent(pin: Pinterest) -> list[tuple[str, str, tuple[tuple[str, str], ...], Any]]:
    assert isinstance(pin.transport, FakeTransport)
    return [(each.method, each.path, each.params, each.json) for each in pin.transport.calls]


def test_a_new_operation_is_called_by_its_path(offline: Offline) -> None:
    pin = offline({"items": [{"id": "1"}], "bookmark": None})
    assert pin.call("GET", NEW, page_size=5, ids=["7", "8"])["items"] == [{"id": "1"}]
    params = (("page_size", "5"), ("ids", "7"), ("ids", "8"))
    assert sent(pin) == [("GET", f"ad_accounts/{ACCOUNT}/next_big_things", params, None)]


@pytest.mark.parametrize(
    "words",
    [("GET " + NEW,), ("get /" + NEW,), ("GET", "/v5/" + NEW), ("GET", f"ad_accounts/{ACCOUNT}/next_big_things/")],
)
def test_a_path_may_be_written_in_several_ways(offline: Offline, words: tuple[str, ...]) -> None:
    pin = offline({})
    pin.call(*words)
    assert sent(pin) == [("GET", f"ad_accounts/{ACCOUNT}/next_big_things", (), None)]


def test_members_of_a_body_are_named_or_given_whole(offline: Offline) -> None:
    pin = offline({"id": "1"}, {"id": "1"}, None, None)
    pin.call("POST", NEW, name="Walls", ad_account_id="5")
    pin.call("PATCH", NEW, {"name": "Walls"}, ad_account_id="5", dry=True)
    pin.call("POST", NEW + "/{thing_id}/apply", thing_id="a/b")
    pin.call("DELETE", NEW, ids=[1, 2])
    here = f"ad_accounts/{ACCOUNT}/next_big_things"
    assert sent(pin) == [
        ("POST", "ad_accounts/5/next_big_things", (), {"name": "Walls"}),
        ("PATCH", "ad_accounts/5/next_big_things", (("dry", "true"),), {"name": "Walls"}),
        ("POST", f"{here}/%2Fapply".replace("%2Fapply", "a%2Fb/apply"), (), {}),
        ("DELETE", here, (("ids", "1"), ("ids", "2")), None),
    ]


def test_a_path_of_the_table_is_that_operation(offline: Offline) -> None:
    pin = offline({"items": [], "bookmark": None})
    with pytest.raises(UnknownNameError, match="campaigns/list has no 'campaign_id'"):
        pin.call("GET", "ad_accounts/{ad_account_id}/campaigns", campaign_id="7")
    pin.call("GET", "ad_accounts/5/campaigns", campaign_ids="7")
    assert sent(pin) == [("GET", "ad_accounts/5/campaigns", (("campaign_ids", "7"),), None)]
    assert isinstance(pin.transport, FakeTransport)
    assert pin.transport.calls[0].category == "ads_read"


def test_pages_of_a_new_operation_are_followed(offline: Offline) -> None:
    pin = offline({"items": [{"id": "1"}], "bookmark": "b"}, {"items": [{"id": "2"}], "bookmark": None})
    assert [row["id"] for row in pin.call_pages("GET", NEW, order="ASCENDING")] == ["1", "2"]
    assert [params for _, _, params, _ in sent(pin)] == [
        (("order", "ASCENDING"),),
        (("order", "ASCENDING"), ("bookmark", "b")),
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("GET", ""), "needs a path"),
        (("GET",), "needs a path"),
        (("GET", "https://example.com/v5/x"), "names no server"),
        (("GET", "//example.com/x"), "names no server"),
        (("GET", "x?page_size=5"), "has parameters"),
        (("GET", "x/../y"), "is not a path"),
        (("GET", "x y"), "is not a path"),
        (("GET", "x\r\ny"), "is not a path"),
        (("FETCH x",), "'FETCH' is not a method"),
        (("POST", "x", {}, {}), "takes one body, not 2"),
        (("GET", "x", {"a": 1}), "takes no body"),
    ],
)
def test_what_is_not_a_path_is_refused(offline: Offline, words: tuple[Any, ...], told: str) -> None:
    pin = offline()
    with pytest.raises(ClientError, match=told):
        pin.call(*words)
    assert sent(pin) == []


def test_a_parameter_of_the_path_has_to_be_given(offline: Offline) -> None:
    with pytest.raises(InvalidValueError, match=r"GET things/\{thing_id\} needs thing_id"):
        offline().call("GET", "things/{thing_id}")


def test_errors_are_those_of_other_calls(offline: Offline) -> None:
    with pytest.raises(NotFoundError, match="50: not there"):
        offline(reply({"code": 50, "message": "not there"}, status=404)).call("GET", NEW)
    # An answer that was lost on the way: nobody knows whether the thing was made.
    with pytest.raises(AmbiguousWrite, match="next_big_things"):
        offline(reply("<html>", status=502)).call("POST", NEW, name="x")
    with pytest.raises(ClientError, match=r"read.only"):
        offline(read_only=True).call("POST", NEW, name="x")


def test_bodies_of_new_operations_are_not_logged(offline: Offline) -> None:
    pin = offline({"id": "1"})
    pin.call("POST", NEW, name="Walls")
    assert isinstance(pin.transport, FakeTransport)
    assert pin.transport.calls[0].private


def test_refused_elements_of_a_batch_are_told(offline: Offline) -> None:
    answer = {
        "items": [
            {"data": {"id": "1"}, "exceptions": []},
            {"data": None, "exceptions": [{"code": 2625, "message": "account disapproved"}]},
        ]
    }
    with pytest.warns(
        AdPlatformsWarning, match=r"1 of 2 elements were refused, the first of them \[1\]: account disapp"
    ):
        got = offline(answer).call("POST", NEW, [{"name": "a"}, {"name": "b"}])
    assert got == answer
    first, second = item_errors(got)
    assert first is None
    assert second is not None
    assert (type(second).__name__, second.code) == ("DeniedError", 2625)


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ({"items": [{"data": {}, "exceptions": {"code": 1, "message": "no"}}]}, [1]),
        ({"promotions": [{"data": {"id": "1"}}, {"exception": {"code": 4, "message": "no"}}]}, [None, 4]),
        ({"keywords": [{"id": "1"}], "errors": [{"data": {}, "error_messages": ["no"]}]}, [None, "no"]),
        ({"id": "1"}, []),
        ([{"data": {"id": "1"}}, {"data": {"id": "2", "exceptions": {"code": 4, "message": "no"}}}], [None, 4]),
        ({"status": "DONE", "errors": [{"row_number": 1}]}, []),
        (None, []),
    ],
)
def test_elements_have_their_errors_in_every_form(answer: Any, codes: list[Any]) -> None:
    assert [error and (error.code or error.message) for error in item_errors(answer)] == codes


def test_the_sandbox_answers_as_to_any_call(fresh_sandbox: Sandbox) -> None:
    pin = fresh_sandbox.pinterest()
    by_path = pin.call("GET", "ad_accounts/{ad_account_id}/campaigns", page_size=2)
    assert by_path == pin.call("campaigns/list", page_size=2)
    with pytest.raises(NotFoundError, match="nothing at"):
        pin.call("GET", NEW)


def test_an_answer_of_another_shape_does_not_lose_the_work_that_is_under_way(offline: Offline) -> None:
    """5.28.0 moved the token of these reports out of `data`; the next version may move another."""

    def answered(request: Request) -> Any:
        if request.path.endswith("mmm_reports") and request.writes is False and request.method == "GET":
            return reply({"status": "success", "report_status": "FINISHED", "url": "https://x.example/f", "size": 1})
        if "bulk" in request.path:
            return reply({"job": {"request_id": "r1"}, "code": 0, "message": "queued"})
        return reply({"status": "success", "report_status": "IN_PROGRESS", "token": "tok"})

    pin = Pinterest("t", ad_account_id="5", transport=FakeTransport(answered), retry=None)
    words = {"granularity": "DAY", "level": "CAMPAIGN_TARGETING", "targeting_types": ["GENDER"]}
    job = pin.submit_mmm_report("r", "SPEND_IN_DOLLAR", "2026-10-01", "2026-10-31", **words)
    assert (job.id, job.look().status) == ("tok", "FINISHED")
    assert pin.get("mmm_reports", "tok").status == "FINISHED"
    assert pin.bulk_download("CAMPAIGN").id == "r1"
    report = pin.new("mmm_reports", report_name="r", columns=["SPEND_IN_DOLLAR"], **words)
    report.set({"start_date": "2026-10-01", "end_date": "2026-10-31"})
    report.save()
    assert (report.token, report.status) == ("tok", "IN_PROGRESS")
