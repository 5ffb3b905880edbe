"""Comparisons with moments, in the steps of time that a wire has."""

from datetime import UTC, datetime, timedelta
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.moments import in_steps

SECOND = timedelta(seconds=1)
TEN = datetime(2026, 3, 1, 10, tzinfo=UTC)
OPERATORS = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}

# Close together, so that moments meet, and also long before 1970.
moments = st.builds(
    lambda start, seconds, micros: start + timedelta(seconds=seconds, microseconds=micros),
    st.sampled_from([TEN, datetime(1931, 5, 4, 23, 59, 59, tzinfo=UTC)]),
    st.integers(-2, 2),
    st.sampled_from([0, 0, 1, 5, 499_999, 500_000, 999_999]),
)


def holds(comparison: tuple[str, Any], moment: datetime) -> bool:
    """Whether a comparison holds for a moment, as a server decides it."""
    op, value = comparison
    if op == "in":
        return moment in value
    if op == "!null":
        return True
    return OPERATORS[op](moment, value)


@settings(max_examples=400, deadline=None, database=None)
@given(op=st.sampled_from(list(OPERATORS)), moment=moments, row=moments)
def test_whole_steps_fulfil_the_same_comparison(op: str, moment: datetime, row: datetime) -> None:
    row = row.replace(microsecond=0)
    sent = in_steps(op, moment, SECOND)
    assert sent is not None
    assert holds(sent, row) == OPERATORS[op](row, moment)
    assert not isinstance(sent[1], datetime) or sent[1].microsecond == 0


@pytest.mark.parametrize(
    ("op", "sent"),
    [
        ("<", ("<", TEN + SECOND)),
        ("<=", ("<", TEN + SECOND)),
        (">", (">=", TEN + SECOND)),
        (">=", (">=", TEN + SECOND)),
        ("==", ("in", ())),
        ("!=", ("!null", None)),
    ],
)
def test_a_moment_between_two_seconds_is_compared_by_the_next(op: str, sent: Any) -> None:
    assert in_steps(op, TEN.replace(microsecond=5), SECOND) == sent
    assert in_steps(op, TEN, SECOND) == (op, TEN)


def test_the_last_second_of_all_has_no_next_one() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    assert in_steps("<", last, SECOND) is None
    assert in_steps("<", last.replace(microsecond=0), SECOND) == ("<", last.replace(microsecond=0))


def test_steps_are_those_of_the_wire() -> None:
    moment = TEN.replace(microsecond=2_500)
    assert in_steps(">", moment, timedelta(milliseconds=1)) == (">=", TEN.replace(microsecond=3_000))
    assert in_steps(">", moment, timedelta(microseconds=1)) == (">", moment)
