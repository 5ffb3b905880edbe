"""What the mutations do. Expected errors stand in the payload, under the name its style has for them.

A row that does not exist is a top-level NOT_FOUND. The vendor's pages give inputs and answers of few mutations; the
others take what the matching REST entity or Workflows input has (see `inputs`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from adplatforms.sandbox.ttd import actions
from adplatforms.sandbox.ttd.checks import raise_for, reference_fault
from adplatforms.sandbox.ttd.errors import Fault, Refusal
from adplatforms.sandbox.ttd.graphql.connections import fault
from adplatforms.sandbox.ttd.graphql.context import Context
from adplatforms.sandbox.ttd.graphql.reporting import cancel_report, execute_report
from adplatforms.sandbox.ttd.graphql.roots import bulk_row, clone_row
from adplatforms.sandbox.ttd.jobs import Callback
from adplatforms.sandbox.ttd.records import Doc

__all__ = ["OWNERS", "RESOLVERS", "Work", "mutation"]

Work = Callable[[Context, Doc], Any]
"""What a mutation does with its input; gives the `data` of the payload."""

MOST_INPUTS = 1000
"""Inputs of one bulk mutation."""


def mutation(style: str, work: Work) -> Callable[..., Doc]:
    """The resolver of a mutation whose payload names its errors `style`."""

    def resolve(source: None, info: Any, input: Doc) -> Doc:
        context: Context = info.context
        try:
            with context.records.store.transaction():
                return {"data": work(context, input), style: []}
        except Refusal as refusal:
            if refusal.status == 404:
                raise fault("NOT_FOUND", refusal.message) from None
            if refusal.status == 429:
                raise fault("RESOURCE_LIMIT_EXCEEDED", refusal.message) from None
            errors = refusal.faults or (Fault("input", refusal.message),)
            return {"data": None, style: [_error(one) for one in errors]}

    return resolve


def _error(one: Fault) -> Doc:
    if one.field == "queryErrors":
        name = "BulkJobQueryValidationError"
        return {"__typename": name, "field": ["query"], "message": one.message, "queryErrors": [one.message]}
    return {"__typename": "InSchemaError", "field": one.field.split("."), "message": one.message}


# Campaigns and flights


def _flight(input: Mapping[str, Any]) -> Doc:
    return {name: value for name, value in input.items() if name not in ("id", "campaignId")}


def _campaign(input: Mapping[str, Any]) -> Doc:
    words = {"primaryChannel": "channelType", "campaignConversionReportingColumns": "conversionReportingColumns"}
    return {words.get(name, name): value for name, value in input.items() if name not in ("id", "flights")}


def _campaign_create(context: Context, input: Doc) -> Doc:
    return actions.add_campaign(context.records, _campaign(input), [*map(_flight, input.get("flights") or ())])


def _campaign_update(context: Context, input: Doc) -> Doc:
    return actions.change_campaign(context.records, input["id"], _campaign(input))


def _budgets(context: Context, input: Doc) -> Doc:
    campaign = actions.found(context.records, "Campaign", input["campaignId"])
    for one in input["campaignFlights"]:
        flight = actions.found(context.records, "CampaignFlight", one["campaignFlightId"])
        if flight["campaignId"] != campaign["id"]:
            raise_for([Fault("campaignFlights.campaignFlightId", "is a flight of another campaign")])
        changes = {name: value for name, value in one.items() if name != "campaignFlightId"}
        actions.change_flight(context.records, flight["id"], changes)
    return campaign


def _update_seed(context: Context, input: Doc) -> Doc:
    return actions.change_campaign(context.records, input["campaignId"], {"seedId": input["seedId"]})


def _clone(context: Context, input: Doc) -> list[Doc]:
    """A copy is named as `cloneNames` says, else after its campaign: by which rule is in no fact."""
    made = []
    for data in input["campaignCloneData"]:
        names, count = data.get("cloneNames") or [], data.get("numberOfClones") or 1
        if names and len(names) != count:
            raise_for([Fault("campaignCloneData.cloneNames", f"must be {count}, not {len(names)}")])
        groups = [one["adGroupId"] for one in data["selectedAdGroups"]] if data.get("selectedAdGroups") else None
        flights = [
            {
                "startDateInclusiveUTC": one["startDateInclusive"],
                "budgetInAdvertiserCurrency": one["budgetInAdvertiserCurrency"],
            }
            for one in data.get("campaignFlights") or ()
        ]
        made.append(
            clone_row(
                context.shared.clone(data["campaignId"], *(names or [None] * count), groups=groups, flights=flights)
            )
        )
    return made


# Ad groups


def _ad_group(input: Mapping[str, Any], creatives: list[str]) -> Doc:
    facts = {
        name: value for name, value in input.items() if name not in ("id", "creativeIdsToAdd", "creativeIdsToRemove")
    }
    removed = set(input.get("creativeIdsToRemove") or ())
    kept = [one for one in creatives if one not in removed]
    added = [one for one in input.get("creativeIdsToAdd") or () if one not in kept]
    return {**facts, "creativeIds": kept + added} if added or removed else facts


def _ad_group_create(context: Context, input: Doc) -> Doc:
    return actions.add_ad_group(context.records, _ad_group(input, []))


def _ad_group_update(context: Context, input: Doc) -> Doc:
    doc = actions.found(context.records, "AdGroup", input["id"])
    return actions.change_ad_group(context.records, doc["id"], _ad_group(input, doc.get("creativeIds") or []))


def _associate_creative(context: Context, input: Doc) -> Doc:
    asked = {**input, "id": input["adGroupId"]}
    del asked["adGroupId"]
    return _ad_group_update(context, asked)


# Other rows


def _create(kind: str, context: Context, input: Doc) -> Doc:
    owner = _owner(context, input)
    return context.records.add(kind, {**owner, **input})


def _update(kind: str, context: Context, input: Doc) -> Doc:
    doc = actions.found(context.records, kind, input["id"])
    changes = {name: value for name, value in input.items() if name != "id"}
    _named(changes)
    return context.records.change(kind, doc["id"], changes)


def _owner(context: Context, input: Mapping[str, Any]) -> Doc:
    _named({"name": "", **input})
    if "advertiserId" in input:
        raise_for(reference_fault(context.records, "Advertiser", "advertiserId", input["advertiserId"]))
        return {"partnerId": actions.found(context.records, "Advertiser", input["advertiserId"])["partnerId"]}
    raise_for(reference_fault(context.records, "Partner", "partnerId", input.get("partnerId")))
    return {"isArchived": False} if "partnerId" in input else {}


def _named(facts: Mapping[str, Any]) -> None:
    if "name" in facts and not str(facts["name"] or "").strip():
        raise_for([Fault("name", "must not be empty")])


def _remove(kind: str, context: Context, input: Doc) -> Doc:
    doc = actions.found(context.records, kind, input["id"])
    context.records.remove(kind, doc["id"])
    return doc


def _default_seed(context: Context, input: Doc) -> Doc:
    advertiser = actions.found(context.records, "Advertiser", input["advertiserId"])
    raise_for(reference_fault(context.records, "Seed", "seedId", input["seedId"], advertiser["id"]))
    for seed in context.records.find("Seed", ("advertiserId", "eq", advertiser["id"])):
        if bool(seed.get("isDefault")) != (seed["id"] == input["seedId"]):
            context.records.change("Seed", seed["id"], {"isDefault": seed["id"] == input["seedId"]})
    return context.records.change("Advertiser", advertiser["id"], {"defaultSeedId": input["seedId"]})


def _attach_campaigns(context: Context, input: Doc) -> Doc:
    group = actions.found(context.records, "CampaignGroup", input["id"])
    for campaign in input["campaignIds"]:
        actions.change_campaign(context.records, campaign, {"campaignGroupId": group["id"]})
    return group


def _archive_group(context: Context, input: Doc) -> Doc:
    actions.archive(context.records, "CampaignGroup", [input["id"]])
    return actions.found(context.records, "CampaignGroup", input["id"])


OWNERS = {"adGroup": "AdGroup", "campaign": "Campaign", "advertiser": "Advertiser", "partner": "Partner"}
"""What bid lists are associated with: the first part of its mutation, and its type."""


def _associate(kind: str, context: Context, input: Doc) -> Doc:
    doc = actions.found(context.records, OWNERS[kind], input[f"{kind}Id"])
    ties = {str(one["bidListId"]): one for one in doc.get("associatedBidLists") or ()}
    for id in input.get("bidListIdsToRemove") or ():
        if ties.pop(str(id), None) is None:
            raise_for([Fault("bidListIdsToRemove", f"bid list {id} is not associated")])
    for one in input.get("bidListsToAddOrUpdate") or ():
        raise_for(reference_fault(context.records, "IBidList", "bidListsToAddOrUpdate", str(one["bidListId"])))
        ties[str(one["bidListId"])] = {
            "bidListId": str(one["bidListId"]),
            "isEnabled": bool(one.get("isEnabled")),
            "isDefaultForDimension": bool(one.get("isDefault")),
        }
    return context.records.change(OWNERS[kind], doc["id"], {"associatedBidLists": list(ties.values())})


# Bulk


def _callback(input: Mapping[str, Any]) -> Callback | None:
    told = input.get("bulkJobCallback")
    if not told:
        return None
    return Callback(told["callbackUrl"], {one["key"]: one["value"] for one in told.get("callbackHeaders") or ()})


def _query_bulk(context: Context, input: Doc) -> Doc:
    raise_for([Fault("queryErrors", one) for one in context.bulk_faults(input["query"])])
    job = context.jobs.submit("bulk", partial(context.bulk, input["query"]), _callback(input))
    return bulk_row(job, 0.0)


def _mutation_bulk(context: Context, input: Doc) -> Doc:
    variables = input["mutationVariables"]
    if not 0 < len(variables) <= MOST_INPUTS:
        raise_for([Fault("mutationVariables", f"must be 1 to {MOST_INPUTS} strings")])
    for number, text in enumerate(variables):
        if not _is_object(text):
            raise_for([Fault(f"mutationVariables.{number}", "is not the text of a JSON object")])
    work = partial(context.bulk_mutation, input["mutation"], variables)
    return bulk_row(context.jobs.submit("bulk", work, _callback(input), is_mutation=True), 0.0)


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


RESOLVERS: dict[str, Work] = {
    "campaignCreate": _campaign_create,
    "campaignUpdate": _campaign_update,
    "campaignBudgetSettingsUpdate": _budgets,
    "campaignUpdateSeed": _update_seed,
    "campaignClonesCreate": _clone,
    "campaignFlightCreate": lambda context, asked: actions.add_flight(
        context.records, asked["campaignId"], _flight(asked)
    ),
    "campaignFlightUpdate": lambda context, asked: actions.change_flight(context.records, asked["id"], _flight(asked)),
    "campaignFlightDelete": lambda context, asked: actions.remove_flight(context.records, asked["id"]),
    "adGroupCreate": _ad_group_create,
    "adGroupUpdate": _ad_group_update,
    "campaignsArchive": lambda context, asked: actions.archive(context.records, "Campaign", asked["ids"]),
    "adGroupsArchive": lambda context, asked: actions.archive(context.records, "AdGroup", asked["ids"]),
    "adGroupAssociateCreative": _associate_creative,
    "advertiserCreate": partial(_create, "Advertiser"),
    "advertiserUpdate": partial(_update, "Advertiser"),
    "advertiserSetDefaultSeed": _default_seed,
    "seedCreate": partial(_create, "Seed"),
    "seedUpdate": partial(_update, "Seed"),
    "creativeUpdate": partial(_update, "Creative"),
    "bidListCreate": partial(_create, "IBidList"),
    "bidListUpdate": partial(_update, "IBidList"),
    "bidListSet": partial(_update, "IBidList"),
    "bidListDelete": partial(_remove, "IBidList"),
    "campaignGroupCreate": partial(_create, "CampaignGroup"),
    "campaignGroupUpdate": partial(_update, "CampaignGroup"),
    "campaignGroupAttachCampaigns": _attach_campaigns,
    "campaignGroupArchive": _archive_group,
    "myReportsReportExecutionCancel": cancel_report,
    "adGroupReportExecute": execute_report("AdGroup"),
    "campaignReportExecute": execute_report("Campaign"),
    "advertiserReportExecute": execute_report("Advertiser"),
    **{f"{kind}AssociateBidList": partial(_associate, kind) for kind in OWNERS},
    "createQueryBulk": _query_bulk,
    "createMutationBulk": _mutation_bulk,
}
"""What each mutation does, by name."""
