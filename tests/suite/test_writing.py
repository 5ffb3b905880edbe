"""The compliance suite, writing: nothing is lost, nothing is sent twice, nothing is sent that was not changed."""

import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from platforms import Platform

from adplatforms.core.errors import ConflictError, DetachedError, InvalidValueError, SaveAllError, TransportError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.session import Session
from adplatforms.core.state import EntityState
from adplatforms.core.testing import assert_calls


def names(request: Request) -> set[str]:
    """The names that a write sends, in a form or anywhere in a JSON body."""

    def leaves(body: Any) -> Iterator[str]:
        if isinstance(body, list):
            for item in body:
                yield from leaves(item)
        for name, value in body.items() if isinstance(body, dict) else ():
            yield from leaves(value) if isinstance(value, (dict, list)) else [name]

    return {name for name, _ in request.form or ()} | set(leaves(request.json))


def test_only_what_changed_is_sent(platform: Platform, writing: Session) -> None:
    entity = writing.get(platform.collection, writing.query(platform.collection).first().id)
    with assert_calls(writing, 0):
        assert entity.save() == {}
        entity.name = entity.name
        assert entity.save() == {}
    old = entity.name
    entity.name = "Another name"
    assert entity.changes() == {"name": (old, "Another name")}
    with assert_calls(writing, 1) as calls:
        assert entity.save() == {"name": (old, "Another name")}
    assert names(calls[0]) - {"id", "version", "ad_account_id"} == {"name"}
    assert entity.changes() == {}
    assert writing.get(platform.collection, entity.id).name == "Another name"


def test_a_created_entity_goes_on_as_an_update(platform: Platform, writing: Session) -> None:
    entity = platform.new(writing)
    assert "new" in str(EntityState(entity).label)
    entity.save()
    created = entity.id
    entity.name = "Renamed"
    entity.save()
    assert entity.id == created
    assert writing.get(entity.collection, created).name == "Renamed"


def test_a_failed_save_keeps_the_changes(platform: Platform, writing: Session) -> None:
    entity = writing.get(platform.collection, writing.query(platform.collection).first().id)
    setattr(entity, platform.number, platform.value)
    entity.name = "Kept"
    changes = entity.changes()

    class Down:
        def send(self, request: Request) -> Answer:
            raise TransportError("the line is down")

        def close(self) -> None: ...

    line, writing.transport = writing.transport, Down()
    with pytest.raises(TransportError, match="the line is down"):
        entity.save()
    writing.transport = line
    assert entity.changes() == changes
    assert entity.save() == changes


def test_a_value_that_cannot_be_is_refused_at_once(platform: Platform, session: Session) -> None:
    entity = session.get(platform.collection, session.query(platform.collection).first().id)
    with assert_calls(session, 0):
        with pytest.raises(InvalidValueError, match=platform.number):
            setattr(entity, platform.number, "much")
        assert entity.changes() == {}


def test_revert_and_refresh(platform: Platform, writing: Session) -> None:
    entity = writing.get(platform.collection, writing.query(platform.collection).first().id)
    old = entity.name
    entity.name = "Undone"
    entity.revert()
    assert (entity.name, entity.changes()) == (old, {})
    entity.name = "Pending"
    entity.refresh()
    assert entity.changes() == {"name": (old, "Pending")}


def test_somebody_else_saved_first(platform: Platform, writing: Session, needs: Callable[[str], None]) -> None:
    needs("version_lock")
    entity_id = writing.query(platform.collection).first().id
    mine, theirs = (writing.get(platform.collection, entity_id) for _ in range(2))
    theirs.name = "Theirs"
    theirs.save()
    mine.name = "Mine"
    with pytest.raises(ConflictError, match="refresh"):
        mine.save()
    assert mine.changes()["name"].new == "Mine"
    mine.refresh()
    assert mine.changes() == {"name": ("Theirs", "Mine")}
    mine.save()
    assert writing.get(platform.collection, entity_id).name == "Mine"


def test_the_others_are_saved_when_one_fails(platform: Platform, writing: Session) -> None:
    first, second, third = writing.query(platform.collection).full().take(3)
    for entity in (first, second, third):
        entity.name = f"Saved {entity.id}"
    outside = pickle.loads(pickle.dumps(second))
    with pytest.raises(SaveAllError, match="1 of 3") as caught:
        writing.save_all([first, outside, third])
    assert [type(result.error) for result in caught.value.results] == [type(None), DetachedError, type(None)]
    assert writing.get(platform.collection, third.id).name == third.name
    assert outside.changes()["name"].new == f"Saved {second.id}"


def test_a_pickle_carries_the_changes_and_no_session(platform: Platform, writing: Session) -> None:
    entity = writing.get(platform.collection, writing.query(platform.collection).first().id)
    entity.name = "Carried"
    copy = pickle.loads(pickle.dumps(entity))
    assert copy == entity
    assert copy.session is None
    with pytest.raises(DetachedError, match="attach"):
        copy.save()
    writing.attach(copy).save()
    assert writing.get(platform.collection, entity.id).name == "Carried"
    with pytest.raises(TypeError, match="credentials"):
        pickle.dumps(writing)
