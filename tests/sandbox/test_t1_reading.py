"""GET: pages, sort_by, q, limit, with, full, single entities, children, history, permissions."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from adplatforms.sandbox import Sandbox

Errors = Callable[[dict[str, Any]], dict[str, str]]


# Pages


def test_a_page_is_100_unless_asked_otherwise(api: Any) -> None:
    assert api.ids("campaigns") == list(range(1, 101))
    assert api.ids("campaigns", page_limit=3, page_offset=2498) == [2499, 2500]
    assert api.ids("campaigns", page_offset=2500) == []


def test_meta_counts(api: Any) -> None:
    meta = api.get("campaigns", page_limit=7, page_offset=14)["meta"]
    assert (meta["status"], meta["count"], meta["offset"], meta["total_count"]) == ("ok", 7, 14, 2500)


def test_the_etag_tells_whether_the_data_changed(api: Any) -> None:
    first, again, other = (
        api.get("campaigns", page_offset=offset, page_limit=5)["meta"]["etag"] for offset in (0, 0, 5)
    )
    assert len(first) == 40
    assert first == again != other


def test_next_page_leads_through_everything_and_then_ends(api: Any, sandbox: Sandbox) -> None:
    reply = api.get("campaigns/limit/advertiser=7", page_limit=20, full="campaign", **{"with": ["advertiser"]})
    url = urlsplit(reply["meta"]["next_page"])
    assert f"{url.scheme}://{url.netloc}{url.path}" == f"{sandbox.url}/api/v2.0/campaigns/limit/advertiser=7"
    assert dict(parse_qsl(url.query)) == {
        "page_offset": "20",
        "page_limit": "20",
        "full": "campaign",
        "with": "advertiser",
        "api_key": "demo-key",
    }
    pages = api.rows("campaigns", q="status==1", page_limit=99)
    assert len({row["id"] for row in pages}) == len(pages) == api.get("campaigns", q="status==1")["meta"]["total_count"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("page_limit", "101"), ("page_limit", "0"), ("page_limit", "-1"), ("page_limit", "many"), ("page_offset", "-1")],
)
def test_impossible_pages_are_refused(api: Any, errors: Errors, name: str, value: str) -> None:
    assert list(errors(api.get("campaigns", **{name: value}))) == [name]


# sort_by


@pytest.mark.parametrize(
    ("sort_by", "key"),
    [
        ("-id", lambda row: -row["id"]),
        ("-total_budget,id", lambda row: (-row["total_budget"][0]["value"], row["id"])),
        ("goal_type,-start_date,id", lambda row: (row["goal_type"], _backwards(row["start_date"]), row["id"])),
    ],
)
def test_rows_come_sorted(api: Any, sort_by: str, key: Callable[[dict[str, Any]], Any]) -> None:
    rows = api.rows("campaigns", sort_by=sort_by)
    assert len(rows) == 2500
    assert rows == sorted(rows, key=key)


def test_nulls_come_last_and_first_when_descending(api: Any) -> None:
    up = [row["merit_pixel_id"] for row in api.rows("campaigns", sort_by="merit_pixel_id,id")]
    assert up == sorted(up, key=lambda pixel: (pixel is None, pixel))
    down = [row["merit_pixel_id"] for row in api.rows("campaigns", sort_by="-merit_pixel_id,id")]
    assert down == up[::-1]


def test_paging_over_a_sort_that_is_not_unique_loses_rows(api: Any) -> None:
    """As in production, but reliably: the server owes no order among equals."""
    assert len({row["id"] for row in api.rows("campaigns", sort_by="status")}) < 2500
    assert len({row["id"] for row in api.rows("campaigns", sort_by="status,id")}) == 2500


@pytest.mark.parametrize("sort_by", ["nmae", "name;id", "advertiser.name", "name,,id", "password"])
def test_unknown_sort_keys_are_refused(api: Any, errors: Errors, sort_by: str) -> None:
    assert list(errors(api.get("users", sort_by=sort_by))) == ["sort_by"]


# q


@pytest.mark.parametrize(
    ("q", "holds"),
    [
        ("(3,1,2,424242)", lambda row: row["id"] in (1, 2, 3)),
        ("io_name:null", lambda row: "io_name" not in row),
        ("io_name:!null", lambda row: "io_name" in row),
        ("merit_pixel_id:null", lambda row: row["merit_pixel_id"] is None),
        ("status==1", lambda row: row["status"]),
        ("status==0", lambda row: not row["status"]),
        ("id==7", lambda row: row["id"] == 7),
        ("goal_type==cpa", lambda row: row["goal_type"] == "cpa"),
        ("currency_code!=USD", lambda row: row["currency_code"] != "USD"),
        ("total_budget>50000", lambda row: row["total_budget"][0]["value"] > 50000),
        ("total_budget>=50000.00", lambda row: row["total_budget"][0]["value"] >= 50000),
        ("total_budget<1000", lambda row: row["total_budget"][0]["value"] < 1000),
        ("total_budget<=1000", lambda row: row["total_budget"][0]["value"] <= 1000),
        ("version>=8", lambda row: row["version"] >= 8),
        ("start_date>2026-11-01T00:00:00", lambda row: row["start_date"] > "2026-11-01T00:00:00"),
        ("start_date<2025-02-01T02:00:00+0200", lambda row: row["start_date"] < "2025-02-01T00:00:00"),
        ("name=:*spring SALE*", lambda row: "Spring Sale" in row["name"]),
        ("name=:ÉTÉ 2025*", lambda row: row["name"].startswith("Été 2025")),
        ("name=:*< 30*native", lambda row: "< 30" in row["name"] and row["name"].endswith("Native")),
        ("name=:always on 2025 - ctv", lambda row: row["name"] == "Always On 2025 - CTV"),
    ],
)
def test_q_finds_what_holds_and_nothing_else(
    api: Any, campaigns: list[dict[str, Any]], q: str, holds: Callable[[dict[str, Any]], bool]
) -> None:
    expected = {row["id"] for row in campaigns if holds(row)}
    found = api.rows("campaigns", q=q)
    assert expected
    assert {row["id"] for row in found} == expected
    assert len(found) == len(expected)


def test_equality_of_text_is_exact(api: Any) -> None:
    name = api.get("campaigns/7")["data"]["name"]
    assert 7 in api.ids("campaigns", q=f"name=={name}")
    assert api.ids("campaigns", q=f"name=={name.upper()}") == []
    assert api.ids("campaigns", q="name==*") == []


def test_a_pattern_is_not_a_regular_expression(api: Any) -> None:
    assert api.ids("campaigns", q="name=:.*") == []
    assert api.ids("campaigns", q="name=:%") == []


def test_null_is_neither_equal_nor_unequal(api: Any) -> None:
    total = api.get("campaigns", q="agency_fee_pct==12.5")["meta"]["total_count"]
    others = api.get("campaigns", q="agency_fee_pct!=12.5")["meta"]["total_count"]
    nulls = api.get("campaigns", q="agency_fee_pct:null")["meta"]["total_count"]
    assert total > 0
    assert nulls > 0
    assert total + others + nulls == 2500


@pytest.mark.parametrize(
    "q",
    [
        "", "name", "status", "nmae==x", "advertiser.name==x", "status=1", "status===1", "status==yes", "id==seven",
        "id==1.0", "total_budget>lots", "start_date>yesterday", "start_date>2026-11-01", "name=~x", "name!~x",
        "name!:x", "io_name:nothing", "()", "(1,x)", "(1,2", "id=:1*", "1==1", "id==1 OR 1==1",
    ],
)  # fmt: skip
def test_bad_q_is_refused(api: Any, errors: Errors, q: str) -> None:
    assert list(errors(api.get("campaigns", q=q))) == ["q"]


def test_passwords_cannot_be_searched(api: Any, errors: Errors) -> None:
    assert list(errors(api.get("users", q="password==demo"))) == ["q"]


# limit


def test_limit_by_a_parent(api: Any, campaigns: list[dict[str, Any]]) -> None:
    rows = api.rows("campaigns/limit/advertiser=7")
    assert {row["id"] for row in rows} == {row["id"] for row in campaigns if row["advertiser_id"] == 7}
    assert rows


def test_limit_by_a_chain(api: Any, campaigns: list[dict[str, Any]]) -> None:
    agencies = {row["id"] for row in api.rows("agencies") if row["organization_id"] == 100002}
    expected = {row["id"] for row in api.rows("advertisers") if row["agency_id"] in agencies}
    assert {row["id"] for row in api.rows("advertisers/limit/agency.organization=100002")} == expected
    below = {row["id"] for row in campaigns if row["advertiser_id"] in expected}
    assert {row["id"] for row in api.rows("campaigns/limit/advertiser.agency.organization=100002")} == below
    assert len(expected) == 40
    assert below


def test_limit_through_lists(api: Any) -> None:
    strategy = api.get("strategies/10005", **{"with": "concepts"})["data"]
    concept = strategy["concepts"][0]["id"]
    assert strategy["campaign_id"] in api.ids(f"campaigns/limit/strategies.concepts={concept}")
    assert api.ids("campaigns/limit/strategies=10005") == [strategy["campaign_id"]]


def test_limit_and_q_and_paging_work_together(api: Any) -> None:
    expected = [row["id"] for row in api.rows("campaigns/limit/advertiser=7") if row["status"]]
    reply = api.get("campaigns/limit/advertiser=7", q="status==1", page_limit=1, page_offset=1)
    assert [row["id"] for row in reply["data"]] == expected[1:2]
    assert reply["meta"]["total_count"] == len(expected) > 1


def test_a_limit_to_nothing_is_an_empty_collection(api: Any) -> None:
    reply = api.get("campaigns/limit/advertiser=424242")
    assert reply["data"] == []
    assert (reply["meta"]["count"], reply["meta"]["total_count"]) == (0, 0)


@pytest.mark.parametrize(
    "limit",
    [
        "advertiser" + ".campaigns.advertiser" * 3 + "=7",
        "advertizer=7",
        "advertiser_id=7",
        "advertiser",
        "advertiser=seven",
        "advertiser=7/8",
        "agency=101",
        "=7",
    ],
)
def test_bad_limits_are_refused(api: Any, errors: Errors, limit: str) -> None:
    assert list(errors(api.get(f"campaigns/limit/{limit}"))) == ["limit"]


# with and full


def test_rows_of_a_list_are_limited_unless_full_says_otherwise(api: Any) -> None:
    row = api.get("campaigns", page_limit=1)["data"][0]
    assert set(row) == {"id", "name", "entity_type"}
    full = api.get("campaigns", page_limit=1, full="*")["data"][0]
    assert full["version"] >= 0
    assert full == api.get("campaigns", page_limit=1, full="campaign")["data"][0] == api.get("campaigns/1")["data"]


def test_full_counts_by_type(api: Any) -> None:
    query = {"with": ["advertiser,agency", "strategies"], "page_limit": 1}
    row = api.get("campaigns", full="campaign,agency", **query)["data"][0]
    assert "status" in row
    assert "status" not in row["advertiser"]
    assert "status" in row["advertiser"]["agency"]
    assert "status" not in row["strategies"][0]
    everything = api.get("campaigns", full="*", **query)["data"][0]
    assert "status" in everything["advertiser"]
    assert "status" in everything["strategies"][0]


@pytest.mark.parametrize("full", ["False", "True", "campaigns", "campaign,advertizer"])
def test_full_must_name_types(api: Any, errors: Errors, full: str) -> None:
    assert list(errors(api.get("campaigns", full=full))) == ["full"]


def test_parents_and_lists_come_along(api: Any) -> None:
    rows = api.get("campaigns", full="*", page_limit=20, **{"with": ["advertiser", "budget_flights"]})["data"]
    for row in rows:
        assert row["advertiser"]["id"] == row["advertiser_id"]
        assert (row["advertiser"]["entity_type"], row["advertiser"]["rel"]) == ("advertiser", "advertiser")
        assert row["budget_flights"]
        for flight in row["budget_flights"]:
            assert (flight["campaign_id"], flight["rel"]) == (row["id"], "budget_flights")


def test_chains_share_their_beginning(api: Any) -> None:
    chains = ["advertiser,agency,organization", "advertiser,vertical"]
    row = api.get("campaigns/7", full="*", **{"with": chains})["data"]
    advertiser = row["advertiser"]
    assert advertiser["agency"]["organization"]["id"] == advertiser["agency"]["organization_id"]
    assert advertiser["vertical"]["id"] == advertiser["vertical_id"]


def test_a_chain_may_turn_around(api: Any) -> None:
    row = api.get("strategies/10005", **{"with": "campaign,strategies"})["data"]
    assert 10005 in [one["id"] for one in row["campaign"]["strategies"]]


def test_a_parent_that_is_not_set_is_absent(api: Any) -> None:
    id = api.ids("campaigns", q="merit_pixel_id:null")[0]
    assert "merit_pixel" not in api.get(f"campaigns/{id}", **{"with": "merit_pixel"})["data"]
    id = api.ids("campaigns", q="merit_pixel_id:!null")[0]
    row = api.get(f"campaigns/{id}", **{"with": "merit_pixel"})["data"]
    assert (row["merit_pixel"]["id"], row["merit_pixel"]["rel"]) == (row["merit_pixel_id"], "merit_pixel")


def test_currency_and_zone_are_found_by_their_code(api: Any) -> None:
    row = api.get("campaigns/7", full="*", **{"with": ["currency", "time_zone"]})["data"]
    assert row["currency"]["code"] == row["currency_code"]
    assert row["time_zone"]["name"] == row["zone_name"]


@pytest.mark.parametrize(
    "given",
    ["advertiser" + ",campaigns,advertiser" * 3, "advertizer", "advertiser,agenzy", "strategies,advertiser", "name"],
)
def test_unknown_relations_are_refused(api: Any, errors: Errors, given: str) -> None:
    assert list(errors(api.get("campaigns", **{"with": given}))) == ["with"]
    assert list(errors(api.get("campaigns/1", **{"with": given}))) == ["with"]


# Single entities, children, history, permissions


@pytest.mark.parametrize(
    "path",
    [
        "campaigns/424242", "campaigns/99999999999999999999", "campaigns/abc", "campainz", "campainz/1",
        "budget_flights", "budget_flights/30001", "currencies", "campaigns/1/strategies",
        "campaigns/424242/budget_flights",
        "campaigns/1/budget_flights/424242", "campaigns/2/budget_flights/30001", "campaigns/1/no/such/path",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(api: Any, path: str) -> None:
    reply = api.get(path)
    assert reply["meta"]["status"] == "not_found"
    assert reply["errors"][0]["message"]


def test_children_are_a_collection_of_their_own(api: Any) -> None:
    flights = api.get("campaigns/1/budget_flights", full="*")
    assert {flight["campaign_id"] for flight in flights["data"]} == {1}
    assert flights["meta"]["total_count"] == len(flights["data"])
    first = flights["data"][0]
    assert api.get(f"campaigns/1/budget_flights/{first['id']}")["data"] == first


def test_concepts_of_a_strategy(api: Any) -> None:
    listed = api.ids("strategies/10005/concepts")
    assert listed == [one["id"] for one in api.get("strategies/10005", **{"with": "concepts"})["data"]["concepts"]]


def test_history_tells_old_and_new_values(api: Any) -> None:
    id = api.ids("campaigns", q="version>0")[0]
    assert api.raw("GET", f"campaigns/{id}/history").headers["Content-Type"].startswith("text/xml")
    entry = api.xml(f"campaigns/{id}/history").find("log_entries/entry")
    assert set(entry.attrib) == {"id", "date", "user_id", "user_name"}
    assert set(entry.find("field").attrib) == {"name", "old_value", "new_value"}


def test_permissions_tell_flags_and_accounts(api: Any) -> None:
    reply = api.get("users/2/permissions")["data"]
    assert reply["user"] == {"entity_type": "user", "id": 2, "name": "viewer"}
    flags = {flag["type"]: flag["value"] for flag in reply["permissions"]["flags"][0]["access"]}
    assert (flags["edit_campaigns"], flags["role"]) == (0, "REPORTER")
    (agency,) = reply["permissions"]["entities"]["agency"][0]["access"]
    assert agency["id"] == "103"
    assert agency["child_count"] == api.get("advertisers/limit/agency=103")["meta"]["total_count"]
    assert "entities" not in api.get("users/1/permissions")["data"]["permissions"]


def _backwards(text: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in text)
