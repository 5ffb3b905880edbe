"""Jobs at The Trade Desk: bulk saves, exports of data, GraphQL bulk queries and copies of campaigns.

A job goes on at the platform, whatever happens here: `TTD.job(id, kind)` finds it again in another process. Sources:
workflows.json (official) for the first three, platform_rest_v3.md for the last. A partner may have 10 active and 20
queued GraphQL bulk jobs [D]; results of standard jobs are kept for 24 hours [S].
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import ClientError, did_you_mean
from adplatforms.core.ids import id_of
from adplatforms.core.query import Query

from ..reports.jobs import ReportJob
from .base import StandardJob, WorkflowsJob
from .clones import CloneJob, ClonesJob
from .data import DataJob
from .queries import BulkQueryJob
from .saves import SaveJob

if TYPE_CHECKING:
    from ..session import TTD

__all__ = [
    "KINDS",
    "BulkQueryJob",
    "CloneJob",
    "ClonesJob",
    "DataJob",
    "SaveJob",
    "StandardJob",
    "WorkflowsJob",
    "resume",
]

KINDS = {
    "campaigns": "a bulk save of campaigns",
    "ad_groups": "a bulk save of ad groups",
    "first_party_data": "an export of first-party data",
    "third_party_data": "an export of third-party data",
    "graphql": "a GraphQL bulk query; its result is the data, as for the text of a query",
    "clone": "a copy of a campaign",
    "clones": "several copies of a campaign",
    "report": "a report of MyReports; its id is that of the schedule",
}
"""The kinds of jobs that `TTD.job` finds again."""
_CLASSES: dict[str, type[Any]] = {
    "campaigns": SaveJob,
    "ad_groups": SaveJob,
    "first_party_data": DataJob,
    "third_party_data": DataJob,
    "graphql": BulkQueryJob,
    "clone": CloneJob,
    "clones": ClonesJob,
    "report": ReportJob,
}


def resume(session: TTD, job_id: int | str, kind: str, query: Query[Any] | None = None) -> Any:
    """The job of that id, of one of the `KINDS`; nothing is asked yet. query: what a bulk query was made of."""
    if kind not in KINDS:
        raise ClientError(f"there are no jobs of kind {kind!r}", hint=did_you_mean(kind, KINDS))
    number = str(id_of(job_id, (), "job"))
    job = _CLASSES[kind](session, number)
    if query is not None:
        if not isinstance(job, BulkQueryJob):
            raise ClientError(f"a job of kind {kind!r} has no query", hint="kind='graphql'")
        job.query, job.reading = query, session.dialect.bulk(query)
    # The others are of the entities that their kind names.
    if isinstance(job, (SaveJob, DataJob)):
        job.model = session.registry.find(kind)
    return job
