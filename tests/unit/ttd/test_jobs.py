"""Jobs: submitted, looked at, waited for, their results, what went wrong in them, and found again by id."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import (
    AdPlatformsError,
    AdPlatformsWarning,
    APIError,
    ClientError,
    JobError,
    PartialResultWarning,
    RequestTimeout,
)
from adplatforms.core.testing import assert_calls, reply
from adplatforms.net.retry import Retry
from adplatforms.sandbox import Sandbox
from adplatforms.ttd import TTD, Callback
from adplatforms.ttd.entities import AdGroup, Campaign
from adplatforms.ttd.jobs.results import Issue

Offline = Callable[..., TTD]
NOW: dict[str, Any] = {"poll": (0.0, 0.0)}
CAMPAIGN = {
    "advertiser_id": "adv0001",
    "primary_channel": "Display",
    "primary_goal": {"maximize_reach": True},
    "campaign_conversion_reporting_columns": [],
    "start_date": "2027-06-01",
    "end_date": "2027-07-01",
    "budget": {"pacing_mode": "PaceEvenly", "budget_in_advertiser_currency": 1200},
}


def status(word: str, **more: Any) -> dict[str, Any]:
    """What the platform tells about a standard job."""
    return {"id": 7, "createdAtUtc": "2026-05-01T00:00:00Z", "status": word, **more}


def campaigns(session: TTD, *names: str) -> list[Any]:
    """New campaigns of these names."""
    return [session.new("campaign", CAMPAIGN, name=name) for name in names]


def test_campaigns_are_created_as_one_job(fresh_ttd: TTD) -> None:
    new = campaigns(fresh_ttd, "One", "Two")
    job = fresh_ttd.submit(new)
    assert job.status == "InProgress"
    assert new[0].changes()
    assert job.result(**NOW) == new
    assert job.status == "Success"
    assert all(campaign.id and not campaign.changes() for campaign in new)
    assert fresh_ttd.get("campaigns", new[1].id).name == "Two"
    assert job.errors == []


def test_a_job_is_found_again_by_its_id(fresh_ttd: TTD) -> None:
    job = fresh_ttd.submit(campaigns(fresh_ttd, "One", "Two"))
    again = fresh_ttd.job(int(job.id), "campaigns")
    assert [campaign.name for campaign in again.result(**NOW)] == ["One", "Two"]


def test_what_failed_is_told_with_its_place_and_stays_unsaved(fresh_ttd: TTD) -> None:
    changed = list(fresh_ttd.campaigns.where(is_archived=False).take(3))
    for campaign in changed:
        campaign.description = "by a job"
    changed[1].seed_id = "nosuch"
    job = fresh_ttd.submit(changed)
    with pytest.warns(PartialResultWarning, match="job.errors has"):
        assert job.result(**NOW) == [changed[0], changed[2]]
    assert job.status == "PartialSuccess"
    (issue,) = job.errors
    assert issue.position == 1
    assert "nosuch" in issue.message
    assert set(changed[1].changes()) == {"description", "seed_id"}
    assert changed[0].changes() == {}


def test_ad_groups_are_created_and_changed_as_jobs(fresh_ttd: TTD) -> None:
    campaign = next(iter(fresh_ttd.campaigns.where(is_archived=False)))
    words = {"channel": "Display", "funnel_location": "Awareness", "roi_goal": {"maximize_reach": True}}
    group = fresh_ttd.new("ad_group", words, name="By a job", campaign_id=campaign.id)
    assert fresh_ttd.submit([group]).result(**NOW) == [group]
    group.description = "changed"
    fresh_ttd.submit([group]).result(**NOW)
    assert fresh_ttd.get("ad_groups", group.id).description == "changed"


def test_a_job_for_validation_only_saves_nothing(fresh_ttd: TTD) -> None:
    before = fresh_ttd.campaigns.count()
    good, bad = campaigns(fresh_ttd, "Good", "Bad")
    bad.seed_id = "nosuch"
    job = fresh_ttd.submit([good, bad], validate_only=True)
    with pytest.warns(PartialResultWarning, match="job.errors has"):
        assert job.result(**NOW) == []
    assert [issue.position for issue in job.errors] == [1]
    assert good.changes()
    assert fresh_ttd.campaigns.count() == before


def test_names_that_repeat_give_new_objects_and_a_warning(fresh_ttd: TTD) -> None:
    new = campaigns(fresh_ttd, "Same", "Same")
    job = fresh_ttd.submit(new)
    with pytest.warns(AdPlatformsWarning, match="does not tell what became of 'Same', 'Same': perhaps applied"):
        found = job.result(**NOW)
    assert len({campaign.id for campaign in found}) == 2
    assert job.unclear == tuple(new)
    for campaign in new:
        with pytest.raises(ClientError, match=rf"perhaps created by job {job.id}.*forget_job\(\)"):
            campaign.save()


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (lambda ttd: ttd.submit_first_party_data("adv0001", query_shape="nodes {id name}"), "first_party_data"),
        (lambda ttd: ttd.submit_third_party_data("prt0001"), "third_party_data"),
    ],
    ids=["first-party", "third-party"],
)
def test_data_is_exported_as_a_job(fresh_ttd: TTD, start: Callable[[TTD], Any], kind: str) -> None:
    job = start(fresh_ttd)
    found = job.result(**NOW)
    assert found
    assert all(each.id and each.name for each in found)
    assert {type(each).collection for each in found} == {kind}
    assert list(fresh_ttd.job(job.id, kind)) == found


def test_a_data_export_can_be_narrowed_by_name(fresh_ttd: TTD) -> None:
    names = [data.name for data in fresh_ttd.submit_first_party_data("adv0001").result(**NOW)]
    word = names[0].split()[-1]
    some = fresh_ttd.submit_first_party_data("adv0001", name_filter=word).result(**NOW)
    assert [data.name for data in some] == [name for name in names if word in name]
    assert some[0].advertiser_id == "adv0001"


@pytest.mark.parametrize(
    "ask",
    [
        lambda ttd: ttd.campaigns.within(advertiser="adv0001"),
        lambda ttd: ttd.campaigns.where(advertiser_id="adv0001").include("ad_groups"),
        lambda ttd: ttd.campaigns.include("advertiser").take(20),
        lambda ttd: ttd.campaigns.order_by("-start_date").take(10),
        lambda ttd: ttd.ad_groups.where(campaign_id=["cmp0001", "cmp0002"]),
        lambda ttd: ttd.ad_groups.where(AdGroup.name.like("*Retarg*"), advertiser_id="adv0001"),
        lambda ttd: ttd.tracking_tags.within(advertiser="adv0001"),
    ],
    ids=["limit", "children", "parents", "order", "several parents", "filtered here", "nested list"],
)
def test_any_query_is_read_as_one_job(sandbox: Sandbox, ask: Callable[[TTD], Any]) -> None:
    with sandbox.ttd(retry=Retry(sleep=lambda _: None)) as ttd:
        query = ask(ttd)
        listed = [dict(entity.raw) for entity in query]
        assert listed
        assert [dict(entity.raw) for entity in query.bulk()] == listed


def test_what_rest_alone_reads_is_no_bulk_query(ttd: TTD) -> None:
    with pytest.raises(ClientError, match="reads by GraphQL"):
        ttd.using(route="rest").campaigns.within(advertiser="adv0001").bulk()


def test_the_text_of_a_query_is_read_as_one_job(fresh_ttd: TTD) -> None:
    job = fresh_ttd.submit("{ me { id } }")
    assert job.result(**NOW) == fresh_ttd.graphql("{ me { id } }")
    assert fresh_ttd.job(job.id, "graphql").result(**NOW) == job.result(**NOW)


def test_a_campaign_is_copied(fresh_ttd: TTD) -> None:
    source = fresh_ttd.get("campaigns", "cmp0001")
    job = source.clone("Copy of it")
    copy = job.result(**NOW)
    assert copy.name == "Copy of it"
    assert copy != source
    assert set(job.ad_group_ids) == {group.id for group in source.ad_groups}


def test_a_result_by_link_is_fetched_without_the_token(web: Any) -> None:
    def answer(request: Any) -> None:
        found = [{"campaign": {"id": "cmp0001"}}]
        told = status("Success", url=f"{web.url}/files/result?signature=abc", rawResult=None)
        request.reply(json.dumps(told if "status" in request.path else found).encode(), "application/json")

    web.answers = answer
    with TTD("secret-token", server_url=web.url) as ttd:
        (campaign,) = ttd.job(7, "campaigns")
    asked, fetched = web.received
    assert campaign.id == "cmp0001"
    assert (asked.path, asked.headers["TTD-Auth"]) == ("/standardjob/7/status", "secret-token")
    assert fetched.path == "/files/result?signature=abc"
    assert "secret-token" not in str(fetched.headers)


@pytest.mark.parametrize("by_link", [False, True], ids=["by value", "by link"])
def test_a_result_is_written_to_a_file_as_it_came(web: Any, tmp_path: Path, by_link: bool) -> None:
    text = '{"data": {"name": "Größe"}}'
    told = status("Success", **({"url": f"{web.url}/files/7"} if by_link else {"rawResult": text}))
    web.answers = lambda request: request.reply(
        json.dumps(told).encode() if "status" in request.path else text.encode(), "application/json"
    )
    with TTD("secret-token", server_url=web.url) as ttd:
        assert ttd.job(7, "campaigns").download(tmp_path / "result.json") == len(text.encode())
    assert (tmp_path / "result.json").read_text(encoding="utf-8") == text


def test_a_link_that_has_expired_is_asked_for_anew(web: Any) -> None:
    links = iter(["old", "new"])

    def answer(request: Any) -> None:
        if "status" in request.path:
            told = status("Success", url=f"{web.url}/files/{next(links)}")
            request.reply(json.dumps(told).encode(), "application/json")
        else:
            request.reply(b'[{"campaign": {"id": "cmp0001"}}]', status=200 if "new" in request.path else 403)

    web.answers = answer
    with TTD("secret-token", server_url=web.url) as ttd:
        assert [campaign.id for campaign in ttd.job(7, "campaigns")] == ["cmp0001"]


def test_a_link_to_an_unsafe_place_is_not_followed(web: Any) -> None:
    told = status("Success", url="http://files.example.com/result")
    web.answers = lambda request: request.reply(json.dumps(told).encode(), "application/json")
    with TTD("secret-token", server_url=web.url) as ttd, pytest.raises(ClientError, match="plain http"):
        ttd.job(7, "campaigns").result()


def test_looking_at_a_job_is_one_call_and_none_after_its_end(offline: Offline) -> None:
    ttd = offline(status("InProgress", completionPercentage=40), status("Success", rawResult="[]"))
    job = ttd.job(7, "campaigns")
    with assert_calls(ttd, 1):
        assert job.look().progress == 0.4
    with assert_calls(ttd, 1):
        assert job.result(**NOW) == []
    with assert_calls(ttd, 0):
        assert job.done


def test_one_of_two_namesakes_that_failed_does_not_get_the_others_id(offline: Offline) -> None:
    there = json.dumps([{"campaign": {"id": "cmp0009", "name": "Twin"}}])
    ttd = offline(status("Queued"), status("PartialSuccess", rawResult=there))
    twins = campaigns(ttd, "Twin", "Twin")
    with pytest.warns(PartialResultWarning), pytest.warns(AdPlatformsWarning, match="'Twin', 'Twin'"):
        (saved,) = ttd.submit(twins).result(**NOW)
    assert saved.id == "cmp0009"
    assert not any(twin is saved for twin in twins)
    assert all(twin.changes() for twin in twins)


@pytest.mark.parametrize("word", ["Failure", "Cancelled"])
def test_a_job_that_failed_says_why(offline: Offline, word: str) -> None:
    ttd = offline(status(word, errors="The advertiser is archived"))
    job = ttd.job(7, "campaigns")
    with pytest.raises(JobError, match=f"{word}.*The advertiser is archived"):
        job.result(**NOW)
    assert job.errors == [Issue("The advertiser is archived")]


def test_results_that_have_expired_are_an_error(offline: Offline) -> None:
    job = offline(status("ResultsExpired")).job(7, "campaigns")
    with pytest.raises(JobError, match="24 hours"):
        job.result(**NOW)


def test_a_status_that_we_do_not_know_goes_on_until_the_job_has_an_end(offline: Offline) -> None:
    ttd = offline(status("Thinking"), status("Done", completedAtUtc="2026-05-01T00:00:00Z", rawResult="[]"))
    job = ttd.job(7, "campaigns")
    assert not job.done
    assert job.result(**NOW) == []


def test_a_job_that_takes_too_long_goes_on(offline: Offline) -> None:
    job = offline(status("InProgress")).job(7, "campaigns")
    with pytest.raises(RequestTimeout, match="it goes on"):
        job.wait(timeout=0)


def test_a_refused_bulk_query_is_an_error(offline: Offline) -> None:
    errors = [{"message": "no such field", "additionalData": {"queryErrors": "x"}}]
    for answer in ({"payload": {"data": None, "errors": errors}}, {"payload": None, "errors": "no such field"}):
        with pytest.raises(APIError, match="no such field"):
            offline(answer).submit("{ nonsense }")


def test_a_bulk_job_that_is_not_there_is_an_error(offline: Offline) -> None:
    with pytest.raises(APIError, match="no such job"):
        offline({"job": None, "errors": None}).job(8, "graphql").status  # noqa: B018


def test_the_kinds_of_jobs_are_checked(offline: Offline) -> None:
    with pytest.raises(ClientError, match="did you mean 'ad_groups'"):
        offline().job(7, "adgroups")


def test_a_result_that_is_no_json_is_an_error(offline: Offline) -> None:
    job = offline(status("Success", rawResult="<html>")).job(7, "campaigns")
    with pytest.raises(ValueError, match="not JSON"):
        job.result(**NOW)


def test_json_lines_are_read_too(offline: Offline) -> None:
    lines = '{"campaign": {"id": "cmp0001"}}\n{"campaign": {"id": "cmp0002"}}\n'
    job = offline(status("Success", rawResult=lines)).job(7, "campaigns")
    assert [campaign.id for campaign in job.result(**NOW)] == ["cmp0001", "cmp0002"]


def test_the_headers_of_a_callback_are_never_shown(offline: Offline) -> None:
    told = Callback("https://example.com/done", {"x-key": "callback-secret"})
    assert "callback-secret" not in repr(told)
    ttd = offline(reply({"Message": "callback-secret is odd"}, status=400))
    with pytest.raises(APIError, match="is odd") as caught:
        ttd.submit(campaigns(ttd, "One"), callback=told)
    assert "callback-secret" not in f"{caught.value} {caught.value.body}"


@pytest.mark.parametrize("answer", [[], "text", 7, {"payload": []}], ids=str)
def test_answers_of_another_shape_are_errors_of_ours(offline: Offline, answer: Any) -> None:
    for call in (
        lambda ttd: ttd.submit_first_party_data("adv0001"),
        lambda ttd: ttd.submit("{ me { id } }"),
        lambda ttd: ttd.job(7, "graphql").look(),
        lambda ttd: ttd.clone("cmp0001", "Copy"),
    ):
        with pytest.raises(AdPlatformsError, match="the answer cannot be read"):
            call(offline(answer))


def test_broken_nodes_do_not_lose_the_others(offline: Offline) -> None:
    data = {"data": {"advertiser": {"firstPartyData": {"nodes": [{"id": 1, "name": "a"}, None, {"id": 2}]}}}}
    job = offline(status("Success", rawResult=json.dumps(data))).job(7, "first_party_data")
    assert [each.id for each in job.result(**NOW)] == [1, 2]


def test_a_bulk_query_brings_what_the_query_would(offline: Offline) -> None:
    """What GraphQL cannot filter, skip or cut is done here, on the rows of the job."""
    started = {"payload": {"data": {"id": 8, "status": "Queued"}, "errors": None}, "errors": None}
    rows = [{"id": f"c{n}", "name": "x" if n % 2 else "Spring"} for n in range(10)]
    raw = json.dumps({"data": {"campaigns": {"nodes": rows}}})
    done = {"job": {"id": 8, "status": "Success", "rawResult": raw}}
    ttd = offline(*[started, done] * 4)
    query = ttd.campaigns.where(Campaign.name.condition("~", "spring"))
    for wanted, ids in (
        (query, ["c0", "c2", "c4", "c6", "c8"]),
        (query.skip(1), ["c2", "c4", "c6", "c8"]),
        (query.take(2), ["c0", "c2"]),
        (query.skip(1).take(2), ["c2", "c4"]),
    ):
        assert [campaign.id for campaign in wanted.bulk().result(**NOW)] == ids


@pytest.mark.parametrize(
    ("raw", "found"),
    [('{"data": {"a": 1}}', {"a": 1}), ('{"a": 1}', {"a": 1}), ("[1]", [1])],
    ids=["data", "bare", "list"],
)
def test_the_text_of_a_query_results_in_its_data(offline: Offline, raw: str, found: Any) -> None:
    ttd = offline({"job": {"id": 8, "status": "Success", "rawResult": raw}})
    assert ttd.job(8, "graphql").result(**NOW) == found


@pytest.mark.parametrize(("version", "told"), [(None, {}), ("Kokai", {"Version": "Kokai"})])
def test_a_copy_names_the_version_where_one_is_wanted(offline: Offline, version: Any, told: dict[str, str]) -> None:
    ttd = offline({"ReferenceId": "r1"}, route="rest-direct")
    assert ttd.clone("c1", "Copy", version).id == "r1"
    (call,) = ttd.transport.calls
    assert call.json == {"CampaignId": "c1", "CampaignName": "Copy", **told}
