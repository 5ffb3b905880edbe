"""What a strategy aims at: target dimensions one by one, and all of them in one call.

How `enabled` is switched is not recorded: here a dimension is active while it has values. The codes of three
dimensions (os, mathselect250, country) are not known; these have none and are reached by id only.
"""

from __future__ import annotations

import re

import orjson
from flask import Response, request

from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1 import as_json, query, write
from adplatforms.sandbox.t1.answers import Answers, Call
from adplatforms.sandbox.t1.errors import HTTP_STATUS, FieldError, Refusal, invalid
from adplatforms.sandbox.t1.relations import Includes, load
from adplatforms.sandbox.t1.tables import REGISTRY

SIDES = {"include": 0, "exclude": 1}
OPERATORS = ("AND", "OR")
_POSTCODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{1,9}", re.ASCII)
_TARGET = REGISTRY.by_type["strategy_target"]
_VALUE = REGISTRY.by_type["target_value"]


def get_dimension(api: Answers, id: int, dimension: int) -> Response:
    """The values one strategy includes and excludes in one dimension; only `enabled` when there are none."""
    api.find("strategies", id)
    api.find_row("target_dimension", dimension)
    _, full = api.shape(_VALUE)
    rows = _sides(api, id, dimension)
    loaded = load(api.store, _TARGET, rows, {"target_values": {}})
    sides = {
        name: (str(node.row["target_op"]), node.related["target_values"])
        for name, exclude in SIDES.items()
        for node in loaded
        if node.row["exclude"] == exclude
    }
    return api.reply(api.format.target_dimension(any(row["active"] for row in rows), sides, full))


def save_dimension(api: Answers, id: int, dimension: int) -> Response:
    """Replaces both sides by the lists `include` and `exclude`; operators `include_op`, `exclude_op`."""
    api.find("strategies", id)
    api.find_row("target_dimension", dimension)
    with api.store.transaction():
        for side in SIDES:
            operator = request.form.get(f"{side}_op", "OR")
            _replace(api, id, dimension, side, request.form.getlist(side), operator, side)
    return get_dimension(api, id, dimension)


def list_targets(api: Answers, id: int) -> Response:
    """All that a strategy targets: a `strategy_target` for each side of each dimension that has values."""
    api.find("strategies", id)
    always: Includes = {"target_dimension": {}, "target_values": {}}
    condition = query.under(REGISTRY.by_type["strategy"].relations["strategy_targets"], id)
    return api.list_rows(_TARGET, condition, is_child=True, always=always)


def save_targets(api: Answers, id: int) -> Response:
    """Replaces several dimensions: `dimensions.{n}.code`, `.restriction`, `.operation`, `.value_ids` (commas).

    Each group replaces one side (INCLUDE or EXCLUDE) of one dimension; what no group names is left alone.
    """
    api.find("strategies", id)
    with api.store.transaction():
        for prefix, form in write.groups(request.form, "dimensions"):
            code, side = form.get("code", ""), form.get("restriction", "INCLUDE").lower()
            found = api.store.query("SELECT id FROM t1_target_dimension WHERE code = ?", (code,))
            if not found:
                raise invalid(f"{prefix}code", f"Unknown dimension: {code!r}")
            if side not in SIDES:
                raise invalid(f"{prefix}restriction", "Must be one of INCLUDE, EXCLUDE")
            ids = [one for one in form.get("value_ids", "").split(",") if one]
            operator = form.get("operation", "OR")
            _replace(api, id, found[0]["id"], side, ids, operator, f"{prefix}value_ids")
    return list_targets(api, id)


def save_postcodes(api: Answers, id: int) -> Response:
    """Checks a file of postal codes (multipart `file`, one a line); JSON whatever Accept says.

    `restriction` is INCLUDE or EXCLUDE; `ignore_errors=1` accepts a file with bad lines. Nothing is kept: how
    T1 shows postal codes is not recorded. The reply has `errors`, an empty list on success.
    """
    api.find("strategies", id)
    file = request.files.get("file")
    if file is None:
        raise invalid("file", "Must supply file")
    if request.form.get("restriction", "INCLUDE").lower() not in SIDES:
        raise invalid("restriction", "Must be one of INCLUDE, EXCLUDE")
    codes = file.read().decode("utf-8", "replace").split("\n")
    errors = [
        {"type": "field-error", "field": "file", "message": f"Line {number}: no postal code: {code.strip()!r}"}
        for number, code in enumerate(codes, 1)
        if code.strip() and not _POSTCODE.fullmatch(code.strip())
    ]
    is_refused = bool(errors) and request.form.get("ignore_errors") != "1"
    body = orjson.dumps({"errors": errors, "meta": {"status": "invalid" if is_refused else "ok"}})
    return Response(body, HTTP_STATUS["invalid"] if is_refused else 200, content_type=as_json.CONTENT_TYPE)


def _sides(api: Answers, id: int, dimension: object) -> list[Row]:
    sql = "SELECT * FROM t1_strategy_target WHERE strategy_id = ? AND target_dimension_id = ? ORDER BY exclude"
    return api.store.query(sql, (id, dimension))  # type: ignore[arg-type]


def _replace(api: Answers, id: int, dimension: object, side: str, given: list[str], operator: str, field: str) -> None:
    ids = api.known("target_value", given)
    rows = api.store.rows_where_in(_VALUE.table, "id", ids)
    wrong = {*given} - {str(row["id"]) for row in rows if row["target_dimension_id"] == dimension}
    if wrong:
        shown = ", ".join(map(repr, sorted(wrong)))
        raise Refusal("invalid", "Validation errors", [FieldError(field, f"Invalid target value: {shown}")])
    if operator not in OPERATORS:
        raise invalid(f"{side}_op", f"Must be one of {', '.join(OPERATORS)}: {operator!r}")
    for row in _sides(api, id, dimension):
        if row["exclude"] == SIDES[side]:
            write.clear(api.store, "strategy_target_value", "strategy_target_id", row["id"])
            write.clear(api.store, "strategy_target", "id", row["id"])
    if ids:
        form = {"strategy_id": id, "target_dimension_id": dimension, "exclude": SIDES[side], "target_op": operator}
        target = write.insert(api.store, _TARGET, form)  # type: ignore[arg-type]
        for value in ids:
            row = {"strategy_target_id": target["id"], "target_value_id": value}
            write.insert(api.store, REGISTRY.by_type["strategy_target_value"], row)


CALLS: tuple[Call, ...] = (
    ("/strategies/<int:id>/target_dimensions/<int:dimension>", "GET", get_dimension),
    ("/strategies/<int:id>/target_dimensions/<int:dimension>", "POST", save_dimension),
    ("/strategies/<int:id>/target_postcodes", "POST", save_postcodes),
    ("/strategies/<int:id>/target_values", "GET", list_targets),
    ("/strategies/<int:id>/target_values", "POST", save_targets),
)
