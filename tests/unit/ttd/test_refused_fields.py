"""Fields that the server refuses, in whatever words: reads go on without them, with one warning for each, unless the
query needs them; what is refused of anything else is an error."""

import json
import re
import threading
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import APIError, NotLoaded, PartialResultWarning
from adplatforms.core.testing import reply
from adplatforms.ttd import TTD
from adplatforms.ttd.entities import Campaign
from adplatforms.ttd.errors import RejectedFieldError

Offline = Callable[..., TTD]
VALIDATION = {"code": "GRAPHQL_VALIDATION_FAILED"}
CAMPAIGN = {"data": {"campaign": {"id": "c1", "name": "Spring"}}}


def text_of(request: Any) -> str:
    body = request.json
    return str(body.get("query") or body.get("request"))


def calls(ttd: TTD) -> list[Any]:
    transport: Any = ttd.transport
    return list(transport.calls)


def here(text: str, name: str) -> list[dict[str, int]]:
    """Where the server says that a field stands in the document."""
    found = re.search(rf"\b{name}\b", text)
    assert found
    return [{"line": 1, "column": found.start() + 1}]


def refusing(name: str, error: dict[str, Any], fine: Any = CAMPAIGN, status: int = 200) -> Callable[[Any], Any]:
    """An answer that refuses documents with a field."""

    def answer(request: Any) -> Any:
        text = text_of(request)
        if re.search(rf"\b{name}\b", text) is None:
            return reply(fine)
        told = {k: here(text, name) if v == "here" else v for k, v in error.items()}
        return reply({"errors": [told]}, status=status)

    return answer


WORDINGS: dict[str, dict[str, Any]] = {
    "apollo": {"message": 'Cannot query field "siteUrl" on type "Campaign".', "extensions": VALIDATION},
    "no code": {"message": 'Cannot query field "siteUrl" on type "Campaign".'},
    "with a suggestion": {"message": 'Cannot query field "siteUrl" on type "Campaign". Did you mean "name" or "id"?'},
    "single quotes": {"message": "Cannot query field 'siteUrl' on type 'Campaign'. (line 1, column 3)"},
    "no quotes": {"message": "Cannot query field siteUrl on type Campaign"},
    "hot chocolate": {
        "message": "The field `siteUrl` does not exist on the type `Campaign`.",
        "locations": "here",
        "path": ["campaign"],
        "extensions": {"type": "Campaign", "field": "siteUrl", "responseName": "siteUrl"},
    },
    "extensions alone": {
        "message": "The query is invalid.",
        "extensions": {"typeName": "Campaign", "field": "siteUrl"},
    },
    "graphql-java": {
        "message": "Validation error (FieldUndefined@[campaign]): Field 'siteUrl' in type 'Campaign' is unknown"
    },
    "graphql-ruby": {"message": "Field 'siteUrl' doesn't exist on type 'Campaign'", "path": ["query", "campaign"]},
    "unknown field": {"message": "Unknown field “siteUrl” on type “Campaign”"},
    "coordinate": {"message": "Campaign.siteUrl was removed on 2026-01-01"},
    "coordinate in extensions": {"message": "refused", "extensions": {"coordinate": "Campaign.siteUrl"}},
    "unauthorized": {"message": "You may not read `siteUrl`.", "extensions": {"code": "UNAUTHORIZED_FIELD_OR_TYPE"}},
    "unauthorized with a path": {
        "message": "The current user is not authorized to access this resource.",
        "path": ["campaign", "siteUrl"],
        "extensions": {"code": "UNAUTHORIZED_FIELD_OR_TYPE"},
    },
    "a code of its own": {"message": "The field siteUrl does not exist", "extensions": {"code": "HC0042"}},
    "locations alone": {"message": "The document is not valid.", "locations": "here", "extensions": VALIDATION},
    "locations, no code": {"message": "The document is not valid.", "locations": "here"},
    "path in extensions": {"message": "Not valid.", "extensions": {**VALIDATION, "path": "$.campaign.siteUrl"}},
    "a renamed type": {"message": 'Cannot query field "siteUrl" on type "CampaignV2".', "extensions": VALIDATION},
}


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("error", WORDINGS.values(), ids=WORDINGS)
def test_reads_go_on_without_a_refused_field(offline: Offline, error: dict[str, Any], status: int) -> None:
    ttd = offline(*[refusing("siteUrl", error, status=status)] * 3)
    with pytest.warns(PartialResultWarning, match=r"refuses Campaign\.site_url: ") as warned:
        campaign = ttd.get("campaigns", "c1")
    assert campaign.name == "Spring"
    with pytest.raises(NotLoaded, match="the server refused it"):
        _ = campaign.site_url
    ttd.get("campaigns", "c1")  # it is known by now: neither a warning nor a second call
    assert len(warned) == 1
    assert len(calls(ttd)) == 3


OTHERS: dict[str, dict[str, Any]] = {
    "argument": {"message": 'Unknown argument "name" on field "Query.campaign".', "extensions": VALIDATION},
    "argument of hot chocolate": {
        "message": "The argument `name` does not exist.",
        "extensions": {"field": "name", "argument": "name", "type": "Campaign"},
    },
    "input field": {"message": 'Field "name" is not defined by type "CampaignFilterInput".', "extensions": VALIDATION},
    "input field of hot chocolate": {
        "message": "The specified input object field `name` does not exist.",
        "extensions": {"field": "name", "type": "CampaignFilter"},
    },
    "type of an input": {"message": "The specified value type of field `name` does not match the field type."},
    "enum value": {"message": 'Value "name" does not exist in "CampaignField" enum.', "extensions": VALIDATION},
    "variable": {"message": 'Variable "$name" of type "String!" used in position expecting type "ID!".'},
    "order": {"message": "Cannot order by 'name'.", "extensions": VALIDATION},
    "syntax": {"message": "Syntax Error: Expected Name, found 'name'.", "extensions": VALIDATION},
    "an argument's place": {"message": "not valid", "extensions": VALIDATION, "locations": [{"line": 1, "column": 8}]},
    "a failure of the server": {"message": "'name' broke", "extensions": {"code": "INTERNAL_SERVER_ERROR"}},
    "no such record": {"message": "There is no 'name'", "extensions": {"code": "NOT_FOUND"}},
    "a failure of the execution": {"message": "could not tell 'name'", "path": ["campaign", "name"]},
    "the root": {"message": 'Cannot query field "campaign" on type "Query".', "extensions": VALIDATION},
    "the id": {"message": 'Cannot query field "id" on type "Campaign".', "extensions": VALIDATION},
}


@pytest.mark.parametrize("error", OTHERS.values(), ids=OTHERS)
def test_what_is_refused_of_anything_else_is_an_error(offline: Offline, error: dict[str, Any]) -> None:
    ttd = offline({"data": None, "errors": [error]})
    with pytest.raises(APIError, match=re.escape(error["message"])):
        ttd.get("campaigns", "c1")
    assert len(calls(ttd)) == 1
    assert not ttd.dialect.dropped


def test_what_an_id_is_made_of_cannot_be_left_out(offline: Offline) -> None:
    refused = {"message": 'Cannot query field "campaignFlightId" on type "AdGroupFlight".', "extensions": VALIDATION}
    ttd = offline({"errors": [refused]})
    with pytest.raises(
        RejectedFieldError, match=r"AdGroupFlight\.campaign_flight_id.*cannot be left out: the id needs"
    ):
        list(ttd.ad_group_flights.within(ad_group="g1"))
    assert not ttd.dialect.dropped


def test_an_argument_beside_a_refused_field_is_an_error(offline: Offline) -> None:
    ttd = offline({"errors": [WORDINGS["apollo"], OTHERS["argument"]]})
    with pytest.raises(APIError, match="Unknown argument"):
        ttd.get("campaigns", "c1")
    assert not ttd.dialect.dropped


@pytest.mark.parametrize(
    ("message", "dropped"),
    [
        ('Cannot query field "meetingPercentage" on type "Goal".', {("Campaign", "goal")}),
        ('Cannot query field "goal" on type "Campaign".', {("Campaign", "goal")}),
        ('Field "goal" of type "Goal" must not have a selection of subfields.', {("Campaign", "goal")}),
        ('Cannot query field "seed" on type "Campaign".', {("Campaign", "seed_id")}),
        ('Cannot query field "id" on type "Seed".', {("Campaign", "seed_id")}),
        ("You may not read the fields `siteUrl` and `timeZone`", {("Campaign", "site_url"), ("Campaign", "time_zone")}),
    ],
)
def test_a_part_of_a_value_stands_for_the_whole(offline: Offline, message: str, dropped: set[Any]) -> None:
    ttd = offline({"errors": [{"message": message, "extensions": VALIDATION}]}, CAMPAIGN)
    with pytest.warns(PartialResultWarning):
        ttd.get("campaigns", "c1")
    assert ttd.dialect.dropped == dropped


def test_the_name_of_a_nested_type_is_not_the_name_of_the_record(offline: Offline) -> None:
    error = {"message": 'Cannot query field "name" on type "Currency".', "extensions": VALIDATION}
    ttd = offline({"errors": [error]}, {"data": {"advertiser": {"id": "a1", "name": "x"}}})
    with pytest.warns(PartialResultWarning, match=r"Advertiser\.currency:"):
        assert ttd.get("advertisers", "a1").name == "x"
    assert ttd.dialect.dropped == {("Advertiser", "currency")}


def test_a_name_that_several_types_have_is_told_apart_by_its_place(offline: Offline) -> None:
    def answer(request: Any) -> Any:
        text = text_of(request)
        places = [{"line": 1, "column": each.start() + 1} for each in re.finditer(r"\bdescription\b", text)]
        path_at = request.reader.document.path_at
        inner = [each for each in places if path_at(**each) == ("campaign", "advertiser", "description")]
        if not inner:
            node = {"id": "c1", "description": "its own", "advertiser": {"id": "a1", "name": "x"}}
            return reply({"data": {"campaign": node}})
        return reply({"errors": [{"message": "no", "locations": inner}]})

    ttd = offline(answer, answer)
    with pytest.warns(PartialResultWarning, match=r"Advertiser\.description"):
        campaign = ttd.get("campaigns", "c1", include="advertiser")
    assert campaign.description == "its own"
    assert campaign.advertiser.name == "x"


def test_fields_are_dropped_one_after_the_other(offline: Offline) -> None:
    second = {**WORDINGS["apollo"], "message": 'Cannot query field "objective" on type "Campaign".'}
    ttd = offline({"errors": [WORDINGS["apollo"]]}, {"errors": [second]}, CAMPAIGN)
    with pytest.warns(PartialResultWarning) as warned:
        ttd.get("campaigns", "c1")
    assert len(warned) == 2
    assert ttd.dialect.dropped == {("Campaign", "site_url"), ("Campaign", "objective")}


NEEDING: dict[str, tuple[Callable[[TTD], Any], str]] = {
    "condition": (lambda ttd: list(ttd.campaigns.where(site_url="x")), "a condition on site_url needs it"),
    "several conditions": (lambda ttd: list(ttd.campaigns.where(id="c1", site_url="x")), "a condition on site_url"),
    "count": (lambda ttd: ttd.campaigns.where(site_url="x").count(), "a condition on site_url"),
    "pattern": (lambda ttd: list(ttd.campaigns.where(Campaign.site_url.like("*x*"))), "a condition on site_url"),
    "order": (lambda ttd: list(ttd.campaigns.order_by("site_url")), "the order on site_url needs it"),
    "bulk condition": (lambda ttd: ttd.campaigns.where(site_url="x").bulk(), "a condition on site_url"),
    "csv": (lambda ttd: ttd.campaigns.to_csv("/dev/null", ["site_url"]), "the server refused it"),
}


@pytest.mark.parametrize("known", [False, True], ids=["at first", "known before"])
@pytest.mark.parametrize(("ask", "words"), NEEDING.values(), ids=NEEDING)
def test_a_refused_field_that_a_query_needs_is_an_error(
    offline: Offline, ask: Callable[[TTD], Any], words: str, known: bool
) -> None:
    listed = {"data": {"campaigns": {"nodes": [{"id": "c1", "name": "x"}], "pageInfo": {"hasNextPage": False}}}}
    ttd = offline(*[refusing("siteUrl", WORDINGS["apollo"], listed if known is False else CAMPAIGN)] * 2, listed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if known:
            ttd.get("campaigns", "c1")
        with pytest.raises((RejectedFieldError, NotLoaded), match=words):
            ask(ttd)


def test_what_is_included_is_never_dropped(offline: Offline) -> None:
    error = {"message": 'Cannot query field "advertiser" on type "Campaign".', "extensions": VALIDATION}
    with pytest.raises(RejectedFieldError, match="include needs it"):
        offline({"errors": [error]}).get("campaigns", "c1", include="advertiser")


def test_a_filter_of_the_server_stays_when_its_field_cannot_be_read(offline: Offline) -> None:
    error = {"message": 'Cannot query field "advertiser" on type "Campaign".', "extensions": VALIDATION}
    page = {"data": {"campaigns": {"nodes": [{"id": "c1"}], "pageInfo": {"hasNextPage": False}}}}
    ttd = offline({"errors": [error]}, page)
    with pytest.warns(PartialResultWarning, match=r"Campaign\.advertiser_id"):
        assert [c.id for c in ttd.campaigns.where(advertiser_id="a1")] == ["c1"]
    assert "advertiserId: {eq: $advertiserId}" in text_of(calls(ttd)[1])


def test_a_refresh_that_cannot_read_what_was_changed_is_an_error(offline: Offline) -> None:
    whole = {"data": {"campaign": {"id": "c1", "name": "x", "description": "old"}}}
    error = {"message": 'Cannot query field "description" on type "Campaign".', "extensions": VALIDATION}
    ttd = offline(whole, {"errors": [error]}, {"data": {"campaign": {"id": "c1", "name": "y"}}})
    campaign = ttd.get("campaigns", "c1")
    campaign.description = "new"
    with pytest.warns(PartialResultWarning), pytest.raises(RejectedFieldError, match="unsaved change of description"):
        campaign.refresh()
    assert campaign.changes()["description"] == ("old", "new")
    assert campaign.name == "x"


def test_sessions_of_one_server_warn_once(offline: Offline) -> None:
    ttd = offline(*[refusing("siteUrl", WORDINGS["apollo"])] * 5)
    with pytest.warns(PartialResultWarning, match="siteUrl|site_url"):
        ttd.using(route="graphql-direct").get("campaigns", "c1")
    ttd.get("campaigns", "c1")  # a warning would be an error here
    ttd.using(retry=None).get("campaigns", "c1")
    assert ttd.using(server="sandbox").dialect.dropped == frozenset()


def test_threads_warn_once() -> None:
    from adplatforms.ttd.graphql.refused import Dropped

    dropped, new = Dropped(), []
    names = [("Campaign", "site_url")]
    threads = [threading.Thread(target=lambda: new.append(dropped.add(names, "no"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(len, new)) == [0] * 7 + [1]


def test_a_mutation_is_sent_again_only_where_nothing_was_executed(offline: Offline) -> None:
    flight = {"id": 7, "campaign": {"id": "c1"}}
    error = {"message": 'Cannot query field "isCurrent" on type "CampaignFlight".', "extensions": VALIDATION}
    done = {"data": {"campaignFlightCreate": {"data": flight, "userErrors": []}}}
    ttd = offline({"errors": [error]}, done)
    new = ttd.new(
        "campaign_flight", campaign_id="c1", start_date_inclusive_utc="2027-01-01", budget_in_advertiser_currency=5
    )
    with pytest.warns(PartialResultWarning, match=r"CampaignFlight\.is_current"):
        new.save()
    assert new.id == 7
    unauthorized = {"message": "`isCurrent`", "extensions": {"code": "UNAUTHORIZED_FIELD_OR_TYPE"}, "path": ["x"]}
    ttd = offline({"data": None, "errors": [unauthorized]})
    again = ttd.new(
        "campaign_flight", campaign_id="c1", start_date_inclusive_utc="2027-01-01", budget_in_advertiser_currency=5
    )
    with pytest.raises(APIError, match=r"refuses CampaignFlight\.is_current"):
        again.save()
    assert len(calls(ttd)) == 1


# bulk jobs


def refused_job(**error: Any) -> dict[str, Any]:
    return {"payload": {"data": None, "errors": [error]}, "errors": None}


STARTED = {"payload": {"data": {"id": 8, "status": "Queued"}, "errors": None}, "errors": None}
ROWS = {"data": {"campaigns": {"nodes": [{"id": "c1", "name": "x"}]}}}


@pytest.mark.parametrize(
    "error",
    [
        {"message": 'Cannot query field "siteUrl" on type "Campaign".'},
        {"message": None, "additionalData": {"queryErrors": 'Cannot query field "siteUrl" on type "Campaign".'}},
        {"message": "Invalid query", "queryErrors": ['["Cannot query field \\"siteUrl\\" on type \\"Campaign\\"."]']},
    ],
)
def test_a_bulk_job_is_submitted_without_what_is_refused(offline: Offline, error: dict[str, Any]) -> None:
    done = {"job": {"id": 8, "status": "Success", "rawResult": json.dumps(ROWS)}}
    ttd = offline(refused_job(**error), STARTED, done)
    with pytest.warns(PartialResultWarning, match=r"refuses Campaign\.site_url"):
        job = ttd.campaigns.bulk()
    assert [campaign.id for campaign in job.result(poll=(0, 0))] == ["c1"]
    assert ["siteUrl" in str(call.json) for call in calls(ttd)[:2]] == [True, False]


def test_a_bulk_job_that_fails_over_a_field_is_submitted_again(offline: Offline) -> None:
    failed = {
        "job": {"id": 8, "status": "Failure", "queryGqlErrors": ['Cannot query field "siteUrl" on type "Campaign".']}
    }
    again = {"payload": {"data": {"id": 9, "status": "Queued"}, "errors": None}, "errors": None}
    done = {"job": {"id": 9, "status": "Success", "rawResult": json.dumps(ROWS)}}
    ttd = offline(STARTED, failed, again, done)
    job = ttd.campaigns.bulk()
    with pytest.warns(PartialResultWarning, match=r"refuses Campaign\.site_url"):
        assert [campaign.id for campaign in job.result(poll=(0, 0))] == ["c1"]
    assert job.id == "9"
