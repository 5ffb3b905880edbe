"""The tables of the sandbox beside the facts: every schema, operation, type, field, enum and property."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from adplatforms.sandbox.ttd.graphql import inputs, schema
from adplatforms.sandbox.ttd.graphql.enums import ENUMS
from adplatforms.sandbox.ttd.graphql.objects import REMOVED
from adplatforms.sandbox.ttd.rest.lists import DELTAS
from adplatforms.sandbox.ttd.rest.tables import ENTITIES, RTB, Property
from adplatforms.sandbox.ttd.workflows.schemas import ENUM_VALUES, OPERATIONS, SCHEMAS
from adplatforms.sandbox.ttd.workflows.schemas import Property as Declared

Facts = dict[str, Any]


def facts(spec: Path, name: str) -> Facts:
    read: Facts = json.loads((spec / "ttd" / name).read_bytes())
    return read


# Workflows


def written(declared: Facts) -> tuple[str, bool]:
    """A type of the specification as the sandbox's table writes it, and whether it may be null."""
    if "$ref" in declared:
        return declared["$ref"].rpartition("/")[2], False
    kinds = declared["type"] if isinstance(declared["type"], list) else [declared["type"]]
    kind = next(one for one in kinds if one != "null")
    if kind == "array":
        kind = f"[{written(declared['items'])[0]}]"
    elif kind == "object":
        kind = "{string}" if isinstance(declared["additionalProperties"], dict) else "{any}"
    elif declared.get("format") == "date-time":
        kind = "datetime"
    return kind, "null" in kinds


def test_the_schemas_of_workflows_are_the_specification(spec: Path) -> None:
    for name, declared in facts(spec, "workflows.json")["components"]["schemas"].items():
        if "enum" in declared:
            assert ENUM_VALUES[name] == tuple(declared["enum"]), name
            continue
        required = declared.get("required", [])
        expected = {
            word: Declared(word, kind, word in required, nullable)
            for word, one in declared["properties"].items()
            for kind, nullable in [written(one)]
        }
        assert SCHEMAS[name] == expected, name


def test_there_is_no_schema_of_workflows_that_the_specification_has_not(spec: Path) -> None:
    assert {*SCHEMAS, *ENUM_VALUES} == set(facts(spec, "workflows.json")["components"]["schemas"])


def test_the_operations_of_workflows_are_the_specification(spec: Path) -> None:
    expected = {}
    for path, methods in facts(spec, "workflows.json")["paths"].items():
        for method, one in methods.items():
            answers = {
                int(status): written(reply["content"]["application/json"]["schema"])[0] if "content" in reply else ""
                for status, reply in one["responses"].items()
                if status.startswith("2")
            }
            body = one.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            takes = written(body)[0] if body else ""
            expected[one["operationId"]] = (method.upper(), path, takes, answers)
    assert {one.id: (one.method, one.path, one.takes, one.answers) for one in OPERATIONS} == expected


# GraphQL


def plain(kind: str) -> set[str]:
    """The types that a type of the introspection can be: it does not tell some of them from others."""
    inner = kind.strip("[]")
    several = {
        "String|ID": {"String", "ID"},
        "Int|Long": {"Int", "Long"},
        "custom scalar": {"DateTime", "Decimal", "TimeZone"},
    }
    return {f"[{one}]" if kind.startswith("[") else one for one in several.get(inner, {inner})}


def test_every_object_type_has_the_fields_of_the_introspection(spec: Path) -> None:
    for name, declared in facts(spec, "graphql_types.json")["objects"].items():
        for field, kind in declared.items():
            if field in REMOVED.get(name, ()):
                assert field not in schema.FIELDS[name], f"{name}.{field}"
            else:
                assert schema.FIELDS[name].get(field) in plain(kind), f"{name}.{field}"


def test_what_is_removed_since_the_introspection_is_in_the_documents(spec: Path) -> None:
    documented = (spec / "ttd" / "facts_2.md").read_text(encoding="utf-8")
    for field in (field for fields in REMOVED.values() for field in fields):
        assert field in documented


def test_object_types_have_no_fields_that_nobody_saw(spec: Path) -> None:
    declared = facts(spec, "graphql_types.json")["objects"]
    documented = "".join((spec / "ttd" / name).read_text(encoding="utf-8") for name in ("graphql.md", "facts_2.md"))
    for name in declared:
        for field in schema.FIELDS[name].keys() - declared[name].keys():
            assert re.search(rf"\b{field.removesuffix('Delta')}", documented), f"{name}.{field}"


def test_enums_and_connections_are_the_introspection(spec: Path) -> None:
    declared = facts(spec, "graphql_types.json")
    assert {name: list(words) for name, words in schema.lines(ENUMS)} == declared["enums"]
    nodes = {f"{name}Connection": f"[{node}]" for name, node in schema.CONNECTION_NODES.items()}
    assert nodes == {name: one["node"] for name, one in declared["connections"].items()}


def test_every_mutation_is_served_with_its_payload_or_listed_as_unknown(spec: Path) -> None:
    declared = facts(spec, "graphql_types.json")["mutations"]
    assert declared.keys() - inputs.MUTATIONS.keys() == inputs.NOT_SERVED
    for name in declared.keys() & inputs.MUTATIONS.keys():
        assert inputs.MUTATIONS[name].payload == declared[name], name


def test_mutations_that_the_introspection_has_not_are_in_the_documents(spec: Path) -> None:
    documented = "".join((spec / "ttd" / name).read_text(encoding="utf-8") for name in ("graphql.md", "facts_2.md"))
    newer = inputs.MUTATIONS.keys() - facts(spec, "graphql_types.json")["mutations"].keys()
    for name in newer:
        # "`bidListCreate`", or "`…Update`" after it
        assert name in documented or f"…{re.sub('^(campaignGroup|bidList)', '', name)}`" in documented, name


def test_the_schema_is_valid_graphql() -> None:
    graphql = pytest.importorskip("graphql")
    assert graphql.validate_schema(schema.build()) == []


# REST

KINDS = {
    "string": {"string", "enum"},
    "int": {"int"},
    "number": {"number"},
    "bool": {"bool"},
    "datetime": {"datetime", "datetime|null"},
    "availability": {"enum"},
    "money": {"Money"},
    "budget": {"Money", "object"},
    "goal": {"object"},
    "object": {"object"},
    "category": {"object"},
    "rtb": {"object"},
    "keys": {"object"},
    "rows": {"list"},
    "list": {"list"},
    "labels": {"list"},
    "flights": {"list"},
}


NEWER = {"contract": {"IsUpfront": "bool"}}
"""Properties that facts_2.md adds, by path."""


def compare(declared: dict[str, str], table: Any) -> None:
    assert set(table) == set(declared)
    for name, one in table.items():
        assert isinstance(one, Property)
        kind = re.split(r"[ <,]", declared[name])[0]
        assert kind in KINDS[one.type], name
        assert one.deprecated == ("(older" in declared[name]), name


def entities(spec: Path) -> Facts:
    """The facts, by the path under /v3."""
    declared = facts(spec, "platform_rest_v3.json")["entities"]
    return {one["path"].removeprefix("/v3/"): one for one in declared.values()}


def test_rest_entities_have_the_properties_of_the_facts(spec: Path) -> None:
    declared = entities(spec)
    assert set(ENTITIES) == set(declared)
    for path, one in declared.items():
        compare({**one["fields"], **NEWER.get(path, {})}, ENTITIES[path].properties)
        assert ENTITIES[path].id == one["id_field"]
        assert ENTITIES[path].name == (one["name_field"] or "")
    compare(declared["adgroup"]["nested"]["RTBAttributes"]["fields"], RTB)


def test_every_path_of_the_facts_is_served(spec: Path, desk: Any) -> None:
    for one in entities(spec).values():
        calls = [one["get"], one["create"], one["update"], *one["query"], *one.get("other", ())]
        for call in filter(None, calls):
            path = re.sub(r"\{\w+\}", "nothing", call["path"]).removeprefix("/v3/")
            body = {} if call["method"] in ("POST", "PUT") else None
            reply = desk.rest(call["method"], path, body)
            assert reply.status_code in (200, 400, 404), path
            assert "There is no endpoint" not in reply.text, path


def test_every_delta_of_the_facts_is_served(spec: Path) -> None:
    declared = facts(spec, "platform_rest_v3.json")["delta"]
    del declared["common"]
    for path, one in declared.items():
        parent, _, result, flag = DELTAS[path]
        assert (parent, result, flag) == (one["parent"], one["result"], one.get("whole_entity_flag", ""))
