"""Jobs at The Trade Desk: bulk saves, exports of data, GraphQL bulk queries and copies of campaigns.

A job goes on at the platform, whatever happens here: `TTD.job(id, kind)` finds it again in another process. Sources:
workflows.json (official) for the first three, platform_rest_v3.md for the last. A partner may have 10 active and 20
queued GraphQL bulk jobs [D]; results of standard jobs are kept for 24 hours [S].
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from adplatforms.core.entity import Entity
from adplatforms.core.errors import APIError, ClientError, ParserException, did_you_mean
from adplatforms.core.ids import id_of
from adplatforms.core.messages import Answer, Request, path_segment
from adplatforms.core.query import Query
from adplatforms.net.jobs import Job, JobState

from .. import shapes
from ..read import bulk_job_id, json_object, rejection
from ..workflows import operations
from ..workflows.operations import Callback
from .base import ERROR_KEYS, FAILED, StandardJob, WorkflowsJob
from .results import issues, listed
from .saves import SaveJob

if TYPE_CHECKING:
    from ..graphql.read import FamilyReading, Reading
    from ..session import TTD

__all__ = ["KINDS", "BulkQueryJob", "CloneJob", "DataJob", "SaveJob", "StandardJob", "WorkflowsJob", "resume"]

Row = dict[str, Any]


class DataJob(StandardJob[list[Any]]):
    """An export of first- or third-party data. The result are its entities, with the fields that the query shape asked
    for."""

    model: type[Entity]
    known: Row = {}

    @classmethod
    def submit(cls, session: TTD, request: Request, collection: str, **known: str) -> Self:
        """Starts the job. known: what is true for all records and not in the result, by Python name."""
        job = cls(session, cls._started(session, request))
        job.model = session.registry.find(collection)
        job.known = {job.model._fields[name].wire: value for name, value in known.items()}
        return job

    def _made(self, state: JobState) -> list[Any]:
        document = self._document(state)
        found = listed(document)
        if found is None:
            raise ParserException(f"job {self.id}: its result holds no list of records: {document!r:.100}")
        return self._wrapped(self.model, [{**self.known, **row} for row in found])


class BulkQueryJob(WorkflowsJob[Any]):
    """A GraphQL query that the server reads to its end. The result are the entities of the query it was made of, with
    the conditions that GraphQL cannot filter applied; for the text of a query its ``data``."""

    query: Query[Any] | None = None
    reading: Reading | FamilyReading | None = None
    callback: Callback | None = None
    beta: str | None = None

    @classmethod
    def submit(
        cls,
        session: TTD,
        document: str,
        callback: Callback | None = None,
        beta: str | None = None,
        query: Query[Any] | None = None,
        reading: Reading | FamilyReading | None = None,
    ) -> Self:
        """Starts the job. reading: how the rows of `query` are found in the result."""
        request = operations.submit_graph_ql_bulk_query_job(document, callback, beta, reading)
        job = cls(session, session.exchange(request, bulk_job_id))
        job.query, job.reading, job.callback, job.beta = query, reading, callback, beta
        return job

    def _ask(self) -> Row:
        found = self._asked()
        if found.get("status") not in FAILED or not self._resubmitted(found):
            return found
        return self._asked()

    def _resubmitted(self, found: Row) -> bool:
        """Whether the job failed over fields that may be left out, and was submitted once more without them: its id is
        another one then."""
        if self.query is None or self.reading is None:
            return False
        dialect = self.session.dialect
        reading = dialect.bulk(self.query)
        told = [{"message": each.message} for key in ERROR_KEYS for each in issues(found.get(key))]
        error = rejection(told, reading)
        if error is None or not dialect.drop(error, reading.selection):
            return False
        reading = dialect.bulk(self.query)
        again = type(self).submit(self.session, reading.document.text, self.callback, self.beta, self.query, reading)
        self.id, self.reading = again.id, reading
        return True

    def _asked(self) -> Row:
        request = operations.get_graph_ql_bulk_job_status(self.id)
        return self.session.exchange(request, lambda answer: shapes.readable(answer, self._state_of))

    def _state_of(self, answer: Answer) -> Row:
        """What the answer tells of this job; what there is instead of one is raised."""
        told = json_object(answer)
        found = shapes.member(told, "job")
        if found is None:
            words = "; ".join(each.message for each in issues(told.get("errors"))) or "there is no such job"
            raise APIError(f"GraphQL bulk job {self.id}: {words}", body=told, request=answer.request.label)
        return self._checked(found)

    def _made(self, state: JobState) -> Any:
        document = self._document(state)
        if self.query is None or self.reading is None:
            return document.get("data", document) if isinstance(document, dict) else document
        here = self.query.plan().here
        request = operations.get_graph_ql_bulk_job_status(self.id)
        answer = Answer(200, {}, json.dumps(document).encode(), replace(request, subject=self.reading))
        found = self._wrapped(self.query.model, shapes.readable(answer, self.reading.page).rows)
        found = [entity for entity in found if all(condition.matches(entity) for condition in here)]
        start, most = self.query.start, self.query.most
        return found[start:] if most is None else found[start : start + most]


class CloneJob(Job[Any]):
    """A copy of a campaign. The result is the new campaign; `ad_group_ids` says which ad group became which."""

    session: TTD

    @classmethod
    def submit(cls, session: TTD, campaign_id: str, name: str, version: str | None = None) -> Self:
        """Starts the job."""
        body = {"CampaignId": campaign_id, "CampaignName": name, **({"Version": version} if version else {})}
        request = session.dialect.calls.rest("POST", "campaign/clone", body, writes=True)
        return cls(session, session.exchange(request, _reference))

    def _look(self) -> JobState:
        request = self.session.dialect.calls.rest("GET", f"campaign/clone/status/{path_segment(self.id)}")
        told = self.session.exchange(request, lambda answer: shapes.readable(answer, _copying))
        status = told["Status"]
        return JobState(status=status, done=status != "InProgress", failed=status == "Failed", progress=None, raw=told)

    @property
    def ad_group_ids(self) -> dict[str, str]:
        """The new ad group's id by the old one's."""
        found: dict[str, str] = self.wait().raw.get("AdGroupIdMap") or {}
        return found

    def _result(self, state: JobState) -> Any:
        return self.session.get("campaigns", state.raw["CampaignId"])


def _reference(answer: Answer) -> str:
    """The reference of a copy that was started."""
    found = json_object(answer).get("ReferenceId")
    if not shapes.is_id(found):
        raise shapes.unreadable(answer, "it does not tell the reference of the copy")
    return str(found)


def _copying(answer: Answer) -> Row:
    """How a copy goes; one that has ended well names the campaign."""
    told = json_object(answer)
    status = shapes.member(told, "Status")
    if not isinstance(status, str):
        raise ValueError("expected a Status")
    if status not in ("InProgress", "Failed") and not shapes.is_id(told.get("CampaignId")):
        raise ValueError("expected a CampaignId")
    return told


KINDS = {
    "campaigns": "a bulk save of campaigns",
    "ad_groups": "a bulk save of ad groups",
    "first_party_data": "an export of first-party data",
    "third_party_data": "an export of third-party data",
    "graphql": "a GraphQL bulk query; its result is the data, as for the text of a query",
    "clone": "a copy of a campaign",
}
"""The kinds of jobs that `TTD.job` finds again."""


def resume(session: TTD, job_id: int | str, kind: str) -> Any:
    """The job of that id, of one of the `KINDS`; nothing is asked yet."""
    if kind not in KINDS:
        raise ClientError(f"there are no jobs of kind {kind!r}", hint=did_you_mean(kind, KINDS))
    number = str(id_of(job_id, (), "job"))
    if kind == "graphql":
        return BulkQueryJob(session, number)
    if kind == "clone":
        return CloneJob(session, number)
    job = (SaveJob if kind in ("campaigns", "ad_groups") else DataJob)(session, number)
    job.model = session.registry.find(kind)
    return job
