"""Fields, fuzzed: what is set comes back the same from the wire, and only the framework's own errors come out."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.errors import AdPlatformsError, InvalidValueError, UnreadableValueError
from adplatforms.core.fields import (
    Bool,
    Choice,
    Date,
    DateTime,
    EpochMillis,
    EpochSeconds,
    Float,
    Int,
    ListOf,
    Micros,
    Money,
    Object,
    Str,
)
from adplatforms.core.nested import Nested, Struct

pytestmark = pytest.mark.filterwarnings("ignore::adplatforms.core.errors.NaiveTimeWarning")

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=OFFSETS)


class Inner(Struct):
    """A nested value."""

    count = Int("countOf", nullable=True)
    words = ListOf(Choice("RED GREEN"))


class Record(Struct):
    """One field of each type."""

    text = Str(nullable=True)
    whole = Int()
    number = Float()
    amount = Money()
    micros = Micros()
    flag = Bool()
    moment = DateTime()
    day = Date()
    seconds = EpochSeconds()
    millis = EpochMillis()
    choice = Choice("RED GREEN")
    days = ListOf(Date())
    inner = Nested(Inner)
    free = Object()


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text(),
    "whole": st.integers(),
    "number": st.floats(-1e9, 1e9).map(lambda number: round(number, 6)),  # what is set is rounded to six digits
    "amount": st.decimals(-(10**20), 10**20, places=6),
    "micros": st.decimals(-(10**12), 10**12, allow_nan=False, places=6),
    "flag": st.booleans(),
    "moment": MOMENTS,
    "day": st.dates(),
    "seconds": MOMENTS.map(lambda moment: moment.replace(microsecond=0)),
    "millis": MOMENTS.map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)),
    "choice": st.sampled_from(["RED", "GREEN"]),
    "days": st.lists(st.dates(), max_size=4),
    "inner": st.builds(Inner, count=st.integers(), words=st.lists(st.sampled_from(["RED", "GREEN"]), max_size=3)),
    "free": st.dictionaries(st.text(max_size=4), st.integers() | st.text(max_size=4), max_size=3),
}


def attempt(call: Callable[[], Any]) -> tuple[Any, AdPlatformsError | None]:
    """What a call gives, and the error it ends in; any other exception fails the test."""
    try:
        return call(), None
    except AdPlatformsError as error:
        return None, error


def test_every_type_is_here() -> None:
    assert VALUES.keys() == Record.__model__.fields.keys()


@pytest.mark.parametrize("name", VALUES)
def test_what_is_set_comes_back_from_the_wire(name: str) -> None:
    @settings(max_examples=examples(60), deadline=None, database=None)
    @given(VALUES[name])
    def check(value: Any) -> None:
        sent = json.loads(json.dumps(Record({name: value}).wire))
        assert getattr(Record.from_wire(sent), name) == value

    check()


@pytest.mark.parametrize("name", VALUES)
def test_whatever_the_server_sends_is_read_or_told(name: str) -> None:
    @settings(max_examples=examples(80), deadline=None, database=None)
    @given(JSON)
    def check(value: Any) -> None:
        record = Record.from_wire({name: value, "unknown": value})
        _, error = attempt(lambda: getattr(record, name))
        assert error is None or isinstance(error, UnreadableValueError)
        assert error is None or f"Record.{name}" in str(error)
        assert record.wire["unknown"] is value
        assert name in repr(record)

    check()


ANYTHING = JSON | st.binary(max_size=4) | st.decimals() | MOMENTS | st.dates() | st.sets(st.integers(), max_size=2)


@pytest.mark.parametrize("name", VALUES)
def test_whatever_is_set_is_taken_or_refused_at_once(name: str) -> None:
    @settings(max_examples=examples(80), deadline=None, database=None)
    @given(ANYTHING)
    def check(value: Any) -> None:
        record = Record.from_wire({})
        _, error = attempt(lambda: setattr(record, name, value))
        if error is not None:
            assert isinstance(error, InvalidValueError) or name == "inner"
            assert str(error)
            assert record.wire == {}
            return
        kept = getattr(record, name)
        again = getattr(Record.from_wire(json.loads(json.dumps(record.wire))), name)
        assert again == kept or repr(again) == repr(kept)  # not a number is not equal to itself

    check()


@settings(max_examples=examples(100), deadline=None, database=None)
@given(st.decimals(-(10**9), 10**9, places=6), st.dates(), st.booleans())
def test_types_that_look_alike_are_told_apart(amount: Decimal, day: date, flag: bool) -> None:
    with pytest.raises(InvalidValueError, match=r"Record.whole"):
        Record(whole=flag)
    with pytest.raises(InvalidValueError, match=r"Record.amount"):
        Record(amount=flag)
    assert Record(moment=day).moment == datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert Record(amount=amount).amount == amount
