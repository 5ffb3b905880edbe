"""Pinterest's jobs: work that it does in its own time. Source: wire.md section 12.

A job is known by its token or id, with which it is resumed later. The file of a report, an export or a bulk request
lies behind a link of its own, which is fetched without the session's token and ends after minutes: a new one is asked
for where that happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

from adplatforms.core.errors import APIError, JobError
from adplatforms.core.files import write_atomically
from adplatforms.core.messages import Stream
from adplatforms.core.relations import Peers
from adplatforms.net.jobs import Job, JobState

from .answers import record, rows_of
from .figures import Figures, rows_of_file

if TYPE_CHECKING:
    from os import PathLike

    from adplatforms.core.query import Query

    from .account import Account

__all__ = [
    "BulkJob",
    "BulkReadJob",
    "CatalogReportJob",
    "ConversionProductReportJob",
    "CustomerListUploadJob",
    "FileJob",
    "ItemsJob",
    "LeadExportJob",
    "LocalInventoryJob",
    "MMMReportJob",
    "MediaJob",
    "Polling",
    "ReportJob",
]

R = TypeVar("R")

_FAILED = ("FAILED", "EXPIRED", "CANCELLED", "DOES_NOT_EXIST")
_ENDED = ("FINISHED", "SUCCEEDED", *_FAILED)


class Polling(NamedTuple):
    """How a kind of job is looked at.

    `operation`: the one that answers with its state. `param`: the parameter that takes its id. `status`, `url`: the
    members of the answer that hold its status and the link to its file.
    """

    operation: str
    param: str = "token"
    status: str = "report_status"
    url: str = "url"


class _PinterestJob(Job[R]):
    """A job at Pinterest. `where`: the parameters that every look at it needs, such as its ad account."""

    session: Account

    def __init__(self, session: Account, id: str, **where: Any) -> None:
        super().__init__(session, id)
        self.where = where


class FileJob(_PinterestJob[list[Figures]]):
    """A job that makes a file. Rows are read as they arrive; `result()` has all.

    >>> job = pin.submit_report(level="CAMPAIGN", columns="SPEND_IN_DOLLAR", start=..., end=...)   # doctest: +SKIP
    >>> job.id                                                      # doctest: +SKIP
    >>> rows = pin.report_job(job.id).result(progress=True)         # doctest: +SKIP
    """

    _polling: ClassVar[Polling] = Polling("")

    def _look(self) -> JobState:
        polling = self._polling
        content = record(self.session.call(polling.operation, **{**self.where, polling.param: self.id}))
        content = record(content.get("data", content))  # reports for marketing mix models nest all in `data`
        status = str(content.get(polling.status) or "")
        return JobState(status, status in _ENDED, status in _FAILED, None, content)

    def _result(self, state: JobState) -> list[Figures]:
        return list(self._rows(self._open(state)))

    def stream(self, **waiting: Any) -> Stream:
        """The file, read piece by piece; waits for it first (see `wait`)."""
        return self._open(self.wait(**waiting))

    def rows(self, **waiting: Any) -> Iterator[Figures]:
        """The rows of the file as they arrive: CSV line by line, JSON once all of it is here."""
        return self._rows(self.stream(**waiting))

    def save(self, path: str | PathLike[str], **waiting: Any) -> int:
        """Writes the file as it is to a path; returns the number of bytes."""
        stream = self.stream(**waiting)
        try:
            return write_atomically(stream.chunks, path)
        finally:
            stream.close()

    def _open(self, state: JobState) -> Stream:
        """What is behind the link; where the link has ended, behind a new one."""
        try:
            return self.session.download(self._url(state))
        except APIError:
            # A link holds 5 minutes and a report one hour: within it, another look brings a new link.
            self._state = fresh = self._look()
        # It may have EXPIRED since it was FINISHED.
        if fresh.failed:
            raise JobError(
                f"{self!r} ended as {fresh.status}", hint="its file is kept for a while only: submit it again"
            )
        return self.session.download(self._url(fresh))

    def _url(self, state: JobState) -> str:
        """The link to the file; a `JobError` where the answer has none."""
        url = state.raw.get(self._polling.url)
        if not url:
            raise JobError(f"{self!r} ended without a file", hint="look() again, or submit it again")
        return str(url)

    def _has_size(self) -> bool:
        """Whether Pinterest said that the file is not empty."""
        if self._state is None:
            return False
        size = self._state.raw.get("size")
        return isinstance(size, (int, float)) and size > 0

    def _rows(self, stream: Stream) -> Iterator[Figures]:
        try:
            yield from rows_of_file(stream.chunks, repr(self), self._has_size())
        finally:
            stream.close()


class ReportJob(FileJob):
    """A report on ads. Its link holds 5 minutes, the report one hour."""

    _polling = Polling("analytics/get_report")


class MMMReportJob(FileJob):
    """A report for marketing mix models."""

    _polling = Polling("analytics/get_mmm_report")


class ConversionProductReportJob(FileJob):
    """A report on conversions by brand, category or SKU."""

    _polling = Polling("analytics/get_conversion_product_report")


class CatalogReportJob(FileJob):
    """A report on the items of a catalog."""

    _polling = Polling("reports/get")


class LeadExportJob(FileJob):
    """An export of the leads of one ad."""

    _polling = Polling("leads_export/get", "leads_export_id", "export_status", "download_url")


class BulkJob(FileJob):
    """A bulk download, or a bulk upsert; of the latter `result()` has what became of each record."""

    _polling = Polling("bulk_request/get", "bulk_request_id", "status", "result_url")

    def details(self) -> Any:
        """The answer of Pinterest with the errors of an upsert attached, where it has some."""
        return self.session.call(self._polling.operation, **self.where, bulk_request_id=self.id, include_details=True)


class BulkReadJob(BulkJob):
    """A bulk download of one collection, as entities: those of the query, with its conditions.

    query: what was asked for.
    """

    def __init__(self, session: Account, id: str, query: Query[Any], **where: Any) -> None:
        super().__init__(session, id, **where)
        self.query = query

    def _rows(self, stream: Stream) -> Iterator[Any]:
        conditions, most = self.query.conditions, self.query.most
        model = self.query.model.__model__
        found = 0
        for row in super()._rows(stream):
            if most is not None and found >= most:
                break
            entity = model.wrap(model.adapt(row, self.where), Peers(self.session, [row]))
            if all(condition.matches(entity) for condition in conditions):
                found += 1
                yield entity


class ItemsJob(_PinterestJob[list[dict[str, Any]]]):
    """Pinterest's work on a batch of catalog items.

    Its result has what became of each: item_id, status, errors, warnings. A batch whose items failed is not a failed
    job.
    """

    def _look(self) -> JobState:
        content = record(self.session.call("items_batch/get", **self.where, batch_id=self.id))
        status = str(content.get("status") or "")
        # A batch with items that failed is FAILED too, and its result says which.
        return JobState(status, status in ("COMPLETED", "FAILED"), False, None, content)

    def _result(self, state: JobState) -> list[dict[str, Any]]:
        if state.status == "FAILED" and state.raw.get("items") is None:
            return []  # nothing in it was worked on
        return rows_of(state.raw, "items")


class LocalInventoryJob(_PinterestJob[list[dict[str, Any]]]):
    """Pinterest's work on what local stores have; its result tells item_id, store_code, status and errors of each."""

    def _look(self) -> JobState:
        answer = self.session.call("catalogs_supplemental_items_batch/get", **self.where, batch_id=self.id)
        content = record(answer)
        status = str(content.get("status") or "")
        return JobState(status, status in ("COMPLETED", "FAILED"), False, None, content)

    def _result(self, state: JobState) -> list[dict[str, Any]]:
        return rows_of({"operation_results": [], **state.raw}, "operation_results")


class MediaJob(_PinterestJob[str]):
    """Pinterest's work on an uploaded video; its result is the media id that a pin's `media_source` takes."""

    def _look(self) -> JobState:
        content = record(self.session.call("media/get", media_id=self.id))
        # The states of media are lower case, unlike those of all other jobs (wire.md, section 9).
        status = str(content.get("status") or "")
        return JobState(status, status in ("succeeded", "failed"), status == "failed", None, content)

    def _result(self, state: JobState) -> str:
        return self.id


class CustomerListUploadJob(_PinterestJob[dict[str, Any]]):
    """Pinterest's work on an uploaded customer list; its result has `record_counts` and `error_counts`."""

    def _look(self) -> JobState:
        content = record(self.session.call("customer_list_uploads/get", **self.where, customer_list_upload_id=self.id))
        state = str(content.get("state") or "")
        return JobState(state, state in ("SUCCEEDED", "FAILED"), state == "FAILED", None, content)

    def _result(self, state: JobState) -> dict[str, Any]:
        return dict(state.raw)
