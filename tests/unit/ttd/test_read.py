"""What the three surfaces answer when something is wrong: the error's kind, its words, and what is known of a write."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import (
    AmbiguousWrite,
    APIError,
    AuthRequiredError,
    DeniedError,
    NotFoundError,
    ParserException,
    RateLimitError,
    UnavailableError,
    ValidationError,
)
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import reply
from adplatforms.ttd import TTD
from adplatforms.ttd.entities import Campaign
from adplatforms.ttd.read import graphql_data, json_body, json_object
from adplatforms.ttd.workflows.read import SavingReader

Offline = Callable[..., TTD]
CAMPAIGN = SavingReader(Campaign, "campaign")
ADVERTISER = {"data": {"advertiser": {"id": "a1", "name": "Old"}}}


def answered(body: Any, status: int = 200, content_type: str = "", **headers: str) -> Answer:
    """An answer to a request about a campaign."""
    scripted = reply(body, content_type, status, **headers)
    return Answer(status, scripted.headers, scripted.content, Request("PATCH", "campaign", reader=CAMPAIGN))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, ValidationError),
        (401, AuthRequiredError),
        (403, DeniedError),
        (404, NotFoundError),
        (408, UnavailableError),
        (410, APIError),
        (429, RateLimitError),
        (500, UnavailableError),
        (503, UnavailableError),
    ],
)
@pytest.mark.parametrize("content_type", ["application/json", "application/problem+json", "text/plain"])
def test_problem_details_are_read_for_what_they_hold(status: int, kind: type[APIError], content_type: str) -> None:
    problem = {"type": "about:blank", "title": "Bad", "status": status, "detail": "not so", "instance": "/x"}
    answer = Answer(
        status, {"content-type": content_type}, reply(problem).content, Request("GET", "standardjob/1/status")
    )
    with pytest.raises(kind, match="not so") as caught:
        json_body(answer)
    told = {name: getattr(caught.value, name) for name in ("type", "title", "detail", "instance")}
    assert told == {"type": "about:blank", "title": "Bad", "detail": "not so", "instance": "/x"}
    assert "about:blank" not in str(caught.value)
    assert caught.value.body == problem


def test_problems_of_workflows_name_the_fields_as_python_does() -> None:
    errors = {"PrimaryInput.StartDateInUtc": ["is in the past"], "advancedInput.purchaseOrderNumber": ["is missing"]}
    with pytest.raises(ValidationError, match="start_date: is in the past") as caught:
        json_body(answered({"title": "One or more errors", "status": 400, "errors": errors}, 400))
    assert caught.value.field_errors == {"start_date": "is in the past", "purchase_order_number": "is missing"}


def test_a_field_that_nobody_declares_keeps_its_name() -> None:
    details = [{"Property": "Mystery.Part", "Reasons": ["no"]}]
    with pytest.raises(ValidationError, match=r"Mystery\.Part: no") as caught:
        json_body(answered({"Message": "Invalid", "ErrorDetails": details}, 400))
    assert caught.value.field_errors == {"Mystery.Part": "no"}


def test_an_empty_success_is_none_where_the_facts_have_one() -> None:
    assert json_body(answered("", 240)) is None
    for status in (200, 201, 204):
        with pytest.raises(ParserException, match="it is empty"):
            json_body(answered("", status))


def test_the_platforms_name_for_a_call_is_kept() -> None:
    with pytest.raises(NotFoundError, match="404: no") as caught:
        json_body(answered({"Message": "no"}, 404, x_ttd_request_id="r-7"))
    assert caught.value.request_id == "r-7"
    with pytest.raises(UnavailableError, match=r"^no$") as gateway:
        json_body(answered({"message": "no", "request_id": "g-8"}, 503))
    assert gateway.value.request_id == "g-8"


@pytest.mark.parametrize(
    "body",
    [
        {"data": None},
        {"data": {"campaigns": []}},
        {"data": {"campaigns": {"nodes": [1]}}},
        {"data": {"campaigns": {"nodes": {}}}},
        {"data": {"campaigns": {"nodes": [{"advertiser": "a1"}]}}},
        [],
        "{cut",
    ],
)
def test_answers_of_another_shape_cannot_be_read(offline: Offline, body: Any) -> None:
    ttd = offline(reply(body, "application/json") if isinstance(body, str) else body)
    with pytest.raises(ParserException, match="cannot be read"):
        list(ttd.campaigns)


def test_a_totals_nonsense_cannot_be_read(offline: Offline) -> None:
    ttd = offline({"Result": [], "TotalFilteredCount": "many"}, route="rest-direct")
    with pytest.raises(ParserException, match="another shape"):
        list(ttd.campaigns.within(advertiser="a1"))


def test_a_gateway_that_answers_a_write_leaves_it_open(offline: Offline) -> None:
    """Neither a page with status 200 nor a 5xx without the platform's words tells what became of it."""
    for status in (200, 408, 502):
        ttd = offline(ADVERTISER, reply("<html>proxy</html>", "text/html", status), reply("", "text/html", 502))
        advertiser = ttd.get("advertisers", "a1")
        advertiser.name = "New"
        with pytest.raises(AmbiguousWrite, match="proxy"):
            advertiser.save()
        assert set(advertiser.changes()) == {"name"}


def test_a_refused_write_is_no_open_question(offline: Offline) -> None:
    ttd = offline(ADVERTISER, reply({"Message": "too long"}, status=400))
    advertiser = ttd.get("advertisers", "a1")
    advertiser.name = "New"
    with pytest.raises(ValidationError, match="advertiser a1 was not saved: too long") as caught:
        advertiser.save()
    assert not isinstance(caught.value, AmbiguousWrite)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 429, 503])
@pytest.mark.parametrize(
    "body",
    [
        {"message": "Unauthorized"},
        {"error": "no"},
        {"code": "Throttled", "message": "slow down"},
        {"errors": ["no"]},
        {"errors": []},
        {"fault": {"faultstring": "no"}},
        {"title": "relayed from elsewhere", "status": 418},
        ["no"],
    ],
)
@pytest.mark.parametrize("kind", ["campaign", "site_list"])
def test_an_error_in_json_that_is_not_the_platforms_leaves_a_write_open(
    offline: Offline, kind: str, status: int, body: Any
) -> None:
    """Gateways answer in JSON too, before and behind the platform: the create is not repeated."""
    ttd = offline(lambda request: reply(body, status=status))
    goal = {"cpc_in_advertiser_currency": 1}
    campaign = {"seed_id": "s1", "start_date": "2027-01-01", "primary_channel": "Display", "primary_goal": goal}
    with pytest.raises(AmbiguousWrite, match=r"the answer to POST \w+ was lost"):
        ttd.new(kind, {"name": "New", "advertiser_id": "a1", **(campaign if kind == "campaign" else {})}).save()
    assert sum(request.writes for request in ttd.transport.calls) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 429, 503])
@pytest.mark.parametrize(
    "body",
    [
        {"Message": "no"},
        {"type": "about:blank", "title": "No", "detail": "no"},
        {"errors": [{"message": "no", "extensions": {"code": "VALIDATION_FAILURE"}}]},
    ],
    ids=["REST", "Workflows", "GraphQL"],
)
def test_an_error_of_the_platforms_own_is_a_refusal(status: int, body: Any) -> None:
    with pytest.raises(APIError, match=r"(?i)no") as caught:
        json_body(answered(body, status))
    assert not caught.value.unsure


def test_a_plain_message_is_graphqls_429_only() -> None:
    """Source: graphql.md, "Gateway: 429 with a message"."""
    scripted = reply({"message": "slow down"}, status=429)
    for category, unsure in (("graphql", False), ("rest sitelist", True)):
        request = Request("POST", "graphql", category=category)
        with pytest.raises(RateLimitError, match="slow down") as caught:
            json_body(Answer(429, scripted.headers, scripted.content, request))
        assert caught.value.unsure is unsure


def test_graphql_errors_with_a_status_of_their_own_are_read_too() -> None:
    errors = [{"message": "who are you", "extensions": {"code": "AUTHENTICATION_FAILURE"}}]
    with pytest.raises(AuthRequiredError, match="who are you"):
        graphql_data(answered({"data": None, "errors": errors}, 401))


def test_what_the_message_repeats_is_told_once_by_python_name() -> None:
    problem = {"detail": "primaryInput.name: too long.", "errors": {"primaryInput.name": ["too long."]}}
    with pytest.raises(ValidationError, match=r"400: name: too long\.") as caught:
        json_body(answered(problem, 400))
    assert caught.value.message == "name: too long."
    with pytest.raises(ValidationError, match=r"not valid: name: too long\.") as caught:
        json_body(answered({**problem, "detail": "The request is not valid."}, 400))
    assert caught.value.message == "The request is not valid: name: too long."


def test_a_document_that_is_no_graphql_is_not_taken_for_a_refused_field() -> None:
    error = {"message": "Syntax Error: Expected Name, found '{'.", "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"}}
    with pytest.raises(ValidationError, match="Syntax Error"):
        graphql_data(answered({"errors": [error]}))


@pytest.mark.parametrize("status", [200, 400, 403, 404, 408, 500, 503])
def test_a_page_of_a_gateway_leaves_a_write_unsure(status: int) -> None:
    answer = reply("<h1>Proxy</h1>", "text/html", status)
    with pytest.raises(
        APIError, match=f"not an answer of The Trade Desk but HTTP {status}, text/html: Proxy"
    ) as caught:
        json_object(answer)
    assert (caught.value.unsure, caught.value.answered) == (True, False)
