"""Reading by REST v3: the calls a query becomes, pages by index, records in the canonical form."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, MovedListingWarning, NotFoundError, UnavailableError, UnknownNameError
from adplatforms.core.testing import FakeTransport, assert_calls, reply
from adplatforms.net.retry import Retry
from adplatforms.sandbox import Sandbox
from adplatforms.ttd import TTD, known
from adplatforms.ttd.entities import Advertiser, Campaign

Offline = Callable[..., TTD]


def result(*records: Any, total: int | None = None) -> dict[str, Any]:
    """A page of a query endpoint; without a total where none is given."""
    totals = {} if total is None else {"TotalFilteredCount": total, "TotalUnfilteredCount": total}
    return {"Result": list(records), "ResultCount": len(records), **totals}


def campaigns(start: int, stop: int) -> list[dict[str, Any]]:
    return [{"CampaignId": f"c{number}", "CampaignName": "x"} for number in range(start, stop)]


def bodies(ttd: TTD) -> list[dict[str, Any]]:
    return [request.json for request in ttd.transport.calls]


@pytest.fixture
def rest(offline: Offline) -> Callable[..., TTD]:
    """Makes a session that reads by REST at its own host."""
    return lambda *script, **options: offline(*script, route="rest-direct", **options)


def test_a_listing_asks_the_query_endpoint_of_the_parent(rest: Callable[..., TTD]) -> None:
    ttd = rest(result(*campaigns(0, 1), total=1))
    (campaign,) = ttd.campaigns.within(advertiser="a1")
    (request,) = ttd.transport.calls
    assert (request.method, request.path) == ("POST", "campaign/query/advertiser")
    assert request.server == "https://api.thetradedesk.com/v3"
    assert request.json == {
        "AdvertiserId": "a1",
        "PageStartIndex": 0,
        "PageSize": 100,
        "Availabilities": ["Available", "Archived"],
    }
    assert not request.writes
    assert (campaign.id, campaign.advertiser_id) == ("c0", "a1")


def test_through_workflows_the_same_call_is_wrapped(offline: Offline) -> None:
    ttd = offline(result(total=0), route="rest")
    list(ttd.campaigns.within(advertiser="a1"))
    (request,) = ttd.transport.calls
    assert request.path == "restrequest"
    assert request.json["methodType"] == "POST"
    assert request.json["endpoint"] == "campaign/query/advertiser"
    assert '"AdvertiserId": "a1"' in request.json["dataBody"]
    assert not request.writes


def test_pages_go_on_by_what_came(rest: Callable[..., TTD]) -> None:
    """A server that cuts pages shorter than asked loses no row."""
    ttd = rest(result(*campaigns(0, 3), total=7), result(*campaigns(3, 6), total=7), result(*campaigns(6, 7), total=7))
    found = [c.id for c in ttd.campaigns.within(advertiser="a1").page_size(5).prefetch(1)]
    assert found == [f"c{number}" for number in range(7)]
    assert [body["PageStartIndex"] for body in bodies(ttd)] == [0, 3, 6]


def test_without_a_total_a_short_page_is_the_last(rest: Callable[..., TTD]) -> None:
    ttd = rest(result(*campaigns(0, 2)), result(*campaigns(2, 4)), result(*campaigns(4, 5)))
    assert len(list(ttd.campaigns.within(advertiser="a1").page_size(2))) == 5


def test_count_asks_for_no_rows(rest: Callable[..., TTD]) -> None:
    ttd = rest(result(total=4711))
    assert ttd.campaigns.within(advertiser="a1").count() == 4711
    assert bodies(ttd)[0]["PageSize"] == 0


def test_names_are_searched_for_and_checked_again(rest: Callable[..., TTD]) -> None:
    records = [{"CampaignId": "c1", "CampaignName": "Spring"}, {"CampaignId": "c2", "Description": "Spring"}]
    ttd = rest(result(*records, {"CampaignId": "c3", "CampaignName": "Spring 2"}, total=3))
    with pytest.raises(Exception, match="not loaded"):
        list(ttd.campaigns.within(advertiser="a1").where(name="Spring"))
    assert bodies(ttd)[0]["SearchTerms"] == ["Spring"]
    ttd = rest(result(records[0], {"CampaignId": "c3", "CampaignName": "Spring 2"}, total=2))
    assert [c.id for c in ttd.campaigns.within(advertiser="a1").where(name="Spring")] == ["c1"]


def test_patterns_are_searched_for_where_case_is_known_not_to_matter(
    rest: Callable[..., TTD], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = rest().campaigns.within(advertiser="a1").where(Campaign.name.like("*spring*"))
    assert "SearchTerms" not in query.plan().first.json
    monkeypatch.setattr(known, "CONTAINS_IGNORES_CASE", True)
    plan = query.plan()
    assert plan.first.json["SearchTerms"] == ["spring"]
    assert len(plan.rechecked) == 1


@pytest.mark.parametrize(("archived", "told"), [(True, ["Archived"]), (False, ["Available"])])
def test_archived_ones_are_asked_for_by_availability(rest: Callable[..., TTD], archived: bool, told: list[str]) -> None:
    plan = rest().campaigns.within(advertiser="a1").where(is_archived=archived).plan()
    assert plan.first.json["Availabilities"] == told
    assert not plan.here


def test_a_sort_ends_on_the_id(rest: Callable[..., TTD]) -> None:
    plan = rest().campaigns.within(advertiser="a1").order_by("-start_date").plan()
    assert plan.first.json["SortFields"] == [
        {"FieldId": "StartDate", "Ascending": False},
        {"FieldId": "CampaignId", "Ascending": True},
    ]
    with pytest.raises(ClientError, match="does not sort by total_ad_group_count"):
        rest().campaigns.within(advertiser="a1").order_by("total_ad_group_count").plan()


def test_templates_are_listed_apart(ttd: TTD) -> None:
    by_rest = ttd.using(route="rest")
    plan = by_rest.campaigns.within(advertiser="adv0001").plan()
    assert "REST leaves templates out: where(is_template=True) lists them" in plan.notes
    templates = {c.id for c in by_rest.campaigns.within(advertiser="adv0001").where(is_template=True)}
    assert templates == {c.id for c in ttd.campaigns.where(advertiser_id="adv0001", is_template=True)}
    assert templates
    with pytest.raises(ClientError, match="templates by campaign only"):
        by_rest.ad_groups.within(advertiser="adv0001").where(is_template=True).plan()


def test_a_listing_without_a_parent_says_which_there_are(rest: Callable[..., TTD]) -> None:
    with pytest.raises(ClientError, match=r'ad_groups of a parent only.*"campaign": id.*"advertiser": id'):
        rest().ad_groups.plan()
    with pytest.raises(
        ClientError, match=r'bid_lists of a parent only.*"advertiser": .*"campaign": .*"ad_group": .*"partner": '
    ):
        rest().bid_lists.plan()


def test_explain_tells_what_is_on_its_way_out(rest: Callable[..., TTD]) -> None:
    told = str(rest().ad_groups.within(campaign="c1").explain())
    assert told.startswith("REST POST adgroup/query/campaign  (pages of 100")
    assert "the vendor's documents call POST adgroup/query/campaign DEPRECATED" in told
    assert "vendor" not in str(rest().creatives.within(advertiser="a1").explain())


def test_a_misspelt_type_to_have_whole_is_refused(ttd: TTD) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'campaign'"):
        ttd.campaigns.full("campain").plan()
    assert ttd.campaigns.full().plan().first.json == ttd.campaigns.full("campaign").plan().first.json


def test_bid_lists_are_listed_by_whom_they_are_available_to(sandbox: Sandbox, ttd: TTD) -> None:
    group = ttd.ad_groups.where(advertiser_id="adv0001").first()
    assert group is not None
    for word, parent_id in {"advertiser": "adv0001", "partner": "prt0001", "ad_group": group.id}.items():
        lists = list(ttd.using(route="rest-direct").bid_lists.within({word: parent_id}))
        assert sandbox.calls[-1].path == f"/ttd/v3/bidlistsummary/query/{word.replace('_', '')}/available"
        assert all(each.name for each in lists)


def test_several_parents_are_read_one_after_the_other(ttd: TTD) -> None:
    query = ttd.using(route="rest").campaigns.where(advertiser_id=["adv0001", "adv0002"], is_template=False)
    found = [campaign.advertiser_id for campaign in query.page_size(1000)]
    assert set(found) == {"adv0001", "adv0002"}
    assert found == sorted(found)


def test_several_listings_are_no_sorted_one(ttd: TTD) -> None:
    for route in ("rest", "graphql"):
        session = ttd.using(route=route)
        with pytest.raises(ClientError, match=r"sort|order"):
            session.campaigns.where(advertiser_id=["adv0001", "adv0002"]).order_by("name").plan()
        with pytest.raises(ClientError, match=r"sort|order"):
            session.ad_groups.where(campaign_id=["cmp0001", "cmp0002"]).order_by("name").plan()


@pytest.mark.parametrize("route", ["rest", "graphql"])
def test_a_classic_get_brings_one_page_of_several_listings_too(ttd: TTD, route: str) -> None:
    session = ttd.using(route=route)
    ids = ["cmp0001", "cmp0012", "cmp0023"]
    found = list(session.get("ad_groups", limit={"campaign": ids}, get_all=True))
    assert [g.id for g in session.get("ad_groups", limit={"campaign": ids}, page_limit=8)] == [g.id for g in found][:8]
    assert list(session.get("ad_groups", limit={"campaign": []})) == []


def test_ids_are_one_call_each_and_unknown_ones_are_left_out(ttd: TTD) -> None:
    by_rest = ttd.using(route="rest")
    with assert_calls(by_rest, 3):
        found = list(by_rest.campaigns.where(id=["cmp0001", "nothing", "cmp0002"]))
    assert [campaign.id for campaign in found] == ["cmp0001", "cmp0002"]
    plan = by_rest.campaigns.where(id=["cmp0001", "cmp0002"]).prefetch(1).plan()
    assert (plan.ahead, plan.local, plan.most_calls) == (1, (), 2)
    with pytest.raises(NotFoundError, match="no Campaign 'nothing'"):
        by_rest.get("campaigns", "nothing")


def test_an_id_cannot_leave_its_place_in_the_path(rest: Callable[..., TTD]) -> None:
    ttd = rest({"CampaignId": "../x"})
    ttd.get("campaigns", "../x")
    assert ttd.transport.calls[0].path == "campaign/..%2Fx"


def test_a_listing_is_resumed_where_it_ended(ttd: TTD) -> None:
    for route in ("rest", "graphql"):
        query = ttd.using(route=route).campaigns.where(advertiser_id="adv0001", is_template=False).page_size(30)
        pages = iter(query.pages())
        first = next(pages)
        everything = [c.id for page in query.pages() for c in page]
        assert [c.id for c in first] + [c.id for c in query.resume(first.token)] == everything
    with pytest.raises(ClientError, match="cannot be resumed"):
        ttd.campaigns.where(advertiser_id=["a", "b"], name="x").resume("t").plan()


@pytest.mark.parametrize("route", ["rest-direct", "graphql-direct"])
def test_a_page_the_server_chokes_on_is_read_in_smaller_ones(fresh_sandbox: Sandbox, route: str) -> None:
    ttd: Any = fresh_sandbox.ttd(route=route, retry=Retry(attempts=2, sleep=lambda seconds: None))
    query = ttd.campaigns.where(advertiser_id="adv0001", is_template=False)
    wanted = sorted(c.id for c in query)
    send = ttd.transport.send

    def choking(request: Any) -> Any:
        body = request.json or {}
        if max(body.get("PageSize") or 0, (body.get("variables") or {}).get("first", 0)) > 30:
            return replace(reply("too slow", "text/plain", 503), request=request)
        return send(request)

    ttd.transport.send = choking
    assert sorted(c.id for c in query.page_size(100)) == wanted


def choking(total: int, most: int, tells_total: bool = True) -> Callable[[Any], Any]:
    """A server with so many campaigns, which fails on pages of more than `most` rows."""

    def answer(request: Any) -> Any:
        start, size = request.json["PageStartIndex"], request.json["PageSize"]
        if size > most:
            return reply("too slow", "text/plain", 503)
        rows = campaigns(start, min(total, start + size))
        return reply(result(*rows, total=total if tells_total else None))

    return answer


PATIENT = Retry(attempts=2, sleep=lambda seconds: None)


@pytest.mark.parametrize("size", [26, 51, 100, 101])
@pytest.mark.parametrize("tells_total", [True, False])
def test_a_page_of_any_size_that_rest_chokes_on_is_read_whole(offline: Offline, size: int, tells_total: bool) -> None:
    """Odd sizes too: no row is left out between two halves, and none comes twice."""
    transport = FakeTransport(choking(260, 25, tells_total))
    ttd = offline(transport=transport, route="rest-direct", retry=PATIENT)
    query = ttd.campaigns.within(advertiser="a1").page_size(size).prefetch(1)
    pages = list(query.pages())
    assert [campaign.id for page in pages for campaign in page] == [f"c{number}" for number in range(260)]
    assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
    assert [page.token for page in pages[:2]] == [str(size), str(2 * size)]
    assert [c.id for c in query.resume(pages[0].token)] == [f"c{number}" for number in range(size, 260)]


def test_what_a_page_of_rest_tells_beside_its_rows_stays_where_it_came_in_parts(offline: Offline) -> None:
    ttd = offline(transport=FakeTransport(choking(260, 30)), route="rest-direct", retry=PATIENT)
    page = ttd.fetch_page(ttd.campaigns.within(advertiser="a1").page_size(51).skip(40).plan().first)
    assert [row["id"] for row in page.rows] == [f"c{number}" for number in range(40, 91)]
    assert (page.total, page.next) == (260, None)


def test_the_smallest_page_that_rest_chokes_on_is_an_error(offline: Offline) -> None:
    ttd = offline(transport=FakeTransport(choking(260, 12)), route="rest-direct", retry=PATIENT)
    with pytest.raises(UnavailableError, match="too slow"):
        list(ttd.campaigns.within(advertiser="a1").prefetch(1))
    assert [body["PageSize"] for body in bodies(ttd)] == [100, 100, 50, 50, 25, 25]


@pytest.mark.parametrize("gone", [3, 24, 25, 60, 119], ids=lambda row: f"row {row}")
@pytest.mark.parametrize("ahead", [1, 2])
def test_a_row_that_disappears_meanwhile_takes_no_other_with_it(offline: Offline, gone: int, ahead: int) -> None:
    """Whether it was read before or comes later: all others are there once."""
    rows, lost = campaigns(0, 120), f"c{gone}"

    def shrinking(request: Any) -> Any:
        start, size = request.json["PageStartIndex"], request.json["PageSize"]
        if start >= 25:
            rows[:] = [row for row in rows if row["CampaignId"] != lost]
        return reply(result(*rows[start : start + size], total=len(rows)))

    ttd = offline(transport=FakeTransport(shrinking), route="rest-direct")
    with pytest.warns(MovedListingWarning, match="changed while it was read"):
        found = [c.id for c in ttd.campaigns.within(advertiser="a1").page_size(25).prefetch(ahead)]
    assert [each for each in found if each != lost] == [f"c{number}" for number in range(120) if number != gone]
    assert len(found) == len(set(found))
    assert (lost in found) == (gone < 25)


@pytest.mark.parametrize("status", [501, 505])
def test_what_the_trade_desk_does_not_offer_is_asked_for_once(offline: Offline, status: int) -> None:
    for route in ("rest-direct", "graphql-direct"):
        ttd = offline(reply({"Message": "Not implemented"}, status=status), route=route, retry=Retry(sleep=print))
        with pytest.raises(UnavailableError, match="Not implemented"):
            ttd.get("campaigns", "c1")
        assert len(ttd.transport.calls) == 1


def test_ids_are_not_compared_again_and_all_else_is(rest: Callable[..., TTD]) -> None:
    plan = rest().campaigns.where(id=["a", "b"], name="x").prefetch(1).plan()
    assert [str(condition) for condition in (*plan.pushed, *plan.local)] == ["id in ['a', 'b']", "name == 'x'"]
    assert (len(plan.pushed), plan.ahead, plan.most_calls) == (1, 1, 2)


@pytest.mark.parametrize("collection", ["campaigns", "ad_groups"])
def test_a_list_of_ids_is_not_resumed(rest: Callable[..., TTD], collection: str) -> None:
    with pytest.raises(ClientError, match=r"sorts and resumes one list.*sorted\(\)"):
        rest().query(collection).where(id=["a", "b"]).resume("1").plan()


def test_a_token_that_is_a_number_of_another_kind_is_refused(rest: Callable[..., TTD]) -> None:
    for token in ("-1", "1.5", "1" * 19, "x"):
        with pytest.raises(ClientError, match="is not a token of a REST listing"):
            rest().campaigns.within(advertiser="a1").resume(token).plan()


def test_a_refreshed_record_may_be_archived(rest: Callable[..., TTD]) -> None:
    """It is asked for by its id, which no availability hides; listings ask for archived ones too."""
    ttd = rest(result({"CampaignId": "c1", "Availability": "Archived"}, total=1), {"CampaignId": "c1"})
    (campaign,) = ttd.campaigns.within(advertiser="a1")
    assert campaign.is_archived is True
    campaign.refresh()
    listed, refreshed = ttd.transport.calls
    assert listed.json["Availabilities"] == ["Available", "Archived"]
    assert (refreshed.method, refreshed.path, refreshed.json) == ("GET", "campaign/c1", None)


@pytest.mark.parametrize("size", [2, 100])
def test_rows_that_are_compared_here_are_looked_for_to_the_end(offline: Offline, size: int) -> None:
    """The rows that are wanted, not the rows that were read, are what `take` and `skip` count."""

    def answer(request: Any) -> Any:
        start, size = request.json["PageStartIndex"], request.json["PageSize"]
        rows = [{"CampaignId": f"c{n}", "Description": "x" if n % 3 else "yes"} for n in range(20)]
        return reply(result(*rows[start : start + size], total=20))

    ttd = offline(transport=FakeTransport(answer), route="rest-direct")
    query = ttd.campaigns.within(advertiser="a1").page_size(size).where(description="yes")
    assert [str(condition) for condition in query.plan().local] == ["description == 'yes'"]
    assert [c.id for c in query.take(3)] == ["c0", "c3", "c6"]
    assert [c.id for c in query.skip(2).take(3)] == ["c6", "c9", "c12"]
    assert query.count() == 7


def test_what_is_inside_a_record_that_is_not_there(rest: Callable[..., TTD]) -> None:
    """Of one parent it is an error, of several those that are there are read."""
    gone = reply({"Message": "There is no Campaign"}, status=404)
    with pytest.raises(NotFoundError, match="There is no Campaign"):
        list(rest(gone).campaign_flights.within(campaign="c1"))
    whole = {"CampaignId": "c2", "CampaignFlights": [{"CampaignFlightId": 7}]}
    found = list(rest(gone, whole).campaign_flights.within(campaign=["c1", "c2"]).prefetch(1))
    assert [(flight.id, flight.campaign_id) for flight in found] == [(7, "c2")]


def test_an_error_that_stays_is_raised(rest: Callable[..., TTD]) -> None:
    with pytest.raises(UnavailableError, match="HTTP 500, text/plain: down"):
        list(rest(reply("down", "text/plain", 500)).campaigns.within(advertiser="a1"))


# records


def test_records_take_the_canonical_form(rest: Callable[..., TTD]) -> None:
    record = {
        "AdGroupId": "g1",
        "CampaignId": "c1",
        "AdGroupName": "x",
        "ChannelId": "NativeVideo",
        "Availability": "Archived",
        "RTBAttributes": {
            "BaseBidCPM": {"Amount": 1.5, "CurrencyCode": "EUR"},
            "MaxBidCPM": None,
            "ROIGoal": {"CPAInAdvertiserCurrency": {"Amount": 20, "CurrencyCode": "EUR"}},
            "BudgetSettings": {"AdGroupFlights": [{"CampaignFlightId": 7, "BudgetInAdvertiserCurrency": 9.5}]},
        },
        "NewThing": 1,
    }
    group = rest(record).get("ad_groups", "g1")
    assert group.channel == "NativeVideo"
    assert group.is_archived is True
    assert group.base_bid_cpm_in_advertiser_currency == Decimal("1.5")
    assert group.max_bid_cpm_in_advertiser_currency is None
    assert group.roi_goal.cpa_in_advertiser_currency == Decimal(20)
    assert group.NewThing == 1
    (flight,) = group.flights
    assert (flight.id, flight.ad_group_id, flight.budget_in_advertiser_currency) == ("g1/7", "g1", Decimal("9.5"))


def test_a_null_on_the_way_is_a_null_and_an_absent_one_is_not_loaded(rest: Callable[..., TTD]) -> None:
    group = rest({"AdGroupId": "g1", "RTBAttributes": None}).get("ad_groups", "g1")
    assert group.base_bid_cpm_in_advertiser_currency is None
    assert "description" not in group.to_dict()


def test_what_rest_keeps_inside_a_campaign_needs_no_other_call(ttd: TTD) -> None:
    campaign = ttd.using(route="rest").get("campaigns", "cmp0001")
    with assert_calls(campaign.session, 0):
        assert [flight.campaign_id for flight in campaign.flights] == ["cmp0001"] * len(campaign.flights)
        assert campaign.flights


def test_relations_are_loaded_by_the_ids_that_records_know(ttd: TTD) -> None:
    by_rest = ttd.using(route="rest")
    with assert_calls(by_rest, 2):
        campaigns = list(by_rest.campaigns.within(advertiser="adv0001").include("advertiser").take(50))
        assert {campaign.advertiser.name for campaign in campaigns} == {"Alder & Ash"}
    with pytest.raises(ClientError, match=r'does not tell the creatives of ad_groups.*route="graphql"'):
        list(by_rest.ad_groups.within(advertiser="adv0001").include("creatives"))


def test_an_advertisers_children_of_rest_are_reachable(ttd: TTD) -> None:
    advertiser = ttd.get(Advertiser, "adv0001")
    for relation in ("audiences", "data_groups", "universal_pixels", "ip_targeting_lists", "creatives"):
        assert getattr(advertiser, relation), relation
    assert advertiser.partner.contracts
    assert advertiser.partner.contract_groups
    assert advertiser.partner.labels
