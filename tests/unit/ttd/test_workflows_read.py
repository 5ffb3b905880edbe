"""What the Workflows API answers to saves, and which of its calls write."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import AmbiguousWrite, ClientError, ValidationError
from adplatforms.core.messages import Request
from adplatforms.core.state import EntityState
from adplatforms.core.testing import reply
from adplatforms.ttd import TTD
from adplatforms.ttd.entities import AdGroup, Campaign
from adplatforms.ttd.workflows import operations as ops
from adplatforms.ttd.workflows import write as workflows

Offline = Callable[..., TTD]
NEEDED = {
    "advertiser_id": "adv0001",
    "name": "Spring",
    "primary_channel": "Display",
    "primary_goal": {"maximize_reach": True},
}
GROUP = {"name": "Prospecting", "channel": "Display", "funnel_location": "Awareness"}


def campaign(ttd: TTD) -> Any:
    known = ttd.reference("campaigns", "cmp0001")
    known.name = "Summer"
    return known


@pytest.mark.parametrize(
    "told", ['"cmp0001"', "[]", '["cmp0002"]', "[null]", '[["cmp0001"]]', '{"cmp0001": true}', "true"]
)
def test_what_is_archived_is_in_a_list_of_ids(offline: Offline, told: str) -> None:
    known = campaign(offline(reply(told, "application/json")))
    with pytest.raises(AmbiguousWrite, match=r"it is not a list of ids|it does not tell that cmp0001 was archived"):
        known.archive()
    assert "is_archived" not in known.raw


def test_an_archive_that_names_more_is_fine(offline: Offline) -> None:
    ttd = offline(["cmp0009", "cmp0001"], ["cmp0001"])
    known = campaign(ttd)
    known.archive()
    assert known.is_archived is True
    known.archive(force=True)
    assert [call.params for call in ttd.transport.calls] == [(("forceArchive", each),) for each in ("false", "true")]


@pytest.mark.parametrize("groups", [[7], {"id": "g1"}, "g1", [None]], ids=str)
def test_ad_groups_that_are_made_along_are_a_list_of_objects(offline: Offline, groups: Any) -> None:
    ttd = offline({"campaign": {"id": "cmp0001"}, "adGroups": groups})
    new = ttd.new("campaign", NEEDED)
    with pytest.raises(AmbiguousWrite, match="its ad groups are not a list of objects"):
        new.save(ad_groups=[ttd.new("ad_group", GROUP)])


@pytest.mark.parametrize("key", ["campaign", "adGroup"])
def test_a_save_names_what_was_saved_under_its_own_name(offline: Offline, key: str) -> None:
    known = campaign(offline({key: {"id": "cmp0001", "name": "Summer", "newThing": "x"}}))
    if key == "adGroup":
        with pytest.raises(AmbiguousWrite, match="does not hold what was saved, with its id"):
            known.save()
        return
    known.save()
    assert (known.name, known.raw["newThing"], known.changes()) == ("Summer", "x", {})


@pytest.mark.parametrize("status", [400, 422])
def test_a_validation_that_failed_without_words_failed(offline: Offline, status: int) -> None:
    with pytest.raises(ValidationError, match=f"HTTP {status}"):
        campaign(offline(reply(b"", "application/json", status))).save(validate_only=True)
    for fine in (reply(b"", "", 204), reply("{}", "application/json")):
        known = campaign(offline(fine))
        known.save(validate_only=True)
        assert list(known.changes()) == ["name"]


BULK = ops.create_campaigns_job, ops.update_campaigns_job, ops.create_ad_groups_job, ops.update_ad_groups_job


@pytest.mark.parametrize(
    ("request_", "method", "path", "writes"),
    [
        (ops.create_campaign({}), "POST", "campaign", True),
        (ops.update_campaign({}), "PATCH", "campaign", True),
        (ops.archive_campaigns(["c"]), "POST", "campaign/archive", True),
        (ops.create_ad_group({}), "POST", "adgroup", True),
        (ops.update_ad_group({}), "PATCH", "adgroup", True),
        (ops.archive_ad_groups(["g"]), "POST", "adgroup/archive", True),
        *((call([{}]), None, None, True) for call in BULK),
        *((call([{}], validate_only=True), None, None, False) for call in BULK),
        (ops.get_campaign_version("c"), "GET", "campaign/c/version", False),
        (ops.get_job_status(7), "GET", "standardjob/7/status", False),
        (ops.get_graph_ql_bulk_job_status(7), "GET", "graphqlbulkjob/7", False),
        (ops.submit_graph_ql_request("{ me { id } }"), "POST", "graphqlrequest", False),
        (ops.submit_graph_ql_request("mutation { x }", writes=True), "POST", "graphqlrequest", True),
        (ops.submit_rest_request("PUT", "campaign", {}, writes=True), "POST", "restrequest", True),
        (ops.submit_rest_request("GET", "campaign/c"), "POST", "restrequest", False),
    ],
    ids=str,
)
def test_what_writes_is_marked_so(request_: Request, method: str | None, path: str | None, writes: bool) -> None:
    """Only what does not write is repeated when its answer is lost."""
    assert request_.writes is writes
    assert (request_.method, request_.path) == (method or request_.method, path or request_.path)


def test_a_body_travels_as_text_once() -> None:
    for body, text in (({"a": 1}, '{"a": 1}'), ('{"a": 1}', '{"a": 1}'), ([], "[]")):
        assert ops.submit_rest_request("PUT", "/campaign", body).json["dataBody"] == text
    assert ops.submit_rest_request("GET", "/campaign").json == {"methodType": "GET", "endpoint": "campaign"}


def test_features_to_switch_on_go_along_where_there_are_some() -> None:
    assert "betaFeatures" not in ops.submit_graph_ql_request("{ a }", beta="").json
    assert ops.submit_graph_ql_request("{ a }", beta="x").json["betaFeatures"] == "x"
    assert ops.submit_graph_ql_bulk_query_job("{ a }", beta="x").json == {"query": "{ a }", "betaFeatures": "x"}
    assert ops.submit_graph_ql_bulk_query_job("{ a }").json == {"query": "{ a }"}


def test_an_incomplete_nested_value_is_named_when_it_is_changed_too() -> None:
    group = AdGroup(None, id="adg0001")
    group.flight_budgets = [{"allocation_type": "Fixed"}]
    with pytest.raises(ClientError, match=r"flight_budgets\[0\] is incomplete \(set campaign_flight_id"):
        workflows.write(group, EntityState(group).pending())
    known = Campaign(None, id="cmp0001")
    known.pacing_mode = "PaceAhead"
    assert workflows.write(known, EntityState(known).pending()).json["id"] == "cmp0001"
