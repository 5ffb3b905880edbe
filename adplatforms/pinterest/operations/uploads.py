"""Uploads: large customer lists in parts, media for video pins. Source: wire.md section 12.

The parts go to links that Pinterest hands out, without the session's token.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from os import PathLike
from pathlib import Path
from typing import Any

from adplatforms.core.errors import ClientError, ParserException
from adplatforms.core.ids import id_of
from adplatforms.net.jobs import Job, JobState

from ..account import Account
from ..answers import member, record, rows_of
from ..arguments import pieces
from .record import RecordOperations

__all__ = ["CustomerListOperations", "CustomerListUploadJob", "MediaJob", "Uploads"]

PART = 5 * 1024 * 1024
"""The smallest part of a list, in bytes; the last one may be smaller."""
PARTS = 10
"""The largest number of parts."""


class MediaJob(Job[str]):
    """Pinterest's work on an uploaded video; its result is the media id that a pin's `media_source` takes."""

    session: Account

    def _look(self) -> JobState:
        told = record(self.session.call("media/get", media_id=self.id))
        status = str(told.get("status") or "")
        return JobState(status, status in ("succeeded", "failed"), status == "failed", None, told)

    def _result(self, state: JobState) -> str:
        return self.id


class CustomerListUploadJob(Job[dict[str, Any]]):
    """Pinterest's work on an uploaded list; its result has `record_counts` and `error_counts`."""

    session: Account

    def __init__(self, session: Account, id: str, **where: Any) -> None:
        super().__init__(session, id)
        self.where = where

    def _look(self) -> JobState:
        told = record(self.session.call("customer_list_uploads/get", **self.where, customer_list_upload_id=self.id))
        state = str(told.get("state") or "")
        return JobState(state, state in ("SUCCEEDED", "FAILED"), state == "FAILED", None, told)

    def _result(self, state: JobState) -> dict[str, Any]:
        return dict(state.raw)


class Uploads(Account):
    """Uploads of media."""

    def upload_video(self, path: str | PathLike[str], **waiting: Any) -> str:
        """Uploads a video and waits until Pinterest has worked on it: the media id, for a pin's `media_source`.

        waiting: timeout (seconds), progress, poll: see `Job.wait`. Raises `JobError` when Pinterest cannot use it.

        >>> media = pin.upload_video("spring.mp4", timeout=600)                          # doctest: +SKIP
        >>> source = {"source_type": "video_id", "media_id": media, "cover_image_url": "https://..."}  # doctest: +SKIP
        """
        return self.submit_video(path).result(**waiting)

    def submit_video(self, path: str | PathLike[str]) -> MediaJob:
        """Uploads a video and does not wait: the job. Source: the operation media/create."""
        file = Path(path)
        content = file.read_bytes()
        told = self.call("media/create", media_type="video")
        self.upload(
            member(told, "upload_url"),
            method="POST",
            fields=dict(told.get("upload_parameters") or {}),
            files={"file": (file.name, content)},
        )
        return MediaJob(self, str(member(told, "media_id")))

    def media_job(self, media_id: str) -> MediaJob:
        """The job of a video that was uploaded before."""
        return MediaJob(self, id_of(media_id, (), "media_id"))


class CustomerListOperations(RecordOperations):
    """What a customer list does beside its fields. Its name cannot be changed."""

    __slots__ = ()

    def add(self, records: Iterable[str] | str) -> Any:
        """Adds records: e-mail addresses (lower case, plain or hashed by SHA1, SHA256 or MD5) or hashed device ids, a
        list or one text with commas. Adding what is there already changes nothing. Source: customer_lists/update."""
        return self._change("ADD", records)

    def remove(self, records: Iterable[str] | str) -> Any:
        """Removes records: as `add`."""
        return self._change("REMOVE", records)

    def _change(self, operation: str, records: Iterable[str] | str) -> Any:
        text = records if isinstance(records, str) else ",".join(records)
        if not text:
            raise ClientError("there are no records")
        row = self._call("customer_lists/update", {"operation_type": operation, "records": text})
        if isinstance(row, Mapping):
            self._settle(dict(row), {})
        return self

    def upload(
        self, source: str | PathLike[str] | bytes, operation: str = "ADD", parts: int | None = None
    ) -> CustomerListUploadJob:
        """Uploads a large list (closed beta) and has Pinterest work on it: the job.

        source: a file's path, or its content. operation: "ADD" or "REMOVE". parts: 1 to 10, each of 5 MB or more except
        the last; by default as few as keep them below 100 MB. Source: the operations customer_list_uploads/*.
        """
        content = source if isinstance(source, bytes) else Path(source).read_bytes()
        if not content:
            raise ClientError("there is nothing to upload: the list is empty")
        count = parts if parts is not None else min(PARTS, max(1, ceil(len(content) / (100 * 1024 * 1024))))
        size = ceil(len(content) / max(count, 1))
        if not 1 <= count <= PARTS or (count > 1 and size < PART):
            raise ClientError(
                f"{len(content):,} bytes cannot be sent in {count} parts", hint="1 to 10, of 5 MB or more"
            )
        account, where = self._account(), self._arguments("customer_list_uploads/create")
        told = account.call("customer_list_uploads/create", {"operation": operation, "total_parts": count}, **where)
        upload = str(member(told, "customer_list_upload", "id"))
        parts_told = rows_of(member(told, "s3_multipart_upload_data"), "file_parts")
        links = sorted((member(each, "part_number"), member(each, "presigned_url")) for each in parts_told)
        if len(links) != count:
            raise ParserException(f"Pinterest gave {len(links)} links for {count} parts: nothing was uploaded")
        for (_, url), part in zip(links, pieces(content, size), strict=True):
            account.upload(url, bytes(part))
        account.call("customer_list_uploads/run", **where, customer_list_upload_id=upload)
        return CustomerListUploadJob(account, upload, **where)
