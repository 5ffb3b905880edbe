"""GraphQL bulk queries: jobs that read a query to its end at the server."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from adplatforms.core.errors import APIError
from adplatforms.core.messages import Answer
from adplatforms.core.query import Query
from adplatforms.net.jobs import JobState

from .. import shapes
from ..errors import rejection
from ..read import bulk_job_id, json_object
from ..workflows import operations
from ..workflows.operations import Callback
from .base import ERROR_KEYS, FAILED, WorkflowsJob
from .results import issues

if TYPE_CHECKING:
    from ..graphql.read import FamilyReading, Reading
    from ..session import TTD

__all__ = ["BulkQueryJob"]

Row = dict[str, Any]


class BulkQueryJob(WorkflowsJob[Any]):
    """A GraphQL query that the server reads to its end.

    The result are the entities of the query it was started with, with the conditions that GraphQL cannot filter
    applied; for the text of a query its ``data``.
    """

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
        found = self._ask_once()
        # Bulk jobs are accepted whatever they ask for: a refused field shows only when the job has failed.
        if found.get("status") in FAILED and self._resubmit(found):
            return self._ask_once()
        return found

    def _resubmit(self, found: Row) -> bool:
        """Submits a job once more that failed over fields which may be left out, without them.

        Its id is another one then. False where that is not why it failed.
        """
        if self.query is None or self.reading is None:
            return False
        dialect = self.session.dialect
        refused = dialect.bulk(self.query)
        errors = [{"message": each.message} for key in ERROR_KEYS for each in issues(found.get(key))]
        error = rejection(errors, refused)
        if error is None or not dialect.drop(error, refused.selection):
            return False
        reading = dialect.bulk(self.query)
        again = type(self).submit(self.session, reading.document.text, self.callback, self.beta, self.query, reading)
        # Whoever stored the id of the first job finds a failed one: nothing of it can be read.
        self.id, self.reading = again.id, reading
        return True

    def _ask_once(self) -> Row:
        request = operations.get_graph_ql_bulk_job_status(self.id)
        return self.session.exchange(request, lambda answer: shapes.readable(answer, self._status))

    def _status(self, answer: Answer) -> Row:
        """What the answer says of this job; the error that stands in the place of one is raised."""
        found = json_object(answer)
        job = shapes.member(found, "job")
        if job is None:
            reasons = "; ".join(each.message for each in issues(found.get("errors"))) or "there is no such job"
            raise APIError(f"GraphQL bulk job {self.id}: {reasons}", body=found, request=answer.request.label)
        return self._checked(job)

    def _result_of(self, state: JobState) -> Any:
        """The entities of the query, or the data of a text."""
        document = self._document(state)
        if self.query is None or self.reading is None:
            return document.get("data", document) if isinstance(document, dict) else document
        # The reader takes answers, so the document is handed to it as one: with the same errors next to the data.
        request = operations.get_graph_ql_bulk_job_status(self.id)
        answer = Answer(200, {}, json.dumps(document).encode(), replace(request, reader=self.reading))
        entities = self._wrapped(self.query.model, self.reading.page(answer).rows)
        here = self.query.plan().here
        matching = [entity for entity in entities if all(condition.matches(entity) for condition in here)]
        # The bulk document has no pages, so that what is skipped and how many are wanted is cut here.
        start, most = self.query.start, self.query.most
        return matching[start:][:most]
