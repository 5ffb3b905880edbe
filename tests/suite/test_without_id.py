"""A record that came without its id is never saved as a new one by accident."""

from typing import Any

import pytest
from platforms import Platform

from adplatforms.core.errors import ClientError, InvalidValueError, SaveAllError
from adplatforms.core.paging import Page
from adplatforms.core.session import Session
from adplatforms.core.state import EntityState
from adplatforms.core.testing import assert_calls

NOTHING = "came without its id: there is no telling which one to"


@pytest.fixture
def without_id(platform: Platform, session: Session) -> Any:
    """A record of a listing, as if the server had left its id out."""
    query = session.query(platform.collection)
    row = dict(EntityState(query.first()).row)
    del row["id"]
    (found,) = session.entities(query, Page([row]))
    found.name = "Renamed"
    return found


@pytest.mark.parametrize("verb", ["save", "archive", "delete"])
def test_it_is_refused_before_anything_is_sent(without_id: Any, session: Session, verb: str) -> None:
    with assert_calls(session, 0), pytest.raises(ClientError, match=f"{NOTHING} {verb}"):
        getattr(without_id, verb)()
    assert without_id.changes()["name"].new == "Renamed"


def test_so_are_values_that_are_given_to_save(without_id: Any, session: Session) -> None:
    with assert_calls(session, 0), pytest.raises(ClientError, match=f"{NOTHING} save"):
        without_id.save({"name": "Another"})


def test_save_all_saves_the_others(without_id: Any, platform: Platform, writing: Session) -> None:
    good = writing.query(platform.collection).full().first()
    good.name = "Saved"
    writing.attach(without_id)
    with pytest.raises(SaveAllError, match=f"1 of 2 saves failed: .*{NOTHING} save") as caught:
        writing.save_all([without_id, good])
    assert [result.error is None for result in caught.value.results] == [False, True]
    assert writing.get(platform.collection, good.id).name == "Saved"


def test_it_says_so(without_id: Any) -> None:
    assert EntityState(without_id).label.endswith("without an id")
    assert EntityState(without_id.as_new()).label.startswith("new ")


@pytest.mark.parametrize("wrong", ["text", 7, None, ["name"]], ids=repr)
def test_what_is_set_is_a_dict(platform: Platform, session: Session, wrong: Any) -> None:
    one = session.query(platform.collection).first()
    with pytest.raises(InvalidValueError, match=r"the values to set are a dict, not .*\.set\("):
        one.set(wrong)
    assert one.changes() == {}


def test_nothing_is_saved_of_nothing(session: Session) -> None:
    with assert_calls(session, 0):
        assert session.save_all([]) == session.save_all(each for each in []) == []


def test_a_generator_is_taken_for_its_entities(platform: Platform, writing: Session) -> None:
    names = {each.id: f"Name of {each.id}" for each in writing.query(platform.collection).take(3)}

    def renamed() -> Any:
        for each in writing.query(platform.collection).full().take(3):
            each.name = names[each.id]
            yield each

    results = writing.save_all(renamed())
    assert [result.entity.name for result in results] == list(names.values())
