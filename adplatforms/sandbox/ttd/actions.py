"""What can be done to campaigns, flights and ad groups, the same through every surface.

Facts come and go under the names of documents (see `records`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adplatforms.sandbox.ttd.checks import ad_group_faults, campaign_faults, flight_faults, raise_for
from adplatforms.sandbox.ttd.errors import Fault, missing
from adplatforms.sandbox.ttd.records import Doc, Records

__all__ = [
    "add_ad_group",
    "add_campaign",
    "add_flight",
    "archive",
    "change_ad_group",
    "change_campaign",
    "change_flight",
    "clone_campaign",
    "flights_of",
    "found",
    "remove_flight",
]

UNTIL_CHANGED = {"isArchived": False, "isTemplate": False}

ZONES = {"America/Hermosillo": "America/Phoenix"}
"""The main zone of a group of zones, which the answers name; the facts give this example."""

AD_GROUP_DEFAULTS: Doc = {
    **UNTIL_CHANGED,
    "isVisible": True,
    "isEnabled": False,
    "budget": {"allocationType": "Maximum", "budgetInAdvertiserCurrency": 0.0},
    "marketType": "OpenMarket",
    "roiGoal": {},
    "isUseClicksAsConversionsEnabled": False,
    "isUseSecondaryConversionsEnabled": False,
}
"""What an ad group has that was made without it. The facts do not tell the server's own defaults."""

REPLACED = ("roiGoal",)
"""Objects of an ad group that a write replaces; into others it writes what it names."""


def found(records: Records, kind: str, id: Any) -> Doc:
    """A row that must exist.

    Raises:
        Refusal: 404, it does not.
    """
    doc = records.get(kind, None if id is None else str(id))
    if doc is None:
        raise missing(kind, id)
    return doc


def flights_of(records: Records, campaign_id: str) -> list[Doc]:
    """The flights of a campaign, by their start."""
    flights = records.find("CampaignFlight", ("campaignId", "eq", campaign_id))
    return sorted(flights, key=lambda flight: str(flight["startDateInclusiveUTC"]))


def add_campaign(records: Records, facts: Mapping[str, Any], flights: Sequence[Doc]) -> Doc:
    """A new campaign with its flights.

    Raises:
        Refusal: 400 with the faults.
    """
    now = records.now()
    advertiser = records.get("Advertiser", facts.get("advertiserId")) or {}
    doc: Doc = {
        "version": "Kokai",
        "budgetingVersion": "Kokai",
        "timeZone": "UTC",
        "startDate": flights[0].get("startDateInclusiveUTC") if flights else now,
        "isManagedByTTD": False,
        "customCPAType": "Disabled",
        "pacingMode": "PaceAhead",
        **UNTIL_CHANGED,
        **{name: value for name, value in _in_main_zone(facts).items() if value is not None},
        "partnerId": advertiser.get("partnerId"),
        "createdAtUtc": now,
        "lastUpdatedAtUtc": now,
    }
    raise_for(campaign_faults(records, doc, list(flights)))
    doc = records.add("Campaign", {**doc, "status": _status(records, doc, list(flights))})
    for flight in flights:
        records.add("CampaignFlight", {**_owner(doc), **flight})
    return doc


def change_campaign(records: Records, id: Any, changes: Mapping[str, Any]) -> Doc:
    """A changed campaign; None clears a fact.

    Raises:
        Refusal: 404 no such campaign; 400 with the faults, or because it is archived.
    """
    doc, changes = _open(records, "Campaign", id), _in_main_zone(changes)
    full = {name: value for name, value in {**doc, **changes}.items() if value is not None}
    raise_for(campaign_faults(records, full, []) + _removal_faults(doc, changes))
    if not changes:
        return doc
    return records.change("Campaign", doc["id"], {**changes, "lastUpdatedAtUtc": records.now()})


def add_flight(records: Records, campaign_id: Any, facts: Mapping[str, Any]) -> Doc:
    """A new flight of a campaign."""
    campaign = _open(records, "Campaign", campaign_id)
    raise_for(flight_faults([*flights_of(records, campaign["id"]), dict(facts)]))
    flight = records.add("CampaignFlight", {**_owner(campaign), **facts})
    _settle(records, campaign)
    return flight


def change_flight(records: Records, id: Any, changes: Mapping[str, Any]) -> Doc:
    """A changed flight."""
    flight = found(records, "CampaignFlight", id)
    campaign = _open(records, "Campaign", flight["campaignId"])
    others = [one for one in flights_of(records, campaign["id"]) if one["id"] != flight["id"]]
    raise_for(flight_faults([*others, {**flight, **changes}]))
    changed = records.change("CampaignFlight", flight["id"], changes)
    _settle(records, campaign)
    return changed


def remove_flight(records: Records, id: Any) -> Doc:
    """Deletes a flight: not the only one of its campaign, and one that is over only when it is the last."""
    flight = found(records, "CampaignFlight", id)
    flights = flights_of(records, flight["campaignId"])
    if len(flights) == 1:
        raise_for([Fault("id", "the only flight of a campaign cannot be deleted")])
    if (flight.get("endDateExclusiveUTC") or "9999") <= records.now() and flight["id"] != flights[-1]["id"]:
        raise_for([Fault("id", "a flight that is over can be deleted only when it is the last one")])
    records.remove("CampaignFlight", flight["id"])
    _settle(records, found(records, "Campaign", flight["campaignId"]))
    return flight


def add_ad_group(records: Records, facts: Mapping[str, Any]) -> Doc:
    """A new ad group.

    Raises:
        Refusal: 400 with the faults.
    """
    now = records.now()
    campaign = records.get("Campaign", facts.get("campaignId")) or {}
    doc: Doc = {
        **AD_GROUP_DEFAULTS,
        **{name: value for name, value in facts.items() if value is not None},
        "partnerId": campaign.get("partnerId"),
        "advertiserId": campaign.get("advertiserId"),
        "createdAt": now,
        "lastUpdated": now,
    }
    raise_for(ad_group_faults(records, doc))
    if campaign.get("isArchived"):
        raise_for([Fault("campaignId", "the campaign is archived")])
    return records.add("AdGroup", doc)


def change_ad_group(records: Records, id: Any, changes: Mapping[str, Any]) -> Doc:
    """A changed ad group; None clears a fact, a nested object changes what it names.

    Raises:
        Refusal: 404 no such ad group; 400 with the faults, or because it is archived.
    """
    doc = _open(records, "AdGroup", id)
    merged = {
        name: {**doc.get(name, {}), **value} if isinstance(value, dict) and name not in REPLACED else value
        for name, value in changes.items()
    }
    full = {name: value for name, value in {**doc, **merged}.items() if value is not None}
    raise_for(ad_group_faults(records, full))
    if not changes:
        return doc
    return records.change("AdGroup", doc["id"], {**merged, "lastUpdated": records.now()})


def archive(records: Records, kind: str, ids: Sequence[str]) -> list[str]:
    """Archives rows for good; those that are archived already stay so. All of them must exist."""
    docs = [found(records, kind, id) for id in ids]
    for doc in docs:
        if not doc.get("isArchived"):
            stamp = "lastUpdated" if kind == "AdGroup" else "lastUpdatedAtUtc"
            changes = {"isArchived": True, "status": None, stamp: records.now()}
            records.change(kind, doc["id"], changes)
    return [doc["id"] for doc in docs]


def clone_campaign(
    records: Records, id: Any, name: str | None, groups: Sequence[str] | None = None, new_flights: Sequence[Doc] = ()
) -> tuple[Doc, dict[str, str]]:
    """A copy of a campaign with its flights and ad groups, and the new id of each ad group by the old one.

    groups: the ad groups that go along, None for all. new_flights: in place of the campaign's own.
    """
    source = found(records, "Campaign", id)
    now = records.now()
    copy = {**_without_id(source), "name": name or f"{source['name']} (copy)", "isArchived": False}
    clone = records.add("Campaign", {**copy, "createdAtUtc": now, "lastUpdatedAtUtc": now})
    for flight in new_flights:
        records.add("CampaignFlight", {**_owner(clone), **flight})
    flights = {
        flight["id"]: records.add("CampaignFlight", {**_without_id(flight), "campaignId": clone["id"]})["id"]
        for flight in ([] if new_flights else flights_of(records, source["id"]))
    }
    copied = {}
    for ad_group in records.find("AdGroup", ("campaignId", "eq", source["id"])):
        if groups is not None and ad_group["id"] not in groups:
            continue
        doc = {**_without_id(ad_group), "campaignId": clone["id"], "createdAt": now, "lastUpdated": now}
        doc["flights"] = [
            {**flight, "campaignFlightId": int(flights[str(flight["campaignFlightId"])])}
            for flight in ad_group.get("flights", [])
            if str(flight["campaignFlightId"]) in flights
        ]
        copied[ad_group["id"]] = records.add("AdGroup", doc)["id"]
    return clone, copied


def _removal_faults(doc: Doc, changes: Mapping[str, Any]) -> list[Fault]:
    """The primary goal cannot be removed, and the secondary not before the tertiary."""
    removed = {name for name in ("primaryGoal", "secondaryGoal") if name in changes and changes[name] is None}
    faults = [Fault("primaryGoal", "cannot be removed")] if "primaryGoal" in removed else []
    if "secondaryGoal" in removed and doc.get("tertiaryGoal") and changes.get("tertiaryGoal", doc) is not None:
        faults.append(Fault("secondaryGoal", "the tertiary goal has to be removed first"))
    return faults


def _in_main_zone(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts of a campaign with the main zone of its zone's group."""
    zone = facts.get("timeZone")
    return {**facts, "timeZone": ZONES[zone]} if zone in ZONES else facts


def _open(records: Records, kind: str, id: Any) -> Doc:
    doc = found(records, kind, id)
    if doc.get("isArchived"):
        raise_for([Fault("id", f"{kind} {doc['id']!r} is archived: it cannot be changed any more")])
    return doc


def _owner(campaign: Doc) -> Doc:
    return {"campaignId": campaign["id"], "advertiserId": campaign["advertiserId"], "partnerId": campaign["partnerId"]}


def _settle(records: Records, campaign: Doc) -> None:
    """Lets the status of a campaign follow its flights."""
    status = _status(records, campaign, flights_of(records, campaign["id"]))
    if bool(status) != bool(campaign.get("status")):
        records.change("Campaign", campaign["id"], {"status": status})


def _status(records: Records, campaign: Doc, flights: Sequence[Doc]) -> str | None:
    """Live while a flight runs; the facts name no other status than this and LiveNotSpending."""
    now = records.now()
    runs = any(
        flight["startDateInclusiveUTC"] <= now < (flight.get("endDateExclusiveUTC") or "9999") for flight in flights
    )
    return "Live" if runs and not campaign.get("isArchived") else None


def _without_id(doc: Doc) -> Doc:
    return {name: value for name, value in doc.items() if name not in ("id", "changed")}
