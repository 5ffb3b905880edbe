"""What the vendor has changed since the first facts: words, ids, required values. Source: facts_2.md section 1."""

from collections.abc import Callable

import pytest

from adplatforms.core.errors import ClientError, InvalidValueError
from adplatforms.core.state import EntityState
from adplatforms.sandbox import Fault, Sandbox
from adplatforms.ttd import TTD
from adplatforms.ttd.entities import AdGroup, Campaign
from adplatforms.ttd.fields import offsets_of
from adplatforms.ttd.jobs.results import Issue, issues
from adplatforms.ttd.rest.records import body_of, canonical

Offline = Callable[..., TTD]


@pytest.mark.parametrize("route", ["graphql", "rest"])
def test_the_id_of_a_flight_is_a_number_in_bodies(fresh_sandbox: Sandbox, route: str) -> None:
    ttd = fresh_sandbox.ttd(route=route)
    flight = ttd.get("campaigns", "cmp0012").flights[0]
    flight.budget_in_advertiser_currency = 2000
    flight.save()
    assert fresh_sandbox.calls[-1].json["dataBody"] == (
        f'{{"CampaignFlightId": {int(flight.id)}, "BudgetInAdvertiserCurrency": 2000.0}}'
    )


@pytest.mark.parametrize(
    ("theirs", "ours"), [("PaceAhead", "PaceAhead"), ("PaceToEndOfFlight", "PaceEvenly"), ("Off", "PaceToDailyCap")]
)
def test_rests_words_for_pacing_are_read_and_written(theirs: str, ours: str) -> None:
    assert canonical(Campaign, {"CampaignId": "c1", "PacingMode": theirs})["pacingMode"] == ours
    campaign = Campaign(None, {"id": "c1"})
    assert body_of(campaign, {"pacing_mode": ours})["PacingMode"] == theirs


def test_a_pacing_that_rest_has_no_word_for_is_not_told_by_it(ttd: TTD) -> None:
    """Neither read as null nor sent as another one."""
    assert "pacingMode" not in canonical(Campaign, {"CampaignId": "c1", "PacingMode": None})
    with pytest.raises(ClientError, match="REST has no pacing_mode 'PaceAsSoonAsPossible'"):
        body_of(Campaign(None, {"id": "c1"}), {"pacing_mode": "PaceAsSoonAsPossible"})
    for campaign in ttd.campaigns.where(advertiser_id="adv0001").take(40):
        by_rest = EntityState(ttd.using(route="rest").get("campaigns", campaign.id))
        assert by_rest.loaded("pacing_mode", campaign.pacing_mode) == campaign.pacing_mode


def test_a_zone_of_the_same_group_is_the_same_zone(offline: Offline) -> None:
    row = {"id": "c1", "timeZone": "America/Phoenix"}
    page = {"data": {"campaigns": {"nodes": [row, {"id": "c2", "timeZone": "America/Denver"}]}}}
    page["data"]["campaigns"]["pageInfo"] = {"hasNextPage": False, "endCursor": None}
    for found in ({"time_zone": "America/Hermosillo"}, {"time_zone": ["America/Hermosillo", "Asia/Tokyo"]}):
        assert [campaign.id for campaign in offline(page).campaigns.where(**found)] == ["c1"]
    others = offline(page).campaigns.where(Campaign.time_zone != "America/Hermosillo")
    assert [campaign.id for campaign in others] == ["c2"]
    assert offsets_of("Mars/Olympus") == "Mars/Olympus"


def test_a_lost_update_is_found_although_the_answer_names_the_main_zone(fresh_sandbox: Sandbox) -> None:
    ttd = fresh_sandbox.ttd()
    campaign = ttd.get("campaigns", "cmp0012")
    campaign.time_zone = "America/Hermosillo"
    fresh_sandbox.faults.add(Fault("reset_after", path="*/workflows/campaign", method="PATCH", times=1))
    fresh_sandbox.calls.clear()
    campaign.save()
    assert [call.method for call in fresh_sandbox.calls] == ["PATCH", "POST"]
    assert ttd.get("campaigns", "cmp0012").time_zone == "America/Phoenix"


def test_a_contract_says_with_every_save_whether_it_is_upfront(fresh_ttd: TTD) -> None:
    with pytest.raises(ClientError, match="cannot be created without is_upfront"):
        fresh_ttd.new("contract", name="Deal", partner_id="prt0001").save()
    contract = fresh_ttd.new("contract", name="Deal", partner_id="prt0001", is_upfront=True)
    contract.save()
    contract.name = "Deal 2"
    contract.save()
    contract.archive()
    read = fresh_ttd.get("contracts", contract.id)
    assert (read.name, read.is_upfront, read.is_archived) == ("Deal 2", True, True)


def test_words_that_no_surface_takes_can_be_read_and_not_set() -> None:
    group = AdGroup(None, {"name": "x"})
    group.channel = "NativeVideo"
    with pytest.raises(InvalidValueError, match="it is not one of Other, Display"):
        group.channel = "Mixed"


def test_an_error_of_a_job_without_a_message_tells_its_data() -> None:
    found = [
        {"message": None, "field": "query", "additionalData": {"detail": "no such campaign"}},
        {"message": "broken", "additionalData": {"id": "7"}},
        {"message": None},
    ]
    first, second, third = issues(found)
    assert (first.message, first.field, dict(first.data)) == (
        "no such campaign",
        "query",
        {"detail": "no such campaign"},
    )
    assert (second.message, dict(second.data)) == ("broken", {"id": "7"})
    assert third == Issue('{"message": null}')
    message, position = second
    assert (message, position) == ("broken", None)
