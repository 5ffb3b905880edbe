"""A copy takes along what any surface shows of a record, and names what none shows."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, DetachedError, UnknownNameError
from adplatforms.core.state import EntityState
from adplatforms.core.testing import assert_calls
from adplatforms.sandbox import Sandbox
from adplatforms.ttd import TTD
from adplatforms.ttd.entities import AdGroup, Campaign

Offline = Callable[..., TTD]
UNSHOWN = [
    "dimensional_bidding_auto_optimization_settings",
    "comscore_settings",
    "contract_targeting",
    "nielsen_tracking_attributes",
    "new_frequency_configs",
    "inventory_targeting",
    "is_use_clicks_as_conversions_enabled",
    "is_use_secondary_conversions_enabled",
    "is_non_decisioned",
]
"""Of this ad group; REST shows that it has no audience targeting."""


@pytest.mark.parametrize("route", ["graphql", "graphql-direct", "rest", "rest-direct"])
def test_a_copy_has_what_the_other_surface_shows(fresh_sandbox: Sandbox, route: str) -> None:
    ttd: Any = fresh_sandbox.ttd(route=route)
    group = ttd.get("ad_groups", "adg0111")
    with assert_calls(ttd, 1):
        copy = group.as_new(name="copy", without=UNSHOWN)
    copy.save()
    rest = ttd.using(route="rest")
    source, made = (rest.get("ad_groups", each) for each in ("adg0111", copy.id))
    by_graphql = ttd.using(route="graphql").get("ad_groups", "adg0111")
    assert copy.budget.budget_in_advertiser_currency == by_graphql.budget_summary.total
    flights = [flight.id for flight in by_graphql.campaign.flights]
    assert [share.campaign_flight_id for share in copy.flight_budgets] == flights
    for name in ("roi_goal", "associated_bid_lists", "creative_ids", "koa_optimization_settings", "channel"):
        assert getattr(source, name) == getattr(made, name), name
    assert source.associated_bid_lists


def test_what_nothing_shows_is_refused_by_name(ttd: TTD) -> None:
    group = ttd.get("ad_groups", "adg0111")
    with pytest.raises(
        ClientError, match=r"ad group adg0111 cannot be copied completely: nothing shows its dimensional_bidding"
    ) as caught:
        group.as_new(name="copy")
    for name in UNSHOWN:
        assert name in str(caught.value)
    assert "audience_targeting" not in str(caught.value)  # REST shows that there is none
    assert "as_new(without=['dimensional_bidding" in str(caught.value)


def test_audience_targeting_that_rest_shows_is_refused_too(ttd: TTD) -> None:
    rest = ttd.using(route="rest")
    groups = rest.ad_groups.within(advertiser="adv0001")
    group = next(each for each in groups if each.raw["rtbAttributes"]["AudienceTargeting"])
    with pytest.raises(ClientError, match="audience_targeting"):
        group.as_new(name="copy", without=UNSHOWN)


def test_values_for_what_nothing_shows_are_enough(ttd: TTD) -> None:
    budget = {"pacing_mode": "PaceEvenly", "budget_in_advertiser_currency": 500}
    others = ["campaign_group_id", "campaign_incremental_reach_setting", "pass_through_fee_card", "frequency_configs"]
    source = ttd.get(Campaign, "cmp0012")
    copy = source.as_new(name="copy", budget=budget, custom_label_names=None, without=others)
    assert copy.primary_goal == ttd.using(route="rest").get(Campaign, "cmp0012").primary_goal
    assert copy.id is None if "id" in copy.raw else "id" not in copy.raw


def test_unsaved_changes_go_along(ttd: TTD) -> None:
    group = ttd.get(AdGroup, "adg0111")
    group.description = "mine"
    group.roi_goal = {"maximize_reach": True}  # type: ignore[assignment]
    copy = group.as_new(name="copy", without=UNSHOWN)
    assert (copy.name, copy.description, copy.roi_goal.maximize_reach) == ("copy", "mine", True)


def test_a_record_that_lacks_nothing_is_copied_without_a_call(ttd: TTD) -> None:
    seed = ttd.seeds.within(advertiser="adv0001").first()
    assert seed is not None
    with assert_calls(ttd, 0):
        assert seed.as_new(name="copy").advertiser_id == "adv0001"


def test_a_new_record_is_copied_without_a_call(offline: Offline) -> None:
    group = offline().new("ad_group", name="x", campaign_id="c1")
    assert group.as_new(name="y").to_dict() == {"name": "y", "campaign_id": "c1"}


def test_a_record_without_a_session_says_so() -> None:
    group = AdGroup.__model__.wrap({"id": "g1", "name": "x"}, EntityState(AdGroup()).peers)
    with pytest.raises(DetachedError, match=r"ad group g1 has no session.*session\.attach"):
        group.as_new(name="y")


def test_names_of_what_is_left_out_are_checked(offline: Offline) -> None:
    group = offline().new("ad_group", name="x")
    with pytest.raises(UnknownNameError, match="did you mean 'roi_goal'"):
        group.as_new(without=["roi_goals"])
    assert group.as_new(without="name").to_dict() == {}


OTHERS = ["campaign_group_id", "campaign_incremental_reach_setting", "pass_through_fee_card", "frequency_configs"]


def test_a_copy_of_a_campaign_has_its_goals_and_flights(fresh_ttd: TTD) -> None:
    source = fresh_ttd.get(Campaign, "cmp0012")
    without = [*OTHERS, "custom_label_names"]
    with pytest.raises(ClientError, match="nothing shows its pacing_mode "):
        source.as_new(name="copy", without=without)
    copy = source.as_new(name="copy", without=[*without, "pacing_mode"])
    copy.save()
    spans = [(flight.start_date_inclusive_utc, flight.budget_in_advertiser_currency) for flight in source.flights]
    assert [(one.start_date_inclusive_utc, one.budget_in_advertiser_currency) for one in copy.flights] == spans
    rest = fresh_ttd.using(route="rest")
    assert rest.get(Campaign, copy.id).primary_goal == rest.get(Campaign, "cmp0012").primary_goal


def test_a_copy_of_a_campaign_with_one_flight_has_its_budget_and_pacing(fresh_ttd: TTD) -> None:
    campaigns = fresh_ttd.campaigns.where(advertiser_id="adv0001", is_archived=False)
    source = next(each for each in campaigns if len(each.flights) == 1 and each.pacing_mode == "PaceEvenly")
    copy = source.as_new(name="copy", without=[*OTHERS, "custom_label_names"])
    copy.save()
    read = fresh_ttd.get(Campaign, copy.id)
    assert read.pacing_mode == "PaceEvenly"
    assert read.budget_summary.total == source.budget_summary.total
    assert (read.start_date, read.end_date) == (source.start_date, source.end_date)
