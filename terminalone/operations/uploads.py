"""Uploads of creatives: batches of third-party tags, and assets that T1 hosts. Source: wire.md section 11."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from adplatforms.core.errors import ClientError, InvalidValueError
from adplatforms.core.messages import Pairs, Request
from adplatforms.core.relations import Row

from ..entities.base import T1Entity
from ..expected import CONTENT
from ..forms import id_of, text
from ..routes import service

if TYPE_CHECKING:
    from ..dialect import T1Dialect

__all__ = ["File", "TagBatch", "UploadCalls", "parts_of"]

File = tuple[str, tuple[str | None, bytes, str | None]]
"""A part of a multipart form: its name; file name, content and media type. A plain value has content only."""


def parts_of(name: str, file: Any, filename: str = "") -> tuple[File, ...]:
    """The part of a multipart form for a file: a path, an open file, or the content itself as bytes."""
    if isinstance(file, (str, Path)):
        path = Path(file)
        filename, content = filename or path.name, path.read_bytes()
    elif isinstance(file, (bytes, bytearray)):
        filename, content = filename or name, bytes(file)
    elif hasattr(file, "read"):
        content = file.read()
        filename = filename or Path(str(getattr(file, "name", name))).name
        content = content.encode() if isinstance(content, str) else content
    else:
        raise InvalidValueError(f"a file is a path, bytes or an open file, not {file!r}")
    kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    return ((name, (filename, content, kind)),)


_ASSET_KEYS = ("landing_page", "click_url", "primary", "backup", "concept")


class TagBatch:
    """Third-party tags that were uploaded and checked, not yet creatives: `create` makes them of those wanted.

    `id`: the batch. `total`, `valid`, `invalid`: how many tags there are. `placements`: what T1 read from each.
    """

    def __init__(self, advertiser: UploadCalls, row: Mapping[str, Any]) -> None:
        self._advertiser, self.row = advertiser, row
        if row.get("id") is None:
            raise ClientError("T1's answer names no batch", hint=f"it said {dict(row)!r}")
        self.id = int(row["id"])
        self.total, self.valid, self.invalid = (row.get(key) for key in ("total", "valid", "invalid"))
        self.placements: list[Any] = list(row.get("placements") or [])

    def create(self, creatives: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Makes atomic creatives of some tags: ``batch.create([{"index": 1, "concept": 9, "click_url": "https://.."}])``.

        index: the number of the tag in the batch, as T1 gave it. concept: a concept or its id. Returns the creatives.
        """
        form: list[tuple[str, str]] = [("advertiser_id", text(self._advertiser))]
        for each in creatives:
            _known(each, ("index", "concept", "click_url"), needed="index")
            index = str(each["index"])
            form.append(("batch_index", index))
            form += [(f"concept_{index}", str(id_of(each["concept"], "concept")))] if "concept" in each else []
            form += [(f"click_url_{index}", str(each["click_url"]))] if "click_url" in each else []
        return self._advertiser._upload(f"creatives/upload/{self.id}", tuple(form), ())

    def __repr__(self) -> str:
        return f"<TagBatch id={self.id} total={self.total} valid={self.valid} invalid={self.invalid}>"


class UploadCalls(T1Entity):
    """What an advertiser does with files."""

    def upload_tags(self, file: Any, name: str = "") -> TagBatch:
        """Uploads a file of third-party tags; T1 reads and checks them, and makes no creatives yet.

        file: a path, bytes or an open file, in a format that T1 knows. name: a name for the batch, the file's by
        default.
        """
        files = parts_of("file", file)
        filename = str(files[0][1][0])
        rows = self._uploaded("creatives/upload", (("filename", filename), ("name", name or filename)), files)
        return TagBatch(self, rows[0] if rows else {})

    def upload_assets(self, files: Iterable[Any]) -> list[Any]:
        """Uploads files that T1 is to host (for HTML5 a zip and its backup image); the `creative_asset`s of each, with
        `file_role` PRIMARY or BACKUP. `approve_assets` makes creatives of them."""
        made: list[Any] = []
        for file in [files] if isinstance(files, (str, bytes, Path)) else files:
            parts = parts_of("file", file)
            filename = str(parts[0][1][0])
            made += self._upload("creative_assets/upload", (("filename", filename), ("name", filename)), parts)
        return made

    def approve_assets(self, creatives: Iterable[Mapping[str, Any]], *, is_https: bool = True) -> list[Any]:
        """Makes atomic creatives of uploaded assets.

        creatives: for each the assets `primary` and, for HTML5, `backup`, the `concept`, and the addresses
        `landing_page` and `click_url`. Assets are given as they are to be named to T1, by their id or as entities.
        """
        form: list[tuple[str, str]] = [("advertiserid", text(self)), ("is_https", text(is_https))]
        keys = {"landing_page": "landingPage"}
        for number, each in enumerate(creatives, 1):
            _known(each, _ASSET_KEYS, needed="primary")
            form += [
                (f"{keys.get(name, name)}.{number}", text(each[name]))
                for name in _ASSET_KEYS
                if each.get(name) is not None
            ]
        return self._upload("creative_assets/approve", tuple(form), ())

    def _upload(self, path: str, form: Pairs, files: tuple[File, ...]) -> list[Any]:
        return self._wrapped(self._uploaded(path, form, files))

    def _uploaded(self, path: str, form: Pairs, files: tuple[File, ...]) -> list[Row]:
        """Sends a multipart form: plain values are parts without a file name."""
        session = self._attached("upload to")
        if self._raw.get("id") is None:
            # The first steps do not name the advertiser, the last one does: then the uploads would be in vain.
            raise ClientError(f"{self._label()} has no id yet", hint="save() it first")
        accept = cast("T1Dialect", session.dialect).accept
        plain = tuple((name, (None, value.encode(), None)) for name, value in form)
        request = Request("POST", service(path), files=(*plain, *files), headers=accept, writes=True, subject=CONTENT)
        return session.fetch_page(request).rows


def _known(given: Mapping[str, Any], keys: Iterable[str], needed: str) -> None:
    """Refuses what a creative is told that would not be sent, and one without what names it."""
    unknown = sorted(set(given) - set(keys))
    if unknown or needed not in given:
        what = f"not {unknown[0]!r}" if unknown else f"{needed} at least"
        raise InvalidValueError(f"for a creative these are given: {', '.join(keys)}; {what}")
