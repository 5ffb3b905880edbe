"""The journal of T1: one entry for each row that a write changed, none for what was refused or undone."""

from typing import Any

import pytest

from adplatforms.sandbox import Sandbox


@pytest.fixture
def entries(fresh_sandbox: Sandbox, own: Any) -> Any:
    """What the journal holds since the last look, without the platform."""

    def read() -> list[tuple[str, str, str]]:
        found = [entry[1:] for entry in fresh_sandbox.journal if entry.platform == "t1"]
        fresh_sandbox.journal.clear()
        return found

    return read


def test_creates_updates_and_deletes(own: Any, entries: Any) -> None:
    made = own.post("concepts", name="Noted", advertiser_id=7)["data"]
    assert entries() == [("create", "concept", str(made["id"]))]
    own.post(f"concepts/{made['id']}", version=made["version"], name="Renamed")
    assert entries() == [("update", "concept", str(made["id"]))]
    id = own.get("strategy_day_parts")["data"][0]["id"]
    own.post(f"strategy_day_parts/{id}/delete", version=own.version(f"strategy_day_parts/{id}"))
    assert entries() == [("delete", "strategy_day_part", str(id))]


def test_what_is_read_refused_or_undone_leaves_no_entry(own: Any, entries: Any) -> None:
    own.get("campaigns")
    own.post("concepts", advertiser_id=7)
    own.post("campaigns/1", version=999, name="Too late")
    own.post("concepts?with=nonsense", name="Undone", advertiser_id=7)
    assert entries() == []


def test_a_bulk_save_is_noted_row_by_row_and_not_at_all_when_one_fails(own: Any, entries: Any) -> None:
    flights = own.get("campaigns/1/budget_flights", full="*")["data"]
    path = "campaigns/1/budget_flights/bulk"
    form = {
        f"budget_flights.{number}.{name}": flight[name]
        for number, flight in enumerate(flights, 1)
        for name in ("id", "version")
    }
    own.post(path, **form)
    assert entries() == [("update", "budget_flight", str(flight["id"])) for flight in flights]
    form[f"budget_flights.{len(flights)}.version"] = 999
    own.post(path, **form)
    assert entries() == []


def test_special_calls_note_the_rows_they_change(own: Any, entries: Any) -> None:
    own.post("campaigns/1/margins", margin_pct="12.5")
    assert entries() == [("update", "campaign", "1")]
    agency = own.ids("agencies")[0]
    own.post("users/2/permissions", agency_id=agency)
    assert entries() == [("update", "user", "2")]
    copy = own.post("campaigns/1/copy", name="A copy")["data"]["id"]
    noted = entries()
    assert noted[0] == ("create", "campaign", str(copy))
    assert {entry[:2] for entry in noted[1:]} == {("create", "budget_flight")}
