"""One query over all routes gives equal rows, whichever surface reads them; and each route takes its own way."""

from collections.abc import Iterable
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, NotLoaded
from adplatforms.sandbox import Sandbox
from adplatforms.ttd import TTD
from adplatforms.ttd.entities import TTDEntity

ROUTES = ("graphql", "graphql-direct", "rest", "rest-direct")
PARTNER, ADVERTISER = {"partner": "prt0001"}, {"advertiser": "adv0001"}
CAMPAIGN, AD_GROUP = {"campaign": "cmp0001"}, {"ad_group": "adg0001"}
SCOPES: dict[str, dict[str, str]] = {
    "partners": {},
    "advertisers": PARTNER,
    "contracts": PARTNER,
    "contract_groups": PARTNER,
    "campaign_flights": CAMPAIGN,
    "conversion_columns": CAMPAIGN,
    "pass_through_fee_cards": CAMPAIGN,
    "ad_group_flights": AD_GROUP,
}
"""What limits a listing where it is not an advertiser."""
BY_ID = {"campaign_groups"}
COLLECTIONS = sorted(set(TTDEntity.__model__.registry.collections) - BY_ID)


def by_id(entities: Iterable[Any]) -> dict[str, dict[str, Any]]:
    return {str(entity.id): entity.to_dict() for entity in entities}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_all_routes_give_equal_rows(ttd: TTD, collection: str) -> None:
    """A surface may know less of a record; what two surfaces tell is equal, typed values and all."""
    found = []
    for route in ROUTES:
        query = ttd.using(route=route).query(collection).within(SCOPES.get(collection, ADVERTISER))
        if collection in ("campaigns", "ad_groups"):
            query = query.where(is_template=False)  # which REST lists apart
        found.append(by_id(query))
    first = found[0]
    assert first
    for other in found[1:]:
        assert other.keys() == first.keys()
        for key, row in first.items():
            shared = row.keys() & other[key].keys()
            assert {"id"} <= shared
            assert {name: row[name] for name in shared} == {name: other[key][name] for name in shared}


def test_the_routes_of_a_campaign_share_what_matters(ttd: TTD) -> None:
    rows = [ttd.using(route=route).get("campaigns", "cmp0001").to_dict() for route in ROUTES]
    shared = set.intersection(*(set(row) for row in rows))
    wanted = {"id", "name", "advertiser_id", "seed_id", "start_date", "primary_channel", "is_archived", "version"}
    assert wanted <= shared


def test_each_route_takes_its_own_way(sandbox: Sandbox, ttd: TTD) -> None:
    ways = []
    for route in ROUTES:
        sandbox.calls.clear()
        list(ttd.using(route=route).campaigns.where(advertiser_id="adv0002").page_size(1000))
        ways.append([call.path for call in sandbox.calls])
    assert ways == [
        ["/ttd/workflows/graphqlrequest"],
        ["/ttd/graphql"],
        ["/ttd/workflows/restrequest"],
        ["/ttd/v3/campaign/query/advertiser"],
    ]


def test_what_one_surface_has_alone_is_read_by_it(sandbox: Sandbox, ttd: TTD) -> None:
    """Seeds on a REST route, contracts on a GraphQL route; and what only REST can compare or limit."""
    assert list(ttd.using(route="rest-direct").seeds.within(ADVERTISER))
    assert sandbox.calls[-1].path == "/ttd/graphql"
    assert list(ttd.using(route="graphql-direct").contracts.within(PARTNER))
    assert sandbox.calls[-1].path == "/ttd/v3/contract/query/partner"
    assert list(ttd.using(route="graphql-direct").universal_pixels.within(ADVERTISER))
    assert sandbox.calls[-1].path == "/ttd/v3/tracking/universalpixelwithactivity/advertiser/query"


def test_a_field_of_the_other_surface_names_it(ttd: TTD) -> None:
    campaign = ttd.get("campaigns", "cmp0001")
    with pytest.raises(NotLoaded, match=r'only REST has it: ttd.using\(route="rest"\)'):
        _ = campaign.marketplace_opt_out
    with pytest.raises(NotLoaded, match=r'only GraphQL has it: ttd.using\(route="graphql"\)'):
        _ = ttd.using(route="rest").get("campaigns", "cmp0001").total_ad_group_count
    with pytest.raises(NotLoaded, match="no surface reads it"):
        _ = campaign.custom_label_names


def test_enums_amounts_and_moments_are_the_same_on_all_routes(ttd: TTD) -> None:
    groups = [ttd.using(route=route).get("ad_groups", "adg0001") for route in ROUTES]
    for name in ("channel", "base_bid_cpm_in_advertiser_currency", "funnel_location"):
        values = {getattr(group, name) for group in groups}
        assert len(values) == 1
        assert values != {None}
    starts = {ttd.using(route=route).get("campaigns", "cmp0001").start_date for route in ROUTES}
    assert len(starts) == 1
    assert all(moment.tzinfo is not None for moment in starts)


def test_an_unknown_route_is_refused(ttd: TTD) -> None:
    with pytest.raises(ClientError, match="no route 'graph'"):
        ttd.using(route="graph")


def test_routes_share_nothing_but_the_session(ttd: TTD) -> None:
    assert ttd.using(route="rest").route == "rest"
    assert ttd.route == "graphql"
