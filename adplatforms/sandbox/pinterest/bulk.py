"""Bulk: many entities downloaded, or created and changed, in one request that is polled.

Changes are applied when the request comes, by the rules of the ordinary operations; what became of each element stands
in the file. What the files look like is not in the facts: here an object (CSV: one table) of lists by entity.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from adplatforms.sandbox.pinterest import batches, jobs
from adplatforms.sandbox.pinterest.context import Context, handles
from adplatforms.sandbox.pinterest.errors import Refusal, not_found
from adplatforms.sandbox.pinterest.reading import Call
from adplatforms.sandbox.pinterest.rows import Document, Row

KINDS = {
    "CAMPAIGN": "campaigns",
    "AD_GROUP": "ad_groups",
    "PRODUCT_GROUP": "product_group_promotions",
    "AD": "ads",
    "KEYWORD": "keywords",
    "LABEL": "labels",
}
"""Rows by entity type. SCHEDULE has no resource in the description: it brings none."""

DEFAULT_TYPES = ("CAMPAIGN",)
UNSERVED = {"code": 501, "message": "catalog_product_groups are not served in bulk: an update does not name its group"}

Write = Callable[[Context, Call], Any]
WRITES: dict[tuple[str, str], tuple[str, Write]] = {
    ("create", "campaigns"): ("campaigns/create", batches.create),
    ("create", "ad_groups"): ("ad_groups/create", batches.create),
    ("create", "ads"): ("ads/create", batches.create_ads),
    ("create", "keywords"): ("keywords/create", batches.create_split),
    ("create", "labels"): ("labels/create", batches.create_split),
    ("create", "product_groups"): ("product_group_promotions/create", batches.create_product_group_promotions),
    ("update", "campaigns"): ("campaigns/update", batches.update),
    ("update", "ad_groups"): ("ad_groups/update", batches.update),
    ("update", "ads"): ("ads/update", batches.update_ads),
    ("update", "keywords"): ("keywords/update", batches.update_split),
    ("update", "labels"): ("labels/update", batches.update_split),
    ("update", "product_groups"): ("product_group_promotions/update", batches.update_product_group_promotions),
}
"""Which ordinary operation stands for each list of a bulk request."""

WHOLE_BODIES = (
    ("create", "keywords"),
    ("create", "labels"),
    ("create", "product_groups"),
    ("update", "product_groups"),
)
"""Lists whose elements are a whole body of that operation; the others hold single elements."""


@handles("bulk_download/create")
def download(context: Context, call: Call) -> Any:
    """Entities by id, or those of campaigns that fit a filter, changed since a time."""
    return {"request_id": jobs.start(context, call, "bulk_download").key}


@handles("bulk_upsert/create")
def upsert(context: Context, call: Call) -> Any:
    """Creates and changes; an element that cannot be done leaves the others alone."""
    results = []
    for verb, lists in (call.body or {}).items():
        for name, elements in lists.items():
            if (verb, name) in WRITES:
                done = _done(context, call, verb, name, elements)
                results += [{"operation": verb, "entity": name, **one} for one in done]
            else:
                results += [{"operation": verb, "entity": name, "exceptions": [UNSERVED]} for _ in elements]
    return {"request_id": jobs.start(context, call, "bulk_upsert", body=None, results=results).key}


def _done(context: Context, call: Call, verb: str, name: str, elements: list[Document]) -> list[Document]:
    id, write = WRITES[verb, name]
    operation = context.api.operations[id]
    if (verb, name) in WHOLE_BODIES:
        bodies: list[Any] = elements
    else:
        bodies = [{name: [one]} if name in ("keywords", "labels") else [one] for one in elements]
    found: list[Document] = []
    for body in bodies:
        try:
            answer = write(context, Call(operation, call.path, {}, body))
        except Refusal as refused:
            found.append({"exceptions": [refused.body]})
            continue
        for key, items in answer.items():
            for item in items:
                if key in ("items", "promotions"):
                    found.append(item)
                elif key == "errors":
                    found.append({"data": item["data"], "exceptions": item["error_messages"]})
                else:
                    found.append({"data": item})
    return found


@handles("bulk_request/get")
def get(context: Context, call: Call) -> Any:
    """`status`, and the URL once it is there. `include_details` attaches the errors of an upsert."""
    key = call.path["bulk_request_id"]
    job = jobs.look(context, "bulk_download", key, call.account) or jobs.look(context, "bulk_upsert", key, call.account)
    if job is None:
        raise not_found("bulk_requests", key)
    if not jobs.done(context, job):
        return {"status": "RUNNING"}
    make = _download if job.note["kind"] == "bulk_download" else _results
    found: Document = {"status": "SUCCEEDED", "result_url": jobs.publish(context, job, make)[0]}
    if call.query.get("include_details"):
        found["errors"] = [one for one in job.note.get("results", ()) if one.get("exceptions")]
    return found


def _results(context: Context, job: Row) -> tuple[bytes, str]:
    return orjson.dumps(job.note["results"]), jobs.MEDIA_TYPES["JSON"]


def _download(context: Context, job: Row) -> tuple[bytes, str]:
    body = job.note["body"]
    found: dict[str, list[Document]] = {}
    for entity in body.get("entity_types") or DEFAULT_TYPES:
        kind = KINDS.get(entity)
        rows = context.rows.select(kind, {"scope": job.note["account"]}) if kind else []
        found[entity] = [row.data for row in rows if _wanted(row, body)]
    if body.get("output_format") == "CSV":
        flat = [{"entity_type": entity, **row} for entity, rows in found.items() for row in rows]
        names = list(dict.fromkeys(name for row in flat for name in row))
        return jobs.written(flat, names, "CSV", "id")
    return orjson.dumps(found), jobs.MEDIA_TYPES["JSON"]


def _wanted(row: Row, body: Document) -> bool:
    data, filters = row.data, body.get("campaign_filter") or {}
    if body.get("entity_ids") and row.key not in body["entity_ids"]:
        return False
    if "updated_since" in body and int(data.get("updated_time") or 0) < int(body["updated_since"]):
        return False
    if row.kind.name != "campaigns" or body.get("entity_ids"):
        return True
    fits = [
        "name" not in filters or filters["name"].lower() in str(data.get("name")).lower(),
        "campaign_status" not in filters or data.get("summary_status") in filters["campaign_status"],
        "objective_type" not in filters or data.get("objective_type") in filters["objective_type"],
        "start_time" not in filters or int(data.get("start_time") or 0) >= int(filters["start_time"]),
        "end_time" not in filters or int(data.get("end_time") or 0) <= int(filters["end_time"]),
    ]
    return all(fits)
