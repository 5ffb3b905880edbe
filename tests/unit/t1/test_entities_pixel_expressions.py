"""Pixel target expressions: the classic dict for flat ones, lossless text for all others."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.errors import InvalidValueError, NotLoaded
from adplatforms.core.testing import assert_calls
from terminalone.entities import Pixel, Strategy
from terminalone.pixel_expressions import check, flat, pixels, text

Row = dict[str, Any]
NONE: Row = {"pixels": [], "operator": None}


def side(*numbers: int, operator: str | None = None) -> Row:
    return {"pixels": list(numbers), "operator": operator}


FLAT = [
    ("", NONE, NONE),
    ("( [1] OR [2] ) AND NOT ( [3] )", side(1, 2, operator="OR"), side(3)),
    ("NOT ( [889116] )", NONE, side(889116)),
    ("( [786044] ) AND NOT ( [786043] )", side(786044), side(786043)),
    ("( [1] AND [2] AND [3] )", side(1, 2, 3, operator="AND"), NONE),
    ("NOT ( [1] OR [2] )", NONE, side(1, 2, operator="OR")),
]
NESTED = [
    "( [1] AND [2] OR [3] )",
    "( ( [1] OR [2] ) AND ( [3] OR [4] ) )",
    "( [1] OR [2] ) AND NOT ( [3] AND NOT [4] )",
    "NOT ( [1] ) AND ( [2] )",
    "( [1] ) OR NOT ( [2] )",
    "[1]",
    "NOT NOT ( [1] )",
]
BROKEN = ["( [1] OR [2]", "[1] [2]", "( [1] ) )", "AND [1]", "( )", "[x]", "( [1] XOR [2] )", "NOT", "( [1] OR )"]


def strategy_with(offline: Any, expression: Any, *more: Any) -> tuple[Any, Strategy]:
    row = {"entity_type": "strategy", "id": 9, "version": 4, "name": "Old", "pixel_target_expr": expression}
    t1 = offline(row, *more)
    return t1, t1.get("strategies", 9)


def form(t1: Any) -> Row:
    return dict(t1.transport.calls[-1].form)


@pytest.mark.parametrize(("expression", "include", "exclude"), FLAT)
def test_flat_expressions_read_and_write_as_in_the_classic_sdk(expression: str, include: Row, exclude: Row) -> None:
    assert flat(expression) == {"include": include, "exclude": exclude}
    assert text({"include": include, "exclude": exclude}) == expression
    assert flat(expression.replace("[ ", "[").replace("( ", "(").replace(" )", ")")) == flat(expression)


@pytest.mark.parametrize("expression", NESTED)
def test_nested_expressions_stay_text(offline: Any, expression: str) -> None:
    """Known defect 30: a nested or mixed expression is not flattened to one operator."""
    t1, strategy = strategy_with(offline, expression, {"entity_type": "strategy", "id": 9, "version": 5})
    assert strategy.pixel_target_expr == expression == check(expression)
    assert strategy.pixel_target_expr_string == expression
    strategy.name = "New"
    strategy.save()
    assert form(t1) == {"name": "New", "version": "4"}


@pytest.mark.parametrize("expression", NESTED)
def test_nested_expressions_are_sent_as_written(offline: Any, expression: str) -> None:
    t1, strategy = strategy_with(offline, "( [1] )", {"entity_type": "strategy", "id": 9, "version": 5})
    strategy.pixel_target_expr = expression
    strategy.save()
    assert form(t1) == {"pixel_target_expr": expression, "version": "4"}


@pytest.mark.parametrize("expression", BROKEN)
def test_what_is_not_well_formed_is_refused_when_set(offline: Any, expression: str) -> None:
    _, strategy = strategy_with(offline, "( [1] )")
    with pytest.raises(InvalidValueError, match="pixel_target_expr"):
        strategy.pixel_target_expr = expression
    assert strategy.changes() == {}


@pytest.mark.parametrize("expression", ["NOT", "[1] OR", "( [1] AND NOT"])
def test_an_expression_that_ends_early_is_told_so(expression: str) -> None:
    with pytest.raises(ValueError, match="the expression ends where a pixel is expected"):
        check(expression)


@pytest.mark.parametrize("expression", BROKEN)
def test_what_the_server_sends_is_kept_whatever_it_is(offline: Any, expression: str) -> None:
    _, strategy = strategy_with(offline, expression)
    assert strategy.pixel_target_expr == expression


@pytest.mark.parametrize(
    "value",
    [7, [1, 2], {"includes": {}}, {"include": {"pixels": ["x"]}}, {"include": {"pixels": [1], "operator": "XOR"}}],
)
def test_what_is_no_expression_is_refused(offline: Any, value: Any) -> None:
    _, strategy = strategy_with(offline, "")
    with pytest.raises(InvalidValueError, match=r"pixel_target_expr .*cannot be"):
        strategy.pixel_target_expr = value


def test_changes_in_place_are_sent(offline: Any) -> None:
    t1, strategy = strategy_with(offline, "( [1] )", {"entity_type": "strategy", "id": 9, "version": 5})
    expression: Any = strategy.pixel_target_expr
    expression["include"]["pixels"].append(2)
    expression["exclude"]["pixels"].append(Pixel(None, id=3))
    assert strategy.pixel_target_expr_string == "( [1] OR [2] ) AND NOT ( [3] )"
    strategy.save()
    assert form(t1)["pixel_target_expr"] == "( [1] OR [2] ) AND NOT ( [3] )"


def test_a_bad_operator_in_place_is_refused_before_anything_is_sent(offline: Any) -> None:
    t1, strategy = strategy_with(offline, "( [1] OR [2] )")
    strategy.pixel_target_expr["include"]["operator"] = "XOR"
    with assert_calls(t1, 0), pytest.raises(InvalidValueError, match="AND or OR, not 'XOR'"):
        strategy.save()


def test_the_callers_dict_stays_as_it_was(offline: Any) -> None:
    _, strategy = strategy_with(offline, "")
    mine = {"include": {"pixels": [1], "operator": None}}
    strategy.pixel_target_expr = mine
    strategy.pixel_target_expr["include"]["pixels"].append(2)
    assert mine == {"include": {"pixels": [1], "operator": None}}
    assert strategy.pixel_target_expr_string == "( [1] OR [2] )"


@pytest.mark.parametrize("nothing", [None, "", {}, {"include": {"pixels": []}}])
def test_it_can_be_cleared(offline: Any, nothing: Any) -> None:
    """Known defect 30: None is taken."""
    t1, strategy = strategy_with(offline, "( [1] )", {"entity_type": "strategy", "id": 9, "version": 5})
    strategy.pixel_target_expr = nothing
    strategy.save()
    assert form(t1) == {"pixel_target_expr": "", "version": "4"}


def test_a_record_without_it_never_clears_it(offline: Any) -> None:
    """Known defect 30: neither a short record nor a reply without the field touches pixel targeting."""
    short = {"entity_type": "strategy", "id": 9, "name": "Old"}
    t1 = offline([short], {**short, "version": 4}, {**short, "name": "New", "version": 5}, {**short, "name": "Newer"})
    strategy = next(t1.get("strategies"))
    with pytest.raises(NotLoaded, match=r"strategy 9\.pixel_target_expr is not loaded"):
        strategy.pixel_target_expr  # noqa: B018
    strategy.refresh()
    assert strategy.pixel_target_expr_string == ""
    for version, name in ((4, "New"), (5, "Newer")):
        strategy.name = name
        strategy.save()
        assert form(t1) == {"name": name, "version": str(version)}


def test_setting_what_it_is_already_is_no_change(offline: Any) -> None:
    t1, strategy = strategy_with(offline, "([1] OR [2])")
    strategy.pixel_target_expr = "( [1] OR [2] )"
    with assert_calls(t1, 0):
        assert strategy.save() == {}


numbers = st.integers(1, 10**9)
terms = st.recursive(
    numbers.map(lambda number: f"[{number}]"),
    lambda inner: st.one_of(
        inner.map(lambda term: f"NOT {term}"),
        st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(lambda parts: f"( {' '.join(parts)} )"),
    ),
    max_leaves=12,
)
groups = st.builds(
    lambda ids, operator: side(*ids, operator=operator if len(ids) > 1 else None),
    st.lists(numbers, max_size=5),
    st.sampled_from(["AND", "OR"]),
)


@settings(deadline=None, database=None)
@given(terms)
def test_any_nesting_survives_a_round_trip(expression: str) -> None:
    strategy = Strategy(None, {"pixel_target_expr": expression})
    read = strategy.pixel_target_expr
    assert text(read) == expression or flat(expression) == read
    assert pixels(text(read)) == pixels(expression)


@settings(deadline=None, database=None)
@given(groups, groups)
def test_any_dict_survives_a_round_trip(include: Row, exclude: Row) -> None:
    value = {"include": include, "exclude": exclude}
    assert flat(text(value)) == value
    assert Strategy(None, {"pixel_target_expr": value}).pixel_target_expr == value


def test_brackets_without_end_are_refused() -> None:
    with pytest.raises(ValueError, match="nest deeper"):
        check("(" * 5000 + "[1]" + ")" * 5000)
