"""The declarations of API v3.0 are what the vendor's description says, member by member."""

import pytest
from v3_description import DESCRIPTION, Node, operations, resources

from adplatforms.core.nested import Nested
from terminalone.v3 import entities
from terminalone.v3.base import V3Entity
from terminalone.v3.fields import Choice, Float, Int, ListOf, Str

needs_description = pytest.mark.skipif(not DESCRIPTION.exists(), reason="the vendor's description is not here")


@needs_description
def test_the_modules_are_what_the_script_writes() -> None:
    from v3_declarations import rendered, stray

    assert [path.name for path, text in rendered().items() if path.read_text(encoding="utf-8") != text] == []
    assert stray() == []


@needs_description
def test_every_collection_of_the_description_has_a_class() -> None:
    collections = V3Entity.__model__.registry.collections
    assert sorted(collections) == sorted(resource.collection for resource in resources())
    named = {name for entity in collections.values() for name in entity.__model__.operations.values()}
    assert named <= {operation["operationId"] for _, _, operation in operations()}


@needs_description
@pytest.mark.parametrize("collection", sorted(V3Entity.__model__.registry.collections))
def test_every_member_of_a_record_is_declared(collection: str) -> None:
    resource = next(each for each in resources() if each.collection == collection)
    model = V3Entity.__model__.registry.collections[collection].__model__
    known = {field.wire: field for field in model.fields.values()}
    relations = {relation.key for relation in model.relations.values()}
    for wire, node in resource.node.members.items():
        if wire not in {"id", "entity_type", *relations}:
            _compare(known[wire], node, f"{collection}.{wire}")
    assert known.keys() - resource.node.members.keys() <= {"id"}


def _compare(field: object, node: Node, where: str) -> None:
    """Asserts that a field says of a member what the description does, and its parts of its members."""
    if node.item is not None and node.types == {"array"}:
        assert isinstance(field, ListOf), where
        _compare(field.item, node.item, f"{where}[]")
    elif node.members and node.types <= {"object"}:
        assert isinstance(field, Nested), where
        parts = {part.wire: part for part in field.struct.__model__.fields.values()}
        assert parts.keys() == node.members.keys(), where
        for wire, member in node.members.items():
            _compare(parts[wire], member, f"{where}.{wire}")
    elif node.enum:
        assert isinstance(field, Choice), where
        assert list(field.values) == [word for word in node.enum if word is not None], where
    elif isinstance(field, (Int, Float)) and node.limits.get("maximum", 0) < 2**31:
        assert (field.least, field.most) == (node.limits.get("minimum"), node.limits.get("maximum")), where
    elif isinstance(field, Str):
        assert (field.shortest, field.longest) == (node.limits.get("minLength", 0), node.limits.get("maxLength")), where


def test_a_campaign_is_nested() -> None:
    flight = entities.Campaign.__model__.fields["budget"]
    assert isinstance(flight, Nested)
    assert list(flight.struct.__model__.fields) == [
        "total_budget",
        "total_impression_budget",
        "currency_code",
        "margin_pct",
        "dynamic_budget_allocation_type",
        "dynamic_budget_allocation_applied",
        "dynamic_budget_allocation_available",
        "flights",
    ]
