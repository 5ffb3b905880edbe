"""Documents are GraphQL whatever is put into them: a parser of another make reads them back."""

from typing import Any

import pytest

from adplatforms.core.errors import InvalidValueError
from adplatforms.ttd import TTD
from adplatforms.ttd.entities import Advertiser, Campaign, CampaignFlight, Seed, TTDEntity
from adplatforms.ttd.graphql.documents import Word, literal, mutation
from adplatforms.ttd.graphql.selection import Selection
from adplatforms.ttd.known import ROOTS

graphql = pytest.importorskip("graphql", reason="needs the extra 'sandbox'")
hypothesis = pytest.importorskip("hypothesis")
strategies = hypothesis.strategies

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


@hypothesis.given(VALUES)
def test_a_literal_is_read_back_as_the_value(value: Any) -> None:
    node = graphql.parse_value(literal(value))
    assert graphql.value_from_ast_untyped(node) == value


@hypothesis.given(TEXT)
def test_text_cannot_leave_the_input_of_a_mutation(text: str) -> None:
    document = graphql.parse(mutation("seedCreate", {"name": text, "kind": Word("PACE_AHEAD")}))
    (operation,) = document.definitions
    (field,) = operation.selection_set.selections
    (argument,) = field.arguments
    assert field.name.value == "seedCreate"
    assert graphql.value_from_ast_untyped(argument.value) == {"name": text, "kind": "PACE_AHEAD"}


def test_a_name_cannot_carry_a_document() -> None:
    with pytest.raises(InvalidValueError, match="no name in GraphQL"):
        literal({"a: 1}) { id } #": 1})


def test_every_class_that_graphql_has_makes_a_document(ttd: TTD) -> None:
    for name, root in ROOTS.items():
        model = TTDEntity._registry.classes[name]
        graphql.parse(f"{{ {root.one}(id: 1) {{ {Selection(model).text} }} }}")
        if root.many and model._route != "rest":  # type: ignore[attr-defined]
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
        assert model._relations[chain[0]].key in keys


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
