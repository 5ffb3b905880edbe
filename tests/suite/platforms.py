"""What a platform brings to the compliance suite: a session on the sandbox and the words for its main entity.

A platform joins by adding a `Platform` to `PLATFORMS`; no test asks which one it runs on, only what it can do.
"""

from collections.abc import Callable
from dataclasses import dataclass

from adplatforms.core.entity import Entity
from adplatforms.core.query import Query
from adplatforms.core.session import Session
from adplatforms.sandbox import Sandbox


@dataclass(frozen=True)
class Platform:
    """`collection`: the main one, with a `name` and the writable number `number`, which may be `value`. `to_one`,
    `to_many`: relations of it. `new`: the least that creates an entity with a name. `related`: the most calls that load
    a relation of a page of 100. `sorts`: whether the server orders by name. `ties`: whether it may order equal
    names anew for each page. `some`: cuts a query down to some hundred
    rows, for tests that read them several times."""

    name: str
    connect: Callable[[Sandbox], Session]
    collection: str
    number: str
    to_one: str
    to_many: str
    new: Callable[[Session], Entity]
    some: Callable[[Query[Entity]], Query[Entity]]
    value: float = 4321
    related: int = 1
    sorts: bool = True
    ties: bool = False


def _t1(name: str, json: bool) -> Platform:
    return Platform(
        name,
        lambda sandbox: sandbox.t1(json=json),
        collection="campaigns",
        number="total_budget",
        to_one="advertiser",
        to_many="strategies",
        new=lambda session: session.new("concept", name="A new concept", advertiser_id=7),
        some=lambda query: query.within({"advertiser.agency": 101}),
        ties=True,
    )


PINTEREST = Platform(
    "Pinterest",
    lambda sandbox: sandbox.pinterest(),
    collection="campaigns",
    number="daily_spend_cap",
    to_one="ad_account",
    to_many="ad_groups",
    new=lambda session: session.new("campaign", name="A new campaign", objective_type="AWARENESS", daily_spend_cap=5),
    some=lambda query: query,
    related=2,
    sorts=False,
)


def _ttd(name: str, route: str) -> Platform:
    return Platform(
        name,
        lambda sandbox: sandbox.ttd(route=route),
        collection="ad_groups",
        number="base_bid_cpm_in_advertiser_currency",
        to_one="campaign",
        to_many="flights",
        new=lambda session: session.new(
            "ad_group",
            campaign_id=session.query("campaigns").first().id,
            name="A new ad group",
            channel="Display",
            funnel_location="Awareness",
        ),
        some=lambda query: query.within(advertiser="adv0002"),
        value=0.5,
        related=11,
    )


PLATFORMS = [_t1("T1", json=True), _t1("T1 in XML", json=False), PINTEREST, _ttd("The Trade Desk", "graphql")]
