"""Creates, updates and deletes of the Platform API v3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adplatforms.sandbox.ttd import actions
from adplatforms.sandbox.ttd.checks import raise_for, reference_fault
from adplatforms.sandbox.ttd.errors import Fault, Refusal
from adplatforms.sandbox.ttd.records import Doc, Records
from adplatforms.sandbox.ttd.rest import shapes
from adplatforms.sandbox.ttd.rest.tables import RTB, Entity

__all__ = ["create", "told", "update"]

_ATTRIBUTES = "Attributes"
_OWNERS = {"partnerId": "Partner", "advertiserId": "Advertiser", "campaignId": "Campaign"}


def create(records: Records, entity: Entity, body: Mapping[str, Any], is_strict: bool) -> Doc:
    """A new row."""
    given = shapes.given(records, entity, body, is_new=True, is_strict=is_strict)
    facts = given.facts
    if entity.kind == "Campaign":
        facts.pop("includeDefaultsFromAdvertiser", None)
        return actions.add_campaign(records, facts, _new_flights(given))
    if entity.kind == "AdGroup":
        return actions.add_ad_group(records, facts)
    if entity.kind == "Creative":
        kinds = [name for name in body if name.endswith(_ATTRIBUTES) and body[name] is not None]
        if len(kinds) != 1:
            raise_for([Fault(_ATTRIBUTES, f"exactly one *Attributes object must be there, not {len(kinds)}")])
        facts["creativeType"] = kinds[0].removesuffix(_ATTRIBUTES)
    facts = {name: value for name, value in facts.items() if value is not None}
    owner = facts.get(entity.parent)
    if owner is not None:
        raise_for(reference_fault(records, _OWNERS[entity.parent], entity.parent, owner))
    if entity.parent == "advertiserId":
        facts["partnerId"] = actions.found(records, "Advertiser", owner)["partnerId"]
    return records.add(entity.kind, {"isArchived": False, **_stamps(records, entity, is_new=True), **facts})


def update(records: Records, entity: Entity, body: Mapping[str, Any], is_strict: bool) -> Doc:
    """A changed row: what is there is written, also null; what is not there is left alone."""
    id = {name.lower(): value for name, value in body.items()}.get(entity.id.lower())
    if id is None:
        raise_for([Fault("id", "is required")])
    doc = actions.found(records, entity.kind, id)
    given = shapes.given(records, entity, body, is_new=False, is_strict=is_strict)
    if entity.kind == "CampaignFlight":
        return actions.change_flight(records, doc["id"], given.facts)
    if given.facts.get("isArchived") and not doc.get("isArchived"):
        actions.archive(records, entity.kind, [doc["id"]])
        doc = actions.found(records, entity.kind, doc["id"])
    changes = {name: value for name, value in given.facts.items() if name != "isArchived"}
    if entity.kind == "Campaign":
        _change_flights(records, doc, given)
        return actions.change_campaign(records, doc["id"], changes) if changes else doc
    if entity.kind == "AdGroup":
        return actions.change_ad_group(records, doc["id"], changes) if changes else doc
    if "isArchived" in given.facts and not given.facts["isArchived"]:
        changes["isArchived"] = False
    return records.change(entity.kind, doc["id"], {**_stamps(records, entity, is_new=False), **changes})


def told(entity: Entity, refusal: Refusal) -> Refusal:
    """A refusal in the names of the entity's properties."""
    names = {one.fact: name for name, one in entity.properties.items()}
    names |= {one.fact: f"RTBAttributes.{name}" for name, one in RTB.items() if entity.kind == "AdGroup"}
    names["id"] = entity.id
    names["flights"] = "RTBAttributes.BudgetSettings" if entity.kind == "AdGroup" else "CampaignFlights"
    names["budget"] = "Budget"
    faults = tuple(Fault(names.get(fault.field, fault.field), fault.message) for fault in refusal.faults)
    message = "The request is not valid." if faults else refusal.message
    return Refusal(refusal.status, message, faults, refusal.retry_after)


def _new_flights(given: shapes.Given) -> list[Doc]:
    facts = given.facts
    if facts.get("pacingMode") == "PaceToDailyCap" and facts.get("dailyBudget") is None:
        raise_for([Fault("dailyBudget", "PacingMode Off needs a daily budget")])
    if given.flights is not None:
        if given.budget is not None:
            raise_for([Fault("flights", "either CampaignFlights or StartDate and Budget, not both")])
        return [{name: value for name, value in flight.items() if name != "id"} for flight in given.flights]
    if given.budget is None or facts.get("startDate") is None:
        raise_for([Fault("flights", "CampaignFlights are required, or StartDate and Budget")])
    dates = {"startDateInclusiveUTC": facts["startDate"], "endDateExclusiveUTC": facts.get("endDate")}
    return [{**dates, "budgetInAdvertiserCurrency": given.budget}]


def _change_flights(records: Records, campaign: Doc, given: shapes.Given) -> None:
    """Lists are replaced: flights with an id are changed, those without are new, and the others go."""
    old = {flight["id"] for flight in actions.flights_of(records, campaign["id"])}
    if given.budget is not None:
        if len(old) != 1:
            raise_for([Fault("budget", f"the campaign has {len(old)} flights: change their budgets")])
        actions.change_flight(records, next(iter(old)), {"budgetInAdvertiserCurrency": given.budget})
    if given.flights is None:
        return
    for flight in given.flights:
        facts = {name: value for name, value in flight.items() if name != "id"}
        if flight.get("id") is None:
            actions.add_flight(records, campaign["id"], facts)
        elif flight["id"] in old:
            actions.change_flight(records, flight["id"], facts)
        else:
            raise_for([Fault("flights", f"The campaign has no flight {flight['id']}")])
    for id in sorted(old - {flight.get("id") for flight in given.flights}):
        actions.remove_flight(records, id)


def _stamps(records: Records, entity: Entity, is_new: bool) -> Doc:
    facts = {one.fact for one in entity.properties.values()}
    now = records.now()
    made = {"createdAt", "createdAtUtc"} if is_new else set()
    return dict.fromkeys(sorted(facts & ({"lastUpdatedAtUtc"} | made)), now)
