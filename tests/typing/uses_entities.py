"""What a type checker makes of entities, fields and relations. Read by mypy, never run."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, assert_type

from adplatforms.core import fields
from adplatforms.core.changes import Change
from adplatforms.core.entity import Entity
from adplatforms.core.expr import Condition, Order
from adplatforms.core.relations import Children, Ref
from terminalone import t1types
from terminalone.entities import Advertiser, Agency, BudgetFlight, Campaign, Organization, Strategy


def on_the_class() -> None:
    assert_type(Campaign.name, t1types.Str)
    assert_type(Campaign.id, t1types.Int)
    assert_type(Campaign.status, t1types.Bool01)
    assert_type(Campaign.goal_value, t1types.Float)
    assert_type(Campaign.start_date, t1types.DateTime)
    assert_type(Campaign.goal_type, t1types.Choice)
    assert_type(Campaign.advertiser, Ref[Advertiser])
    assert_type(Campaign.strategies, Children[Strategy])


def on_an_instance(campaign: Campaign) -> None:
    assert_type(campaign.name, str)
    assert_type(campaign.id, int)
    assert_type(campaign.status, bool)
    assert_type(campaign.goal_value, float)
    assert_type(campaign.start_date, datetime)
    assert_type(campaign.goal_type, str)
    assert_type(campaign.advertiser, Advertiser)
    assert_type(campaign.advertiser.agency, Agency)
    assert_type(campaign.advertiser.agency.organization, Organization)
    assert_type(campaign.strategies, list[Strategy])
    assert_type(campaign.strategies[0].campaign, Campaign)
    assert_type(campaign.budget_flights, list[BudgetFlight])
    assert_type(campaign.from_the_future, Any)


def conditions(campaign: Campaign, advertiser: Advertiser) -> None:
    assert_type(Campaign.name == "Spring", Condition)
    assert_type(Campaign.name != "Spring", Condition)
    assert_type(Campaign.id > 7, Condition)
    assert_type(Campaign.id.in_([1, 2]), Condition)
    assert_type(Campaign.name.like("*spring*"), Condition)
    assert_type(Campaign.merit_pixel_id.is_null(), Condition)
    assert_type(Campaign.advertiser == advertiser, Condition)
    assert_type((Campaign.id > 1) & (Campaign.id < 9), tuple[Condition, ...])
    assert_type(Campaign.name.desc(), Order)
    assert_type(campaign.id == 7, bool)


def writing(campaign: Campaign, advertiser: Advertiser) -> None:
    campaign.name = "Summer"
    campaign.advertiser = advertiser
    campaign.merit_pixel_id = None
    campaign.status = "yes"  # type: ignore[assignment]
    campaign.goal_value = "much"  # type: ignore[assignment]
    campaign.advertiser = campaign  # type: ignore[assignment]
    assert_type(campaign.save(), dict[str, Change])
    assert_type(campaign.changes(), dict[str, Change])
    assert_type(campaign.refresh(), Campaign)
    assert_type(campaign.amounts("total_budget"), dict[str, Decimal])


class Item(Entity, platform="Shop"):
    """One of each field type."""

    count = fields.Int()
    price = fields.Money()
    bid = fields.Micros()
    day = fields.Date()
    since = fields.EpochSeconds()
    extra = fields.Object()


def all_field_types(item: Item) -> None:
    assert_type(item.count, int)
    assert_type(item.price, Decimal)
    assert_type(item.bid, Decimal)
    assert_type(item.day, date)
    assert_type(item.since, datetime)
    assert_type(item.extra, Any)
    item.price = 1.5  # type: ignore[assignment]
