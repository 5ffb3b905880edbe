"""Every request that the session can send fits the official description, judged by a validator that is not ours."""

import importlib.util
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.testing import FakeTransport, reply
from adplatforms.core.values import Answer, Request, Secret
from adplatforms.pinterest import Pinterest
from adplatforms.pinterest.operations import OPERATIONS, Operation

Judge = Callable[[Request], list[str]]

ID = "549755885175"
TEXTS = {
    r"^\d+$": ID,
    r"\d+": ID,
    r"^[C]?\d+$": ID,
    r"^[AG]?\d+$": ID,
    r"^(AG)?\d+$": ID,
    r"^(\d{4})-(\d{2})-(\d{2})$": "2026-10-01",
    r"^\d{4}-\d{2}-\d{2}$": "2026-10-01",
}
FORMATS = {"date": "2026-10-01", "date-time": "2026-10-01T08:30:00Z"}
ANSWERS = {
    "page": {"items": [], "bookmark": None},
    "items": {"items": []},
    "array": [],
    "object": {},
    "text": "",
    "empty": None,
}
OVERLAPPING = ("pins/analytics", "multi_pins/analytics")
"""`metric_types` is one of two overlapping lists: strict validators refuse what stands in both (see the facts)."""


NESTED = "reports/stats"
"""Its parameter is an object within an object in the query, which the validator cannot read: see `test_operations`."""


def sample(shape: Mapping[str, Any], operation: Operation, whole: bool, depth: int = 0) -> Any:
    """A value that fits a shape: with all members that may be sent, or with those that must."""
    shapes = operation.shapes
    shape = shapes.resolved(shape)
    if "any" in shape and "members" not in shape:
        return sample(shape["any"][0], operation, whole, depth)
    if "enum" in shape:
        return next(value for value in shape["enum"] if value is not None)
    kind = shape.get("type")
    if kind == "array":
        return [sample(shape.get("items", {}), operation, whole, depth + 1)] * max(
            1, shape.get("min_items", 1)
        )
    if kind == "object":
        return composed(shape, operation, whole, depth)
    if kind in ("integer", "number"):
        return (
            max(shape.get("min", 1), 1)
            if "max" not in shape
            else min(shape["max"], max(shape.get("min", 1), 1))
        )
    if kind == "boolean":
        return False
    if "pattern" in shape:
        return TEXTS.get(shape["pattern"]) or fitting(shape["pattern"])
    return FORMATS.get(shape.get("format", ""), "text")[: shape.get("max_length", 100)]


def fitting(pattern: str) -> str:
    """A text that fits a pattern that is no id."""
    for candidate in (
        "text",
        "en",
        "US",
        "2026-10-01",
        "a@example.org",
        "https://example.org/a",
        "0",
        "18",
        "12:30",
    ):
        if re.search(pattern, candidate):
            return candidate
    raise AssertionError(f"no sample fits {pattern}")


def composed(shape: Mapping[str, Any], operation: Operation, whole: bool, depth: int) -> dict[str, Any]:
    """An object: the first of its variants where it has some."""
    shapes, found = operation.shapes, {}
    if shape.get("cases"):
        name = shape["by"]
        case, variant = next(iter(shape["cases"].items()))
        return {**composed(shapes.resolved({"ref": variant}), operation, whole, depth), name: case}
    members, required = shape.get("members", {}), shape.get("required", ())
    for name, member in members.items():
        wanted = name in required or (whole and depth < 4)
        if wanted and not shapes.resolved(member).get("read_only"):
            found[name] = sample(member, operation, whole, depth + 1)
    for name in shapes.resolved((shape.get("any") or [{}])[0]).get("required", ()):
        found.setdefault(name, sample(members.get(name, {}), operation, whole, depth + 1))
    if not found and shape.get("min_members") and members:
        name = next(iter(members))
        found[name] = sample(members[name], operation, whole, depth + 1)
    if shape.get("others") and not members:
        found["key"] = sample(shape["others"], operation, whole, depth + 1)
    return found


def plain(value: str | Secret) -> str:
    """A value as it travels."""
    return value.reveal() if isinstance(value, Secret) else value


def answered(request: Request) -> Answer:
    """The emptiest answer that the operation of a request can give."""
    operation = OPERATIONS.of(request)
    assert operation is not None, request
    body = ANSWERS[operation.answer]
    return (
        reply(b"", "application/json", 204)
        if body is None
        else reply(json.dumps(body).encode(), "application/json")
    )


@pytest.fixture(scope="module")
def judge(spec: Path) -> Judge:
    """Tells in what a request departs from the description."""
    pytest.importorskip("openapi_core")
    path = spec.parent / "tools" / "check_requests_pinterest.py"
    if not path.is_file():
        pytest.skip("the checker (../shared/tools) is not on this machine")
    found = importlib.util.spec_from_file_location("check_requests_pinterest", path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    checker = module.Checker(json.loads((spec / "pinterest" / "openapi.json").read_bytes()))

    def errors(request: Request) -> list[str]:
        form = None if request.form is None else [(name, plain(value)) for name, value in request.form]
        told: list[str] = checker.errors(
            {
                "method": request.method,
                "path": f"/v5/{request.path}",
                "query": request.params,
                "headers": {name: plain(value) for name, value in request.headers.items()},
                "body": request.json if form is None else form,
                "content_type": "application/json" if form is None else "application/x-www-form-urlencoded",
            }
        )
        return told

    return errors


@pytest.fixture
def recorded() -> Iterator[tuple[Pinterest, list[Request]]]:
    """A session that records its requests instead of sending them."""
    transport = FakeTransport(answered)
    session = Pinterest(
        "a-token", client_id="7", client_secret="b-secret", ad_account_id=ID, transport=transport
    )
    yield session, transport.calls
    session.close()


@pytest.mark.filterwarnings("ignore:Unsupported scheme type")
@pytest.mark.parametrize("whole", [False, True], ids=["required", "all"])
@pytest.mark.parametrize("name", list(OPERATIONS))
def test_any_operation_can_be_called(
    name: str, whole: bool, judge: Judge, recorded: tuple[Pinterest, list[Request]]
) -> None:
    session, calls = recorded
    operation = OPERATIONS[name]
    params = {
        name: sample(param.shape, operation, whole)
        for name, param in operation.params.items()
        if param.required or whole
    }
    if name in OVERLAPPING:
        params["metric_types"] = ["USER_FOLLOW"]
    body = None if operation.body is None else sample(operation.body, operation, whole)
    session.call(name, body, **params)
    if name != NESTED:
        assert judge(calls[0]) == []
    assert OPERATIONS.of(calls[0]) is operation
    assert calls[0].category == operation.rate
