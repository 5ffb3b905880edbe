"""Entities: what they show, compare, keep through pickles, and never do behind anybody's back."""

import copy
import pickle
import warnings
from datetime import UTC, datetime
from typing import Any

import pytest

from adplatforms.core.errors import (
    DetachedError,
    InvalidValueError,
    NotLoaded,
    UnknownFieldError,
    UnknownNameError,
    UnsentValueWarning,
)
from adplatforms.core.state import EntityState
from adplatforms.core.testing import assert_calls
from terminalone import T1
from terminalone.entities import Advertiser, Campaign, Strategy, T1Entity

Row = dict[str, Any]
LIMITED = {"entity_type": "campaign", "id": 7, "name": "Spring"}


@pytest.fixture
def t1(offline: Any) -> T1:
    """A session that may send nothing."""
    session: T1 = offline()
    return session


@pytest.fixture
def campaign(offline: Any, campaign_row: Row) -> Any:
    """A whole campaign on a session that may send nothing more."""
    return offline(campaign_row).get("campaigns", 7)


@pytest.fixture
def limited(offline: Any) -> Any:
    """A campaign of a plain list on a session that may send nothing more."""
    return next(offline([LIMITED]).get("campaigns"))


def test_a_limited_record_lacks_fields_and_says_how_to_get_them(limited: Any) -> None:
    assert hasattr(limited, "name")
    assert not hasattr(limited, "status")
    with pytest.raises(NotLoaded, match=r"campaign 7.status is not loaded") as caught:
        _ = limited.status
    assert str(caught.value) == (
        "campaign 7.status is not loaded: this record came without it (list with full=True, or call refresh() on it)"
    )
    assert caught.value.refused is False, "the server was not asked for it"
    assert isinstance(caught.value, AttributeError)


def test_three_states(campaign: Any) -> None:
    assert campaign.status is True
    assert campaign.merit_pixel_id is None
    assert hasattr(campaign, "merit_pixel_id")
    assert campaign.zone_name is None  # lacking in a whole record
    del EntityState(campaign).row["version"]
    assert not hasattr(campaign, "zone_name")  # lacking in a short one
    assert campaign.io_name == ""


def test_repr_is_short_and_tells_what_is_unsaved(campaign: Any, limited: Any, t1: T1) -> None:
    assert repr(limited) == "<Campaign id=7 name='Spring'>"
    campaign.name, campaign.status = "Summer", False
    assert repr(campaign) == "<Campaign id=7 name='Summer' unsaved=name,status>"
    assert repr(t1.new("campaigns")) == "<Campaign>"


def test_looking_never_sends_anything(campaign: Any, limited: Any) -> None:
    for entity in (campaign, limited):
        with assert_calls(entity.owner, 0):
            repr(entity), str(entity), dir(entity), entity.to_dict(), entity.changes(), hash(entity)
            hasattr(entity, "status"), hasattr(entity, "no_such_name"), entity == limited
            pickle.dumps(entity), copy.copy(entity), copy.deepcopy(entity), entity.get_properties()
            for name in type(entity).__model__.fields:
                hasattr(entity, name)


def test_undeclared_values_of_the_server_are_readable_and_survive(campaign: Any) -> None:
    assert campaign.from_the_future == {"a": [1]}
    assert "from_the_future" in dir(campaign)
    again = pickle.loads(pickle.dumps(campaign))
    assert again.from_the_future == {"a": [1]}
    assert again.to_dict()["from_the_future"] == {"a": [1]}


def test_a_misspelt_attribute(campaign: Any) -> None:
    with pytest.raises(UnknownFieldError, match=r"Campaign has no 'stauts'.*did you mean 'status'"):
        _ = campaign.stauts
    assert not hasattr(campaign, "stauts")
    with pytest.raises(AttributeError, match="__wrapped__"):
        _ = campaign.__wrapped__


def test_equality_and_hash(offline: Any) -> None:
    def make(kind: str, number: Any) -> Any:
        return next(offline([{"entity_type": kind, "id": number}]).get("campaigns"))

    assert make("campaign", 7) == make("campaign", "7")
    assert len({make("campaign", 7), make("campaign", "7"), make("campaign", 8)}) == 2
    assert make("campaign", 7) != make("strategy", 7)
    assert make("campaign", 7) != 7
    new, other = Campaign(None, name="a"), Campaign(None, name="a")
    assert new == new
    assert new != other
    with pytest.raises(TypeError, match="save"):
        hash(new)


def test_dir_has_fields_relations_and_methods(campaign: Any) -> None:
    assert {"name", "status", "zone_name", "advertiser", "strategies", "save", "history"} <= set(dir(campaign))


# unknown types


@pytest.mark.parametrize(
    ("kind", "name"),
    [("currency", "Currency"), ("targeting_segment", "TargetingSegment"), ("9-x", "9X"), ("§", "Unknown")],
)
def test_a_type_without_a_class_becomes_a_generic_entity(offline: Any, kind: str, name: str) -> None:
    row = {"entity_type": kind, "id": 3, "name": "Euro", "symbol": "€", "created_on": "2016-11-07T09:07:57"}
    entity = next(offline([row]).get("campaigns"))
    assert (type(entity).__name__, isinstance(entity, T1Entity)) == (name, True)
    assert (entity.id, entity.name, entity.symbol) == (3, "Euro", "€")
    assert entity.created_on == datetime(2016, 11, 7, 9, 7, 57, tzinfo=UTC)
    again = pickle.loads(pickle.dumps(entity))
    assert again == entity
    assert type(again) is type(entity)
    assert again.symbol == "€"


def test_unknown_types_may_be_nested_anywhere(offline: Any) -> None:
    zone = {"entity_type": "time_zone", "id": 5, "name": "UTC", "rel": "time_zone"}
    row = {
        **LIMITED,
        "time_zone": zone,
        "margins": [{"entity_type": "campaign_margins_calc", "id": 9, "zone": zone}],
        "numbers": [1, 2],
        "object": {"a": 1},
    }
    t1 = offline([row])
    campaign = pickle.loads(pickle.dumps(next(t1.get("campaigns", include="time_zone"))))
    assert (type(campaign.time_zone).__name__, campaign.time_zone.name) == ("TimeZone", "UTC")
    (margin,) = campaign.margins
    assert (type(margin).__name__, margin.zone.name) == ("CampaignMarginsCalc", "UTC")
    assert (campaign.numbers, campaign.object) == ([1, 2], {"a": 1})
    generic = t1.attach(pickle.loads(pickle.dumps(campaign.time_zone)))
    assert generic.owner is t1


def test_a_row_of_another_declared_type_gets_its_class(offline: Any) -> None:
    assert type(next(offline([{"entity_type": "strategy", "id": 1}]).get("campaigns"))) is Strategy


# pickles and copies


def test_a_pickle_keeps_changes_and_says_that_it_is_detached(campaign: Any, offline: Any) -> None:
    campaign.name = "Summer"
    again = pickle.loads(pickle.dumps(campaign))
    assert again == campaign
    assert again.changes() == {"name": ("Spring", "Summer")}
    assert again.owner is again.session is None
    for use in (again.save, again.refresh, again.history().__next__, lambda: again.advertiser):
        with pytest.raises(DetachedError, match=r"campaign 7 has no session .*session\.attach\(entity\)"):
            use()
    t1 = offline(LIMITED | {"version": 4, "name": "Summer"})
    assert t1.attach(again) is again
    again.save()
    assert dict(t1.transport.calls[0].form) == {"name": "Summer", "version": "3"}


def test_pickles_hold_no_credential(sandbox: Any) -> None:
    t1 = sandbox.t1()
    campaign = next(t1.get("campaigns", full=True, include="advertiser", page_limit=1))
    campaign.name = "changed"
    data = pickle.dumps([campaign, campaign.advertiser, campaign.strategies])
    for credential in (sandbox.password, sandbox.api_key, t1.session_id):
        assert credential.encode() not in data
    for holder in (t1, t1.auth, t1.transport):
        with pytest.raises(TypeError, match=r"pickle|credentials"):
            pickle.dumps(holder)


def test_a_child_remembers_its_parent_through_a_pickle(offline: Any) -> None:
    t1 = offline([{"entity_type": "strategy_concept", "id": 5, "version": 1}])
    concept = next(t1.get("strategies", 7, "concepts"))
    again = pickle.loads(pickle.dumps(concept))
    assert (again.parent, again.parent_id) == (concept.parent, concept.parent_id) == ("strategies", 7)


def test_a_copy_is_changed_on_its_own(campaign: Any) -> None:
    for make in (copy.copy, copy.deepcopy):
        other = make(campaign)
        other.name = "Other"
        assert campaign.name == "Spring"
        assert campaign.changes() == {}


# setting


def test_what_t1_never_sends_is_kept_with_a_warning_at_the_callers_line(campaign: Any) -> None:
    with pytest.warns(
        UnsentValueWarning, match="Campaign has no field 'nmae'.*not sent.*did you mean 'name'"
    ) as caught:
        campaign.nmae = "x"
    assert [warning.filename for warning in caught] == [__file__]
    assert campaign.nmae == "x"
    with pytest.warns(UnsentValueWarning, match="created_on is read-only: the value is not sent"):
        campaign.created_on = "2020-01-01"
    assert campaign.created_on is None
    with pytest.warns(UnsentValueWarning, match="id is read-only"):
        campaign.id = 8
    assert campaign.id == 7
    assert campaign.changes() == {}


def test_set_is_all_or_nothing(campaign: Any) -> None:
    campaign.io_name = "before"
    with pytest.raises(InvalidValueError, match="did you mean 'cpa'"):
        campaign.set({"name": "Summer", "io_name": "after", "goal_type": "cppa", "status": False})
    assert campaign.changes() == {"io_name": ("", "before")}
    campaign.set({"name": "Summer", "status": "0"})
    assert campaign.changes() == {"name": ("Spring", "Summer"), "status": (True, False), "io_name": ("", "before")}


def test_set_that_fails_before_any_change_leaves_none(campaign: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"Campaign.status .* cannot be 'perhaps'"):
        campaign.set({"name": "Summer", "status": "perhaps"})
    assert campaign.changes() == {}
    assert repr(campaign) == "<Campaign id=7 name='Spring'>"


def test_revert(campaign: Any) -> None:
    campaign.name, campaign.merit_pixel_id = "Summer", 3
    del campaign.pc_window_minutes
    assert len(campaign.changes()) == 3
    campaign.revert()
    assert campaign.changes() == {}
    assert (campaign.name, campaign.merit_pixel_id, campaign.pc_window_minutes) == ("Spring", None, 60)


def test_values_are_checked_as_they_are_set(campaign: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"Campaign.goal_type.*did you mean 'cpa'"):
        campaign.goal_type = "CPAA"
    with pytest.raises(InvalidValueError, match=r"Campaign.total_budget .number. cannot be 'much'"):
        Campaign(None, {"total_budget": "much"})
    with pytest.raises(InvalidValueError, match=r"status cannot be None.*del entity\.status"):
        campaign.status = None
    with pytest.raises(InvalidValueError, match=r"start_date cannot be emptied"):
        del campaign.start_date
    assert campaign.changes() == {}
    for name in ("id", "version", "created_on"):
        with pytest.raises(InvalidValueError, match=rf"Campaign\.{name}.*cannot be 'seven'"):
            Campaign(None, {name: "seven"})


def test_the_version_is_no_change(campaign: Any) -> None:
    campaign.version = 9
    assert (campaign.version, campaign.changes()) == (9, {})
    assert campaign.raw["version"] == 9


# the classic helpers


def test_new_from_properties_leaves_the_callers_dict_alone(t1: T1) -> None:
    given = {"name": "Spring", "advertiser_id": "12", "status": 1}
    campaign = t1.new("campaign", given, goal_type="cpa")
    assert (campaign.name, campaign.advertiser_id, campaign.status) == ("Spring", 12, True)
    assert list(campaign.changes()) == ["name", "status", "advertiser_id", "goal_type"]
    assert given == {"name": "Spring", "advertiser_id": "12", "status": 1}
    assert type(t1.new(Advertiser)) is Advertiser
    with pytest.raises(UnknownNameError, match="did you mean 'campaign"):
        t1.new("campain")


def test_properties_and_form_data(campaign: Any) -> None:
    campaign.name = "Summer"
    campaign.status = False
    properties = campaign.get_properties()
    assert (properties["name"], properties["status"], properties["goal_value"]) == ("Summer", False, 1.25)
    assert properties["start_date"] == datetime(2026, 3, 1, tzinfo=UTC)
    assert campaign.get_formdata() == {"name": "Summer", "status": "0"}
    everything = campaign.get_formdata(includeunchanged=True)
    assert everything["start_date"] == "2026-03-01T00:00:00"
    assert (everything["total_budget"], everything["status"], everything["merit_pixel_id"]) == ("20.0", "0", "")
    assert not {"id", "version", "created_on", "from_the_future"} & set(everything)
    assert (campaign.is_property("name"), campaign.is_property("nmae")) == (True, False)


def test_amounts_has_every_currency_exactly(campaign: Any) -> None:
    assert {code: str(amount) for code, amount in campaign.amounts("total_budget").items()} == {
        "USD": "20",
        "EUR": "18.5",
    }
    assert campaign.total_budget == 20.0
    assert campaign.amounts("spend_cap_amount") == {}


def test_an_organization_type_that_is_a_list_can_be_changed(offline: Any) -> None:
    row = {"entity_type": "organization", "id": 1, "version": 0, "org_type": ["buyer"]}
    organization = offline(row).get("organizations", 1)
    assert organization.org_type in ("buyer", ["buyer"])
    organization.org_type = "partner"
    assert organization.get_formdata() == {"org_type": "partner"}
    organization.revert()
    assert "[" not in organization.get_formdata(includeunchanged=True)["org_type"]


def test_no_warning_while_reading(campaign: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert campaign.to_dict()["id"] == 7


def test_a_whole_record_shows_all_its_fields(offline: Any, campaign_row: dict[str, Any]) -> None:
    t1 = offline(campaign_row, [{"entity_type": "campaign", "id": 7, "name": "x"}])
    whole = t1.get("campaigns", 7).to_dict()
    declared = [name for name, field in Campaign.__model__.fields.items() if not field.write_only]
    assert set(declared) <= set(whole)
    assert (whole["name"], whole["zone_name"]) == ("Spring", None)
    assert "zone_name" not in t1.campaigns.first().to_dict()
    assert "zone_name" not in Campaign(name="x").to_dict()
