"""What runs: campaigns with their flights, and ad groups with their budgets for each flight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from adplatforms.sandbox import seed as names
from adplatforms.sandbox.ttd.records import Doc, utc_text
from adplatforms.sandbox.ttd.seed.rows import NOW, Rows

__all__ = ["campaigns"]

CAMPAIGNS, AD_GROUPS = 400, 1500
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
CHANNELS = ("Display", "Video", "Audio", "TV", "NativeDisplay", "NativeVideo", "DOOH", "Hologram")
FUNNEL = ("Awareness", "Consideration", "Conversion", "None")
AD_GROUP_CHANNELS = {"Hologram": "Other", "DOOH": "OutOfHome"}


def campaigns(rows: Rows) -> None:
    """Campaigns of every advertiser that is open, and their ad groups; most campaigns have several."""
    owners = [one for one in rows.of["Advertiser"] if not one["isArchived"]]
    libraries = {one["id"]: _library(rows, one["id"]) for one in owners}
    made = []
    for number in range(CAMPAIGNS):
        # Every advertiser has some, a few have many.
        share = number if number < 2 * len(owners) else int(rows.random.random() ** 2 * len(owners))
        owner = owners[share % len(owners)]
        made.append(_campaign(rows, owner, libraries[owner["id"]], number))
    flights: dict[str, list[Doc]] = {}
    for flight in rows.of["CampaignFlight"]:
        flights.setdefault(flight["campaignId"], []).append(flight)
    counts = [1] * CAMPAIGNS
    for _ in range(AD_GROUPS - CAMPAIGNS):
        counts[int(rows.random.random() ** 1.5 * CAMPAIGNS)] += 1
    for campaign, count in zip(made, counts, strict=True):
        for number in range(count):
            _ad_group(rows, campaign, flights[campaign["id"]], libraries[campaign["advertiserId"]], number)


def _library(rows: Rows, advertiser: str) -> dict[str, list[Doc]]:
    kinds = ("Creative", "Seed", "Audience", "TrackingTag", "CampaignGroup", "IBidList")
    return {
        kind: [one for one in rows.of[kind] if one.get("advertiserId") == advertiser and not one.get("isArchived")]
        for kind in kinds
    }


def _campaign(rows: Rows, advertiser: Doc, library: dict[str, list[Doc]], number: int) -> Doc:
    start = datetime.fromisoformat(f"{rows.moment(FIRST, LAST)}+00:00").replace(hour=0, minute=0, second=0)
    end = start + timedelta(days=rows.pick((14, 30, 30, 60, 90, 180)))
    created = utc_text(min(start, NOW) - timedelta(days=rows.random.randrange(1, 60)))
    is_archived = number % 17 == 16
    runs = start <= NOW < end and not is_archived
    campaign = rows.under(
        "Campaign",
        advertiser,
        name=f"{rows.pick(names.SEASONS)} {start.year} - {rows.pick(names.TACTICS)}",
        description=rows.maybe(0.4, f"Briefing {number}: as agreed"),
        startDate=utc_text(start),
        endDate=utc_text(end) if number % 9 else None,
        timeZone=rows.pick(names.ZONES),
        channelType=CHANNELS[number % 7] if number % 97 != 96 else "Hologram",
        primaryGoal=_goal(rows),
        secondaryGoal=rows.maybe(0.2, {"vcrInPercent": 70.0}),
        seedId=rows.pick(library["Seed"])["id"] if rows.chance(0.8) else None,
        campaignGroupId=rows.pick(library["CampaignGroup"])["id"] if rows.chance(0.3) else None,
        conversionReportingColumns=[_column(tag, place) for place, tag in enumerate(library["TrackingTag"][:2], 1)]
        if rows.chance(0.5)
        else [],
        pacingMode=rows.pick(("PaceAhead", "PaceEvenly", "PaceToDailyCap", "PaceAsSoonAsPossible")),
        objective=rows.pick(FUNNEL),
        customLabelNames=rows.maybe(0.2, [names.SEASONS[number % 5]]),
        customCPAType="Disabled",
        customROASType=rows.maybe(0.5, "Disabled"),
        purchaseOrderNumber=rows.maybe(0.3, f"PO-{number:05d}"),
        partnerCostPercentageFee=rows.maybe(0.3, 12.5),
        autoAllocatorEnabled=True,
        isManagedByTTD=False,
        isBallotMeasure=False,
        isArchived=is_archived,
        isTemplate=number % 40 == 39,
        version="Kokai" if number % 11 else "Solimar",
        budgetingVersion="Kokai",
        type="None",
        cpmInAdvertiserCurrency=rows.random.randint(50, 2500) / 100,
        status=rows.pick(("Live", "Live", "LiveNotSpending")) if runs else None,
        createdAtUtc=created,
        lastUpdatedAtUtc=rows.moment(datetime.fromisoformat(f"{created}+00:00"), NOW),
    )
    _flights(rows, campaign, start, end)
    if number % 25 == 0:
        fees = [{"type": "FeeCPM", "description": "Ad serving", "amount": 0.05}]
        rows.under(
            "PassThroughFeeCard", advertiser, campaignId=campaign["id"], startDateUtc=created, passThroughFees=fees
        )
    return campaign


def _flights(rows: Rows, campaign: Doc, start: datetime, end: datetime) -> None:
    count = rows.pick((1, 1, 2, 3))
    days = (end - start).days // count
    budget = float(rows.pick((500, 1000, 2500, 5000, 12000.5, 25000, 120000)))
    for number in range(count):
        is_last = number == count - 1
        until = end if is_last else start + timedelta(days=days * (number + 1))
        rows.add(
            "CampaignFlight",
            partnerId=campaign["partnerId"],
            advertiserId=campaign["advertiserId"],
            campaignId=campaign["id"],
            startDateInclusiveUTC=utc_text(start + timedelta(days=days * number)),
            endDateExclusiveUTC=None if is_last and "endDate" not in campaign else utc_text(until),
            budgetInAdvertiserCurrency=round(budget / count, 2),
            budgetInImpressions=rows.maybe(0.3, 1_000_000),
            dailyTargetInAdvertiserCurrency=rows.maybe(0.3, 50.0),
            budgetAllocationMode="Fluid",
            isDeleted=False,
        )


def _ad_group(rows: Rows, campaign: Doc, flights: list[Doc], library: dict[str, list[Doc]], number: int) -> None:
    budget = flights[0]["budgetInAdvertiserCurrency"]
    creatives = [one["id"] for one in rows.random.sample(library["Creative"], rows.random.randrange(5))]
    base = rows.random.randint(50, 1500) / 100
    channel = campaign["channelType"]
    rows.add(
        "AdGroup",
        partnerId=campaign["partnerId"],
        advertiserId=campaign["advertiserId"],
        campaignId=campaign["id"],
        name=f"{rows.pick(names.TACTICS)} - {rows.pick(names.AUDIENCES)}",
        description=rows.maybe(0.2, "Bids as in the plan"),
        isEnabled=bool(creatives) and rows.chance(0.8),
        isArchived=number % 13 == 12 or (campaign["isArchived"] and rows.chance(0.5)),
        isVisible=True,
        isTemplate=campaign["isTemplate"],
        channel=AD_GROUP_CHANNELS.get(channel, channel),
        funnelLocation=rows.pick(FUNNEL[:3]),
        marketType=rows.pick(("OpenMarket", "OpenMarket", "PrivateMarketOnly", "Bazaar")),
        budget={"allocationType": rows.pick(("Minimum", "Fixed", "Maximum")), "budgetInAdvertiserCurrency": budget},
        baseBidCPMInAdvertiserCurrency=base,
        maxBidCPMInAdvertiserCurrency=round(base * 2, 2),
        audienceTargeting=_audience(rows, library),
        roiGoal=_goal(rows),
        creativeIds=creatives,
        associatedBidLists=[
            {"bidListId": library["IBidList"][0]["id"], "isEnabled": True, "isDefaultForDimension": False}
        ]
        if rows.chance(0.3)
        else None,
        flights=[
            {
                "campaignFlightId": int(flight["id"]),
                "allocationType": "Minimum",
                "budgetInAdvertiserCurrency": round(flight["budgetInAdvertiserCurrency"] / 2, 2),
            }
            for flight in flights
        ],
        koaOptimizationSettings={"areFutureKoaFeaturesEnabled": True, "predictiveClearingEnabled": rows.chance(0.7)},
        predictiveClearingEnabled=True,
        isUseClicksAsConversionsEnabled=False,
        isUseSecondaryConversionsEnabled=False,
        industryCategoryId=rows.maybe(0.5, 100),
        isHighFillRate=False,
        createdAt=campaign["createdAtUtc"],
        lastUpdated=campaign["lastUpdatedAtUtc"],
    )


def _audience(rows: Rows, library: dict[str, list[Doc]]) -> Doc | None:
    if rows.chance(0.4):
        return None
    return {
        "audienceId": rows.pick(library["Audience"])["id"],
        "recencyExclusionWindowInMinutes": 43200,
        "targetTrackableUsersEnabled": True,
        "crossDeviceVendorListForAudience": [11],
    }


def _goal(rows: Rows) -> dict[str, Any]:
    goals: tuple[dict[str, Any], ...] = (
        {"maximizeReach": True},
        {"cpcInAdvertiserCurrency": 1.25},
        {"cpaInAdvertiserCurrency": 32.5},
        {"ctrInPercent": 0.4},
        {"viewabilityInPercent": 65.0},
    )
    return rows.pick(goals)


def _column(tag: Doc, place: int) -> Doc:
    return {
        "trackingTagId": tag["id"],
        "trackingTagName": tag["name"],
        "includeInCustomCPA": False,
        "reportingColumnId": place,
        "crossDeviceAttributionModelId": "IdentityAlliance",
    }
