"""A record known by its id alone, on every platform: made without a request, edited, saved, related, refreshed."""

import pickle
from typing import Any

import pytest
from platforms import Platform

from adplatforms.core.errors import ClientError, NotFoundError, NotLoaded
from adplatforms.core.testing import assert_calls


@pytest.fixture
def referred(session: Any, platform: Platform) -> Any:
    """A reference to the first record of the main collection, of which nothing is loaded."""
    first = session.query(platform.collection).first()
    return session.reference(platform.collection, first.id)


def test_it_is_made_without_a_request_and_the_rest_is_not_loaded(session: Any, platform: Platform) -> None:
    first = session.query(platform.collection).first()
    with assert_calls(session, 0):
        one = session.reference(platform.collection, first.id)
    assert one == first
    assert one.id == first.id
    assert one.changes() == {}
    with pytest.raises(NotLoaded, match="is not loaded"):
        _ = one.name
    with pytest.raises(NotLoaded, match=rf"{platform.number} is not loaded"):
        getattr(one, platform.number)


def test_refresh_loads_it(referred: Any, session: Any, platform: Platform) -> None:
    assert referred.refresh().name == session.get(platform.collection, referred.id).name


def test_what_it_belongs_to_loads(referred: Any, session: Any, platform: Platform) -> None:
    whole = session.get(platform.collection, referred.id)
    assert getattr(referred, platform.to_one) == getattr(whole, platform.to_one)
    many = getattr(session.reference(platform.collection, whole.id), platform.to_many)
    assert [each.id for each in many] == [each.id for each in getattr(whole, platform.to_many)]
    assert many


def test_a_record_that_does_not_exist_shows_with_the_first_call(session: Any, platform: Platform) -> None:
    known = session.query(platform.collection).first().id
    missing = known + 10**9 if isinstance(known, int) else f"{known}99"
    for use in (lambda one: one.refresh(), lambda one: getattr(one, platform.to_one)):
        with pytest.raises(NotFoundError, match=str(missing)):
            use(session.reference(platform.collection, missing))


def test_it_stands_for_the_parent_of_others(session: Any, platform: Platform) -> None:
    model = session.registry.find(platform.collection)
    relation = model.__model__.relations[platform.to_one]
    one = session.get(platform.collection, session.query(platform.collection).first().id)
    parent = session.reference(relation.target, getattr(one, relation.by))
    found = session.query(platform.collection).within({platform.to_one: parent})
    assert one.id in [each.id for each in found]


def test_it_is_pickled_with_what_was_set(referred: Any, platform: Platform) -> None:
    setattr(referred, platform.number, platform.value)
    other = pickle.loads(pickle.dumps(referred))
    assert other == referred
    assert list(other.changes()) == [platform.number]
    with pytest.raises(NotLoaded, match="name is not loaded"):
        _ = other.name


def test_a_save_sends_only_what_was_set(writing: Any, platform: Platform) -> None:
    known = writing.query(platform.collection).first()
    whole = writing.get(platform.collection, known.id)
    one = writing.reference(platform.collection, known.id)
    setattr(one, platform.number, platform.value)
    assert list(one.save()) == [platform.number]
    after = writing.get(platform.collection, known.id)
    assert getattr(after, platform.number) == platform.value
    changed = {name for name, value in after.to_dict().items() if value != whole.to_dict().get(name)}
    assert changed - {"version", "updated_on", "updated_time", "last_updated"} <= {platform.number, *_FOLLOWS}


_FOLLOWS = ("budget",)
"""Fields that show the same value in another way."""


BAD: list[Any] = [None, "", " ", [7], (7,), {"id": 7}, True, object, b"7", float("nan")]


@pytest.mark.parametrize("bad", BAD, ids=repr)
def test_what_is_not_one_id_is_refused(bad: Any, session: Any, platform: Platform) -> None:
    with assert_calls(session, 0), pytest.raises(ClientError, match="takes an id, not"):
        session.reference(platform.collection, bad)


def test_an_entity_is_taken_for_its_id_where_it_is_of_the_class(session: Any, platform: Platform) -> None:
    model = session.registry.find(platform.collection)
    first = session.query(platform.collection).first()
    assert session.reference(model, first) == first
    other = model.__model__.relations[platform.to_one].target
    with pytest.raises(ClientError, match=r"these are .*, not"):
        session.reference(platform.collection, session.reference(other, first.id))
    with pytest.raises(ClientError, match=r"has none yet \(save\(\) it first"):
        session.reference(model, model(session))


def test_values_are_not_part_of_a_reference(session: Any, platform: Platform) -> None:
    with pytest.raises(ClientError, match=r"takes ids only, not 'name'"):
        session.reference(platform.collection, "1" if platform.name != "T1" else 1, name="x")


def test_new_with_an_id_never_overwrites(writing: Any, platform: Platform) -> None:
    whole = writing.get(platform.collection, writing.query(platform.collection).first().id)
    values = {"id": whole.id, "name": "A copy of mine"}
    model = type(whole)
    if platform.name.startswith("T1"):
        with pytest.warns(UserWarning, match="nothing differs"):
            assert writing.new(model, {**values, "version": 0}).save() == {}
    else:
        for make in (lambda: writing.new(model, values), lambda: model(writing, values)):
            with pytest.raises(ClientError, match=rf"leave the id out.*get\('{model.collection}'.*session.reference\("):
                make()
        with pytest.raises(ClientError, match=r"session.reference\("):
            writing.new(platform.collection, id=whole.id)
    assert writing.get(platform.collection, whole.id).name == whole.name
