"""The classic SDK, unchanged, reads the sandbox as it read TerminalOne: in XML, its default, and in JSON.

It is the one witness that shares no line with this project: where it and the sandbox agree on a value, the
sandbox speaks the wire format.
"""

from typing import Any

import pytest
import requests

from adplatforms.sandbox import Sandbox

Said = dict[str, Any]


@pytest.fixture(scope="module")
def campaigns(sandbox: Sandbox) -> dict[int, dict[str, Any]]:
    """All campaigns of the seed, read without any client."""
    with requests.Session() as http:
        http.headers["Accept"] = "application/json"
        http.params = {"api_key": "demo-key", "full": "*"}
        url = f"{sandbox.url}/api/v2.0"
        http.post(f"{url}/login", data={"user": "demo", "password": "demo"}, timeout=30)
        pages = (
            http.get(f"{url}/campaigns", params={"page_offset": offset}, timeout=30).json()["data"]
            for offset in range(0, 2500, 100)
        )
        return {row["id"]: row for page in pages for row in page}


def test_it_logs_in(said: Said) -> None:
    assert said["login"] == {"user_id": 1, "username": "demo", "has_session": True}


def test_it_gets_a_page(said: Said, campaigns: dict[int, dict[str, Any]]) -> None:
    assert said["page"] == [{"id": id, "name": campaigns[id]["name"], "type": "campaign"} for id in range(1, 101)]
    assert said["limited_record"] is False


def test_it_gets_one_by_id(said: Said, campaigns: dict[int, dict[str, Any]]) -> None:
    row = campaigns[7]
    assert said["by_id"] == {
        "id": 7,
        "name": row["name"],
        "_type": "campaign",
        "version": row["version"],
        "status": row["status"],
        "goal_type": row["goal_type"],
        "total_budget": row["total_budget"][0]["value"],
        "start_date": row["start_date"].replace("+0000", "+00:00"),
        "zone_name": row["zone_name"],
    }


def test_it_counts(said: Said) -> None:
    assert said["counted"] == {"rows": 1, "total": 2500}


def test_it_gets_all(said: Said) -> None:
    assert said["everything"] == {"rows": 2500, "different": 2500, "first": 1, "last": 2500}


@pytest.mark.parametrize(
    ("step", "holds"),
    [
        ("find_in", lambda row: row["id"] in (1, 3)),
        ("find_null", lambda row: "io_name" not in row),
        ("find_not_null", lambda row: "io_name" in row),
        ("find_equals", lambda row: row["status"]),
        ("find_not_equals", lambda row: row["currency_code"] != "USD"),
        ("find_greater", lambda row: row["total_budget"][0]["value"] > 50000),
        ("find_greater_or_equal", lambda row: row["total_budget"][0]["value"] >= 50000),
        ("find_less", lambda row: row["start_date"] < "2025-02-01T00:00:00"),
        ("find_less_or_equal", lambda row: row["total_budget"][0]["value"] <= 500),
        ("find_text", lambda row: "spring sale" in row["name"].lower()),
    ],
)
def test_it_finds(said: Said, campaigns: dict[int, dict[str, Any]], step: str, holds: Any) -> None:
    ids = [id for id, row in campaigns.items() if holds(row)]
    assert said[step]["total"] == len(ids) > 0
    assert [(row["id"], row["name"]) for row in said[step]["rows"]] == [(id, campaigns[id]["name"]) for id in ids[:5]]


def test_it_includes_in_all_three_shapes(said: Said) -> None:
    assert said["include_one"] == {"id": 7, "name": "Copper Kettle Tea US", "type": "advertiser"}
    concept = {"id": 5001, "name": "Hero - Alder & Ash US", "type": "concept"}
    assert said["include_two"] == [{"id": 1, "name": "Alder & Ash US", "type": "advertiser"}, concept]
    assert said["include_chain"] == {
        "agency": {"id": 101, "name": "Harbor & Pine", "type": "agency"},
        "organization_id": 100001,
        "concept": concept,
    }


def test_it_includes_lists_and_role_named_parents(said: Said) -> None:
    strategies = said["include_list"]
    assert {strategy["type"] for strategy in strategies} == {"strategy"}
    assert len({strategy["id"] for strategy in strategies}) == len(strategies) > 1
    assert said["include_role"] == [{"id": 1, "name": "Ana Silva", "type": "contact"}]


def test_full_counts_by_type(said: Said) -> None:
    assert said["full_of_a_type"] == {"campaign": True, "advertiser": False}


def test_it_sorts(said: Said) -> None:
    assert said["sorted_down"] == [2500, 2499, 2498]


def test_it_limits(said: Said, campaigns: dict[int, dict[str, Any]]) -> None:
    total = sum(row["advertiser_id"] == 7 for row in campaigns.values())
    assert said["limited_to_parent"] == {"total": total, "advertisers": [7]}
    assert said["limited_by_chain"] == {"total": 40, "agencies": [101, 102, 103, 104]}


def test_it_reads_children(said: Said, campaigns: dict[int, dict[str, Any]]) -> None:
    flights = said["children"]
    assert {flight["campaign_id"] for flight in flights} == {7}
    budget = campaigns[7]["total_budget"][0]["value"]
    assert sum(flight["total_budget"] for flight in flights) == pytest.approx(budget, abs=0.05)


def test_it_reads_permissions(said: Said) -> None:
    assert said["permissions"] == {"agency": [103], "role": "REPORTER", "edit": 0}


def test_it_reads_history(said: Said, wire_format: str) -> None:
    if wire_format == "json":
        pytest.skip("the classic SDK reads history in XML only")
    assert said["history"] == [{"name": {"old_value": "Dunmore Whisky US", "new_value": "Renamed & <kept>"}}]


def test_it_saves(said: Said, campaigns: dict[int, dict[str, Any]]) -> None:
    assert said["update"] == {"versions": [1, 1], "name": 'Été "2027" & <more>', "budget": 1234.5}
    id = next(id for id, row in campaigns.items() if row["merit_pixel_id"] is not None)
    assert said["clear"] == {"id": id, "before": campaigns[id]["merit_pixel_id"], "after": None}


def test_it_creates(said: Said) -> None:
    assert said["create"] == {
        "id": 2501,
        "version": 0,
        "name": "Made by the classic SDK",
        "status": False,
        "start_date": "2027-03-01T00:00:00+00:00",
        "currency_code": "EUR",
    }


def test_it_adds_and_removes_a_flight(said: Said) -> None:
    assert said["add_and_remove_flight"] == {"added": True, "left": False}


@pytest.mark.parametrize(
    ("step", "raised", "code", "text"),
    [
        ("field_errors", "ValidationError", "invalid", "name: Must supply name (string)"),
        ("field_errors", "ValidationError", "invalid", "advertiser_id: Invalid advertiser_id: 424242"),
        ("too_many_a_page", "ValidationError", "invalid", "page_limit: Must be between 1 and 100"),
        ("unknown_relation", "ValidationError", "invalid", "with: campaign has no relation 'advertizer'"),
        ("stale_version", "T1Error", "conflict", "conflict"),
        ("missing", "NotFoundError", "not_found", "No campaign has the id 7654321"),
        ("wrong_password", "AuthRequiredError", "auth_error", "Authentication error"),
        ("wrong_api_key", "T1Error", None, "<h1>Developer Inactive</h1>"),
    ],
)
def test_it_raises_what_the_status_says(said: Said, step: str, raised: str, code: str | None, text: str) -> None:
    assert (said[step]["raised"], said[step]["code"]) == (raised, code)
    assert text in said[step]["text"]
