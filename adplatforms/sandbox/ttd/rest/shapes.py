"""Between the properties of the Platform API and the facts of documents.

Names of properties are matched without regard to case, as the official Workflows README suggests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from adplatforms.sandbox.ttd import actions
from adplatforms.sandbox.ttd.checks import moment
from adplatforms.sandbox.ttd.errors import Fault, Refusal
from adplatforms.sandbox.ttd.records import Doc, Records
from adplatforms.sandbox.ttd.rest.tables import ENTITIES, RTB, Entity, Property
from adplatforms.sandbox.ttd.workflows.schemas import SCHEMAS

__all__ = ["Given", "given", "shown"]

_CHECKS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "int": int,
    "bool": bool,
    "number": (int, float),
    "list": list,
    "object": dict,
    "rtb": dict,
    "labels": list,
    "flights": list,
    "goal": dict,
    "money": dict,
    "budget": dict,
    "category": dict,
    "keys": dict,
    "rows": list,
}
_GOALS = {name.lower(): name for name in SCHEMAS["CampaignWorkflowROIGoalInput"]}
PACING = {"PaceAhead": "PaceAhead", "PaceToEndOfFlight": "PaceEvenly", "Off": "PaceToDailyCap"}
"""REST's own words for how a campaign paces. It has none for ``PaceAsSoonAsPossible``: the property is null then."""
_BUDGET = {
    "budget": "budgetInAdvertiserCurrency",
    "budgetinimpressions": "budgetInImpressions",
    "dailybudget": "dailyTargetInAdvertiserCurrency",
    "dailybudgetinimpressions": "dailyTargetInImpressions",
    "allocationtype": "allocationType",
}
"""What an ad group's BudgetSettings say, by the name in lower case, beside PacingMode and AdGroupFlights."""


def shown(records: Records, entity: Entity, doc: Doc) -> dict[str, Any]:
    """A row as the wire has it: every property, null where the fact is not there."""
    currency = _currency(records, doc)
    return {name: _out(records, entity, one, doc, currency) for name, one in entity.properties.items()}


def _out(records: Records, entity: Entity, one: Property, doc: Doc, currency: str) -> Any:
    if one.type == "rtb":
        return {name: _out(records, entity, inner, doc, currency) for name, inner in RTB.items()}
    if one.type == "availability":
        return "Archived" if doc.get("isArchived") else "Available"
    if one.type == "flights":
        flights = actions.flights_of(records, doc["id"])
        return [shown(records, ENTITIES["campaignflight"], flight) for flight in flights]
    if one.type == "budget":
        return _budget(records, entity, doc, currency)
    value = doc.get(one.fact)
    if value is None:
        return [] if one.type == "labels" else None
    if one.name == "PacingMode":
        return next((theirs for theirs, fact in PACING.items() if fact == value), None)
    if one.type == "money":
        return {"Amount": value, "CurrencyCode": currency}
    if one.type == "goal":
        return {_goal_name(name): _goal_value(name, goal, currency) for name, goal in value.items() if goal is not None}
    if one.type == "category":
        return {"CategoryId": value}
    if one.type == "labels":
        return [{"CustomLabelName": name} for name in value]
    if one.type in ("keys", "rows"):
        return _vendors(_rename(value, lambda key: key[0].upper() + key[1:]), is_out=True)
    return int(value) if one.type == "int" else value


def _budget(records: Records, entity: Entity, doc: Doc, currency: str) -> Any:
    if entity.path == "campaign":
        flights = actions.flights_of(records, doc["id"])
        total = round(sum(one["budgetInAdvertiserCurrency"] for one in flights), 2)
        return {"Amount": total, "CurrencyCode": currency}
    budget = doc.get("budget") or {}
    amounts = {
        name: {"Amount": budget[fact], "CurrencyCode": currency} if budget.get(fact) is not None else None
        for name, fact in (("Budget", _BUDGET["budget"]), ("DailyBudget", _BUDGET["dailybudget"]))
    }
    flights = [_rename(one, lambda key: key[0].upper() + key[1:]) for one in doc.get("flights") or ()]
    return {
        **amounts,
        "BudgetInImpressions": budget.get("budgetInImpressions"),
        "DailyBudgetInImpressions": budget.get("dailyTargetInImpressions"),
        "AllocationType": budget.get("allocationType"),
        "PacingMode": doc.get("pacingMode"),
        "AdGroupFlights": flights,
    }


class Given:
    """What a body said: the facts, and the flights of a campaign where it said something of them."""

    def __init__(self) -> None:
        self.facts: Doc = {}
        self.flights: list[Doc] | None = None
        self.budget: float | None = None
        self.faults: list[Fault] = []


def given(records: Records, entity: Entity, body: Mapping[str, Any], is_new: bool, is_strict: bool) -> Given:
    """What a create or update says.

    Raises:
        Refusal: 410 for a deprecated property; 400 for values that do not fit, for what a create lacks, and in
            strict mode for properties that are unknown or cannot be written.
    """
    found = Given()
    owner = {name.lower(): value for name, value in body.items()}
    advertiser = owner.get("advertiserid") or _owner(records, entity, owner, is_new)
    currency = owner.get("currencycode") or _currency(records, {"advertiserId": advertiser})
    _read(found, entity, entity.properties, body, (is_new, is_strict), currency)
    if found.faults:
        raise Refusal(400, "The request is not valid.", tuple(found.faults))
    return found


def _owner(records: Records, entity: Entity, body: Mapping[str, Any], is_new: bool) -> str | None:
    kind, id = ("Campaign", body.get("campaignid")) if is_new else (entity.kind, body.get(entity.id.lower()))
    doc = records.get(kind, str(id)) if id is not None else None
    return str(doc.get("advertiserId") or doc["id"]) if doc else None


def _read(
    found: Given,
    entity: Entity,
    table: Mapping[str, Property],
    body: Mapping[str, Any],
    mode: tuple[bool, bool],
    currency: str,
    prefix: str = "",
) -> None:
    is_new, is_strict = mode
    known = {name.lower(): one for name, one in table.items()}
    for name, value in body.items():
        one = known.get(name.lower())
        if one is None or _is_fixed(one, entity, is_new):
            if is_strict and not (one is not None and one.name == entity.id):
                told = "is not a property here" if one is None else "cannot be written"
                found.faults.append(Fault(prefix + name, told))
            continue
        if one.deprecated:
            raise Refusal(410, f"The property {prefix}{one.name} is deprecated.")
        if one.type == "rtb" and isinstance(value, dict):
            _read(found, entity, RTB, value, mode, currency, f"{one.name}.")
            continue
        try:
            _in(found, entity, one, value, currency)
        except ValueError as error:
            found.faults.append(Fault(prefix + one.name, str(error)))
        except (TypeError, KeyError, AttributeError):
            found.faults.append(Fault(prefix + one.name, f"{value!r} is not of type {one.type}"))
    if is_new:
        said = {name.lower() for name, value in body.items() if value is not None}
        found.faults += [
            Fault(prefix + name, "is required")
            for name, one in table.items()
            if one.required and name.lower() not in said
        ]
    else:
        said = {name.lower() for name, value in body.items() if value is not None}
        found.faults += [
            Fault(prefix + name, "is required")
            for name, one in table.items()
            if one.always and name.lower() not in said
        ]


def _is_fixed(one: Property, entity: Entity, is_new: bool) -> bool:
    return one.readonly or one.name == entity.id or (one.create_only and not is_new)


def _in(found: Given, entity: Entity, one: Property, value: Any, currency: str) -> None:
    if value is None and one.name == "TimeZone":
        raise ValueError("must not be null")
    if value is None:
        found.facts[one.fact] = None
        return
    expected = _CHECKS.get(one.type)
    if expected and (not isinstance(value, expected) or (isinstance(value, bool) and one.type != "bool")):
        raise ValueError(f"{value!r} is not of type {one.type}")
    if one.type == "availability":
        if value not in ("Available", "Archived"):
            raise ValueError(f"{value!r} is not one of Available, Archived")
        found.facts["isArchived"] = value == "Archived"
    elif one.type == "flights":
        found.flights = [_flight(flight) for flight in value]
    elif one.type == "budget" and entity.path == "campaign":
        found.budget = _amount(value, currency)
    elif one.type == "budget":
        _read_budget(found, value, currency)
    else:
        found.facts[one.fact] = _value(one, value, currency)


def _value(one: Property, value: Any, currency: str) -> Any:
    if one.type == "money":
        return _amount(value, currency)
    if one.type == "datetime":
        return moment(value)
    if one.name == "PacingMode":
        if value not in PACING:
            raise ValueError(f"{value!r} is not one of {', '.join(PACING)}")
        return PACING[value]
    if one.name == "TimeZone" and not value:
        raise ValueError("must not be empty")
    if one.type == "goal":
        return {_fact_of_goal(name): _goal_fact(goal, currency) for name, goal in value.items()}
    if one.type == "category":
        category = value["CategoryId"]
        if not isinstance(category, int) or isinstance(category, bool):
            raise ValueError(f"{category!r} is not the number of a category")
        return category
    if one.type == "labels":
        return [label["CustomLabelName"] for label in value]
    if one.type == "rows" and not all(isinstance(item, dict) for item in value):
        raise ValueError("must be a list of objects")
    if one.type in ("keys", "rows"):
        return _rename(_vendors(value, is_out=False), _camel)
    return value


def _vendors(value: Any, is_out: bool) -> Any:
    """Cross-device vendors are objects here and numbers in the Workflows API, whose form documents keep."""
    name = "CrossDeviceVendorListForAudience"
    if not isinstance(value, dict) or not isinstance(value.get(name), list):
        return value
    given = value[name]
    vendors = [{"CrossDeviceVendorId": one} if is_out else one["CrossDeviceVendorId"] for one in given]
    return {**value, name: vendors}


def _read_budget(found: Given, value: Mapping[str, Any], currency: str) -> None:
    budget = {}
    for name, inner in value.items():
        if name.lower() == "adgroupflights":
            found.facts["flights"] = [_rename(flight, _camel) for flight in inner or ()]
        elif name.lower() == "pacingmode":
            found.facts["pacingMode"] = inner
        elif name.lower() in _BUDGET:
            budget[_BUDGET[name.lower()]] = _amount(inner, currency) if isinstance(inner, dict) else inner
    found.facts["budget"] = budget


def _flight(flight: Mapping[str, Any]) -> Doc:
    known = {name.lower(): one for name, one in ENTITIES["campaignflight"].properties.items()}
    facts = {}
    for name, value in flight.items():
        one = known.get(name.lower())
        if one is not None and value is not None and one.fact != "campaignId":
            facts[one.fact] = str(value) if one.fact == "id" else _value(one, value, "")
    return facts


def _amount(value: Any, currency: str) -> float:
    money = {name.lower(): inner for name, inner in value.items()}
    code, amount = money.get("currencycode"), money["amount"]
    if currency and code not in (None, currency):
        raise ValueError(f"CurrencyCode must be {currency}, the advertiser's, not {code}")
    if isinstance(amount, bool) or not isinstance(amount, int | float):
        raise ValueError(f"{amount!r} is not an amount")
    return float(amount)


def _fact_of_goal(name: str) -> str:
    if name.lower() not in _GOALS:
        raise ValueError(f"{name} is not a goal")
    return _GOALS[name.lower()]


def _goal_fact(goal: Any, currency: str) -> Any:
    return _amount(goal, currency) if isinstance(goal, dict) else goal


def _goal_name(name: str) -> str:
    return re.sub(r"^(cpcv|cpc|ctr|cpa|vcr|vcpm|\w)", lambda match: match[0].upper(), name)


def _goal_value(name: str, goal: Any, currency: str) -> Any:
    return {"Amount": goal, "CurrencyCode": currency} if name.endswith("InAdvertiserCurrency") else goal


def _rename(value: Any, name: Any) -> Any:
    if isinstance(value, list):
        return [_rename(one, name) for one in value]
    if isinstance(value, dict):
        return {name(key): _rename(one, name) for key, one in value.items()}
    return value


def _camel(key: str) -> str:
    return key if key[:2].isupper() else key[0].lower() + key[1:]


def _currency(records: Records, doc: Doc) -> str:
    if "currencyCode" in doc:
        return str(doc["currencyCode"])
    advertiser = records.get("Advertiser", doc.get("advertiserId"))
    return str((advertiser or {}).get("currencyCode") or "USD")
