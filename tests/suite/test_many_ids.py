"""Ids in whatever users hold them in, and of any size: the same on every platform."""

from collections import deque
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from adplatforms import filters
from adplatforms.core.errors import InvalidValueError
from adplatforms.core.testing import assert_calls
from adplatforms.sandbox import Sandbox

np = pytest.importorskip("numpy")
pd = pytest.importorskip("pandas")
pa = pytest.importorskip("pyarrow")

HOLDERS: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "generator": lambda ids: (each for each in ids),
    "iterator": iter,
    "keys of a dict": lambda ids: dict.fromkeys(ids).keys(),
    "values of a dict": lambda ids: dict(enumerate(ids)).values(),
    "deque": deque,
    "array": np.array,
    "series": pd.Series,
    "index": pd.Index,
    "categories": lambda ids: pd.Series(ids).astype("category"),
    "series of objects": lambda ids: pd.Series(ids, dtype=object),
    "arrow": pa.array,
}


@pytest.fixture(scope="module", params=["t1", "ttd", "pinterest"])
def session(request: pytest.FixtureRequest, sandbox: Sandbox) -> Any:
    with getattr(sandbox, request.param)() as session:
        yield session


@pytest.mark.parametrize("holder", HOLDERS)
def test_where_and_find_take_ids_in_anything_that_holds_many(session: Any, holder: str) -> None:
    some = list(session.campaigns.take(3))
    ids = sorted(campaign.id for campaign in some)
    hold = HOLDERS[holder]
    assert sorted(c.id for c in session.campaigns.where(id=hold(ids))) == ids
    field = session.campaigns.field("id")
    assert sorted(c.id for c in session.campaigns.where(field.in_(hold(ids)))) == ids
    found = session.find("campaigns", "id", filters.IN, hold(ids), get_all=True)
    assert sorted(c.id for c in found) == ids
    for condition in session.campaigns.where(id=hold(ids)).conditions:
        assert {type(value) for value in condition.value} == {type(ids[0])}
    if holder not in ("array", "series", "index", "categories", "arrow"):
        query = session.campaigns.where(id=hold(some))
        assert sorted(query.conditions[0].value) == ids


@pytest.mark.parametrize("holder", HOLDERS)
def test_none_at_all_asks_for_nothing(session: Any, holder: str) -> None:
    query = session.campaigns.where(id=HOLDERS[holder]([]))
    with assert_calls(session, 0):
        assert (list(query), query.count(), query.first()) == ([], 0, None)
        assert list(session.find("campaigns", "id", filters.IN, HOLDERS[holder]([]), get_all=True)) == []


@pytest.mark.parametrize("missing", [float("nan"), np.float64("nan"), pd.NA, pd.NaT, None])
def test_a_missing_id_is_refused(session: Any, missing: Any) -> None:
    known = session.campaigns.first().id
    for ids in (pd.Series([known, missing], dtype=object), [known, missing], {known, missing}):
        with pytest.raises(InvalidValueError, match=r"missing value|finite|not None"):
            session.campaigns.where(id=ids)


@pytest.mark.parametrize("table", [pd.DataFrame({"id": ["7"]}), np.array([["7"]])])
def test_a_table_is_not_a_list(session: Any, table: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"expected values, not a table .*frame\[\"id\"\]"):
        session.campaigns.where(id=table)


HUGE = 2**64 + 2**53 + 1
"""No float and no machine word holds it."""


@pytest.mark.parametrize("huge", [HUGE, str(HUGE), Decimal(HUGE)])
def test_ids_of_any_size_are_exact(session: Any, huge: Any) -> None:
    for query in (session.campaigns.where(id=huge), session.campaigns.where(id=[huge])):
        assert str(HUGE) in str(query.conditions[0])
    assert str(HUGE) in repr(session.reference("campaigns", huge))
    assert session.reference("campaigns", np.uint64(2**64 - 1)).id == session.reference("campaigns", 2**64 - 1).id


@pytest.mark.parametrize(
    "lost", [float(2**53), 2.0**60, np.float64(2**60), np.float32(2**24), np.float16(2048), float(HUGE)]
)
def test_a_float_that_lost_digits_is_not_an_id(session: Any, lost: Any) -> None:
    for ids in (lost, [lost], np.array([lost]), pd.Series(np.array([lost]))):
        with pytest.raises(InvalidValueError, match="lost its last digits"):
            session.campaigns.where(id=ids)
    with pytest.raises(InvalidValueError, match="lost its last digits"):
        session.get("campaigns", lost)


@pytest.mark.parametrize("wrong", [True, False, np.bool_(True), 7.5, np.float32(7.5), Decimal("7.5"), Fraction(15, 2)])
def test_what_is_not_an_id(session: Any, wrong: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"whole number|takes an id"):
        session.campaigns.where(id=wrong)
    with pytest.raises(InvalidValueError, match=r"whole number|takes an id"):
        session.campaigns.where(id=[wrong])
    with pytest.raises((InvalidValueError, ValueError), match=r"not an id|takes an id"):
        session.get("campaigns", wrong)


def test_a_whole_float_is_its_number(session: Any) -> None:
    ids = {str(each) for each in session.campaigns.where(id=pd.Series([7.0, 8.0])).conditions[0].value}
    assert ids == {"7", "8"}
