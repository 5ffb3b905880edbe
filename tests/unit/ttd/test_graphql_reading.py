"""Reading by GraphQL: the documents a query becomes, pages, filters, included relations, errors beside data."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import (
    APIError,
    AuthRequiredError,
    ClientError,
    NotFoundError,
    NotLoaded,
    PagingError,
    ParserException,
    PartialResultWarning,
    UnavailableError,
    UnknownNameError,
    ValidationError,
)
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import FakeTransport, assert_calls, reply
from adplatforms.net.retry import Retry
from adplatforms.sandbox import Sandbox
from adplatforms.ttd import TTD, known
from adplatforms.ttd.entities import AdGroup, Campaign
from adplatforms.ttd.errors import RejectedFieldError

Offline = Callable[..., TTD]


def page(field: str, *nodes: Any, after: str | None = None, **more: Any) -> dict[str, Any]:
    """An answer with one page of a root connection."""
    info = {"hasNextPage": after is not None, "endCursor": after}
    return {"data": {field: {"nodes": list(nodes), "pageInfo": info, **more}}}


def sent(ttd: TTD, place: int = -1) -> tuple[str, dict[str, Any]]:
    """The text and variables of a request."""
    body = ttd.transport.calls[place].json
    return body.get("request") or body["query"], body.get("variables", {})


# documents


def test_a_listing_is_one_document_with_the_declared_fields(offline: Offline) -> None:
    ttd = offline(page("campaigns", {"id": "c1", "name": "Spring", "advertiser": {"id": "a1"}}))
    (campaign,) = ttd.campaigns.where(advertiser_id="a1", is_archived=False)
    text, variables = sent(ttd)
    assert text.startswith("query($first: Int!, $after: String, $advertiserId: String!, $isArchived: Boolean!)")
    assert "where: {advertiserId: {eq: $advertiserId}, isArchived: {eq: $isArchived}}" in text
    assert variables == {"first": 100, "advertiserId": "a1", "isArchived": False}
    for part in ("advertiser { id }", "budget { currentOrUpComing total }", "pageInfo { hasNextPage endCursor }"):
        assert part in text
    assert "totalCount" not in text
    assert "secretKey" not in text
    assert (campaign.id, campaign.advertiser_id) == ("c1", "a1")


def test_the_direct_route_speaks_plain_graphql(offline: Offline) -> None:
    ttd = offline(page("partners"), route="graphql-direct")
    assert list(ttd.partners) == []
    (request,) = ttd.transport.calls
    assert (request.server, request.path) == ("https://api.thetradedesk.com", "graphql")
    assert set(request.json) == {"query", "variables"}


def test_reading_is_no_write(offline: Offline) -> None:
    """A POST that reads may be repeated like a GET."""
    ttd = offline(page("partners"), {"data": {"campaign": {"id": "c1"}}})
    list(ttd.partners)
    ttd.get("campaigns", "c1")
    assert [request.writes for request in ttd.transport.calls] == [False, False]


def test_pages_follow_the_cursor_to_the_end(offline: Offline) -> None:
    ttd = offline(
        page("campaigns", {"id": "c1"}, after="x"),
        page("campaigns", {"id": "c2"}, after="y"),
        page("campaigns", {"id": "c3"}),
    )
    assert [c.id for c in ttd.campaigns.page_size(1)] == ["c1", "c2", "c3"]
    assert [sent(ttd, place)[1].get("after") for place in range(3)] == [None, "x", "y"]


def test_a_page_that_lost_rows_meanwhile_does_not_end_the_listing(offline: Offline) -> None:
    """Only the cursor says where it ends: a short page does not, nor does an empty one."""
    ttd = offline(
        page("campaigns", {"id": "c1"}, {"id": "c2"}, after="x"),
        page("campaigns", {"id": "c4"}, after="y"),
        page("campaigns", after="z"),
        page("campaigns", {"id": "c7"}),
    )
    assert [c.id for c in ttd.campaigns.page_size(2)] == ["c1", "c2", "c4", "c7"]


def test_a_cursor_that_comes_twice_is_an_error(offline: Offline) -> None:
    ttd = offline(*(page("campaigns", {"id": f"c{number}"}, after="x") for number in range(3)))
    with pytest.raises(PagingError, match="twice"):
        list(ttd.campaigns)


def test_pages_are_of_1000_at_most(offline: Offline) -> None:
    with pytest.raises(ClientError, match="1000"):
        offline().campaigns.page_size(1001)


def test_take_asks_for_no_more_than_it_wants(offline: Offline) -> None:
    ttd = offline(page("campaigns", {"id": "c1"}, {"id": "c2"}, after="x"))
    assert len(list(ttd.campaigns.take(2))) == 2
    assert sent(ttd)[1]["first"] == 2


def test_count_asks_for_the_total_alone(offline: Offline) -> None:
    ttd = offline(page("campaigns", {"id": "c1"}, totalCount=4711))
    assert ttd.campaigns.where(advertiser_id="a1").count() == 4711
    text, variables = sent(ttd)
    assert "totalCount nodes { id }" in text
    assert "name" not in text
    assert variables["first"] == 1


def test_order_is_sent_in_the_documented_form(offline: Offline) -> None:
    ttd = offline(page("campaigns"))
    list(ttd.campaigns.order_by("-start_date", "name"))
    assert "order: [{startDate: DESC}, {name: ASC}]" in sent(ttd)[0]
    with pytest.raises(ClientError, match="does not order by marketplace_opt_out"):
        ttd.campaigns.order_by("marketplace_opt_out").plan()


# filters


def test_what_is_not_known_as_a_filter_is_applied_here(ttd: TTD) -> None:
    query = ttd.campaigns.where(Campaign.name.like("*2026*"), advertiser_id="adv0001")
    assert str(query.plan().local[0]) == "name ~ '*2026*'"
    assert str(query.plan().pushed[0]) == "advertiser_id == 'adv0001'"
    names = [c.name for c in query]
    everything = [c.name for c in ttd.campaigns.where(advertiser_id="adv0001")]
    assert names == [name for name in everything if name and "2026" in name]
    assert names


def test_a_known_but_wider_filter_is_checked_again(ttd: TTD) -> None:
    name = ttd.get("ad_groups", "adg0001").name
    query = ttd.ad_groups.where(name=name, advertiser_id="adv0001")
    assert [str(c) for c in query.plan().rechecked] == [f"name == {name!r}"]
    assert {group.name for group in query} == {name}


def test_a_weakly_sourced_filter_is_sent_when_it_is_trusted(offline: Offline, monkeypatch: pytest.MonkeyPatch) -> None:
    ttd = offline(page("campaigns", {"id": "c1", "name": "Spring"}, {"id": "c2", "name": "Spring 2"}))
    monkeypatch.setattr(known, "TRUSTED", {*known.TRUSTED, "I"})
    assert [c.id for c in ttd.campaigns.where(name="Spring")] == ["c1"]
    assert "name: {contains: $name}" in sent(ttd)[0]


def test_text_that_is_the_same_to_the_server_is_compared_again_here(offline: Offline) -> None:
    """The server may compare text by other rules of upper and lower case: its rows are checked, and its total is not
    taken for a count."""
    nodes = [{"id": "t1", "name": "Home page"}, {"id": "t2", "name": "home page"}]
    inside = {"nodes": nodes, "pageInfo": {"hasNextPage": False}, "totalCount": 2}
    ttd = offline(*[{"data": {"advertiser": {"trackingTags": inside}}}] * 2)
    query = ttd.tracking_tags.within(advertiser="a1").where(name="Home page")
    assert "where: {name: {eq: $name}}" in query.plan().first.json["request"]
    assert [str(condition) for condition in query.plan().rechecked] == ["name == 'Home page'"]
    assert [tag.id for tag in query] == ["t1"]
    assert query.count() == 1


def test_ids_that_the_server_filters_by_are_not_compared_again(offline: Offline) -> None:
    plan = offline().campaigns.where(id=["c1", "c2"], is_archived=False).plan()
    assert [str(condition) for condition in plan.pushed] == ["id in ['c1', 'c2']", "is_archived == False"]
    assert not plan.here


def test_two_lists_that_are_both_too_long_are_asked_for_in_all_pairs(offline: Offline) -> None:
    ids, owners = [f"g{number}" for number in range(150)], [f"a{number}" for number in range(150)]
    nodes = [{"id": "g7", "advertiser": {"id": "a7"}}], [], [], [{"id": "g120", "advertiser": {"id": "a120"}}]
    ttd = offline(*(page("adGroups", *each) for each in nodes))
    assert [g.id for g in ttd.ad_groups.where(id=ids, advertiser_id=owners).prefetch(1)] == ["g7", "g120"]
    asked = [sent(ttd, place)[1] for place in range(4)]
    pairs = [(len(each["id"]), len(each["advertiserId"])) for each in asked]
    assert sorted(pairs) == [(50, 50), (50, 100), (100, 50), (100, 100)]
    assert {(i, a) for each in asked for i in each["id"] for a in each["advertiserId"]} == {
        (i, a) for i in ids for a in owners
    }


@pytest.mark.parametrize("collection", ["campaigns", "tracking_tags"])
def test_several_documents_are_not_resumed_as_one(offline: Offline, collection: str) -> None:
    ids = [f"c{number}" for number in range(101)]
    with pytest.raises(ClientError, match="several listings cannot be resumed as one"):
        offline().query(collection).where(id=ids).resume("x").plan()


@pytest.mark.parametrize("size", [26, 51, 101])
def test_a_page_of_any_size_that_graphql_chokes_on_is_read_whole(offline: Offline, size: int) -> None:
    """Each page goes on where the one before it ended, whatever its size became."""

    def answer(request: Request) -> Answer:
        told = request.json["variables"]
        start, first = int(told.get("after") or 0), told["first"]
        if first > 25:
            return reply("too slow", "text/plain", 503)
        nodes = [{"id": f"c{number}"} for number in range(start, min(120, start + first))]
        end = start + first
        return reply(page("campaigns", *nodes, after=str(end) if end < 120 else None))

    ttd = offline(transport=FakeTransport(answer), retry=Retry(attempts=2, sleep=lambda seconds: None))
    assert [c.id for c in ttd.campaigns.page_size(size)] == [f"c{number}" for number in range(120)]


def test_parents_whose_children_the_server_chokes_on_are_read_whole_in_smaller_pages(ttd: TTD) -> None:
    query = ttd.ad_groups.where(campaign_id=["cmp0001", "cmp0012", "cmp0023"])
    wanted = sorted(group.id for group in query)
    session = ttd.using(retry=Retry(attempts=2, sleep=lambda seconds: None))
    send, sizes = ttd.transport.send, []

    def choking(request: Request) -> Answer:
        first = request.json["variables"]["first"]
        sizes.append(first)
        return reply("too slow", "text/plain", 503) if first > 26 else send(request)

    session.transport = FakeTransport(choking)
    found = [group.id for group in session.query(AdGroup).where(query.conditions[0]).page_size(51)]
    assert sorted(found) == wanted
    assert sizes[:3] == [51, 51, 25]


def test_patterns_are_pushed_where_case_is_known_not_to_matter(
    offline: Offline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "CONTAINS_IGNORES_CASE", True)
    ttd = offline(page("adGroups", {"id": "g1", "name": "SPRING video"}))
    assert [g.id for g in ttd.ad_groups.where(AdGroup.name.like("spring*video*"))] == ["g1"]
    assert sent(ttd)[1]["name"] == "spring"


def test_lists_of_ids_go_in_chunks(offline: Offline) -> None:
    ids = [f"c{number}" for number in range(250)]
    pages = [page("campaigns", *({"id": i} for i in ids[at : at + 100])) for at in (0, 100, 200)]
    ttd = offline(*pages)
    assert [c.id for c in ttd.campaigns.where(Campaign.id.in_(ids)).prefetch(1)] == ids
    assert [len(sent(ttd, place)[1]["id"]) for place in range(3)] == [100, 100, 50]
    assert "$id: [String!]!" in sent(ttd)[0]


def test_an_empty_list_of_ids_sends_nothing(offline: Offline) -> None:
    ttd = offline()
    assert list(ttd.campaigns.where(Campaign.id.in_([]))) == []
    assert ttd.transport.calls == []


def test_ids_without_a_filter_are_one_document_each(ttd: TTD) -> None:
    with assert_calls(ttd, 2):
        found = list(ttd.tracking_tags.where(id=["tag0001", "tag0002"]))
    assert [tag.id for tag in found] == ["tag0001", "tag0002"]


def test_an_id_that_does_not_exist_is_left_out_of_a_list_and_an_error_alone(ttd: TTD) -> None:
    assert [tag.id for tag in ttd.tracking_tags.where(id=["tag0001", "nothing"])] == ["tag0001"]
    with pytest.raises(NotFoundError, match="no tracking tag nothing"):
        ttd.get("tracking_tags", "nothing")


def test_children_are_listed_through_their_parent(offline: Offline) -> None:
    """Ad groups know no filter by campaign: ``campaign(id) { adGroups }``."""
    nodes = {"nodes": [{"id": "g1"}], "pageInfo": {"hasNextPage": True, "endCursor": "x"}}
    rest = {"nodes": [{"id": "g2"}], "pageInfo": {"hasNextPage": False}}
    ttd = offline({"data": {"campaign": {"adGroups": nodes}}}, {"data": {"campaign": {"adGroups": rest}}})
    groups = list(ttd.ad_groups.within(campaign="c1"))
    assert [group.id for group in groups] == ["g1", "g2"]
    assert [group.campaign_id for group in groups] == ["c1", "c1"]
    text, variables = sent(ttd)
    assert "campaign(id: $parent) { adGroups(first: $first, after: $after)" in text
    assert "$parent: ID!" in text
    assert variables == {"first": 100, "parent": "c1", "after": "x"}


def test_flights_are_found_by_id_inside_their_campaign(ttd: TTD) -> None:
    flights = list(ttd.campaign_flights.where(campaign_id="cmp0001"))
    plan = ttd.campaign_flights.where(campaign_id="cmp0001", id=flights[1].id).plan()
    assert "$id: [Long!]!" in plan.first.json["request"]
    assert [f.id for f in ttd.campaign_flights.where(campaign_id="cmp0001", id=flights[1].id)] == [flights[1].id]


def test_several_parents_go_in_one_document(ttd: TTD) -> None:
    """Campaigns are found by id, so that their ad groups need no document each."""
    query = ttd.ad_groups.where(campaign_id=["cmp0001", "cmp0012", "cmp0023"])
    with assert_calls(ttd, 1):
        groups = list(query)
    assert {group.campaign_id for group in groups} == {"cmp0001", "cmp0012", "cmp0023"}
    alone = [group for each in ("cmp0001", "cmp0012", "cmp0023") for group in ttd.ad_groups.within(campaign=each)]
    assert [group.to_dict() for group in groups] == [group.to_dict() for group in alone]


def test_a_parent_with_more_children_than_a_page_is_read_to_its_end(ttd: TTD) -> None:
    ids = ["cmp0001", "cmp0012", "cmp0023"]
    wanted = {group.id for each in ids for group in ttd.ad_groups.within(campaign=each)}
    found = [group.id for group in ttd.ad_groups.where(campaign_id=ids).page_size(4)]
    assert len(found) == len(set(found))
    assert set(found) == wanted


def test_parents_go_twenty_in_a_document(offline: Offline) -> None:
    ids = [f"c{number}" for number in range(45)]
    nodes = [{"id": "c1", "adGroups": {"nodes": [{"id": "g1"}, None], "pageInfo": {"hasNextPage": False}}}, None]
    ttd = offline(page("campaigns", *nodes), page("campaigns"), page("campaigns"))
    query = ttd.ad_groups.where(campaign_id=ids).prefetch(1)
    assert "one document for each 20 parents" in str(query.explain())
    assert [(group.id, group.campaign_id) for group in query] == [("g1", "c1")]
    assert [len(sent(ttd, place)[1]["parents"]) for place in range(3)] == [20, 20, 5]
    text = sent(ttd)[0]
    assert "$parents: [String!]!, $count: Int!, $first: Int!" in text
    assert "campaigns(first: $count, where: {id: {in: $parents}}) { nodes { id adGroups(first: $first" in text


def children(*ids: str, after: str | None = None, **row: Any) -> dict[str, Any]:
    """A page of the connection inside a parent."""
    return {
        "nodes": [{"id": each, **row} for each in ids],
        "pageInfo": {"hasNextPage": after is not None, "endCursor": after},
    }


def test_children_on_later_pages_know_their_parent_too(offline: Offline) -> None:
    ttd = offline(
        page(
            "campaigns", {"id": "c1", "adGroups": children("g1", after="x")}, {"id": "c2", "adGroups": children("g3")}
        ),
        {"data": {"campaign": {"adGroups": children("g2")}}},
    )
    groups = list(ttd.ad_groups.where(campaign_id=["c1", "c2"]).prefetch(1))
    assert [(group.id, group.campaign_id) for group in groups] == [("g1", "c1"), ("g3", "c2"), ("g2", "c1")]
    assert (sent(ttd)[1]["parent"], sent(ttd)[1]["after"]) == ("c1", "x")


def test_children_of_another_parent_are_no_answer(offline: Offline) -> None:
    foreign = children("g1", campaign={"id": "c9"})
    ttd = offline(page("campaigns", {"id": "c1", "adGroups": foreign}, {"id": "c2", "adGroups": children()}))
    with pytest.raises(ParserException, match="about another record: campaignId c9 instead of c1"):
        list(ttd.ad_groups.where(campaign_id=["c1", "c2"]))
    ttd = offline(page("campaigns", {"id": "c9", "adGroups": children("g1")}))
    with pytest.raises(ParserException, match="about another record: id c9 instead of c1 or c2"):
        list(ttd.ad_groups.where(campaign_id=["c1", "c2"]))


def test_a_parent_whose_children_are_refused_takes_no_others_with_it(offline: Offline) -> None:
    nodes = {"id": "c1", "adGroups": None}, {"id": "c2", "adGroups": children("g3")}
    told = {"message": "not for you", "path": ["campaigns", "nodes", 0, "adGroups"]}
    ttd = offline({**page("campaigns", *nodes), "errors": [told]})
    with pytest.warns(PartialResultWarning, match=r"campaigns\.nodes\.0\.adGroups: not for you"):
        assert [group.id for group in ttd.ad_groups.where(campaign_id=["c1", "c2"])] == ["g3"]
    with pytest.raises(ParserException, match="expected adGroups"):
        list(offline(page("campaigns", {"id": "c1"})).ad_groups.where(campaign_id=["c1", "c2"]))


@pytest.mark.parametrize("told", [{}, {"path": None}, {"path": []}, {"path": "campaigns"}], ids=str)
def test_an_error_that_names_no_place_takes_no_rows_away(offline: Offline, told: dict[str, Any]) -> None:
    ttd = offline({**page("campaigns", {"id": "c1"}), "errors": [{"message": "slow today", **told}]})
    with pytest.warns(PartialResultWarning, match="left out something: slow today"):
        assert [campaign.id for campaign in ttd.campaigns] == ["c1"]


def test_of_many_errors_three_are_named_and_the_rest_counted(offline: Offline) -> None:
    errors = [{"message": f"slow {number}"} for number in range(5)]
    ttd = offline({**page("campaigns", {"id": "c1"}), "errors": errors})
    with pytest.warns(PartialResultWarning, match=r"slow 0; something: slow 1; something: slow 2 \(and 2 more\)"):
        assert [campaign.id for campaign in ttd.campaigns] == ["c1"]


def test_only_what_names_parents_makes_a_listing_of_theirs(offline: Offline) -> None:
    """Another comparison of the parent's id names none: it is applied here."""
    query = offline().ad_groups.where(AdGroup.campaign_id != "c1", advertiser_id="a1")
    plan = query.plan()
    assert "{ adGroups(" in plan.first.json["request"]
    assert [str(condition) for condition in plan.local] == ["campaign_id != 'c1'"]


def test_parents_that_no_filter_finds_are_one_document_each(ttd: TTD) -> None:
    seeds = [seed.id for seed in ttd.seeds.within(advertiser="adv0001")]
    query = ttd.campaigns.where(seed_id=seeds)
    assert f"one document for each of {len(seeds)} lists" in str(query.explain())
    with assert_calls(ttd, len(seeds)):
        assert {campaign.seed_id for campaign in query} == set(seeds)


def test_no_parents_at_all_send_nothing(offline: Offline) -> None:
    ttd = offline()
    assert list(ttd.ad_groups.where(campaign_id=[])) == []
    assert list(ttd.campaigns.where(seed_id=[])) == []


def test_an_unknown_parent_is_an_error(ttd: TTD) -> None:
    with pytest.raises(NotFoundError, match="campaign nothing does not exist"):
        list(ttd.ad_groups.within(campaign="nothing"))
    with pytest.raises(UnknownNameError, match="not limited by 'campaing'"):
        ttd.ad_groups.within(campaing="c1").plan()


def test_what_has_no_list_of_all_asks_for_a_parent(ttd: TTD) -> None:
    with pytest.raises(ClientError, match=r"tracking_tags of a parent only.*advertiser"):
        ttd.tracking_tags.plan()


def test_explain_shows_the_document_without_its_fields(ttd: TTD) -> None:
    told = str(ttd.campaigns.where(Campaign.name.like("*x*"), advertiser_id="adv0001").explain())
    assert 'GraphQL { campaigns(where: {advertiserId: {eq: "adv0001"}}) { ... } }' in told
    assert "here: name ~ '*x*'" in told
    assert "query.bulk() reads it as one job" in told
    inside = str(ttd.ad_groups.within(campaign="cmp0001").explain())
    assert '{ campaign(id: "cmp0001") { adGroups { ... } } }' in inside


def test_fields_tell_what_the_server_filters_by() -> None:
    assert Campaign.advertiser_id.filters == {"=="}
    assert Campaign.id.filters == {"in"}
    assert AdGroup.advertiser_id.filters == {"==", "in"}
    assert Campaign.name.filters == AdGroup.name.filters == frozenset()


# relations


def test_included_relations_come_in_the_same_document(ttd: TTD) -> None:
    with assert_calls(ttd, 1):
        query = ttd.campaigns.where(advertiser_id="adv0001").include("advertiser", "ad_groups.creatives", "flights")
        for campaign in query.take(5):
            assert campaign.advertiser.name
            assert campaign.flights[0].campaign_id == campaign.id
            assert {group.campaign_id for group in campaign.ad_groups} == {campaign.id}
            assert all(creative.name for group in campaign.ad_groups for creative in group.creatives)


def test_a_chain_of_relations_is_nested_as_far_as_it_goes(offline: Offline) -> None:
    creatives: Any = {"nodes": [{"id": "k1", "name": "Banner"}], "pageInfo": {"hasNextPage": False}}
    flights = {"nodes": [], "pageInfo": {"hasNextPage": False}}
    creatives["nodes"].append(None)  # one that this user may not see
    groups = {
        "nodes": [{"id": "g1", "creatives": creatives, "adGroupFlights": flights}],
        "pageInfo": {"hasNextPage": False},
    }
    owner = {"id": "a1", "name": "Alder", "partner": {"id": "p1", "name": "House"}}
    ttd = offline(page("campaigns", {"id": "c1", "adGroups": groups, "advertiser": owner}))
    query = ttd.campaigns.include("ad_groups.creatives", "ad_groups.flights", "advertiser.partner")
    (campaign,) = query
    text = sent(ttd)[0]
    assert (
        text.count("adGroups(first: ") == text.count("creatives(first: ") == text.count("adGroupFlights(first: ") == 1
    )
    assert campaign.advertiser_id == "a1"
    assert (campaign.advertiser.name, campaign.advertiser.partner.name) == ("Alder", "House")
    (group,) = campaign.ad_groups
    assert ([creative.name for creative in group.creatives], list(group.flights)) == (["Banner"], [])
    assert len(ttd.transport.calls) == 1


def test_an_included_list_with_more_pages_is_read_to_its_end(offline: Offline) -> None:
    """The row whose nested page is not whole is listed again alone; the others are not."""
    more = {"nodes": [{"id": "g0"}], "pageInfo": {"hasNextPage": True, "endCursor": "x"}}
    whole = {"nodes": [{"id": "g9"}], "pageInfo": {"hasNextPage": False}}
    again = {"nodes": [{"id": f"g{n}"} for n in range(3)], "pageInfo": {"hasNextPage": False}}
    ttd = offline(
        page("campaigns", {"id": "c1", "adGroups": more}, {"id": "c2", "adGroups": whole}),
        {"data": {"campaign": {"adGroups": again}}},
    )
    first, second = ttd.campaigns.include("ad_groups").take(2)
    assert [group.id for group in first.ad_groups] == ["g0", "g1", "g2"]
    assert [group.id for group in second.ad_groups] == ["g9"]
    assert sent(ttd)[1]["parent"] == "c1"
    assert len(ttd.transport.calls) == 2


def test_a_nested_list_that_cannot_go_on_is_an_error_not_a_cut(offline: Offline) -> None:
    cut = {"nodes": [{"id": "r1", "name": "x"}], "pageInfo": {"hasNextPage": True, "endCursor": "x"}}
    ttd = offline(page("adGroups", {"id": "g1", "creatives": cut}))
    with pytest.raises(PagingError, match="more than 1,000 creatives"):
        list(ttd.ad_groups.include("creatives").take(1))


def test_touched_relations_are_loaded_for_the_whole_page(ttd: TTD) -> None:
    campaigns = list(ttd.campaigns.where(advertiser_id=["adv0001"]).take(20))
    with assert_calls(ttd, 1):
        assert {campaign.advertiser.id for campaign in campaigns} == {"adv0001"}
    with assert_calls(ttd, 1):
        assert all(group.campaign_id == c.id for c in campaigns for group in c.ad_groups)


def test_relations_go_both_ways(ttd: TTD) -> None:
    group = ttd.get("ad_groups", "adg0001")
    assert group in group.campaign.ad_groups
    assert group.flights[0].ad_group == group
    assert group.flights[0].campaign_flight.campaign == group.campaign
    assert group.advertiser.partner.advertisers
    assert group.campaign.current_flight in group.campaign.flights
    assert group.current_flight.id == f"{group.id}/{group.current_flight.campaign_flight_id}"


def test_related_records_of_flights_come_along(ttd: TTD) -> None:
    with assert_calls(ttd, 1):
        for flight in ttd.ad_group_flights.within(ad_group="adg0001").include(
            "ad_group", "campaign_flight", "campaign"
        ):
            assert flight.ad_group.id == "adg0001"
            assert flight.campaign_flight.id == flight.campaign_flight_id
            assert flight.campaign.id == flight.campaign_id


def test_the_flights_of_many_ad_groups_need_few_calls(ttd: TTD) -> None:
    groups = list(ttd.ad_groups.where(advertiser_id="adv0001").take(40))
    with assert_calls(ttd, 2):
        assert all(flight.ad_group_id == group.id for group in groups for flight in group.flights)


def test_an_advertisers_seeds_are_a_plain_list(ttd: TTD) -> None:
    advertiser = ttd.get("advertisers", "adv0001")
    assert advertiser.default_seed in advertiser.seeds
    assert ttd.seeds.within(advertiser="adv0001").where(name=advertiser.seeds[0].name).one() == advertiser.seeds[0]


# errors


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("AUTHENTICATION_FAILURE", AuthRequiredError),
        ("NOT_FOUND", NotFoundError),
        ("VALIDATION_FAILURE", ValidationError),
        ("INTERNAL_SERVER_ERROR", UnavailableError),
        ("SERVICE_UNAVAILABLE", UnavailableError),
        ("RESOURCE_LIMIT_EXCEEDED", APIError),
        ("SOMETHING_NEW", APIError),
    ],
)
def test_errors_without_data_are_raised_although_http_says_200(
    offline: Offline, code: str, error: type[APIError]
) -> None:
    ttd = offline({"data": None, "errors": [{"message": "no", "extensions": {"code": code}}]})
    with pytest.raises(error, match="no") as caught:
        list(ttd.campaigns)
    assert caught.value.code == code


def test_a_query_that_is_too_complex_says_what_to_do(offline: Offline) -> None:
    ttd = offline({"errors": [{"message": "too much", "extensions": {"code": "RESOURCE_LIMIT_EXCEEDED"}}]})
    with pytest.raises(APIError, match="a smaller page_size"):
        list(ttd.campaigns)


def test_one_broken_node_does_not_lose_the_others(offline: Offline) -> None:
    """It is reported with its path, and what it stands for reads as not loaded, not as null."""
    answer = page("campaigns", {"id": "c1", "budget": None, "seed": {"id": "s"}}, None, {"id": "c3", "budget": None})
    answer["errors"] = [
        {"message": "broken", "path": ["campaigns", "nodes", 0, "budget"]},
        {"message": "gone", "path": ["campaigns", "nodes", 1]},
    ]
    ttd = offline(answer)
    with pytest.warns(PartialResultWarning, match=r"campaigns\.nodes\.0\.budget: broken; campaigns\.nodes\.1: gone"):
        first, third = ttd.campaigns
    with pytest.raises(NotLoaded, match=r"budget_summary is not loaded"):
        _ = first.budget_summary
    assert third.budget_summary is None
    assert first.seed_id == "s"


def settings(sandbox: Sandbox, **changes: Any) -> None:
    """Changes what the sandbox's The Trade Desk does wrong."""
    session: Any = sandbox.ttd()
    body = Request("PATCH", "ttd/_settings", json=changes, server=sandbox.url)
    session.exchange(body, lambda answer: answer.status == 200 or pytest.fail(answer.excerpt()))


def test_a_broken_node_of_the_sandbox_is_reported_by_its_path(fresh_sandbox: Sandbox, fresh_ttd: TTD) -> None:
    wanted = [c.id for c in fresh_ttd.campaigns.where(advertiser_id="adv0001").take(5)]
    settings(fresh_sandbox, broken=[wanted[1]])
    with pytest.warns(PartialResultWarning, match=r"left out campaigns\.nodes\.1"):
        found = [c.id for c in fresh_ttd.campaigns.where(advertiser_id="adv0001").take(5)]
    assert found[:4] == [wanted[0], *wanted[2:]]


def test_a_field_of_a_beta_is_refused_by_the_sandbox_and_dropped(fresh_sandbox: Sandbox) -> None:
    settings(fresh_sandbox, restricted={"Campaign.siteUrl": ""})
    strict: Any = fresh_sandbox.ttd(drop_unknown=False)
    with pytest.raises(RejectedFieldError, match=r"Campaign\.site_url"):
        strict.get("campaigns", "cmp0001")
    lenient: Any = fresh_sandbox.ttd()
    with pytest.warns(PartialResultWarning, match=r"Campaign\.site_url"):
        campaign = lenient.get("campaigns", "cmp0001")
    assert campaign.name
    with pytest.raises(NotLoaded, match="the server refused it"):
        _ = campaign.site_url


def test_a_document_over_the_complexity_limit_says_what_to_do(fresh_sandbox: Sandbox, fresh_ttd: TTD) -> None:
    settings(fresh_sandbox, complexity=500)
    with pytest.raises(APIError, match="smaller page_size"):
        list(fresh_ttd.campaigns.include("ad_groups").take(100))


REFUSED = {
    "errors": [
        {
            "message": "Cannot query field 'siteUrl' on type 'Campaign'.",
            "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
        }
    ]
}


def test_a_refused_field_is_reported_by_its_python_name(offline: Offline) -> None:
    ttd = offline(REFUSED, drop_unknown=False)
    with pytest.raises(RejectedFieldError, match=r"refuses Campaign\.site_url.*drop_unknown=True") as caught:
        list(ttd.campaigns)
    assert caught.value.rejected == (("Campaign", "site_url"),)


def test_drop_unknown_goes_on_without_it_and_says_so_once(offline: Offline) -> None:
    ttd = offline(
        REFUSED, page("campaigns", {"id": "c1"}, after="x"), page("campaigns", {"id": "c2"}), page("campaigns")
    )
    with pytest.warns(PartialResultWarning, match=r"refuses Campaign\.site_url: the session goes on") as warned:
        found = [c.id for c in ttd.campaigns.page_size(1)]
    assert found == ["c1", "c2"]
    assert list(ttd.campaigns) == []  # and no warning any more: that would be an error here
    assert len(warned) == 1
    assert ["siteUrl" in sent(ttd, place)[0] for place in range(4)] == [True, False, False, False]


def test_a_refused_part_of_a_nested_value_drops_the_whole_value(offline: Offline) -> None:
    message = "You may not read `meetingPercentage` of `Goal`."
    refused = {"errors": [{"message": message, "extensions": {"code": "UNAUTHORIZED_FIELD_OR_TYPE"}}]}
    ttd = offline(refused, page("campaigns", {"id": "c1"}))
    with pytest.warns(PartialResultWarning, match=r"Campaign\.goal"):
        list(ttd.campaigns)
    assert "goal {" not in sent(ttd)[0]


def test_documents_that_were_ready_are_all_asked_for_again(offline: Offline) -> None:
    """Three documents of one listing are refused the same field: one warning, and none of them is lost."""

    def answer(request: Any) -> Any:
        return reply(REFUSED if "siteUrl" in request.json["request"] else page("campaigns"))

    ttd = offline(*[answer] * 6)
    query = ttd.campaigns.where(id=[f"c{number}" for number in range(300)]).prefetch(1)
    with pytest.warns(PartialResultWarning) as warned:
        assert list(query) == []
    assert len(warned) == 1
    assert len(ttd.transport.calls) == 6


@pytest.mark.parametrize(
    "read",
    [
        lambda ttd: ttd.campaigns.where(advertiser_id="adv0001").bulk().result(poll=(0.0, 0.0)),
        lambda ttd: list(ttd.changes_since(None, "campaigns", advertiser="adv0001")),
    ],
    ids=["bulk", "changes"],
)
def test_jobs_and_changes_drop_what_is_refused_too(fresh_sandbox: Sandbox, read: Callable[[TTD], Any]) -> None:
    settings(fresh_sandbox, restricted={"Campaign.siteUrl": ""})
    with fresh_sandbox.ttd(drop_unknown=False) as ttd, pytest.raises(RejectedFieldError, match=r"Campaign\.site_url"):
        read(ttd)
    with fresh_sandbox.ttd(retry=Retry(sleep=lambda _: None)) as ttd:
        with pytest.warns(PartialResultWarning, match=r"refuses Campaign\.site_url"):
            assert read(ttd)
        assert ttd.campaigns.first()  # it is known by now: no warning


def test_an_id_is_never_dropped(offline: Offline) -> None:
    refused = {"errors": [{"message": "Cannot query field 'id' on type 'Campaign'."}]}
    with pytest.raises(RejectedFieldError, match=r"refuses Campaign\.id: .*the id needs it"):
        list(offline(refused).campaigns)


def test_a_gateways_page_is_an_error_with_its_status(offline: Offline) -> None:
    html = reply("<html><h1>Bad gateway</h1></html>", "text/html", 502)
    with pytest.raises(UnavailableError, match="HTTP 502, text/html: Bad gateway") as caught:
        list(offline(html).campaigns)
    assert caught.value.status == 502


# bulk


def test_a_bulk_document_has_neither_variables_nor_pages(ttd: TTD) -> None:
    query = ttd.ad_groups.where(advertiser_id="adv0001", is_enabled=True)
    reading = ttd.dialect.bulk(query)
    document = reading.document.text
    assert 'where: {advertiserId: {eq: "adv0001"}, isEnabled: {eq: true}}' in document
    assert "$" not in document
    assert "first" not in document
    found = reading.rows({"adGroups": {"nodes": [{"id": "g1", "campaign": {"id": "c1"}}]}})
    assert found.rows == [{"id": "g1", "campaignId": "c1"}]


def test_text_in_a_bulk_document_cannot_leave_its_quotes(ttd: TTD) -> None:
    reading = ttd.dialect.bulk(ttd.ad_groups.where(name='x"}}) { id } } #'))
    assert r'contains: "x\"}}) { id } } #"' in reading.document.text
