"""Edits that reach the wire, or say that they do not: related records, goals, labels, archives, fields elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import (
    AmbiguousWrite,
    ClientError,
    InvalidValueError,
    NotLoaded,
    UnknownFieldError,
    UnknownNameError,
    UnsentValueWarning,
    ValidationError,
)
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.sandbox import Sandbox
from adplatforms.ttd import TTD

Offline = Callable[..., TTD]


def known(ttd: TTD) -> Any:
    return ttd.get("campaigns", "cmp0012")


def test_a_save_tells_what_a_flight_has_pending_and_does_not_lose_it(fresh_ttd: TTD) -> None:
    campaign = fresh_ttd.get("campaigns", "cmp0012")
    flight = campaign.flights[0]
    flight.budget_in_advertiser_currency = 2000
    campaign.description = "new"
    with pytest.warns(UnsentValueWarning, match="campaign flight 900022 has unsaved changes of budget_in_"):
        assert list(campaign.save()) == ["description"]
    assert campaign.flights[0] is flight
    assert list(flight.changes()) == ["budget_in_advertiser_currency"]
    with pytest.warns(UnsentValueWarning, match="flight 900022"):
        assert campaign.save() == {}
    with pytest.warns(UnsentValueWarning, match="flight 900022"):
        campaign.save(refresh=True)
    campaign.flights[0].save()
    assert fresh_ttd.get("campaigns", "cmp0012").flights[0].budget_in_advertiser_currency == 2000


def test_nothing_is_told_of_related_records_without_changes(fresh_ttd: TTD, recwarn: pytest.WarningsRecorder) -> None:
    campaign = fresh_ttd.get("campaigns", "cmp0012")
    assert campaign.flights
    assert campaign.advertiser
    campaign.description = "new"
    campaign.save()
    assert not recwarn.list


def test_goals_are_removed_the_tertiary_before_the_secondary(fresh_sandbox: Sandbox) -> None:
    ttd = fresh_sandbox.ttd()
    campaign = ttd.get("campaigns", "cmp0012")
    campaign.secondary_goal, campaign.tertiary_goal = {"ctr_in_percent": 1}, {"vcr_in_percent": 50}
    campaign.save()
    with pytest.raises(ValidationError, match="the tertiary goal has to be removed first"):
        campaign.remove_goal("secondary")
    campaign.name = "unsaved"
    fresh_sandbox.calls.clear()
    campaign.remove_goal(["secondary", "tertiary"])
    assert [call.json["dataBody"] for call in fresh_sandbox.calls] == [
        '{"CampaignId": "cmp0012", "TertiaryGoal": null}',
        '{"CampaignId": "cmp0012", "SecondaryGoal": null}',
    ]
    assert (campaign.secondary_goal, campaign.tertiary_goal, list(campaign.changes())) == (None, None, ["name"])
    read = ttd.using(route="rest").get("campaigns", "cmp0012")
    assert (read.secondary_goal, read.tertiary_goal) == (None, None)


@pytest.mark.parametrize("goals", [(), "primary", ("tertiary", "first")])
def test_other_goals_cannot_be_removed(offline: Offline, goals: Any) -> None:
    ttd = offline()
    with pytest.raises(ClientError, match="a campaign cannot lose its"):
        ttd.reference("campaigns", "c1").remove_goal(goals)
    assert ttd.transport.calls == []


def test_labels_of_a_campaign_are_replaced(fresh_ttd: TTD) -> None:
    campaign = fresh_ttd.get("campaigns", "cmp0012")
    campaign.set_labels(["Spring", "Summer"])
    by_rest = fresh_ttd.using(route="rest")
    named = [{"CustomLabelName": "Spring"}, {"CustomLabelName": "Summer"}]
    assert by_rest.get("campaigns", "cmp0012").rest_labels == named
    campaign.set_labels([])
    assert by_rest.get("campaigns", "cmp0012").rest_labels == []
    with pytest.raises(ClientError, match="a list of names"):
        campaign.set_labels("Spring")
    with pytest.raises(ClientError, match="has no id yet"):
        fresh_ttd.new("campaign", name="x").set_labels([])


@pytest.mark.parametrize(
    ("set_it", "error", "told"),
    [
        (lambda ttd: ttd.new("ad_group", flights=[]), InvalidValueError, "set flight_budgets"),
        (
            lambda ttd: setattr(ttd.get("campaigns", "cmp0012"), "budget", {}),
            UnknownFieldError,
            r"campaign\.flights\[0\]",
        ),
        (lambda ttd: ttd.new("campaign", flights=[]), InvalidValueError, "takes initial_flights"),
        (
            lambda ttd: setattr(ttd.get("campaigns", "cmp0012"), "secondary_goal", None),
            InvalidValueError,
            "remove_goal",
        ),
        (lambda ttd: setattr(known(ttd), "custom_label_names", ["x"]), UnknownFieldError, "set_labels"),
    ],
)
def test_what_is_set_elsewhere_says_where(ttd: TTD, set_it: Any, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        set_it(ttd)


def test_a_field_of_another_surface_is_loaded_from_there(fresh_sandbox: Sandbox) -> None:
    ttd = fresh_sandbox.ttd()
    group = ttd.get("ad_groups", "adg0111")
    with pytest.raises(NotLoaded, match=r'or here load\("creative_ids"\)'):
        _ = group.creative_ids
    campaign, group.description = group.campaign, "unsaved"
    fresh_sandbox.calls.clear()
    expected = ttd.using(route="rest").get("ad_groups", "adg0111").creative_ids
    assert group.load(["creative_ids", "name"]).creative_ids == expected
    assert [call.path for call in fresh_sandbox.calls] == ["/ttd/workflows/restrequest"] * 2
    assert (list(group.changes()), group.campaign is campaign) == (["description"], True)
    assert group.goal is not None
    by_rest = ttd.using(route="rest").get("ad_groups", "adg0111")
    assert by_rest.load("market_type").market_type == group.market_type
    with pytest.raises(ClientError, match="no surface shows contract_targeting"):
        group.load("contract_targeting")
    with pytest.raises(UnknownNameError, match="did you mean 'creative_ids'"):
        group.load("creativeids")


def test_audiences_come_with_their_data_groups(ttd: TTD) -> None:
    assert ttd.get("audiences", "aud0001").included_data_group_ids == ["dgr0001"]
    mine = list(ttd.audiences.where(advertiser_id="adv0001"))
    assert all(audience.included_data_group_ids for audience in mine)
    assert {audience.id for audience in mine} <= {audience.id for audience in ttd.audiences}
    assert [each.included_data_group_ids for each in ttd.audiences.where(id=["aud0001"])] == [["dgr0001"]]


def test_several_are_archived_by_their_ids(fresh_ttd: TTD) -> None:
    fresh_ttd.archive_all(["cmp0012", "cmp0012", "cmp0023"])
    fresh_ttd.archive_all(["adg0001"], kind="ad_groups")
    assert fresh_ttd.get("campaigns", "cmp0023").is_archived
    assert fresh_ttd.get("ad_groups", "adg0001").is_archived
    with pytest.raises(ClientError, match="archives no creatives"):
        fresh_ttd.archive_all(["crt0001"], kind="creatives")


def test_what_an_answer_does_not_confirm_is_looked_up(offline: Offline) -> None:
    """The confirmed ones are archived whatever becomes of the others."""

    def answer(request: Request) -> Answer:
        if request.path == "campaign/archive":
            return reply(["c1"])
        nodes = [{"id": "c2", "isArchived": True}, {"id": "c3", "isArchived": False}]
        return reply({"data": {"campaigns": {"nodes": nodes, "pageInfo": {"hasNextPage": False, "endCursor": None}}}})

    ttd = offline(retry=2)
    ttd.transport = FakeTransport(answer)
    campaigns = [ttd.reference("campaigns", f"c{number}") for number in (1, 2, 3)]
    with pytest.raises(AmbiguousWrite, match="does not tell that campaign c3 was archived"):
        ttd.archive_all(campaigns)
    assert [EntityOf(campaign) for campaign in campaigns] == [True, True, None]


def EntityOf(campaign: Any) -> Any:
    """Whether a campaign is known to be archived; None where that is not known."""
    try:
        return campaign.is_archived
    except NotLoaded:
        return None


def test_without_retries_nothing_is_looked_up(offline: Offline) -> None:
    ttd = offline(["c1"])
    with pytest.raises(AmbiguousWrite, match="does not tell that campaign c2 was archived"):
        ttd.archive_all(["c1", "c2"])
    assert len(ttd.transport.calls) == 1


def test_a_job_of_one_kind_is_not_read_as_one_of_the_other(fresh_ttd: TTD) -> None:
    campaign = fresh_ttd.get("campaigns", "cmp0012")
    campaign.description = "by job"
    job = fresh_ttd.submit([campaign])
    job.result(poll=(0.01, 0.01))
    with pytest.raises(ClientError, match=r"did not save ad_groups \(ttd.job\(.*'campaigns'\)"):
        fresh_ttd.job(job.id, "ad_groups").result()


def test_a_bulk_query_that_is_found_again_yields_entities(fresh_ttd: TTD) -> None:
    query = fresh_ttd.campaigns.where(advertiser_id="adv0001")
    job = query.bulk()
    found = fresh_ttd.job(job.id, "graphql", query=query).result(poll=(0.01, 0.01))
    assert [campaign.id for campaign in found] == [campaign.id for campaign in query]
    with pytest.raises(ClientError, match="has no query"):
        fresh_ttd.job(1, "clone", query=query)


def test_an_error_has_headers_status_code_and_the_body_whatever_its_type(offline: Offline) -> None:
    answer = reply("<h1>Busy</h1>", status=503, Content_Type="text/html", X_Trace="7", Set_Cookie="a=b")
    with pytest.raises(Exception, match="Busy") as caught:
        offline(answer).get("campaigns", "c1")
    error: Any = caught.value
    assert (error.status_code, error.body, error.headers["x-trace"]) == (503, "<h1>Busy</h1>", "7")
    assert "set-cookie" not in error.headers


def test_json_is_asked_for_and_the_sdks_variable_switches_the_log_on(
    fresh_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WORKFLOWS_DEBUG", "1")
    ttd = fresh_sandbox.ttd()
    ttd.get("campaigns", "cmp0012")
    assert ttd.connection.transport.session.headers["Accept"] == "application/json"
    assert ttd.options.debug_logger is not None
    assert "demo-token" not in capsys.readouterr().err


@pytest.mark.parametrize("route", ["graphql", "graphql-direct"])
def test_bid_lists_are_added_and_removed_without_the_whole_list(fresh_sandbox: Sandbox, route: str) -> None:
    ttd = fresh_sandbox.ttd(route=route)
    lists = [each.id for each in ttd.using(route="rest").bid_lists.within(advertiser="adv0001")]
    group = ttd.get("ad_groups", "adg0111")
    before = {tie.bid_list_id for tie in group.load("associated_bid_lists").associated_bid_lists}
    group.description = "unsaved"
    group.associate_bid_lists(add=lists[1:3])
    with pytest.raises(NotLoaded, match="associated_bid_lists is not loaded"):
        _ = group.associated_bid_lists
    ties = {tie.bid_list_id: tie.is_enabled for tie in group.load("associated_bid_lists").associated_bid_lists}
    assert ties == dict.fromkeys(before | set(lists[1:3]), True)
    group.associate_bid_lists(add=ttd.reference("bid_lists", lists[1]), remove=[lists[2]], enabled=False)
    ties = {tie.bid_list_id: tie.is_enabled for tie in group.load("associated_bid_lists").associated_bid_lists}
    assert ties == {**dict.fromkeys(before, True), lists[1]: False}
    assert list(group.changes()) == ["description"]


def test_what_is_sent_for_bid_lists(offline: Offline) -> None:
    ttd = offline({"data": {"campaignAssociateBidList": {"data": {"id": "c1"}, "userErrors": []}}})
    ttd.reference("campaigns", "c1").associate_bid_lists(add="7", remove="8", default=True)
    (request,) = ttd.transport.calls
    assert request.writes
    assert request.json["request"] == (
        'mutation { campaignAssociateBidList(input: {campaignId: "c1", bidListsToAddOrUpdate: [{bidListId: "7", '
        'isDefault: true, isEnabled: true}], bidListIdsToRemove: ["8"]}) { data { id } userErrors { field message } } }'
    )


@pytest.mark.parametrize("given", [{}, {"add": [], "remove": []}, {"add": "7", "remove": ["8", "7"]}])
def test_bid_lists_that_make_no_sense_are_refused(offline: Offline, given: dict[str, Any]) -> None:
    ttd = offline()
    with pytest.raises(ClientError, match=r"no bid list to add or remove|bid list 7 is to be added and removed"):
        ttd.reference("ad_groups", "g1").associate_bid_lists(**given)
    assert ttd.transport.calls == []


def test_a_refused_association_and_one_of_another_record_are_errors(offline: Offline) -> None:
    refused = {"data": None, "userErrors": [{"field": ["bidListIdsToRemove"], "message": "is not associated"}]}
    with pytest.raises(ValidationError, match="is not associated"):
        offline({"data": {"adGroupAssociateBidList": refused}}).reference("ad_groups", "g1").associate_bid_lists("7")
    other = {"data": {"id": "g2"}, "userErrors": []}
    with pytest.raises(AmbiguousWrite, match="another record"):
        offline({"data": {"adGroupAssociateBidList": other}}).reference("ad_groups", "g1").associate_bid_lists("7")
