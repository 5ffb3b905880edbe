"""The declared types beside the vendor's: every field with its kind, its choices and who may write it."""

import json
from pathlib import Path
from typing import Any

import pytest

from adplatforms.sandbox.t1.tables import REGISTRY

NO_TABLE = {"ACL", "Permission", "Report"}
"""Classes whose rows are answers to calls, not rows of a collection."""

NOT_SERVED = {
    "creative": {"tmt_creative_scan", "tmt_creative_scan_event"},
    "publisher": {"deal"},
    "retired_audience_segment": {"audience_segment", "strategy"},
    "retired_strategy_audience_segment": {"audience_segment"},
    "seat": {"advertiser"},
    "site_placement": {"publisher"},
    "target_dimension": {"strategy"},
    "vendor_pixel_domain": {"creative"},
}
"""Relations of which nothing but the name is known."""

KINDS = {
    "int": {"int"},
    "bool": {"bool"},
    "bool_native": {"bool"},
    "float": {"float", "money"},
    "string": {"string", "enum"},
    "datetime": {"datetime"},
    "object": {"object"},
}
MORE = {"audience_segment": set(), "vendor_pixel_domain": {"updated_on"}, "retired_audience_segment": {"retail_cpm"}}
ALSO_THERE = {"id", "name", "version"}
"""Every row has an id, a name and a version, also where the client declares none."""

NOT_THERE = {
    "retired_audience_segment": {"wholesale_"},
    "strategy_day_part": {"udpated_on"},
    "target_dimension": {"_type", "exclude", "include"},
    "target_value": {"_type"},
}
"""Typing mistakes of the client, and what it keeps of the reply around a record."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a class of the vendor's client, where the facts are there."""
    if "declared" in metafunc.fixturenames:
        file = Path(__file__).resolve().parents[3] / "shared" / "spec" / "t1" / "entities.json"
        classes = json.loads(file.read_bytes())["classes"] if file.is_file() else {}
        names = sorted(set(classes) - NO_TABLE)
        metafunc.parametrize("declared", [classes[name] for name in names], ids=names)


def seen(declared: dict[str, Any]) -> set[str]:
    """Fields that recorded replies or sister clients have over those of the client."""
    hints = declared.get("sibling_hints") or {}
    more = hints.get("java_extra_fields", []) + hints.get("extra_fields", [])
    return {*more, *(declared.get("seen_in_responses_but_undeclared") or [])}


def test_type_and_collection(declared: dict[str, Any]) -> None:
    assert REGISTRY.by_collection[declared["collection"]].type == declared["resource"]
    assert REGISTRY.by_type[declared["resource"]].collection == declared["collection"]


def test_fields_are_all_there(declared: dict[str, Any]) -> None:
    type = declared["resource"]
    names = {field["name"] for field in declared["fields"]} - NOT_THERE.get(type, set())
    found = set(REGISTRY.by_type[type].fields)
    assert names - found == set()
    assert found - names <= ALSO_THERE | MORE.get(type, set()) | seen(declared)


def test_fields_are_alike(declared: dict[str, Any]) -> None:
    fields = REGISTRY.by_type[declared["resource"]].fields
    for fact in declared["fields"]:
        if fact["name"] in NOT_THERE.get(declared["resource"], ()):
            continue
        field, push = fields[fact["name"]], fact["push"]
        assert field.kind in KINDS[fact["pull"]], field.name
        assert set(field.choices) == set(push.get("values", [])), field.name
        if push["kind"] == "enum":
            assert field.default == push["default"], field.name
        assert field.readonly == (field.name in declared["readonly"]), field.name
        assert field.create_only == fact["readonly_update"], field.name
        assert field.nullable == (push.get("none") == "empty_string"), field.name


def test_relations_are_all_there(declared: dict[str, Any]) -> None:
    type = declared["resource"]
    assert set(declared["relations"]) - set(REGISTRY.by_type[type].relations) == NOT_SERVED.get(type, set())


def test_a_create_needs_what_the_vendors_schemas_say(declared: dict[str, Any]) -> None:
    hints = declared.get("sibling_hints") or {}
    if not hints.get("required_on_create") or not hints["required_on_create_reliable"]:
        pytest.skip("the vendor has no usable schema for it")
    fields = REGISTRY.by_type[declared["resource"]].fields
    required = {name for name, field in fields.items() if field.required}
    # use_mm_freq: asked for by one of the two schemas only. A user's name is the username.
    # Rows of some types name themselves.
    expected = {*hints["required_on_create"], "name"} - {"use_mm_freq"}
    if REGISTRY.by_type[declared["resource"]].auto_name:
        expected -= {"name"}
    assert required == expected


def test_relations_lead_to_fields_that_exist() -> None:
    for resource in REGISTRY:
        for relation in resource.relations.values():
            target = REGISTRY.by_type[relation.target]
            if relation.through:
                assert {relation.column, relation.far_column} <= set(REGISTRY.by_type[relation.through].fields)
            else:
                assert relation.column in (target if relation.many else resource).fields
            assert relation.key in target.fields
        assert set(resource.children.values()) <= set(resource.relations)


def test_every_collection_name_leads_somewhere(spec: Path) -> None:
    facts = json.loads((spec / "t1" / "collections.json").read_bytes())
    assert set(facts["collections"]) - set(REGISTRY.by_collection) == {"permissions", "reports"}
