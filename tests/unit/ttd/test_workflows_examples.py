"""Our requests are those that the official SDK sent: the recorded examples of the vendor's facts."""

import json
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.messages import Request
from adplatforms.core.state import EntityState
from adplatforms.ttd.entities import AdGroup, Campaign
from adplatforms.ttd.workflows import operations
from adplatforms.ttd.workflows import write as workflows
from adplatforms.ttd.workflows.operations import Callback

CAMPAIGN = {
    "advertiser_id": "adv0001",
    "name": "Spring launch",
    "primary_channel": "Display",
    "primary_goal": {"maximize_reach": True},
    "campaign_conversion_reporting_columns": [],
    "time_zone": "UTC",
    "start_date": "2026-06-01T00:00:00Z",
    "end_date": "2026-07-01T00:00:00Z",
    "seed_id": "seed001",
    "budget": {"pacing_mode": "PaceEvenly", "budget_in_advertiser_currency": 1200.5},
}
FLIGHT = {
    "start_date_inclusive_utc": "2026-06-01T00:00:00Z",
    "end_date_exclusive_utc": "2026-07-01T00:00:00Z",
    "budget_in_advertiser_currency": 1200.5,
}


def create_campaign() -> Request:
    campaign = Campaign(None, CAMPAIGN, initial_flights=[FLIGHT])
    return workflows.write(campaign, EntityState(campaign).pending())


def create_campaigns_job() -> Request:
    _, _, inputs = workflows.job_inputs([Campaign(None, CAMPAIGN)])
    return operations.create_campaigns_job(inputs, Callback("https://example.com/done", {"x-key": "abc"}))


def update_ad_group() -> Request:
    group = AdGroup(None, id="adg0001")
    group.is_enabled, group.base_bid_cpm_in_advertiser_currency = False, 3  # type: ignore[assignment]
    return workflows.write(group, EntityState(group).pending())


def update_ad_groups_job() -> Request:
    group = AdGroup(None, id="adg0001")
    group.is_enabled = True
    _, _, inputs = workflows.job_inputs([group])
    return operations.update_ad_groups_job(inputs)


OURS = {
    "archiveCampaigns": lambda: workflows.archive_all([Campaign(None, id="cmp0001"), Campaign(None, id="cmp0002")])[0],
    "createCampaign": create_campaign,
    "createCampaignsJob": create_campaigns_job,
    "getCampaignVersion": lambda: operations.get_campaign_version("cmp0001"),
    "getFirstPartyDataJob": lambda: operations.get_first_party_data_job("adv0001", query_shape="nodes {id name}"),
    "getJobStatus": lambda: operations.get_job_status(412651),
    "submitGraphQlRequest": lambda: operations.submit_graph_ql_request(
        "query($id: ID!) { campaign(id: $id) { id name version } }", {"id": "cmp0001"}
    ),
    "updateAdGroup": update_ad_group,
    "updateAdGroupsJob": update_ad_groups_job,
}


def test_there_is_a_call_of_ours_for_every_recorded_one(spec: Path) -> None:
    assert {path.stem for path in (spec / "ttd" / "examples").glob("*.json")} == set(OURS)


@pytest.mark.parametrize("operation", OURS)
def test_the_request_is_the_recorded_one(spec: Path, operation: str) -> None:
    recorded = json.loads((spec / "ttd" / "examples" / f"{operation}.json").read_text())["request"]
    ours = OURS[operation]()
    assert ours.method == recorded["method"]
    assert f"/{ours.path}" == recorded["path"]
    assert dict(ours.params) == recorded["query"]
    assert _as_json(ours.json) == recorded["body"]
    assert ours.writes is operation.startswith(("archive", "create", "update"))


def test_every_operation_has_its_function(spec: Path) -> None:
    paths = json.loads((spec / "ttd" / "workflows.json").read_text())["paths"]
    named = {each["operationId"] for methods in paths.values() for each in methods.values()}
    ours = {"".join(w.title() for w in name.split("_")) for name in operations.__all__ if name[0].islower()}
    assert {name[0].upper() + name[1:] for name in named} == ours


def _as_json(body: Any) -> Any:
    return None if body is None else json.loads(json.dumps(body))


def test_the_documentation_names_every_operation_beside_its_spelling_in_the_sdk(spec: Path) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "ttd.md").read_text(encoding="utf-8")
    paths = json.loads((spec / "ttd" / "workflows.json").read_text())["paths"]
    for methods in paths.values():
        for each in methods.values():
            assert f"| `{each['operationId']}` | `{each['x-sdk']['call']}` | `" in page
