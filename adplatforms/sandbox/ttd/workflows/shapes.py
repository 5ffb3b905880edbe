"""Between the words of the Workflows API and the facts of documents: inputs, and the thin answers.

An answer is no full entity: a campaign comes back without advertiser and archive state, with its goals as text and a
count in place of its reporting columns. How a goal is worded is in no source; here it is the name of the goal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adplatforms.sandbox.ttd.checks import moment
from adplatforms.sandbox.ttd.records import Doc
from adplatforms.sandbox.ttd.workflows.schemas import ENUM_VALUES, SCHEMAS

__all__ = [
    "FACTS",
    "ad_group_answer",
    "ad_group_facts",
    "campaign_answer",
    "campaign_facts",
    "campaign_flights",
    "shaped",
]

FACTS = {
    "startDateInUtc": "startDate",
    "endDateInUtc": "endDate",
    "primaryChannel": "channelType",
    "customRoasType": "customROASType",
    "impressionsOnlyBudgetingCpm": "impressionsOnlyBudgetingCPM",
    "campaignConversionReportingColumns": "conversionReportingColumns",
    "campaignIncrementalReachSetting": "incrementalReachSetting",
}
"""The facts of a campaign whose name differs from that of the input."""

_NO_FACTS = {"budget", "flights", "passThroughFeeCard", "includeDefaultsFromAdvertiser", "callerSource"}
_NO_AD_GROUP_FACTS = {"includeDefaultsFromCampaign", "callerSource"}

_EMPTY: dict[str, Any] = {"boolean": False, "number": 0.0, "integer": 0, "string": "", "{any}": {}}


def campaign_facts(body: Mapping[str, Any]) -> Doc:
    """What a create or update says of the campaign itself; null stays null."""
    given = {**(body.get("primaryInput") or {}), **(body.get("advancedInput") or {})}
    facts = {FACTS.get(name, name): value for name, value in given.items() if name not in _NO_FACTS}
    facts |= {name: moment(facts[name]) for name in ("startDate", "endDate") if name in facts}
    if facts.get("campaignGroupId") is not None:
        facts["campaignGroupId"] = str(facts["campaignGroupId"])
    if "budget" in given:
        facts["pacingMode"] = given["budget"]["pacingMode"]
    return facts


def campaign_flights(body: Mapping[str, Any], start: str) -> list[Doc]:
    """The flights of a create: those it lists, else one over the campaign's dates with the budget's amounts.

    What happens to a budget that comes beside flights is in no source: the flights count.
    """
    primary, advanced = body["primaryInput"], body.get("advancedInput") or {}
    if advanced.get("flights"):
        return [_flight(flight) for flight in advanced["flights"]]
    if "budget" not in primary:
        return []
    amounts = {name: value for name, value in primary["budget"].items() if name != "pacingMode"}
    dates = {
        "startDateInclusiveUTC": primary.get("startDateInUtc") or start,
        "endDateExclusiveUTC": primary.get("endDateInUtc"),
    }
    return [_flight({**dates, **amounts})]


def campaign_answer(doc: Doc, flights: list[Doc]) -> Doc:
    """A `CampaignWorkflow`."""
    words = {fact: name for name, fact in FACTS.items() if fact not in ("startDate", "endDate")}
    row = {words.get(name, name): value for name, value in doc.items()}
    for goal in ("primaryGoal", "secondaryGoal", "tertiaryGoal"):
        row[goal] = next((name for name, value in (doc.get(goal) or {}).items() if value), None)
    row["conversionReportingColumnsCount"] = len(doc.get("conversionReportingColumns", ()))
    row["flights"] = flights
    if "campaignGroupId" in doc:
        row["campaignGroupId"] = int(doc["campaignGroupId"])
    answer: Doc = shaped("CampaignWorkflow", row)
    return answer


def ad_group_facts(body: Mapping[str, Any]) -> Doc:
    """What a create or update says of the ad group; its words are the facts."""
    given = {**(body.get("primaryInput") or {}), **(body.get("advancedInput") or {})}
    facts = {name: value for name, value in given.items() if name not in _NO_AD_GROUP_FACTS}
    if "campaignId" in body:
        facts["campaignId"] = body["campaignId"]
    return facts


def ad_group_answer(doc: Doc) -> Doc:
    """An `AdGroupWorkflow`."""
    flights = [{**flight, "adGroupId": doc["id"]} for flight in doc.get("flights") or ()]
    answer: Doc = shaped("AdGroupWorkflow", {**doc, "flights": flights or None})
    return answer


def shaped(type: str, value: Any) -> Any:
    """A value cut and filled to a type of `schemas`: what it must have and lacks is null or empty."""
    if type in SCHEMAS:
        shape: Doc = {}
        for name, one in SCHEMAS[type].items():
            if value.get(name) is not None:
                shape[name] = shaped(one.type, value[name])
            elif one.required:
                shape[name] = None if one.nullable else _empty(one.type)
        return shape
    if type.startswith("["):
        return [shaped(type[1:-1], item) for item in value]
    if type == "datetime":
        return value if value.endswith("Z") else f"{value}Z"
    return float(value) if type == "number" else value


def _empty(type: str) -> Any:
    if type in SCHEMAS:
        return shaped(type, {})
    return ENUM_VALUES[type][0] if type in ENUM_VALUES else _EMPTY[type]


def _flight(flight: Mapping[str, Any]) -> Doc:
    dates = ("startDateInclusiveUTC", "endDateExclusiveUTC")
    return {name: moment(value) if name in dates else value for name, value in flight.items()}
