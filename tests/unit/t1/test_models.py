"""The declarations compared with the vendor's tables: fields, types, enum values, what is sent and what is not."""

import json
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import InvalidValueError
from adplatforms.core.fields import Choice
from adplatforms.core.relations import Children, Ref
from terminalone import models
from terminalone.models import T1Entity

CLASSES = sorted(set(T1Entity._registry.collections.values()), key=lambda model: model.__name__)
FOUNDATION = "Advertiser Agency AtomicCreative BudgetFlight Campaign Concept Organization Pixel Strategy User"
TYPES = {
    "int": "whole number",
    "float": "number",
    "bool": "True or False",
    "bool_native": "True or False",
    "datetime": "date and time",
}
each_class = pytest.mark.parametrize("model", CLASSES, ids=lambda model: model.__name__)


@pytest.fixture(scope="module")
def tables(spec: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((spec / "t1" / "entities.json").read_text())["classes"]
    return found


def vendor_fields(tables: dict[str, Any], model: type[T1Entity]) -> dict[str, Any]:
    """The vendor's fields by name, without `version`, which the framework keeps apart."""
    fields = tables[model.__name__]["fields"]
    return {field["name"]: field for field in fields if field["name"] != "version"}


def test_the_entities_there_are() -> None:
    assert set(FOUNDATION.split()) <= {model.__name__ for model in CLASSES}
    assert {getattr(models, name) for name in models.__all__} == {*CLASSES, T1Entity}
    assert models.PixelBundle is models.Pixel


@each_class
def test_names_of_class_collection_and_type(tables: dict[str, Any], model: type[T1Entity]) -> None:
    table = tables[model.__name__]
    assert (model.collection, model._type) == (table["collection"], table["resource"])
    assert model.__doc__


@each_class
def test_every_field_is_declared(tables: dict[str, Any], model: type[T1Entity]) -> None:
    declared = set(model._fields) - {"version", "id", "created_on", "updated_on"}
    theirs = set(vendor_fields(tables, model)) - {"id", "created_on", "updated_on"}
    assert theirs - declared == set()
    extra = declared - theirs
    assert extra == {n for n in extra if model._fields[n].readonly}, "only what is never sent may be more"


@each_class
def test_field_types(tables: dict[str, Any], model: type[T1Entity]) -> None:
    theirs = {
        name: "choice" if field["push"]["kind"] == "enum" else TYPES.get(field["pull"], "text")
        for name, field in vendor_fields(tables, model).items()
    }
    assert {name: model._fields[name].type_name for name in theirs} == theirs


@each_class
def test_enum_values_and_defaults(tables: dict[str, Any], model: type[T1Entity]) -> None:
    theirs = {
        name: (sorted(field["push"]["values"]), field["push"]["default"])
        for name, field in vendor_fields(tables, model).items()
        if field["push"]["kind"] == "enum"
    }
    declared = {
        name: (sorted(field.values), field.default)
        for name, field in model._fields.items()
        if isinstance(field, Choice)
    }
    assert declared == theirs


@each_class
def test_what_is_never_sent_and_what_only_on_create(tables: dict[str, Any], model: type[T1Entity]) -> None:
    table = tables[model.__name__]
    fields = {n: f for n, f in model._fields.items() if n in vendor_fields(tables, model)}
    assert {n for n, f in fields.items() if f.readonly} == set(table["readonly"]) & set(fields)
    assert {n for n, f in fields.items() if f.create_only} == set(table["readonly_update"])


@each_class
def test_none_clears_what_the_vendor_clears_with_it(tables: dict[str, Any], model: type[T1Entity]) -> None:
    clears = {
        name
        for name, field in vendor_fields(tables, model).items()
        if field["push"].get("none") == "empty_string" or field["push"]["kind"] == "none_to_empty"
    }
    assert {name for name in clears if not model._fields[name].nullable} == set()
    numbers = {n for n, f in model._fields.items() if f.type_name in TYPES.values() and f.nullable}
    assert numbers == clears & numbers


@each_class
def test_what_a_create_needs(tables: dict[str, Any], model: type[T1Entity]) -> None:
    hints = tables[model.__name__].get("sibling_hints", {})
    if not hints.get("required_on_create_reliable", True):
        pytest.skip("the vendor's own tables disagree")
    required = {name for name, field in model._fields.items() if field.required}
    needed = {name for name in hints.get("required_on_create", ()) if name in model._fields}
    assert needed - required == set()


@each_class
def test_relations(tables: dict[str, Any], model: type[T1Entity]) -> None:
    theirs = set(tables[model.__name__]["relations"])
    made_later = {"contracts", "seats"}  # lists of types that have no class yet: readable when included
    assert theirs - set(model._relations) <= made_later
    for name, relation in model._relations.items():
        assert issubclass(relation.target, T1Entity)
        if isinstance(relation, Ref) and relation.by:
            assert relation.by in model._fields, name
        if isinstance(relation, Children) and not relation.target._generic:
            assert relation.by in relation.target._fields, name


@each_class
def test_fields_can_be_compared_on_the_class(model: type[T1Entity]) -> None:
    for name, field in model._fields.items():
        assert getattr(model, name) is field
        assert str(field.is_null()) == f"{name} is null"


@pytest.mark.parametrize(
    ("model", "field"),
    [(model, field) for model in CLASSES for field in model._fields.values() if isinstance(field, Choice)],
    ids=lambda part: getattr(part, "name", part.__name__ if isinstance(part, type) else ""),
)
def test_each_choice_takes_its_words_and_no_other(model: type[T1Entity], field: Choice) -> None:
    for word in field.values:
        assert field.check(word, model.__name__) == word
    with pytest.raises(InvalidValueError, match="is not one of"):
        field.check(f"{field.values[0]}x", model.__name__)
