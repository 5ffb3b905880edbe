"""Anything else: GraphQL documents and REST calls by hand, through Workflows or direct, and what their errors tell."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import (
    AmbiguousWrite,
    ClientError,
    NotFoundError,
    PartialResultWarning,
    RateLimitError,
    ValidationError,
)
from adplatforms.core.messages import Request
from adplatforms.core.testing import reply
from adplatforms.net.retry import Retry
from adplatforms.ttd import TTD

Offline = Callable[..., TTD]
GROUP = {"campaign_id": "cmp0001", "name": "G", "channel": "Display", "funnel_location": "None"}
QUERY = "query($id: ID!) { campaign(id: $id) { id name } }"


def only(session: TTD) -> Request:
    """The one call that a session sent."""
    (call,) = session.transport.calls  # type: ignore[attr-defined]
    found: Request = call
    return found


def test_graphql_goes_through_workflows_as_the_session_does(offline: Offline) -> None:
    ttd = offline({"data": {"campaign": None}})
    assert ttd.graphql(QUERY, {"id": "cmp0001"}, beta="kokai") == {"campaign": None}
    call = only(ttd)
    assert (call.method, call.server, call.path) == ("POST", "", "graphqlrequest")
    assert call.json == {"request": QUERY, "variables": {"id": "cmp0001"}, "betaFeatures": "kokai"}
    assert not call.writes


def test_graphql_goes_direct_when_told(offline: Offline) -> None:
    ttd = offline({"data": {"campaign": None}})
    ttd.graphql(QUERY, {"id": "cmp0001"}, beta="kokai", through="direct")
    call = only(ttd)
    assert (call.method, call.server, call.path) == ("POST", "https://api.thetradedesk.com", "graphql")
    assert call.json == {"query": QUERY, "variables": {"id": "cmp0001"}}
    assert dict(call.headers) == {"TTD-GQL-Beta": "kokai"}


def test_the_route_of_the_session_decides_when_nothing_is_said(offline: Offline) -> None:
    ttd = offline({"data": {"me": {"id": "u"}}}, route="rest-direct")
    ttd.graphql("{ me { id } }")
    assert only(ttd).path == "graphql"
    with pytest.raises(ClientError, match='"workflows" or "direct"'):
        ttd.graphql("{ me { id } }", through="pigeon")


@pytest.mark.parametrize(
    ("text", "writes"),
    [("{ me { id } }", False), ("mutation { seedCreate(input: {}) { data { id } } }", True), (QUERY, False)],
    ids=["short query", "mutation", "query"],
)
def test_a_mutation_writes(offline: Offline, text: str, writes: bool) -> None:
    ttd = offline({"data": {"me": {"id": "u"}}})
    ttd.graphql(text)
    assert only(ttd).writes is writes


@pytest.mark.parametrize(
    ("method", "endpoint", "writes"),
    [
        ("GET", "campaign/cmp0001", False),
        ("POST", "campaign/query/advertiser", False),
        ("POST", "delta/adgroup/query/advertiser", False),
        ("POST", "campaign", True),
        ("put", "adgroup", True),
        ("DELETE", "bidlist/7", True),
        ("DELETE", "bidlist/query", True),
    ],
)
def test_rest_calls_that_only_read_are_known(offline: Offline, method: str, endpoint: str, writes: bool) -> None:
    ttd = offline({}, {})
    ttd.rest(method, endpoint, {"A": 1})
    ttd.rest(method, endpoint, {"A": 1}, through="direct")
    wrapped, direct = ttd.transport.calls  # type: ignore[attr-defined]
    assert wrapped.json == {"methodType": method.upper(), "endpoint": endpoint, "dataBody": '{"A": 1}'}
    assert (direct.method, direct.path, direct.json) == (method.upper(), endpoint, {"A": 1})
    assert direct.server == "https://api.thetradedesk.com/v3"
    assert wrapped.writes is direct.writes is writes


def test_a_path_copied_from_the_vendors_pages_is_taken_as_it_is(offline: Offline) -> None:
    ttd = offline({})
    ttd.rest("GET", "/v3/campaign/cmp0001")
    assert only(ttd).json["endpoint"] == "campaign/cmp0001"


@pytest.mark.parametrize("endpoint", ["campaign/../partner", "campaign//x", "campaign/a\nb"])
def test_a_path_that_leads_elsewhere_is_refused(offline: Offline, endpoint: str) -> None:
    with pytest.raises(ClientError, match="cannot be part of a URL"):
        offline().rest("GET", endpoint)


def test_an_id_cannot_become_part_of_a_query(offline: Offline) -> None:
    ttd = offline({})
    ttd.rest("GET", "campaign/a?b", through="direct")
    assert only(ttd).path == "campaign/a%3Fb"


def test_rest_takes_only_its_methods(offline: Offline) -> None:
    with pytest.raises(ClientError, match="takes no 'PATCH'"):
        offline().rest("PATCH", "campaign")


def test_status_240_is_a_success_without_content(offline: Offline) -> None:
    assert offline(reply(b"", "application/json", status=240)).rest("DELETE", "bidlist/7") is None


def test_errors_beside_data_are_a_warning_and_the_data(offline: Offline) -> None:
    told = {"data": {"a": {"id": "1"}, "b": None}, "errors": [{"message": "broken", "path": ["b"]}]}
    with pytest.warns(PartialResultWarning, match="b: broken"):
        assert offline(told).graphql("{ a { id } b { id } }")["a"] == {"id": "1"}


def test_errors_without_data_are_raised_although_the_status_is_200(offline: Offline) -> None:
    told = {"data": None, "errors": [{"message": "no such seed", "extensions": {"code": "NOT_FOUND"}}]}
    with pytest.raises(NotFoundError, match="no such seed"):
        offline(told).graphql("{ a { id } }")


@pytest.mark.parametrize("key", ["userErrors", "errors"])
def test_what_a_mutation_refuses_is_raised(offline: Offline, key: str) -> None:
    told = {"data": {"seedCreate": {"data": None, key: [{"field": ["name"], "message": "is taken"}]}}}
    with pytest.raises(ValidationError, match="is taken") as caught:
        offline(told).graphql("mutation { seedCreate(input: {}) { data { id } userErrors { field message } } }")
    assert caught.value.field_errors == {"name": "is taken"}
    done = {"data": {"seedCreate": {"data": {"id": "s1"}, key: []}, "archived": ["a"]}}
    assert offline(done).graphql("mutation { seedCreate(input: {}) { data { id } } }") == done["data"]


@pytest.mark.parametrize("label", ["application/json", "application/problem+json", "text/plain"])
def test_problem_details_are_on_the_error_whatever_their_label(offline: Offline, label: str) -> None:
    problem = b'{"type": "t", "title": "Bad Request", "status": 400, "detail": "no", "instance": "/campaign"}'
    with pytest.raises(ValidationError, match="t: no") as caught:
        offline(reply(problem, label, status=400)).campaign_version("cmp0001")
    error: Any = caught.value
    assert (error.type, error.title, error.status, error.detail, error.instance) == (
        "t",
        "Bad Request",
        400,
        "no",
        "/campaign",
    )


def test_429_waits_as_long_as_it_is_told(offline: Offline) -> None:
    waits: list[float] = []
    ttd = offline(
        reply({"message": "slow down"}, status=429, Retry_After="7"),
        {"data": {"me": {"id": "u"}}},
        retry=Retry(sleep=waits.append),
    )
    assert ttd.graphql("{ me { id } }") == {"me": {"id": "u"}}
    assert waits == [7.0]
    with pytest.raises(RateLimitError, match="429: slow down") as caught:
        offline(reply({"message": "slow down"}, status=429, Retry_After="7")).graphql("{ me { id } }")
    assert caught.value.retry_after == 7.0


@pytest.mark.parametrize(
    "create",
    [
        lambda ttd: ttd.rest("POST", "campaign", {"CampaignName": "Spring"}),
        lambda ttd: ttd.graphql("mutation { campaignCreate(input: {}) { data { id } } }"),
        lambda ttd: ttd.submit([ttd.new("ad_group", GROUP)]),
        lambda ttd: ttd.clone("cmp0001", "Copy"),
    ],
    ids=["REST", "GraphQL", "job", "clone"],
)
def test_what_creates_is_never_sent_twice(offline: Offline, create: Callable[[TTD], object]) -> None:
    """The official SDK repeats it after a 5xx for up to an hour."""
    ttd = offline(reply("<html>bad gateway</html>", "text/html", status=502), retry=Retry(sleep=lambda _: None))
    with pytest.raises(AmbiguousWrite, match="HTTP 502, text/html: bad gateway"):
        create(ttd)
    assert only(ttd).writes


@pytest.mark.parametrize(
    "read",
    [lambda ttd: ttd.submit_first_party_data("adv0001"), lambda ttd: ttd.submit_third_party_data("prt0001")],
    ids=["first-party", "third-party"],
)
def test_a_job_that_only_reads_is_submitted_again(offline: Offline, read: Callable[[TTD], Any]) -> None:
    ttd = offline(reply(b"", status=502), {"id": 7}, retry=Retry(sleep=lambda _: None))
    assert read(ttd).id == "7"


def test_a_read_is_sent_again(offline: Offline) -> None:
    ttd = offline(reply(b"", status=502), {"Id": "cmp0001", "version": "Kokai"}, retry=Retry(sleep=lambda _: None))
    assert ttd.campaign_version("cmp0001") == {"id": "cmp0001", "version": "Kokai", "budgeting_version": None}


def test_one_campaign_on_all_surfaces(ttd: TTD) -> None:
    found = ttd.graphql(QUERY, {"id": "cmp0001"})["campaign"]
    for through in ("workflows", "direct"):
        assert ttd.graphql(QUERY, {"id": "cmp0001"}, through=through)["campaign"] == found
        assert ttd.rest("GET", "campaign/cmp0001", through=through)["CampaignName"] == found["name"]
    assert ttd.campaign_version("cmp0001")["id"] == "cmp0001"
