"""The seed: how much there is, that it hangs together, that it is the same every time."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from adplatforms.sandbox.store import Store
from adplatforms.sandbox.t1 import TABLES, fill
from adplatforms.sandbox.t1.schema import Resource
from adplatforms.sandbox.t1.tables import REGISTRY


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    store = Store(TABLES, fill)
    yield store
    store.close()


def rows(store: Store, type: str) -> dict[Any, dict[str, Any]]:
    return {row["id"]: row for row in store.query(f"SELECT * FROM t1_{type}")}


def test_the_business_has_its_size(store: Store) -> None:
    counts = {resource.type: store.count(resource.table) for resource in REGISTRY}
    assert counts["organization"] == 3
    assert counts["agency"] == 12
    assert counts["advertiser"] == 120
    assert counts["campaign"] == 2500
    assert counts["strategy"] == 12000
    assert counts["concept"] == 360
    assert counts["atomic_creative"] == 1440
    assert counts["user"] == 25
    assert all(counts.values())


def test_it_is_the_same_every_time(store: Store) -> None:
    again = Store(TABLES, None)
    with again.transaction():
        fill(again)
    for table in TABLES:
        assert store.query(f"SELECT * FROM {table.name}") == again.query(f"SELECT * FROM {table.name}")
    again.close()


@pytest.mark.parametrize("resource", list(REGISTRY), ids=lambda resource: resource.type)
def test_keys_point_to_rows_that_exist(store: Store, resource: Resource) -> None:
    for relation in resource.relations.values():
        if relation.many:
            continue
        target = REGISTRY.by_type[relation.target].table
        assert not store.query(
            f"SELECT id FROM {resource.table} WHERE {relation.column} IS NOT NULL"
            f" AND {relation.column} NOT IN (SELECT {relation.key} FROM {target})"
        ), relation.name


@pytest.mark.parametrize("resource", list(REGISTRY), ids=lambda resource: resource.type)
def test_every_row_has_a_name_and_a_version(store: Store, resource: Resource) -> None:
    assert store.count(resource.table, "name IS NULL OR name = '' OR version IS NULL") == 0


@pytest.mark.parametrize("resource", list(REGISTRY), ids=lambda resource: resource.type)
def test_enums_hold_their_choices(store: Store, resource: Resource) -> None:
    for field in resource.fields.values():
        if field.kind == "enum":
            found = store.query(f"SELECT DISTINCT {field.name} AS value FROM {resource.table}")
            assert {row["value"] for row in found} <= {*field.choices, None}


@pytest.mark.parametrize("resource", list(REGISTRY), ids=lambda resource: resource.type)
def test_required_fields_are_filled(store: Store, resource: Resource) -> None:
    for field in resource.fields.values():
        if field.required and not field.nullable:
            assert store.count(resource.table, f"{field.name} IS NULL") == 0, field.name


def test_flights_lie_within_their_campaign_and_add_up(store: Store) -> None:
    campaigns, budgets = rows(store, "campaign"), Counter[int]()
    for flight in rows(store, "budget_flight").values():
        campaign = campaigns[flight["campaign_id"]]
        assert campaign["start_date"] <= flight["start_date"] < flight["end_date"] <= campaign["end_date"]
        assert flight["currency_code"] == campaign["currency_code"]
        budgets[flight["campaign_id"]] += flight["total_budget"]
    assert budgets.keys() == campaigns.keys()
    for id, budget in budgets.items():
        assert budget == pytest.approx(campaigns[id]["total_budget"], abs=0.05)


def test_strategies_and_creatives_agree_with_what_they_hang_on(store: Store) -> None:
    campaigns, concepts = rows(store, "campaign"), rows(store, "concept")
    strategies = rows(store, "strategy")
    for strategy in strategies.values():
        campaign = campaigns[strategy["campaign_id"]]
        assert (strategy["currency_code"], strategy["zone_name"]) == (campaign["currency_code"], campaign["zone_name"])
    for link in rows(store, "strategy_concept").values():
        campaign = campaigns[strategies[link["strategy_id"]]["campaign_id"]]
        assert concepts[link["concept_id"]]["advertiser_id"] == campaign["advertiser_id"]
    for creative in rows(store, "atomic_creative").values():
        assert creative["advertiser_id"] == concepts[creative["concept_id"]]["advertiser_id"]


def test_it_holds_what_breaks_careless_code(store: Store) -> None:
    campaigns = rows(store, "campaign").values()
    names = "".join(f"{row['name']}{row['io_name']}" for row in campaigns)
    assert set('&<"é') <= set(names)
    assert {row["currency_code"] for row in campaigns} == {"USD", "EUR", "GBP", "AUD"}
    assert {row["merit_pixel_id"] is None for row in campaigns} == {True, False}
    assert len({row["goal_type"] for row in campaigns}) == 10
    assert Counter(row["status"] for row in campaigns)[1] > 500
