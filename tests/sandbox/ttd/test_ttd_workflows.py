"""The Workflows surface: recorded requests, what is checked, thin answers, jobs, passthroughs."""

import json
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
import requests
from werkzeug import Request, Response
from werkzeug.serving import make_server

from adplatforms.sandbox.ttd.workflows.schemas import OPERATIONS, problems

EXAMPLES = Path(__file__).resolve().parents[4] / "shared" / "spec" / "ttd" / "examples"
RECORDED = sorted(EXAMPLES.glob("*.json"))
Body = dict[str, Any]


@pytest.mark.skipif(not RECORDED, reason="the vendors' facts (../shared/spec) are not on this machine")
@pytest.mark.parametrize("file", [pytest.param(one, id=one.stem) for one in RECORDED])
def test_a_recorded_request_is_answered_in_the_recorded_shape(own: Any, file: Path) -> None:
    recorded = json.loads(file.read_bytes())
    request, expected = recorded["request"], recorded["response"]
    path = request["path"]
    if recorded["operationId"] == "getJobStatus":  # the first job of the sandbox has the recorded number
        own.workflows("POST", "/standardjob/firstpartydata", {"advertiserId": "adv0001"})
    reply = own.workflows(request["method"], path, request["body"], params=request["query"])
    assert reply.status_code == expected["status"]
    assert reply.headers["Content-Type"] == "application/json"
    [operation] = [one for one in OPERATIONS if one.id == recorded["operationId"]]
    assert problems(operation.answers[expected["status"]], reply.json()) == []
    if isinstance(reply.json(), dict):
        assert expected["body"].keys() - {"url"} <= reply.json().keys()


def test_a_created_campaign_comes_back_thin(own: Any, campaign: Body) -> None:
    reply = own.workflows("POST", "/campaign", campaign)
    assert reply.status_code == 201
    made = reply.json()["campaign"]
    assert made["startDate"] == "2026-06-01T00:00:00Z"  # the offset of the input is gone
    assert made["primaryGoal"] == "maximizeReach"
    assert made["conversionReportingColumnsCount"] == 0
    [flight] = made["flights"]
    assert (flight["budgetInAdvertiserCurrency"], flight["endDateExclusiveUTC"]) == (1200.5, "2026-07-01T00:00:00Z")
    assert not {"advertiserId", "isArchived", "description"} & made.keys()


def test_ad_groups_come_along_with_their_campaign(own: Any, campaign: Body) -> None:
    flights = [{"budgetInAdvertiserCurrency": 600.0}]
    campaign["adGroups"] = [
        {
            "primaryInput": {"name": "First", "channel": "Video", "funnelLocation": "Awareness"},
            "advancedInput": {"flights": flights},
        }
    ]
    answer = own.workflows("POST", "/campaign", campaign).json()
    [ad_group] = answer["adGroups"]
    assert ad_group["campaignId"] == answer["campaign"]["id"]
    assert ad_group["flights"][0]["campaignFlightId"] == int(answer["campaign"]["flights"][0]["id"])
    assert ad_group["flights"][0]["adGroupId"] == ad_group["id"]


def test_null_clears_and_absent_leaves_alone(own: Any) -> None:
    change = {"id": "cmp0002", "primaryInput": {"description": "Now", "name": "Renamed"}}
    assert own.workflows("PATCH", "/campaign", change).json()["campaign"]["description"] == "Now"
    change = {"id": "cmp0002", "primaryInput": {"description": None}}
    changed = own.workflows("PATCH", "/campaign", change).json()["campaign"]
    assert "description" not in changed
    assert changed["name"] == "Renamed"


def test_a_nested_object_of_an_ad_group_changes_what_it_names(own: Any) -> None:
    before = own.workflows("PATCH", "/adgroup", {"id": "adg0002"}).json()["adGroup"]
    change = {"id": "adg0002", "primaryInput": {"budget": {"budgetInAdvertiserCurrency": 9.0}}}
    after = own.workflows("PATCH", "/adgroup", change).json()["adGroup"]
    assert after["budget"] == {**before["budget"], "budgetInAdvertiserCurrency": 9.0}


REFUSED = {
    "unknown": ({"primaryInput": {"nam": "x"}}, "primaryInput.nam", "is not a property here"),
    "null where none may be": ({"primaryInput": {"primaryGoal": None}}, "primaryInput.primaryGoal", "must not be null"),
    "enum": ({"primaryInput": {"primaryChannel": "Radio"}}, "primaryInput.primaryChannel", "'Radio' is not one of"),
    "type": ({"primaryInput": {"name": 7}}, "primaryInput.name", "7 is not of type string"),
    "a flag for a number": ({"primaryInput": {"campaignGroupId": True}}, "primaryInput.campaignGroupId", "not of type"),
    "date": ({"primaryInput": {"endDateInUtc": "soon"}}, "primaryInput.endDateInUtc", "ISO 8601"),
    "create only": ({"primaryInput": {"advertiserId": "adv0001"}}, "primaryInput.advertiserId", "is not a property"),
    "flights": ({"advancedInput": {"flights": []}}, "advancedInput.flights", "is not a property here"),
    "half a budget": ({"primaryInput": {"budget": {}}}, "primaryInput.budget.pacingMode", "is required"),
    "empty name": ({"primaryInput": {"name": " "}}, "primaryInput.name", "must not be empty"),
    "no such seed": ({"primaryInput": {"seedId": "nope"}}, "primaryInput.seedId", "There is no Seed 'nope'"),
    "somebody else's seed": ({"primaryInput": {"seedId": "seed009"}}, "primaryInput.seedId", "another advertiser"),
    "two goals": (
        {"primaryInput": {"primaryGoal": {"maximizeReach": True, "ctrInPercent": 1}}},
        "primaryInput.primaryGoal",
        "exactly one goal",
    ),
    "dates the wrong way": (
        {"primaryInput": {"endDateInUtc": "2020-01-01T00:00:00Z"}},
        "primaryInput.endDateInUtc",
        "must be later",
    ),
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_an_update_that_does_not_fit_is_a_problem(desk: Any, change: tuple[Body, str, str]) -> None:
    body, place, message = change
    reply = desk.workflows("PATCH", "/campaign", {"id": "cmp0001", **body})
    problem = reply.json()
    assert reply.status_code == problem["status"] == 400
    assert (problem["title"], problem["instance"]) == ("Bad Request", "/workflows/campaign")
    assert message in problem["errors"][place][0]
    assert f"{place}: " in problem["detail"]


def test_what_a_create_must_have(desk: Any) -> None:
    errors = desk.workflows("POST", "/campaign", {"primaryInput": {}}).json()["errors"]
    places = ("advertiserId", "name", "primaryChannel", "primaryGoal")
    assert errors == {f"primaryInput.{place}": ["is required"] for place in places}


def test_bodies_that_are_none(desk: Any) -> None:
    assert desk.workflows("POST", "/campaign").json()["detail"] == "A non-empty request body is required."
    broken = desk.workflows("POST", "/campaign", data="{", headers={"Content-Type": "application/json"})
    assert (broken.status_code, "is not JSON" in broken.json()["detail"]) == (400, True)
    form = desk.workflows("POST", "/campaign", data={"name": "x"})
    assert form.status_code == 415


def test_an_ad_group_without_creatives_cannot_be_enabled(own: Any) -> None:
    primary = {"name": "New", "channel": "Display", "funnelLocation": "None", "isEnabled": True}
    body = {"campaignId": "cmp0001", "primaryInput": primary}
    refused = own.workflows("POST", "/adgroup", body)
    assert refused.json()["errors"] == {"primaryInput.isEnabled": ["an ad group without creatives cannot be enabled"]}
    primary["creativeIds"] = ["crt0001"]
    made = own.workflows("POST", "/adgroup", body)
    assert (made.status_code, made.json()["adGroup"]["isEnabled"]) == (201, True)


def test_validating_writes_nothing(own: Any, campaign: Body) -> None:
    good = own.workflows("POST", "/campaign", {**campaign, "validateInputOnly": True})
    assert (good.status_code, good.json()) == (200, {})
    ad_group = {"name": "New", "channel": "Display", "funnelLocation": "None"}
    body = {"campaignId": "cmp0001", "primaryInput": ad_group, "validateInputOnly": True}
    assert own.workflows("POST", "/adgroup", body).content == b""
    campaign["primaryInput"]["advertiserId"] = "nobody"
    assert own.workflows("POST", "/campaign", {**campaign, "validateInputOnly": True}).status_code == 400
    assert own.data("{ campaigns { totalCount } adGroups { totalCount } }") == {
        "campaigns": {"totalCount": 400},
        "adGroups": {"totalCount": 1500},
    }
    assert list(own.sandbox.journal) == []


def test_archiving_is_for_good(own: Any) -> None:
    assert own.workflows("POST", "/campaign/archive", ["cmp0001", "cmp0002"]).json() == ["cmp0001", "cmp0002"]
    assert own.data('{ campaign(id: "cmp0002") { isArchived } }') == {"campaign": {"isArchived": True}}
    refused = own.workflows("PATCH", "/campaign", {"id": "cmp0001", "primaryInput": {"name": "x"}})
    assert "is archived" in refused.json()["detail"]
    assert own.workflows("POST", "/adgroup/archive", [], params={"forceArchive": "true"}).json() == []


def test_archiving_one_that_is_not_there_archives_none(own: Any) -> None:
    assert own.workflows("POST", "/adgroup/archive", ["adg0001", "nope"]).status_code == 404
    assert own.data('{ adGroup(id: "adg0001") { isArchived } }') == {"adGroup": {"isArchived": False}}


def test_the_version_spells_its_id_with_a_capital(desk: Any) -> None:
    assert desk.workflows("GET", "/campaign/cmp0002/version").json() == {
        "Id": "cmp0002",
        "version": "Kokai",
        "budgetingVersion": "Kokai",
    }
    assert desk.workflows("GET", "/campaign/nope/version").json()["title"] == "Not Found"


# Jobs


def test_a_bulk_job_works_when_it_ends_and_tells_what_failed(own: Any, campaign: Body) -> None:
    bad = {"primaryInput": {**campaign["primaryInput"], "seedId": "nope"}}
    job = own.workflows("POST", "/standardjob/campaign/bulk", {"input": [campaign, bad]})
    assert job.status_code == 202
    path = f"/standardjob/{job.json()['id']}/status"
    assert own.workflows("GET", path).json()["status"] == "InProgress"
    assert own.data("{ campaigns { totalCount } }") == {"campaigns": {"totalCount": 400}}
    ended = own.finish(path)
    assert (ended["status"], ended["completionPercentage"]) == ("PartialSuccess", 100.0)
    assert ended["errors"] == "[1] primaryInput.seedId: There is no Seed 'nope'"
    made, refused = json.loads(ended["rawResult"])
    assert made["campaign"]["id"] == "cmp0401"
    assert (refused["status"], list(refused["errors"])) == (400, ["primaryInput.seedId"])
    assert own.data("{ campaigns { totalCount } }") == {"campaigns": {"totalCount": 401}}


def test_a_job_of_which_nothing_worked_has_failed(own: Any) -> None:
    body = {"input": [{"id": "nope", "primaryInput": {"isEnabled": False}}]}
    job = own.workflows("PATCH", "/standardjob/adgroup/bulk", body).json()
    assert own.finish(f"/standardjob/{job['id']}/status")["status"] == "Failure"


def test_results_lie_on_another_port_and_are_fetched_without_the_token(own: Any) -> None:
    job = own.workflows("POST", "/standardjob/firstpartydata", {"advertiserId": "adv0001"}).json()
    ended = own.finish(f"/standardjob/{job['id']}/status")
    assert not ended["url"].startswith(own.sandbox.url)
    result = requests.get(ended["url"], timeout=30).json()
    assert result == json.loads(ended["rawResult"])
    assert result["data"]["advertiser"]["firstPartyData"]["nodes"][0]["id"] == 300001
    assert own.http.get(ended["url"], timeout=30).status_code == 400  # the token was sent along


def test_data_jobs_take_a_name_and_a_shape(own: Any) -> None:
    body = {"advertiserId": "adv0001", "nameFilter": "lookalike", "queryShape": "totalCount nodes {name}"}
    job = own.workflows("POST", "/standardjob/firstpartydata", body).json()
    data = json.loads(own.finish(f"/standardjob/{job['id']}/status")["rawResult"])["data"]
    assert data["advertiser"]["firstPartyData"]["totalCount"] == 2
    refused = own.workflows("POST", "/standardjob/thirdpartydata", {"partnerId": "prt0001", "queryShape": "nope"})
    assert "queryShape" in refused.json()["errors"]
    job = own.workflows("POST", "/standardjob/thirdpartydata", {"partnerId": "prt0001"}).json()
    data = json.loads(own.finish(f"/standardjob/{job['id']}/status")["rawResult"])["data"]
    assert len(data["thirdPartyDatas"]["nodes"]) == 60  # all pages of it


def test_a_job_can_be_slower(own: Any) -> None:
    own.set(job_looks=5)
    job = own.workflows("POST", "/standardjob/thirdpartydata", {"partnerId": "prt0001"}).json()
    path = f"/standardjob/{job['id']}/status"
    seen = [own.workflows("GET", path).json()["completionPercentage"] for _ in range(5)]
    assert seen == [20.0, 40.0, 60.0, 80.0, 100.0]


def test_results_expire(own: Any) -> None:
    job = own.workflows("POST", "/standardjob/thirdpartydata", {"partnerId": "prt0001"}).json()
    path = f"/standardjob/{job['id']}/status"
    ended = own.finish(path)
    own.sandbox.skew = 25 * 3600
    assert own.workflows("GET", path).json()["status"] == "ResultsExpired"
    assert requests.get(ended["url"], timeout=30).status_code == 403


def test_a_callback_on_this_machine_is_called(own: Any) -> None:
    told: Queue[tuple[Any, str | None]] = Queue()

    @Request.application
    def listen(request: Request) -> Response:
        told.put((request.get_json(), request.headers.get("X-Key")))
        return Response()

    server = make_server("127.0.0.1", 0, listen)
    callback = {"callbackUrl": f"http://127.0.0.1:{server.port}/done", "callbackHeaders": {"X-Key": "abc"}}
    body = {"partnerId": "prt0001", "callbackInput": callback}
    job = own.workflows("POST", "/standardjob/thirdpartydata", body).json()
    own.finish(f"/standardjob/{job['id']}/status")
    server.handle_request()
    server.server_close()
    message, key = told.get(timeout=30)
    assert (message["jobId"], message["status"], key) == (job["id"], "Success", "abc")
    assert message["completedAtUtc"].endswith("Z")


def test_no_more_than_thirty_jobs_wait(own: Any) -> None:
    body = {"query": "{ me { id } }"}
    for _ in range(30):
        own.workflows("POST", "/graphqlbulkqueryjob", body)
    refused = own.workflows("POST", "/graphqlbulkqueryjob", body)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")


def test_numbers_that_are_no_jobs(desk: Any) -> None:
    assert desk.workflows("GET", "/standardjob/abc/status").status_code == 400
    assert desk.workflows("GET", "/standardjob/1/status").status_code == 404
    assert desk.workflows("GET", "/graphqlbulkjob/x").status_code == 400


# Passthroughs


def test_graphql_comes_through_unchanged(desk: Any) -> None:
    query = "query($id: ID!) { campaign(id: $id) { id nothing } }"
    inner = desk.graphql(query, id="cmp0001")
    outer = desk.workflows("POST", "/graphqlrequest", {"request": query, "variables": {"id": "cmp0001"}})
    assert (outer.status_code, outer.json()) == (200, inner)


def test_beta_features_are_handed_on(own: Any) -> None:
    own.set(restricted={"Campaign.increments": "kokai-campaign-trading-mode"})
    body = {"request": '{ campaign(id: "cmp0001") { increments { id } } }'}
    refused = own.workflows("POST", "/graphqlrequest", body).json()
    assert refused["errors"][0]["extensions"]["code"] == "UNAUTHORIZED_FIELD_OR_TYPE"
    with_beta = {**body, "betaFeatures": "kokai-campaign-trading-mode"}
    assert own.workflows("POST", "/graphqlrequest", with_beta).json() == {"data": {"campaign": {"increments": None}}}


def test_rest_comes_through_with_its_errors_as_problems(own: Any) -> None:
    def call(method: str, endpoint: str, data: Any = None) -> requests.Response:
        body = {"methodType": method, "endpoint": endpoint, "dataBody": json.dumps(data) if data else None}
        reply: requests.Response = own.workflows("POST", "/restrequest", body)
        return reply

    assert call("GET", "campaign/cmp0001").json() == own.rest("GET", "campaign/cmp0001").json()
    assert call("PUT", "adgroup", {"adGroupId": "adg0002", "description": "camel"}).json()["Description"] == "camel"
    refused = call("POST", "campaign/query/advertiser", {"AdvertiserId": "adv0001"})
    assert refused.status_code == 400
    assert set(refused.json()["errors"]) == {"PageStartIndex", "PageSize"}
    assert call("GET", "campaign/nope").status_code == 404
    assert call("DELETE", "bidlist/700001").json() == {}  # 240 inside


def test_a_bulk_query_walks_every_page(own: Any) -> None:
    query = "{ campaigns(first: 1) { nodes { id adGroups(first: 1) { nodes { id } } } } }"
    job = own.workflows("POST", "/graphqlbulkqueryjob", {"query": query}).json()["payload"]["data"]
    assert (type(job["id"]), job["status"]) == (int, "Queued")
    ended = own.finish(f"/graphqlbulkjob/{job['id']}")
    nodes = json.loads(ended["rawResult"])["data"]["campaigns"]["nodes"]
    assert (len(nodes), sum(len(node["adGroups"]["nodes"]) for node in nodes)) == (400, 1500)


def test_a_bulk_query_that_cannot_run_is_told_in_the_payload(desk: Any) -> None:
    deep = "{ advertisers { nodes { campaigns { nodes { adGroups { nodes { id } } } } } } }"
    for query, message in (("{ nope }", "Cannot query field"), (deep, "2 levels of pagination")):
        answer = desk.workflows("POST", "/graphqlbulkqueryjob", {"query": query}).json()
        assert message in answer["payload"]["errors"][0]["message"]
        assert "data" not in answer["payload"]


# Access


def test_a_wrong_token_is_a_problem(desk: Any) -> None:
    for token in ("wrong", ""):
        reply = desk.workflows("GET", "/campaign/cmp0001/version", headers={"TTD-Auth": token})
        assert (reply.status_code, reply.json()["title"]) == (401, "Unauthorized")


def test_problems_can_be_labelled_as_such(own: Any) -> None:
    own.set(problem_type="application/problem+json")
    reply = own.workflows("POST", "/campaign")
    assert reply.headers["Content-Type"] == "application/problem+json"


def test_there_are_no_other_operations(desk: Any) -> None:
    reply = desk.workflows("GET", "/campaign/cmp0001")
    assert (reply.status_code, reply.json()["title"]) == (404, "Not Found")
