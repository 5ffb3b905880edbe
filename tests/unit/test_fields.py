"""Field types on a platform of the test's own: reading, setting, and the three states not loaded, null and value."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from adplatforms.core.entity import Entity
from adplatforms.core.errors import InvalidValueError, NotLoaded, UnknownFieldError, UnreadableValueError
from adplatforms.core.fields import (
    Bool,
    Choice,
    Date,
    DateTime,
    EpochMillis,
    EpochSeconds,
    Float,
    Int,
    Micros,
    Money,
    Object,
    Str,
)
from adplatforms.core.money import ExactDecimal
from adplatforms.core.parsing import EPOCH
from adplatforms.core.relations import Peers


class Shop(Entity, platform="Shop"):
    """What all records of this shop share."""

    id = Str(readonly=True)


class Item(Shop, collection="items"):
    """One of each field type."""

    name = Str("Name", nullable=True)
    stock = Int()
    weight = Float()
    sold = Bool()
    price = Money()
    bid = Micros("bidMicros", nullable=True)
    kind = Choice("NEW USED")
    seen = DateTime()
    day = Date()
    since = EpochSeconds()
    extra = Object(nullable=True)
    shelf = Str(create_only=True)


def item(**row: Any) -> Item:
    return Item.__model__.wrap(row, Peers(None, [row]))


NINE = datetime(2016, 11, 7, 9, 7, 57, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "wire", "value"),
    [
        ("name", "x", "x"),
        ("name", 7, 7),  # text is kept as received
        ("stock", 7, 7),
        ("stock", "7", 7),
        ("stock", "", None),
        ("weight", "5.5", 5.5),
        ("weight", 5, 5.0),
        ("weight", "", None),
        ("sold", "1", True),
        ("sold", 0, False),
        ("sold", False, False),
        ("sold", "", None),
        ("price", "1.10", Decimal("1.10")),
        ("price", 0.1, Decimal("0.1")),
        ("bid", 1500000, Decimal("1.5")),
        ("bid", 1, Decimal("0.000001")),
        ("kind", "NEW", "NEW"),
        ("kind", "FROM_TOMORROW", "FROM_TOMORROW"),
        ("seen", "2016-11-07T09:07:57+0000", NINE),
        ("seen", "2016-11-07T09:07:57", NINE),
        ("seen", "", None),
        ("day", "2016-11-07", date(2016, 11, 7)),
        ("since", 1478509677, NINE),
        ("extra", {"a": [1]}, {"a": [1]}),
    ],
)
def test_reading(name: str, wire: Any, value: Any) -> None:
    field = Item.__model__.fields[name]
    found = getattr(item(id="1", **{field.wire: wire}), name)
    assert found == value
    assert type(found) is (ExactDecimal if isinstance(value, Decimal) else type(value))
    assert getattr(item(id="1", **{field.wire: None}), name) is None


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("stock", "seven"),
        ("stock", 7.5),
        ("stock", True),
        ("stock", [7]),
        ("stock", "9" * 5000),
        ("weight", "heavy"),
        ("sold", "perhaps"),
        ("sold", 2),
        ("sold", []),
        ("price", "NaN"),
        ("price", "a lot"),
        ("bid", "a lot"),
        ("seen", "0000-00-00T00:00:00"),
        ("seen", 7),
        ("day", "2016-02-30"),
        ("since", "soon"),
        ("since", 10**20),
    ],
    ids=lambda part: str(part)[:20],
)
def test_what_cannot_be_read_raises_with_entity_field_and_value(name: str, wire: Any) -> None:
    field = Item.__model__.fields[name]
    entity = item(id="1", **{field.wire: wire})
    with pytest.raises(UnreadableValueError, match=rf"item 1\.{name}: the server sent") as caught:
        getattr(entity, name)
    text = str(caught.value)
    assert f"item 1.{name}: the server sent {repr(wire)[:20]}" in text
    assert f"entity.raw[{field.wire!r}]" in text
    assert len(text) < 500
    assert caught.value.raw_value == entity.raw[field.wire] == wire
    assert "id='1'" in repr(entity) or "id=1" in repr(entity)


def test_a_whole_number_is_never_rounded() -> None:
    entity = item(id="1", stock=2**60 + 1)
    assert entity.stock == 2**60 + 1
    assert item(id="1", stock=str(2**80 + 1)).stock == 2**80 + 1


@pytest.mark.parametrize(
    ("name", "given", "wire", "value"),
    [
        ("name", 7, "7", "7"),
        ("stock", "12", 12, 12),
        ("stock", 12.0, 12, 12),
        ("weight", "5.50", 5.5, 5.5),
        ("sold", "on", True, True),
        ("price", "1.10", "1.10", Decimal("1.10")),
        ("bid", "1.5", 1500000, Decimal("1.5")),
        ("kind", "USED", "USED", "USED"),
        ("seen", "2016-11-07T04:07:57-0500", "2016-11-07T09:07:57+00:00", NINE),
        ("day", "2016-11-07", "2016-11-07", date(2016, 11, 7)),
        ("since", NINE, 1478509677, NINE),
        ("extra", [1], [1], [1]),
    ],
)
def test_setting(name: str, given: Any, wire: Any, value: Any) -> None:
    entity = item(id="1")
    setattr(entity, name, given)
    assert getattr(entity, name) == value
    assert entity.changes() == {name: (None, value)}
    assert Item.__model__.fields[name].dump(getattr(entity, name)) == wire


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("name", True, r"Item.name \(text\) cannot be True"),
        ("name", ["x"], "expected text"),
        ("stock", "7.5", "whole number"),
        ("stock", 7.5, "expected a whole number"),
        ("stock", None, r"cannot be None \(to empty it on the server: del entity.stock\)"),
        ("weight", float("nan"), "finite number"),
        ("weight", "1e400", "finite number"),
        ("sold", "yes", "expected True or False"),
        ("price", "1,5", "expected a number"),
        ("bid", "0.0000001", "at most six decimals"),
        ("kind", "NEWS", "did you mean 'NEW'"),
        ("kind", "new", "did you mean 'NEW'"),
        ("kind", "", "is not one of NEW, USED"),
        ("seen", "soon", "date and time"),
        ("seen", 7, "expected a datetime or ISO 8601 text"),
        ("day", 7, "expected a date or YYYY-MM-DD"),
        ("extra", "text", "expected a dict or a list"),
    ],
)
def test_what_cannot_be_set_changes_nothing(name: str, given: Any, words: str) -> None:
    entity = item(id="1", stock=3)
    with pytest.raises(InvalidValueError, match=words):
        setattr(entity, name, given)
    assert entity.changes() == {}
    assert entity.stock == 3


def test_not_loaded_null_and_value_stay_apart() -> None:
    entity = item(id="1", stock=None, weight=2.0)
    assert (entity.stock, entity.weight) == (None, 2.0)
    assert hasattr(entity, "stock")
    assert not hasattr(entity, "price")
    with pytest.raises(NotLoaded, match=r"item 1\.price is not loaded.*full=True, or call refresh\(\)"):
        _ = entity.price
    with pytest.raises(NotLoaded, match=r"new item\.price has not been set"):
        _ = Item(None).price
    assert getattr(entity, "price", "absent") == "absent"


def test_setting_what_was_not_loaded_is_a_change_from_none() -> None:
    entity = item(id="1")
    entity.stock = 4
    assert (entity.stock, entity.changes()) == (4, {"stock": (None, 4)})
    entity.bid = None
    assert entity.changes() == {"stock": (None, 4), "bid": (None, None)}


def test_setting_the_loaded_value_again_is_no_change() -> None:
    entity = item(id="1", stock="3", seen="2016-11-07T09:07:57", Name="a", price="1.50", sold="0")
    entity.stock, entity.name, entity.sold = 3, "a", False
    entity.seen = NINE.astimezone(timezone(timedelta(hours=2)))
    entity.price = 1.5  # type: ignore[assignment]
    assert entity.changes() == {}
    entity.stock = 9
    assert entity.changes() == {"stock": (3, 9)}
    entity.stock = 3
    assert entity.changes() == {}


def test_only_declared_writable_names_can_be_set() -> None:
    entity = item(id="1", shelf="A")
    with pytest.raises(UnknownFieldError, match=r"no field 'stok'.*did you mean 'stock'"):
        entity.stok = 1  # type: ignore[attr-defined]
    with pytest.raises(UnknownFieldError, match="read-only"):
        entity.id = "2"
    with pytest.raises(UnknownFieldError, match="fixed once created"):
        entity.shelf = "B"
    assert entity.changes() == {}
    new = Item(None, shelf="B")
    assert new.changes() == {"shelf": (None, "B")}


def test_nested_values_are_compared_with_what_was_loaded() -> None:
    entity = item(id="1", extra={"tags": ["a"]})
    assert entity.extra is entity.extra
    entity.extra["tags"].append("b")
    assert entity.changes() == {"extra": ({"tags": ["a"]}, {"tags": ["a", "b"]})}
    assert entity.raw["extra"] == {"tags": ["a"]}
    entity.extra["tags"].pop()
    assert entity.changes() == {}
    entity.extra["tags"].append("c")
    entity.revert()
    assert entity.extra == {"tags": ["a"]}


def test_a_nested_value_that_was_set_may_still_be_changed() -> None:
    entity = item(id="1", extra=None)
    given = {"a": 1}
    entity.extra = given
    entity.extra["b"] = 2
    assert entity.changes()["extra"].new == {"a": 1, "b": 2}


def test_del_empties_what_was_loaded() -> None:
    entity = item(id="1", stock=3)
    del entity.stock
    assert (entity.stock, entity.changes()) == (None, {"stock": (3, None)})
    with pytest.raises(NotLoaded, match=r"price has not been set|price is not loaded"):
        del entity.price
    with pytest.raises(InvalidValueError, match="cannot be emptied"):
        del entity.id


def test_a_field_describes_itself() -> None:
    assert repr(Item.stock) == "<Int stock>"
    assert (Item.kind.describe(), Item.stock.describe()) == ("one of NEW, USED", "whole number")
    assert (Item.bid.wire, Item.name.wire, Item.stock.wire) == ("bidMicros", "Name", "stock")
    assert (str(Item.stock.asc()), str(Item.stock.desc())) == ("stock", "-stock")
    with pytest.raises(LookupError, match="no operator '=>'"):
        Int(filters="== =>")


def test_help_says_what_a_field_is() -> None:
    from terminalone.entities import Campaign

    assert Campaign.name.__doc__ == "text, required"
    assert str(Campaign.goal_type.__doc__).startswith("one of cpa, cpc")
    assert Campaign.id.__doc__ == "whole number, readonly"


def test_a_moment_is_sent_to_the_millisecond() -> None:
    """Binary fractions of a second: 1.001 * 1000 is 1000.9999999999999."""
    for millis in (1, 1001, 16_001, 1_700_000_000_001, -1001):
        assert EpochMillis().dump(EPOCH + timedelta(milliseconds=millis)) == millis
        assert EpochMillis.load(millis) == EPOCH + timedelta(milliseconds=millis)


def test_a_moment_is_sent_by_the_second_that_has_begun() -> None:
    assert EpochSeconds().dump(NINE.replace(microsecond=999_999)) == EpochSeconds().dump(NINE)
