"""Ids that the caller gives: `new` with an id takes its values for loaded, `reference` knows nothing but the id."""

import pickle
import warnings
from datetime import UTC, datetime
from typing import Any

import pytest

from adplatforms.core.errors import (
    AdPlatformsWarning,
    ClientError,
    ConflictError,
    NotFoundError,
    NotLoaded,
    UnchangedWarning,
)
from adplatforms.core.testing import assert_calls, reply
from adplatforms.sandbox import Sandbox
from terminalone.entities import Advertiser, Campaign, Concept

Row = dict[str, Any]


def sent(t1: Any, number: int = -1) -> dict[str, str]:
    return dict(t1.transport.calls[number].form)


# new with an id


@pytest.mark.parametrize("json", [True, False], ids=["json", "xml"])
def test_a_copy_script_that_forgets_the_id_changes_nothing(json: bool, fresh_sandbox: Sandbox) -> None:
    t1 = fresh_sandbox.t1(json=json)
    before = t1.get("campaigns", 90).get_properties()
    copy = t1.new("campaign", properties={**before, "name": "A copy of mine", "total_budget": 1})
    with assert_calls(t1, 0), pytest.warns(UnchangedWarning, match=r"campaign 90 .*nothing differs.*as_new\(\)"):
        assert copy.save() == {}
    assert t1.get("campaigns", 90).get_properties() == before
    assert issubclass(UnchangedWarning, AdPlatformsWarning)


@pytest.mark.parametrize("make", ["new", "keywords", "class", "save_all", "session.save"])
def test_however_it_is_made_and_saved(make: str, offline: Any, campaign_row: Row) -> None:
    t1, values = offline(), {"id": 7, "name": "Copy", "version": 3}
    campaign: Any = {
        "keywords": lambda: t1.new("campaign", **values),
        "class": lambda: Campaign(t1, properties=values),
    }.get(make, lambda: t1.new("campaign", properties=values))()
    save = {"save_all": lambda: t1.save_all([campaign]), "session.save": lambda: t1.save(campaign)}
    with pytest.warns(UnchangedWarning):
        save.get(make, campaign.save)()
    assert t1.transport.calls == []


def test_what_is_set_afterwards_is_sent_with_the_version(offline: Any, campaign_row: Row) -> None:
    t1 = offline({**campaign_row, "name": "Later", "version": 4})
    campaign = t1.new(
        "campaign", {"id": 7, "name": "Spring", "version": 3, "status": True, "from_the_future": {"a": 1}}
    )
    assert campaign.changes() == {}
    campaign.name, campaign.status = "Later", True
    assert campaign.save() == {"name": ("Spring", "Later")}
    assert sent(t1) == {"name": "Later", "version": "3"}
    assert campaign.zone_name is None  # the answer was whole


def test_the_values_read_as_they_were_given(offline: Any) -> None:
    moment = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
    given = {"start_date": moment, "total_budget": 20.5, "status": False, "pc_window_minutes": None, "goal_type": "cpa"}
    campaign = offline().new("campaign", id="7", advertiser=Advertiser(None, id=12), undeclared=[1], **given)
    assert {name: getattr(campaign, name) for name in given} == given
    assert (campaign.id, campaign.advertiser_id, campaign.undeclared) == (7, 12, [1])
    with pytest.raises(NotLoaded, match=r"campaign 7\.name is not loaded"):
        _ = campaign.name
    assert campaign.changes() == {}


def test_bad_values_are_refused_as_elsewhere(offline: Any) -> None:
    with pytest.raises(ClientError, match=r"Campaign\.total_budget"):
        offline().new("campaign", id=7, total_budget="much")
    with pytest.raises(ClientError, match=r"Campaign\.id"):
        offline().new("campaign", id="seven")


def test_without_a_version_an_update_of_given_values_is_refused(offline: Any) -> None:
    campaign = offline().new("campaign", id=7, name="Spring")
    campaign.name = "Summer"
    with pytest.raises(ClientError, match="without its version"):
        campaign.save()


def test_records_that_were_read_save_without_a_warning(offline: Any, campaign_row: Row) -> None:
    t1 = offline(campaign_row)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        t1.get("campaigns", 7).save()
        t1.reference("campaigns", 7).save()
        t1.new("campaign", id=7).save()


# references


def test_a_save_reads_the_version_first_and_sends_what_was_set(offline: Any, campaign_row: Row) -> None:
    t1 = offline(campaign_row, {**campaign_row, "name": "Summer", "version": 4})
    campaign = t1.reference("campaigns", "7")
    campaign.name = "Summer"
    assert campaign.save() == {"name": ("Spring", "Summer")}
    assert [(call.method, call.path) for call in t1.transport.calls] == [
        ("GET", "api/v2.0/campaigns/7"),
        ("POST", "api/v2.0/campaigns/7"),
    ]
    assert sent(t1) == {"name": "Summer", "version": "3"}


def test_a_version_of_ones_own_saves_the_read(offline: Any, campaign_row: Row) -> None:
    t1 = offline(reply({"meta": {"status": "conflict"}}))
    campaign = t1.reference(Campaign, 7, version=2)
    with pytest.raises(NotLoaded, match=r"campaign 7\.zone_name is not loaded"):
        _ = campaign.zone_name
    campaign.name = "Summer"
    with pytest.raises(ConflictError, match="campaign 7 was not saved: conflict"):
        campaign.save()
    assert sent(t1) == {"name": "Summer", "version": "2"}
    assert list(campaign.changes()) == ["name"]


def test_one_that_is_not_there(fresh_sandbox: Sandbox) -> None:
    t1 = fresh_sandbox.t1()
    campaign = t1.reference("campaigns", 99_999_999)
    campaign.name = "x"
    with pytest.raises(NotFoundError, match="No campaign has the id 99999999"):
        campaign.save()
    assert [call.method for call in fresh_sandbox.calls if "campaigns" in call.path] == ["GET"]
    assert list(campaign.changes()) == ["name"]


def test_a_deletion_reads_the_version_first(offline: Any) -> None:
    day_part = {"entity_type": "strategy_day_part", "id": 5, "version": 2}
    t1 = offline(day_part, reply({"meta": {"status": "ok"}}))
    t1.reference("strategy_day_parts", 5).delete()
    assert [call.path for call in t1.transport.calls] == [
        "api/v2.0/strategy_day_parts/5",
        "api/v2.0/strategy_day_parts/5/delete",
    ]
    assert sent(t1) == {"version": "2"}


def test_deals_have_no_version(offline: Any) -> None:
    t1 = offline({"entity_type": "deal", "id": 5, "name": "New"})
    deal = t1.reference("deals", 5)
    deal.name = "New"
    deal.save()
    assert t1.transport.calls[0].json == {"name": "New"}


def test_a_target_dimension_is_read_first_for_a_save_replaces_both_lists(fresh_sandbox: Sandbox) -> None:
    t1 = fresh_sandbox.t1()
    strategy = next(s for s in t1.strategies.take(50) if s.get_target_dimension("region").include)
    before = [value.id for value in strategy.get_target_dimension("region").include]
    for make in (
        lambda: t1.reference("target_dimensions", 7, parent="strategies", parent_id=strategy),
        lambda: t1.new("target_dimension", id=7, parent="strategies", parent_id=strategy.id),
    ):
        region = make()
        region.exclude = [before[0]]
        region.save()
        assert [value.id for value in strategy.get_target_dimension("region").include] == before


def test_permissions_are_read_first_for_a_save_replaces_all_lists(fresh_sandbox: Sandbox) -> None:
    t1 = fresh_sandbox.t1()
    user = next(u for u in t1.users.take(50) if u.get_permissions().agency)
    before = sorted(user.get_permissions().agency)
    permission = t1.reference("permissions", user.id)
    permission.advertiser_id = [1]
    permission.save()
    after = user.get_permissions()
    assert sorted(after.agency) == before
    assert 1 in after.advertiser


@pytest.mark.parametrize(
    ("collection", "cure"), [("budget_flights", "campaign_id=..."), ("target_dimensions", "set parent and parent_id")]
)
def test_what_lives_under_another_record_names_it(collection: str, cure: str, offline: Any) -> None:
    with pytest.raises(ClientError, match=cure):
        offline().reference(collection, 5)


def test_a_budget_flight_of_a_campaign(fresh_sandbox: Sandbox) -> None:
    t1 = fresh_sandbox.t1()
    campaign = next(c for c in t1.campaigns.take(50) if c.budget_flights)
    known = campaign.budget_flights[0]
    flight = t1.reference("budget_flights", known.id, campaign_id=campaign)
    flight.total_budget = 77
    flight.save()
    assert campaign.get_budget_flight(known.id).total_budget == 77
    assert flight.refresh().campaign == campaign


def test_special_calls_take_it(offline: Any) -> None:
    t1 = offline(reply({"meta": {"status": "ok"}}))
    t1.reference("strategies", 9).clear_domains()
    assert t1.transport.calls[0].path == "api/v2.0/strategies/9/domain_restrictions"
    concept = Concept(t1, name="x", advertiser=t1.reference("advertisers", 7))
    assert concept.advertiser_id == 7


def test_a_pickled_one_is_still_a_reference(offline: Any, campaign_row: Row) -> None:
    t1 = offline(campaign_row, campaign_row)
    campaign = t1.attach(pickle.loads(pickle.dumps(t1.reference("campaigns", 7))))
    campaign.name = "Summer"
    campaign.save()
    assert [call.method for call in t1.transport.calls] == ["GET", "POST"]


def test_a_name_of_a_site_placement_known_in_part_leaves_its_text(offline: Any) -> None:
    t1 = offline({"entity_type": "site_placement", "id": 5, "version": 1})
    placement = t1.new("site_placement", id=5, version=0)
    placement.name = "New"
    placement.save()
    assert sent(t1) == {"name": "New", "version": "0"}


def test_a_pickled_one_with_values_is_short_and_warns_still(offline: Any) -> None:
    given = offline().new("campaign", properties={"id": 90, "version": 3, "name": "Spring"})
    campaign = offline().attach(pickle.loads(pickle.dumps(given)))
    with pytest.raises(NotLoaded, match="status is not loaded"):
        _ = campaign.status
    with pytest.warns(UnchangedWarning, match="campaign 90 was not saved"):
        assert campaign.save() == {}


def test_a_version_that_was_set_does_not_make_a_record_complete(offline: Any) -> None:
    """Else fields that were never read would read as null, and a save would look as if it knew them."""
    campaign = offline().reference("campaigns", 90)
    campaign.version = 3
    campaign = pickle.loads(pickle.dumps(campaign))
    assert campaign.version == 3
    with pytest.raises(NotLoaded, match="status is not loaded"):
        _ = campaign.status
