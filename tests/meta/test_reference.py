"""Every entity is in the reference, with every field and relation; so are nested values and what sessions can do."""

import re

import pytest
from entities import (
    entity_classes,
    marked,
    section,
    session_calls,
    session_class,
    special_calls,
    struct_classes,
    struct_section,
)
from source import ROOT

from adplatforms.core.entity import Entity
from adplatforms.core.fields import ListOf
from adplatforms.core.nested import Nested, Struct

NAMES = ("reference-t1", "reference-ttd", "reference-pinterest")
PAGE = "\n".join((ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in NAMES)
PACKAGES = marked(PAGE, "entities")
ENTITIES = [
    pytest.param(entity, id=f"{package}.{entity.__name__}")
    for package in PACKAGES
    for entity in entity_classes(package)
]
STRUCTS = [struct for package in marked(PAGE, "structs") for struct in struct_classes(package)]


def test_the_reference_has_a_page_for_each_platform() -> None:
    contents = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert all(f"\n{name}\n" in contents for name in NAMES)
    assert PACKAGES == ["terminalone.entities", "adplatforms.ttd.entities", "adplatforms.pinterest.entities"]
    assert marked(PAGE, "calls") == ["terminalone.T1", "adplatforms.TTD", "adplatforms.Pinterest"]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_collection_that_can_be_asked_for_is_in_the_reference(package: str) -> None:
    documented = entity_classes(package)
    registry = documented[0].__model__.registry
    assert set(registry.collections.values()) <= set(documented)


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_section_tells_what_the_entity_is_and_lists_all_of_it(entity: type[Entity]) -> None:
    assert entity.__doc__, "the class has no docstring"
    text = section(entity)
    first = entity.__doc__.strip().split("\n\n")[0].replace("``", "`")
    assert " ".join(first.split()) in text
    listed = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert listed == [*entity.__model__.fields, *entity.__model__.relations]
    for name, call in special_calls(entity):
        assert f"`{name}(" in text
        assert call.__doc__


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: struct.__name__)
def test_a_section_lists_all_that_a_nested_value_holds(struct: type[Struct]) -> None:
    assert struct.__doc__
    assert re.findall(r"^\| `(\w+)` \|", struct_section(struct), re.MULTILINE) == [*struct.__model__.fields]


def test_every_nested_value_that_a_field_takes_is_in_the_reference() -> None:
    owners = [model for package in PACKAGES for model in entity_classes(package)] + STRUCTS
    fields = [field for owner in owners for field in owner.__model__.fields.values()]
    items = [field.item if isinstance(field, ListOf) else field for field in fields]
    taken = {item.struct for item in items if isinstance(item, Nested)}
    assert {struct.__name__ for struct in taken} - {struct.__name__ for struct in STRUCTS} == set()


@pytest.mark.parametrize("path", marked(PAGE, "calls"))
def test_what_a_session_can_do_is_told(path: str) -> None:
    calls = session_calls(session_class(path))
    assert calls
    assert not [name for name, call in calls if not call.__doc__]
