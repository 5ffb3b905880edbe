"""The declared types beside the vendor's: every field with its kind, its choices and who may write it."""

import json
from pathlib import Path
from typing import Any

import pytest

from adplatforms.sandbox.t1.tables import REGISTRY

CLASSES = {
    "Organization": "organization",
    "Agency": "agency",
    "Advertiser": "advertiser",
    "Campaign": "campaign",
    "BudgetFlight": "budget_flight",
    "Strategy": "strategy",
    "StrategyConcept": "strategy_concept",
    "Concept": "concept",
    "AtomicCreative": "atomic_creative",
    "Pixel": "pixel_bundle",
    "User": "user",
    "Contact": "contact",
    "Vertical": "vertical",
    "AdServer": "ad_server",
}
NOT_SERVED_YET = {
    "organization": {"contracts", "seats"},
    "atomic_creative": {"creative_approvals", "creatives"},
    "pixel_bundle": {"provider"},
    "vertical": {"advertiser"},  # here: advertisers, which is what it leads to
}
KINDS = {
    "int": {"int"},
    "bool": {"bool"},
    "bool_native": {"bool"},
    "float": {"float", "money"},
    "string": {"string", "enum"},
    "datetime": {"datetime"},
}
NOT_IN_THE_CLIENT = {
    "atomic_creative": {
        "is_mraid",
        "last_payload_modified",
        "sizmek_creative_status",
        "sizmek_tag_status",
        "vast_version",
    },
    "user": {"name"},
    "contact": {"name"},
    "strategy_concept": {"name"},
}


@pytest.fixture(params=CLASSES)
def declared(request: pytest.FixtureRequest, spec: Path) -> dict[str, Any]:
    classes = json.loads((spec / "t1" / "entities.json").read_bytes())["classes"]
    found: dict[str, Any] = classes[request.param]
    return found


def test_type_and_collection(declared: dict[str, Any]) -> None:
    assert REGISTRY.by_type[declared["resource"]].collection == declared["collection"]


def test_fields_are_all_there(declared: dict[str, Any]) -> None:
    type = declared["resource"]
    names = {field["name"] for field in declared["fields"]} | NOT_IN_THE_CLIENT.get(type, set())
    assert set(REGISTRY.by_type[type].fields) == names


def test_fields_are_alike(declared: dict[str, Any]) -> None:
    fields = REGISTRY.by_type[declared["resource"]].fields
    for fact in declared["fields"]:
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
    assert set(declared["relations"]) - set(REGISTRY.by_type[type].relations) == NOT_SERVED_YET.get(type, set())


def test_a_create_needs_what_the_vendors_schemas_say(declared: dict[str, Any]) -> None:
    hints = declared.get("sibling_hints") or {}
    if not hints.get("required_on_create") or not hints["required_on_create_reliable"]:
        pytest.skip("the vendor has no usable schema for it")
    fields = REGISTRY.by_type[declared["resource"]].fields
    required = {name for name, field in fields.items() if field.required}
    # use_mm_freq: asked for by one of the two schemas only. A user's name is the username.
    expected = {*hints["required_on_create"], "name"} - {"use_mm_freq"}
    assert required == (expected - {"name"} if declared["resource"] == "user" else expected)


def test_relations_lead_to_fields_that_exist() -> None:
    for resource in REGISTRY:
        for relation in resource.relations.values():
            target = REGISTRY.by_type[relation.target]
            if relation.through:
                assert {relation.column, relation.far_column} <= set(REGISTRY.by_type[relation.through].fields)
            else:
                assert relation.column in (target if relation.many else resource).fields
            assert relation.key in target.fields
        assert set(resource.children) <= set(resource.relations)
