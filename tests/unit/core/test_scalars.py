"""NumPy's and pandas' scalars, and missing values, on every declared field of the three platforms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest

import terminalone.entities  # noqa: F401
from adplatforms.core.entity import Entity
from adplatforms.core.errors import InvalidValueError
from adplatforms.core.field import Field
from adplatforms.core.fields import Bool, Choice, DateTime, Float, Int, ListOf, Money, Mutable, Object, Str
from adplatforms.core.messages import Request
from adplatforms.core.nested import Nested, Struct
from adplatforms.core.record import Record
from adplatforms.core.scalars import copy_tree, to_plain, to_plain_list, to_plain_tree
from adplatforms.pinterest.base import PinterestEntity
from adplatforms.ttd.base import TTDEntity
from terminalone.entities.base import T1Entity
from terminalone.forms import numbered, pairs

np = pytest.importorskip("numpy")
pd = pytest.importorskip("pandas")

MISSING = {
    "nan": float("nan"),
    "inf": float("-inf"),
    "decimal": Decimal("NaN"),
    "sNaN": Decimal("sNaN"),
    "numpy": np.float64("nan"),
    "float32": np.float32("nan"),
    "NaT": pd.NaT,
    "NA": pd.NA,
    "datetime64": np.datetime64("NaT", "s"),
}


def structs(record: type[Record]) -> Iterator[type[Struct]]:
    for field in record.__model__.fields.values():
        inner = field.item if isinstance(field, ListOf) else field
        if isinstance(inner, Nested):
            yield inner.struct
            yield from structs(inner.struct)


MODELS = [each for base in (T1Entity, TTDEntity, PinterestEntity) for each in base.__model__.registry.types.values()]
RECORDS: list[type[Record]] = list(dict.fromkeys([*MODELS, *(s for model in MODELS for s in structs(model))]))
BY_NAME = [pytest.param(each, id=f"{each.__module__.partition('.')[0]}-{each.__name__}") for each in RECORDS]


@pytest.mark.parametrize("record", BY_NAME)
def test_no_field_takes_a_missing_value(record: type[Record]) -> None:
    for field in record.__model__.fields.values():
        for value in MISSING.values():
            with pytest.raises(InvalidValueError, match=field.name):
                field.check(value, record.__name__)
            if isinstance(field, (ListOf, Object)):
                with pytest.raises(InvalidValueError, match=field.name):
                    field.check([value], record.__name__)


MISSING_TOLD = "stands for a missing value|expected a finite number|has no operator|is a credential"
"""What conditions say of missing values; some take no values at all."""


@pytest.mark.parametrize("record", BY_NAME)
def test_no_condition_takes_a_missing_value(record: type[Record]) -> None:
    for field in record.__model__.fields.values():
        for value in MISSING.values():
            for op, given in (("==", value), (">", value), ("in", [value]), ("~", value)):
                with pytest.raises(InvalidValueError, match=MISSING_TOLD):
                    field.condition(op, given)


TAKEN: list[tuple[type[Field[Any]], Any, Any]] = [
    (Int, np.int64(7), 7),
    (Int, np.float64(7.0), 7),
    (Int, np.uint8(7), 7),
    (Float, np.float64(1.5), 1.5),
    (Float, np.float32(0.1), 0.1),
    (Float, np.int64(2), 2.0),
    (Money, np.float64(1.5), Decimal("1.5")),
    (Money, np.int32(2), Decimal(2)),
    (Bool, np.bool_(True), True),
    (Str, np.str_("text"), "text"),
    (Str, np.int64(7), "7"),
    (DateTime, np.datetime64("2026-01-02T03:04:05"), datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
    (DateTime, pd.Timestamp("2026-01-02 03:04"), datetime(2026, 1, 2, 3, 4, tzinfo=UTC)),
]


@pytest.mark.parametrize("record", BY_NAME)
def test_every_field_takes_the_scalars_of_its_type(record: type[Record]) -> None:
    for field in record.__model__.fields.values():
        for kind, given, wanted in TAKEN:
            limited = isinstance(field, Choice) or hasattr(field, "values") or type(field).__name__.startswith("Cred")
            if isinstance(field, kind) and not limited and not isinstance(field, Mutable):
                found = field.check(given, record.__name__)
                assert found == wanted
                assert type(found).__module__ != "numpy"
                assert not isinstance(found, pd.Timestamp)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (np.datetime64("2026-01-02"), date(2026, 1, 2)),
        (np.datetime64("2026-01-02T03:04:05.123456789"), datetime(2026, 1, 2, 3, 4, 5, 123456)),
        (pd.Timestamp("2026-01-02 03:04:05.123456789"), datetime(2026, 1, 2, 3, 4, 5, 123456)),
        (pd.Timedelta("1h"), timedelta(hours=1)),
        (np.array([1, 2]), [1, 2]),
        (np.array(5), 5),
        (pd.Series(["a", "b"]), ["a", "b"]),
        (np.longdouble(1.25), 1.25),
        (Enum("Color", {"RED": "red"})("red"), "red"),
        (None, None),
    ],
)
def test_plain(given: Any, wanted: Any) -> None:
    found = to_plain(given)
    assert found == wanted
    assert type(found) is type(wanted)


def test_a_tree_is_copied_only_where_something_changes() -> None:
    same = {"a": [1, {"b": "c"}], "d": (1, 2)}
    assert to_plain_tree(same, "it") is same
    assert to_plain_tree({"a": [{np.int64(1): pd.Series([np.int64(4)])}]}, "it") == {"a": [{1: [4]}]}
    with pytest.raises(InvalidValueError, match=r"^it\.a\[1\]\.b cannot be nan"):
        to_plain_tree({"a": [1, {"b": float("nan")}]}, "it")


def test_a_body_of_json_never_holds_what_a_writer_would_make_null() -> None:
    assert Request("POST", "x", json={"a": np.int64(1)}).json == {"a": 1}
    with pytest.raises(InvalidValueError, match=r"the body\.a\[0\] cannot be nan"):
        Request("POST", "x", json={"a": [float("nan")]})


def test_forms_take_no_missing_value() -> None:
    assert pairs({"a": np.int64(1), "b": np.array([1, 2])}) == (("a", "1"), ("b", "1"), ("b", "2"))
    with pytest.raises(InvalidValueError, match="a cannot be nan"):
        pairs({"a": float("nan")})
    with pytest.raises(InvalidValueError, match=r"deal\.1\.id cannot be NaT"):
        numbered("deal", [{"id": pd.NaT}])


def test_a_name_is_not_overwritten_by_nan() -> None:
    campaign: Entity = T1Entity.__model__.registry.types["campaign"](None, {"id": 7, "name": "Spring"})
    with pytest.raises(InvalidValueError, match=r"Campaign\.name .text. cannot be nan: .*missing value .leave missing"):
        campaign.name = np.nan  # type: ignore[attr-defined]
    assert campaign.name == "Spring"


def test_a_copy_shares_nothing_that_can_be_changed() -> None:
    row = {"a": [1, {"b": [None, "x", 1.5, True]}], "c": {"d": (1, [2])}}
    copy = copy_tree(row)
    assert copy == row
    copy["a"][1]["b"].append(2)
    copy["c"]["d"][1].append(3)
    assert row == {"a": [1, {"b": [None, "x", 1.5, True]}], "c": {"d": (1, [2])}}


@pytest.mark.parametrize(
    ("given", "as_list"),
    [({10, 9, 300}, [9, 10, 300]), (frozenset("ba"), ["a", "b"]), ({"b", 1}, ["b", 1]), ({1: 2}.keys(), [1])],
)
def test_a_set_becomes_the_same_list_each_time(given: Any, as_list: list[Any]) -> None:
    assert to_plain_list(given) == as_list
