"""Every collection answers: a page, one by id, with every relation, in both formats."""

from typing import Any

import pytest

from adplatforms.sandbox.t1.tables import REGISTRY

LISTED = sorted(name for name, one in REGISTRY.by_collection.items() if one.listed)
RELATIONS = [(one.collection, name) for one in REGISTRY if one.listed for name in one.relations]


@pytest.mark.parametrize("collection", LISTED)
def test_a_collection_has_rows_that_are_found_by_id(api: Any, collection: str) -> None:
    page = api.get(collection, full="*", page_limit=3)
    assert page["meta"]["total_count"] >= len(page["data"]) > 0
    row = page["data"][0]
    assert row["entity_type"] == REGISTRY.by_collection[collection].type
    assert api.get(f"{collection}/{row['id']}")["data"] == row
    assert api.xml(f"{collection}/{row['id']}").find("entity").get("id") == str(row["id"])


@pytest.mark.parametrize(("collection", "name"), RELATIONS)
def test_a_relation_comes_along(api: Any, collection: str, name: str) -> None:
    relation = REGISTRY.by_collection[collection].relations[name]
    rows = api.get(collection, **{"with": name})["data"]
    found = [row[name] for row in rows if row.get(name)]
    if relation.many:
        found = [one for some in found for one in some]
        assert all(isinstance(row[name], list) for row in rows)
    assert {one["entity_type"] for one in found} <= {relation.target}
    root = api.xml(collection, **{"with": name})
    assert len(root.findall(f"entities/entity/entity[@rel='{name}']")) == len(found)


def test_parent_walks_the_tree_of_segments(api: Any) -> None:
    roots = api.rows("audience_segments", parent="")
    assert {row.get("parent_audience_segment_id") for row in roots} == {None}
    children = api.rows("audience_segments", parent=roots[0]["id"])
    assert {row["parent_audience_segment_id"] for row in children} == {roots[0]["id"]}
    assert len(children) == roots[0]["child_count"] > 0
    assert children[0]["full_path"] == f"{roots[0]['full_path']} - {children[0]['name']}"
    assert children[0]["retail_cpm"][0]["currency_code"] == "USD"
    assert api.ids("audience_segments", parent=children[0]["id"]) == []
    assert api.ids("targeting_segments", parent=api.ids("targeting_segments", parent="")[0])


def test_parent_means_nothing_elsewhere_and_must_be_an_id(api: Any, errors: Any) -> None:
    assert api.get("campaigns", parent="7")["meta"]["total_count"] == 2500
    assert list(errors(api.get("audience_segments", parent="x"))) == ["parent"]


def test_target_value_counts_are_the_target_values(api: Any) -> None:
    assert api.ids("target_value_counts") == api.ids("target_values")


def test_limit_walks_list_relations(api: Any) -> None:
    ids = {row["campaign_id"] for row in api.rows("vendor_contracts/limit/vendor=3")}
    found = {row["id"] for row in api.rows("campaigns/limit/vendor_contracts.vendor=3")}
    assert found == ids != set()


def test_a_child_of_a_creative(api: Any) -> None:
    rows = api.get("atomic_creatives/70001/creative_approvals", full="*")["data"]
    assert [row["atomic_creative_id"] for row in rows] == [70001]


@pytest.mark.parametrize(
    "collection",
    ["target_values", "target_dimensions", "creative_approvals", "retired_audience_segments", "rmx_strategies",
     "strategy_targeting_segments", "strategy_deals"],
)  # fmt: skip
def test_what_t1_makes_itself_cannot_be_posted(own: Any, collection: str) -> None:
    before = own.get(collection)["meta"]["total_count"]
    assert own.post(collection, name="New")["meta"]["status"] == "not_found"
    id = own.ids(collection)[0]
    assert own.post(f"{collection}/{id}", name="New", version="0")["meta"]["status"] == "not_found"
    assert own.get(collection)["meta"]["total_count"] == before


@pytest.mark.parametrize(
    ("collection", "form"),
    [
        ("contracts", {"organization_id": 100001, "optimization_fee_pct": "7.5"}),
        ("pixel_providers", {"name": "New", "vendor_id": 1}),
        ("pixels", {"bundle_id": 8001, "pixel_type": "event", "tag": "<img/>"}),
        (
            "placement_slots",
            {"auction_type": "FIRST_PRICED", "buy_price": 1, "buy_price_type": "CPM", "height": 9, "width": 9,
             "site_placement_id": 1},
        ),
        ("publishers", {"name": "New"}),
        ("publisher_sites", {"name": "New", "publisher_id": 1}),
        ("seats", {"organization_id": 100001, "supply_source_id": 1}),
        ("site_lists", {"name": "New", "organization_id": 100001}),
        ("site_placements", {"name": "New", "publisher_site_id": 1}),
        ("strategy_day_parts", {"strategy_id": 10001, "days": "MT", "start_hour": 0, "end_hour": 9}),
        ("strategy_supply_sources", {"strategy_id": 10001, "supply_source_id": 1}),
        ("supply_sources", {"name": "New", "code": "NEW"}),
        ("vendors", {"name": "New"}),
        ("vendor_contracts", {"vendor_id": 1, "campaign_id": 7, "price": "0.5"}),
        ("vendor_domains", {"domain": "new.example", "vendor_id": 1}),
    ],
)  # fmt: skip
def test_what_users_make_can_be_made_and_changed(own: Any, collection: str, form: dict[str, Any]) -> None:
    row = own.post(collection, **form)["data"]
    assert row["name"]
    assert {name: str(row[name]) for name in form} == {name: str(value) for name, value in form.items()}
    assert own.post(f"{collection}/{row['id']}", version=0)["data"]["version"] == 1


@pytest.mark.parametrize(
    "collection",
    ["contracts", "vendor_contracts", "pixels", "strategy_concepts", "strategy_day_parts", "strategy_deals"],
)
def test_links_and_contracts_are_deleted_by_their_version(own: Any, collection: str) -> None:
    row = own.get(collection, full="*", page_limit=1)["data"][0]
    path = f"{collection}/{row['id']}"
    assert own.post(f"{path}/delete", version=row["version"] + 7)["meta"]["status"] == "conflict"
    assert own.post(f"{path}/delete", version=row["version"])["meta"]["status"] == "ok"
    assert own.get(path)["meta"]["status"] == "not_found"
