"""What a success must have, per operation: an answer without it is an error, never "no rows" and never "saved"."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import (
    AdPlatformsError,
    AmbiguousWrite,
    APIError,
    NotFoundError,
    ParserException,
    PartialResultWarning,
)
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import reply
from adplatforms.net.retry import Retry
from adplatforms.ttd import TTD
from adplatforms.ttd.entities import AdGroup, Campaign
from adplatforms.ttd.workflows.read import ArchivingReader, SavingReader

Offline = Callable[..., TTD]
Ask = Callable[[TTD], Any]
CAMPAIGN = {
    "advertiser_id": "a1",
    "name": "x",
    "primary_channel": "Display",
    "primary_goal": {"maximize_reach": True},
    "campaign_conversion_reporting_columns": [],
}
GROUP = {"campaign_id": "c1", "name": "x", "channel": "Display", "funnel_location": "Awareness"}
FLIGHT = {"campaign_id": "c1", "start_date_inclusive_utc": "2027-01-01", "budget_in_advertiser_currency": 5}
LAST = {"hasNextPage": False, "endCursor": None}

ODD: dict[str, Any] = {
    "empty": b"",
    "blank": b" \n",
    "{}": {},
    "[]": [],
    "null": b"null",
    "text": b'"x"',
    "a number": b"7",
    "true": b"true",
    "rows [1]": [1],
    "Result null": {"Result": None},
    "Result of numbers": {"Result": [1]},
    "Result null rows": {"Result": [None]},
    "Result object": {"Result": {}},
    "data null": {"data": None},
    "data empty": {"data": {}},
    "data list": {"data": []},
    "data of others": {"data": {"other": {"nodes": []}}},
    "errors empty": {"errors": []},
    "errors no list": {"data": {"campaigns": {"nodes": [], "pageInfo": LAST}}, "errors": {"message": "x"}},
    "another object": {"hello": "world"},
    "ok": {"status": "ok"},
    "cut": b'{"data": {"campa',
    "a problem with status 200": {"title": "Bad", "status": 500, "detail": "no"},
    "204": reply(b"", "application/json", 204),
    "202 without a body": reply(b"", "application/json", 202),
    "204 with html": reply(b"", "text/html", 204),
}


def changed(kind: str, **values: Any) -> Callable[[TTD], Any]:
    """An existing record with a change, that was not asked for."""

    def make(ttd: TTD) -> Any:
        model = ttd.registry.find(kind)
        record = ttd.attach(model(None, id="r1"))
        record.set(values or {"name": "New"})
        return record

    return make


def made(kind: str, **values: Any) -> Callable[[TTD], Any]:
    return lambda ttd: ttd.new(kind, values)


READS: dict[str, tuple[Ask, dict[str, Any]]] = {
    "graphql one": (lambda ttd: ttd.get("campaigns", "c1"), {}),
    "graphql one, direct": (lambda ttd: ttd.get("campaigns", "c1"), {"route": "graphql-direct"}),
    "graphql several by id": (lambda ttd: list(ttd.seeds.where(id=["s1", "s2"])), {}),
    "graphql list": (lambda ttd: list(ttd.campaigns), {}),
    "graphql page": (lambda ttd: ttd.get("campaigns"), {}),
    "graphql count": (lambda ttd: ttd.campaigns.count(), {}),
    "graphql inside a parent": (lambda ttd: list(ttd.campaign_flights.within(campaign="c1")), {}),
    "graphql plain list": (lambda ttd: list(ttd.seeds.within(advertiser="a1")), {}),
    "graphql many parents": (lambda ttd: list(ttd.ad_groups.where(campaign_id=["c1", "c2"])), {}),
    "graphql several lists": (lambda ttd: list(ttd.campaigns.where(seed_id=["s1", "s2"]).prefetch(1)), {}),
    "graphql delta": (lambda ttd: list(ttd.changes_since(None, "campaigns", advertiser="a1")), {}),
    "graphql first": (lambda ttd: ttd.campaigns.where(name="x").first(), {}),
    "refresh": (lambda ttd: changed("campaigns")(ttd).refresh(), {}),
    "rest one": (lambda ttd: ttd.get("campaigns", "c1"), {"route": "rest"}),
    "rest one, direct": (lambda ttd: ttd.get("campaigns", "c1"), {"route": "rest-direct"}),
    "rest several by id": (lambda ttd: list(ttd.campaigns.where(id=["c1", "c2"])), {"route": "rest-direct"}),
    "rest list": (lambda ttd: list(ttd.campaigns.within(advertiser="a1")), {"route": "rest"}),
    "rest list, direct": (lambda ttd: list(ttd.campaigns.within(advertiser="a1")), {"route": "rest-direct"}),
    "rest list without a parent": (lambda ttd: list(ttd.partners), {"route": "rest-direct"}),
    "rest count": (lambda ttd: ttd.campaigns.within(advertiser="a1").count(), {"route": "rest-direct"}),
    "rest inside a record": (lambda ttd: list(ttd.campaign_flights.within(campaign="c1")), {"route": "rest-direct"}),
    "rest only": (lambda ttd: list(ttd.contracts.within(partner="p1")), {}),
    "rest delta": (lambda ttd: list(ttd.changes_since(None, "campaigns", advertiser="a1")), {"route": "rest-direct"}),
    "rest delta of advertisers": (
        lambda ttd: list(ttd.changes_since(None, "advertisers", partner="p1")),
        {"route": "rest-direct"},
    ),
    "campaign version": (lambda ttd: ttd.campaign_version("c1"), {}),
    "job status": (lambda ttd: ttd.job(7, "campaigns").status, {}),
    "bulk job status": (lambda ttd: ttd.job(7, "graphql").status, {}),
    "clone status": (lambda ttd: ttd.job("r", "clone").status, {}),
    "bulk query": (lambda ttd: ttd.campaigns.bulk(), {}),
    "bulk text": (lambda ttd: ttd.submit("{ me { id } }"), {}),
    "first-party data": (lambda ttd: ttd.submit_first_party_data("a1"), {}),
    "third-party data": (lambda ttd: ttd.submit_third_party_data("p1"), {}),
}
WRITES: dict[str, tuple[Ask, dict[str, Any]]] = {
    "create campaign": (lambda ttd: made("campaign", **CAMPAIGN)(ttd).save(), {}),
    "create campaign with ad groups": (
        lambda ttd: made("campaign", **CAMPAIGN)(ttd).save(
            ad_groups=[ttd.new("ad_group", {k: v for k, v in GROUP.items() if k != "campaign_id"})]
        ),
        {},
    ),
    "update campaign": (lambda ttd: changed("campaigns")(ttd).save(), {}),
    "create ad group": (lambda ttd: made("ad_group", **GROUP)(ttd).save(), {}),
    "update ad group": (lambda ttd: changed("ad_groups")(ttd).save(), {}),
    "archive campaign": (lambda ttd: changed("campaigns")(ttd).archive(), {}),
    "archive ad groups": (lambda ttd: ttd.archive_all([changed("ad_groups")(ttd)]), {}),
    "job of campaigns": (lambda ttd: ttd.submit(made("campaign", **CAMPAIGN)(ttd)), {}),
    "job of changed ad groups": (lambda ttd: ttd.submit(changed("ad_groups")(ttd)), {}),
    "clone": (lambda ttd: ttd.clone("c1", "Copy"), {}),
    "create by REST": (lambda ttd: made("site_list", name="x", advertiser_id="a1")(ttd).save(), {}),
    "create by REST, direct": (
        lambda ttd: made("site_list", name="x", advertiser_id="a1")(ttd).save(),
        {"route": "rest-direct"},
    ),
    "update by REST": (lambda ttd: changed("advertisers")(ttd).save(), {}),
    "archive by REST": (lambda ttd: changed("creatives")(ttd).archive(), {}),
    "create seed": (lambda ttd: made("seed", name="x", advertiser_id="a1")(ttd).save(), {}),
    "update seed": (lambda ttd: changed("seeds")(ttd).save(), {}),
    "create flight": (lambda ttd: made("campaign_flight", **FLIGHT)(ttd).save(), {}),
}


def answers(odd: Any) -> Any:
    return odd if isinstance(odd, Answer) else reply(odd, "application/json")


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize(("ask", "options"), READS.values(), ids=READS)
def test_an_odd_answer_to_a_read_is_an_error(offline: Offline, ask: Ask, options: dict[str, Any], odd: Any) -> None:
    ttd = offline(*[answers(odd)] * 3, **options)
    with pytest.raises(AdPlatformsError, match=r"\S") as caught:
        ask(ttd)
    assert isinstance(caught.value, (ParserException, APIError))
    assert not isinstance(caught.value, (NotFoundError, AmbiguousWrite))


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize(("ask", "options"), WRITES.values(), ids=WRITES)
def test_an_odd_answer_to_a_write_is_an_open_question(
    offline: Offline, ask: Ask, options: dict[str, Any], odd: Any
) -> None:
    ttd = offline(answers(odd), **options)
    with pytest.raises(AmbiguousWrite, match="it may have been applied"):
        ask(ttd)
    transport: Any = ttd.transport
    assert len(transport.calls) == 1


FLAWED: dict[str, tuple[Ask, dict[str, Any], Any]] = {
    "no page's info": (lambda ttd: list(ttd.campaigns), {}, {"campaigns": {"nodes": []}}),
    "page's info null": (lambda ttd: list(ttd.campaigns), {}, {"campaigns": {"nodes": [], "pageInfo": None}}),
    "page's info empty": (lambda ttd: list(ttd.campaigns), {}, {"campaigns": {"nodes": [], "pageInfo": {}}}),
    "more, and no cursor": (
        lambda ttd: list(ttd.campaigns),
        {},
        {"campaigns": {"nodes": [], "pageInfo": {"hasNextPage": True, "endCursor": None}}},
    ),
    "a connection that is null": (lambda ttd: list(ttd.campaigns), {}, {"campaigns": None}),
    "no nodes": (lambda ttd: list(ttd.campaigns), {}, {"campaigns": {"pageInfo": LAST}}),
    "nodes null": (lambda ttd: list(ttd.campaigns), {}, {"campaigns": {"nodes": None, "pageInfo": LAST}}),
    "nodes that are numbers": (lambda ttd: list(ttd.campaigns), {}, {"campaigns": {"nodes": [1], "pageInfo": LAST}}),
    "no total": (lambda ttd: ttd.campaigns.count(), {}, {"campaigns": {"nodes": [], "pageInfo": LAST}}),
    "total null": (
        lambda ttd: ttd.campaigns.count(),
        {},
        {"campaigns": {"nodes": [], "totalCount": "many", "pageInfo": LAST}},
    ),
    "a parent without the list": (lambda ttd: list(ttd.campaign_flights.within(campaign="c")), {}, {"campaign": {}}),
    "a parent with null": (
        lambda ttd: list(ttd.campaign_flights.within(campaign="c")),
        {},
        {"campaign": {"flights": None}},
    ),
    "a record without its id": (lambda ttd: ttd.get("campaigns", "c1"), {}, {"campaign": {"name": "x"}}),
    "another record": (lambda ttd: ttd.get("campaigns", "c1"), {}, {"campaign": {"id": "c2", "name": "x"}}),
    "another of several": (lambda ttd: list(ttd.seeds.where(id="s1")), {}, {"seed": {"id": "s2"}}),
    "a row that was not asked for": (
        lambda ttd: list(ttd.campaigns.where(id=["c1", "c2"])),
        {},
        {"campaigns": {"nodes": [{"id": "c3"}], "pageInfo": LAST}},
    ),
    "a row of another parent": (
        lambda ttd: list(ttd.campaigns.where(advertiser_id="a1")),
        {},
        {"campaigns": {"nodes": [{"id": "c1", "advertiser": {"id": "a2"}}], "pageInfo": LAST}},
    ),
    "children of another parent": (
        lambda ttd: list(ttd.campaign_flights.within(campaign="c1")),
        {},
        {"campaign": {"flights": {"nodes": [{"id": 1, "campaign": {"id": "c2"}}], "pageInfo": LAST}}},
    ),
    "parents that were not asked for": (
        lambda ttd: list(ttd.ad_groups.where(campaign_id=["c1", "c2"])),
        {},
        {"campaigns": {"nodes": [{"id": "c3", "adGroups": {"nodes": [], "pageInfo": LAST}}]}},
    ),
    "a parent of many without its list": (
        lambda ttd: list(ttd.ad_groups.where(campaign_id=["c1", "c2"])),
        {},
        {"campaigns": {"nodes": [{"id": "c1"}]}},
    ),
    "an included list without nodes": (
        lambda ttd: list(ttd.campaigns.include("ad_groups")),
        {},
        {"campaigns": {"nodes": [{"id": "c1", "adGroups": {"pageInfo": LAST}}], "pageInfo": LAST}},
    ),
    "an included list without its page's info": (
        lambda ttd: list(ttd.campaigns.include("ad_groups")),
        {},
        {"campaigns": {"nodes": [{"id": "c1", "adGroups": {"nodes": []}}], "pageInfo": LAST}},
    ),
    "a delta without moreAvailable": (
        lambda ttd: list(ttd.changes_since(None, "campaigns", advertiser="a1")),
        {},
        {"campaignDelta": {"nextChangeTrackingVersion": 1, "campaigns": []}},
    ),
    "a delta without its version": (
        lambda ttd: list(ttd.changes_since(None, "campaigns", advertiser="a1")),
        {},
        {"campaignDelta": {"moreAvailable": False, "campaigns": []}},
    ),
    "a delta without records": (
        lambda ttd: list(ttd.changes_since(None, "campaigns", advertiser="a1")),
        {},
        {"campaignDelta": {"nextChangeTrackingVersion": 1, "moreAvailable": False}},
    ),
}


@pytest.mark.parametrize(("ask", "options", "data"), FLAWED.values(), ids=FLAWED)
def test_graphql_without_what_it_must_have_cannot_be_read(
    offline: Offline, ask: Ask, options: dict[str, Any], data: Any
) -> None:
    with pytest.raises(ParserException, match="cannot be read"):
        ask(offline(*[{"data": data}] * 2, **options))


REST: dict[str, tuple[Ask, Any]] = {
    "a record without its id": (lambda ttd: ttd.get("campaigns", "c1"), {"CampaignName": "x"}),
    "another record": (lambda ttd: ttd.get("campaigns", "c1"), {"CampaignId": "c2"}),
    "another of several": (lambda ttd: list(ttd.campaigns.where(id="c1")), {"CampaignId": "c2"}),
    "children of another parent": (
        lambda ttd: list(ttd.campaigns.within(advertiser="a1")),
        {"Result": [{"CampaignId": "c1", "AdvertiserId": "a2"}]},
    ),
    "flights of another campaign": (
        lambda ttd: list(ttd.campaign_flights.within(campaign="c1")),
        {"CampaignId": "c2", "CampaignFlights": []},
    ),
    "a campaign without flights": (lambda ttd: list(ttd.campaign_flights.within(campaign="c1")), {"CampaignId": "c1"}),
    "a delta without its version": (
        lambda ttd: list(ttd.changes_since(None, "campaigns", advertiser="a1")),
        {"Campaigns": [], "MoreCampaignsAvailable": False},
    ),
    "a delta without its flag": (
        lambda ttd: list(ttd.changes_since(None, "campaigns", advertiser="a1")),
        {"Campaigns": [], "LastChangeTrackingVersion": 1},
    ),
}


@pytest.mark.parametrize(("ask", "body"), REST.values(), ids=REST)
def test_rest_without_what_it_must_have_cannot_be_read(offline: Offline, ask: Ask, body: Any) -> None:
    with pytest.raises(ParserException, match="cannot be read"):
        ask(offline(body, route="rest-direct"))


def test_the_total_alone_needs_no_rows_and_rows_no_total(offline: Offline) -> None:
    ttd = offline({"TotalFilteredCount": 3}, {"Result": []}, {"Result": [{"CampaignId": "c1"}]}, route="rest-direct")
    assert ttd.campaigns.within(advertiser="a1").count() == 3
    assert ttd.campaigns.within(advertiser="a1").page_size(5).take(5).first() is None
    assert ttd.campaigns.within(advertiser="a1").page_size(5).first().id == "c1"  # type: ignore[union-attr]


@pytest.mark.parametrize("path", [["campaigns"], ["campaigns", "nodes"], ["campaigns", "pageInfo"]])
def test_an_error_that_takes_the_rows_away_is_raised(offline: Offline, path: list[str]) -> None:
    data: Any = {"other": 1, "campaigns": {"nodes": [{"id": "c1"}], "pageInfo": LAST}}
    holder = data if len(path) == 1 else data["campaigns"]
    holder[path[-1]] = None
    answer = {"data": data, "errors": [{"message": "it broke", "path": path}]}
    with pytest.raises(APIError, match="it broke"):
        list(offline(answer).campaigns)


def test_an_error_about_one_row_is_a_warning(offline: Offline) -> None:
    data: Any = {"campaigns": {"nodes": [{"id": "c1"}, None], "pageInfo": LAST}}
    answer = {"data": data, "errors": [{"message": "it broke", "path": ["campaigns", "nodes", 1]}]}
    with pytest.warns(PartialResultWarning, match="it broke"):
        assert [c.id for c in offline(answer).campaigns] == ["c1"]


def test_an_error_about_a_parents_list_is_not_a_parent_that_does_not_exist(offline: Offline) -> None:
    data = {"campaign": {"id": "c1", "flights": None}}
    answer = {"data": data, "errors": [{"message": "it broke", "path": ["campaign", "flights"]}]}
    with pytest.raises(APIError, match="it broke") as caught:
        list(offline(answer).campaign_flights.within(campaign="c1"))
    assert not isinstance(caught.value, NotFoundError)


# jobs


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("campaigns", {"id": 8, "status": "Success", "rawResult": "[]"}),
        ("campaigns", {"id": 7, "rawResult": "[]"}),
        ("campaigns", {"id": 7, "status": None}),
        ("campaigns", {"status": "Success", "rawResult": "[]"}),
        ("campaigns", {"id": 7, "status": "Success", "rawResult": {}}),
        ("graphql", {"job": {"id": 8, "status": "Success", "rawResult": "{}"}}),
        ("graphql", {"job": {"id": 7}}),
        ("graphql", {"job": []}),
        ("clone", {"Status": "Success"}),
        ("clone", {"CampaignId": "c1"}),
    ],
    ids=str,
)
def test_the_status_of_a_job_must_be_whole_and_its_own(offline: Offline, kind: Any, answer: Any) -> None:
    with pytest.raises(ParserException, match=r"the answer cannot be read|result"):
        offline(answer).job(7, kind).result(poll=(0, 0))


@pytest.mark.parametrize(
    "raw", ["null", '"x"', "7", "[1]", "{}", '{"data": null}', '{"nodes": null}', '{"nodes": [1]}']
)
def test_an_export_without_a_list_of_records_is_an_error(offline: Offline, raw: str) -> None:
    job = offline({"id": 7, "status": "Success", "rawResult": raw}).job(7, "first_party_data")
    with pytest.raises(ParserException, match="no list of records"):
        job.result(poll=(0, 0))


@pytest.mark.parametrize("raw", ["[]", '{"data": {"advertiser": {"firstPartyData": {"nodes": []}}}}'])
def test_an_export_of_nothing_is_empty(offline: Offline, raw: str) -> None:
    assert offline({"id": 7, "status": "Success", "rawResult": raw}).job(7, "first_party_data").result() == []


@pytest.mark.parametrize(
    "document",
    [
        None,
        {},
        [],
        "x",
        {"data": None},
        {"data": {}},
        {"data": {"other": {"nodes": []}}},
        {"data": {"campaigns": None}},
        {"data": {"campaigns": {}}},
        {"data": {"campaigns": {"nodes": None}}},
        {"data": {"campaigns": {"nodes": [1]}}},
        {"data": None, "errors": [{"message": "it broke"}]},
        {"data": {"campaigns": None}, "errors": [{"message": "it broke", "path": ["campaigns"]}]},
    ],
    ids=str,
)
def test_a_bulk_query_without_its_list_is_an_error(offline: Offline, document: Any) -> None:
    started = {"payload": {"data": {"id": 7}}}
    ttd = offline(started, {"job": {"id": 7, "status": "Success", "rawResult": json.dumps(document)}})
    with pytest.raises((ParserException, APIError), match=r"cannot be read|it broke"):
        ttd.campaigns.bulk().result(poll=(0, 0))


# raw calls


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_raw_call_has_an_answer_unless_its_status_says_there_is_none(offline: Offline, method: str) -> None:
    for odd in (b"", b"null"):
        with pytest.raises((ParserException, AmbiguousWrite), match="it is empty"):
            offline(reply(odd, "application/json")).rest(method, "campaign")
    assert offline(reply(b"", "application/json", 240)).rest(method, "campaign") is None
    assert offline(reply(b'"x"', "application/json")).rest("GET", "campaign/name/c1") == "x"


def test_a_delete_may_have_nothing_to_say(offline: Offline) -> None:
    for status in (200, 204, 240):
        assert offline(reply(b"", "application/json", status)).rest("DELETE", "bidlist/7") is None
        bid_list = changed("bid_lists")(offline(reply(b"", "application/json", status)))
        bid_list.delete()


@pytest.mark.parametrize("data", [{}, None, []])
def test_a_raw_document_answers_with_data(offline: Offline, data: Any) -> None:
    with pytest.raises(ParserException, match="the answer cannot be read: it holds neither data nor errors"):
        offline({"data": data}).graphql("{ me { id } }")


# what is recorded still passes, and what was lost is found in whole answers only


def test_the_recorded_answers_are_whole(spec: Path) -> None:
    def recorded(name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((spec / "ttd" / "examples" / f"{name}.json").read_text())
        return found

    archived = recorded("archiveCampaigns")["request"]["body"]
    readers: dict[str, SavingReader | ArchivingReader] = {
        "createCampaign": SavingReader(Campaign, "campaign", ad_groups=True),
        "updateAdGroup": SavingReader(AdGroup, "adGroup"),
        "archiveCampaigns": ArchivingReader(Campaign, archived),
    }
    for name, reader in readers.items():
        example = recorded(name)
        sent = example["request"]
        request = Request(sent["method"], sent["path"].strip("/"), json=sent["body"], writes=True)
        scripted = reply(example["response"]["body"])
        row = reader.saved(Answer(example["response"]["status"], scripted.headers, scripted.content, request))
        assert row is not None
        assert row["id"]


def test_a_lost_write_is_not_found_in_an_empty_answer(offline: Offline) -> None:
    """The look-up is answered with nothing: that is not "it was not made", so nothing is sent again."""
    ttd = offline(*[reply(b"", "application/json")] * 40, retry=Retry(sleep=lambda _: None, clock=lambda: 0.0))
    with pytest.raises(AmbiguousWrite, match="was lost"):
        ttd.new("site_list", name="Spring", advertiser_id="a1").save()
    transport: Any = ttd.transport
    assert [call.writes for call in transport.calls].count(True) == 1
