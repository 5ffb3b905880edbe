"""What a type checker makes of Pinterest's session, entities and jobs. Read by mypy, never run."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, assert_type

from adplatforms.core.query import Query
from adplatforms.pinterest import Pinterest
from adplatforms.pinterest.entities import AdGroup, Campaign, Pin
from adplatforms.pinterest.jobs import BulkJob, ReportJob
from adplatforms.pinterest.operations import EventResult


def by_attribute(pin: Pinterest) -> None:
    assert_type(pin.campaigns, Query[Campaign])
    assert_type(pin.ad_groups.one(), AdGroup)
    assert_type(pin.using(timeout=5), Pinterest)


def entities(campaign: Campaign, group: AdGroup) -> None:
    assert_type(campaign.name, str)
    assert_type(campaign.start_time, datetime)
    assert_type(campaign.daily_spend_cap, Decimal)
    assert_type(campaign.is_performance_plus, bool)
    assert_type(campaign.ad_groups, list[AdGroup])
    assert_type(group.campaign, Campaign)


def calls(pin: Pinterest, campaign: Campaign) -> None:
    assert_type(pin.submit_report("CAMPAIGN", "CTR", "2026-10-01", "2026-10-31"), ReportJob)
    assert_type(pin.bulk_download("CAMPAIGN").result(), list[dict[str, Any]])
    assert_type(pin.bulk_job("7"), BulkJob)
    assert_type(pin.send_events([]), list[EventResult])
    assert_type(pin.search_pins("shoes"), Iterator[Pin])
    assert_type(campaign.analytics("CTR", "2026-10-01", "2026-10-31", click_window_days=0), list[dict[str, Any]])
    campaign.analytics("CTR", "2026-10-01", "2026-10-31", click_window_day=0)  # type: ignore[call-arg]


def known_by_id(pin: Pinterest) -> None:
    assert_type(pin.reference(Campaign, "320000000000", ad_account_id="1"), Campaign)
