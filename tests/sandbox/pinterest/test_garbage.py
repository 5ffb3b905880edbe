"""Whatever is sent, the answer is an error in Pinterest's form, never a failure of the sandbox."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from adplatforms.sandbox import Sandbox
from adplatforms.sandbox.pinterest.seed import first
from adplatforms.sandbox.pinterest.synth import Maker
from adplatforms.sandbox.pinterest.table import Operation, api

JUNK: list[Any] = [None, True, -1, 10**20, 1.5, "", "é" * 300, [], {}, [None], {"a": [{}]}, "\x00\n"]
OPERATIONS = list(api().operations.values())


Send = Callable[..., requests.Response]


@pytest.fixture(scope="module")
def send() -> Iterator[Send]:
    """Sends anything to one server, whatever has become of its rows by then."""
    with Sandbox() as sandbox, requests.Session() as http:
        http.headers["Authorization"] = "Bearer demo-token"
        base = f"{sandbox.url}/pinterest/v5"
        yield lambda method, path, **options: http.request(method, base + path, timeout=30, **options)


def path_of(operation: Operation) -> str:
    path = operation.path
    for name in (one.name for one in operation.params if one.place == "path"):
        path = path.replace(f"{{{name}}}", first("campaigns") if name != "ad_account_id" else "549755885175")
    return path


def check(reply: requests.Response) -> None:
    assert reply.status_code < 500 or reply.status_code == 501, reply.text
    if reply.status_code >= 400:
        assert set(reply.json()) == {"code", "message"}


@pytest.mark.long
@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.body is not None], ids=lambda one: one.id)
def test_bodies_of_any_kind(send: Send, operation: Operation) -> None:
    whole = Maker(api(), 1).make(operation.body)
    bodies = [*JUNK, whole]
    if isinstance(whole, dict):
        bodies += [{**whole, name: junk} for name in list(whole)[:6] for junk in JUNK[:6]]
    elif isinstance(whole[0], dict):
        bodies += [[{**whole[0], name: junk}] for name in list(whole[0])[:6] for junk in JUNK[:6]]
    for body in bodies:
        check(send(operation.method, path_of(operation), json=body))


@pytest.mark.long
def test_queries_of_any_kind(send: Send) -> None:
    for operation in OPERATIONS:
        if operation.method != "GET":
            continue
        for one in operation.params:
            if one.place == "query":
                for text in ("", "x", "-1", "é", "1,2", "\x00", "9" * 40):
                    check(send("GET", path_of(operation), params={one.name: text}))


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 500, b"NaN", b'"text"'])
def test_content_that_is_no_json(send: Send, content: bytes) -> None:
    reply = send("POST", "/boards", data=content, headers={"Content-Type": "application/json"})
    assert (reply.status_code, reply.json()["code"]) == (400, 1)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("PUT", "/boards", 405), ("DELETE", "/ad_accounts", 405), ("GET", "/boards//pins", 400)],
)
def test_paths_that_lead_nowhere(send: Send, method: str, path: str, status: int) -> None:
    reply = send(method, path)
    assert reply.status_code == status
    check(reply)
