"""What must hold for a row whatever surface writes it: references that exist, dates and amounts that make sense.

The facts name few of these rules (an ad group without creatives cannot be enabled, a flight that is the only one
cannot be deleted); the others are what any server would insist on. Faults name facts as documents do; each surface
translates them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from adplatforms.sandbox.ttd.errors import Fault, Refusal
from adplatforms.sandbox.ttd.records import Doc, Records, utc_text

__all__ = ["ad_group_faults", "campaign_faults", "flight_faults", "moment", "raise_for", "reference_fault"]

GOALS = ("primaryGoal", "secondaryGoal", "tertiaryGoal")
AMOUNTS = ("budgetInAdvertiserCurrency", "dailyTargetInAdvertiserCurrency", "budgetInImpressions")


def moment(text: str | None) -> str | None:
    """An ISO 8601 moment as documents hold it; without an offset it is UTC.

    Raises:
        ValueError: it is none.
    """
    if text is None:
        return None
    read = datetime.fromisoformat(text)
    return utc_text(read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC))


def raise_for(faults: list[Fault]) -> None:
    """Refuses the request where there are faults."""
    if faults:
        told = "; ".join(f"{fault.field}: {fault.message}" for fault in faults)
        raise Refusal(400, told, tuple(faults))


def reference_fault(records: Records, kind: str, fact: str, id: Any, advertiser: str | None = None) -> list[Fault]:
    """A fault where a row that is pointed to does not exist, or belongs to another advertiser."""
    if id is None:
        return []
    found = records.get(kind, id)
    if found is None:
        return [Fault(fact, f"There is no {kind} {id!r}")]
    if advertiser is not None and found.get("advertiserId", advertiser) != advertiser:
        return [Fault(fact, f"{kind} {id!r} belongs to another advertiser")]
    return []


def campaign_faults(records: Records, doc: Doc, flights: list[Doc]) -> list[Fault]:
    """What is wrong with a campaign and its flights."""
    advertiser = doc.get("advertiserId")
    faults = _name_faults(doc) + reference_fault(records, "Advertiser", "advertiserId", advertiser or "")
    faults += reference_fault(records, "Seed", "seedId", doc.get("seedId"), advertiser)
    faults += reference_fault(records, "CampaignGroup", "campaignGroupId", doc.get("campaignGroupId"), advertiser)
    for column in doc.get("conversionReportingColumns", []):
        tag = column.get("trackingTagId")
        faults += reference_fault(records, "TrackingTag", "conversionReportingColumns", tag, advertiser)
    for goal in GOALS:
        faults += _goal_faults(doc, goal)
    if "startDate" in doc and "endDate" in doc and doc["endDate"] <= doc["startDate"]:
        faults.append(Fault("endDate", "must be later than the start"))
    return faults + flight_faults(flights)


def flight_faults(flights: list[Doc]) -> list[Fault]:
    """What is wrong with the flights of one campaign: ends before starts, overlaps, negative amounts."""
    needed = ("startDateInclusiveUTC", "budgetInAdvertiserCurrency")
    faults = [Fault(f"flights.{name}", "is required") for one in flights for name in needed if one.get(name) is None]
    if faults:
        return faults
    last = ""
    for flight in sorted(flights, key=lambda one: str(one["startDateInclusiveUTC"])):
        end = flight.get("endDateExclusiveUTC")
        if end is not None and end <= flight["startDateInclusiveUTC"]:
            faults.append(Fault("flights", "endDateExclusiveUTC must be later than startDateInclusiveUTC"))
        if last > flight["startDateInclusiveUTC"]:
            faults.append(Fault("flights", "flights must not overlap"))
        faults += [Fault(f"flights.{name}", "must not be negative") for name in AMOUNTS if (flight.get(name) or 0) < 0]
        last = end or "9999"
    return faults


def ad_group_faults(records: Records, doc: Doc) -> list[Fault]:
    """What is wrong with an ad group."""
    advertiser, campaign = doc.get("advertiserId"), doc.get("campaignId")
    faults = _name_faults(doc) + reference_fault(records, "Campaign", "campaignId", campaign or "")
    faults += _goal_faults(doc, "roiGoal")
    for creative in doc.get("creativeIds") or ():
        faults += reference_fault(records, "Creative", "creativeIds", creative, advertiser)
    for tie in doc.get("associatedBidLists") or ():
        faults += reference_fault(records, "IBidList", "associatedBidLists", tie.get("bidListId") or "")
    audience = (doc.get("audienceTargeting") or {}).get("audienceId")
    faults += reference_fault(records, "Audience", "audienceTargeting", audience, advertiser)
    base, most = doc.get("baseBidCPMInAdvertiserCurrency"), doc.get("maxBidCPMInAdvertiserCurrency")
    if base is not None and most is not None and base > most:
        faults.append(Fault("baseBidCPMInAdvertiserCurrency", "must not be higher than the maximum bid"))
    for flight in doc.get("flights") or ():
        found = records.get("CampaignFlight", str(flight.get("campaignFlightId")))
        if found is None or found["campaignId"] != campaign:
            faults.append(Fault("flights", f"The campaign has no flight {flight.get('campaignFlightId')}"))
    if doc.get("isEnabled") and not doc.get("creativeIds"):
        faults.append(Fault("isEnabled", "an ad group without creatives cannot be enabled"))
    return faults


def _name_faults(doc: Doc) -> list[Fault]:
    return [] if str(doc.get("name") or "").strip() else [Fault("name", "must not be empty")]


def _goal_faults(doc: Doc, goal: str) -> list[Fault]:
    chosen = [name for name, value in (doc.get(goal) or {}).items() if value not in (None, False)]
    if not doc.get(goal) or len(chosen) == 1:
        return []
    return [Fault(goal, f"exactly one goal must be chosen, not {len(chosen)}")]
