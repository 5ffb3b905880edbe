"""Conditions, fuzzed: the rows that a server filters are those that the same conditions leave here."""

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.expr import Condition
from adplatforms.sandbox import Sandbox
from terminalone import T1
from terminalone.models import Campaign

SCOPE = {"advertiser": 1}
PATTERNS = st.lists(st.sampled_from(["*", "s", "S", "ale", " ", "&", '"', "é", "%", "_", "(", "Spring"]), max_size=4)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(timezone.utc)).map(
    lambda moment: moment.replace(microsecond=0)
)
NUMBERS = st.integers(0, 100_000) | st.floats(0, 100_000).map(lambda number: round(number, 2))
CONDITIONS = st.one_of(
    PATTERNS.map(lambda parts: Campaign.name.like("".join(parts) or "*")),
    st.booleans().map(lambda value: Campaign.status == value),
    st.builds(
        lambda op, value: Campaign.total_budget._condition(op, value),
        st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
        NUMBERS,
    ),
    st.builds(
        lambda op, value: Campaign.start_date._condition(op, value), st.sampled_from(["<", "<=", ">", ">="]), MOMENTS
    ),
    st.lists(st.integers(1, 2600), max_size=30).map(Campaign.id.in_),
    st.sampled_from(["SPEND", "spend", "reach", "cpa"])
    .filter(str.islower)
    .map(lambda goal: Campaign.goal_type == goal),
    st.sampled_from([Campaign.merit_pixel_id.is_null(), Campaign.merit_pixel_id.not_null()]),
)


@pytest.fixture(scope="module")
def session(sandbox: Sandbox) -> Iterator[T1]:
    """One session for all examples."""
    with sandbox.t1() as t1:
        yield t1


@pytest.fixture(scope="module")
def everything(session: T1) -> list[Any]:
    """All rows in the scope, whole."""
    return list(session.campaigns.limit(SCOPE).full())


def test_the_server_and_the_client_agree(session: T1, everything: list[Any]) -> None:
    @settings(max_examples=80, deadline=None, database=None)
    @given(st.lists(CONDITIONS, min_size=1, max_size=3))
    def check(conditions: list[Condition]) -> None:
        wanted = [row.id for row in everything if all(condition.matches(row) for condition in conditions)]
        found = session.campaigns.limit(SCOPE).where(*conditions)
        assert sorted(row.id for row in found) == wanted
        assert found.count() == len(wanted)

    check()


@settings(max_examples=200, deadline=None, database=None)
@given(CONDITIONS)
def test_a_condition_tells_itself_and_is_no_truth_value(condition: Condition) -> None:
    assert str(condition).startswith(condition.field.name)
    with pytest.raises(TypeError, match="not a truth value"):
        bool(condition)
