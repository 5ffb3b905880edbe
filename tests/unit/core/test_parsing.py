"""Parsers of single values: every form that platforms send and users write, and nothing else."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.parsing import from_epoch, parse_bool, parse_date, parse_datetime, parse_decimal, parse_int

NINE = datetime(2016, 11, 7, 9, 7, 57, tzinfo=UTC)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
NO_NUMBER = r"whole number|finite number|invalid literal|int\(\) argument|Exceeds the limit|cannot convert"


@pytest.mark.parametrize(
    "given",
    [
        "2016-11-07T09:07:57+0000",
        "2016-11-07T09:07:57+00:00",
        "2016-11-07T09:07:57",
        "2016-11-07T09:07:57Z",
        "2016-11-07 09:07:57",
        "2016-11-07T09:07:57 +0000",
        "2016-11-07T04:07:57-0500",
        "2016-11-07T14:37:57+05:30",
        "2016-11-07T09:07:57.000+0000",
        datetime(2016, 11, 7, 9, 7, 57),
        NINE,
    ],
)
def test_every_form_of_a_moment(given: Any) -> None:
    found = parse_datetime(given)
    assert found == NINE
    assert found.tzinfo is not None


def test_moments_keep_their_fraction_and_dates_become_midnight() -> None:
    assert parse_datetime("2016-11-07T09:07:57.25Z").microsecond == 250_000
    assert parse_datetime("2016-11-07") == parse_datetime(date(2016, 11, 7)) == datetime(2016, 11, 7, tzinfo=UTC)


@pytest.mark.parametrize("given", ["", "soon", "2016-13-01T00:00:00", "0000-00-00T00:00:00", 7, None, True, b"2016"])
def test_what_is_no_moment(given: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_datetime(given)


@settings(deadline=None, database=None)
@given(
    st.datetimes(min_value=datetime(1900, 1, 1), timezones=OFFSETS),
    st.sampled_from(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z"]),
)
def test_a_written_moment_reads_as_the_same(moment: datetime, form: str) -> None:
    moment = moment.replace(microsecond=0)
    assert parse_datetime(moment.strftime(form)) == moment


@pytest.mark.parametrize(
    ("given", "expected"),
    [(True, True), (0, False), ("1", True), ("0", False), ("TRUE", True), (" off ", False), ("on", True)],
)
def test_booleans(given: Any, expected: bool) -> None:
    assert parse_bool(given) is expected


@pytest.mark.parametrize("given", ["yes", "", 2, None, [], "10", -1])
def test_what_is_no_boolean(given: Any) -> None:
    with pytest.raises(ValueError, match="True or False"):
        parse_bool(given)


@pytest.mark.parametrize(("given", "expected"), [(7, 7), ("7", 7), (7.0, 7), ("-12", -12), (10**30, 10**30)])
def test_whole_numbers(given: Any, expected: int) -> None:
    assert parse_int(given) == expected


@pytest.mark.parametrize("given", [True, 7.5, "7.5", "seven", "", None, float("nan"), float("inf"), "9" * 5000])
def test_what_is_no_whole_number(given: Any) -> None:
    with pytest.raises((ValueError, TypeError), match=NO_NUMBER):
        parse_int(given)


@pytest.mark.parametrize(("given", "expected"), [("1.10", "1.10"), (0.1, "0.1"), (3, "3"), (Decimal("2.50"), "2.50")])
def test_decimals_are_exact(given: Any, expected: str) -> None:
    assert str(parse_decimal(given)) == expected


@pytest.mark.parametrize("given", ["NaN", "Infinity", float("inf"), True, "1,5", None, ""])
def test_what_is_no_decimal(given: Any) -> None:
    with pytest.raises(ValueError, match="expected a"):
        parse_decimal(given)


def test_dates_and_epochs() -> None:
    assert parse_date("2026-02-28") == parse_date(datetime(2026, 2, 28, 23)) == date(2026, 2, 28)
    assert parse_date("2026-02-28T23:00:00+0000") == date(2026, 2, 28)
    assert from_epoch(0) == from_epoch("0") == datetime(1970, 1, 1, tzinfo=UTC)
    assert from_epoch(-86_400).year == 1969
    with pytest.raises(ValueError, match=r"."):
        parse_date(7)
