"""Figures of the sandbox add up: hours to days, days to totals, ad groups to campaigns, publishers to all of them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from adplatforms.sandbox.ttd import figures

REPORTING = "reporting { generalReporting { nodes { metrics { impressions clicks spend { advertiserCurrency } } } } }"


def totals(node: Any) -> tuple[int, int, float]:
    (row,) = node["reporting"]["generalReporting"]["nodes"]
    metrics = row["metrics"]
    return metrics["impressions"], metrics["clicks"], metrics["spend"]["advertiserCurrency"]


def added(rows: list[tuple[int, int, float]]) -> tuple[int, int, float]:
    return sum(row[0] for row in rows), sum(row[1] for row in rows), round(sum(row[2] for row in rows), 2)


def test_ad_groups_add_up_to_their_campaign_and_campaigns_to_the_advertiser(desk: Any) -> None:
    groups = f"adGroups(first: 100) {{ nodes {{ {REPORTING} }} }}"
    campaigns = f"campaigns(first: 1000) {{ nodes {{ {REPORTING} {groups} }} }}"
    found = desk.data(f'{{ advertiser(id: "adv0002") {{ {REPORTING} {campaigns} }} }}')["advertiser"]
    nodes = found["campaigns"]["nodes"]
    for campaign in nodes[:20]:
        assert added([totals(group) for group in campaign["adGroups"]["nodes"]]) == pytest.approx(totals(campaign))
    assert added([totals(campaign) for campaign in nodes]) == pytest.approx(totals(found))


def test_a_date_is_compared_with_both_ends(desk: Any) -> None:
    asked = """{ campaign(id: "cmp0012") { reporting { generalReporting(where: {date: {gte: "2026-02-01",
        lte: "2026-02-02T00:00:00Z"}}) { nodes { dimensions { time { day } } } } } } }"""
    nodes = desk.data(asked)["campaign"]["reporting"]["generalReporting"]["nodes"]
    assert [node["dimensions"]["time"]["day"] for node in nodes] == ["2026-02-01", "2026-02-02"]
    assert desk.code(asked.replace("2026-02-01", "soon")) == "VALIDATION_FAILURE"


def test_the_present_day_has_the_hours_that_are_over() -> None:
    group = {"id": "adg1", "campaignId": "cmp1", "flights": [{"campaignFlightId": 7}]}
    flight = {"id": "7", "startDateInclusiveUTC": "2026-11-01T00:00:00", "budgetInAdvertiserCurrency": 90000.0}

    class Records:
        def find(self, kind: str, *conditions: Any) -> list[Any]:
            return [flight]

    now = datetime(2026, 11, 3, 6, 30, tzinfo=UTC)
    records: Any = Records()
    days = figures.by_day(records, "AdGroup", group, (None, None), now)
    hours = figures.by_hour(records, "AdGroup", group, (None, None), now)
    assert set(days) == {date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3)}
    assert max(hours) == datetime(2026, 11, 3, 5, tzinfo=UTC)
    for day, whole in days.items():
        parts = [one for hour, one in hours.items() if hour.date() == day]
        assert whole == {name: sum(part[name] for part in parts) for name in whole}
    by_publisher = figures.by_publisher(days[date(2026, 11, 1)]).values()
    assert days[date(2026, 11, 1)]["spend"] == sum(one["spend"] for one in by_publisher)


def test_a_report_at_once_is_a_file(desk: Any) -> None:
    made = desk.data(
        """mutation { campaignReportExecute(input: {id: "cmp0012", report: GEO})
            { data { id url hasSampleData } userErrors { message } } }"""
    )["campaignReportExecute"]
    assert (made["data"]["id"], made["userErrors"]) == (None, [])
    assert "/files/" in made["data"]["url"]
