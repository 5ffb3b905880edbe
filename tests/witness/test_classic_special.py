"""The classic SDK, unchanged, on the rest of the sandbox: all collections, special calls, deals, tokens, reports."""

import json
from pathlib import Path
from typing import Any

import pytest

Said = dict[str, Any]


def test_it_reads_every_collection(said: Said, spec: Path) -> None:
    facts = json.loads((spec / "t1" / "collections.json").read_bytes())["collections"]
    elsewhere = {"budget_flights", "permissions", "reports", "target_dimensions"}
    expected = {name: [2, [classname]] for name, classname in facts.items() if name not in elsewhere}
    assert said["every_collection"] == expected


def test_it_walks_the_tree_of_segments(said: Said) -> None:
    rows = said["segments_of_a_parent"]
    assert {row["parent_audience_segment_id"] for row in rows} == {1001}
    assert rows[0]["full_path"] == "Acorn Data - Demographics - Age 18-24"
    assert all(row["retail_cpm"] > 0 for row in rows)


def test_it_reads_deals(said: Said) -> None:
    deal = said["deal"]
    assert (deal["id"], type(deal["status"]), set(deal["price"])) == (1, bool, {"value", "currency_code"})
    assert deal["start_datetime"].endswith("+00:00")
    assert said["deals_counted"] == {"rows": 5, "total": 60}
    assert 0 < len(said["deals_of_an_advertiser"]) < 60


def test_it_saves_deals(said: Said) -> None:
    assert said["deal_saved"] == {
        "id": 61,
        "name": "Renamed",
        "status": True,
        "price": {"value": "4.3200", "currency_code": "EUR"},
        "end_datetime": "2027-04-01T00:00:00+00:00",
    }
    refused = said["deal_refused"]
    assert (refused["raised"], refused["code"]) == ("APIError", "error")
    assert "'cheap' is not a decimal number" in refused["text"]


def test_it_gives_a_strategy_supplies_and_deals(said: Said) -> None:
    assert said["supplies"] == {"id": 10001, "supplies": [3, 5], "links": 2}
    assert said["deals_of_a_strategy"] == {"type": "strategy", "deals": [3, 4], "left": 1}
    refused = said["deals_refused"]
    assert (refused["raised"], refused["text"]) == ("ValidationError", "invalid\ndeal_ids: Invalid deal id(s)")


def test_it_sets_and_clears_domains(said: Said) -> None:
    assert said["domains"] == {"added": [{"domain": "a.example", "restriction": "INCLUDE"}], "left": 0}


@pytest.mark.parametrize("kind", ["audience", "targeting"])
def test_it_assigns_and_unassigns_segments(said: Said, kind: str) -> None:
    assert said[f"{kind}_segments"] == {"assigned": True, "left": True, "operator": "OR"}


def test_it_removes_retired_segments(said: Said) -> None:
    shown = {"strategy_id": 10001, "restriction": "INCLUDE", "group_identifier": "g1"}
    assert said["retired_segments"] == {"shown": shown, "segment": 67001, "total": 0, "left": 0}


def test_it_reads_and_removes_day_parts_and_links(said: Said) -> None:
    shown = {"strategy_id": 10001, "days": "MTWRF", "start_hour": 7, "end_hour": 22, "user_time": True}
    assert said["day_parts"] == {"shown": shown, "rows": 2, "left": 1}
    assert said["links_removed"] == {"strategy_concepts": False, "pixels": False}


def test_it_reads_all_target_dimensions_and_saves_one(said: Said) -> None:
    numbers = [1, 2, 3, 4, 5, 7, 8, 14, 15, 16, 19, 20, 21, 22, 23, 24]
    assert sorted(said["dimensions"].values()) == [[number, 0, 0] for number in numbers]
    names = [value["name"] for value in said["dimension_saved"]["include"]]
    assert (names, said["dimension_saved"]["exclude"]) == (["United States", "California"], ["New York"])


def test_it_saves_permissions(said: Said) -> None:
    assert said["permissions_saved"]["advertiser"] == [7]
    assert len(said["permissions_saved"]["agency"]) == 1


def test_it_saves_flights_in_bulk(said: Said) -> None:
    assert said["flights_saved"]
    assert {(flight["campaign_id"], flight["total_budget"]) for flight in said["flights_saved"]} == {(11, 12.5)}


def test_it_makes_site_lists_and_slots(said: Said) -> None:
    made = {"name": "Classic", "organization_id": 100001, "restriction": "INCLUDE", "status": True}
    assert said["site_list_saved"] == made
    placement = {"id": 1, "name": "The Daily Lantern News top", "type": "site_placement"}
    slot = {"width": 300, "buy_price": 2.5, "auction_type": "FIRST_PRICED"}
    assert said["placement_saved"] == {"slot": slot, "placement": [placement]}


def test_it_reads_reports(said: Said) -> None:
    assert said["report_metadata"] == {"uri": "geo", "dimensions": True}
    headers = ["start_date", "end_date", "campaign_id", "campaign_name", "impressions", "total_spend"]
    assert said["report"]["headers"] == headers
    assert said["report"]["rows"] > 50
    assert said["report"]["sorted"]
    assert said["beta_report"]["countries"] == ["Germany", "United States"]


def test_it_signs_in_with_tokens(said: Said) -> None:
    who = {"user_id": 1, "username": "demo"}
    assert said["token_by_password"] == {**who, "name": "Copper Kettle Tea US"}
    assert said["existing_token"] == {**who, "deal": 1}
    assert said["wrong_secret"]["raised"] == "ClientError"
