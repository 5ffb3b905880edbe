"""The requests of all 266 operations, compared with those of a client that a third party made from 5.28.0."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from adplatforms.core.messages import Request
from adplatforms.pinterest.description import OPERATIONS, Operation
from adplatforms.sandbox import Sandbox
from adplatforms.sandbox.pinterest import AD_ACCOUNT_ID
from adplatforms.sandbox.pinterest.seed import first

ID = "549755885175"
WORDS = {"date": "2026-10-01", "date-time": "2026-10-01T08:30:00Z"}
TRIED = ("text", ID, "en", "US", "2026-10-01", "a@example.org", "https://example.org/a", "0", "18", "12:30")


def sample(shape: Mapping[str, Any], operation: Operation) -> Any:
    """The smallest value that fits a shape."""
    shape = operation.shapes.resolved(shape)
    if shape.get("cases"):
        case, variant = next(iter(shape["cases"].items()))
        return {**sample({"ref": variant}, operation), shape["by"]: case}
    if "any" in shape and "members" not in shape:
        return sample(shape["any"][0], operation)
    if "enum" in shape:
        return next(value for value in shape["enum"] if value is not None)
    kind = shape.get("type")
    if kind == "array":
        return [sample(shape.get("items", {}), operation)] * max(1, shape.get("min_items", 1))
    if kind == "object":
        members = shape.get("members", {})
        variant = operation.shapes.resolved((shape.get("any") or [{}])[0])
        names = [*shape.get("required", ()), *variant.get("required", ())]
        return {name: sample(members.get(name, {}), operation) for name in names}
    if kind in ("integer", "number"):
        return max(1, shape.get("min", 1))
    if kind == "boolean":
        return False
    if "pattern" in shape:
        return next(text for text in TRIED if re.search(shape["pattern"], text))
    return WORDS.get(shape.get("format", ""), "text")


def planned(operation: Operation) -> tuple[dict[str, Any], Any]:
    """The parameters and the body of a call: all parameters, and the members of the body that must be."""
    params = {name: sample(param.shape, operation) for name, param in operation.params.items()}
    # Ids that are in several places, such as the account, are the same everywhere.
    body = None if operation.body is None else sample(operation.body, operation)
    return params, body


DIFFERENCES = {
    "feeds/create": "its variants cannot be told apart by it, so it refuses every body",
    "feeds/update": "its variants cannot be told apart by it, so it refuses every body",
    "labels/create": "it drops the parent, which 5.23.0 needs and no list of changes names",
    "labels/update": "ids are digits in it; 5.23.0 has no pattern there",
    "metrics_ready_state/get": "its parameter is called var_date in Python",
    "notification/post": "one object in it, a list in 5.23.0, which wins",
    "oauth/token": "a form, whose fields are arguments of it",
    "reports/stats": "it sends the object as JSON; 5.23.0 declares a deep object",
    "token/revoke": "a form, whose fields are arguments of it",
}
"""Operations whose requests differ, and why."""


def test_requests_are_those_of_the_other_client(
    python_with: Callable[[str, str], Path], tour: Callable[..., Any], spec: Path, tmp_path: Path
) -> None:
    names = json.loads((spec / "pinterest" / "v5.28" / "operations.json").read_bytes())
    calls, ours = [], {}
    for operation in OPERATIONS.values():
        told = names[f"{operation.method} {operation.path}"]
        params, body = planned(operation)
        known = {*operation.path_params, *told["query"]}
        params = {name: value for name, value in params.items() if name in known}
        ours[operation.id] = operation.request(params, body, check=False)
        calls.append({"name": told["name"], "args": params, "body": body, "known": sorted(known)})
    file = tmp_path / "calls.json"
    file.write_text(json.dumps(calls), encoding="utf-8")
    python = python_with("pinterest-newer", "pinterest_newer_requirements.txt")
    theirs = dict(zip(OPERATIONS, tour(python, "pinterest_newer.py", str(file)), strict=True))
    different = {name: difference(ours[name], theirs[name]) for name in OPERATIONS}
    found = {name: what for name, what in different.items() if what and name not in DIFFERENCES}
    assert not found, "\n".join(f"{name}: {what}" for name, what in found.items())
    # A reason that is out of date is none.
    assert {name for name, what in different.items() if what} == set(DIFFERENCES)


def test_it_reads_and_writes_the_sandbox(
    python_with: Callable[[str, str], Path], tour: Callable[..., Any], tmp_path: Path
) -> None:
    account, campaign, catalog = {"ad_account_id": AD_ACCOUNT_ID}, first("campaigns"), first("catalogs")
    schedule = {"entity_id": campaign, "name": "Winter"}
    calls = [
        {"name": "campaigns_list", "args": {**account, "page_size": 2}, "body": None},
        {"name": "ad_groups_list", "args": {**account, "page_size": 2}, "body": None},
        {"name": "ads_list", "args": {**account, "page_size": 2}, "body": None},
        {"name": "customer_segment_list", "args": account, "body": None},
        {"name": "conversion_deletion_request_list", "args": account, "body": None},
        {"name": "catalogs_local_stores_list", "args": {"catalog_id": catalog}, "body": None},
        {"name": "schedules_create", "args": account, "body": [schedule]},
        {"name": "schedules_list", "args": {**account, "entity_ids": [campaign]}, "body": None},
    ]
    file = tmp_path / "calls.json"
    file.write_text(json.dumps([{**each, "known": sorted(each["args"])} for each in calls]), encoding="utf-8")
    python = python_with("pinterest-newer", "pinterest_newer_requirements.txt")
    with Sandbox() as sandbox:
        told = tour(python, "pinterest_newer.py", str(file), f"{sandbox.url}/pinterest/v5")
    assert [each for each in told if isinstance(each, str)] == []
    campaigns, groups, ads, segments, deletions, stores, made, schedules = told
    assert [len(each["items"]) for each in (campaigns, groups, ads)] == [2, 2, 2]
    assert campaigns["items"][0]["id"] == campaign
    assert [each["name"] for each in segments["items"]] == ["Segment 0", "Segment 1", "Segment 2"]
    assert len(deletions["items"]) == 2  # it leaves out what only Pinterest sets
    assert [each["store_code"] for each in stores["items"]] == ["s-0", "s-1", "s-2"]
    assert made[0]["data"]["name"] == "Winter"
    assert [each["name"] for each in schedules["items"]] == ["Schedule 0", "Schedule 1", "Winter"]


def covers(theirs: Any, ours: Any) -> bool:
    """Whether a body holds all of ours. What it holds besides are nulls, and the defaults of members left out."""
    if isinstance(ours, Mapping):
        if not isinstance(theirs, Mapping):
            return False
        added = [value for name, value in theirs.items() if name not in ours]
        filled_in = all(isinstance(value, (str, int, float, bool, type(None))) for value in added)
        return filled_in and all(name in theirs and covers(theirs[name], value) for name, value in ours.items())
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(theirs) == len(ours) and all(map(covers, theirs, ours))
    return bool(theirs == ours)


def difference(ours: Request, theirs: Any) -> str:
    """In what two requests differ; empty where they do not. theirs: method, URL and body, or why it sends none."""
    if isinstance(theirs, str):
        return theirs
    method, url, body = theirs
    parts = urlsplit(url)
    if (method, parts.path.removeprefix("/v5/")) != (ours.method, ours.path):
        return f"{method} {parts.path}, ours is {ours.method} {ours.path}"
    sent = sorted((name, value.lower()) for name, value in parse_qsl(parts.query, keep_blank_values=True))
    mine = sorted((name, value.lower()) for name, value in ours.params)
    if sent != mine:
        return f"query {sent}, ours is {mine}"
    if body is not None and not covers(body, ours.json):
        return f"body {body}, ours is {ours.json}"
    return ""
