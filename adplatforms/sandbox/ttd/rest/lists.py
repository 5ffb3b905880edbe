"""List queries and delta queries of the Platform API v3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adplatforms.sandbox.ttd import actions
from adplatforms.sandbox.ttd.bodies import MOST_LONG
from adplatforms.sandbox.ttd.errors import Fault, Refusal
from adplatforms.sandbox.ttd.records import Condition, Doc, Order, Records
from adplatforms.sandbox.ttd.rest import shapes
from adplatforms.sandbox.ttd.rest.tables import ENTITIES, Entity, Query

__all__ = ["DELTAS", "delta", "facets", "page"]

SORTABLE = ("string", "int", "number", "bool", "datetime")
DELTAS = {
    "adgroup": ("AdvertiserId", "advertiserId", "AdGroups", "ReturnEntireAdGroup"),
    "campaign": ("AdvertiserId", "advertiserId", "Campaigns", "ReturnEntireCampaign"),
    "creative": ("AdvertiserId", "advertiserId", "Creatives", ""),
    "advertiser": ("PartnerId", "partnerId", "Advertisers", "ReturnEntireAdvertiser"),
}
"""By entity: the property that names the parent, the fact, the list of the answer, and the flag for whole rows."""

MORE = {"adgroup": "MoreAdGroupsAvailable", "campaign": "MoreCampaignsAvailable"}
SEARCHED = ("id", "name", "description", "campaignId")
"""The facts that search terms are looked up in; which ones the server takes is known for ad groups only."""


def page(records: Records, entity: Entity, query: Query, body: Mapping[str, Any]) -> Doc:
    """One page. Archived rows come only when `Availabilities` asks for them, which is the default of one stub.

    Of several search terms, one must be found. PageStartIndex and PageSize must be there; PageSize null is everything,
    0 the counts alone.
    """
    start, size = _bounds(body)
    conditions = _parent(records, entity, query, body)
    if entity.kind in ("Campaign", "AdGroup"):
        conditions.append(("isTemplate", "eq", query.templates))
    unfiltered = records.numbers(entity.kind, conditions)
    wanted = _list(body, "Availabilities", str) or ["Available"]
    conditions.append(_available(wanted))
    terms = _list(body, "SearchTerms", str)
    if terms:
        anywhere: list[Condition] = [(fact, "contains", term) for term in terms for fact in SEARCHED]
        conditions.append(("", "or", anywhere))
    numbers = records.numbers(entity.kind, conditions, _order(entity, _list(body, "SortFields", dict)))
    some = numbers[start:] if size is None else numbers[start : start + size]
    result = [shapes.shown(records, entity, doc) for doc in records.load(entity.kind, some)]
    answer: Doc = {"Result": result, "ResultCount": len(result)}
    if not body.get("excludetotalcounts"):
        answer |= {"TotalFilteredCount": len(numbers), "TotalUnfilteredCount": len(unfiltered)}
    return answer


def facets(entity: Entity) -> Doc:
    """What queries can filter and sort by. The shape of this answer is in no source."""
    sortable = [name for name, one in entity.properties.items() if one.type in SORTABLE]
    return {"Availabilities": ["Available", "Archived"], "SortFields": sortable}


def delta(records: Records, path: str, body: Mapping[str, Any], most: int) -> Doc:
    """The rows of one parent that changed after a version; null is the beginning."""
    entity = ENTITIES[path]
    parent, fact, list_name, flag = DELTAS[path]
    owner = actions.found(records, "Partner" if fact == "partnerId" else "Advertiser", body.get(parent.lower()))
    version = body.get("lastchangetrackingversion") or 0
    if not _is_count(version):
        fault = Fault("LastChangeTrackingVersion", "must be null, 0 or more")
        raise Refusal(400, "The request is not valid.", (fault,))
    docs, reached, is_more = records.changed_since(entity.kind, version, fact, [owner["id"]], most)
    if not body.get("includetemplates"):
        docs = [doc for doc in docs if not doc.get("isTemplate")]
    whole = not flag or body.get(flag.lower())
    answer: Doc = {
        list_name: [shapes.shown(records, entity, doc) for doc in docs] if whole else [],
        "ElementIds": [doc["id"] for doc in docs],
        "LastChangeTrackingVersion": reached,
    }
    return {**answer, MORE[path]: is_more} if path in MORE else answer


def _bounds(body: Mapping[str, Any]) -> tuple[int, int | None]:
    faults = [Fault(name, "is required") for name in ("PageStartIndex", "PageSize") if name.lower() not in body]
    start, size = body.get("pagestartindex"), body.get("pagesize")
    if not faults and not _is_count(start):
        faults.append(Fault("PageStartIndex", "must be 0 or more"))
    if not faults and size is not None and not _is_count(size):
        faults.append(Fault("PageSize", "must be null, 0 or more"))
    if faults:
        raise Refusal(400, "The request is not valid.", tuple(faults))
    return int(start or 0), size


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_LONG


def _parent(records: Records, entity: Entity, query: Query, body: Mapping[str, Any]) -> list[Condition]:
    if not query.parent:
        return []
    id = body.get(query.parent.lower())
    if not isinstance(id, str):
        raise Refusal(400, "The request is not valid.", (Fault(query.parent, "is required"),))
    if query.parent == "EntityId":
        return [("ownerId", "eq", id)]
    owner = actions.found(records, query.parent.removesuffix("Id"), id)
    if not query.fact:
        return []
    # Contracts belong to partners: an advertiser can use those of its partner.
    is_own = query.fact == query.parent[0].lower() + query.parent[1:]
    return [(query.fact, "eq", owner["id"] if is_own else owner[query.fact])]


def _list(body: Mapping[str, Any], name: str, type: type) -> list[Any]:
    items = body.get(name.lower())
    if items is None:
        return []
    if not isinstance(items, list) or not all(isinstance(item, type) for item in items):
        raise Refusal(400, "The request is not valid.", (Fault(name, f"must be a list of {type.__name__}"),))
    return items


def _available(wanted: list[str]) -> Condition:
    unknown = [one for one in wanted if one not in ("Available", "Archived")]
    if unknown:
        told = f"{unknown[0]!r} is not one of Available, Archived"
        raise Refusal(400, "The request is not valid.", (Fault("Availabilities", told),))
    return ("", "or", [("isArchived", "eq", one == "Archived") for one in wanted])


def _order(entity: Entity, keys: list[Doc]) -> list[Order]:
    known = {name.lower(): one for name, one in entity.properties.items() if one.type in SORTABLE}
    found: list[Order] = []
    for key in keys:
        given = {name.lower(): value for name, value in key.items()}
        one = known.get(str(given.get("fieldid")).lower())
        if one is None:
            fault = Fault("SortFields", f"{given.get('fieldid')!r} is not a field to sort by")
            raise Refusal(400, "The request is not valid.", (fault,))
        found.append((one.fact, "ASC" if given.get("ascending", True) else "DESC"))
    return found
