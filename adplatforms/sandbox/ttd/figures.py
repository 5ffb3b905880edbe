"""What was delivered: figures of ad groups by day and hour, made up from the rows, the same on every run.

The facts name the metrics and no values. What holds here is what holds of any figures: hours add up to their day, days
to the total, ad groups to their campaign and its flights, campaigns to their advertiser, publishers to all of them. An
ad group delivers on the days of the flights that it has a budget in, up to the sandbox's present time, and on some days
not at all. Amounts are in the advertiser's currency, days and hours in UTC whatever the campaign's zone.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from adplatforms.sandbox.seed import PUBLISHERS
from adplatforms.sandbox.ttd.records import Doc, Records

__all__ = ["ADDED", "Days", "Figures", "by_day", "by_hour", "by_publisher", "metrics", "total"]

ADDED = (
    "bids",
    "impressions",
    "clicks",
    "conversions",
    "adPlays",
    "completions",
    "viewed",
    "spend",
    "mediaCost",
    "revenue",
    "baseBids",
    "maxBids",
)
"""What adds up: counts, and amounts in hundredths of the currency. The last two are bids times impressions."""
HOURS = 24
OPEN_END = timedelta(days=90)
"""How long a flight without an end counts where its budget is spread over its days."""
WEIGHTS = (32, 24, 18, 12, 8, 6)
"""How what was delivered is spread over the publishers, in percent."""

Figures = dict[str, int]
"""What was delivered, by the names of `ADDED`."""
Days = tuple[date | None, date | None]
"""The first and the last day, both included; None for no limit."""


def by_day(records: Records, kind: str, doc: Doc, days: Days, now: datetime) -> dict[date, Figures]:
    """The figures of a row by day, those without delivery left out.

    kind: AdGroup, Campaign, CampaignFlight or Advertiser.
    """
    found: dict[date, Figures] = {}
    for day, delivered in _delivered(records, kind, doc, days, now):
        here = delivered
        if day == now.date():
            here = {name: value * now.hour // HOURS for name, value in delivered.items()}
        if any(here.values()):
            _add(found, day, here)
    return dict(sorted(found.items()))


def by_hour(records: Records, kind: str, doc: Doc, days: Days, now: datetime) -> dict[datetime, Figures]:
    """The figures of a row by hour, those without delivery left out."""
    found: dict[datetime, Figures] = {}
    for day, delivered in _delivered(records, kind, doc, days, now):
        start = datetime.combine(day, datetime.min.time(), UTC)
        for hour in range(now.hour if day == now.date() else HOURS):
            here = {name: value * (hour + 1) // HOURS - value * hour // HOURS for name, value in delivered.items()}
            if any(here.values()):
                _add(found, start + timedelta(hours=hour), here)
    return dict(sorted(found.items()))


def total(records: Records, kind: str, doc: Doc, days: Days, now: datetime) -> Figures:
    """The figures of a row in all."""
    return _sum(by_day(records, kind, doc, days, now).values())


def by_publisher(whole: Mapping[str, int]) -> dict[str, Figures]:
    """The same figures by publisher."""
    found, before = {}, 0
    for name, weight in zip(PUBLISHERS, WEIGHTS, strict=True):
        upto = before + weight
        found[name] = {one: value * upto // 100 - value * before // 100 for one, value in whole.items()}
        before = upto
    return found


def metrics(added: Mapping[str, int]) -> Doc:
    """All metrics of figures, by GraphQL's names; null where something is divided by nothing, or nobody measures it."""
    known = {name: added.get(name, 0) for name in ADDED}
    spend, media, shown = known["spend"] / 100, known["mediaCost"] / 100, known["impressions"]
    amounts = {
        "baseBid": _share(known["baseBids"] / 100, shown),
        "bidCpm": _share(known["maxBids"] / 100, shown),
        "cpa": _share(spend, known["conversions"]),
        "cpc": _share(spend, known["clicks"]),
        "cpcv": _share(spend, known["completions"]),
        "cpm": _share(1000 * spend, shown),
        "customCpa": None,
        "customRoas": None,
        "mediaCost": media,
        "mediaCpm": _share(1000 * media, shown),
        "roas": _share(known["revenue"] / 100, spend),
        "spend": spend,
        "tvQualityCpm": None,
        "vCpm": _share(1000 * spend, known["viewed"]),
    }
    return {
        **{name: known[name] for name in ("adPlays", "bids", "clicks", "conversions", "impressions")},
        "completionRate": _share(known["completions"], shown),
        "ctr": _share(known["clicks"], shown),
        "nielsenOtp": None,
        "revenue": known["revenue"] / 100,
        "tvQualityIndex": None,
        "viewability": _share(known["viewed"], shown),
        "winRate": _share(shown, known["bids"]),
        **{name: {"advertiserCurrency": value} for name, value in amounts.items()},
    }


def _delivered(records: Records, kind: str, doc: Doc, days: Days, now: datetime) -> Iterator[tuple[date, Figures]]:
    """What each ad group of a row delivered on each day, as if the present day were over."""
    first, last = days
    groups = _ad_groups(records, kind, doc)
    campaigns = sorted({group["campaignId"] for group in groups})
    found = records.find("CampaignFlight", ("campaignId", "in", campaigns))
    flights = {str(flight["id"]): flight for flight in found}
    for group in groups:
        for share in group.get("flights") or ():
            flight = flights.get(str(share["campaignFlightId"]))
            if flight is None or (kind == "CampaignFlight" and flight["id"] != doc["id"]):
                continue
            start, end = date.fromisoformat(flight["startDateInclusiveUTC"][:10]), _end(flight)
            length = max(1, ((end or start + OPEN_END) - start).days)
            ends = [now.date() + timedelta(days=1), end, last and last + timedelta(days=1)]
            until = min(one for one in ends if one is not None)
            day = max(start, first or start)
            while day < until:
                yield day, _unit(group, flight, length, day)
                day += timedelta(days=1)


def _ad_groups(records: Records, kind: str, doc: Doc) -> list[Doc]:
    if kind == "AdGroup":
        return [doc]
    if kind == "CampaignFlight":
        return records.find("AdGroup", ("campaignId", "eq", doc["campaignId"]))
    return records.find("AdGroup", ("campaignId" if kind == "Campaign" else "advertiserId", "eq", doc["id"]))


def _unit(group: Doc, flight: Doc, length: int, day: date) -> Figures:
    """What one ad group delivered in one flight on one day: a part of the day's budget, at its base bid."""
    draw = zlib.crc32(f"{group['id']}/{flight['id']}/{day}".encode())
    if draw % 11 == 0:
        return dict.fromkeys(ADDED, 0)
    base = max(1, round(100 * (group.get("baseBidCPMInAdvertiserCurrency") or 1)))
    most = round(100 * (group.get("maxBidCPMInAdvertiserCurrency") or base / 50))
    spend = round(100 * flight["budgetInAdvertiserCurrency"]) * (50 + draw % 50) // (1200 * length)
    impressions = 1000 * spend // base
    clicks = impressions * (1 + draw % 7) // 1000
    return {
        "bids": impressions * (3 + draw % 5),
        "impressions": impressions,
        "clicks": clicks,
        "conversions": clicks // (5 + draw % 9),
        "adPlays": impressions,
        "completions": impressions * (40 + draw % 50) // 100,
        "viewed": impressions * (50 + draw % 40) // 100,
        "spend": spend,
        "mediaCost": spend * 85 // 100,
        "revenue": spend * (draw % 400) // 100,
        "baseBids": base * impressions,
        "maxBids": most * impressions,
    }


def _end(flight: Doc) -> date | None:
    text = flight.get("endDateExclusiveUTC")
    return None if text is None else date.fromisoformat(text[:10])


def _add(found: dict[Any, Figures], moment: Any, here: Figures) -> None:
    """Adds figures to those of a moment."""
    known = found.get(moment)
    if known is None:
        found[moment] = here
    else:
        found[moment] = {name: value + here[name] for name, value in known.items()}


def _sum(many: Iterable[Mapping[str, int]]) -> Figures:
    parts: Sequence[Mapping[str, int]] = list(many)
    return {name: sum(part.get(name, 0) for part in parts) for name in ADDED}


def _share(part: float, whole: float) -> Any:
    return round(part / whole, 6) if whole else None
