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
from adplatforms.core.state import EntityState

from ..account import Account
from ..answers import member, rows_of
from ..arguments import pieces
from ..jobs import CustomerListUploadJob, MediaJob
from .record import RecordOperations

__all__ = ["CustomerListOperations", "Uploads"]

PART = 5 * 1024 * 1024
"""The smallest part of a list, in bytes; the last one may be smaller."""
PARTS = 10
"""The largest number of parts."""
LARGEST_PART = 100 * 1024 * 1024
"""Parts are kept to so many bytes, where no more than ten are needed for it."""


class Uploads(Account):
    """Uploads of media."""

    def upload_video(self, path: str | PathLike[str], **waiting: Any) -> str:
        """Uploads a video and waits until Pinterest has worked on it: the media id, for a pin's `media_source`.

        path: of the video's file, which is read into memory.
        waiting: timeout (seconds), progress, poll: see `Job.wait`.

        Raises `JobError` when Pinterest cannot use it.

        >>> media = pin.upload_video("spring.mp4", timeout=600)                          # doctest: +SKIP
        >>> source = {"source_type": "video_id", "media_id": media, "cover_image_url": "https://..."}  # doctest: +SKIP
        """
        return self.submit_video(path).result(**waiting)

    def submit_video(self, path: str | PathLike[str]) -> MediaJob:
        """Uploads a video and does not wait: the job. Source: the operation media/create."""
        file = Path(path)
        content = file.read_bytes()
        answer = self.call("media/create", media_type="video")
        # The parameters hold a signature of the upload: they go along as they came, and without the session's token.
        self.upload(
            member(answer, "upload_url"),
            method="POST",
            fields=dict(answer.get("upload_parameters") or {}),
            files={"file": (file.name, content)},
        )
        return MediaJob(self, str(member(answer, "media_id")))

    def media_job(self, media_id: str) -> MediaJob:
        """The job of a video that was uploaded before."""
        return MediaJob(self, id_of(media_id, (), "media_id"))


class CustomerListOperations(RecordOperations):
    """Extra operations of a customer list. Its name cannot be changed."""

    __slots__ = ()

    def add(self, records: Iterable[str] | str) -> Any:
        """Adds records to the list; adding what is there already changes nothing.

        records: e-mail addresses (lower case, plain or hashed by SHA1, SHA256 or MD5) or hashed device ids, a list or
        one text with commas. Source: the operation customer_lists/update.
        """
        return self._change("ADD", records)

    def remove(self, records: Iterable[str] | str) -> Any:
        """Removes records: as `add`."""
        return self._change("REMOVE", records)

    def _change(self, operation: str, records: Iterable[str] | str) -> Any:
        """Adds or removes records; returns the list as it is now."""
        if not isinstance(records, str):
            records = ",".join(records)
        if not records:
            raise ClientError("there are no records")
        row = self._call("customer_lists/update", {"operation_type": operation, "records": records})
        if isinstance(row, Mapping):
            EntityState(self).settle(dict(row), {})
        return self

    def upload(
        self, source: str | PathLike[str] | bytes, operation: str = "ADD", parts: int | None = None
    ) -> CustomerListUploadJob:
        """Uploads a large list (closed beta) and has Pinterest work on it: the job.

        source: a file's path, or its content.
        operation: "ADD" or "REMOVE".
        parts: 1 to 10, each of 5 MB or more except the last; by default as few as keep them below 100 MB.

        Source: the operations customer_list_uploads/*.
        """
        content = source if isinstance(source, bytes) else Path(source).read_bytes()
        if not content:
            raise ClientError("there is nothing to upload: the list is empty")
        count, size = _parted(len(content), parts)
        account, where = self._account(), self._arguments("customer_list_uploads/create")
        answer = account.call("customer_list_uploads/create", {"operation": operation, "total_parts": count}, **where)
        upload = str(member(answer, "customer_list_upload", "id"))
        file_parts = rows_of(member(answer, "s3_multipart_upload_data"), "file_parts")
        # Parts go up in the order of their numbers; the answer need not have it.
        links = sorted((member(each, "part_number"), member(each, "presigned_url")) for each in file_parts)
        if len(links) != count:
            raise ParserException(f"Pinterest gave {len(links)} links for {count} parts: nothing was uploaded")
        for (_, url), part in zip(links, pieces(content, size), strict=True):
            account.upload(url, bytes(part))
        account.call("customer_list_uploads/run", **where, customer_list_upload_id=upload)
        return CustomerListUploadJob(account, upload, **where)


def _parted(length: int, parts: int | None) -> tuple[int, int]:
    """How many parts a list of so many bytes is sent in, and how many bytes each has."""
    count = parts
    if count is None:
        count = min(PARTS, max(1, ceil(length / LARGEST_PART)))
    size = ceil(length / max(count, 1))
    if not 1 <= count <= PARTS or (count > 1 and size < PART):
        raise ClientError(f"{length:,} bytes cannot be sent in {count} parts", hint="1 to 10, of 5 MB or more")
    return count, size
