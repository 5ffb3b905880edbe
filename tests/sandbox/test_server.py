"""The server around the API: start and stop, the log of calls, files, threads, connections."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests

from adplatforms.sandbox import Call, Sandbox

ROOT = Path(__file__).resolve().parents[2]


def test_only_loopback_is_served() -> None:
    with pytest.raises(ValueError, match=r"loopback only .* not '0\.0\.0\.0'"):
        Sandbox(host="0.0.0.0")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_url_names_address_and_port(host: str) -> None:
    with Sandbox(host=host) as sandbox:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", sandbox.url)


def test_the_url_is_known_only_while_it_runs() -> None:
    sandbox = Sandbox()
    with pytest.raises(RuntimeError, match="not running"):
        _ = sandbox.url
    with sandbox:
        assert sandbox.start() is sandbox
    sandbox.stop()
    with pytest.raises(RuntimeError, match="not running"):
        _ = sandbox.url


def test_a_port_can_be_asked_for_and_is_free_again_afterwards() -> None:
    with Sandbox() as first:
        port = int(first.url.rpartition(":")[2])
        with pytest.raises(OSError, match=r".+"):
            Sandbox(port=port).start()
    with Sandbox(port=port) as second:
        assert second.url.endswith(f":{port}")


def test_stopping_hangs_up_on_clients(login: Callable[..., Any]) -> None:
    sandbox = Sandbox().start()
    api = login(sandbox)
    sandbox.stop()
    with pytest.raises(requests.ConnectionError):
        api.get("session")


def test_the_connection_is_kept_for_reads_writes_and_refusals(sandbox: Sandbox) -> None:
    host, _, port = sandbox.url.removeprefix("http://").partition(":")
    body = b"user=demo&password=demo"
    head = f"Host: {host}\r\n".encode()
    length = f"Content-Length: {len(body)}\r\n".encode()
    with socket.create_connection((host, int(port)), timeout=30) as client, client.makefile("rb") as replies:
        # All at once: a server that throws away what lies behind a request would answer only the first.
        client.sendall(
            b"POST /nowhere?api_key=demo-key HTTP/1.1\r\n" + head + length + b"\r\n" + body
            + b"POST /api/v2.0/login?api_key=demo-key HTTP/1.1\r\n" + head + length
            + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + body
            + b"GET /api/v2.0/campaigns?api_key=demo-key HTTP/1.1\r\n" + head + b"Connection: close\r\n\r\n"
        )  # fmt: skip
        everything = replies.read()
    assert re.findall(rb"HTTP/1\.1 (\d+)", everything) == [b"404", b"200", b"401"]


def test_a_body_that_is_too_large_is_refused(fresh_sandbox: Sandbox) -> None:
    host, _, port = fresh_sandbox.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as client, client.makefile("rb") as replies:
        client.sendall(
            b"POST /api/v2.0/login?api_key=demo-key HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\n\r\nuser=demo"
        )
        everything = replies.read()
    assert everything.startswith(b"HTTP/1.1 413 ")
    assert [call.status for call in fresh_sandbox.calls] == [413]


def test_calls_show_what_was_asked(fresh_sandbox: Sandbox, login: Callable[..., Any]) -> None:
    api = login(fresh_sandbox)
    api.get("campaigns/limit/advertiser=7", **{"with": ["advertiser", "strategies"], "q": "name=:*é &*"})
    api.get("campaigns/7654321")
    assert list(fresh_sandbox.calls) == [
        Call("POST", "/api/v2.0/login", [("api_key", "demo-key")], [("user", "demo"), ("password", "***")], 200),
        Call(
            "GET",
            "/api/v2.0/campaigns/limit/advertiser=7",
            [("api_key", "demo-key"), ("with", "advertiser"), ("with", "strategies"), ("q", "name=:*é &*")],
            [],
            200,
        ),
        Call("GET", "/api/v2.0/campaigns/7654321", [("api_key", "demo-key")], [], 404),
    ]
    assert [call.status for call in fresh_sandbox.calls[-2:]] == [200, 404]
    fresh_sandbox.calls.clear()
    assert len(fresh_sandbox.calls) == 0


@pytest.mark.parametrize(
    ("path", "sent", "told"),
    [
        (
            "/ttd/v3/authentication",
            {"json": {"Login": "demo", "Password": "demo"}},
            {"Login": "demo", "Password": "***"},
        ),
        (
            "/pinterest/v5/oauth/token",
            {"data": {"grant_type": "refresh_token", "refresh_token": "demo-refresh"}},
            [("grant_type", "refresh_token"), ("refresh_token", "***")],
        ),
        ("/pinterest/v5/oauth/token", {"data": {"code": "demo-code"}}, [("code", "***")]),
        (
            "/ttd/graphql",
            {"json": {"a": [{"client_secret": "x", "code": 1}]}},
            {"a": [{"client_secret": "***", "code": 1}]},
        ),
    ],
)
def test_the_secrets_of_all_platforms_are_masked(fresh_sandbox: Sandbox, path: str, sent: Any, told: Any) -> None:
    requests.post(f"{fresh_sandbox.url}{path}", **sent, headers={"Authorization": "Bearer demo-token"}, timeout=30)
    call = fresh_sandbox.calls[-1]
    assert (call.json if "json" in sent else call.form) == told
    assert "demo-token" not in repr(call)


def test_a_body_that_is_nested_too_deep_is_logged_without_it(fresh_sandbox: Sandbox, login: Callable[..., Any]) -> None:
    bomb = b"[" * 100_000
    reply = login(fresh_sandbox).http.post(
        f"{fresh_sandbox.url}/deals/v1.0/deals", bomb, headers={"Content-Type": "application/json"}, timeout=30
    )
    assert reply.status_code < 500
    assert fresh_sandbox.calls[-1].json is None


def test_calls_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adplatforms.sandbox.calls.MOST_CALLS", 2)
    sandbox = Sandbox()
    for number in range(3):
        sandbox.calls.append(Call("GET", f"/{number}", [], [], 200))
    assert [call.path for call in sandbox.calls] == ["/1", "/2"]


def test_latency_is_added_to_every_reply(
    fresh_sandbox: Sandbox, login: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    api = login(fresh_sandbox)
    monkeypatch.setattr("adplatforms.sandbox.server.time", SimpleNamespace(sleep=slept.append))
    api.get("session")
    fresh_sandbox.latency = 0.25
    api.get("session")
    assert slept == [0.25]


def test_nothing_is_written_to_the_terminal(fresh_sandbox: Sandbox, capfd: pytest.CaptureFixture[str]) -> None:
    requests.get(fresh_sandbox.url, timeout=30)
    assert capfd.readouterr() == ("", "")


def test_32_requests_at_once_are_all_right(fresh_sandbox: Sandbox, login: Callable[..., Any]) -> None:
    clients = [login(fresh_sandbox) for _ in range(32)]

    def work(number: int) -> tuple[list[int], str]:
        api = clients[number]
        ids = api.ids("campaigns", page_limit=50, page_offset=50 * number)
        version = api.version(f"advertisers/{number + 1}")
        saved = api.post(f"advertisers/{number + 1}", version=version, name=f"Renamed {number}")
        return ids, saved["data"]["name"]

    with ThreadPoolExecutor(32) as pool:
        results = list(pool.map(work, range(32)))
    assert [ids for ids, _ in results] == [list(range(50 * n + 1, 50 * n + 51)) for n in range(32)]
    assert [name for _, name in results] == [f"Renamed {n}" for n in range(32)]


def test_of_32_updates_of_one_entity_one_wins(fresh_sandbox: Sandbox, login: Callable[..., Any]) -> None:
    clients = [login(fresh_sandbox) for _ in range(32)]
    version = clients[0].version("campaigns/1")

    def save(number: int) -> str:
        reply = clients[number].post("campaigns/1", version=version, name=f"Writer {number}")
        status: str = reply["meta"]["status"]
        return status

    with ThreadPoolExecutor(32) as pool:
        statuses = list(pool.map(save, range(32)))
    assert sorted(statuses) == ["conflict"] * 31 + ["ok"]
    assert clients[0].get("campaigns/1")["data"]["name"] == f"Writer {statuses.index('ok')}"


def test_a_file_keeps_what_was_written(tmp_path: Path, login: Callable[..., Any]) -> None:
    file = tmp_path / "sandbox.db"
    with Sandbox(db=file) as sandbox:
        api = login(sandbox)
        assert api.get("campaigns")["meta"]["total_count"] == 2500
        id = api.post("concepts", name="Kept", advertiser_id=7)["data"]["id"]
    with Sandbox(db=str(file)) as sandbox:
        assert login(sandbox).get(f"concepts/{id}")["data"]["name"] == "Kept"


def test_memory_forgets_and_sandboxes_do_not_share(login: Callable[..., Any]) -> None:
    with Sandbox() as one, Sandbox() as other:
        here, there = login(one), login(other)
        id = here.post("concepts", name="Only here", advertiser_id=7)["data"]["id"]
        assert there.get(f"concepts/{id}")["meta"]["status"] == "not_found"


def test_reset_puts_the_seed_back(fresh_sandbox: Sandbox, login: Callable[..., Any]) -> None:
    api = login(fresh_sandbox)
    before = api.get("campaigns/1")["data"]
    api.post("campaigns/1", version=before["version"], name="Changed")
    fresh_sandbox.reset()
    assert api.get("campaigns/1")["data"] == before
    # The same version again, with another name: a text kept from before the reset would show through.
    api.post("campaigns/1", version=before["version"], name="Changed again")
    assert api.get("campaigns/1")["data"]["name"] == "Changed again"


def test_t1_hands_the_client_what_it_needs_and_closes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Client:
        closed = False

        def __init__(self, **options: Any) -> None:
            self.options = options

        def close(self) -> None:
            self.closed = True

    monkeypatch.setitem(sys.modules, "terminalone", SimpleNamespace(T1=Client))
    with Sandbox() as sandbox:
        client = sandbox.t1(json=False, username="viewer")
        url = sandbox.url
        assert not client.closed
    assert client.closed
    assert client.options == {
        "username": "viewer",
        "password": "demo",
        "api_key": "demo-key",
        "api_base": url,
        "auth_base": url,
        "json": False,
    }


def test_without_flask_the_message_names_the_extra() -> None:
    code = "import sys; sys.modules['flask'] = None\nimport adplatforms.sandbox"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert 'ImportError: The sandbox needs Flask: pip install "adplatforms[sandbox]"' in run.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
@pytest.mark.parametrize(("number", "filled"), [(signal.SIGINT, False), (signal.SIGTERM, True)])
def test_the_command_says_where_it_is_and_ends_cleanly(number: signal.Signals, filled: bool, tmp_path: Path) -> None:
    """On a file that is new, and on one that has been filled before."""
    file = tmp_path / "kept.db"
    if filled:
        with Sandbox(db=file):
            pass
    command = [sys.executable, "-m", "adplatforms.sandbox", "--port", "0", "--db", str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            said = list(iter(process.stdout.readline, "Ctrl-C stops it.\n"))
            url = re.search(r"http://127\.0\.0\.1:\d+", said[0])
            assert url is not None
            assert "username demo  password demo  api_key demo-key" in said[1]
            assert str(file) in said[-1]
            for path in ("/ttd/workflows/", "/ttd/graphql", "/ttd/v3/", "/pinterest/v5/"):
                assert f"{url[0]}{path}" in "".join(said)
            login = f"{url[0]}/api/v2.0/login?api_key=demo-key"
            assert requests.post(login, data={"user": "demo", "password": "demo"}, timeout=30).status_code == 200
            process.send_signal(number)
            assert process.wait(30) == 0
            assert process.stderr.read() == ""
        finally:
            process.kill()
    assert file.stat().st_size > 1_000_000


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t1_campaign (id INTEGER PRIMARY KEY, name TEXT)")
    connection.close()
    with pytest.raises(ValueError, match=r"other\.db was not made by this version of the sandbox"):
        Sandbox(db=other).start()
    text = tmp_path / "notes.txt"
    text.write_text("not a database, and longer than the header of one" * 20)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        Sandbox(db=text).start()
    assert text.read_text().startswith("not a database")


@pytest.mark.parametrize(
    "path", ["/api/v2.0/campaigns", "/pinterest/v5/ad_accounts", "/ttd/graphql", "/_sandbox/journal"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_web_pages_are_refused_on_every_path(path: str, method: str) -> None:
    with Sandbox() as sandbox:
        reply = requests.request(
            method,
            sandbox.url + path,
            data="x" if method == "POST" else None,
            headers={"Origin": "http://a.test"},
            timeout=9,
        )
        assert (reply.status_code, reply.text) == (403, "Not for web pages\n")
        assert not sandbox.calls


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("rebound.test", 403),
        ("rebound.test:80", 403),
        ("127.0.0.1.rebound.test", 403),
        ("[2001:db8::1]:80", 403),
        ("", 403),
        ("localhost", 404),
        ("LOCALHOST:8001", 404),
        ("127.0.0.1:1", 404),
        ("[::1]:8001", 404),
    ],
)
def test_only_names_of_loopback_are_served(host: str, status: int) -> None:
    """A page whose name was made to point to loopback is of the same origin for its browser: only Host tells."""
    with Sandbox() as sandbox:
        reply = requests.get(sandbox.url + "/nowhere", headers={"Host": host}, timeout=9)
        assert reply.status_code == status


def test_the_files_refuse_web_pages_too() -> None:
    with Sandbox() as sandbox:
        url = sandbox._files.publish(b"a,b", "text/csv")
        assert requests.get(url, headers={"Origin": "null"}, timeout=9).status_code == 403
        assert requests.get(url, headers={"Host": "rebound.test"}, timeout=9).status_code == 403
        assert requests.get(url, timeout=9).content == b"a,b"


def test_no_more_clients_than_it_can_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adplatforms.sandbox.listener.MOST_CONNECTIONS", 3)
    with Sandbox() as sandbox:
        sessions = [requests.Session() for _ in range(3)]
        assert {one.get(sandbox.url + "/nowhere", timeout=9).status_code for one in sessions} == {404}
        with requests.Session() as one_more:
            assert one_more.get(sandbox.url + "/nowhere", timeout=9).status_code == 503
        sessions.pop().close()
        replies = (requests.get(sandbox.url + "/nowhere", timeout=9).status_code for _ in range(100))
        assert 404 in replies
        for one in sessions:
            one.close()
