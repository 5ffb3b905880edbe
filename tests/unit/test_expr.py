"""Conditions: what they say, what they match, and how misuse is told."""

from typing import Any

import pytest

from adplatforms.core.errors import InvalidValueError, UnknownNameError
from adplatforms.core.expr import OPERATORS, Condition, operator
from terminalone.entities import Campaign, Strategy

CAMPAIGN = Campaign(None, {"id": 7, "name": "Spring (50% off)", "status": True, "goal_value": 2.5})
CAMPAIGN.set({"io_name": None, "start_date": "2026-03-01T00:00:00"})


@pytest.mark.parametrize(
    ("condition", "text", "true"),
    [
        (Campaign.id == 7, "id == 7", True),
        (Campaign.id == "8", "id == 8", False),
        (Campaign.id != 7, "id != 7", False),
        (Campaign.goal_value < 3, "goal_value < 3.0", True),
        (Campaign.goal_value <= 2.5, "goal_value <= 2.5", True),
        (Campaign.goal_value > 2.5, "goal_value > 2.5", False),
        (Campaign.goal_value >= 2.5, "goal_value >= 2.5", True),
        (Campaign.id.in_([1, "7"]), "id in [1, 7]", True),
        (Campaign.id.in_([]), "id in []", False),
        (Campaign.name.like("SPRING*"), "name ~ 'SPRING*'", True),
        (Campaign.name.like("*(50%*"), "name ~ '*(50%*'", True),
        (Campaign.name.condition("~", "spring"), "name ~ 'spring'", False),
        (Campaign.name.condition("~", "sprin."), "name ~ 'sprin.'", False),
        (Campaign.status == 1, "status == True", True),
        (Campaign.io_name == None, "io_name is null", True),  # noqa: E711
        (Campaign.io_name != None, "io_name is not null", False),  # noqa: E711
        (Campaign.io_name.is_null(), "io_name is null", True),
        (Campaign.name.not_null(), "name is not null", True),
        (Campaign.io_name != "x", "io_name != 'x'", False),
        (Campaign.io_name == "x", "io_name == 'x'", False),
        (Campaign.io_name.in_(["x"]), "io_name in ['x']", False),
        (Campaign.io_name.like("*"), "io_name ~ '*'", False),
    ],
    ids=str,
)
def test_what_a_condition_says_and_matches(condition: Condition, text: str, true: bool) -> None:
    assert str(condition) == repr(condition) == text
    assert condition.matches(CAMPAIGN) is true


def test_a_moment_is_compared_in_any_form() -> None:
    assert (Campaign.start_date >= "2026-03-01T00:00:00+0000").matches(CAMPAIGN)
    assert not (Campaign.start_date < "2026-02-28T19:00:00-0500").matches(CAMPAIGN)


def test_joining() -> None:
    one, two, three = Campaign.id > 1, Campaign.id < 9, Campaign.name.like("*")
    assert (one & two) == (one, two)
    assert [str(each) for each in one & two & three] == [str(one), str(two), str(three)]
    assert list(one) == [one]


@pytest.mark.parametrize(
    "misuse",
    [
        lambda one, two: one and two,
        lambda one, two: one or two,
        lambda one, two: not one,
        lambda one, two: bool(one),
        lambda one, two: 1 < Campaign.id < 5,
    ],
)
def test_a_condition_is_no_truth_value(misuse: Any) -> None:
    with pytest.raises(TypeError, match=r"condition for where\(\), not a truth value: join conditions with &"):
        misuse(Campaign.id == 1, Campaign.id == 2)


def test_or_and_negation_say_what_to_write() -> None:
    with pytest.raises(TypeError, match=r"use \.in_"):
        _ = (Campaign.id == 1) | (Campaign.id == 2)
    with pytest.raises(TypeError, match="use != or"):
        _ = ~(Campaign.id == 1)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Campaign.id == "seven", r"id \(whole number\) cannot be 'seven'"),
        (lambda: Campaign.id == True, "whole number"),  # noqa: E712
        (lambda: Campaign.id.in_("12"), "takes a list of values"),
        (lambda: Campaign.id.in_(7), "takes a list of values"),
        (lambda: Campaign.id.in_([1, None]), "is_null"),
        (lambda: Campaign.name.like(7), "matched with text"),
        (lambda: Campaign.goal_type == "spent", "did you mean 'spend'"),
        (lambda: Campaign.status == "perhaps", "True or False"),
        (lambda: Campaign.start_date > "soon", "date and time"),
        (lambda: Campaign.strategies == 7, "is a list and cannot be compared"),
    ],
)
def test_values_are_checked_when_the_condition_is_made(make: Any, words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        make()


def test_relations_compare_by_the_other_sides_id() -> None:
    advertiser = Campaign.advertiser.target(None, {"id": 12})
    assert str(Campaign.advertiser == advertiser) == str(Campaign.advertiser == 12) == "advertiser_id == 12"
    assert str(Campaign.advertiser == None) == "advertiser_id is null"  # noqa: E711
    with pytest.raises(InvalidValueError, match="takes an Advertiser or its id: these are campaigns, not advertisers"):
        _ = Campaign.advertiser == CAMPAIGN
    with pytest.raises(InvalidValueError, match="has none yet"):
        _ = Campaign.advertiser == Campaign.advertiser.target(None)


def test_fields_stay_usable_as_keys() -> None:
    assert {Campaign.name: 1, Campaign.id: 2}[Campaign.id] == 2
    assert len({Campaign.name, Campaign.name, Strategy.name}) == 2
    assert len({Campaign.advertiser, Campaign.strategies}) == 2


def test_conditions_can_be_looked_up_in_lists() -> None:
    one = Campaign.id == 7
    assert one in [Campaign.name.like("a*"), Campaign.goal_value > 1, one]
    assert one not in [Campaign.name.like("a*"), Campaign.goal_value > 1]


def test_operators() -> None:
    assert [operator(symbol) for symbol in OPERATORS] == list(OPERATORS)
    with pytest.raises(UnknownNameError, match="no operator '=>'"):
        operator("=>")
