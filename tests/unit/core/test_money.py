"""Rounding of what is set, on every field of an amount or a number; exact amounts and floats."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from typing import Any

import pytest

import terminalone.entities  # noqa: F401
from adplatforms.core.errors import InvalidValueError
from adplatforms.core.fields import Float, Micros, Number
from adplatforms.core.money import ExactDecimal, minor_digits, round_to
from adplatforms.core.nested import Struct
from adplatforms.core.record import Record
from adplatforms.core.relations import Peers
from adplatforms.core.state import EntityState
from adplatforms.pinterest.base import PinterestEntity
from adplatforms.ttd.base import TTDEntity
from adplatforms.ttd.entities import Advertiser
from adplatforms.ttd.structs import amounts
from terminalone.entities.base import T1Entity

MODELS: list[type[Record]] = [
    *(each for base in (T1Entity, TTDEntity, PinterestEntity) for each in base.__model__.registry.types.values()),
    amounts.Amounts,
    amounts.SharedAmounts,
]
NUMBERS = [
    pytest.param(model, name, id=f"{model.__module__.partition('.')[0]}-{model.__name__}-{name}")
    for model in MODELS
    for name, field in model.__model__.fields.items()
    if isinstance(field, Number) and not field.readonly
]


def make(model: type[Record], **row: Any) -> Any:
    if issubclass(model, Struct):
        return model.from_wire(row)
    return model(None, {})  # type: ignore[call-arg]


@pytest.mark.parametrize(("model", "name"), NUMBERS)
def test_a_product_of_floats_is_never_sent(model: type[Record], name: str) -> None:
    field: Any = model.__model__.fields[name]
    for given in (50000 * 1.1, Decimal("55000.00000000001"), "55000.00000000001"):
        record = make(model)
        if field.update_only:
            EntityState(record).row["id"] = 7
        setattr(record, name, given)
        assert getattr(record, name) == 55000
        sent = EntityState(record).edits()[field.wire]
        assert sent == (55_000_000_000 if isinstance(field, Micros) else 55000)
    setattr(record, name, Decimal("1.00000049"))
    digits = min(2 if field.budget else 6, 4 if issubclass(model, T1Entity) else 6)
    assert getattr(record, name) == (Decimal(1) if digits < 7 else None)
    with pytest.raises(InvalidValueError, match="decimals 0 is left"):
        setattr(record, name, Decimal("0.00000001"))


@pytest.mark.parametrize(("model", "name"), NUMBERS)
def test_what_came_is_neither_rounded_nor_a_change(model: type[Record], name: str) -> None:
    field: Any = model.__model__.fields[name]
    if field.create_only or field.write_only:
        return
    wire = 1234567 if isinstance(field, Micros) else 1.23456789
    record = (
        make(model, **{field.wire: wire})
        if issubclass(model, Struct)
        else model.__model__.wrap({"id": 7, field.wire: wire}, Peers(None, []))
    )  # type: ignore[attr-defined]
    setattr(record, name, getattr(record, name))
    assert EntityState(record).edits() == {}


@pytest.mark.parametrize(("model", "name"), NUMBERS)
def test_a_condition_compares_with_the_exact_value(model: type[Record], name: str) -> None:
    field: Any = model.__model__.fields[name]
    found = field.condition(">", "55000.00000000001").value
    assert found == (55000.00000000001 if isinstance(field, Float) else Decimal("55000.00000000001"))


@pytest.mark.parametrize(("currency", "sent"), [("USD", 0.12), ("JPY", 1001.0), ("KWD", 0.125), ("XXX", 0.12)])
def test_budgets_have_the_digits_of_their_currency(currency: str, sent: float) -> None:
    campaign: Any = T1Entity.__model__.registry.types["campaign"](None, {"id": 7, "currency_code": currency})
    campaign.total_budget = 1000.6 if currency == "JPY" else 0.125
    assert campaign.total_budget == sent
    assert campaign._body(EntityState(campaign).pending(), None)[-1][1] == str(sent)


def test_the_currency_may_be_set_after_the_budget() -> None:
    campaign: Any = T1Entity.__model__.registry.types["campaign"](
        None, {"total_budget": 100.75, "currency_code": "JPY"}
    )
    assert EntityState(campaign).edits()["total_budget"] == 101


def test_the_currency_of_the_amount_itself_and_of_related_records() -> None:
    listed = {"id": 7, "total_budget": [{"currency_code": "JPY", "value": 5}]}
    campaign: Any = T1Entity.__model__.registry.types["campaign"].__model__.wrap(listed, Peers(None, []))
    campaign.total_budget = 100.75
    assert campaign.total_budget == 101
    flight: Any = TTDEntity.__model__.registry.types["campaign_flight"](None, {"campaign_id": "c"})
    parent: Any = TTDEntity.__model__.registry.types["campaign"](None)
    EntityState(parent).cache()["advertiser"] = Advertiser.__model__.wrap(
        {"id": "a", "currencyCode": "JPY"}, Peers(None, [])
    )
    EntityState(flight).cache()["campaign"] = parent
    flight.budget_in_advertiser_currency = Decimal("100.75")
    assert flight.budget_in_advertiser_currency == 101


def test_rounding_is_half_to_even() -> None:
    assert round_to(Decimal("0.125"), 2) == Decimal("0.12")
    assert round_to(Decimal("0.375"), 2) == Decimal("0.38")
    assert [minor_digits(code) for code in ("JPY", "KRW", "BHD", "TND", "EUR", None)] == [0, 0, 3, 3, 2, 2]


def test_exact_amounts_say_how_to_compute_with_floats() -> None:
    amount = ExactDecimal("7.50")
    for compute in (
        lambda: amount * 1.1, lambda: 1.1 * amount, lambda: amount + 1.1, lambda: 1.1 + amount,
        lambda: amount - 1.1, lambda: 1.1 - amount, lambda: amount / 1.1, lambda: 1.1 / amount,
    ):  # fmt: skip
        with pytest.raises(TypeError, match=r'write Decimal\("1\.1"\)'):
            compute()
    assert amount * Decimal("1.1") == Decimal("8.25")
    assert (amount * 2, sum([amount, amount])) == (15, 15)
    assert amount == Decimal("7.5") == 7.5
    assert (hash(amount), repr(amount), str(amount)) == (hash(Decimal("7.5")), "Decimal('7.50')", "7.50")
    for again in (pickle.loads(pickle.dumps(amount)), copy.deepcopy(amount)):
        assert type(again) is ExactDecimal
        assert str(again) == "7.50"


def test_fields_of_amounts_give_them() -> None:
    campaign: Any = PinterestEntity.__model__.registry.types["campaign"].__model__.wrap(
        {"id": "1", "daily_spend_cap": 5000000}, Peers(None, [])
    )
    with pytest.raises(TypeError, match="do not mix"):
        campaign.daily_spend_cap *= 1.1
    campaign.daily_spend_cap *= Decimal("1.111111111")
    assert campaign.daily_spend_cap == Decimal("5.56")
