"""What every strategy did on every day: made up, the same on every run, never stored.

A campaign spends a part of its budget, evenly over its flight with some noise; its strategies share that, each
within its own budget and dates. A day of a strategy is the smallest unit, in whole numbers, so that strategies
add up to their campaign, days to their month, and the parts of a breakdown to the whole. The data ends on the
day before the seed's present (2026-11-15). Amounts are in the currency of the campaign.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from zlib import crc32

from adplatforms.sandbox.store import Row, Store
from adplatforms.sandbox.t1.seed.rows import NOW

LAST_DAY = NOW.date() - timedelta(days=1)
STEP = 20
"""Spend comes in steps of 20 cents, so that its parts of 5 % are whole cents."""


class Figures(NamedTuple):
    """What is counted; spend and revenue in cents."""

    spend: int = 0
    impressions: int = 0
    clicks: int = 0
    post_click_conversions: int = 0
    post_view_conversions: int = 0
    post_click_revenue: int = 0
    post_view_revenue: int = 0

    def plus(self, other: Figures) -> Figures:
        """The sum of both."""
        return Figures(*map(int.__add__, self, other))

    def part(self, share: int, before: int) -> Figures:
        """A hundredth times `share` of this, the parts before it having had `before` hundredths.

        The parts of shares that make 100 add up to the whole.
        """
        steps = self.spend // STEP
        found = [value * (before + share) // 100 - value * before // 100 for value in (steps, *self[1:])]
        return Figures(found[0] * STEP, *found[1:])


@dataclass(frozen=True)
class Line:
    """A strategy as the reports see it: what it is called at every level, its days and its money.

    `names` are its values by dimension; `daily` is what it may spend a day, in cents.
    """

    names: Row
    id: int
    first: date
    last: date
    daily: int

    def days(self, first: date, last: date) -> Iterator[tuple[date, Figures]]:
        """Each day of a span on which it spent something."""
        cpm = 150 + crc32(b"cpm%d" % self.id) % 600
        day, end = max(first, self.first), min(last, self.last, LAST_DAY)
        while day <= end:
            noise = crc32(b"%d:%d" % (self.id, day.toordinal()))
            spend = self.daily * (60 + noise % 40) // 100 // STEP * STEP
            if spend:
                impressions = spend * 1000 // cpm
                clicks = impressions * (4 + noise // 40 % 30) // 10_000
                after_click = clicks * (noise // 1200 % 12) // 100
                after_view = impressions * (noise // 14_400 % 9) // 100_000
                order = 1500 + noise // 129_600 % 6000
                yield (
                    day,
                    Figures(
                        spend, impressions, clicks, after_click, after_view, after_click * order, after_view * order
                    ),
                )
            day += timedelta(days=1)


def lines(store: Store, first: date, last: date) -> list[Line]:
    """The strategies of all campaigns that run on some day of a span, by id."""
    rows = store.query(
        "SELECT o.id AS organization_id, o.name AS organization_name, g.id AS agency_id, g.name AS agency_name,"
        " a.id AS advertiser_id, a.name AS advertiser_name, c.id AS campaign_id, c.name AS campaign_name,"
        " c.goal_type AS campaign_goal_type, c.currency_code AS campaign_currency,"
        " s.id AS strategy_id, s.name AS strategy_name, s.type AS strategy_type,"
        " c.start_date, c.end_date, c.total_budget, s.budget, s.start_date AS own_start, s.end_date AS own_end"
        " FROM t1_strategy s JOIN t1_campaign c ON c.id = s.campaign_id"
        " JOIN t1_advertiser a ON a.id = c.advertiser_id JOIN t1_agency g ON g.id = a.agency_id"
        " JOIN t1_organization o ON o.id = g.organization_id"
        " WHERE substr(c.start_date, 1, 10) <= ? AND substr(c.end_date, 1, 10) >= ? ORDER BY s.id",
        (last.isoformat(), first.isoformat()),
    )
    weights: dict[object, int] = {}
    for row in rows:
        weights[row["campaign_id"]] = weights.get(row["campaign_id"], 0) + _weight(row)
    return [_line(row, weights[row["campaign_id"]]) for row in rows]


def _weight(row: Row) -> int:
    return 1 + crc32(f"weight{row['strategy_id']}".encode()) % 9


def _line(row: Row, weights: int) -> Line:
    id = row["strategy_id"]
    assert isinstance(id, int)
    first, last = _day(row["start_date"]), _day(row["end_date"])
    pace = 60 + crc32(f"pace{row['campaign_id']}".encode()) % 38
    budget = int(float(row["total_budget"] or 0) * pace) * _weight(row) // weights
    if row["budget"] is not None:
        budget = min(budget, int(float(row["budget"]) * 95))
    return Line(
        names={name: row[name] for name in DIMENSIONS},
        id=id,
        first=max(first, _day(row["own_start"])) if row["own_start"] else first,
        last=min(last, _day(row["own_end"])) if row["own_end"] else last,
        daily=budget // ((last - first).days + 1),
    )


def _day(time: object) -> date:
    return date.fromisoformat(str(time)[:10])


DIMENSIONS: Sequence[str] = (
    "organization_id",
    "organization_name",
    "agency_id",
    "agency_name",
    "advertiser_id",
    "advertiser_name",
    "campaign_id",
    "campaign_name",
    "campaign_goal_type",
    "campaign_currency",
    "strategy_id",
    "strategy_name",
    "strategy_type",
)
