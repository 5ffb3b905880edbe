"""Child collections of one entity."""

from typing import Any

import pytest

from adplatforms.core.errors import MovedListingWarning, PagingError


def test_children_know_their_parent(sandbox: Any) -> None:
    t1 = sandbox.t1()
    strategy = t1.strategies.first()
    found, total = t1.get("strategies", strategy.id, "concepts", count=True)
    concepts = list(found)
    assert len(concepts) == total > 0
    assert {(each.parent, each.parent_id) for each in concepts} == {("strategies", strategy.id)}
    assert list(t1.get("strategies", strategy.id, "concepts", get_all=True)) == concepts


def test_children_beyond_the_first_page_are_asked_for(offline: Any) -> None:
    rows = [{"entity_type": "concept", "id": n} for n in range(1, 251)]
    t1 = offline((rows[:100], 250), (rows[100:200], 250), (rows[200:], 250))
    found = t1.get("strategies", 7, "concepts", get_all=True)
    assert [concept.id for concept in found] == list(range(1, 251))
    sent = [dict(call.params) for call in t1.transport.calls]
    assert [each.get("page_offset") for each in sent] == [None, "100", "200"]


def test_children_that_come_again_and_again_are_an_error(offline: Any) -> None:
    rows = [{"entity_type": "concept", "id": n} for n in range(1, 101)]
    t1 = offline((rows, 250), (rows, 250))
    with (
        pytest.warns(MovedListingWarning),
        pytest.raises(PagingError, match="brought 100 of 250 rows, then the same ones again"),
    ):
        list(t1.get("strategies", 7, "concepts", get_all=True))


def test_a_child_that_is_one_object_is_one(sandbox: Any) -> None:
    t1 = sandbox.t1()
    permission = t1.get("users", t1.user_id, "permissions")
    assert (permission.parent, permission.parent_id) == ("users", t1.user_id)
    assert (type(permission).__name__, permission.type) == ("Permission", "INTERNAL")
