"""The declarations compared with the facts: every GraphQL field, REST property, Workflows input and enum value."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.field import Field
from adplatforms.core.fields import ListOf, Object
from adplatforms.core.nested import Nested, Struct
from adplatforms.ttd import entities
from adplatforms.ttd.fields import Enum, graphql_enum
from adplatforms.ttd.known import CONNECTIONS, FILTERS, PLAIN_LISTS, ROOTS, TYPE_NAMES
from adplatforms.ttd.mapped import Mapped, write_path
from adplatforms.ttd.rest.endpoints import ENDPOINTS
from adplatforms.ttd.values import (
    AdGroupBudgetSummary,
    Attribution,
    CampaignBudgetSummary,
    Currency,
    Goal,
    IndustryCategory,
    KoaSummary,
    PacingSettings,
    SeedTargeting,
)

CLASSES = {name: getattr(entities, name) for name in entities.__all__ if name != "TTDEntity"}
STRUCTS: dict[str, type[Struct]] = {
    "AdGroupBudget": AdGroupBudgetSummary,
    "AdGroupKoaSettings": KoaSummary,
    "Attribution": Attribution,
    "CampaignBudget": CampaignBudgetSummary,
    "CampaignPacingSettings": PacingSettings,
    "Currency": Currency,
    "Goal": Goal,
    "IndustryCategory": IndustryCategory,
    "SeedTargetingData": SeedTargeting,
}
"""GraphQL's types that are nested values here."""
ELSEWHERE = {"Query", "PageInfo", "UserError", "JobProgress", "BulkApiJob", "CampaignCloneProgress", "Me"}
"""Types that are neither: the root, the machinery of pages, errors and jobs, and the signed-in user."""
SCALARS = {"String|ID", "Int|Long", "Boolean", "Float", "custom scalar"}
NOT_DECLARED = {
    "Advertiser.secretKey": "a secret: it would show in reprs and exports of entities",
    "Advertiser.availableIndustryCategories": "what could be chosen, not a value of the record",
    "Advertiser.availableIndustrySubCategories": "what could be chosen, not a value of the record",
    "AdGroup.availableIndustryCategories": "what could be chosen, not a value of the record",
    "AdGroup.availableIndustrySubCategories": "what could be chosen, not a value of the record",
    "Campaign.campaignPacingSettings": "removed by the vendor on 2025-06-15 (facts_2.md)",
    "AdGroupFlight.minimumSpendInAdvertiserCurrency": "removed by the vendor on 2025-10-01 (facts_2.md)",
}
"""GraphQL fields of known types that are left out, and why. Those whose type is in no fact cannot be selected."""
NEWER = {"AdGroupFlight.allocationType", "AdGroupFlight.allocationInAdvertiserCurrency"}
"""GraphQL fields that are newer than the introspection: facts_2.md tells of them."""
NO_FIELDS = {"Creative", "BidList", "CampaignGroup"}
"""Classes whose GraphQL type is in no fact: what they select of it is inferred."""


@pytest.fixture(scope="module")
def graphql(spec: Path) -> dict[str, Any]:
    return read(spec, "graphql_types.json")


@pytest.fixture(scope="module")
def rest(spec: Path) -> dict[str, Any]:
    return read(spec, "platform_rest_v3.json")["entities"]


@pytest.fixture(scope="module")
def schemas(spec: Path) -> dict[str, Any]:
    return read(spec, "workflows.json")["components"]["schemas"]


def read(spec: Path, name: str) -> Any:
    return json.loads((spec / "ttd" / name).read_text())


# GraphQL


def graphql_name(field: Field[Any]) -> str:
    return field.graphql.split(".")[0] if isinstance(field, Mapped) else ""


def declared(model: type[Any]) -> dict[str, str]:
    """What a class has of GraphQL's fields: name on the wire and what it is here."""
    found = {graphql_name(field): name for name, field in model.__model__.fields.items()}
    return {**found, **{relation.key: name for name, relation in model.__model__.relations.items()}}


def known_type(graphql: dict[str, Any], kind: str) -> bool:
    """Whether the facts tell what a field of this type holds."""
    base = kind.strip("[]")
    node = graphql["connections"].get(base, {}).get("node", "").strip("[]")
    return base in SCALARS or base in graphql["enums"] or base in graphql["objects"] or node in graphql["objects"]


def type_of(model: type[Any]) -> str:
    return TYPE_NAMES.get(model.__name__, model.__name__)


def test_every_type_of_the_facts_is_an_entity_a_value_or_named_elsewhere(graphql: dict[str, Any]) -> None:
    ours = {type_of(model) for model in CLASSES.values()}
    assert set(graphql["objects"]) <= ours | set(STRUCTS) | ELSEWHERE


def test_every_graphql_field_of_a_known_type_is_declared(graphql: dict[str, Any]) -> None:
    missing = []
    for model in CLASSES.values():
        ours = declared(model)
        for name, kind in graphql["objects"].get(type_of(model), {}).items():
            place = f"{model.__name__}.{name}"
            if known_type(graphql, kind) and name not in ours and place not in NOT_DECLARED:
                missing.append(f"{place}: {kind}")
    assert not missing


def test_nothing_is_asked_for_that_graphql_does_not_have(graphql: dict[str, Any]) -> None:
    wrong = []
    for model in CLASSES.values():
        facts = graphql["objects"].get(type_of(model))
        for name, field in model.__model__.fields.items():
            told = graphql_name(field)
            if facts is not None and told and told not in facts and f"{model.__name__}.{told}" not in NEWER:
                wrong.append(f"{model.__name__}.{name}: {told}")
            if facts is None and told and name not in ("id", "name"):
                wrong.append(f"{model.__name__}.{name}: its type is in no fact")
    assert not wrong
    assert {model.__name__ for model in CLASSES.values() if type_of(model) not in graphql["objects"]} >= NO_FIELDS


def test_what_is_left_out_is_there_to_be_left_out(graphql: dict[str, Any]) -> None:
    for place in NOT_DECLARED:
        model, _, name = place.partition(".")
        assert known_type(graphql, graphql["objects"][model][name])


@pytest.mark.parametrize(("kind", "struct"), STRUCTS.items())
def test_nested_values_have_the_fields_of_their_type(graphql: dict[str, Any], kind: str, struct: type[Struct]) -> None:
    facts = {n for n, t in graphql["objects"][kind].items() if known_type(graphql, t)}
    assert {field.wire for field in struct.__model__.fields.values()} == facts


def enums(fields: dict[str, Field[Any]]) -> Iterator[tuple[Field[Any], Enum]]:
    for field in fields.values():
        item = field.item if isinstance(field, ListOf) else field
        if isinstance(item, Enum):
            yield field, item


def test_enums_have_graphqls_words(graphql: dict[str, Any]) -> None:
    wrong, seen = [], 0
    owners = [(type_of(model), model.__model__.fields) for model in CLASSES.values()]
    for kind, fields in [*owners, *((kind, struct.__model__.fields) for kind, struct in STRUCTS.items())]:
        facts = graphql["objects"].get(kind, {})
        for field, words in enums(fields):
            values = graphql["enums"].get(str(facts.get(graphql_name(field) or field.wire)).strip("[]"))
            if values is None:
                continue
            seen += 1
            spelled = {word if word in values else graphql_enum(word) for word in words.values}
            extra = spelled - set(values) - EXTRA_WORDS.get(f"{kind}.{field.wire}", set())
            if extra or set(values) - spelled - READ_ONLY_WORDS.get(f"{kind}.{field.wire}", set()):
                wrong.append((f"{kind}.{field.wire}", extra, set(values) - spelled))
    assert not wrong
    assert seen > 20


READ_ONLY_WORDS = {"AdGroup.channel": {"MIXED", "TV_PERSONAL"}}
"""Words that only GraphQL shows, and no surface takes."""
EXTRA_WORDS = {"Campaign.version": {"SOLIMAR"}}
"""Words that another surface has: REST knows the version before Kokai."""


def test_root_fields_and_connections_are_those_of_the_schema(graphql: dict[str, Any]) -> None:
    query = graphql["objects"]["Query"]
    later = {"campaignGroup"}  # named by the vendor's documents, newer than the introspection
    for name, root in ROOTS.items():
        assert name in CLASSES
        assert {root.one} - later <= set(query)
        assert root.many == "" or root.many in query
    for parents in (CONNECTIONS, PLAIN_LISTS):
        for owner, keys in parents.items():
            assert keys <= set(graphql["objects"][owner])
            assert keys <= {relation.key for relation in CLASSES[owner].__model__.relations.values() if relation.many}


def test_filters_are_those_that_the_facts_show(spec: Path) -> None:
    """Each filter stands in the table of graphql.md, with its operators; nothing there is forgotten."""
    text = (spec / "ttd" / "graphql.md").read_text()
    table = [line for line in text.splitlines() if line.startswith("| `") and "{" in line and " [" in line]
    shown = " ".join(table)
    for connection, filters in FILTERS.items():
        assert connection.rpartition(".")[2] in shown
        for field in filters:
            assert f"`{field}:" in shown


# REST


def rest_fields(model: type[Any]) -> dict[str, str]:
    return {
        f.rest.split(".")[0]: name for name, f in model.__model__.fields.items() if isinstance(f, Mapped) and f.rest
    }


def test_every_rest_property_is_declared(rest: dict[str, Any]) -> None:
    inside = {"CampaignFlights"}  # a relation: campaign.flights
    missing = []
    by_place = {model._rest: model for model in CLASSES.values() if model._rest}
    for entity, facts in rest.items():
        ours = set(rest_fields(by_place[entity])) | inside
        missing += [f"{entity}.{name}" for name in facts["fields"] if name not in ours]
    assert not missing


def test_nothing_is_sent_to_rest_that_it_does_not_have(rest: dict[str, Any]) -> None:
    inferred = {"Label.partner_id", "ContractGroup.partner_id"}
    newer = {"Contract.is_upfront"}  # facts_2.md section 1
    wrong = []
    for model in CLASSES.values():
        facts = rest.get(model._rest)
        if facts is not None:
            wrong += [
                f"{model.__name__}.{name}: {told}"
                for told, name in rest_fields(model).items()
                if told not in facts["fields"] and f"{model.__name__}.{name}" not in inferred | newer
            ]
    assert not wrong


def test_ids_and_names_are_where_rest_keeps_them(rest: dict[str, Any]) -> None:
    for model in CLASSES.values():
        if model._rest in rest:
            facts = rest[model._rest]
            assert model.__model__.fields["id"].rest == facts["id_field"]
            if facts["name_field"]:
                assert model.__model__.fields["name"].rest == facts["name_field"]


def test_endpoints_are_those_of_the_facts(rest: dict[str, Any]) -> None:
    assert set(rest) <= set(ENDPOINTS)
    for name, facts in rest.items():
        place = ENDPOINTS[name]
        path = f"/v3/{place.path}"
        if facts["get"]:
            assert place.get
            assert facts["get"]["path"].startswith(f"{path}/{{")
        assert place.get == bool(facts["get"])
        assert place.create == bool(facts["create"])
        assert place.update == bool(facts["update"]) or name == "partner"  # no property of it is known as writable
        assert place.delete == any(other["method"] == "DELETE" for other in facts.get("other", ()))
        known = {(f"/v3/{query.path}", query.parent or None) for query in place.queries.values()}
        templates = {f"/v3/{query.templates}" for query in place.queries.values() if query.templates}
        statuses = {f"/v3/{query.path}": query.status for query in place.queries.values()}
        for query in facts["query"]:
            if query["doc_status"] in ("LEGACY", "DEPRECATED"):
                assert statuses[query["path"]] == query["doc_status"]
            else:
                assert not statuses.get(query["path"])
            listed = (query["path"], query["parent_id_field"]) in known or query["path"] in templates
            assert listed or query["path"] == "/v3/contract/query/partner/available"


# Workflows


INPUTS = {
    "Campaign": ("CampaignCreateWorkflowInput", "CampaignUpdateWorkflowInput"),
    "AdGroup": ("AdGroupCreateWorkflowInput", "AdGroupUpdateWorkflowInput"),
}
OWN_NAMES = {
    "start_date_in_utc": "start_date",
    "end_date_in_utc": "end_date",
    "Campaign.flights": "initial_flights",
    "AdGroup.flights": "flight_budgets",
}
"""Where a field is not called as in the official SDK: the fact it shares with the other surfaces has a name there."""
NOT_FIELDS = {"Campaign.adGroups": "an option of save", "id": "the entity's id", "pacingMode": "inside the budget"}

CREATE_ONLY = {"Campaign.primaryInput.budget"}
"""An update takes nothing of a budget but its pacing mode, which is a field of its own."""


def properties(schemas: dict[str, Any], name: str, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """The properties of an input with their paths: those of primaryInput and advancedInput, not of deeper ones."""
    for key, told in schemas[name]["properties"].items():
        target = told.get("$ref", "").rpartition("/")[2]
        if key in ("primaryInput", "advancedInput"):
            yield from properties(schemas, target, f"{key}.")
        else:
            yield path + key, told


@pytest.mark.parametrize("name", INPUTS)
def test_every_workflows_input_is_reachable_by_its_python_name(schemas: dict[str, Any], name: str) -> None:
    fields = CLASSES[name].__model__.fields
    by_path = {write_path(field): python for python, field in fields.items() if write_path(field)}
    create, update = (dict(properties(schemas, schema)) for schema in INPUTS[name])
    for path, told in {**update, **create}.items():
        key = path.rpartition(".")[2]
        if key in NOT_FIELDS or f"{name}.{key}" in NOT_FIELDS:
            continue
        assert path in by_path, f"{path} cannot be set"
        own = told["x-python-name"]
        assert by_path[path] == OWN_NAMES.get(f"{name}.{own}", OWN_NAMES.get(own, own))
        field = fields[by_path[path]]
        assert not field.readonly
        assert field.create_only == (path not in update or f"{name}.{path}" in CREATE_ONLY), f"{path}: create only?"
        assert field.required == (told["x-presence"] == "required" and path in create), f"{path}: required?"
        if not field.required:
            assert field.nullable == told["x-nullable"], f"{path}: nullable?"
    extra = set(by_path) - set(create) - set(update)
    assert extra <= {"primaryInput.budget.pacingMode"}


@pytest.mark.parametrize("name", INPUTS)
def test_workflows_enums_are_those_of_the_fields(schemas: dict[str, Any], name: str) -> None:
    fields = CLASSES[name].__model__.fields
    for path, told in properties(schemas, INPUTS[name][0]):
        words = schemas.get(told.get("$ref", "").rpartition("/")[2], {}).get("enum")
        field = next((f for f in fields.values() if write_path(f) == path), None)
        if words and field is not None:
            assert isinstance(field, Enum)
            assert set(words) <= set(field.values), path


def test_what_is_writable_has_a_way_out() -> None:
    """A field that can be set has a path on the surface that saves its class."""
    wrong = []
    for model in CLASSES.values():
        for name, field in model.__model__.fields.items():
            assert isinstance(field, Mapped)
            if field.readonly or model.__name__ == "Seed":
                continue
            way = write_path(field) if model.__name__ in INPUTS else field.rest
            if not way:
                wrong.append(f"{model.__name__}.{name}")
    assert not wrong


def test_nested_inputs_are_typed() -> None:
    """What a Workflows input takes as an object is a typed value here, never a bare dict."""
    written = [f for name in INPUTS for f in CLASSES[name].__model__.fields.values() if write_path(f)]
    assert len([field for field in written if isinstance(field, Nested)]) > 8
    assert not [field for field in written if isinstance(field, Object)]
