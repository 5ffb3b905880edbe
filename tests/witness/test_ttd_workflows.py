"""The Trade Desk's official SDK, unchanged, on the sandbox: all of its operations, its errors, its retries."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adplatforms.sandbox import Sandbox

Said = dict[str, Any]


@pytest.fixture(scope="module")
def tour_of_the_sdk(python_with: Callable[[str, str], Path], tour: Callable[..., Said]) -> tuple[Said, set[str]]:
    """What each step gave, and the operations that were called, by method and path."""
    with Sandbox() as sandbox:
        said = tour(python_with("ttd", "ttd_requirements.txt"), "ttd_sdk.py", sandbox.url)
        called = {f"{call.method} {re.sub(r'/(cmp|nope|[0-9])[^/]*', '/{id}', call.path)}" for call in sandbox.calls}
    return said, called


@pytest.fixture
def desk(tour_of_the_sdk: tuple[Said, set[str]]) -> Said:
    """What each step gave."""
    return tour_of_the_sdk[0]


def test_every_operation_was_called(tour_of_the_sdk: tuple[Said, set[str]], spec: Path) -> None:
    paths = json.loads((spec / "ttd" / "workflows.json").read_bytes())["paths"]
    operations = {f"{method.upper()} /ttd/workflows{path}" for path, methods in paths.items() for method in methods}
    assert tour_of_the_sdk[1] >= operations
    assert len(operations) == 18


def test_it_creates_a_campaign_with_an_ad_group(desk: Said) -> None:
    payload = desk["create_campaign"]
    assert payload["campaign"]["startDate"] == "2027-01-01T00:00:00Z"
    assert payload["campaign"]["flights"][0]["budgetInAdvertiserCurrency"] == 1200.5
    assert [one["campaignId"] for one in payload["adGroups"]] == [payload["campaign"]["id"]]


def test_it_sets_and_clears(desk: Said) -> None:
    updated = desk["update_campaign"]
    assert updated["description"] == "Ü"
    assert updated.get("endDate") is None
    assert updated["name"] == "By the SDK"


def test_it_reads_the_version(desk: Said) -> None:
    campaign = desk["create_campaign"]["campaign"]["id"]
    assert desk["get_campaign_version"] == {"Id": campaign, "version": "Kokai", "budgetingVersion": "Kokai"}


def test_it_creates_and_updates_ad_groups(desk: Said) -> None:
    assert (desk["create_ad_group"]["isEnabled"], desk["create_ad_group"]["creativeIds"]) == (True, ["crt0001"])
    updated = desk["update_ad_group"]
    assert updated["baseBidCPMInAdvertiserCurrency"] == 3.0
    assert updated["roiGoal"] == {"cpaInAdvertiserCurrency": 12.0}
    assert updated["audienceTargeting"]["audienceId"] == "aud0001"
    assert updated["koaOptimizationSettings"] == {"predictiveClearingEnabled": False}


def test_it_validates_without_making_anything(desk: Said) -> None:
    assert desk["validate_only"] == [None, {}]


def test_it_archives(desk: Said) -> None:
    assert desk["archive_ad_groups"] == [desk["update_ad_group"]["id"]]
    assert desk["archive_campaigns"] == [desk["update_campaign"]["id"]]


def test_its_bulk_jobs_end(desk: Said) -> None:
    job = desk["create_campaigns_job"]
    made, refused = json.loads(job["rawResult"])
    assert (job["status"], made["campaign"]["name"], refused["status"]) == ("PartialSuccess", "By the SDK", 400)
    assert job["errors"] == "[1] primaryInput.seedId: There is no Seed 'nope'"
    names = {"update_campaigns_job": "campaign", "create_ad_groups_job": "adGroup"}
    for step, word in names.items():
        assert desk[step]["status"] == "Success"
        assert json.loads(desk[step]["rawResult"])[0][word]["name"] == "By a job"
    assert json.loads(desk["update_ad_groups_job"]["rawResult"]) == [{}]  # only validated


def test_its_data_jobs_bring_files(desk: Said) -> None:
    job = desk["first_party_data_job"]
    nodes = json.loads(job["rawResult"])["data"]["advertiser"]["firstPartyData"]["nodes"]
    assert (job["same"], [sorted(node) for node in nodes]) == (True, [["id", "name"]] * 2)
    assert json.loads(desk["third_party_data_job"]["rawResult"])["data"]["thirdPartyDatas"]["nodes"]


def test_graphql_goes_through(desk: Said) -> None:
    assert desk["graphql_request"] == {"data": {"campaign": {"id": "cmp0002", "name": "By a job"}}}
    assert desk["graphql_errors_raise_nothing"] == ["GRAPHQL_VALIDATION_FAILED"]


def test_a_bulk_query_moves_on_from_queued_to_success(desk: Said) -> None:
    jobs = desk["graphql_bulk_query"]
    assert [job["status"] for job in jobs] == ["Queued", "InProgress", "InProgress", "Success"]
    assert len(json.loads(jobs[-1]["rawResult"])["data"]["advertisers"]["nodes"]) == 12


def test_rest_goes_through(desk: Said) -> None:
    assert desk["rest_request"] == ["Alder & Ash", "By the README"]


@pytest.mark.parametrize(
    ("step", "status", "title"),
    [
        ("problem", 400, "Bad Request"),
        ("wrong_token", 401, "Unauthorized"),
        ("missing", 404, "Not Found"),
        ("rest_problem", 404, "Not Found"),
    ],
)
def test_it_understands_problems(desk: Said, step: str, status: int, title: str) -> None:
    raised = desk[step]
    assert (raised["raised"], raised["status"]) == ("ProblemDetailsError", status)
    assert (raised["problem"]["status"], raised["problem"]["title"]) == (status, title)
    assert raised["problem"]["detail"]


def test_it_retries_5xx_and_not_429(desk: Said) -> None:
    assert desk["retried_after_503"]["Id"] == "cmp0002"
    assert (desk["not_retried_after_429"]["raised"], desk["not_retried_after_429"]["status"]) == ("APIError", 429)


def test_it_sends_a_create_again_whose_answer_was_lost(desk: Said) -> None:
    """Why our own client never does."""
    assert desk["a_create_without_an_answer_is_sent_again"] == 2
