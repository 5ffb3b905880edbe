"""Analytics: figures that add up, ranges that are checked."""

from datetime import date
from typing import Any

import pytest

from adplatforms.sandbox.pinterest import AD_ACCOUNT_ID
from adplatforms.sandbox.pinterest.seed import first

ACCOUNT = f"/ad_accounts/{AD_ACCOUNT_ID}"
ALL = ["ACTIVE", "PAUSED", "ARCHIVED", "DRAFT"]


def sums(rows: list[dict[str, Any]], column: str) -> float:
    return float(sum(row[column] for row in rows))


def test_figures_add_up(api: Any) -> None:
    columns = ["SPEND_IN_MICRO_DOLLAR", "TOTAL_IMPRESSION", "IMPRESSION_1", "IMPRESSION_2"]
    query = {"start_date": api.day(10), "end_date": api.day(4), "columns": ",".join(columns), "granularity": "TOTAL"}
    key = first("campaigns")
    groups = api.ids(f"{ACCOUNT}/ad_groups", campaign_ids=key, entity_statuses=ALL)
    ads = api.ids(f"{ACCOUNT}/ads", campaign_ids=key, entity_statuses=ALL)
    campaigns = api.get(f"{ACCOUNT}/campaigns/analytics", campaign_ids=key, **query)
    by_day = api.get(f"{ACCOUNT}/campaigns/analytics", campaign_ids=key, **{**query, "granularity": "DAY"})
    by_week = api.get(f"{ACCOUNT}/campaigns/analytics", campaign_ids=key, **{**query, "granularity": "WEEK"})
    by_group = api.get(f"{ACCOUNT}/ad_groups/analytics", ad_group_ids=groups, **query)
    by_ad = api.get(f"{ACCOUNT}/ads/analytics", ad_ids=ads, **query)
    gender = api.get(f"{ACCOUNT}/campaigns/targeting_analytics", campaign_ids=key, targeting_types="GENDER", **query)
    for column in columns:
        whole = campaigns[0][column]
        for parts in (by_day, by_week, by_group, by_ad, [one["metrics"] for one in gender["data"]]):
            assert sums(parts, column) == whole, column
    assert campaigns[0]["TOTAL_IMPRESSION"] == campaigns[0]["IMPRESSION_1"] + campaigns[0]["IMPRESSION_2"]
    assert [row["DATE"] for row in by_day] == [api.day(back) for back in range(10, 3, -1)]
    assert "DATE" not in campaigns[0]


def test_the_account_is_the_sum_of_its_campaigns(api: Any) -> None:
    query = {
        "start_date": api.day(3),
        "end_date": api.day(3),
        "columns": "SPEND_IN_MICRO_DOLLAR",
        "granularity": "TOTAL",
    }
    ids = api.ids(f"{ACCOUNT}/campaigns", entity_statuses=ALL, page_size=250)
    rows: list[dict[str, Any]] = []
    for start in range(0, len(ids), 250):
        rows += api.get(f"{ACCOUNT}/campaigns/analytics", campaign_ids=ids[start : start + 250], **query)
    (account,) = api.get(f"{ACCOUNT}/analytics", **query)
    assert account["SPEND_IN_MICRO_DOLLAR"] == sums(rows, "SPEND_IN_MICRO_DOLLAR")


def test_hours_add_up_to_the_day(api: Any) -> None:
    query = {"campaign_ids": first("campaigns"), "columns": "SPEND_IN_MICRO_DOLLAR", "start_date": api.day(3)}
    path = f"{ACCOUNT}/campaigns/analytics"
    hours = api.get(path, end_date=api.day(3), granularity="HOUR", **query)
    (day,) = api.get(path, end_date=api.day(3), granularity="DAY", **query)
    assert len(hours) == 24
    assert sums(hours, "SPEND_IN_MICRO_DOLLAR") == day["SPEND_IN_MICRO_DOLLAR"]


@pytest.mark.parametrize(
    ("start", "end", "granularity", "words"),
    [
        (2, 3, "DAY", "must not be after"),
        (100, 50, "DAY", "last 90 days"),
        (12, 10, "HOUR", "last 8 days"),
        (6, 1, "HOUR", "3 days long"),
    ],
)
def test_ranges_are_checked(api: Any, start: int, end: int, granularity: str, words: str) -> None:
    query = {"start_date": api.day(start), "end_date": api.day(end), "granularity": granularity, "columns": "CTR"}
    status, code, message = api.refused(f"{ACCOUNT}/analytics", **query)
    assert (status, code) == (400, 1)
    assert words in message


def test_ads_are_chosen_by_id_or_by_campaign_and_pin(api: Any) -> None:
    query = {"start_date": api.day(3), "end_date": api.day(3), "columns": "CTR", "granularity": "TOTAL"}
    path = f"{ACCOUNT}/ads/analytics"
    assert api.refused(path, **query)[:2] == (400, 1)
    assert api.refused(path, campaign_ids="1", **query)[:2] == (400, 1)
    (ad,) = api.get(f"{ACCOUNT}/ads", ad_ids=first("ads"))["items"]
    rows = api.get(path, campaign_ids=ad["campaign_id"], pin_ids=ad["pin_id"], **query)
    assert [row["AD_ID"] for row in rows] == [ad["id"]]


def test_organic_days_add_up(api: Any) -> None:
    query = {"start_date": api.day(9), "end_date": api.day(3), "metric_types": "IMPRESSION,SAVE"}
    found = api.get(f"/pins/{first('pins')}/analytics", **query)["all"]
    assert sums([day["metrics"] for day in found["daily_metrics"]], "SAVE") == found["summary_metrics"]["SAVE"]
    split = api.get(f"/pins/{first('pins')}/analytics", split_field="APP_TYPE", **query)
    whole = sum(part["summary_metrics"]["SAVE"] for part in split.values())
    assert whole == found["summary_metrics"]["SAVE"]


def test_dates_of_weeks_lie_in_the_range(api: Any) -> None:
    query = {"start_date": api.day(16), "end_date": api.day(3), "columns": "CTR", "granularity": "WEEK"}
    found = [date.fromisoformat(row["DATE"]) for row in api.get(f"{ACCOUNT}/analytics", **query)]
    assert found[0] == date.fromisoformat(api.day(16))
    assert all(day.weekday() == 0 for day in found[1:])


def test_a_date_that_does_not_exist_is_refused(api: Any) -> None:
    query = {"start_date": "2026-02-30", "end_date": "2026-03-01", "granularity": "DAY", "columns": "CTR"}
    assert "Invalid date" in api.refused(f"{ACCOUNT}/analytics", **query)[2]
