"""The classic words: get, get_all and find, what they send and what they give back."""

import types
import warnings
from typing import Any

import pytest

from adplatforms.core.errors import (
    ClientError,
    InvalidValueError,
    MovedListingWarning,
    PartialResultWarning,
    UnknownNameError,
)
from adplatforms.core.testing import assert_calls
from terminalone import T1, filters
from terminalone.entities import Campaign

ROW = {"entity_type": "campaign", "id": 7, "name": "Spring"}


def params(t1: Any, number: int = -1) -> dict[str, str]:
    """The query of a call without paging, which is checked elsewhere."""
    paging = ("page_limit", "page_offset", "sort_by")
    return {name: value for name, value in t1.transport.calls[number].params if name not in paging}


def withs(t1: Any) -> list[str]:
    return [value for name, value in t1.transport.calls[-1].params if name == "with"]


# what is sent


def test_a_plain_get(offline: Any) -> None:
    t1 = offline([ROW])
    (campaign,) = t1.get("campaigns")
    assert (campaign.id, campaign.name) == (7, "Spring")
    (call,) = t1.transport.calls
    assert (call.method, call.path, call.writes) == ("GET", "api/v2.0/campaigns", False)
    assert call.params == (("page_limit", "100"), ("sort_by", "id"), ("page_offset", "0"))


@pytest.mark.parametrize("name", ["campaigns", "campaign", Campaign])
def test_a_collection_by_any_of_its_names(offline: Any, name: Any) -> None:
    t1 = offline([ROW])
    assert next(t1.get(name)).id == 7
    assert t1.transport.calls[0].path == "api/v2.0/campaigns"


@pytest.mark.parametrize("name", ["campaing", "Campaigns", ""])
def test_a_misspelt_collection(offline: Any, name: str) -> None:
    t1: T1 = offline()
    for call in (lambda: t1.get(name), lambda: t1.get_all(name), lambda: t1.query(name), lambda: t1.count(name)):
        with pytest.raises(UnknownNameError, match=rf"T1 has no collection {name!r}") as caught:
            call()
    assert "did you mean 'campaign" in str(caught.value) or not name
    assert isinstance(caught.value, LookupError)


def test_collections_are_attributes(offline: Any) -> None:
    t1: T1 = offline()
    assert t1.campaigns.model is Campaign
    assert {"campaigns", "strategies", "budget_flights", "get", "find"} <= set(dir(t1))
    assert not hasattr(t1, "campaing")
    with pytest.raises(AttributeError, match=r"T1 has no 'campaing'.*did you mean 'campaigns'"):
        _ = t1.campaing
    with pytest.raises(UnknownNameError, match="str is not an entity of T1"):
        t1.query(str)  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("include", "expected"),
    [
        ("advertiser", ["advertiser"]),
        (["advertiser", "ad_server"], ["advertiser", "ad_server"]),
        (("advertiser", "ad_server"), ["advertiser", "ad_server"]),
        ([["advertiser", "agency"], "ad_server"], ["advertiser,agency", "ad_server"]),
        ([("advertiser", "agency")], ["advertiser,agency"]),
        (["advertiser.agency"], ["advertiser,agency"]),
        (Campaign.advertiser, ["advertiser"]),
        ([], []),
        (None, []),
    ],
)
def test_the_shapes_of_include(offline: Any, include: Any, expected: list[str]) -> None:
    t1 = offline([ROW])
    before = repr(include)
    t1.get("campaigns", include=include)
    assert withs(t1) == expected
    assert repr(include) == before


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        (None, None),
        (False, None),
        ([], None),
        ("", None),
        (True, "*"),
        ("campaign", "campaign"),
        (["campaign", "advertiser"], "campaign,advertiser"),
        (("campaign",), "campaign"),
    ],
)
def test_the_shapes_of_full(offline: Any, full: Any, expected: str | None) -> None:
    t1 = offline([ROW])
    t1.get("campaigns", full=full)
    assert params(t1) == ({} if expected is None else {"full": expected})


@pytest.mark.parametrize(
    ("limit", "path"),
    [
        ({"advertiser": 7}, "/limit/advertiser=7"),
        ({"advertiser": "7"}, "/limit/advertiser=7"),
        ({"advertiser.agency": 3}, "/limit/advertiser.agency=3"),
        (None, ""),
    ],
)
def test_limit(offline: Any, limit: Any, path: str) -> None:
    t1 = offline([ROW])
    t1.get("campaigns", limit=limit)
    assert t1.transport.calls[0].path == "api/v2.0/campaigns" + path


@pytest.mark.parametrize("limit", [{"advertiser": 7, "agency": 3}, {}])
def test_a_limit_has_exactly_one_entry(offline: Any, limit: Any) -> None:
    with pytest.raises(ClientError, match=r"limit takes exactly one entry"):
        offline().get("campaigns", limit=limit)


def test_paging_and_order(offline: Any) -> None:
    t1 = offline([ROW])
    t1.get("campaigns", page_limit=20, page_offset=40, sort_by="-name")
    sent = dict(t1.transport.calls[0].params)
    assert sent == {"page_limit": "20", "page_offset": "40", "sort_by": "-name"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"page_limit": 0}, "a page takes 1 to 100 rows, not 0"),
        ({"page_limit": 101}, "a page takes 1 to 100 rows, not 101"),
        ({"page_offset": -1}, "skip takes 0 or more rows"),
        ({"sort_by": "nmae"}, "no field 'nmae'.*did you mean 'name'"),
        ({"entity": "7/../8"}, "is not an id of a Campaign"),
        ({"child": "concepts"}, "is a child of one entity"),
        ({"limit": "advertiser=7"}, "limit"),
        ({"page_limit": "many"}, "many"),
        ({"page_offset": "many"}, "many"),
        ({"sort_by": 7}, "7"),
        ({"include": 7}, "7"),
        ({"full": 7}, "full takes types of records, not 7"),
    ],
)
def test_what_cannot_be_asked_sends_nothing(offline: Any, words: Any, message: str) -> None:
    t1 = offline()
    with pytest.raises(ClientError, match=message):
        t1.get("campaigns", **words)
    assert t1.transport.calls == []


def test_parent_query_and_other_parameters(offline: Any) -> None:
    t1 = offline([ROW])
    given = {"flavour": "sour", "ids": [1, 2], "sort_by": "name"}
    t1.get("campaigns", parent=9, query="status==1", other_params=given)
    (call,) = t1.transport.calls
    assert set(call.params) == {
        ("page_limit", "100"),
        ("page_offset", "0"),
        ("parent", "9"),
        ("q", "status==1"),
        ("flavour", "sour"),
        ("ids", "1"),
        ("ids", "2"),
        ("sort_by", "name"),
    }
    assert given == {"flavour": "sour", "ids": [1, 2], "sort_by": "name"}


def test_other_parameters_may_page(offline: Any) -> None:
    t1 = offline(([ROW], 50), ([ROW], 50))
    assert len(list(t1.get("campaigns", other_params={"page_limit": 1, "page_offset": "3"}))) == 1
    sent = t1.transport.calls[0].params
    assert sorted(sent) == [("page_limit", "1"), ("page_offset", "3"), ("sort_by", "id")]


def test_a_raw_query_takes_the_place_of_the_condition(offline: Any) -> None:
    t1 = offline([{**ROW, "goal_type": "cpa"}, {**ROW, "id": 8, "goal_type": "cpc"}])
    found = list(t1.find("campaigns", "goal_type", filters.EQUALS, "cpa", query="status==1"))
    assert [campaign.id for campaign in found] == [7]
    assert params(t1) == {"q": "status==1", "full": "campaign"}


# what comes back


def test_get_sends_at_once_and_gives_a_generator(offline: Any) -> None:
    t1 = offline([ROW, {**ROW, "id": 8}])
    found = t1.get("campaigns")
    assert len(t1.transport.calls) == 1
    assert isinstance(found, types.GeneratorType)
    assert [campaign.id for campaign in found] == [7, 8]
    assert list(found) == []


def test_one_entity(offline: Any) -> None:
    t1 = offline(ROW, ROW)
    assert type(t1.get("campaigns", 7)) is Campaign
    campaign, total = t1.get("campaigns", "7", count=True)
    assert (campaign.id, total) == (7, 1)
    assert t1.transport.calls[0].params == ()


def test_counts_are_totals(offline: Any) -> None:
    t1 = offline(([ROW], 2500), ([ROW], 2500), ([ROW], 2500))
    found, total = t1.get("campaigns", count=True, page_limit=1)
    assert (len(list(found)), total) == (1, 2500)
    assert t1.count("campaigns") == 2500
    assert t1.campaigns.count() == 2500
    assert dict(t1.transport.calls[2].params)["page_limit"] == "1"


def test_get_all_sends_nothing_before_it_is_iterated(sandbox: Any) -> None:
    t1 = sandbox.t1()
    with assert_calls(t1, 0):
        everything = t1.get_all("campaigns", sort_by="name")
    assert isinstance(everything, types.GeneratorType)
    # The sandbox turns the order of equal names from page to page: what is missing is looked for by id.
    with assert_calls(t1, 25 + 25 + 1), pytest.warns(MovedListingWarning, match="rows out of the order"):
        found = [(campaign.name, campaign.id) for campaign in everything]
    assert len(found) == len(set(found)) == 2500
    assert [campaign_id for _, campaign_id in sorted(found, key=lambda pair: pair[1])] == list(range(1, 2501))


def test_get_all_with_a_count(sandbox: Any) -> None:
    t1 = sandbox.t1()
    with assert_calls(t1, 1):
        everything, total = t1.get("advertisers", get_all=True, count=True)
    assert total == 120
    assert len(list(everything)) == 120


def test_get_all_of_one_parent(sandbox: Any) -> None:
    t1 = sandbox.t1()
    found = list(t1.get_all("campaigns", limit={"advertiser": 7}, full=True, page_limit=3))
    assert found
    assert {campaign.advertiser_id for campaign in found} == {7}
    assert len(found) == t1.campaigns.where(advertiser_id=7).count()


def test_closing_early_stops_asking(sandbox: Any) -> None:
    t1 = sandbox.t1()
    with assert_calls(t1) as calls:
        everything = t1.get_all("campaigns")
        for _ in range(5):
            next(everything)
        everything.close()
        assert len(calls) <= 1 + t1.dialect.capabilities.prefetch
        assert list(everything) == []
    t1.close()


# the warning about what was left behind


def test_rows_left_behind_are_told_at_the_callers_line(offline: Any) -> None:
    t1 = offline(([ROW] * 3, 2500))
    with pytest.warns(PartialResultWarning) as caught:
        found = t1.get("campaigns")
    assert [(warning.filename, str(warning.message)) for warning in caught] == [
        (__file__, "the first 3 of 2,500 campaigns: get_all=True for all")
    ]
    assert len(list(found)) == 3


def test_other_ways_to_leave_rows_behind(offline: Any) -> None:
    t1 = offline(([ROW], 9), ([ROW], 9), ([{**ROW, "entity_type": "concept"}], 9))
    with pytest.warns(PartialResultWarning, match="1 rows from 4 of 9 campaigns"):
        t1.get("campaigns", page_offset=4)
    with pytest.warns(PartialResultWarning, match="the first 1 of 9") as caught:
        t1.find("campaigns", "status", filters.EQUALS, True)
    assert caught[0].filename == __file__
    with pytest.warns(PartialResultWarning, match="the first 1 of 9 concepts") as caught:
        t1.get("strategies", 7, "concepts")
    assert caught[0].filename == __file__


def test_an_explicit_page_is_no_surprise(offline: Any) -> None:
    t1 = offline(([ROW], 9), ([ROW], 1), ([ROW], 9))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        t1.get("campaigns", page_limit=1)
        t1.get("campaigns")
        t1.get("campaigns", page_offset=8, page_limit=100)


# find


@pytest.mark.parametrize(
    ("variable", "operator", "candidates", "q"),
    [
        ("name", filters.CASE_INS_STRING, "*green*", "name=:*green*"),
        ("name", filters.EQUALS, "Green", "name==Green"),
        ("name", filters.NOT_EQUALS, "Green", "name!=Green"),
        ("status", filters.EQUALS, True, "status==1"),
        ("status", filters.EQUALS, "0", "status==0"),
        ("goal_value", filters.GREATER, 5, "goal_value>5.0"),
        ("goal_value", filters.GREATER_OR_EQUAL, "5", "goal_value>=5.0"),
        ("id", filters.LESS, 5, "id<5"),
        ("id", filters.LESS_OR_EQUAL, "5", "id<=5"),
        ("merit_pixel_id", filters.NULL, None, "merit_pixel_id:null"),
        ("merit_pixel_id", filters.NOT_NULL, None, "merit_pixel_id:!null"),
        ("merit_pixel_id", filters.EQUALS, None, "merit_pixel_id:null"),
        ("merit_pixel_id", filters.NOT_EQUALS, None, "merit_pixel_id:!null"),
        ("id", filters.IN, [3, "1"], "(3,1)"),
        ("", filters.IN, [3, 1], "(3,1)"),
        (None, filters.IN, (3, 1), "(3,1)"),
    ],
)
def test_find_with_every_operator(offline: Any, variable: Any, operator: str, candidates: Any, q: str) -> None:
    found = 3 if operator == filters.IN else 7  # of the ids that are asked for
    t1 = offline([{**ROW, "id": found}])
    assert [campaign.id for campaign in t1.find("campaigns", variable, operator, candidates)] == [found]
    assert params(t1) == {"q": q}


def test_find_takes_the_words_of_get(offline: Any) -> None:
    t1 = offline([ROW])
    words = {"limit": {"advertiser": 7}, "include": "advertiser", "full": True, "sort_by": "-name"}
    found, total = t1.find("campaigns", "status", filters.EQUALS, True, count=True, **words)
    assert (len(list(found)), total) == (1, 1)
    assert t1.transport.calls[0].path == "api/v2.0/campaigns/limit/advertiser=7"
    assert params(t1) == {"q": "status==1", "with": "advertiser", "full": "*"}


@pytest.mark.parametrize(
    ("variable", "operator", "candidates", "message"),
    [
        ("stauts", filters.EQUALS, 1, "no field 'stauts'.*did you mean 'status'"),
        ("status", "=>", 1, "no operator '=>'"),
        ("status", "EQUAL", 1, "did you mean 'EQUALS'"),
        ("status", filters.EQUALS, "perhaps", "True or False"),
        ("id", filters.IN, 7, "takes a list"),
        ("id", filters.IN, "123", "takes a list"),
        ("id", filters.IN, ["1) or (1==1"], "whole number"),
        ("name", filters.NULL, "x", "compare with nothing"),
        ("name", filters.CASE_INS_STRING, 7, "matched with text"),
    ],
)
def test_what_cannot_be_found_sends_nothing(
    offline: Any, variable: str, operator: str, candidates: Any, message: str
) -> None:
    t1 = offline()
    with pytest.raises(ClientError, match=message) as caught:
        t1.find("campaigns", variable, operator, candidates)
    assert isinstance(caught.value, (InvalidValueError, UnknownNameError, ClientError))
    assert t1.transport.calls == []


def test_find_all(sandbox: Any) -> None:
    t1 = sandbox.t1()
    some = list(t1.find("campaigns", "name", filters.CASE_INS_STRING, "*a*", get_all=True))
    assert len(some) > 100
    assert all("a" in campaign.name.lower() for campaign in some)
    first = list(t1.find("campaigns", "name", filters.CASE_INS_STRING, "*a*", page_limit=7))
    assert first == some[:7]
