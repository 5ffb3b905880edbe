"""Documents are GraphQL whatever is put into them: a parser of another make reads them back."""

import re
from typing import Any

import pytest

from adplatforms.core.errors import InvalidValueError
from adplatforms.ttd import TTD
from adplatforms.ttd.entities import Advertiser, Campaign, CampaignFlight, Seed, TTDEntity
from adplatforms.ttd.graphql.documents import Document, Node, Variable, Word, literal
from adplatforms.ttd.graphql.selection import Selection
from adplatforms.ttd.graphql.write import mutation
from adplatforms.ttd.known import ROOTS
from adplatforms.ttd.model import model_of

graphql = pytest.importorskip("graphql", reason="needs the extra 'sandbox'")
hypothesis = pytest.importorskip("hypothesis")
strategies = hypothesis.strategies

UNTIMED = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
"""A busy machine is not a failure: tests count, and measure no time."""
TEXT = strategies.text(strategies.characters(exclude_categories=["Cs"]))
VALUES = strategies.recursive(
    strategies.none() | strategies.booleans() | strategies.integers(-(2**53), 2**53) | TEXT,
    lambda inner: (
        strategies.lists(inner, max_size=4)
        | strategies.dictionaries(
            strategies.from_regex(r"[a-zA-Z_][a-zA-Z_0-9]{0,8}", fullmatch=True), inner, max_size=4
        )
    ),
)


@UNTIMED
@hypothesis.given(VALUES)
def test_a_literal_is_read_back_as_the_value(value: Any) -> None:
    node = graphql.parse_value(literal(value))
    assert graphql.value_from_ast_untyped(node) == value


@UNTIMED
@hypothesis.given(TEXT)
def test_text_cannot_leave_the_input_of_a_mutation(text: str) -> None:
    document = graphql.parse(mutation("seedCreate", {"name": text, "kind": Word("PACE_AHEAD")}, Node("id")).text)
    (operation,) = document.definitions
    (field,) = operation.selection_set.selections
    (argument,) = field.arguments
    assert field.name.value == "seedCreate"
    assert graphql.value_from_ast_untyped(argument.value) == {"name": text, "kind": "PACE_AHEAD"}


def test_a_name_cannot_carry_a_document() -> None:
    with pytest.raises(InvalidValueError, match="is not a name in GraphQL"):
        literal({"a: 1}) { id } #": 1})


def test_every_class_that_graphql_has_makes_a_document(ttd: TTD) -> None:
    for name, root in ROOTS.items():
        model = TTDEntity.__model__.registry.classes[name]
        graphql.parse(f"{{ {root.one}(id: 1) {{ {Selection(model).text} }} }}")
        if root.many and model_of(model).only_surface != "rest":
            document = graphql.parse(ttd.query(model).plan().first.json["request"])
            assert document.definitions[0].selection_set.selections[0].name.value == root.many


@pytest.mark.parametrize(
    ("model", "includes"),
    [
        (Campaign, (("advertiser", "partner"), ("ad_groups", "creatives"), ("flights", "ad_group_flights"))),
        (Advertiser, (("seeds", "campaigns"), ("default_seed",), ("labels",))),
        (CampaignFlight, (("campaign", "current_flight"),)),
        (Seed, (("advertiser",),)),
    ],
)
def test_included_chains_make_a_document(model: type[TTDEntity], includes: tuple[tuple[str, ...], ...]) -> None:
    text = Selection(model, includes).text
    parsed = graphql.parse(f"{{ x {{ {text} }} }}").definitions[0].selection_set.selections[0]
    keys = [selection.name.value for selection in parsed.selection_set.selections]
    assert len(keys) == len(set(keys))
    for chain in includes:
        assert model.__model__.relations[chain[0]].key in keys


def test_rows_become_canonical() -> None:
    selection = Selection(Campaign, (("advertiser",), ("flights",)))
    row: dict[str, Any] = {
        "id": "c1",
        "advertiser": {"id": "a1", "name": "x", "partner": {"id": "p1"}},
        "partner": {"id": "p1"},
        "seed": None,
        "flights": {"nodes": [{"id": 7, "campaign": {"id": "c1"}}, None], "pageInfo": {"hasNextPage": False}},
    }
    selection.adapt([row])
    assert row == {
        "id": "c1",
        "advertiser": {"id": "a1", "name": "x", "partnerId": "p1"},
        "advertiserId": "a1",
        "partnerId": "p1",
        "seedId": None,
        "flights": [{"id": 7, "campaignId": "c1"}],
    }


GOAL = Node("goal", (Node("name"), Node("unit")))
CAMPAIGN = Node(
    "campaign", (Node("id"), GOAL), {"id": Variable("id"), "where": {"name": {"eq": "{ name", "in": ["a", "b"]}}}
)


def test_a_document_is_printed_as_graphql() -> None:
    document = Document(CAMPAIGN, {"id": "ID!"}, {"id": "c1"})
    assert document.text == (
        'query($id: ID!) { campaign(id: $id, where: {name: {eq: "{ name", in: ["a", "b"]}}) { id goal { name unit } } }'
    )
    assert Document(GOAL).text == "{ goal { name unit } }"
    assert Document(GOAL, operation="mutation").text == "mutation { goal { name unit } }"


def test_positions_are_those_of_selected_fields() -> None:
    document = Document(CAMPAIGN, {"id": "ID!"}, {"id": "c1"})
    text = document.text
    assert document.path_at(1, text.rindex("name") + 1) == ("campaign", "goal", "name")
    assert document.path_at(1, text.rindex("name") + 4) == ("campaign", "goal", "name")
    assert document.path_at(1, text.rindex("unit") + 1) == ("campaign", "goal", "unit")
    assert document.path_at(1, text.index("campaign") + 1) == ("campaign",)
    in_an_argument, in_the_variables = text.index("name") + 1, text.index("id") + 1
    nowhere = [(1, in_an_argument), (1, in_the_variables), (2, text.rindex("name") + 1), (1, 5000), (0, 0)]
    for line, column in [*nowhere, (None, None), ("1", text.rindex("name") + 1)]:
        assert document.path_at(line, column) == ()


def test_positions_in_what_an_entity_selects_are_those_of_the_text() -> None:
    """Each name of the text is found at its position, with the fields of included records among them."""
    selection = Selection(Campaign, (("advertiser",), ("ad_groups",)))
    document = Document(Node("campaign", (selection,), {"id": "c1"}))
    for name, path in [(each.name, each.path) for each in selection.asked()]:
        column = next(
            found.start() + 1
            for found in re.finditer(rf"\b{name}\b", document.text)
            if document.path_at(1, found.start() + 1)[1:] == path
        )
        assert document.text[column - 1 :].startswith(name)


def test_leaving_fields_out_changes_the_fragment_alone() -> None:
    selection = Selection(Campaign)
    document = Document(Node("campaigns", (Node("nodes", (selection,)), Node("pageInfo"))))
    smaller = selection.leaving(frozenset({("Campaign", "name"), ("Campaign", "goal")}))
    text = document.replacing(selection, smaller).text
    assert smaller.text in text
    assert " goal {" not in text
    assert text.endswith("} pageInfo } }")
    assert document.replacing(smaller, selection).text == document.text
