"""The declarations compared with the vendor's tables: fields, types, enum values, what is sent and what is not."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import InvalidValueError
from adplatforms.core.fields import Choice
from adplatforms.core.relations import Children, Ref
from terminalone import models
from terminalone.entities import T1Entity

CLASSES = sorted(set(T1Entity.__model__.registry.collections.values()), key=lambda model: model.__name__)
TYPES = {
    "int": "whole number",
    "float": "number",
    "bool": "True or False",
    "bool_native": "True or False",
    "datetime": "date and time",
    "object": "object",
}
OURS = {
    "Strategy.pixel_target_expr": "pixel target expression",
    "TargetDimension.include": "list of target values",
    "TargetDimension.exclude": "list of target values",
    "Permission.advertiser": "access by id",
    "Permission.agency": "access by id",
    "Permission.organization": "access by id",
    "Permission.advertiser_id": "list of ids",
    "Permission.agency_id": "list of ids",
    "Permission.organization_id": "list of ids",
    "RetiredAudienceSegment.wholesale_": "number",
    "SupplySource.rtb_type": "choice",
    "SupplySource.supply_type": "choice",
}
"""Where a field says more than the vendor's table: structured text, misspelt names of the classic SDK that stand for
the right ones here, and choices that the classic SDK lists but never applies."""
OUR_FLAGS = {"StrategyDayPart.udpated_on", "StrategyDeal.deal_id", "StrategyDeal.strategy_id"}
"""Sent otherwise than in the classic SDK: a misspelt `updated_on`, and fields it never sends although T1 needs them."""
DOCUMENTED_LATER = {"Deal": {"sub_supply_source_id", "supply_source_id"}}
"""Numbers that None clears by another source: the schema of the current deals service."""
each_class = pytest.mark.parametrize("model", CLASSES, ids=lambda model: model.__name__)


@pytest.fixture(scope="module")
def tables(spec: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((spec / "t1" / "entities.json").read_text())["classes"]
    return found


def vendor_fields(tables: dict[str, Any], model: type[T1Entity]) -> dict[str, Any]:
    """The vendor's fields by name, without `version`, which the framework keeps apart."""
    fields = table_of(tables, model)["fields"]
    return {field["name"]: field for field in fields if field["name"] not in ("version", "_type")}


def table_of(tables: dict[str, Any], model: type[T1Entity]) -> dict[str, Any]:
    """The vendor's table of a class; the two collections of target values share one."""
    found: dict[str, Any] = tables[model.__name__.removesuffix("Count")]
    return found


def test_the_entities_there_are(tables: dict[str, Any]) -> None:
    assert {model.__name__ for model in CLASSES} == {*tables, "TargetValueCount"}
    assert {getattr(models, name) for name in models.__all__} == {*CLASSES, T1Entity}
    assert models.PixelBundle is models.Pixel


def test_all_of_the_vendors_fields_are_there(tables: dict[str, Any]) -> None:
    """`_type` is the class's; `version` is what an update is based on."""
    theirs = {f"{name}.{field['name']}" for name, table in tables.items() for field in table["fields"]}
    ours = {f"{m.__name__}.{name}" for m in CLASSES for name in (*m.__model__.fields, "_type")}
    assert len(theirs) == 696
    assert theirs <= ours


def test_every_collection_and_every_type_has_its_class(spec: Path) -> None:
    """Known defect 14: target values are the collection target_values."""
    names = json.loads((spec / "t1" / "collections.json").read_text())
    find = T1Entity.__model__.registry.find
    for kind in ("collections", "singular"):
        theirs = {name: cls for name, cls in names[kind].items() if cls != "Report"}
        assert len(theirs) == 47
        assert {name: find(name).__name__.removesuffix("Count") for name in theirs} == theirs
    assert find("target_values") is find(models.TargetValue) is models.TargetValue
    assert (models.TargetValue.collection, models.TargetValueCount.collection) == (
        "target_values",
        "target_value_counts",
    )


@each_class
def test_names_of_class_collection_and_type(tables: dict[str, Any], model: type[T1Entity]) -> None:
    table = table_of(tables, model)
    if model is not models.TargetValueCount:
        assert (model.collection, model.__model__.type) == (table["collection"], table["resource"])
    assert model.__doc__


@each_class
def test_every_field_is_declared(tables: dict[str, Any], model: type[T1Entity]) -> None:
    declared = set(model.__model__.fields) - {"version", "id", "created_on", "updated_on"}
    theirs = set(vendor_fields(tables, model)) - {"id", "created_on", "updated_on"}
    assert theirs - declared == set()
    extra = declared - theirs
    extra -= {"include_op", "exclude_op"} if model is models.TargetDimension else set()
    assert extra == {n for n in extra if model.__model__.fields[n].readonly}, "only what is never sent may be more"


@each_class
def test_field_types(tables: dict[str, Any], model: type[T1Entity]) -> None:
    theirs = {
        name: OURS.get(f"{model.__name__}.{name}")
        or ("choice" if field["push"]["kind"] == "enum" else TYPES.get(field["pull"], "text"))
        for name, field in vendor_fields(tables, model).items()
    }
    assert {name: model.__model__.fields[name].type_name for name in theirs} == theirs


@each_class
def test_enum_values_and_defaults(tables: dict[str, Any], model: type[T1Entity]) -> None:
    theirs = {
        name: (sorted(field["push"]["values"]), field["push"]["default"])
        for name, field in vendor_fields(tables, model).items()
        if field["push"]["kind"] == "enum"
    }
    declared = {
        name: (sorted(set(field.values) - set(field.newer)), field.default)
        for name, field in model.__model__.fields.items()
        if isinstance(field, Choice) and name in vendor_fields(tables, model)
    }
    unused = table_of(tables, model)["declared_but_unused_enums"]
    theirs |= {name.removesuffix("s"): (sorted(e["values"]), e["default"]) for name, e in unused.items()}
    assert declared == theirs


def test_words_that_are_newer_than_v2(spec: Path) -> None:
    """Each stands in the description of v3.0 as a word of that name."""
    described = (spec / "t1" / "v3" / "campaigns-openapi.yaml").read_text(encoding="utf-8")
    newer = {
        (name, word)
        for model in CLASSES
        for name, field in model.__model__.fields.items()
        if isinstance(field, Choice)
        for word in field.newer
    }
    assert {("goal_type", "cpcv"), ("frequency_type", "t1-optimized")} <= newer
    assert {word for _, word in newer if not re.search(rf"^ +- '?{word}'?$", described, re.MULTILINE)} == set()


@each_class
def test_what_is_never_sent_and_what_only_on_create(tables: dict[str, Any], model: type[T1Entity]) -> None:
    table = table_of(tables, model)
    ours = {name.partition(".")[2] for name in OUR_FLAGS if name.startswith(f"{model.__name__}.")}
    theirs = vendor_fields(tables, model).keys() - ours
    fields = {n: f for n, f in model.__model__.fields.items() if n in theirs}
    assert {n for n, f in fields.items() if f.readonly} == set(table["readonly"]) & set(fields)
    assert {n for n, f in fields.items() if f.create_only} == set(table["readonly_update"])


@each_class
def test_none_clears_what_the_vendor_clears_with_it(tables: dict[str, Any], model: type[T1Entity]) -> None:
    clears = {
        name
        for name, field in vendor_fields(tables, model).items()
        if field["push"].get("none") == "empty_string" or field["push"]["kind"] == "none_to_empty"
    }
    assert {name for name in clears if not model.__model__.fields[name].nullable} == set()
    clears |= DOCUMENTED_LATER.get(model.__name__, set())
    numbers = {n for n, f in model.__model__.fields.items() if f.type_name in TYPES.values() and f.nullable}
    assert numbers == clears & numbers


@each_class
def test_what_a_create_needs(tables: dict[str, Any], model: type[T1Entity]) -> None:
    hints = table_of(tables, model).get("sibling_hints", {})
    if not hints.get("required_on_create_reliable", True):
        pytest.skip("the vendor's own tables disagree")
    required = {name for name, field in model.__model__.fields.items() if field.required}
    needed = {name for name in hints.get("required_on_create", ()) if name in model.__model__.fields}
    assert needed - required == set()


@each_class
def test_relations(tables: dict[str, Any], model: type[T1Entity]) -> None:
    theirs = set(table_of(tables, model)["relations"])
    theirs -= {"target_value"} if model is models.TargetDimension else set()  # they are its include and exclude
    assert theirs - set(model.__model__.relations) == set()
    for name, relation in model.__model__.relations.items():
        assert issubclass(relation.target, T1Entity)
        if isinstance(relation, Ref) and relation.by:
            assert relation.by in model.__model__.fields, name
        if isinstance(relation, Children) and relation.by and not relation.target._generic:
            assert relation.by in relation.target.__model__.fields, name


@each_class
def test_fields_can_be_compared_on_the_class(model: type[T1Entity]) -> None:
    for name, field in model.__model__.fields.items():
        assert getattr(model, name) is field
        if field.operators:
            assert str(field.is_null()) == f"{name} is null"


@pytest.mark.parametrize(
    ("model", "field"),
    [(model, field) for model in CLASSES for field in model.__model__.fields.values() if isinstance(field, Choice)],
    ids=lambda part: getattr(part, "name", part.__name__ if isinstance(part, type) else ""),
)
def test_each_choice_takes_its_words_and_no_other(model: type[T1Entity], field: Choice) -> None:
    for word in field.values:
        assert field.check(word, model.__name__) == word
    with pytest.raises(InvalidValueError, match="is not one of"):
        field.check(f"{field.values[0]}x", model.__name__)
