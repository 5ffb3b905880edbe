"""Creative uploads: batches of third-party tags, and assets that T1 hosts. JSON whatever Accept says.

The names of the parts are those of t1-java. The spreadsheet of tags is not described: here it is CSV of
`name,width,height,tag`, with or without that header. Files are looked at, not kept.
"""

from __future__ import annotations

import csv
import io
import re

import orjson
from flask import Response, request

from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1 import as_json, write
from adplatforms.sandbox.t1.answers import Answers, Call
from adplatforms.sandbox.t1.errors import FieldError, Refusal, invalid, not_found
from adplatforms.sandbox.t1.query import Condition
from adplatforms.sandbox.t1.tables import REGISTRY

_CREATIVE = REGISTRY.by_type["atomic_creative"]
_BACKUP = ("gif", "jpg", "jpeg", "png")


def upload_tags(api: Answers) -> Response:
    """A batch of tags (multipart `filename`, `name`, `file`): how many rows can become creatives, and which."""
    placements = _read_tags()
    valid = [one for one in placements if one["valid"]]
    batch = {"total": len(placements), "valid": len(valid), "invalid": len(placements) - len(valid)}
    with api.store.transaction():
        id = api.store.insert("t1_upload", {"rows": orjson.dumps(placements).decode()})
    data = {"id": id, "name": request.form.get("name", ""), **batch, "placements": placements}
    return _json({"data": data, "meta": {"status": "ok"}})


def approve_tags(api: Answers, id: int) -> Response:
    """Makes creatives of the rows `batch_index` (repeated) for `advertiser_id`, with `concept_{index}`."""
    upload = api.store.get("t1_upload", id) if id < 2**63 else None
    if upload is None:
        raise not_found(f"No batch has the id {id}")
    placements = {str(one["index"]): one for one in orjson.loads(str(upload["rows"]))}
    advertiser = _one(api, "advertiser", "advertiser_id", "advertiser_id")
    made = []
    with api.store.transaction():
        for index in request.form.getlist("batch_index"):
            placement = placements.get(index)
            if placement is None or not placement["valid"]:
                raise invalid("batch_index", f"No valid row: {index!r}")
            concept = _one(api, "concept", f"concept_{index}", "concept_id")
            given = {name: placement[name] for name in ("name", "width", "height", "tag")}
            given["click_url"] = request.form.get(f"click_url_{index}")
            made.append(_create(api, {**given, **advertiser, **concept, "tag_type": "SCRIPT"}))
        return _list(api, made)


def upload_assets(api: Answers) -> Response:
    """Stores files (multipart `file`, repeated): a creative_asset each, a zip PRIMARY, a picture after it BACKUP."""
    resource = REGISTRY.by_type["creative_asset"]
    files = request.files.getlist("file")
    if not files:
        raise invalid("file", "Must supply file")
    names = request.form.getlist("name")
    ids = []
    has_zip = False
    with api.store.transaction():
        for number, file in enumerate(files):
            file_name = file.filename or f"file{number + 1}"
            is_backup = has_zip and file_name.lower().endswith(_BACKUP)
            has_zip = has_zip or file_name.lower().endswith(".zip")
            name = names[number] if number < len(names) else file_name
            role = "BACKUP" if is_backup else "PRIMARY"
            row = write.insert(api.store, resource, {"name": name, "file_name": file_name, "file_role": role})
            ids.append(row["id"])
        return api.list_rows(resource, Condition(f"id IN ({','.join(map(str, ids))})"), is_child=True)


def approve_assets(api: Answers) -> Response:
    """Makes a creative of each `primary.{n}` asset, for `advertiserid`, with `concept.{n}` and `backup.{n}`."""
    advertiser = _one(api, "advertiser", "advertiserid", "advertiser_id")
    numbers = sorted({int(key[8:]) for key in request.form if re.fullmatch(r"primary\.\d{1,6}", key, re.ASCII)})
    if not numbers:
        raise invalid("primary.1", "Must supply primary.1 (integer)")
    made = []
    with api.store.transaction():
        for number in numbers:
            concept = _one(api, "concept", f"concept.{number}", "concept_id")
            asset = api.find_row("creative_asset", _one(api, "creative_asset", f"primary.{number}", "id")["id"])
            pages = {
                "click_through_url": request.form.get(f"landingPage.{number}"),
                "click_url": request.form.get(f"click_url.{number}"),
            }
            is_html = str(asset["file_name"]).lower().endswith(".zip")
            about: Row = {
                "name": asset["name"],
                "file_type": "html5" if is_html else "unknown",
                "is_https": int(request.form.get("is_https") in ("1", "on", "true")),
                "tag": "",
                "width": asset["width"],
                "height": asset["height"],
                "ad_server_type": "TERMINALONE",
            }
            creative = _create(api, {**about, **pages, **advertiser, **concept})
            owner = write.insert(api.store, REGISTRY.by_type["creative"], {"atomic_creative_id": creative})
            assets = [asset["id"]]
            if request.form.get(f"backup.{number}"):
                assets.append(_one(api, "creative_asset", f"backup.{number}", "id")["id"])
            for one in assets:
                assert isinstance(one, int)
                api.store.update("t1_creative_asset", one, {"creative_id": owner["id"], "version": 1})
                api.store.note("update", "creative_asset", one)
            made.append(creative)
        return _list(api, made)


def _read_tags() -> list[dict[str, object]]:
    file = request.files.get("file")
    if file is None:
        raise invalid("file", "Must supply file")
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise invalid("file", "Must be CSV in UTF-8") from None
    placements: list[dict[str, object]] = []
    for row in csv.reader(io.StringIO(text)):
        if not row or [cell.strip().lower() for cell in row[:2]] == ["name", "width"]:
            continue
        name, width, height, tag = [*row, "", "", "", ""][:4]
        sizes = [int(size) if re.fullmatch(r"\d{1,5}", size, re.ASCII) else None for size in (width, height)]
        about = {"name": name, "width": sizes[0], "height": sizes[1], "tag": tag}
        is_valid = bool(name and tag and None not in sizes)
        placements.append({"index": len(placements) + 1, **about, "valid": is_valid})
    return placements


def _one(api: Answers, type: str, key: str, column: str) -> dict[str, int]:
    ids = api.known(type, [request.form.get(key, "")])
    if not ids:
        error = FieldError(key, f"Invalid {key}: {request.form.get(key, '')!r}")
        raise Refusal("invalid", "Validation errors", [error])
    return {column: ids[0]}


def _create(api: Answers, given: Row) -> int:
    row = write.insert(api.store, _CREATIVE, {"external_identifier": "", "tpas_ad_tag_name": "", **given})
    assert isinstance(row["id"], int)
    return row["id"]


def _list(api: Answers, ids: list[int]) -> Response:
    condition = Condition(f"id IN ({','.join(map(str, ids))})")
    return api.list_rows(_CREATIVE, condition, is_child=True)


def _json(reply: dict[str, object]) -> Response:
    return Response(orjson.dumps(reply), content_type=as_json.CONTENT_TYPE)


CALLS: tuple[Call, ...] = (
    ("/creatives/upload", "POST", upload_tags),
    ("/creatives/upload/<int:id>", "POST", approve_tags),
    ("/creative_assets/upload", "POST", upload_assets),
    ("/creative_assets/approve", "POST", approve_assets),
)
