"""POST: create, update, clear, delete, children, bulk, permissions, and everything that is refused."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest

Errors = Callable[[dict[str, Any]], dict[str, str]]

CAMPAIGN = {
    "name": 'Ostern & "Pâques" <2027>',
    "advertiser_id": "7",
    "ad_server_id": "1",
    "goal_type": "cpc",
    "goal_value": "2.5",
    "service_type": "SELF",
    "total_budget": "1000.0",
    "start_date": "2027-03-01T00:00:00",
    "end_date": "2027-03-31T23:59:59",
}
STRATEGY = {
    "name": "Display - Test",
    "campaign_id": "7",
    "budget": "",
    "goal_type": "cpc",
    "goal_value": "1.25",
    "max_bid": "3",
    "pacing_amount": "10",
    "type": "AUD",
}


def test_create_answers_the_whole_entity(own: Any) -> None:
    reply = own.post("campaigns", **CAMPAIGN)
    row = reply["data"]
    assert reply["meta"]["status"] == "ok"
    assert (row["id"], row["version"], row["name"]) == (2501, 0, CAMPAIGN["name"])
    assert row["total_budget"] == [{"currency_code": "EUR", "value": 1000}]
    assert (row["start_date"], row["end_date"]) == ("2027-03-01T00:00:00+0000", "2027-03-31T23:59:59+0000")
    assert (row["status"], row["conversion_type"], row["zone_name"]) == (False, "variable", "America/New_York")
    assert row["created_on"] == row["updated_on"]
    assert own.get("campaigns/2501")["data"] == row
    assert own.get("campaigns")["meta"]["total_count"] == 2501


def test_a_strategy_takes_currency_and_zone_from_its_campaign(own: Any) -> None:
    campaign = own.get("campaigns/7")["data"]
    row = own.post("strategies", **STRATEGY)["data"]
    assert (row["currency_code"], row["zone_name"]) == (campaign["currency_code"], campaign["zone_name"])
    assert row["budget"] is None
    assert row["effective_goal_value"] == [{"currency_code": campaign["currency_code"], "value": "1.2500"}]
    assert row["pixel_target_expr"] == ""


@pytest.mark.parametrize(
    ("expression", "is_good"),
    [
        ("( [1] OR [2] ) AND NOT ( [3] )", True),
        ("NOT ( [889116] )", True),
        ("([1] AND [2])", True),
        ("[1]", False),
        ("( [1] [2] )", False),
        ("( [1] ) OR ( [2] )", False),
        ("( [1] ) AND ", False),
    ],
)
def test_pixel_expressions_follow_the_grammar(own: Any, errors: Errors, expression: str, is_good: bool) -> None:
    reply = own.post("strategies", **STRATEGY, pixel_target_expr=expression)
    if is_good:
        assert reply["data"]["pixel_target_expr"] == expression
    else:
        assert list(errors(reply)) == ["pixel_target_expr"]


def test_all_that_is_missing_is_said_at_once(own: Any, errors: Errors) -> None:
    found = errors(own.post("campaigns"))
    assert set(found) == set(CAMPAIGN)
    assert found["advertiser_id"] == "Must supply advertiser_id (integer)"
    assert own.get("campaigns")["meta"]["total_count"] == 2500


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("name", "", "Must supply"),
        ("name", "bell \a", "control characters"),
        ("advertiser_id", "seven", "integer"),
        ("advertiser_id", "7.0", "integer"),
        ("advertiser_id", "424242", "Invalid advertiser_id"),
        ("merit_pixel_id", "424242", "Invalid merit_pixel_id"),
        ("goal_type", "CPC", "one of"),
        ("goal_value", "1,5", "number"),
        ("total_budget", "nan", "number"),
        ("total_budget", "1e400", "too large"),
        ("status", "True", "1 or 0"),
        ("status", "2", "1 or 0"),
        ("start_date", "2027-03-01", "date and time"),
        ("start_date", "2027-02-30T00:00:00", "date and time"),
        ("start_date", "2027-03-01T00:00:00.5", "date and time"),
        ("start_date", "2027-03-01T00:00:00Z", "date and time"),
        ("end_date", "2027-03-01T00:00:00", "after start_date"),
        ("zone_name", "Mars/Olympus", "time zone"),
        ("currency_code", "XXX", "Invalid currency_code"),
    ],
)
def test_wrong_values_are_refused_by_field(own: Any, errors: Errors, field: str, value: str, word: str) -> None:
    created = errors(own.post("campaigns", **{**CAMPAIGN, field: value}))
    assert list(created) == [field]
    assert word in created[field]
    before = own.get("campaigns/7")["data"]
    change = {field: value, "start_date": CAMPAIGN["start_date"], "end_date": CAMPAIGN["end_date"]} | {field: value}
    updated = errors(own.post("campaigns/7", version=before["version"], **change))
    assert word in updated[field]
    assert own.get("campaigns/7")["data"] == before


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("2027-03-01T10:00:00", "2027-03-01T10:00:00+0000"),
        ("2027-03-01 10:00:00", "2027-03-01T10:00:00+0000"),
        ("2027-03-01T10:00:00+0200", "2027-03-01T08:00:00+0000"),
        ("2027-03-01T10:00:00-05:30", "2027-03-01T15:30:00+0000"),
        ("2027-03-01T10:00:00 +0000", "2027-03-01T10:00:00+0000"),
    ],
)
def test_times_are_taken_with_and_without_offset(own: Any, sent: str, stored: str) -> None:
    assert own.post("campaigns", **{**CAMPAIGN, "start_date": sent})["data"]["start_date"] == stored


@pytest.mark.parametrize(("sent", "stored"), [("1", True), ("0", False), ("on", True), ("off", False)])
def test_booleans_are_taken_as_digits_and_words(own: Any, sent: str, stored: bool) -> None:
    assert own.post("campaigns", **CAMPAIGN, status=sent)["data"]["status"] is stored


def test_update_changes_what_is_sent_and_nothing_else(own: Any) -> None:
    before = own.get("campaigns/7")["data"]
    reply = own.post("campaigns/7", version=before["version"], name="Renamed", total_budget="99.99", status="1")
    row = reply["data"]
    assert row["total_budget"][0]["value"] == 99.99
    assert row["version"] == before["version"] + 1
    assert row["updated_on"] > before["updated_on"]
    changed = {key for key in row if row[key] != before.get(key)}
    assert changed == {"name", "total_budget", "status", "version", "updated_on"} - (
        {"status"} if before["status"] else set()
    )
    assert own.get("campaigns/7")["data"] == row
    assert own.get("campaigns", q="(7)", full="*")["data"] == [row]


@pytest.mark.parametrize("version", [None, "", "0", "99", "x"])
def test_an_update_without_the_right_version_is_a_conflict(own: Any, version: str | None) -> None:
    first = own.version("campaigns/7")
    own.post("campaigns/7", version=first, name="Theirs")
    reply = own.post("campaigns/7", name="Mine", version=version)
    assert reply["meta"]["status"] == "conflict"
    assert (reply["data"]["name"], reply["data"]["version"]) == ("Theirs", first + 1)
    assert own.get("campaigns/7")["data"]["name"] == "Theirs"


@pytest.mark.parametrize("query", ["with=advertizer", "full=everything"])
def test_a_write_that_asks_for_nonsense_changes_nothing(own: Any, errors: Errors, query: str) -> None:
    before = own.get("campaigns/7", full="*", **{"with": "budget_flights"})["data"]
    form = {"version": before["version"], "name": "Changed"}
    dates = {name: before[name] for name in ("start_date", "end_date")}
    flight = {f"budget_flights.1.{name}": value for name, value in {**dates, "total_budget": "1"}.items()}
    assert list(errors(own.post(f"campaigns/7?{query}", **form))) == [query.partition("=")[0]]
    assert errors(own.post(f"concepts?{query}", name="New", advertiser_id="7"))
    assert errors(own.post(f"campaigns/7/budget_flights/bulk?{query}", **flight))
    assert own.get("campaigns/7", full="*", **{"with": "budget_flights"})["data"] == before
    assert own.get("concepts")["meta"]["total_count"] == 360


def test_a_conflict_in_xml_carries_the_entity_too(own: Any) -> None:
    reply = own.raw("POST", "campaigns/7", data={"version": "99"}, headers={"Accept": "*/*"})
    assert reply.status_code == 409
    assert '<status code="conflict">' in reply.text
    assert ' id="7" type="campaign" version=' in reply.text


def test_an_empty_value_clears(own: Any) -> None:
    id = own.ids("campaigns", q="merit_pixel_id:!null")[0]
    own.post(f"campaigns/{id}", version=own.version(f"campaigns/{id}"), io_name="IO 7", frequency_type="asap")
    form = dict.fromkeys(("merit_pixel_id", "io_name", "frequency_type", "frequency_amount"), "")
    row = own.post(f"campaigns/{id}", version=own.version(f"campaigns/{id}"), **form)["data"]
    assert row["merit_pixel_id"] is None
    assert "io_name" not in row
    assert "frequency_amount" not in row
    assert row["frequency_type"] == "no-limit"


def test_read_only_and_unknown_fields_are_ignored(own: Any) -> None:
    before = own.get("pixel_bundles/8001")["data"]
    form = {"id": "1", "created_on": "2001-01-01T00:00:00", "tags": "x", "no_such_field": "x"}
    create_only = {"pixel_type": "segment", "advertiser_id": "9"}
    row = own.post("pixel_bundles/8001", version=before["version"], **form, **create_only)["data"]
    assert {key for key in row if row[key] != before[key]} == {"version", "updated_on"}


def test_create_only_fields_are_taken_on_create(own: Any) -> None:
    row = own.post("pixel_bundles", name="New", pixel_type="data", tag_type="js", advertiser_id="9")["data"]
    assert (row["pixel_type"], row["tag_type"], row["advertiser_id"]) == ("data", "js", 9)


@pytest.mark.parametrize(
    ("collection", "form"),
    [
        ("agencies", "name=New&organization_id=100001"),
        ("advertisers", "name=New&agency_id=101&ad_server_id=1&vertical_id=2&domain=x.example"),
        ("concepts", "name=New&advertiser_id=7"),
        ("strategy_concepts", "strategy_id=10001&concept_id=5001"),
        (
            "organizations",
            "name=New&address_1=1 High St&city=Bath&state=SOM&zip=BA1&phone=1&contact_name=A&mm_contact_name=B",
        ),
        (
            "atomic_creatives",
            (
                "name=New&advertiser_id=1&concept_id=5001&ad_server_type=OTHER&file_type=jpg&external_identifier=1&height=9"
                "&width=9&tag=<a>&tag_type=IFRAME&tpas_ad_tag_name=t"
            ),
        ),
    ],
)
def test_every_kind_can_be_made_and_changed(own: Any, collection: str, form: str) -> None:
    row = own.post(collection, **dict(parse_qsl(form)))["data"]
    path = f"{collection}/{row['id']}"
    assert row["version"] == 0
    assert own.get(path)["data"] == row
    assert own.post(path, version=0)["data"]["version"] == 1


def test_what_is_written_is_in_the_history(own: Any) -> None:
    own.post("advertisers/9", version=own.version("advertisers/9"), name="Fjäll & <Co>")
    entry = own.xml("advertisers/9/history").find("log_entries/entry")
    changes = {field.get("name"): (field.get("old_value"), field.get("new_value")) for field in entry}
    assert entry.get("user_name") == "demo"
    assert changes["name"] == ("Dunmore Whisky US", "Fjäll & <Co>")
    assert set(changes) == {"name", "last_modified"}


# Budget flights


def flight_of(own: Any, campaign: int = 1) -> dict[str, Any]:
    flight: dict[str, Any] = own.get(f"campaigns/{campaign}/budget_flights", full="*")["data"][0]
    return flight


def test_a_flight_can_be_added_changed_and_removed(own: Any) -> None:
    campaign = own.get("campaigns/1")["data"]
    form = {"start_date": campaign["start_date"], "end_date": campaign["end_date"], "total_budget": "50"}
    made = own.post("campaigns/1/budget_flights", **form)["data"]
    assert (made["campaign_id"], made["version"], made["name"]) == (1, 0, f"Budget Flights #{made['id']}")
    assert made["currency_code"] == campaign["currency_code"]
    path = f"campaigns/1/budget_flights/{made['id']}"
    changed = own.post(path, version=0, total_budget="60", campaign_id="2")["data"]
    assert (changed["total_budget"][0]["value"], changed["campaign_id"], changed["version"]) == (60, 1, 1)
    assert own.post(f"{path}/delete", version=0)["meta"]["status"] == "conflict"
    assert own.post(f"{path}/delete", version=1)["meta"]["status"] == "ok"
    assert own.get(path)["meta"]["status"] == "not_found"
    assert own.post("campaigns/1/budget_flights", **form)["data"]["id"] > made["id"]


def test_a_flight_outside_its_campaign_is_refused(own: Any, errors: Errors) -> None:
    form = {"start_date": "2020-01-01T00:00:00", "end_date": "2030-01-01T00:00:00", "total_budget": "50"}
    assert set(errors(own.post("campaigns/1/budget_flights", **form))) == {"start_date", "end_date"}


def test_bulk_changes_and_adds_and_answers_all_flights(own: Any) -> None:
    flight = flight_of(own)
    form = {
        "budget_flights.1.id": flight["id"],
        "budget_flights.1.version": flight["version"],
        "budget_flights.1.total_budget": "11",
        "budget_flights.2.start_date": flight["start_date"],
        "budget_flights.2.end_date": flight["end_date"],
        "budget_flights.2.total_budget": "22",
    }
    reply = own.raw("POST", "campaigns/1/budget_flights/bulk?full=*", data=form).json()
    listed = own.get("campaigns/1/budget_flights", full="*")
    assert reply["data"] == listed["data"]
    budgets = {one["id"]: one["total_budget"][0]["value"] for one in reply["data"]}
    assert budgets[flight["id"]] == 11
    assert budgets[max(budgets)] == 22
    again = own.raw("POST", "campaigns/1/budget_flights/bulk", data={}).json()
    assert set(again["data"][0]) == {"entity_type", "id", "name"}


def test_bulk_keeps_nothing_when_one_flight_is_wrong(own: Any, errors: Errors) -> None:
    flight = flight_of(own)
    before = own.get("campaigns/1/budget_flights", full="*")["data"]
    good = {
        "budget_flights.1.id": flight["id"],
        "budget_flights.1.version": flight["version"],
        "budget_flights.1.total_budget": "11",
    }
    bad = {"budget_flights.2.total_budget": "much", "budget_flights.3.start_date": "soon"}
    found = errors(own.post("campaigns/1/budget_flights/bulk", **good, **bad))
    assert found["budget_flights.2.total_budget"].startswith("Must be a number")
    assert "budget_flights.2.start_date" in found
    assert "budget_flights.3.start_date" in found
    stale = {**good, "budget_flights.2.id": flight["id"], "budget_flights.2.version": "99"}
    conflict = own.post("campaigns/1/budget_flights/bulk", **stale)
    assert (conflict["meta"]["status"], conflict["data"]) == ("conflict", flight)
    assert own.get("campaigns/1/budget_flights", full="*")["data"] == before
    path = f"campaigns/1/budget_flights/{flight['id']}"
    assert own.post(path, version=flight["version"], total_budget="33")["data"]["total_budget"][0]["value"] == 33


def test_only_what_can_be_deleted_is(own: Any) -> None:
    link = own.get("strategy_concepts/50001")["data"]
    assert own.post("strategy_concepts/50001/delete", version=link["version"])["data"] == link
    assert own.get("strategy_concepts/50001")["meta"]["status"] == "not_found"
    assert own.post("campaigns/1/delete", version=own.version("campaigns/1"))["meta"]["status"] == "not_found"
    assert own.get("campaigns/1")["meta"]["status"] == "ok"


def test_nothing_is_written_to_what_does_not_exist(own: Any) -> None:
    for path in ("campaigns/424242", "campainz", "strategies/10001/concepts", "campaigns/424242/budget_flights"):
        assert own.post(path, name="x", version="0")["meta"]["status"] == "not_found", path


# Permissions


def test_permissions_replace_the_levels_that_are_named(own: Any, errors: Errors) -> None:
    reply = own.post("users/2/permissions", advertiser_id=["7", "8"], agency_id=["101"])
    entities = reply["data"]["permissions"]["entities"]
    ids = {level: [row["id"] for row in entities[level][0]["access"]] for level in entities}
    assert ids == {"advertiser": ["7", "8"], "agency": ["101"]}
    reply = own.post("users/2/permissions", advertiser_id="")
    assert set(reply["data"]["permissions"]["entities"]) == {"agency"}
    assert list(errors(own.post("users/2/permissions", agency_id=["102", "424242"]))) == ["agency_id"]
    assert own.get("users/2/permissions")["data"] == reply["data"]
