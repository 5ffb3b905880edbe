"""Root fields that read no plain row: who one is, jobs, clones, and the changes since a version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adplatforms.sandbox.ttd.errors import Refusal
from adplatforms.sandbox.ttd.graphql.connections import fault
from adplatforms.sandbox.ttd.jobs import Job
from adplatforms.sandbox.ttd.records import Doc

__all__ = ["ROOTS", "bulk_row", "clone_row"]

CLONE_STATUS = {"InProgress": "Processing", "Success": "Completed", "Failure": "Failed"}
"""How the words of a job read for a clone."""

MOST_PARENTS = 100
"""Parents of one delta query: the vendor's scripts send so many."""


def bulk_row(job: Job, progress: float) -> Doc:
    """A `BulkQueryJob` or `BulkMutationJob`."""
    errors = list(job.outcome.errors) if job.outcome else []
    return {
        "__typename": "BulkMutationJob" if job.is_mutation else "BulkQueryJob",
        "id": str(job.id),
        "status": job.status,
        "completionPercentage": progress,
        "url": job.url,
        "rawResult": job.raw,
        "runtimeErrors": [],
        "createdAt": job.made.strftime("%Y-%m-%dT%H:%M:%S"),
        "completedAt": job.ended.strftime("%Y-%m-%dT%H:%M:%S") if job.ended else None,
        "queryGqlErrors": errors,
        "mutationGqlErrors": [_indexed(error) for error in errors] if job.is_mutation else [],
    }


def clone_row(job: Job) -> Doc:
    """A `CampaignCloneProgress`."""
    made = job.outcome.result if job.outcome else {}
    jobs = [
        {
            "id": f"{job.id}-{number}",
            "status": "Completed",
            "progressPercentage": 100.0,
            "cloneInfo": {
                "campaignCloneId": clone,
                "adGroupCloneMap": [{"originalAdGroupId": old, "clonedAdGroupId": new} for old, new in groups.items()],
            },
            "failedAdGroups": [],
        }
        for number, (clone, groups) in enumerate(made.get("clones", ()), 1)
    ]
    count = len(jobs) or 1
    status = CLONE_STATUS[job.status]
    return {"id": job.id, "cloneCount": count, "status": status, "sourceCampaignId": made.get("source"), "jobs": jobs}


def _bulk_job(source: None, info: Any, id: str) -> Doc | None:
    job = _look(info, "bulk", id)
    return bulk_row(job, job.progress(info.context.settings.job_looks)) if job else None


def _clone(source: None, info: Any, id: str) -> Doc | None:
    job = _look(info, "clone", id)
    return clone_row(job) if job else None


def _look(info: Any, sort: str, id: str) -> Job | None:
    try:
        job: Job = info.context.jobs.look(sort, int(id))
    except (ValueError, Refusal):
        return None
    return job


def _delta(kind: str, list_name: str, parent: str) -> Callable[..., Doc]:
    def read(source: None, info: Any, input: Doc) -> Doc:
        context = info.context
        asked = input if parent == "partnerId" else input["advertiser"]
        ids, oldest = asked.get("ids") or [], context.settings.delta_from
        if len(ids) > MOST_PARENTS:
            raise fault("VALIDATION_FAILURE", f"At most {MOST_PARENTS} ids are taken, not {len(ids)}")
        version = asked.get("changeTrackingVersion") or 0
        found = (
            ([], version, False)
            if version and version < oldest
            else context.records.changed_since(kind, version, parent, ids, context.settings.delta_page)
        )
        docs, reached, is_more = found
        return {
            "nextChangeTrackingVersion": reached,
            "moreAvailable": is_more,
            "currentMinimumTrackingVersion": oldest,
            list_name: docs,
        }

    return read


def _indexed(error: str) -> Doc:
    place, _, text = error.removeprefix("[").partition("] ")
    return {"index": int(place), "error": text}


ROOTS: dict[str, Callable[..., Any]] = {
    "Query.me": lambda source, info: {"id": "usr0001"},
    "Query.bulkJob": _bulk_job,
    "Query.campaignCloneProgress": _clone,
    "Query.jobProgress": lambda source, info, **args: None,
    "Query.advertiserDelta": _delta("Advertiser", "advertisers", "partnerId"),
    "Query.campaignDelta": _delta("Campaign", "campaigns", "advertiserId"),
    "Query.adGroupDelta": _delta("AdGroup", "adGroups", "advertiserId"),
    "Query.creativeDelta": _delta("Creative", "creatives", "advertiserId"),
    "Query.trackingTagDelta": _delta("TrackingTag", "trackingTags", "advertiserId"),
}
"""By place. `jobProgress` belongs to the older spreadsheets, of which no job is ever made here."""
