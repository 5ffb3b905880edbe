"""What a query becomes on T1's wire: which condition goes where, and that none is dropped."""

from datetime import UTC, datetime
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, UnknownNameError, ValidationError
from adplatforms.core.expr import Condition
from adplatforms.core.testing import assert_calls
from terminalone import T1
from terminalone.entities import Advertiser, Campaign, Strategy

API = "api/v2.0/"


@pytest.fixture
def t1(offline: Any) -> T1:
    """A session that may send nothing."""
    session: T1 = offline()
    return session


def params(request: Any) -> dict[str, str]:
    """The query of a request, checked to name nothing twice."""
    assert len(dict(request.params)) == len(request.params)
    return dict(request.params)


@pytest.mark.parametrize(
    ("condition", "q"),
    [
        (Campaign.name == "Spring", "name==Spring"),
        (Campaign.name != "Spring", "name!=Spring"),
        (Campaign.name.like("*spring*"), "name=:*spring*"),
        (Campaign.goal_value < 5, "goal_value<5.0"),
        (Campaign.goal_value <= "2.5", "goal_value<=2.5"),
        (Campaign.id > 7, "id>7"),
        (Campaign.pc_window_minutes >= 60, "pc_window_minutes>=60"),
        (Campaign.status == True, "status==1"),  # noqa: E712
        (Campaign.status != False, "status!=0"),  # noqa: E712
        (Campaign.goal_type == "cpa", "goal_type==cpa"),
        (Campaign.merit_pixel_id == None, "merit_pixel_id:null"),  # noqa: E711
        (Campaign.merit_pixel_id != None, "merit_pixel_id:!null"),  # noqa: E711
        (Campaign.merit_pixel_id.is_null(), "merit_pixel_id:null"),
        (Campaign.merit_pixel_id.not_null(), "merit_pixel_id:!null"),
        (Campaign.start_date >= "2026-03-01T00:00:00+0200", "start_date>=2026-02-28T22:00:00"),
        (Campaign.advertiser_id != 7, "advertiser_id!=7"),
        (Campaign.id.in_([3, "1", 2, 3]), "(3,1,2)"),
        (Campaign.id == 7, "id==7"),
    ],
    ids=str,
)
def test_one_condition_goes_into_q(t1: T1, condition: Condition, q: str) -> None:
    plan = t1.campaigns.where(condition).plan()
    assert params(plan.first)["q"] == q
    assert (plan.pushed, plan.here) == ((condition,), ())
    assert "full" not in params(plan.first)


def test_an_equal_parent_goes_into_the_path(t1: T1) -> None:
    advertiser = Advertiser(None, {"id": 7})
    for query in (
        t1.campaigns.where(Campaign.advertiser_id == 7),
        t1.campaigns.where(advertiser_id="7"),
        t1.campaigns.where(advertiser=advertiser),
        t1.campaigns.where(Campaign.advertiser == 7),
        t1.campaigns.within(advertiser=7),
        t1.campaigns.within({"advertiser": advertiser}),
    ):
        first = query.plan().first
        assert first.path == API + "campaigns/limit/advertiser=7"
        assert "q" not in params(first)
    chain = t1.campaigns.within({"advertiser.agency.organization": 100001}).plan().first
    assert chain.path == API + "campaigns/limit/advertiser.agency.organization=100001"


def test_a_limit_and_a_condition_are_both_pushed_and_the_third_is_applied_here(t1: T1) -> None:
    plan = t1.campaigns.where(advertiser_id=7, status=True).where(Campaign.goal_value > 3).plan()
    assert plan.first.path == API + "campaigns/limit/advertiser=7"
    assert params(plan.first)["q"] == "status==1"
    assert [str(c) for c in plan.pushed] == ["advertiser_id == 7", "status == True"]
    assert [str(c) for c in plan.here] == ["goal_value > 3.0"]
    assert params(plan.first)["full"] == "campaign", "what is compared here has to come along"
    assert "goal_value is compared here" in plan.notes[0]


def test_what_lists_bring_along_is_compared_without_whole_records(t1: T1) -> None:
    plan = t1.campaigns.where(Campaign.id > 3, Campaign.name.like("a*")).plan()
    assert ([str(c) for c in plan.pushed], [str(c) for c in plan.here]) == (["id > 3"], ["name ~ 'a*'"])
    assert "full" not in params(plan.first)
    assert plan.notes == ()


def test_the_condition_that_narrows_most_takes_the_one_q(t1: T1) -> None:
    wide, narrow, ids = Campaign.goal_value > 3, Campaign.name == "Spring", Campaign.id.in_([1, 2])
    assert t1.campaigns.where(wide, narrow).plan().pushed == (narrow,)
    assert t1.campaigns.where(wide, narrow, ids).plan().pushed == (ids,)


def test_a_moment_between_two_seconds_equals_none(t1: T1) -> None:
    condition = Campaign.start_date == "2026-03-01T00:00:00.5"
    plan = t1.campaigns.where(condition).plan()
    assert (plan.pushed, plan.here, plan.most_calls) == ((condition,), (), 0)


def test_a_second_parent_is_no_second_limit(t1: T1) -> None:
    plan = t1.query(Campaign).within(advertiser=7).where(Campaign.advertiser_id == 8).plan()
    assert plan.first.path == API + "campaigns/limit/advertiser=7"
    assert params(plan.first)["q"] == "advertiser_id==8"
    with pytest.raises(ClientError, match="T1 takes one limit per call"):
        t1.campaigns.within(advertiser=7).within(advertiser=8).plan()


def test_no_condition_is_ever_dropped(sandbox: Any) -> None:
    t1 = sandbox.t1()
    conditions = [
        Campaign.status == True,  # noqa: E712
        Campaign.goal_value > 1,
        Campaign.name.like("*a*"),
        Campaign.id < 2000,
        Campaign.advertiser_id.in_(range(1, 60)),
    ]
    everything = list(t1.campaigns.full())
    expected = [c.id for c in everything if all(condition.matches(c) for condition in conditions)]
    assert 0 < len(expected) < len(everything) / 2
    for turn in range(len(conditions)):
        turned = conditions[turn:] + conditions[:turn]
        query = t1.query(Campaign).where(*turned)
        plan = query.plan()
        assert {str(c) for c in plan.pushed + plan.here} == {str(c) for c in conditions}
        assert [c.id for c in query] == expected
    assert query.count() == len(expected)


@pytest.mark.parametrize(
    "condition",
    [
        Campaign.status == False,  # noqa: E712
        Campaign.goal_value >= 5,
        Campaign.name.like("*E*"),
        Campaign.name.like("b*"),
        Campaign.merit_pixel_id.is_null(),
        Campaign.merit_pixel_id.not_null(),
        Campaign.goal_type != "cpa",
        Campaign.start_date < "2026-06-01",
        Campaign.id.in_([5, 3, 999_999]),
        Campaign.advertiser_id == 7,
    ],
    ids=str,
)
def test_the_server_filters_as_we_would(sandbox: Any, condition: Condition) -> None:
    t1 = sandbox.t1()
    pushed = [c.id for c in t1.query(Campaign).where(condition)]
    here = [c.id for c in t1.campaigns.full() if condition.matches(c)]
    assert pushed == here
    assert pushed
    assert t1.count(t1.query(Campaign).where(condition)) == len(here)


# lists of ids


def test_a_long_list_of_ids_is_split_into_pages(t1: T1) -> None:
    plan = t1.campaigns.where(Campaign.id.in_(range(250, 0, -1))).plan()
    assert plan.most_calls == 3
    pager = plan.pager()
    requests = [next(pager), pager.send(None), pager.send(None)]
    asked = [params(request)["q"].strip("()").split(",") for request in requests]
    assert [len(ids) for ids in asked] == [100, 100, 50]
    assert [int(each) for ids in asked for each in ids] == list(range(1, 251))
    assert all("page_offset" not in params(request) for request in requests)


def test_all_of_a_long_list_are_found_in_order(sandbox: Any) -> None:
    t1 = sandbox.t1()
    wanted = [*range(2400, 2700), *range(1, 101)]
    with assert_calls(t1, 4):
        found = [c.id for c in t1.campaigns.where(id=wanted)]
    assert found == [*range(1, 101), *range(2400, 2501)]
    with assert_calls(t1, 4):
        assert [c.id for c in t1.find("campaigns", "id", "()", wanted)] == found
    assert t1.campaigns.where(id=wanted).count() == 201


def test_an_empty_list_of_ids_sends_nothing(t1: T1) -> None:
    query = t1.campaigns.where(id=[])
    with assert_calls(t1, 0):
        assert list(query) == []
        assert query.count() == 0
        assert query.first() is None
        assert list(t1.find("campaigns", "id", "()", [])) == []


def test_ids_and_a_condition(sandbox: Any) -> None:
    t1 = sandbox.t1()
    query = t1.campaigns.where(Campaign.id.in_(range(1, 300)), Campaign.status == True)  # noqa: E712
    expected = [c.id for c in t1.campaigns.where(status=True) if c.id < 300]
    assert [c.id for c in query] == expected
    assert [c.id for c in query.take(3)] == expected[:3]
    assert query.first().id == expected[0]


def test_many_ids_cannot_be_sorted_by_the_server(t1: T1) -> None:
    for query in (t1.campaigns.order_by("name"), t1.campaigns.order_by("-id"), t1.campaigns.skip(5)):
        with pytest.raises(ClientError, match=r"neither sorts nor skips more ids than a page holds .use sorted"):
            query.where(id=list(range(101))).plan()


# order, include, full


@pytest.mark.parametrize(
    ("keys", "wire"),
    [
        ((), "id"),
        (("name",), "name"),
        (("-updated_on", "+name"), "-updated_on,name"),
        (("-id",), "-id"),
        (("id", "name"), "id,name"),
        ((Campaign.name.desc(), Campaign.status), "-name,status"),
    ],
)
def test_the_order_is_sent_as_it_is_asked_for(t1: T1, keys: Any, wire: str) -> None:
    assert params(t1.campaigns.order_by(*keys).plan().first)["sort_by"] == wire


def test_include_and_full(t1: T1) -> None:
    query = t1.campaigns.include("advertiser.agency", Campaign.strategies, ["advertiser", "agency"])
    first = query.full("campaign", "advertiser", "campaign").plan().first
    assert [value for name, value in first.params if name == "with"] == ["advertiser,agency", "strategies"]
    assert dict(first.params)["full"] == "campaign,advertiser"
    assert params(t1.campaigns.full().plan().first)["full"] == "*"
    with pytest.raises(UnknownNameError, match=r"full='campain' is not a type.*did you mean 'campaign'"):
        t1.campaigns.full("campain").plan()


def test_paging_parameters(t1: T1) -> None:
    assert params(t1.campaigns.plan().first) == {"page_limit": "100", "sort_by": "id", "page_offset": "0"}
    first = t1.campaigns.skip(30).take(7).plan().first
    assert (params(first)["page_limit"], params(first)["page_offset"]) == ("7", "30")
    assert t1.campaigns.prefetch(1).plan().ahead == 1
    assert t1.campaigns.prefetch(100).plan().ahead == t1.dialect.capabilities.prefetch


# one entity, children, nested collections


def test_one_entity_has_no_paging_parameters(t1: T1) -> None:
    request = t1.dialect.plan_one(t1.campaigns.include("advertiser").full().order_by("name"), 7)
    assert (request.path, params(request)) == (API + "campaigns/7", {"with": "advertiser", "full": "*"})


@pytest.mark.parametrize("entity_id", ["1/../users", "7?full=*", "7#", "", "seven", "..", 7.5, True, [7]])
def test_an_id_cannot_change_the_url(t1: T1, entity_id: Any) -> None:
    with assert_calls(t1, 0):
        with pytest.raises(ClientError, match=r"is not an id of a Campaign .ids are whole numbers"):
            t1.get("campaigns", entity_id)
        with pytest.raises(ClientError, match="is not an id of a Strategy"):
            t1.get("strategies", entity_id, "concepts")


@pytest.mark.parametrize(
    ("value", "segment"),
    [
        ("7/../../users", "7%2F..%2F..%2Fusers"),
        ("7?full=*&page_limit=1", "7%3Ffull%3D%2A%26page_limit%3D1"),
        ("7#top", "7%23top"),
        ("a b", "a%20b"),
    ],
)
def test_a_limit_value_stays_in_its_place(t1: T1, value: str, segment: str) -> None:
    assert t1.campaigns.within(advertiser=value).plan().first.path == f"{API}campaigns/limit/advertiser={segment}"


@pytest.mark.parametrize("value", [True, None, [7], {"a": 1}, "..", "", "7\r\nX: y"])
def test_what_is_no_limit_value(t1: T1, value: Any) -> None:
    with pytest.raises(ClientError, match=r"takes an id|cannot be part of a URL"):
        t1.campaigns.within(advertiser=value).plan()


def test_a_limit_name_is_checked(t1: T1) -> None:
    with pytest.raises(UnknownNameError, match=r"no relation 'advertisr'.*did you mean 'advertiser'"):
        t1.campaigns.within(advertisr=7).plan()
    with pytest.raises(UnknownNameError, match="no relation 'advertiser/'"):
        t1.campaigns.within({"advertiser/../users": 7}).plan()


def test_values_of_conditions_stay_in_their_place_on_the_wire(sandbox: Any) -> None:
    t1 = sandbox.t1()
    nasty = "a&status==0#?/../%26&api_key=x"
    assert list(t1.find("campaigns", "name", "==", nasty, page_limit=5)) == []
    (call,) = [call for call in sandbox.calls if ("q", f"name=={nasty}") in call.query]
    assert call.path == "/api/v2.0/campaigns"
    assert [name for name, _ in call.query] == ["page_limit", "sort_by", "q", "page_offset", "api_key"]
    with pytest.raises(ValidationError, match=r"'advertiser=7/../../users.x=1'"):
        t1.campaigns.within(advertiser="7/../../users?x=1").first()


def test_budget_flights_are_listed_under_their_campaign(t1: T1) -> None:
    flights = t1.query("budget_flights")
    for query in (flights.within(campaign=7), flights.where(campaign_id=7), flights.where(campaign_id=7, name="x")):
        assert query.plan().first.path == API + "campaigns/7/budget_flights"
    plan = flights.where(campaign_id=7, name="x").plan()
    assert ([str(c) for c in plan.pushed], [str(c) for c in plan.here]) == (["campaign_id == 7"], ["name == 'x'"])
    of_one = flights.within(campaign=7)
    for query in (flights, of_one.order_by("name"), of_one.skip(1), of_one.resume("5")):
        with pytest.raises(ClientError, match=r"of one campaign only|does not sort, skip or resume"):
            query.plan()
    assert t1.dialect.plan_one(flights.within(campaign=7), 9).path == API + "campaigns/7/budget_flights/9"


# explain


def test_explain_tells_all_and_sends_nothing(t1: T1) -> None:
    query = t1.campaigns.where(advertiser_id=7).where(Campaign.name.like("*summer*"), Campaign.status == 1)
    query = query.include("advertiser").full().order_by("-updated_on").take(50)
    with assert_calls(t1, 0):
        text = query.explain()
    assert text == repr(text) == str(text)
    assert text.splitlines() == [
        (
            "GET api/v2.0/campaigns/limit/advertiser=7"
            "  page_limit=100  sort_by=-updated_on  q=name=:*summer*  with=advertiser  full=*  page_offset=0"
            "  (pages of 100, 8 in flight)"
        ),
        "server: advertiser_id == 7, name ~ '*summer*'    here: status == True    one call per 100 rows",
    ]


def test_explain_of_other_shapes(t1: T1) -> None:
    assert "at most 1 call" in t1.campaigns.take(5).explain()
    assert "(pages of 5" in t1.campaigns.take(5).explain()
    assert "at most 3 calls" in t1.campaigns.where(id=list(range(250))).explain()
    assert "note: complete records are asked for" in t1.campaigns.where(status=True, goal_type="cpa").explain()
    assert "server: status == True" in t1.query(Strategy).where(status=True).prefetch(1).explain()


@pytest.mark.parametrize(
    ("condition", "q"),
    [
        (Campaign.start_date > datetime(2026, 3, 1, 9, 0, 0, 5, UTC), "start_date>=2026-03-01T09:00:01"),
        (Campaign.start_date >= datetime(2026, 3, 1, 9, 0, 0, 5, UTC), "start_date>=2026-03-01T09:00:01"),
        (Campaign.start_date < datetime(2026, 3, 1, 9, 0, 0, 5, UTC), "start_date<2026-03-01T09:00:01"),
        (Campaign.start_date <= datetime(2026, 3, 1, 9, 0, 0, 5, UTC), "start_date<2026-03-01T09:00:01"),
        (Campaign.start_date != datetime(2026, 3, 1, 9, 0, 0, 5, UTC), "start_date:!null"),
        (Campaign.start_date > datetime(2026, 3, 1, 9, tzinfo=UTC), "start_date>2026-03-01T09:00:00"),
    ],
    ids=str,
)
def test_times_are_asked_for_in_whole_seconds(t1: T1, condition: Condition, q: str) -> None:
    plan = t1.campaigns.where(condition).plan()
    assert params(plan.first)["q"] == q
    assert (plan.pushed, plan.here) == ((condition,), ())


@pytest.mark.parametrize(
    "condition",
    [Campaign.start_date == datetime(2026, 3, 1, 9, 0, 0, 5, UTC), Campaign.id.in_([]), Campaign.goal_type.in_([])],
    ids=str,
)
def test_what_no_record_fulfils_is_not_asked_for(t1: T1, condition: Condition) -> None:
    query = t1.campaigns.where(condition, Campaign.id.in_([7, 8]), name="x").order_by("-name").skip(1)
    assert (list(query), query.count(), query.plan().most_calls) == ([], 0, 0)


def test_the_last_moment_of_all_is_compared_here(t1: T1) -> None:
    condition = Campaign.start_date < datetime.max.replace(tzinfo=UTC)
    assert t1.campaigns.where(condition).plan().here == (condition,)
