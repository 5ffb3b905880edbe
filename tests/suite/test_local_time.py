"""Moments without an offset, and days where a record runs: the same on every platform."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adplatforms import filters
from adplatforms.core.errors import ClientError, InvalidValueError, NaiveTimeWarning, NotLoaded
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.pinterest.entities import Campaign as PinterestCampaign
from adplatforms.sandbox import Sandbox
from adplatforms.ttd.entities import AdGroup as TTDAdGroup
from adplatforms.ttd.entities import Campaign as TTDCampaign
from terminalone import T1
from terminalone.entities import Advertiser, Campaign, Strategy

NEW_YORK = ZoneInfo("America/New_York")
STARTS = {"t1": "start_date", "ttd": "start_date", "pinterest": "start_time"}


@pytest.fixture(params=STARTS)
def platform(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def session(platform: str, sandbox: Sandbox) -> Any:
    with getattr(sandbox, platform)() as session:
        yield session


@pytest.mark.parametrize("naive", [datetime(2026, 12, 1, 9, 30), date(2026, 12, 1)])
def test_a_moment_without_an_offset_is_utc_and_told_once(session: Any, platform: str, naive: Any) -> None:
    one, other = list(session.campaigns.full().take(2))
    meant = datetime(2026, 12, 1, 9 * (type(naive) is datetime), 30 * (type(naive) is datetime), tzinfo=UTC)
    with pytest.warns(NaiveTimeWarning, match="no offset and is taken as UTC") as told:
        setattr(one, STARTS[platform], naive)
    assert told[0].filename == __file__
    assert getattr(one, STARTS[platform]) == meant
    setattr(other, STARTS[platform], naive)
    other.set({STARTS[platform]: naive})
    query = session.using(timeout=7).campaigns.where(**{STARTS[platform]: naive})
    assert query.conditions[0].value == meant


def test_text_and_aware_moments_say_what_is_meant(session: Any, platform: str) -> None:
    campaign = session.campaigns.full().first()
    for moment in ("2026-12-01", "2026-12-01T09:30:00", datetime(2026, 12, 1, tzinfo=NEW_YORK)):
        setattr(campaign, STARTS[platform], moment)
    assert getattr(campaign, STARTS[platform]) == datetime(2026, 12, 1, 5, tzinfo=UTC)


def test_conditions_are_told_too(session: Any, platform: str) -> None:
    field = session.campaigns.field(STARTS[platform])
    condition = field >= date(2026, 12, 1)
    with pytest.warns(NaiveTimeWarning, match=rf"{STARTS[platform]} >= .*taken as UTC.*local\(2026, 12, 1\)") as told:
        session.campaigns.where(condition)
    assert told[0].filename == __file__
    session.campaigns.where(condition)


def test_find_is_told_too(session: Any, platform: str) -> None:
    with pytest.warns(NaiveTimeWarning, match="taken as UTC"):
        session.find("campaigns", STARTS[platform], filters.GREATER, datetime(2026, 12, 1), get_all=True)


def campaign(**values: Any) -> Campaign:
    """A whole T1 campaign."""
    row = {"entity_type": "campaign", "id": 7, "version": 1, "name": "x", **values}
    session = T1(
        "user", auth_method="delayed", transport=FakeTransport([reply({"data": row, "meta": {"status": "ok"}})])
    )
    found: Campaign = session.get("campaigns", 7)
    return found


def test_the_zone_is_named_where_it_is_loaded() -> None:
    one = campaign(zone_name="America/New_York")
    with pytest.warns(NaiveTimeWarning, match="this record runs in America/New_York"):
        one.start_date = date(2026, 12, 1)
    assert one.start_date == datetime(2026, 12, 1, tzinfo=UTC)


def test_a_local_day_is_that_of_the_record() -> None:
    one = campaign(zone_name="America/New_York")
    one.start_date = one.local(2026, 12, 1)
    assert one.start_date == datetime(2026, 12, 1, 5, tzinfo=UTC)
    assert one.local(2026, 6, 1, 9, 30).isoformat() == "2026-06-01T09:30:00-04:00"
    assert one.local(2026, 6, 1, 9, 30, 15, zone="Asia/Kolkata") == datetime(2026, 6, 1, 4, 0, 15, tzinfo=UTC)
    assert one.local(2026, 6, 1, zone=UTC) == datetime(2026, 6, 1, tzinfo=UTC)
    one.zone_name = "Europe/Berlin"
    assert one.local(2026, 12, 1).utcoffset() == timedelta(hours=1)


def test_clocks_that_are_turned() -> None:
    one = campaign(zone_name="America/New_York")
    # On 8 March 2026 clocks go from 2:00 to 3:00, on 1 November from 2:00 back to 1:00.
    assert one.local(2026, 3, 8, 1, 59).isoformat() == "2026-03-08T01:59:00-05:00"
    assert one.local(2026, 3, 8, 2, 30).isoformat() == "2026-03-08T03:30:00-04:00"
    assert one.local(2026, 3, 8, 2, 30, fold=1).isoformat() == "2026-03-08T03:30:00-04:00"
    assert one.local(2026, 11, 1, 1, 30).isoformat() == "2026-11-01T01:30:00-04:00"
    assert one.local(2026, 11, 1, 1, 30, fold=1).isoformat() == "2026-11-01T01:30:00-05:00"
    # A day that begins at one o'clock.
    assert one.local(2018, 11, 4, zone="America/Sao_Paulo").isoformat() == "2018-11-04T01:00:00-02:00"


def test_the_zone_of_the_campaign_counts_for_what_is_below_it(sandbox: Sandbox) -> None:
    with sandbox.ttd() as ttd:
        group = ttd.ad_groups.include("campaign").first()
        assert isinstance(group, TTDAdGroup)
        zone = group.campaign.time_zone
        assert str(group.local(2026, 12, 1).tzinfo) == zone
        assert str(group.campaign.local(2026, 12, 1).tzinfo) == zone
    with sandbox.t1() as t1:
        strategy: Strategy = t1.strategies.include("campaign").full().first()
        assert str(strategy.local(2026, 12, 1).tzinfo) == strategy.zone_name or strategy.campaign.zone_name


def test_a_zone_that_is_not_loaded(sandbox: Sandbox) -> None:
    with (
        sandbox.t1() as t1,
        pytest.raises(NotLoaded, match=r"time zone of campaign \d+ is not loaded.*zone_name.*refre"),
    ):
        t1.campaigns.first().local(2026, 12, 1)
    with pytest.raises(NotLoaded, match=r"new campaign has no time zone yet \(set zone_name first, or name the zone"):
        Campaign().local(2026, 12, 1)
    with pytest.raises(NotLoaded, match=r"new campaign has no time zone yet \(set time_zone or time_zone_iana first"):
        TTDCampaign().local(2026, 12, 1)
    with pytest.raises(NotLoaded, match="no time zone yet"):
        Advertiser().local(2026, 12, 1)


def test_a_platform_that_tells_no_zone() -> None:
    with pytest.raises(ClientError, match=r"Pinterest does not say in which time zone a campaign runs \(name the zone"):
        PinterestCampaign().local(2026, 12, 1)
    assert PinterestCampaign().local(2026, 12, 1, zone=NEW_YORK) == datetime(2026, 12, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Mars/Phobos", "", "../etc/passwd", "\x00", 7])
def test_what_is_not_a_zone(zone: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"is not a time zone .*knows \(an IANA name.*tzdata"):
        PinterestCampaign().local(2026, 12, 1, zone=zone)


@pytest.mark.parametrize("parts", [(2026, 13, 1), (2026, 2, 29), (2026, "2", 1), (9999, 12, 31, 23), (0, 1, 1)])
def test_what_is_not_a_date(parts: Any) -> None:
    with pytest.raises(InvalidValueError, match="is not a date and time"):
        PinterestCampaign().local(*parts, zone="America/New_York")
