"""Campaigns and ad groups are created, changed and archived on the sandbox, and answers are taken over."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from adplatforms.core.errors import (
    AmbiguousWrite,
    ClientError,
    InvalidValueError,
    NotLoaded,
    UnknownNameError,
    ValidationError,
)
from adplatforms.core.testing import assert_calls, reply
from adplatforms.ttd import TTD
from adplatforms.ttd.entities import AdGroup, Campaign

Offline = Callable[..., TTD]
CAMPAIGN = {
    "advertiser_id": "adv0001",
    "name": "Spring launch",
    "primary_channel": "Display",
    "primary_goal": {"maximize_reach": True},
    "campaign_conversion_reporting_columns": [],
    "start_date": "2027-06-01",
    "end_date": "2027-07-01",
    "budget": {"pacing_mode": "PaceEvenly", "budget_in_advertiser_currency": "1200.5"},
}
GROUP = {
    "name": "Prospecting",
    "channel": "Display",
    "funnel_location": "Awareness",
    "roi_goal": {"maximize_reach": True},
}


def test_a_campaign_is_created_changed_read_and_archived(fresh_ttd: TTD) -> None:
    campaign = fresh_ttd.new("campaign", CAMPAIGN)
    campaign.save()
    assert campaign.id
    assert campaign.changes() == {}
    campaign.description, campaign.purchase_order_number = "Prospecting", "PO 7"
    assert set(campaign.save()) == {"description", "purchase_order_number"}
    read = fresh_ttd.get("campaigns", campaign.id)
    assert (read.name, read.description, read.advertiser_id) == ("Spring launch", "Prospecting", "adv0001")
    assert (read.pacing_mode, read.is_archived) == ("PaceEvenly", False)
    campaign.archive()
    assert campaign.is_archived
    assert fresh_ttd.get("campaigns", campaign.id).is_archived


def test_nothing_changed_sends_nothing(fresh_ttd: TTD) -> None:
    campaign = fresh_ttd.campaigns.first()
    assert campaign is not None
    with assert_calls(fresh_ttd, 0):
        campaign.name = campaign.name
        assert campaign.save() == {}


def test_a_new_campaign_is_found_on_all_surfaces(fresh_ttd: TTD) -> None:
    campaign = fresh_ttd.new("campaign", CAMPAIGN)
    campaign.save()
    for route in ("graphql", "graphql-direct", "rest", "rest-direct"):
        assert fresh_ttd.using(route=route).get("campaigns", campaign.id).name == "Spring launch"


def test_a_campaign_is_created_with_its_ad_groups(fresh_ttd: TTD) -> None:
    campaign = fresh_ttd.new("campaign", CAMPAIGN)
    first = fresh_ttd.new("ad_group", GROUP)
    second = fresh_ttd.new("ad_group", {**GROUP, "name": "Retargeting", "is_enabled": False})
    with assert_calls(fresh_ttd, 1):
        campaign.save(ad_groups=[first, second])
    assert first.changes() == second.changes() == {}
    assert first.campaign_id == campaign.id
    assert {group.id for group in campaign.ad_groups} == {first.id, second.id}
    listed = fresh_ttd.get("ad_groups", limit={"campaign": campaign.id}, get_all=True)
    assert {group.name for group in listed} == {"Prospecting", "Retargeting"}


def test_ad_groups_whose_names_repeat_are_found_through_the_campaign(fresh_ttd: TTD) -> None:
    campaign = fresh_ttd.new("campaign", CAMPAIGN)
    groups = [fresh_ttd.new("ad_group", GROUP), fresh_ttd.new("ad_group", GROUP)]
    with pytest.warns(UserWarning, match="does not tell which ad group is which"):
        campaign.save(ad_groups=groups)
    assert len(campaign.ad_groups) == 2
    assert all(group.changes() for group in groups)


def test_an_ad_group_is_created_and_changed(fresh_ttd: TTD) -> None:
    campaign = next(iter(fresh_ttd.campaigns.where(is_archived=False)))
    group = fresh_ttd.new("ad_group", {**GROUP, "campaign_id": campaign.id})
    group.save()
    group.base_bid_cpm_in_advertiser_currency = 3
    group.audience_targeting = {"audience_booster_enabled": True}
    group.save(refresh=True)
    assert group.base_bid_cpm_in_advertiser_currency == Decimal(3)
    assert fresh_ttd.get("ad_groups", group.id).name == "Prospecting"


def test_refresh_reads_what_the_answer_does_not_tell(fresh_ttd: TTD) -> None:
    campaign = fresh_ttd.new("campaign", CAMPAIGN)
    campaign.save()
    with pytest.raises(AttributeError, match="partner_id is not loaded"):
        campaign.partner_id  # noqa: B018
    campaign.description = "x"
    campaign.save(refresh=True)
    assert campaign.partner_id


def test_validation_only_changes_nothing_anywhere(fresh_ttd: TTD) -> None:
    before = fresh_ttd.campaigns.count()
    campaign = fresh_ttd.new("campaign", CAMPAIGN)
    assert "name" in campaign.save(validate_only=True)
    assert "name" in campaign.changes()
    assert fresh_ttd.campaigns.count() == before
    campaign.seed_id = "nosuch"
    with pytest.raises(ValidationError, match="new campaign was not saved: seed_id: There is no Seed") as caught:
        campaign.save(validate_only=True)
    assert "seed_id" in caught.value.field_errors
    known = fresh_ttd.get("campaigns", "cmp0001")
    known.description = "only tried"
    known.save(validate_only=True)
    assert known.changes()["description"].new == "only tried"
    assert fresh_ttd.get("campaigns", "cmp0001").description != "only tried"


def test_a_refused_save_keeps_the_changes_and_names_the_field(fresh_ttd: TTD) -> None:
    campaign = fresh_ttd.get("campaigns", "cmp0001")
    campaign.seed_id = "nosuch"
    with pytest.raises(ValidationError, match="campaign cmp0001 was not saved: seed_id: There is no Seed") as caught:
        campaign.save()
    assert list(caught.value.field_errors) == ["seed_id"]
    assert campaign.changes()["seed_id"].new == "nosuch"


def test_options_are_checked_by_name(fresh_ttd: TTD) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'validate_only'"):
        fresh_ttd.new("campaign", CAMPAIGN).save(validate_onli=True)


def test_several_are_archived_in_one_call(fresh_ttd: TTD) -> None:
    campaigns = list(fresh_ttd.campaigns.where(is_archived=False).take(3))
    with assert_calls(fresh_ttd, 1):
        fresh_ttd.archive_all(campaigns)
    assert all(campaign.is_archived for campaign in campaigns)
    assert fresh_ttd.get("campaigns", campaigns[2].id).is_archived


def test_archiving_says_that_it_cannot_be_undone() -> None:
    for call in (Campaign.archive, AdGroup.archive, TTD.archive_all):
        assert "CANNOT BE UNDONE" in (call.__doc__ or "")


def test_what_the_answer_does_not_confirm_is_not_taken_for_archived(offline: Offline) -> None:
    ttd = offline(["cmp0002"])
    campaign = ttd.reference("campaign", "cmp0001")
    with pytest.raises(AmbiguousWrite, match="does not tell that cmp0001 was archived"):
        campaign.archive()
    assert "isArchived" not in campaign.raw


def test_goals_as_text_and_null_lists_stay_out_of_the_row(offline: Offline) -> None:
    answer = {"id": "adg0001", "name": "G", "creativeIds": None, "roiGoal": {"maximizeReach": True}, "flights": None}
    ttd = offline({"campaign": {"id": "cmp0001", "primaryGoal": "MaximizeReach"}}, {"adGroup": answer})
    campaign = ttd.reference("campaign", "cmp0001")
    campaign.primary_goal = {"cpa_in_advertiser_currency": 3}
    campaign.save()
    assert campaign.primary_goal.cpa_in_advertiser_currency == 3
    group = ttd.reference("ad_group", "adg0001")
    group.creative_ids = ["c1"]
    group.save()
    assert group.creative_ids == ["c1"]
    assert group.roi_goal.maximize_reach is True


def test_an_enum_value_that_we_do_not_know_is_kept(offline: Offline) -> None:
    """The official SDK fails on it."""
    ttd = offline({"campaign": {"id": "cmp0001", "primaryChannel": "Holograms", "brandNew": [1]}})
    campaign = ttd.reference("campaign", "cmp0001")
    campaign.name = "x"
    campaign.save()
    assert campaign.primary_channel == "Holograms"
    assert campaign.brandNew == [1]


def test_an_answer_about_another_record_is_an_error(offline: Offline) -> None:
    ttd = offline({"campaign": {"id": "cmp0002"}}).using(retry=None)
    campaign = ttd.reference("campaign", "cmp0001")
    campaign.name = "x"
    with pytest.raises(AmbiguousWrite, match="about another record"):
        campaign.save()


def test_a_create_whose_answer_holds_no_id_is_an_error(offline: Offline) -> None:
    for answer in ({}, {"campaign": None}, {"campaign": {"name": "x"}}, {"campaign": {"id": None}}):
        with pytest.raises(AmbiguousWrite, match=r"cannot be read.*it may have been applied"):
            offline(reply(answer)).new("campaign", CAMPAIGN).save()


def test_flat_properties_are_checked_at_once(fresh_ttd: TTD) -> None:
    campaign: Any = fresh_ttd.new("campaign", CAMPAIGN)
    with pytest.raises(InvalidValueError, match="not one of None, Display, Video"):
        campaign.primary_channel = "Displai-x"
    with pytest.raises(AttributeError, match="did you mean 'primary_channel'"):
        campaign.primary_chanel = "Display"


def test_a_relation_is_found_for_a_record_that_came_too_short_to_name_it(fresh_ttd: TTD) -> None:
    group = fresh_ttd.new(
        "ad_group",
        campaign_id="cmp0001",
        name="Thin",
        channel="Display",
        funnel_location="Awareness",
        roi_goal={"maximize_reach": True},
    )
    group.save()
    with pytest.raises(NotLoaded, match="advertiser_id is not loaded"):
        _ = group.advertiser_id
    assert group.advertiser.id == fresh_ttd.get("campaigns", "cmp0001").advertiser_id


def test_a_relation_that_a_surface_does_not_name_is_not_taken_for_none(fresh_ttd: TTD) -> None:
    campaign = fresh_ttd.using(route="rest").get("campaigns", "cmp0001")
    with pytest.raises(ClientError, match="leaves out partner_id"):
        _ = campaign.partner
