"""The deals service: JSON both ways, its own error shape, deals by advertiser."""

import json
from pathlib import Path
from typing import Any

import pytest

from adplatforms.sandbox import Sandbox

DEAL = {
    "name": "Spring & more",
    "deal_identifier": "DEAL-1",
    "start_datetime": "2027-03-01T00:00:00+0000",
    "end_datetime": "2027-04-01T02:00:00+0200",
    "owner": {"type": "AGENCY", "id": 101},
    "permissions": {"all_organizations": False, "organization_ids": [], "agency_ids": [101], "advertiser_ids": []},
    "price": {"value": "4.3200", "currency_code": "EUR"},
    "price_method": "CPM",
    "price_type": "FLOOR",
    "status": True,
}


class Deals:
    """The service, through a client that is logged in. Replies are decoded."""

    def __init__(self, api: Any, sandbox: Sandbox) -> None:
        self.http = api.http
        self.base = f"{sandbox.url}/deals/v1.0/deals"

    def get(self, path: str = "", **query: Any) -> Any:
        reply = self.http.get(self.base + path, params=query, headers={"Accept": "*/*"}, timeout=30)
        assert reply.headers["Content-Type"] == "application/json"
        return reply.json()

    def post(self, path: str = "", **fields: Any) -> Any:
        return self.http.post(self.base + path, json=fields, timeout=30).json()


@pytest.fixture
def deals(fresh_sandbox: Sandbox, own: Any) -> Deals:
    return Deals(own, fresh_sandbox)


def test_a_deal_has_the_recorded_shape(deals: Deals, spec: Path) -> None:
    expected = json.loads((spec / "t1" / "fixtures" / "json" / "media_api_deal.json").read_bytes())
    found = deals.get("/1")
    assert found["meta"] == expected["meta"] == {"status": "ok"}
    assert set(expected["data"]) <= set(found["data"])
    for name, value in expected["data"].items():
        if value is not None:
            assert type(found["data"][name]) is type(value), name
    assert found["data"]["created_on"].endswith("+00:00")
    assert set(found["data"]["permissions"]) == set(expected["data"]["permissions"])


def test_a_list_counts_pages_and_sorts(deals: Deals) -> None:
    page = deals.get(page_limit=2, page_offset=3, sort_by="-id")
    assert page["data"] == [
        {"entity_type": "deal", "id": id, "name": deals.get(f"/{id}")["data"]["name"]} for id in (57, 56)
    ]
    assert (page["meta"]["total_count"], page["meta"]["count"], page["meta"]["offset"]) == (60, 2, 3)
    assert "page_offset=5" in page["meta"]["next_page"]
    assert deals.get(q="(7)", full="*")["data"] == [deals.get("/7")["data"]]


def test_deals_of_an_advertiser_are_those_it_may_use(deals: Deals, own: Any) -> None:
    advertiser = own.get("advertisers/7")["data"]
    agency = own.get(f"agencies/{advertiser['agency_id']}")["data"]
    rows = deals.get(full="*")["data"]
    expected = [
        row["id"]
        for row in rows
        if row["permissions"]["all_organizations"]
        or 7 in row["permissions"]["advertiser_ids"]
        or agency["id"] in row["permissions"]["agency_ids"]
        or agency["organization_id"] in row["permissions"]["organization_ids"]
    ]
    found = [row["id"] for row in deals.get(**{"permissions.advertiser_id": 7})["data"]]
    assert found == expected
    assert 0 < len(found) < len(rows)
    assert deals.get(**{"permissions.advertiser_id": "x"})["meta"]["status"] == "error"


def test_a_deal_is_made_and_changed(deals: Deals, fresh_sandbox: Sandbox) -> None:
    made = deals.post(**DEAL)["data"]
    assert made["id"] == 61
    assert {name: made[name] for name in ("owner", "permissions", "price", "status")} == {
        name: DEAL[name] for name in ("owner", "permissions", "price", "status")
    }
    assert made["start_datetime"] == "2027-03-01T00:00:00+00:00"
    assert made["end_datetime"] == "2027-04-01T00:00:00+00:00"
    assert (made["bill_type"], made["deal_type"], made["sub_supply_source_id"]) == ("EXCHANGE", "STANDARD", None)
    changed = deals.post("/61", status=False, price={"value": "5.0000", "currency_code": "USD"})["data"]
    assert {name for name in made if made[name] != changed[name]} - {"updated_on"} == {"status", "price"}
    assert deals.get("/61")["data"] == changed
    assert fresh_sandbox.calls[-2].json == {"status": False, "price": {"value": "5.0000", "currency_code": "USD"}}


def test_errors_have_the_recorded_shape(deals: Deals, spec: Path) -> None:
    expected = json.loads((spec / "t1" / "fixtures" / "json" / "media_api_error.json").read_bytes())
    reply = deals.post("/1", status=None)
    assert reply["meta"] == expected["meta"]
    (error,) = reply["errors"]
    assert set(error) == set(expected["errors"][0])
    assert (error["field"], error["message"]) == ("status", "None is not of type 'boolean'")
    assert error["code"] == expected["errors"][0]["code"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", 1), ("price", "4"), ("price", {"value": 4.5, "currency_code": "EUR"}),
        ("price", {"value": "cheap", "currency_code": "EUR"}), ("owner", {"type": "NOBODY", "id": 1}),
        ("permissions", {"agency_ids": 3}), ("permissions", {"nobody": []}), ("price_type", "AUCTION"),
        ("start_datetime", "soon"), ("end_datetime", "2020-01-01T00:00:00+0000"), ("supply_source_id", "4"),
        ("name", None),
    ],
)  # fmt: skip
def test_wrong_values_are_refused_by_field(deals: Deals, name: str, value: Any) -> None:
    before = deals.get(full="*")
    assert [error["field"] for error in deals.post(**{**DEAL, name: value})["errors"]] == [name]
    assert [error["field"] for error in deals.post("/1", **{name: value})["errors"]] == [name]
    assert deals.get(full="*") == before


def test_all_that_is_missing_is_said_at_once(deals: Deals) -> None:
    assert {error["field"] for error in deals.post()["errors"]} == set(DEAL)


def test_a_form_is_not_json(deals: Deals) -> None:
    reply = deals.http.post(deals.base, data={"name": "x"}, timeout=30)
    assert reply.status_code == 400
    assert reply.json()["meta"]["status"] == "error"


def test_the_gate_is_the_same(deals: Deals, fresh_sandbox: Sandbox) -> None:
    assert deals.get("/424242")["meta"]["status"] == "not_found"
    fresh_sandbox.expire_sessions()
    assert deals.get("/1") == {"meta": {"status": "auth_required"}}
    assert deals.http.get(deals.base, params={"api_key": "stolen"}, timeout=30).status_code == 403


def test_the_management_api_knows_no_deals(own: Any) -> None:
    assert own.get("deals")["meta"]["status"] == "not_found"
    rows = own.get("strategy_deals", **{"with": "deal", "page_limit": 1})["data"]
    assert rows[0]["deal"]["entity_type"] == "deal"
