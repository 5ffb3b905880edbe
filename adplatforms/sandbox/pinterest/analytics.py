"""Analytics that are answered at once: by account, campaign, ad group, ad, product group and pin, and by targeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from adplatforms.sandbox.pinterest import figures
from adplatforms.sandbox.pinterest.context import Context, handles
from adplatforms.sandbox.pinterest.errors import invalid
from adplatforms.sandbox.pinterest.reading import Call

MOST_DAYS_BACK, MOST_DAYS = 90, 90
MOST_DAYS_BACK_BY_HOUR, MOST_DAYS_BY_HOUR = 8, 3

TARGETS: dict[str, Sequence[tuple[Any, int]]] = {
    "KEYWORD": (("christmas decor ideas", 7), ("café au lait", 3)),
    "APPTYPE": (("iphone", 5), ("android_mobile", 3), ("web", 2)),
    "GENDER": (("female", 7), ("male", 2), ("unknown", 1)),
    "LOCATION": ((500, 6), (501, 4)),
    "PLACEMENT": (("SEARCH", 4), ("BROWSE", 6)),
    "COUNTRY": (("US", 6), ("FR", 4)),
    "AGE_BUCKET": (("25-34", 5), ("35-44", 3), ("45-49", 2)),
    "GEO": (("US", 6), ("FR", 4)),
    "REGION": (("California", 6), ("Île-de-France", 4)),
}
"""Values by targeting type, and their share in tenths. Types that are not here have one value of their own name."""


@dataclass(frozen=True)
class Level:
    """What the rows of a report are: the kind of entity, its id column, and the column of the ads that leads there."""

    kind: str
    id: str
    column: str


LEVELS = {
    "ad_accounts": Level("ad_accounts", "AD_ACCOUNT_ID", "scope"),
    "campaigns": Level("campaigns", "CAMPAIGN_ID", "top"),
    "ad_groups": Level("ad_groups", "AD_GROUP_ID", "up"),
    "ads": Level("ads", "AD_ID", "key"),
    "product_group_promotions": Level("product_group_promotions", "PRODUCT_GROUP_ID", "key"),
    "pins": Level("pins", "PIN_ID", "$.pin_id"),
}


def weighed(
    context: Context, level: Level, account: str, keys: Sequence[str] | None, where: dict[str, str] | None = None
) -> dict[str, int]:
    """The weight of each entity that exists, in the order asked for. Those nobody asked for by id come by id."""
    if level.kind == "product_group_promotions":
        found = {row.key: figures.own_weight(row.key) for row in context.rows.select(level.kind, {"scope": account})}
    else:
        found = figures.weights(context.rows, level.column, keys, {"scope": account, **(where or {})})
    wanted = sorted(found, key=int) if keys is None else [key for key in dict.fromkeys(keys) if key in found]
    return {key: found[key] for key in wanted}


def rows(
    context: Context, level: Level, account: str, weights: dict[str, int], columns: Sequence[str], spans: Any
) -> Iterator[dict[str, Any]]:
    """The flat rows of a report: id, `DATE` where the granularity has one, and the columns."""
    for key, weight in weights.items():
        named = {level.id: key, **figures.described(context.rows, level.kind, key, account, columns)}
        for period in spans:
            row = {level.id: key} if period[0] is None else {"DATE": period[0].isoformat(), level.id: key}
            yield {**row, **named, **figures.values(columns, weight, period)}


def span(
    context: Context, start: str, end: str, granularity: str, back: int = MOST_DAYS_BACK, days: int = MOST_DAYS
) -> tuple[date, date]:
    """The range of a report.

    Raises:
        Refusal: 400, a date that does not exist, the ends in the wrong order, too far back or too long.
    """
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        raise invalid(f"Invalid date: {start}, {end}") from None
    if granularity == "HOUR":
        back, days = MOST_DAYS_BACK_BY_HOUR, MOST_DAYS_BY_HOUR
    if first > last:
        raise invalid("start_date must not be after end_date")
    if (last - first).days > days:
        raise invalid(f"The range may be {days} days long at most for granularity {granularity}")
    if first < context.services.now().date() - timedelta(days=back):
        raise invalid(f"You can only get data from the last {back} days for granularity {granularity}")
    return first, last


def _asked(context: Context, call: Call) -> tuple[list[str], list[figures.Period]]:
    query = call.query
    first, last = span(context, query["start_date"], query["end_date"], query["granularity"])
    return query["columns"], list(figures.periods(query["granularity"], first, last))


def _flat(context: Context, call: Call, level: Level, weights: dict[str, int]) -> list[dict[str, Any]]:
    columns, spans = _asked(context, call)
    return list(rows(context, level, call.account, weights, columns, spans))


@handles("ad_account/analytics")
def of_account(context: Context, call: Call) -> Any:
    """The account as a whole."""
    level = LEVELS["ad_accounts"]
    return _flat(context, call, level, weighed(context, level, call.account, None))


@handles("campaigns/analytics")
def of_campaigns(context: Context, call: Call) -> Any:
    """Campaigns by id."""
    return _flat(context, call, LEVELS["campaigns"], _by(context, call, "campaigns", "campaign_ids"))


@handles("ad_groups/analytics")
def of_ad_groups(context: Context, call: Call) -> Any:
    """Ad groups by id."""
    return _flat(context, call, LEVELS["ad_groups"], _by(context, call, "ad_groups", "ad_group_ids"))


@handles("ads/analytics")
def of_ads(context: Context, call: Call) -> Any:
    """Ads by id, or the ads of campaigns that show certain pins: either `ad_ids` or both others."""
    pairs = {"campaign_ids", "pin_ids"} & call.given
    if ("ad_ids" in call.given) == bool(pairs) or len(pairs) == 1:
        raise invalid("Give ad_ids, or campaign_ids and pin_ids")
    keys = call.query.get("ad_ids")
    if pairs:
        where = {"scope": call.account, "top": call.query["campaign_ids"], "$.pin_id": call.query["pin_ids"]}
        keys = [row.key for row in context.rows.select("ads", where)]
    return _flat(context, call, LEVELS["ads"], weighed(context, LEVELS["ads"], call.account, keys))


@handles("ad_pins/analytics")
def of_ad_pins(context: Context, call: Call) -> Any:
    """The pins that a campaign shows."""
    campaign = {"top": call.query["campaign_id"]}
    weights = weighed(context, LEVELS["pins"], call.account, call.query["pin_ids"], campaign)
    return _flat(context, call, LEVELS["pins"], weights)


@handles("product_groups/analytics")
def of_product_groups(context: Context, call: Call) -> Any:
    """Product group promotions, which this operation calls product groups."""
    weights = _by(context, call, "product_group_promotions", "product_group_ids")
    return _flat(context, call, LEVELS["product_group_promotions"], weights)


def _by(context: Context, call: Call, name: str, param: str) -> dict[str, int]:
    return weighed(context, LEVELS[name], call.account, call.query[param])


@handles("ad_account_targeting_analytics/get")
def account_by_targeting(context: Context, call: Call) -> Any:
    """The account by targeting value."""
    return _targeted(context, call, "ad_accounts", None)


@handles("campaign_targeting_analytics/get")
def campaigns_by_targeting(context: Context, call: Call) -> Any:
    """Campaigns by targeting value."""
    return _targeted(context, call, "campaigns", "campaign_ids")


@handles("ad_groups_targeting_analytics/get")
def ad_groups_by_targeting(context: Context, call: Call) -> Any:
    """Ad groups by targeting value."""
    return _targeted(context, call, "ad_groups", "ad_group_ids")


@handles("ad_targeting_analytics/get")
def ads_by_targeting(context: Context, call: Call) -> Any:
    """Ads by targeting value."""
    return _targeted(context, call, "ads", "ad_ids")


def _targeted(context: Context, call: Call, name: str, param: str | None) -> Any:
    """Ids are numbers here, as in the description's example."""
    level = LEVELS[name]
    columns, spans = _asked(context, call)
    weights = weighed(context, level, call.account, call.query[param] if param else None)
    return {"data": list(targeted(level, weights, columns, spans, call.query["targeting_types"]))}


def targeted(
    level: Level, weights: dict[str, int], columns: Sequence[str], spans: Any, types: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Rows by targeting type and value; the values of one type share the figures of the entity."""
    for kind in types:
        for value, parts in TARGETS.get(kind, ((kind.lower(), figures.PARTS),)):
            for key, weight in weights.items():
                for period in spans:
                    metrics: dict[str, Any] = {level.id: int(key)}
                    if period[0] is not None:
                        metrics["DATE"] = period[0].isoformat()
                    metrics.update(figures.values(columns, weight, period, parts))
                    yield {"targeting_type": kind, "targeting_value": value, "metrics": metrics}
