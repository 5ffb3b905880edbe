"""Every entity is in the reference, with every field and relation."""

import re

import pytest
from entities import MARK, entity_classes, section, special_calls
from source import ROOT

PACKAGES = MARK.findall((ROOT / "docs" / "reference.md").read_text(encoding="utf-8"))
ENTITIES = [
    pytest.param(entity, id=f"{package}.{entity.__name__}")
    for package in PACKAGES
    for entity in entity_classes(package)
]


def test_the_reference_has_a_section_for_each_platform() -> None:
    assert "terminalone.models" in PACKAGES


@pytest.mark.parametrize("package", PACKAGES)
def test_every_collection_that_can_be_asked_for_is_in_the_reference(package: str) -> None:
    documented = entity_classes(package)
    registry = documented[0]._registry
    assert set(registry.collections.values()) <= set(documented)


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_section_tells_what_the_entity_is_and_lists_all_of_it(entity: type) -> None:
    assert entity.__doc__, "the class has no docstring"
    text = section(entity)
    assert entity.__doc__.strip().split("\n\n")[0] in text
    listed = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert listed == [*entity._fields, *entity._relations]
    for name, call in special_calls(entity):
        assert f"`{name}(" in text
        assert call.__doc__
