"""An entity that a job has is not sent again: until the job is settled, and longer where nothing tells what it did."""

import copy
import json
import pickle
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import (
    AdPlatformsWarning,
    AmbiguousWrite,
    APIError,
    ClientError,
    ConnectError,
    JobError,
    PartialResultWarning,
    SaveAllError,
)
from adplatforms.core.testing import reply
from adplatforms.ttd import TTD

Offline = Callable[..., TTD]
NOW: dict[str, Any] = {"poll": (0.0, 0.0)}
CAMPAIGN = {
    "primary_channel": "Display",
    "primary_goal": {"maximize_reach": True},
    "campaign_conversion_reporting_columns": [],
    "start_date": "2027-06-01",
    "budget": {"pacing_mode": "PaceEvenly", "budget_in_advertiser_currency": 1200},
}
GROUP = {"channel": "Display", "funnel_location": "Awareness", "roi_goal": {"maximize_reach": True}}
CREATED = {"campaign": {"id": "c9", "name": "Once"}}


def new(ttd: TTD, name: str = "Once", advertiser: str = "adv0001") -> Any:
    return ttd.new("campaign", CAMPAIGN, name=name, advertiser_id=advertiser)


def status(word: str, **more: Any) -> dict[str, Any]:
    return {"id": 7, "status": word, **more}


def calls(ttd: TTD) -> int:
    transport: Any = ttd.transport
    return len(transport.calls)


WRITES: dict[str, Callable[[TTD, Any], Any]] = {
    "save": lambda ttd, c: c.save(),
    "save with data": lambda ttd, c: c.save({"name": "Other"}),
    "session.save": lambda ttd, c: ttd.save(c),
    "submit": lambda ttd, c: ttd.submit([c]),
    "submit one": lambda ttd, c: ttd.submit(c),
    "submit with others": lambda ttd, c: ttd.submit([new(ttd, "Another"), c]),
    "a copy": lambda ttd, c: c.as_new().save(),
    "a copy submitted": lambda ttd, c: ttd.submit([c.as_new()]),
    "a copy of a copy": lambda ttd, c: c.as_new().as_new().save(),
    "copy.copy": lambda ttd, c: ttd.attach(copy.copy(c)).save(),
    "copy.deepcopy": lambda ttd, c: ttd.attach(copy.deepcopy(pickle.loads(pickle.dumps(c)))).save(),
    "pickled": lambda ttd, c: ttd.attach(pickle.loads(pickle.dumps(c))).save(),
    "another session": lambda ttd, c: ttd.using(retry=None).save(c),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_what_a_job_has_is_not_sent_again(offline: Offline, write: Callable[[TTD, Any], Any]) -> None:
    ttd = offline({"id": 7})
    campaign = new(ttd)
    ttd.submit([campaign])
    with pytest.raises(ClientError, match=r"'Once' is being created by job 7: it is not sent again \(job.result\(\)"):
        write(ttd, campaign)
    assert calls(ttd) == 1


def test_save_all_saves_the_others(offline: Offline) -> None:
    ttd = offline({"id": 7}, {"campaign": {"id": "c1", "name": "Free"}})
    held, free = new(ttd), new(ttd, "Free")
    ttd.submit(held)
    with pytest.raises(SaveAllError, match="being created by job 7") as caught:
        ttd.save_all([held, free])
    assert [result.error is None for result in caught.value.results] == [False, True]


def test_a_copy_with_another_name_or_parent_is_free(offline: Offline) -> None:
    ttd = offline({"id": 7}, {"campaign": {"id": "c1", "name": "Other"}}, {"campaign": {"id": "c2", "name": "Once"}})
    campaign = new(ttd)
    ttd.submit(campaign)
    campaign.as_new(name="Other").save()
    campaign.as_new(advertiser_id="adv0002").save()


def test_a_settled_job_frees_its_members(offline: Offline) -> None:
    ttd = offline(
        {"id": 7}, status("Success", rawResult=json.dumps([CREATED])), {"campaign": {"id": "c9", "name": "X"}}
    )
    campaign = new(ttd)
    twin = campaign.as_new()
    job = ttd.submit(campaign)
    held = campaign.as_new()
    assert job.result(**NOW) == [campaign]
    assert campaign.changes() == {}
    campaign.name = "X"
    campaign.save()
    assert job.result() == [campaign]
    assert campaign.name == "X"  # the result is taken over once
    for free in (twin, held):
        with pytest.raises(AssertionError, match="not in the script"):  # it is sent
            free.save()


def test_what_is_changed_while_the_job_goes_on_stays_changed(offline: Offline) -> None:
    ttd = offline({"id": 7}, status("Success", rawResult=json.dumps([CREATED])))
    campaign = new(ttd)
    job = ttd.submit(campaign)
    campaign.name = "Later"
    assert job.result(**NOW) == [campaign]
    assert campaign.changes() == {"name": ("Once", "Later")}


def test_what_only_a_create_takes_is_not_changed_any_more_once_the_job_has_created_it(offline: Offline) -> None:
    ttd = offline({"id": 7}, status("Success", rawResult=json.dumps([CREATED])))
    campaign = new(ttd)
    job = ttd.submit(campaign)
    campaign.advertiser_id = "adv0002"
    assert job.result(**NOW) == [campaign]
    assert campaign.advertiser_id == "adv0001"
    assert not campaign.changes()


def test_a_job_that_failed_frees_its_members(offline: Offline) -> None:
    ttd = offline({"id": 7}, status("Failure", errors="no"), {"id": 8})
    campaign = new(ttd)
    with pytest.raises(JobError, match="Failure"):
        ttd.submit(campaign).result(**NOW)
    assert ttd.submit(campaign).id == "8"


@pytest.mark.parametrize("word", ["Cancelled", "ResultsExpired"])
def test_a_job_that_tells_nothing_leaves_its_members_locked(offline: Offline, word: str) -> None:
    ttd = offline({"id": 7}, status(word))
    campaign = new(ttd)
    job = ttd.submit(campaign)
    with (
        pytest.warns(AdPlatformsWarning, match="does not tell what became of 'Once'"),
        pytest.raises(JobError, match=r"ended as Cancelled|no result any more"),
    ):
        job.result(**NOW)
    assert job.unclear == (campaign,)
    with pytest.raises(ClientError, match=r"perhaps created by job 7.*look for it by its parent and name"):
        campaign.save()
    assert calls(ttd) == 2


def test_a_validation_locks_nothing(offline: Offline) -> None:
    ttd = offline({"id": 7}, {"id": 8}, status("Success", rawResult="[]"))
    campaign = new(ttd)
    checked = ttd.submit(campaign, validate_only=True)
    assert ttd.submit(campaign).id == "8"
    assert checked.result(**NOW) == []
    assert checked.unclear == ()
    with pytest.raises(ClientError, match="being created by job 8"):
        campaign.save()


def test_a_validation_of_what_a_job_has_is_allowed(offline: Offline) -> None:
    ttd = offline({"id": 7}, {}, {"id": 8})
    campaign = new(ttd)
    ttd.submit(campaign)
    campaign.save(validate_only=True)
    ttd.submit(campaign, validate_only=True)


def test_a_submission_without_an_answer_leaves_it_open(offline: Offline) -> None:
    lost = ConnectError("cut", unsure=True)
    ttd = offline(lost)
    campaign = new(ttd)
    with pytest.raises(AmbiguousWrite, match="standardjob/campaign/bulk was lost: cut"):
        ttd.submit(campaign)
    for write in (campaign.save, lambda: ttd.submit(campaign)):
        with pytest.raises(ClientError, match=r"perhaps created by a job whose submission got no answer.*forget_job"):
            write()
    assert calls(ttd) == 1


@pytest.mark.parametrize("answer", [[], {}, None, "x", {"id": None}, 7], ids=str)
def test_a_submission_whose_answer_names_no_job_leaves_it_open(offline: Offline, answer: Any) -> None:
    ttd = offline(reply(json.dumps(answer), "application/json"))
    campaign = new(ttd)
    with pytest.raises(AmbiguousWrite, match="standardjob/campaign/bulk was lost: the answer cannot be read"):
        ttd.submit(campaign)
    with pytest.raises(ClientError, match="perhaps created"):
        campaign.save()


def test_a_refused_submission_locks_nothing(offline: Offline) -> None:
    ttd = offline(reply({"Message": "no"}, status=400), {"id": 8})
    campaign = new(ttd)
    with pytest.raises(APIError, match="no"):
        ttd.submit(campaign)
    assert ttd.submit(campaign).id == "8"


def test_forget_job_lets_it_be_saved(offline: Offline) -> None:
    ttd = offline({"id": 7}, CREATED)
    campaign = new(ttd)
    ttd.submit(campaign)
    campaign.forget_job()
    campaign.save()
    assert campaign.id == "c9"


def test_one_record_goes_into_a_job_once(offline: Offline) -> None:
    ttd = offline({"data": {"campaign": {"id": "c1", "name": "x"}}}, {"data": {"campaign": {"id": "c1", "name": "x"}}})
    campaign = new(ttd)
    one, same = ttd.get("campaigns", "c1"), ttd.get("campaigns", "c1")
    one.name, same.name = "y", "z"
    for members in ([campaign, campaign], [one, same]):
        with pytest.raises(ClientError, match="given twice"):
            ttd.submit(members)
    assert calls(ttd) == 2


def test_namesakes_of_two_advertisers_get_each_its_own(fresh_ttd: TTD) -> None:
    members = [new(fresh_ttd, "Brand", advertiser) for advertiser in ("adv0002", "adv0001", "adv0003")]
    members[2].seed_id = "nosuch"
    job = fresh_ttd.submit(members)
    with pytest.warns(PartialResultWarning):
        saved = job.result(**NOW)
    assert saved == members[:2]
    for campaign, advertiser in zip(saved, ("adv0002", "adv0001"), strict=True):
        assert fresh_ttd.get("campaigns", campaign.id).advertiser_id == advertiser
        assert campaign.changes() == {}
    assert job.unclear == ()
    members[2].seed_id = None  # it failed, as the result says: it can be mended and saved
    members[2].save()


def test_ad_groups_are_known_by_their_campaign(fresh_ttd: TTD) -> None:
    first, second = [c.id for c in fresh_ttd.campaigns.where(is_archived=False).take(2)]
    groups = [fresh_ttd.new("ad_group", GROUP, name="Same", campaign_id=each) for each in (second, first)]
    assert fresh_ttd.submit(groups).result(**NOW) == groups
    assert [fresh_ttd.get("ad_groups", group.id).campaign_id for group in groups] == [second, first]


def test_what_the_result_leaves_out_stays_locked(offline: Offline) -> None:
    ttd = offline({"id": 7}, status("Success", rawResult=json.dumps([CREATED])))
    there, gone = new(ttd), new(ttd, "Gone")
    job = ttd.submit([there, gone])
    with pytest.warns(AdPlatformsWarning, match="what became of 'Gone'"):
        assert job.result(**NOW) == [there]
    assert job.unclear == (gone,)
    with pytest.raises(ClientError, match="perhaps created by job 7"):
        gone.save()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert job.result(**NOW) == [there]  # told once


def test_a_row_of_another_parent_is_not_taken(offline: Offline) -> None:
    row = {"adGroup": {"id": "g9", "name": "Same", "campaignId": "c2"}}
    ttd = offline({"id": 7}, status("Success", rawResult=json.dumps([row])))
    group = ttd.new("ad_group", GROUP, name="Same", campaign_id="c1")
    job = ttd.submit(group)
    with pytest.warns(AdPlatformsWarning, match="what became of 'Same'"):
        (found,) = job.result(**NOW)
    assert found is not group
    assert job.unclear == (group,)


def test_a_changed_record_is_locked_too_and_refresh_frees_it(offline: Offline) -> None:
    record = {"data": {"campaign": {"id": "c1", "name": "Old"}}}
    ttd = offline(
        record, {"id": 7}, status("Success", rawResult="[]"), record, {"campaign": {"id": "c1", "name": "New"}}
    )
    campaign = ttd.get("campaigns", "c1")
    campaign.name = "New"
    job = ttd.submit(campaign)
    with pytest.raises(ClientError, match="campaign c1 is being changed by job 7"):
        campaign.save()
    with pytest.warns(AdPlatformsWarning, match="what became of 'New'"):
        job.result(**NOW)
    with pytest.raises(ClientError, match=r"perhaps changed by job 7.*refresh\(\) it first"):
        campaign.save()
    campaign.refresh()
    campaign.save()


def test_ad_groups_of_a_new_campaign_that_cannot_be_told_apart_stay_locked(offline: Offline) -> None:
    row = {"campaign": {"id": "c9", "name": "Once"}, "adGroups": [{"id": "g1", "name": "A"}, {"id": "g2", "name": "A"}]}
    ttd = offline(row)
    campaign, groups = new(ttd), [ttd.new("ad_group", GROUP, name="A") for _ in range(2)]
    with pytest.warns(AdPlatformsWarning, match="which ad group is which"):
        campaign.save(ad_groups=groups)
    for group in groups:
        group.campaign_id = "c9"
        with pytest.raises(ClientError, match="perhaps created by the save of campaign c9"):
            group.save()


def test_ad_groups_that_a_job_has_do_not_go_with_a_new_campaign(offline: Offline) -> None:
    ttd = offline({"id": 7})
    group = ttd.new("ad_group", GROUP, name="A", campaign_id="c1")
    ttd.submit(group)
    with pytest.raises(ClientError, match="'A' is being created by job 7"):
        new(ttd).save(ad_groups=[group])
    assert calls(ttd) == 1
