"""Uploads of creatives: batches of third-party tags, and assets that T1 hosts. Source: wire.md section 11."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from adplatforms.core.errors import ClientError, InvalidValueError
from adplatforms.core.messages import Pairs, Request
from adplatforms.core.relations import Row

from ..entities.base import T1Entity
from ..forms import id_of, text
from ..read import CONTENT
from ..routes import service
from .base import accepts

__all__ = ["File", "TagBatch", "UploadOperations", "parts_of"]

File = tuple[str, tuple[str | None, bytes, str | None]]
"""A part of a multipart form: its name; file name, content and media type. A plain value has content only."""


def parts_of(name: str, file: Any, filename: str = "") -> tuple[File, ...]:
    """The part of a multipart form for a file: a path, an open file, or the content itself as bytes.

    name: the key of the form. filename: the name that T1 gets, by default that of the file.
    """
    if isinstance(file, (str, Path)):
        own_name, content = Path(file).name, Path(file).read_bytes()
    elif isinstance(file, (bytes, bytearray)):
        own_name, content = name, bytes(file)
    elif hasattr(file, "read"):
        own_name, content = Path(str(getattr(file, "name", name))).name, file.read()
    else:
        raise InvalidValueError(f"a file is a path, bytes or an open file, not {file!r}")
    if isinstance(content, str):  # opened as text
        content = content.encode()
    filename = filename or own_name
    kind, _ = mimetypes.guess_type(filename)
    return ((name, (filename, content, kind or "application/octet-stream")),)


_TAG_KEYS = ("index", "concept", "click_url")
_ASSET_KEYS = {
    "landing_page": "landingPage",
    "click_url": "click_url",
    "primary": "primary",
    "backup": "backup",
    "concept": "concept",
}
"""What is said of an asset, with the key of the form."""


class TagBatch:
    """Third-party tags that were uploaded and checked, not yet creatives: `create` makes them of those wanted.

    `id`: the batch. `total`, `valid`, `invalid`: how many tags there are. `placements`: what T1 read from each.
    """

    def __init__(self, advertiser: T1Entity, row: Mapping[str, Any], upload: Callable[..., list[Any]]) -> None:
        self._advertiser, self.row, self._upload = advertiser, row, upload
        if row.get("id") is None:
            raise ClientError("T1's answer names no batch", hint=f"it said {dict(row)!r}")
        self.id = int(row["id"])
        self.total, self.valid, self.invalid = (row.get(key) for key in ("total", "valid", "invalid"))
        self.placements: list[Any] = list(row.get("placements") or [])

    def create(self, creatives: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Makes atomic creatives of some tags: ``batch.create([{"index": 1, "concept": 9, "click_url":
        "https://.."}])``.

        index: the number of the tag in the batch, as T1 gave it. concept: a concept or its id. Returns the creatives.
        """
        # The advertiser is named in this step only (wire.md section 11).
        form: list[tuple[str, str]] = [("advertiser_id", text(self._advertiser))]
        for creative in creatives:
            _check_keys(creative, _TAG_KEYS, needed="index")
            index = str(creative["index"])
            form.append(("batch_index", index))
            if "concept" in creative:
                form.append((f"concept_{index}", str(id_of(creative["concept"], "concept"))))
            if "click_url" in creative:
                form.append((f"click_url_{index}", str(creative["click_url"])))
        return self._upload(f"creatives/upload/{self.id}", tuple(form))

    def __repr__(self) -> str:
        return f"<TagBatch id={self.id} total={self.total} valid={self.valid} invalid={self.invalid}>"


class UploadOperations(T1Entity):
    """Extra operations of an advertiser on files."""

    def upload_tags(self, file: Any, name: str = "") -> TagBatch:
        """Uploads a file of third-party tags; T1 reads and checks them, and makes no creatives yet.

        file: a path, bytes or an open file, in a format that T1 knows. name: a name for the batch, the file's by
        default.
        """
        files = parts_of("file", file)
        filename = str(files[0][1][0])
        rows = self._uploaded("creatives/upload", (("filename", filename), ("name", name or filename)), files)
        return TagBatch(self, next(iter(rows), {}), self._upload)

    def upload_assets(self, files: Iterable[Any]) -> list[Any]:
        """Uploads files that T1 is to host (for HTML5 a zip and its backup image); the `creative_asset`s of each, with
        `file_role` PRIMARY or BACKUP. `approve_assets` makes creatives of them."""
        if isinstance(files, (str, bytes, Path)):
            files = [files]
        assets: list[Any] = []
        for file in files:  # one call each: the facts show one file in a call
            parts = parts_of("file", file)
            filename = str(parts[0][1][0])
            assets += self._upload("creative_assets/upload", (("filename", filename), ("name", filename)), parts)
        return assets

    def approve_assets(self, creatives: Iterable[Mapping[str, Any]], *, is_https: bool = True) -> list[Any]:
        """Makes atomic creatives of uploaded assets.

        creatives: for each the assets `primary` and, for HTML5, `backup`, the `concept`, and the addresses
        `landing_page` and `click_url`. Assets are given as they are to be named to T1, by their id or as entities.
        """
        form: list[tuple[str, str]] = [("advertiserid", text(self)), ("is_https", text(is_https))]
        for number, creative in enumerate(creatives, 1):
            _check_keys(creative, _ASSET_KEYS, needed="primary")
            for name, key in _ASSET_KEYS.items():
                if creative.get(name) is not None:
                    form.append((f"{key}.{number}", text(creative[name])))
        return self._upload("creative_assets/approve", tuple(form))

    def _upload(self, path: str, form: Pairs, files: tuple[File, ...] = ()) -> list[Any]:
        """Sends a multipart form; the entities of the answer."""
        return self._as_entities(self._uploaded(path, form, files))

    def _uploaded(self, path: str, form: Pairs, files: tuple[File, ...]) -> list[Row]:
        """Sends a multipart form: plain values are parts without a file name."""
        session = self._attached("upload to")
        # The first steps do not name the advertiser, the last one does: without an id they would be in vain.
        self._require_id()
        # Parts without a file name are plain values: all of it is one multipart form (wire.md section 11).
        plain = tuple((name, (None, value.encode(), None)) for name, value in form)
        request = Request(
            "POST", service(path), files=(*plain, *files), headers=accepts(session), writes=True, reader=CONTENT
        )
        return session.fetch_page(request).rows


def _check_keys(creative: Mapping[str, Any], keys: Iterable[str], needed: str) -> None:
    """Refuses a key of a creative that would not be sent, and a creative without what names it."""
    message = f"for a creative these are given: {', '.join(keys)}"
    for key in sorted(set(creative) - set(keys)):
        raise InvalidValueError(f"{message}; not {key!r}")
    if needed not in creative:
        raise InvalidValueError(f"{message}; {needed} at least")
