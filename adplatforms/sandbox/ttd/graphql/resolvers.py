"""Where the fields of the GraphQL schema take their values from.

A field reads the fact of its name, a field of an entity's type follows the fact `<field>Id`; everything else stands in
a table here. Fields and connections of which nothing is known but their name are null or empty.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adplatforms.sandbox.seed import CURRENCIES
from adplatforms.sandbox.ttd import actions
from adplatforms.sandbox.ttd.graphql import connections, reporting, roots
from adplatforms.sandbox.ttd.records import KINDS, Doc

__all__ = ["ARGUMENTS", "LISTED", "TYPE_OF", "resolver"]

Resolver = Callable[..., Any]

LISTED: dict[str, tuple[str, str, str]] = {
    "Query.partners": ("Partner", "", ""),
    "Query.advertisers": ("Advertiser", "", ""),
    "Query.campaigns": ("Campaign", "", ""),
    "Query.adGroups": ("AdGroup", "", ""),
    "Query.creatives": ("Creative", "", ""),
    "Query.audiences": ("Audience", "", ""),
    "Query.universalPixels": ("UniversalPixel", "", ""),
    "Query.thirdPartyDatas": ("ThirdPartyData", "", ""),
    "Me.thirdPartyData": ("ThirdPartyData", "", ""),
    "Partner.advertisers": ("Advertiser", "partnerId", "id"),
    "Partner.ownedBidLists": ("IBidList", "ownerId", "id"),
    "Advertiser.campaigns": ("Campaign", "advertiserId", "id"),
    "Advertiser.creatives": ("Creative", "advertiserId", "id"),
    "Advertiser.customLabels": ("CustomLabel", "partnerId", "partnerId"),
    "Advertiser.firstPartyData": ("FirstPartyData", "advertiserId", "id"),
    "Advertiser.trackingTags": ("TrackingTag", "advertiserId", "id"),
    "Advertiser.ownedBidLists": ("IBidList", "ownerId", "id"),
    "Campaign.adGroups": ("AdGroup", "campaignId", "id"),
    "Campaign.flights": ("CampaignFlight", "campaignId", "id"),
    "Campaign.customLabels": ("CustomLabel", "name", "customLabelNames"),
    "Campaign.ownedBidLists": ("IBidList", "ownerId", "id"),
    "Campaign.passThroughFeeCards": ("PassThroughFeeCard", "campaignId", "id"),
    "AdGroup.campaignFlights": ("CampaignFlight", "campaignId", "campaignId"),
    "AdGroup.creatives": ("Creative", "id", "creativeIds"),
    "AdGroup.adgroupCreatives": ("Creative", "id", "creativeIds"),
    "AdGroup.ownedBidLists": ("IBidList", "ownerId", "id"),
    "Seed.campaigns": ("Campaign", "seedId", "id"),
}
"""Connections over rows: their kind, the fact that ties them, and the fact of the owner it must equal (or be among)."""

GOAL_TYPES = {
    "maximizeReach": "REACH",
    "maximizeLtvIncrementalReach": "LINEAR_TV_INCREMENTAL_REACH",
    "cpcInAdvertiserCurrency": "CPC",
    "ctrInPercent": "CTR",
    "nielsenOTPInPercent": "NIELSEN_OTP",
    "cpaInAdvertiserCurrency": "CPA",
    "returnOnAdSpendPercent": "ROAS",
    "vcrInPercent": "VCR",
    "viewabilityInPercent": "VIEWABILITY",
    "vcpmInAdvertiserCurrency": "VCPM",
    "cpcvInAdvertiserCurrency": "CPCV",
    "miaozhenOTPInPercent": "MIAOZHEN_OTP",
    "iqviaAudienceQualityIndex": "IQVIA_AUDIENCE_QUALITY_INDEX",
    "crossixAudienceQualityIndex": "CROSSIX_AUDIENCE_QUALITY_INDEX",
    "iqviaAudienceQualityIndexAndCostPerTarget": "IQVIA_AUDIENCE_QUALITY_INDEX_AND_COST_PER_TARGET",
}
"""The type of each goal; goals without one are NONE."""


def resolver(place: str, text: str) -> Resolver | None:
    """The resolver of a field, None where it reads the fact of its name."""
    if place in roots.ROOTS:
        return roots.ROOTS[place]
    if place in reporting.RESOLVERS:
        return reporting.RESOLVERS[place]
    if place in DERIVED:
        return _derived(DERIVED[place])
    if place in LISTED:
        return _rows(*LISTED[place])
    if text.endswith("Connection"):
        return _list(CALCULATED.get(place))
    name = place.partition(".")[2]
    if place.startswith("Query.") and text in KINDS:
        return _by_id(text)
    if text in KINDS:
        return lambda source, info: info.context.records.get(text, source.get(f"{name}Id"))
    return (lambda source, info: None) if place.startswith("Query.") else None


def _by_id(kind: str) -> Resolver:
    def read(source: None, info: Any, id: str) -> Doc | None:
        doc: Doc | None = info.context.records.get(kind, id)
        return doc

    return read


def _rows(kind: str, fact: str, owner: str) -> Resolver:
    def read(source: Doc | None, info: Any, where: Any = None, order: Any = (), **args: Any) -> Doc:
        conditions = connections.conditions(where or {})
        if fact:
            wanted = (source or {}).get(owner)
            many = isinstance(wanted, list) or wanted is None
            conditions.append((fact, "in" if many else "eq", (wanted or []) if many else wanted))
        numbers = info.context.records.numbers(kind, conditions, connections.order(order or ()))
        return connections.rows(info.context, kind, numbers, args)

    return read


def _list(calculate: Callable[[Doc, Any], list[Doc]] | None) -> Resolver:
    def read(source: Doc | None, info: Any, **args: Any) -> Doc:
        docs = calculate(source or {}, info.context) if calculate else []
        return connections.listed(info.context, docs, args)

    return read


def _derived(calculate: Callable[[Doc, Any], Any]) -> Resolver:
    return lambda source, info: calculate(source, info.context)


# Campaigns


def _flights(campaign: Doc, context: Any) -> list[Doc]:
    flights: list[Doc] = actions.flights_of(context.records, campaign["id"])
    return flights


def _current(campaign: Doc, context: Any) -> Doc | None:
    return next((flight for flight in _flights(campaign, context) if _is_current(flight, context)), None)


def _next(campaign: Doc, context: Any) -> Doc | None:
    now = context.records.now()
    later = (flight for flight in _flights(campaign, context) if flight["startDateInclusiveUTC"] > now)
    return next(later, None)


def _is_current(flight: Doc, context: Any) -> bool:
    now = context.records.now()
    return bool(flight["startDateInclusiveUTC"] <= now < (flight.get("endDateExclusiveUTC") or "9999"))


def _campaign_budget(campaign: Doc, context: Any) -> Doc:
    flight = _current(campaign, context) or _next(campaign, context) or {}
    total = round(sum(flight["budgetInAdvertiserCurrency"] for flight in _flights(campaign, context)), 2)
    return {"currentOrUpComing": flight.get("budgetInAdvertiserCurrency"), "total": total}


def _goal(goal: Doc | None) -> Doc | None:
    chosen = next(((name, value) for name, value in (goal or {}).items() if value not in (None, False)), None)
    if chosen is None:
        return None
    name, value = chosen
    unit = "Percentage" if "Percent" in name else "Currency" if "Currency" in name else "None"
    return {
        "type": "".join(map(str.capitalize, GOAL_TYPES.get(name, "NONE").split("_"))),
        "target": None if value is True else value,
        "unit": unit,
        "isCustom": False,
    }


def _count(campaign: Doc, context: Any, *more: Any) -> int:
    return len(context.records.numbers("AdGroup", [("campaignId", "eq", campaign["id"]), *more]))


# Ad groups and flights


def _ad_group_flights(ad_group: Doc, context: Any = None) -> list[Doc]:
    owner = {"adGroupId": ad_group["id"], "campaignId": ad_group["campaignId"]}
    return [{**owner, **flight} for flight in ad_group.get("flights") or ()]


def _flights_of_flight(flight: Doc, context: Any) -> list[Doc]:
    ad_groups = context.records.find("AdGroup", ("campaignId", "eq", flight["campaignId"]))
    all_flights = (one for ad_group in ad_groups for one in _ad_group_flights(ad_group))
    return [one for one in all_flights if str(one["campaignFlightId"]) == flight["id"]]


def _current_ad_group_flight(ad_group: Doc, context: Any) -> Doc | None:
    current = _current({"id": ad_group["campaignId"]}, context) or {}
    flights = _ad_group_flights(ad_group)
    return next((one for one in flights if str(one["campaignFlightId"]) == current.get("id")), None)


def _ad_group_budget(ad_group: Doc, context: Any) -> Doc:
    current = _current_ad_group_flight(ad_group, context) or {}
    budget = ad_group.get("budget") or {}
    return {
        "currentFlightBudget": current.get("budgetInAdvertiserCurrency"),
        "isFluid": budget.get("allocationType") != "Fixed",
        "total": budget.get("budgetInAdvertiserCurrency"),
    }


def _koa(ad_group: Doc, context: Any) -> Doc | None:
    koa = ad_group.get("koaOptimizationSettings")
    if koa is None:
        return None
    return {
        "areFutureFeaturesEnabled": koa.get("areFutureKoaFeaturesEnabled"),
        "predictiveClearingEnabled": koa.get("predictiveClearingEnabled"),
    }


def _allocation_type(flight: Doc, context: Any) -> str | None:
    """As GraphQL spells enums."""
    word = flight.get("allocationType")
    return None if word is None else str(word).upper()


# Advertisers


def _currency(advertiser: Doc, context: Any) -> Doc | None:
    code = advertiser.get("currencyCode")
    decimals = 0 if code == "JPY" else 2
    return {"id": code, "name": dict(CURRENCIES).get(str(code)), "decimalPlaces": decimals} if code else None


def _attribution(advertiser: Doc, context: Any) -> Doc:
    windows: Doc = {}
    for name in ("click", "impression"):
        seconds = advertiser.get(f"attribution{name.capitalize()}LookbackWindowInSeconds")
        windows |= {f"{name}Interval": "Days", f"{name}LookbackWindow": seconds and seconds / 86400}
    return windows


def _category(owner: Doc, context: Any) -> Doc | None:
    return {"id": str(owner["industryCategoryId"])} if "industryCategoryId" in owner else None


DERIVED: dict[str, Callable[[Doc, Any], Any]] = {
    # No fact tells how an allocation differs from the budget of the flight: here it is the same.
    "AdGroupFlight.allocationInAdvertiserCurrency": lambda one, context: one.get("budgetInAdvertiserCurrency"),
    "AdGroupFlight.allocationType": _allocation_type,
    "Advertiser.attribution": _attribution,
    "Advertiser.country": lambda one, context: {"id": one["country"]} if "country" in one else None,
    "Advertiser.currency": _currency,
    "Advertiser.industryCategory": _category,
    "Advertiser.seeds": lambda one, context: context.records.find("Seed", ("advertiserId", "eq", one["id"])),
    "Campaign.activeAdGroupCount": lambda one, context: _count(one, context, ("isEnabled", "eq", True)),
    "Campaign.budget": _campaign_budget,
    "Campaign.createdAt": lambda one, context: one.get("createdAtUtc"),
    "Campaign.currentFlight": _current,
    "Campaign.currentOrNextFlight": lambda one, context: _current(one, context) or _next(one, context),
    "Campaign.goal": lambda one, context: _goal(one.get("primaryGoal")),
    "Campaign.isMigratedToKokai": lambda one, context: one.get("version") == "Kokai",
    "Campaign.lastUpdated": lambda one, context: one.get("lastUpdatedAtUtc"),
    "Campaign.nextFlight": _next,
    "Campaign.timeZoneIANA": lambda one, context: one.get("timeZone"),
    "Campaign.totalAdGroupCount": _count,
    "CampaignFlight.isCurrent": _is_current,
    "AdGroup.budget": _ad_group_budget,
    "AdGroup.budgetInAdvertiserCurrency": lambda one, context: one["budget"].get("budgetInAdvertiserCurrency"),
    "AdGroup.currentFlight": _current_ad_group_flight,
    "AdGroup.funnelLocationType": lambda one, context: one.get("funnelLocation"),
    "AdGroup.goal": lambda one, context: _goal(one.get("roiGoal")),
    "AdGroup.industryCategory": _category,
    "AdGroup.koaSettings": _koa,
    "AdGroup.nielsenTrackingAttributes": lambda one, context: None,
}
"""Fields that are worked out, by place."""

CALCULATED: dict[str, Callable[[Doc, Any], list[Doc]]] = {
    "AdGroup.adGroupFlights": _ad_group_flights,
    "AdGroup.associatedBidLists": lambda one, context: [
        {"id": tie["bidListId"]} for tie in one.get("associatedBidLists") or ()
    ],
    "Campaign.conversionReportingColumns": lambda one, context: [
        {"id": str(column.get("reportingColumnId"))} for column in one.get("conversionReportingColumns") or ()
    ],
    "CampaignFlight.adGroupFlights": _flights_of_flight,
    "CampaignCloneProgress.jobs": lambda one, context: one["jobs"],
    "Query.campaignCloneProgresses": lambda one, context: list(map(roots.clone_row, context.jobs.all("clone"))),
    "UniversalPixel.universalPixelTrackingTags": lambda one, context: [
        {"id": tag["id"]} for tag in context.records.find("TrackingTag", ("universalPixelId", "eq", one["id"]))
    ],
}
"""Connections over what is worked out, by place."""

ARGUMENTS: dict[str, dict[str, str]] = {
    **{
        f"Query.{name}": {"id": "ID!"}
        for name in (
            "adGroup", "advertiser", "audience", "bidList", "bulkJob", "campaign", "campaignCloneProgress",
            "campaignGroup", "creative", "jobProgress", "partner", "seed", "thirdPartyData", "trackingTag",
            "universalPixel",
        )
    },
    **{
        f"Query.{name}Delta": {"input": "ChildrenDeltaInput!"}
        for name in ("campaign", "adGroup", "creative", "trackingTag")
    },
    "Query.advertiserDelta": {"input": "AdvertiserDeltaInput!"},
    **reporting.ARGUMENTS,
}  # fmt: skip
"""Arguments of fields that are no connection. Those of root fields that no sample shows are unknown: they take none."""

TYPE_OF: dict[str, Callable[..., str]] = {
    "MutationError": lambda value, info, abstract: str(value["__typename"]),
    "BulkJob": lambda value, info, abstract: str(value["__typename"]),
}
"""How interfaces tell what a value is."""
