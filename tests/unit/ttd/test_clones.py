"""Several copies of a campaign as one job."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from adplatforms.core.errors import (
    AmbiguousWrite,
    ClientError,
    JobError,
    NotFoundError,
    PartialResultWarning,
    ValidationError,
)
from adplatforms.ttd import TTD

Offline = Callable[..., TTD]
FLIGHT = {"start_date_inclusive_utc": "2027-06-01", "budget_in_advertiser_currency": 500}


def test_copies_have_names_flights_and_ad_groups_of_their_own(fresh_ttd: TTD) -> None:
    campaign = fresh_ttd.get("campaigns", "cmp0012")
    group = campaign.ad_groups[0]
    job = campaign.clones(["North", "South"], new_flights=[FLIGHT], ad_groups=[group])
    north, south = job.result(poll=(0.01, 0.01))
    assert (north.name, south.name) == ("North", "South")
    assert [flight.budget_in_advertiser_currency for flight in south.flights] == [Decimal(500)]
    assert set(job.ad_group_ids) == {north.id, south.id}
    assert [each.id for each in north.ad_groups] == [job.ad_group_ids[north.id][group.id]]
    assert [copy.id for copy in fresh_ttd.job(job.id, "clones").result()] == [north.id, south.id]


def test_what_is_sent_for_copies(offline: Offline) -> None:
    ttd = offline({"data": {"campaignClonesCreate": {"data": [{"id": 7}], "userErrors": []}}})
    job = ttd.reference("campaigns", "c1").clones("Copy", new_flights=[FLIGHT])
    (request,) = ttd.transport.calls
    assert request.writes
    assert request.json["request"] == (
        'mutation { campaignClonesCreate(input: {campaignCloneData: [{campaignId: "c1", numberOfClones: 1, '
        'cloneNames: ["Copy"], campaignFlights: [{startDateInclusive: "2027-06-01T00:00:00Z", '
        "budgetInAdvertiserCurrency: 500.0}]}]}) { data { id } userErrors { field message } } }"
    )
    assert job.id == "7"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"names": []}, "need names"),
        ({"names": ["x"], "new_flights": [{"budget_in_advertiser_currency": 5}]}, "a start and a budget"),
        ({"names": ["x"], "new_flights": [{**FLIGHT, "budget_in_impressions": 5}]}, "a start and a budget"),
    ],
)
def test_what_cannot_be_copied_is_refused_before_it_is_sent(offline: Offline, given: dict[str, Any], told: str) -> None:
    ttd = offline()
    with pytest.raises(ClientError, match=told):
        ttd.reference("campaigns", "c1").clones(**given)
    assert ttd.transport.calls == []


def test_copies_that_are_refused_are_an_error_and_an_unknown_id_is_not_taken_for_none(offline: Offline) -> None:
    refused = {"data": {"campaignClonesCreate": {"data": None, "userErrors": [{"field": ["x"], "message": "no"}]}}}
    with pytest.raises(ValidationError, match="campaignClonesCreate was refused"):
        offline(refused).reference("campaigns", "c1").clones("x")
    for data in (None, [], [{}], [{"id": 1}, {"id": 2}]):
        ttd = offline({"data": {"campaignClonesCreate": {"data": data, "userErrors": []}}})
        with pytest.raises(AmbiguousWrite, match="does not tell the id of the job"):
            ttd.reference("campaigns", "c1").clones("x")


def progress(status: str, *nodes: Any, total: int | None = None) -> dict[str, Any]:
    jobs = {"totalCount": len(nodes) if total is None else total, "nodes": list(nodes)}
    return {"data": {"campaignCloneProgress": {"id": 7, "status": status, "cloneCount": 2, "jobs": jobs}}}


def test_what_was_not_copied_is_told(offline: Offline) -> None:
    failed = {"failureMessage": "no budget", "cloneInfo": None}
    made = {
        "cloneInfo": {"campaignClone": {"id": "c2"}, "adGroupCloneMap": []},
        "failedAdGroups": [{"adGroup": {"id": "g1"}, "failureMessage": "too old"}],
    }
    ttd = offline(progress("COMPLETED", failed, made), {"data": {"campaign": {"id": "c2"}}})
    job = ttd.job(7, "clones")
    with pytest.warns(PartialResultWarning, match=r"job\.failures has the reasons"):
        assert [copy.id for copy in job.result()] == ["c2"]
    assert job.failures == ["no budget", "ad group g1: too old"]
    assert job.ad_group_ids == {"c2": {}}


def test_a_job_of_copies_that_failed_or_is_not_there(offline: Offline) -> None:
    with pytest.raises(JobError, match="ended as FAILED"):
        offline(progress("FAILED")).job(7, "clones").result()
    with pytest.raises(NotFoundError, match="no job of copies 7"):
        offline({"data": {"campaignCloneProgress": None}}).job(7, "clones").wait()
    ttd = offline(progress("COMPLETED", total=2))
    with pytest.warns(PartialResultWarning, match="shows 0 copies of 2"):
        assert ttd.job(7, "clones").result() == []
