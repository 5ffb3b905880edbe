"""The query: an immutable value, checked as it is built, run when it is asked."""

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, InvalidValueError, NotFoundError, UnknownNameError
from adplatforms.core.query import Explanation
from adplatforms.core.testing import assert_calls
from terminalone import T1
from terminalone.entities import Campaign, Strategy

ROW = {"entity_type": "campaign", "id": 7, "name": "Spring", "goal_type": "cpa", "status": True}


@pytest.fixture
def t1(offline: Any) -> T1:
    """A session that may send nothing."""
    session: T1 = offline()
    return session


def test_every_method_returns_a_new_query(t1: T1) -> None:
    query = t1.query(Campaign)
    told = repr(query)
    others = [
        query.where(name="a"),
        query.include("advertiser"),
        query.full(),
        query.order_by("name"),
        query.within(advertiser=7),
        query.take(3),
        query.skip(3),
        query.page_size(3),
        query.prefetch(3),
        query.adding(("a", "b")),
    ]
    assert (repr(query), len({id(each) for each in [query, *others]})) == (told, 11)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'most'"):
        query.most = 3  # type: ignore[misc]


def test_repr_tells_the_query_and_sends_nothing(t1: T1) -> None:
    query = t1.campaigns.where(Campaign.name.like("a*"), status=True).within(advertiser=7).include("advertiser.agency")
    with assert_calls(t1, 0):
        assert repr(query.full().order_by("-name").take(3)) == (
            "<Query campaigns where name ~ 'a*' & status == True within advertiser=7 include advertiser.agency"
            " full * order_by -name take 3>"
        )
    assert repr(t1.campaigns) == "<Query campaigns>"


def test_where_by_keyword(t1: T1) -> None:
    query = t1.campaigns.where(status=1, goal_type=["cpa", "cpc"], merit_pixel_id=None, advertiser=7)
    assert [str(condition) for condition in query.conditions] == [
        "status == True",
        "goal_type in ['cpa', 'cpc']",
        "merit_pixel_id is null",
        "advertiser_id == 7",
    ]


def test_where_takes_joined_conditions(t1: T1) -> None:
    query = t1.campaigns.where((Campaign.id > 1) & (Campaign.id < 9) & (Campaign.status == 1))
    assert len(query.conditions) == 3


@pytest.mark.parametrize(
    ("build", "kind", "message"),
    [
        (lambda q: q.where(stauts=1), UnknownNameError, "Campaign has no field 'stauts'.*did you mean 'status'"),
        (lambda q: q.where(Strategy.name == "x"), UnknownNameError, "name == 'x' is not a condition on Campaign"),
        (lambda q: q.where("name == x"), ClientError, "is not a condition .write where.Campaign.name"),
        (lambda q: q.where(True), ClientError, "True is not a condition"),
        (lambda q: q.where(7), ClientError, "7 is not a condition"),
        (lambda q: q.where(status="perhaps"), InvalidValueError, "True or False"),
        (lambda q: q.where(strategies=7), InvalidValueError, "is a list and cannot be compared"),
        (lambda q: q.include("advertisr"), UnknownNameError, "did you mean 'advertiser'"),
        (lambda q: q.include("advertiser.agnecy"), UnknownNameError, "Advertiser has no relation 'agnecy'"),
        (lambda q: q.order_by("nmae"), UnknownNameError, "did you mean 'name'"),
        (lambda q: q.page_size(0), ClientError, "1 to 100 rows, not 0"),
        (lambda q: q.page_size(101), ClientError, "1 to 100 rows, not 101"),
        (lambda q: q.skip(-1), ClientError, "0 or more"),
        (lambda q: q.take(-1), ClientError, "0 or more"),
        (lambda q: q.prefetch(0), ClientError, "1 or more"),
    ],
)
def test_mistakes_are_told_while_building(t1: T1, build: Any, kind: type[Exception], message: str) -> None:
    with assert_calls(t1, 0), pytest.raises(kind, match=message):
        build(t1.campaigns)


def test_a_query_runs_anew_each_time(offline: Any) -> None:
    t1 = offline([ROW], [ROW, {**ROW, "id": 8}])
    query = t1.campaigns
    with assert_calls(t1, 0):
        iter(query)
    assert [len(list(query)), len(list(query))] == [1, 2]


def test_first_asks_for_one_row_only_when_nothing_is_filtered_here(offline: Any) -> None:
    other = {**ROW, "id": 8, "goal_type": "cpc"}
    t1 = offline([ROW], [ROW, other], [])
    assert t1.campaigns.where(status=True).first().id == 7
    assert t1.campaigns.where(status=True, goal_type="cpc").first().id == 8
    assert t1.campaigns.first() is None
    assert [dict(call.params)["page_limit"] for call in t1.transport.calls] == ["1", "100", "1"]


def test_first_over_several_pages(sandbox: Any) -> None:
    t1 = sandbox.t1()
    last = max(t1.campaigns.where(status=True).full(), key=lambda campaign: campaign.id)
    query = t1.campaigns.where(Campaign.status == True, Campaign.id >= last.id)  # noqa: E712
    assert query.first() == last
    assert query.where(Campaign.name == "no such name").first() is None


def test_one(offline: Any) -> None:
    t1 = offline([ROW], [], [ROW, {**ROW, "id": 8}])
    assert t1.campaigns.where(name="Spring").one().id == 7
    with pytest.raises(NotFoundError, match=r"no Campaign fulfils the conditions .<Query campaigns where name"):
        t1.campaigns.where(name="Spring").one()
    with pytest.raises(ClientError, match="more than one Campaign"):
        t1.campaigns.where(name="Spring").one()


@pytest.mark.parametrize("here", [False, True], ids=["server filters", "filtered here too"])
@pytest.mark.parametrize(("skip", "take"), [(0, None), (0, 3), (5, None), (5, 3), (0, 150), (95, 10), (0, 0)])
def test_take_and_skip(sandbox: Any, here: bool, skip: int, take: int | None) -> None:
    t1 = sandbox.t1()
    query = t1.query(Campaign).where(Campaign.id <= 300)
    if here:
        query = query.where(Campaign.name.like("*a*"))
    everything = [campaign.id for campaign in query]
    assert len(everything) > 160
    wanted = everything[skip:][:take]
    part = query.skip(skip)
    if take is not None:
        part = part.take(take)
    assert [campaign.id for campaign in part] == wanted
    assert [campaign.id for page in part.pages() for campaign in page] == wanted
    assert part.count() == len(wanted)


def test_pages_are_as_the_server_cuts_them(sandbox: Any) -> None:
    t1 = sandbox.t1()
    query = t1.query("advertisers").page_size(50)
    with assert_calls(t1, 3):
        pages = [[each.id for each in page] for page in query.pages()]
    assert [len(page) for page in pages] == [50, 50, 20]
    assert len({each for page in pages for each in page}) == 120


def test_counting_costs_one_small_call_where_the_server_filters_all(sandbox: Any) -> None:
    t1 = sandbox.t1()
    with assert_calls(t1, 1) as calls:
        total = t1.campaigns.where(status=True).count()
    assert dict(calls[0].params)["page_limit"] == "1"
    assert total == sum(campaign.status for campaign in t1.campaigns.full())
    with assert_calls(t1, 1):
        assert t1.count("advertisers") == 120


def test_counting_walks_where_something_is_filtered_here(sandbox: Any) -> None:
    t1 = sandbox.t1()
    query = t1.query(Campaign).where(Campaign.status == True, Campaign.name.like("*a*"))  # noqa: E712
    expected = sum(c.status and "a" in c.name.lower() for c in t1.campaigns.full())
    with assert_calls(t1) as calls:
        assert query.count() == expected
    assert len(calls) > 1
    assert query.take(4).count() == 4


def test_a_list_is_made_with_the_calls_of_one_walk(sandbox: Any) -> None:
    t1 = sandbox.t1()
    with assert_calls(t1, 2):
        assert len(list(t1.query("advertisers"))) == 120
    with pytest.raises(TypeError, match="has no len"):
        len(t1.query("advertisers"))  # type: ignore[arg-type]


def test_an_explanation_reads_as_it_is(t1: T1) -> None:
    text = t1.campaigns.explain()
    assert isinstance(text, Explanation)
    assert repr(text) == text


def test_queries_can_be_compared_and_kept(t1: T1) -> None:
    one, other = t1.campaigns.where(name="a"), t1.campaigns.where(goal_type="cpa")
    assert one == one
    assert one != other
    assert len({one, other}) == 2
