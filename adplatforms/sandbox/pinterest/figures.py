"""Made-up figures that add up: the ads of an ad group make the ad group, days make the total, parts the whole.

Each ad has a weight, each hour a factor, each column a size, all of them whole numbers that follow from ids, dates and
names. A figure is their product, so sums over ads and days can be taken before or after and agree exactly. Rates and
costs are quotients of such sums. Attribution windows do not change a figure.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from adplatforms.sandbox.pinterest.rows import KINDS, Rows

PARTS = 10
"""Every figure is a multiple of this, so that targeting values can share it out exactly."""

_RATIO = ("CTR", "RATE", "CPC", "CPM", "CPE", "CPV", "CPCV", "COST", "ROAS", "FREQUENCY", "AVERAGE", "AVG", "LENGTH")
_COSTS = ("CPC", "CPM", "CPE", "CPV", "CPCV", "COST")
_WEIGHT = "SUM(id % 97 + 1)"

DESCRIBED = {
    "CAMPAIGN_NAME": ("campaigns", "name"),
    "CAMPAIGN_ENTITY_STATUS": ("campaigns", "status"),
    "CAMPAIGN_OBJECTIVE_TYPE": ("campaigns", "objective_type"),
    "CAMPAIGN_DAILY_SPEND_CAP": ("campaigns", "daily_spend_cap"),
    "CAMPAIGN_LIFETIME_SPEND_CAP": ("campaigns", "lifetime_spend_cap"),
    "CAMPAIGN_BUDGET_OPTIMIZATION": ("campaigns", "is_campaign_budget_optimization"),
    "AD_GROUP_NAME": ("ad_groups", "name"),
    "AD_GROUP_ENTITY_STATUS": ("ad_groups", "status"),
    "AD_GROUP_BUDGET_TYPE": ("ad_groups", "budget_type"),
    "AD_GROUP_BUDGET_IN_LOCAL_CURRENCY": ("ad_groups", "budget_in_micro_currency"),
    "AD_GROUP_BID_MULTIPLIER": ("ad_groups", "bid_multiplier"),
    "AD_NAME": ("ads", "name"),
    "PIN_ID": ("ads", "pin_id"),
    "AD_GROUP_ID": ("ad_groups", "id"),
    "CAMPAIGN_ID": ("campaigns", "id"),
    "AD_ID": ("ads", "id"),
    "PIN_PROMOTION_ID": ("ads", "id"),
}
"""Columns that describe the row: whose member they show. A row leaves out what it has no value for."""

WITHOUT_VALUE = {
    "CAMPAIGN_BRAND_LABEL",
    "PROMO_ID",
    "PROMO_NAME",
    "ORDER_LINE_ID",
    "ORDER_LINE_NAME",
    "AD_GROUP_OPTIMIZATION",
    "IS_PREMIERE_CAMPAIGN",
    "PRODUCT_GROUP_AD_IMAGE_TAG",
    "PRODUCT_GROUP_AD_VIDEO_TAG",
}
"""Columns that no row has a value for."""

ACCOUNT = ("ADVERTISER_ID", "AD_ACCOUNT_ID")

Period = tuple[date | None, Sequence[date], int | None]
"""What stands in `DATE`, the days it covers, and the hour where it covers one alone."""


def periods(granularity: str, start: date, end: date) -> Iterator[Period]:
    """The periods of a range, both ends included. Weeks begin on Monday; the first and last may be cut.

    The description gives an hourly row no column beside `DATE`: the 24 rows of a day follow each other.
    """
    days = [start + timedelta(days=step) for step in range((end - start).days + 1)]
    if granularity == "TOTAL":
        yield None, days, None
    elif granularity == "HOUR":
        for day in days:
            for hour in range(24):
                yield day, [day], hour
    else:
        groups: dict[Any, list[date]] = {}
        for day in days:
            groups.setdefault(_group(granularity, day), []).append(day)
        for some in groups.values():
            yield some[0], some, None


def _group(granularity: str, day: date) -> Any:
    if granularity == "WEEK":
        return day.isocalendar()[:2]
    return (day.year, day.month) if granularity == "MONTH" else day


def values(columns: Sequence[str], weight: int, period: Period, parts: int = PARTS) -> dict[str, int | float]:
    """The figures of one row. `parts` of ten go to one targeting value."""
    _, days, hour = period
    spend = weight * _factor(3, days, hour) * parts
    volume = weight * _factor(5, days, hour) * parts
    found: dict[str, int | float] = {}
    for name in columns:
        if name not in DESCRIBED and name not in ACCOUNT and name not in WITHOUT_VALUE:
            found[name] = _value(name, spend, volume)
    return found


def _value(name: str, spend: int, volume: int) -> int | float:
    micro = spend * 1_000
    if any(word in name for word in _RATIO):
        if any(word in name for word in _COSTS):
            made = micro / (volume * size(name))
            return made if "MICRO" in name else made / 1_000_000
        return round(size(name) / 100, 4)
    if "SPEND" in name:
        return micro if "MICRO" in name else micro / 1_000_000
    return volume * size(name) * (1_000_000 if "VALUE_IN_MICRO" in name else 1)


@cache
def size(name: str) -> int:
    """How large a column is beside others. `TOTAL_X` is `X_1` (paid) and `X_2` (earned) together."""
    stem = name.removeprefix("TOTAL_")
    if stem != name and stem in ("IMPRESSION", "CLICKTHROUGH", "REPIN", "ENGAGEMENT", "WEB_SESSIONS"):
        return size(f"{stem}_1") + size(f"{stem}_2")
    if name in ("PAID_IMPRESSION", "IMPRESSION_1_GROSS"):
        return size("IMPRESSION_1")
    return (zlib.crc32(name.encode()) % 9 + 1) * (100 if "IMPRESSION" in name else 1)


@cache
def _hours(step: int, day: date) -> tuple[int, ...]:
    return tuple((day.toordinal() * 7 + hour * step) % 5 + 1 for hour in range(24))


def _factor(step: int, days: Sequence[date], hour: int | None) -> int:
    if hour is not None:
        return _hours(step, days[0])[hour]
    return sum(sum(_hours(step, day)) for day in days)


def weights(rows: Rows, column: str, keys: Sequence[str] | None, where: Mapping[str, str]) -> dict[str, int]:
    """The summed weight of the ads by a column of theirs (`key`, `up`, `top`, `scope` or `$.member`)."""
    name = f"json_extract(data, '{column}')" if column.startswith("$") else column
    sql, given = "1", []
    for condition, value in where.items():
        sql += f" AND {condition} = ?"
        given.append(value)
    if keys is not None:
        sql += f" AND {name} IN ({','.join('?' * len(keys))})"
        given += keys
    table = KINDS["ads"].table
    found = rows.store.query(f"SELECT {name} AS k, {_WEIGHT} AS w FROM {table} WHERE {sql} GROUP BY {name}", given)
    return {str(row["k"]): int(row["w"] or 0) for row in found}


def own_weight(id: str) -> int:
    """The weight of a row that has no ads under it."""
    return int(id) % 97 + 1


def described(rows: Rows, kind: str, key: str, account: str, columns: Sequence[str]) -> dict[str, Any]:
    """The columns that describe a row, read from it and its parents. Values that are null are left out."""
    wanted = [name for name in columns if name in DESCRIBED]
    found: dict[str, Any] = {name: account for name in columns if name in ACCOUNT}
    if not wanted:
        return found
    row = rows.find(kind, key, account)
    own = {kind: row.data} if row else {}
    for parent, link in (("ad_groups", "ad_group_id"), ("campaigns", "campaign_id")):
        for child in list(own.values()):
            above = rows.find(parent, child[link], account) if link in child else None
            if above:
                own.setdefault(parent, above.data)
    for name in wanted:
        source, member = DESCRIBED[name]
        value = own.get(source, {}).get(member)
        if value is not None:
            found[name] = value
    return found
