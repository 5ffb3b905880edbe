"""The compliance suite, reading: what every platform's session does alike."""

from collections.abc import Callable
from decimal import Decimal
from itertools import islice

import pytest
from platforms import Platform

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, LazyLoadError, NotFoundError, UnknownNameError
from adplatforms.core.session import Session
from adplatforms.core.state import EntityState
from adplatforms.core.testing import assert_calls


def test_a_collection_is_an_attribute_and_sends_nothing(platform: Platform, session: Session) -> None:
    with assert_calls(session, 0):
        query = getattr(session, platform.collection)
        assert repr(query) == f"<Query {platform.collection}>"
        assert platform.collection in dir(session)
        query.full().explain()


def test_listing_is_lazy_whole_and_without_repeats(platform: Platform, session: Session) -> None:
    query = session.query(platform.collection)
    with assert_calls(session, 0):
        listing = iter(query)
    ids = [entity.id for entity in listing]
    assert len(ids) == len(set(ids)) == query.count() > session.dialect.capabilities.max_page


def test_a_listing_is_the_same_in_pages_and_without_reading_ahead(platform: Platform, session: Session) -> None:
    query = platform.some(session.query(platform.collection)).page_size(40)
    ids = [entity.id for entity in query]
    assert len(ids) == len(set(ids)) == query.count() > 3 * 40
    assert ids == [entity.id for entity in query.prefetch(1)]
    assert ids == [entity.id for page in query.pages() for entity in page]


def test_the_first_rows_cost_the_first_call(platform: Platform, session: Session) -> None:
    with assert_calls(session, 1):
        assert len(list(islice(session.query(platform.collection).prefetch(1), 3))) == 3
    with assert_calls(session, 1):
        assert session.query(platform.collection).first() is not None
    assert session.query(platform.collection).take(1).plan().page_size == 1


def test_take_and_skip_cut_the_same_listing(platform: Platform, session: Session) -> None:
    query = session.query(platform.collection)
    first = [entity.id for entity in query.take(150)]
    assert len(first) == 150
    assert [entity.id for entity in query.skip(100).take(50)] == first[100:]
    assert list(query.take(0)) == []


def test_one_entity_by_id_is_whole(platform: Platform, session: Session) -> None:
    short = session.query(platform.collection).first()
    entity = session.get(platform.collection, short.id)
    assert entity == short
    assert isinstance(entity, Entity)
    assert isinstance(getattr(entity, platform.number), (float, Decimal))
    assert entity.changes() == {}
    assert hash(entity) == hash(short)


def test_what_was_loaded_is_what_is_read(platform: Platform, session: Session) -> None:
    """Changes, and the look for a lost write, compare what was loaded, not the platform's spelling of it."""
    entity = session.get(platform.collection, session.query(platform.collection).first().id)
    loaded = {name: getattr(entity, name) for name in entity.__model__.fields if hasattr(entity, name)}
    assert len(loaded) > 10
    assert {name: EntityState(entity).loaded(name) for name in loaded} == loaded


def test_an_id_that_is_not_there_is_a_lookup_error(platform: Platform, session: Session) -> None:
    with pytest.raises(NotFoundError, match="987654321") as caught:
        session.get(platform.collection, 987654321)
    assert isinstance(caught.value, LookupError)


def test_conditions_give_the_same_rows_wherever_they_are_applied(platform: Platform, session: Session) -> None:
    query = platform.some(session.query(platform.collection))
    number = query.field(platform.number)
    everything = list(query.full())
    numbers = sorted(n for n in (getattr(entity, platform.number) for entity in everything) if n is not None)
    limit = numbers[len(numbers) // 2]
    name = everything[0].name
    expected = [e.id for e in everything if (getattr(e, platform.number) or 0) > limit and e.name not in (None, name)]
    conditions = (number > limit, query.field("name") != name)
    both = query.where(*conditions)
    assert [e.id for e in both] == expected
    assert both.count() == len(expected)
    other_way = query.where(query.field("name") != name).where(number > limit)
    assert [e.id for e in other_way] == expected
    plan = session.query(platform.collection).where(*conditions).plan()
    assert len(plan.pushed) + len(plan.here) == 2


def test_a_list_of_ids_gives_these_and_no_others(platform: Platform, session: Session) -> None:
    query = session.query(platform.collection)
    wanted = [entity.id for entity in query.take(250)][::2]
    assert [entity.id for entity in query.where(id=wanted)] == sorted(wanted)
    with assert_calls(session, 0):
        assert list(query.where(id=[])) == []


def test_sorting_is_total(platform: Platform, session: Session) -> None:
    by_name = session.query(platform.collection).order_by("-name").take(300)
    if not platform.sorts:
        with assert_calls(session, 0), pytest.raises(ClientError, match="sorted"):
            list(by_name)
        return
    rows = list(by_name)
    by_id = rows if platform.ties else sorted(rows, key=lambda e: e.id)
    assert rows == sorted(by_id, key=lambda e: e.name, reverse=True)
    assert len({entity.id for entity in rows}) == len(rows) == 300


def test_included_relations_cost_no_call(platform: Platform, session: Session, needs: Callable[[str], None]) -> None:
    needs("include")
    with assert_calls(session, 1):
        for entity in session.query(platform.collection).include(platform.to_one, platform.to_many).take(20):
            assert getattr(entity, platform.to_one).name
            assert isinstance(getattr(entity, platform.to_many), list)


def test_a_touched_relation_is_loaded_for_the_page_at_once(platform: Platform, session: Session) -> None:
    for relation in (platform.to_one, platform.to_many):
        with assert_calls(session) as calls:
            page = list(session.query(platform.collection).full().take(100))
            assert len(page) == 100
            for entity in page:
                getattr(entity, relation)
                getattr(entity, relation)
        assert len(calls) <= 1 + platform.related


def test_touching_can_be_forbidden(platform: Platform, session: Session) -> None:
    entity = session.query(platform.collection).first()
    session.lazy = "raise"
    with pytest.raises(LazyLoadError, match="include="):
        getattr(entity, platform.to_one)
    session.lazy = "load"
    with pytest.raises(ClientError, match="lazy cannot be 'rais'"):
        session.lazy = "rais"
    assert session.lazy == "load"


def test_misspelt_names_are_told_apart_from_empty_results(platform: Platform, session: Session) -> None:
    with assert_calls(session, 0):
        for misspelt in (
            lambda: session.get(platform.collection + "x"),
            lambda: session.query(platform.collection).where(naem="x"),
            lambda: session.query(platform.collection).include(platform.to_one + "x"),
            lambda: session.query(platform.collection).order_by("naem"),
            lambda: session.find(platform.collection, "naem", "==", "x"),
        ):
            with pytest.raises(UnknownNameError, match="did you mean"):
                misspelt()
