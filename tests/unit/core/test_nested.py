"""Nested values with fields of their own: three states, names, changes in place, lists, pickles."""

import copy
import math
import pickle
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from adplatforms.core.errors import InvalidValueError, UnknownFieldError, UnknownNameError, UnreadableValueError
from adplatforms.core.fields import Object
from adplatforms.core.nested import Struct
from adplatforms.core.state import EntityState
from adplatforms.core.testing import reply

WIRE = {
    "pacingMode": "even",
    "amountInUSD": "12.50",
    "fromTheFuture": {"a": [1]},
    "place": {"streetName": "Main", "number": 7, "tags": ["x"]},
}


@pytest.fixture
def shop(session: Any) -> Any:
    """A loaded shop with a budget and two places; its session answers a save with what it is given."""
    row = {
        "id": "1",
        "name": "a",
        "totalBudget": copy.deepcopy(WIRE),
        "places": [{"streetName": "A", "number": 1, "tags": []}, {"streetName": "B", "number": None, "tags": ["y"]}],
    }
    one = session(reply({"rows": [row], "total": 1}), lambda request: reply({"id": "1", **request.json}))
    (shop,) = one.shops
    return shop


def test_values_are_typed(shop: Any) -> None:
    assert (shop.budget.pacing, shop.budget.amount) == ("even", Decimal("12.50"))
    assert (shop.budget.place.street, shop.budget.place.number, shop.budget.place.tags) == ("Main", 7, ["x"])
    assert [place.street for place in shop.places] == ["A", "B"]


def test_three_states(made: SimpleNamespace) -> None:
    empty, null, full = (made.Budget(pacing="even"), made.Budget(pacing="even", amount=None), made.Budget(amount=1))
    assert (empty.amount, null.amount, full.amount) == (None, None, 1)
    assert [value.wire for value in (empty, null, full)] == [
        {"pacingMode": "even"},
        {"pacingMode": "even", "amountInUSD": None},
        {"amountInUSD": "1"},
    ]


def test_unknown_names_are_refused_when_made(made: SimpleNamespace) -> None:
    with pytest.raises(UnknownNameError, match=r"Budget has no field 'pacng'.*did you mean 'pacing'"):
        made.Budget(pacng="even")
    with pytest.raises(InvalidValueError, match=r"Budget.place.*Place has no field 'stret'.*'street'"):
        made.Budget(place={"stret": "Main"})


def test_unknown_names_are_refused_when_set(made: SimpleNamespace) -> None:
    budget = made.Budget(pacing="even")
    with pytest.raises(UnknownFieldError, match=r"Budget has no field 'pacng'.*'pacing'"):
        budget.pacng = "ahead"
    with pytest.raises(AttributeError, match="no attribute 'pacng'"):
        _ = budget.pacng


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"pacing": "never"}, "Budget.pacing.*not one of ahead, even"),
        ({"amount": "lots"}, "Budget.amount"),
        ({"place": 7}, "Budget.place.*expected a Place or a dict"),
        ({"place": {"tags": "x"}}, "expected a list"),
    ],
)
def test_values_are_checked(values: Any, message: str, made: SimpleNamespace) -> None:
    with pytest.raises(InvalidValueError, match=message):
        made.Budget(values)


def test_a_dict_by_python_names_is_taken(shop: Any, made: SimpleNamespace) -> None:
    shop.budget = {"pacing": "ahead", "place": {"street": "Side"}}
    assert shop.budget == made.Budget(pacing="ahead", place=made.Place(street="Side"))
    shop.save()
    assert shop.session.transport.calls[-1].json == {
        "totalBudget": {"pacingMode": "ahead", "place": {"streetName": "Side"}}
    }


def test_a_change_in_place_is_noticed(shop: Any) -> None:
    shop.budget.amount = Decimal("13")
    assert list(shop.changes()) == ["budget"]
    assert shop.changes()["budget"].old.amount == Decimal("12.50")
    assert set(shop.save()) == {"budget"}
    sent = shop.session.transport.calls[-1].json
    assert sent == {"totalBudget": {**WIRE, "amountInUSD": "13"}}  # the unknown key survives
    assert shop.changes() == {}


def test_a_change_two_levels_down_is_noticed(shop: Any) -> None:
    shop.budget.place.tags.append("z")
    shop.save()
    sent = shop.session.transport.calls[-1].json
    assert sent["totalBudget"]["place"] == {"streetName": "Main", "number": 7, "tags": ["x", "z"]}


def test_reading_changes_nothing(shop: Any) -> None:
    _ = shop.budget.place.tags, shop.places[0].street, repr(shop.budget), shop.to_dict()
    assert shop.changes() == {}
    assert shop.save() == {}
    assert len(shop.session.transport.calls) == 1


def test_a_change_that_is_taken_back_is_none(shop: Any) -> None:
    shop.budget.place.number = 8
    shop.budget.place.number = 7
    assert shop.changes() == {}


def test_revert_takes_back_what_was_changed_in_place(shop: Any) -> None:
    shop.budget.place.number = 8
    shop.places.pop()
    shop.revert()
    assert (shop.budget.place.number, len(shop.places), shop.changes()) == (7, 2, {})


def test_a_failed_save_keeps_what_was_changed_in_place(session: Any) -> None:
    row = {"id": "1", "name": "a", "totalBudget": copy.deepcopy(WIRE)}
    one = session(reply({"rows": [row], "total": 1}), reply({"code": 1}, status=400))
    (shop,) = one.shops
    shop.budget.amount = 99
    with pytest.raises(ValueError, match=r"shop 1 was not saved"):
        shop.save()
    assert (shop.budget.amount, list(shop.changes())) == (99, ["budget"])


def test_lists_of_nested_values(shop: Any, made: SimpleNamespace) -> None:
    shop.places[1].number = 5
    shop.places.append(made.Place(street="C"))
    shop.places.append({"street": "D"})
    shop.save()
    assert shop.session.transport.calls[-1].json == {
        "places": [
            {"streetName": "A", "number": 1, "tags": []},
            {"streetName": "B", "number": 5, "tags": ["y"]},
            {"streetName": "C"},
            {"streetName": "D"},
        ]
    }


@pytest.mark.parametrize("wrong", [7, "text", {"stret": "x"}])
def test_what_does_not_belong_in_a_list_is_refused_before_it_is_sent(wrong: Any, shop: Any) -> None:
    shop.places.append(wrong)
    with pytest.raises(InvalidValueError, match=r"places"):
        shop.save()
    assert len(shop.session.transport.calls) == 1


def test_a_whole_list_is_set(shop: Any) -> None:
    shop.places = [{"street": "Z", "tags": ("q",)}]
    assert shop.places[0].tags == ["q"]
    shop.save()
    assert shop.session.transport.calls[-1].json == {"places": [{"streetName": "Z", "tags": ["q"]}]}


@pytest.mark.parametrize("value", ["text", 7, {"street": "A"}, [7]])
def test_what_is_no_list_of_places(value: Any, shop: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"Shop.places"):
        shop.places = value


def test_null_clears(shop: Any) -> None:
    shop.budget = None
    shop.save()
    assert shop.session.transport.calls[-1].json == {"totalBudget": None}
    assert shop.budget is None


def test_what_was_set_is_not_the_callers_own(shop: Any, made: SimpleNamespace) -> None:
    mine = made.Budget(pacing="ahead", place={"street": "Main"})
    shop.budget = mine
    mine.place.street = "Elsewhere"
    assert shop.budget.place.street == "Main"
    shop.budget.pacing = "even"
    assert mine.pacing == "ahead"


def test_one_value_in_two_records_stays_two(session: Any, made: SimpleNamespace) -> None:
    one = session()
    budget = made.Budget(pacing="ahead")
    first, second = one.new("shops", name="a", budget=budget), one.new("shops", name="b", budget=budget)
    first.budget.pacing = "even"
    assert (second.budget.pacing, budget.pacing) == ("ahead", "ahead")


def test_equality_is_by_value(shop: Any, made: SimpleNamespace) -> None:
    assert made.Place(street="A", number=1, tags=[]) == shop.places[0]
    assert made.Place(street="A") != made.Place(street="A", number=None)
    assert made.Place(street="A") != {"street": "A"}
    assert made.Place(street="A") != made.Budget(pacing="even")
    assert made.Place.from_wire({"number": 7}) != made.Budget.from_wire({"number": 7})  # alike, and of another class
    changed = made.Place.from_wire({"tags": ["x"]})
    assert changed == made.Place(tags=["x"])
    changed.tags.append("y")
    assert changed == made.Place(tags=["x", "y"])
    with pytest.raises(TypeError, match="unhashable type: 'Place'"):
        hash(made.Place(street="A"))


def test_copies_and_pickles(shop: Any) -> None:
    shop.budget.amount = 3
    for twin in (copy.deepcopy(shop.budget), pickle.loads(pickle.dumps(shop.budget))):
        assert twin == shop.budget
        assert twin.wire["fromTheFuture"] == {"a": [1]}
        twin.place.street = "Elsewhere"
    assert shop.budget.place.street == "Main"


def test_a_pickled_record_keeps_changes_in_place(shop: Any) -> None:
    shop.budget.place.number = 9
    twin = pickle.loads(pickle.dumps(shop))
    assert twin.session is None
    assert twin.budget.place.number == 9
    assert list(twin.changes()) == ["budget"]


def test_it_reads_as_it_is_written(made: SimpleNamespace) -> None:
    budget = made.Budget(pacing="even", amount=Decimal("1.5"), place={"street": "Main"})
    assert repr(budget) == "Budget(pacing='even', amount=Decimal('1.5'), place=Place(street='Main'))"
    assert budget.to_dict() == {"pacing": "even", "amount": Decimal("1.5"), "place": {"street": "Main"}}


def test_what_cannot_be_read_is_shown_as_it_came(made: SimpleNamespace) -> None:
    assert "lots" in repr(made.Budget.from_wire({"amountInUSD": "lots"}))


def test_to_dict_of_a_record_has_plain_values(shop: Any) -> None:
    told = shop.to_dict()
    assert told["budget"]["place"] == {"street": "Main", "number": 7, "tags": ["x"]}
    assert told["budget"]["fromTheFuture"] == {"a": [1]}
    assert told["places"][0] == {"street": "A", "number": 1, "tags": []}


@pytest.mark.parametrize("wire", ["text", 7, ["list"], True])
def test_a_server_that_sends_something_else(wire: Any, session: Any) -> None:
    one = session(reply({"rows": [{"id": "1", "totalBudget": wire, "places": wire}], "total": 1}))
    (shop,) = one.shops
    with pytest.raises(UnreadableValueError, match=r"shop 1.budget"):
        _ = shop.budget
    with pytest.raises(UnreadableValueError, match=r"shop 1.places"):
        _ = shop.places


def test_an_unreadable_value_inside_is_told_where_it_is(made: SimpleNamespace) -> None:
    budget = made.Budget.from_wire({"amountInUSD": "lots"})
    with pytest.raises(UnreadableValueError, match=r"Budget.amount: the server sent 'lots'") as caught:
        _ = budget.amount
    assert caught.value.raw_value == "lots"


def test_set_takes_all_or_nothing(made: SimpleNamespace) -> None:
    budget = made.Budget(pacing="even")
    with pytest.raises(InvalidValueError, match=r"Budget.pacing .* cannot be 'never'"):
        budget.set({"amount": 3, "pacing": "never"})
    assert budget.wire == {"pacingMode": "even"}


class Loose(Struct):
    """Whatever the server sends."""

    anything = Object()


def test_a_nan_that_the_server_sent_is_no_change() -> None:
    """It is not equal to itself. Python's reader of JSON takes it, and so may a transport of the user's own."""
    for sent in (math.nan, [math.nan], {"a": math.nan}):
        record = Loose.from_wire({"anything": sent})
        _ = record.anything
        assert EntityState(record).pending() == {}
        assert record.wire["anything"] is sent
