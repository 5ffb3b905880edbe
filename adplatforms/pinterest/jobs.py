"""Jobs at Pinterest that make a file: reports, exports, bulk requests. Source: wire.md section 12.

A job is known by its token or id, with which it is resumed later. Its file lies behind a link of its own, which is
fetched without the session's token and ends after minutes: a new one is asked for where that happened.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import orjson

from adplatforms.core.errors import APIError, JobError, ParserException
from adplatforms.core.files import lines_of, write_atomically
from adplatforms.core.messages import Stream
from adplatforms.net.jobs import Job, JobState

from .answers import record
from .figures import Figures, figures

if TYPE_CHECKING:
    from os import PathLike

    from .account import Account

__all__ = [
    "Asked",
    "BulkJob",
    "CatalogReportJob",
    "ConversionProductReportJob",
    "FileJob",
    "LeadExportJob",
    "MMMReportJob",
    "ReportJob",
]

_FAILED = ("FAILED", "EXPIRED", "CANCELLED", "DOES_NOT_EXIST")
_ENDED = ("FINISHED", "SUCCEEDED", *_FAILED)


class Asked(NamedTuple):
    """How a kind of job is looked at: the operation, the parameter that takes its id, and the members that tell."""

    operation: str
    param: str = "token"
    status: str = "report_status"
    url: str = "url"


class FileJob(Job[list[Figures]]):
    """A job that makes a file. `where`: the parameters of its path. Rows are read as they arrive; `result()` has all.

    >>> job = pin.submit_report(level="CAMPAIGN", columns="SPEND_IN_DOLLAR", start=..., end=...)   # doctest: +SKIP
    >>> job.id                                                      # doctest: +SKIP
    >>> rows = pin.report_job(job.id).result(progress=True)         # doctest: +SKIP
    """

    session: Account
    _asked: ClassVar[Asked] = Asked("")

    def __init__(self, session: Account, id: str, **where: Any) -> None:
        super().__init__(session, id)
        self.where = where

    def _look(self) -> JobState:
        asked = self._asked
        told = record(self.session.call(asked.operation, **{**self.where, asked.param: self.id}))
        told = record(told.get("data", told))
        status = str(told.get(asked.status) or "")
        return JobState(status, status in _ENDED, status in _FAILED, None, told)

    def _result(self, state: JobState) -> list[Figures]:
        return list(self._rows(self._open(state)))

    def stream(self, **waiting: Any) -> Stream:
        """The file, read piece by piece; waits for it first (see `wait`)."""
        return self._open(self.wait(**waiting))

    def rows(self, **waiting: Any) -> Iterator[Figures]:
        """The rows of the file as they arrive: CSV line by line, JSON once it is here whole."""
        return self._rows(self.stream(**waiting))

    def save(self, path: str | PathLike[str], **waiting: Any) -> int:
        """Writes the file as it is to a path; the number of bytes."""
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
            self._state = fresh = self._look()
        if fresh.failed:
            raise JobError(
                f"{self!r} ended as {fresh.status}", hint="its file is kept for a while only: submit it again"
            )
        return self.session.download(self._url(fresh))

    def _url(self, state: JobState) -> str:
        url = state.raw.get(self._asked.url)
        if not url:
            raise JobError(f"{self!r} ended without a file", hint="look() again, or submit it again")
        return str(url)

    def _told_size(self) -> bool:
        """Whether Pinterest told that the file is not empty."""
        size = None if self._state is None else self._state.raw.get("size")
        return isinstance(size, (int, float)) and size > 0

    def _rows(self, stream: Stream) -> Iterator[Figures]:
        try:
            text = codecs.iterdecode(stream.chunks, "utf-8-sig", errors="replace")
            head = next((piece for piece in text if piece.strip()), "")
            if head.lstrip()[:1] == "<" or (not head and self._told_size()):
                what = "a gateway's page" if head else "empty, where Pinterest told a size"
                raise ParserException(f"the file of {self!r} is {what}", hint="ask for the result again")
            if head.lstrip()[:1] in ("{", "["):
                yield from _of_json("".join([head, *text]))
            else:
                yield from _of_csv(lines_of(chain([head], text)))
        finally:
            stream.close()


class ReportJob(FileJob):
    """A report on ads. Its link holds 5 minutes, the report one hour."""

    _asked = Asked("analytics/get_report")


class MMMReportJob(FileJob):
    """A report for marketing mix models."""

    _asked = Asked("analytics/get_mmm_report")


class ConversionProductReportJob(FileJob):
    """A report on conversions by brand, category or SKU."""

    _asked = Asked("analytics/get_conversion_product_report")


class CatalogReportJob(FileJob):
    """A report on the items of a catalog."""

    _asked = Asked("reports/get")


class LeadExportJob(FileJob):
    """An export of the leads of one ad."""

    _asked = Asked("leads_export/get", "leads_export_id", "export_status", "download_url")


class BulkJob(FileJob):
    """A bulk download, or a bulk upsert; of the latter `result()` has what became of each record."""

    _asked = Asked("bulk_request/get", "bulk_request_id", "status", "result_url")

    def details(self) -> Any:
        """The answer of Pinterest with the errors of an upsert attached, where it has some."""
        return self.session.call(self._asked.operation, **self.where, bulk_request_id=self.id, include_details=True)


def _of_json(text: str) -> Iterator[Figures]:
    """Rows of JSON: a list of them, or lists keyed by what they are about."""
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise ParserException("the file is no JSON: it was cut, or Pinterest changed its form") from None
    if isinstance(found, Mapping) and {"code", "message"} <= found.keys():
        raise ParserException(f"the file holds an error: {found['message']}", hint="ask for the result again")
    lists = found.values() if isinstance(found, Mapping) else [found]
    for each in lists:
        for row in each if isinstance(each, list) else [each]:
            yield figures(row) if isinstance(row, Mapping) else {"value": row}


def _of_csv(lines: Iterator[str]) -> Iterator[Figures]:
    """Rows of CSV, numbers as such; what is empty is left out, as in JSON."""
    try:
        for row in csv.DictReader(lines):
            if None in row:
                raise ParserException("a line of the file has more values than its head has names")
            yield figures({name: _number(name, value) for name, value in row.items() if value not in ("", None)})
    except csv.Error as error:
        raise ParserException(f"the file is no CSV: {error}") from None


def _number(name: str, text: str) -> Any:
    if f"_{name.upper()}".endswith(("_ID", " ID", "_NAME", " NAME")) or not text.lstrip("-")[:1].isdigit():
        return text
    for kind in (int, float):
        try:
            return kind(text) if "_" not in text else text
        except ValueError:
            continue
    return text
