"""Audience and targeting segments of a strategy, the retired ones, and what they would cost.

Whether a save replaces the list is not recorded. As an id with a minus unassigns one segment, a save here adds
and changes what it names and leaves the rest.
"""

from __future__ import annotations

from functools import partial

import orjson
from flask import Response, request

from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1 import as_json, query, values, write
from adplatforms.sandbox.t1.answers import Answers, Call
from adplatforms.sandbox.t1.errors import FieldError, Refusal
from adplatforms.sandbox.t1.relations import Includes
from adplatforms.sandbox.t1.schema import Value
from adplatforms.sandbox.t1.tables import REGISTRY

RESTRICTIONS = ("INCLUDE", "EXCLUDE")
_PRICE = REGISTRY.by_type["strategy_audience_segment"].fields["user_cpm"]
FIRST_GROUP = {"audience": "g1", "targeting": "tsg1"}


def save(api: Answers, id: int, kind: str) -> Response:
    """Assigns segments: `segments.{n}.id`, `.restriction`, `.group_identifier`, `.operator`, `.user_cpm`.

    `include_op` and `exclude_op` (AND or OR) are those of the strategy. The reply lists its segments.
    """
    api.find("strategies", id)
    resource = REGISTRY.by_type[f"strategy_{kind}_segment"]
    with api.store.transaction():
        for segment, form in _read(api, kind):
            known = api.store.query(
                f"SELECT * FROM {resource.table} WHERE strategy_id = ? AND {kind}_segment_id = ?", (id, abs(segment))
            )
            if segment < 0 or known:
                write.clear(api.store, resource.type, "id", known[0]["id"] if known else None)
            if segment > 0:
                write.insert(api.store, resource, _link(id, kind, segment, form))
        _operators(api, id, kind)
    api.forget()
    relation = REGISTRY.by_type["strategy"].relations[f"{resource.type}s"]
    return api.list_rows(resource, query.under(relation, id), is_child=True)


def estimate(api: Answers, id: int, kind: str) -> Response:
    """What the segments of a form would cost: JSON whatever Accept says, for no XML form of it is known.

    The sum of the dearest retail price in each included group, in `data.prop[0]`.
    """
    api.find("strategies", id)
    dearest: dict[str, float] = {}
    for segment, form in _read(api, kind):
        row = api.find_row(f"{kind}_segment", abs(segment))
        group = form.get("group_identifier") or FIRST_GROUP[kind]
        if segment > 0 and form.get("restriction", "INCLUDE") == "INCLUDE":
            dearest[group] = max(dearest.get(group, 0), float(row["retail_cpm"] or 0))
    prop = [{"name": "cpm", "value": f"{sum(dearest.values()):.2f}"}]
    body = orjson.dumps({"data": {"prop": prop}, "meta": {"status": "ok"}})
    return Response(body, content_type=as_json.CONTENT_TYPE)


def list_retired(api: Answers, id: int) -> Response:
    """The retired segments a strategy still has, with the segment; the total is told as 0, as recorded."""
    api.find("strategies", id)
    resource = REGISTRY.by_type["retired_strategy_audience_segment"]
    always: Includes = {"retired_audience_segment": {}}
    condition = query.Condition("strategy_id = ?", (id,))
    return api.list_rows(resource, condition, is_child=True, always=always, total=0)


def remove_retired(api: Answers, id: int) -> Response:
    """Unassigns retired segments, by `retired_segments.{n}.id`; the reply lists those that are left."""
    api.find("strategies", id)
    with api.store.transaction():
        for prefix, form in write.groups(request.form, "retired_segments"):
            found = api.store.query(
                "SELECT id FROM t1_retired_strategy_audience_segment"
                " WHERE strategy_id = ? AND retired_audience_segment_id = ?",
                (id, form.get("id", "")),
            )
            if not found:
                error = FieldError(f"{prefix}id", f"Not assigned: {form.get('id', '')!r}")
                raise Refusal("invalid", "Validation errors", [error])
            write.clear(api.store, "retired_strategy_audience_segment", "id", found[0]["id"])
    return list_retired(api, id)


def _read(api: Answers, kind: str) -> list[tuple[int, dict[str, str]]]:
    found, errors = [], []
    for prefix, form in write.groups(request.form, "segments"):
        text = form.get("id", "")
        ids = api.known(f"{kind}_segment", [text.removeprefix("-")])
        restriction = form.get("restriction", "INCLUDE")
        if restriction not in RESTRICTIONS:
            errors.append(FieldError(f"{prefix}restriction", f"Must be one of {', '.join(RESTRICTIONS)}"))
        if ids:
            found.append((-ids[0] if text.startswith("-") else ids[0], form))
        else:
            errors.append(FieldError(f"{prefix}id", f"Invalid segment: {text!r}"))
    if errors:
        raise Refusal("invalid", "Validation errors", errors)
    return found


def _link(id: int, kind: str, segment: int, form: dict[str, str]) -> Row:
    price = form.get("user_cpm")
    try:
        user_cpm = values.read(_PRICE, price) if price else None
    except ValueError as error:
        refused = FieldError("user_cpm", str(error))
        raise Refusal("invalid", "Validation errors", [refused]) from None
    return {
        "strategy_id": id,
        f"{kind}_segment_id": segment,
        "restriction": form.get("restriction", "INCLUDE"),
        "group_identifier": form.get("group_identifier") or FIRST_GROUP[kind],
        "operator": form.get("operator", "OR"),
        "user_cpm": user_cpm,
        "type": "normal",
    }


def _operators(api: Answers, id: int, kind: str) -> None:
    given: dict[str, Value] = {}
    for side in ("include", "exclude"):
        operator = request.form.get(f"{side}_op")
        if operator is None:
            continue
        if operator not in ("AND", "OR"):
            error = FieldError(f"{side}_op", f"Must be one of AND, OR: {operator!r}")
            raise Refusal("invalid", "Validation errors", [error])
        given[f"{kind}_segment_{side}_op"] = operator
    if given:
        api.store.update("t1_strategy", id, given)
        api.store.note("update", "strategy", id)


CALLS: tuple[Call, ...] = (
    *(
        (f"/strategies/<int:id>/{kind}_segments{path}", "POST", partial(view, kind=kind))
        for kind in FIRST_GROUP
        for path, view in (("", save), ("/cpm", estimate))
    ),
    ("/strategies/<int:id>/retired_audience_segments", "GET", list_retired),
    ("/strategies/<int:id>/retired_audience_segments", "POST", remove_retired),
)
