"""Amounts inside nested values: they have the digits of the record that holds them; what came is never rounded."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import terminalone.entities  # noqa: F401
from adplatforms.core.errors import InvalidValueError
from adplatforms.core.fields import ListOf, Number
from adplatforms.core.nested import Nested, Struct
from adplatforms.core.relations import Peers
from adplatforms.core.state import EntityState
from adplatforms.pinterest.base import PinterestEntity
from adplatforms.pinterest.description import OPERATIONS
from adplatforms.ttd.base import TTDEntity
from adplatforms.ttd.entities import AdGroup, Advertiser, Campaign
from adplatforms.ttd.structs import CampaignBudget
from adplatforms.ttd.workflows.body import _with_campaign as with_campaign
from terminalone.entities.base import T1Entity
from terminalone.entities.deal import Deal

MODELS: list[Any] = [
    each for base in (T1Entity, TTDEntity, PinterestEntity) for each in base.__model__.registry.types.values()
]


def struct_of(field: Any) -> type[Struct] | None:
    """The class of the nested values of a field, alone or in a list."""
    inner = field.item if isinstance(field, ListOf) else field
    return inner.struct if isinstance(inner, Nested) else None


AMOUNTS = [
    pytest.param(model, name, member, id=f"{model.__name__}-{name}-{member}")
    for model in MODELS
    for name, field in model.__model__.fields.items()
    if struct_of(field) and not field.readonly
    for member, inner in struct_of(field).__model__.fields.items()  # type: ignore[union-attr]
    if isinstance(inner, Number)
]
EXPECTED = {"JPY": Decimal(101), "KWD": Decimal("100.616"), "USD": Decimal("100.62"), "": Decimal("100.62")}


def of_currency(model: Any, currency: str, **row: Any) -> Any:
    """A record of The Trade Desk whose advertiser is at hand, of this currency."""
    record = model.__model__.wrap(row, Peers(None, []))
    if not currency:
        return record
    advertiser = Advertiser.__model__.wrap({"id": "a", "currencyCode": currency}, Peers(None, []))
    if "advertiser" in model.__model__.relations:
        EntityState(record).cache()["advertiser"] = advertiser
    else:
        EntityState(record).cache()["campaign"] = of_currency(Campaign, currency, id="c")
    return record


def sent_member(record: Any, name: str, wire: str) -> Any:
    sent = EntityState(record).edits()[record.__model__.fields[name].wire]
    return (sent[0] if isinstance(sent, list) else sent)[wire]


def test_there_are_amounts_in_nested_values() -> None:
    assert {parameter.values[1] for parameter in AMOUNTS} >= {"budget", "initial_flights", "primary_goal"}


@pytest.mark.parametrize("currency", EXPECTED)
@pytest.mark.parametrize(("model", "name", "member"), AMOUNTS)
def test_each_has_the_digits_of_its_record(model: Any, name: str, member: str, currency: str) -> None:
    field = model.__model__.fields[name]
    struct: Any = struct_of(field)
    inner: Any = struct.__model__.fields[member]
    expected = EXPECTED[currency] if inner.budget else Decimal("100.6156")
    for value in ({member: "100.6156"}, struct.from_wire({inner.wire: 100.6156})):
        record = of_currency(model, currency)
        setattr(record, name, [value] if isinstance(field, ListOf) else value)
        assert sent_member(record, name, inner.wire) == float(expected)
    held = getattr(record, name)
    part = held[0] if isinstance(field, ListOf) else held
    setattr(part, member, 50000 * 1.1)
    assert sent_member(record, name, inner.wire) == 55000


@pytest.mark.parametrize(("model", "name", "member"), AMOUNTS)
def test_what_came_keeps_its_digits_beside_what_is_changed(model: Any, name: str, member: str) -> None:
    field = model.__model__.fields[name]
    struct: Any = struct_of(field)
    wire = struct.__model__.fields[member].wire
    row = {wire: 100.6156, "newer": 1}
    record = of_currency(model, "JPY", **{field.wire: [{wire: 3}, row] if isinstance(field, ListOf) else row})
    held = getattr(record, name)
    changed = held[1] if isinstance(field, ListOf) else held
    changed._take({**EntityState(changed).values, "newer": 2})
    if isinstance(field, ListOf):
        del held[0]  # what is left stands in another place now
    assert sent_member(record, name, "newer") == 2
    assert sent_member(record, name, wire) == 100.6156


def test_the_currency_may_be_told_after_the_nested_value() -> None:
    campaign: Any = Campaign(None, {"budget": CampaignBudget(budget_in_advertiser_currency="1.125")})
    campaign.advertiser = Advertiser.__model__.wrap({"id": "a", "currencyCode": "KWD"}, Peers(None, []))
    assert campaign.changes()["budget"].new.budget_in_advertiser_currency == Decimal("1.125")


def test_an_amount_of_which_nothing_is_left_is_refused() -> None:
    campaign = of_currency(Campaign, "JPY")
    campaign.budget = {"budget_in_advertiser_currency": "0.3"}
    with pytest.raises(InvalidValueError, match=r"in_advertiser_currency cannot be 0\.3: of at most no decimals"):
        campaign.changes()


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("4.3200", "4.3200"),
        (4.32, "4.32"),
        (Decimal("1.1") * 3, "3.3"),
        (3 * 1.1, "3.3000"),
        ("3.30000000001", "3.3000"),
    ],
)
def test_the_price_of_a_deal_has_four_digits(given: Any, sent: str) -> None:
    deal: Any = Deal(None, {"price": {"value": given, "currency_code": "JPY"}})
    assert EntityState(deal).edits()["price"] == {"value": sent, "currency_code": "JPY"}


def test_the_price_that_a_deal_came_with_stays() -> None:
    row = {"id": 7, "deal_identifier": "d", "price": {"value": "4.32001", "currency_code": "EUR"}}
    deal: Any = Deal.__model__.wrap(row, Peers(None, []))
    deal.price["currency_code"] = "USD"
    assert EntityState(deal).edits()["price"] == {"value": "4.32001", "currency_code": "USD"}
    deal.price["value"] = 0.00001
    with pytest.raises(InvalidValueError, match="price cannot be 1e-05: of at most four decimals 0 is left"):
        deal.changes()
    with pytest.raises(InvalidValueError, match=r"Deal.price \(object\) cannot be .*expected a number"):
        deal.price = {"value": "cheap", "currency_code": "EUR"}


def micros_of_bodies() -> list[Any]:
    """Each member of a body, however deep, that the description names an amount in micro-currency."""
    names = ("_micro_currency", "_spend_cap")
    return [
        pytest.param(shape, name, id=f"{type_name}-{name}")
        for type_name, outer in OPERATIONS["campaigns/create"].shapes.types.items()
        for shape, name in deep(outer)
        if name.endswith(names) or (name == "bid" and type_name.startswith("Keyword"))
    ]


def deep(shape: Any) -> list[Any]:
    found = []
    for name, member in shape.get("members", {}).items():
        found += [(shape, name), *deep(member)]
    return found


@pytest.mark.parametrize(("shape", "name"), micros_of_bodies())
def test_amounts_in_dicts_of_pinterest_are_whole(shape: Any, name: str) -> None:
    shapes = OPERATIONS["campaigns/create"].shapes
    only = {"type": "object", "members": {name: shape["members"][name]}}
    is_text = shapes.resolved(shape["members"][name])["type"] == "string"
    sent = shapes.checked({name: 1_500_000 * 1.1}, only, "body")
    assert sent == {name: "1650000" if is_text else 1650000}
    for given in (1.5, Decimal("15.99")):
        with pytest.raises(InvalidValueError, match=rf"body.{name} is a whole number, not .*micro-currency"):
            shapes.checked({name: given}, only, "body")


def test_ad_groups_of_a_new_campaign_have_its_currency() -> None:
    campaign = of_currency(Campaign, "JPY")
    needed = {"name": "g", "channel": "Display", "funnel_location": "Awareness"}
    group: Any = AdGroup(None, needed, budget={"budget_in_advertiser_currency": "100.6"})
    body = with_campaign(group, campaign)
    assert body["primaryInput"]["budget"] == {"budgetInAdvertiserCurrency": 101}
