"""Calls with what they cannot take, on every platform: an error of ours that names the cure, and nothing is sent."""

from typing import Any

import pytest
from platforms import Platform

from adplatforms.core.errors import ClientError
from adplatforms.core.testing import assert_calls

NOT_A_DICT = [[1, 2], "name", 7, float("nan"), {"name"}, [("name", "Spring")]]


@pytest.mark.parametrize("properties", NOT_A_DICT, ids=str)
def test_the_values_of_a_new_record_are_a_dict(session: Any, platform: Platform, properties: Any) -> None:
    with pytest.raises(ClientError, match="are a dict, not"):
        session.new(platform.collection, properties=properties)
    with pytest.raises(ClientError, match="are a dict, not"):
        session.registry.find(platform.collection)(session, properties)


def test_a_record_does_not_give_the_values_of_a_new_one(session: Any, platform: Platform) -> None:
    one = session.query(platform.collection).first()
    with pytest.raises(ClientError, match=r"as_new\(\) makes a copy"):
        session.new(platform.collection, properties=one)


@pytest.mark.parametrize("entities", [None, 7, float("nan"), "7"], ids=str)
def test_save_all_takes_a_list(session: Any, entities: Any) -> None:
    with assert_calls(session, 0), pytest.raises(ClientError, match=r"save_all takes a list of entities"):
        session.save_all(entities)


def test_save_all_of_one_record_says_to_put_it_in_a_list(session: Any, platform: Platform) -> None:
    one = session.query(platform.collection).first()
    with pytest.raises(ClientError, match=r"save_all\(\[one, another\]\)"):
        session.save_all(one)


@pytest.mark.parametrize("wrong", [[], {}, ["name"], {"name"}, float("nan"), 7], ids=str)
def test_find_takes_names_of_fields_and_operators(session: Any, platform: Platform, wrong: Any) -> None:
    with assert_calls(session, 0):
        with pytest.raises(ClientError, match="has no field"):
            session.find(platform.collection, wrong, "==", "x")
        with pytest.raises(ClientError, match="operator"):
            session.find(platform.collection, "name", wrong, "x")


@pytest.mark.parametrize("nothing", [[], (), {}], ids=str)
def test_to_include_nothing_is_no_fault(session: Any, platform: Platform, nothing: Any) -> None:
    assert session.query(platform.collection).include(nothing).first() is not None
