"""The proxy breaks what it says, and nothing else."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest

from .breakages import KINDS, Dice
from .proxy import Message, Proxy


class Target(ThreadingHTTPServer):
    """Answers each request with its path, and notes it in a journal where it is a write."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.journal: list[str] = []


class _Answers(BaseHTTPRequestHandler):
    server: Target
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        """The path."""
        self._answer()

    def do_POST(self) -> None:
        """The path, once it is noted."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.journal.append(self.path)
        self._answer()

    def _answer(self) -> None:
        body = json.dumps({"path": self.path, "more": "x" * 40}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def target() -> Iterator[Target]:
    """What stands behind the proxy."""
    with Target() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def proxy(target: Target) -> Iterator[Proxy]:
    """A proxy before it that breaks nothing yet."""
    with Proxy(f"http://127.0.0.1:{target.server_address[1]}", target.journal) as proxy:
        yield proxy
        while Client.opened:
            Client.opened.pop().close()


class Client:
    """A connection to the proxy that is kept as long as it lasts."""

    opened: ClassVar[list[http.client.HTTPConnection]] = []

    def __init__(self, proxy: Proxy) -> None:
        self.connection = http.client.HTTPConnection(proxy.url.removeprefix("http://"), timeout=10)
        self.opened.append(self.connection)

    def ask(self, method: str, path: str) -> Any:
        """Status and body, or the name of the error."""
        try:
            self.connection.request(method, path, b"{}" if method == "POST" else None)
            reply = self.connection.getresponse()
            return reply.status, reply.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            return type(error).__name__


def once(kind: str, path: str = "/a") -> Any:
    """Breaks requests of a path in one way, the first time."""
    todo = [kind]

    def choose(message: Message) -> Any:
        return (kind, KINDS[todo.pop()]) if todo and message.path == path else None

    return choose


def path_of(told: Any) -> Any:
    """The path that an answer is about."""
    return json.loads(told[1])["path"]


def test_what_is_not_broken_passes(target: Target, proxy: Proxy) -> None:
    client = Client(proxy)
    proxy.owner = "me"
    assert [path_of(client.ask(method, "/a?b=c")) for method in ("POST", "GET")] == ["/a?b=c"] * 2
    assert [(each.owner, each.journal, each.kind) for each in proxy.passed] == [("me", ["/a?b=c"], ""), ("me", [], "")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_write_is_applied_when_its_kind_says_so(target: Target, proxy: Proxy, kind: str) -> None:
    proxy.choose = once(kind)
    client = Client(proxy)
    client.ask("GET", "/before")
    client.ask("POST", "/a")
    surely_not = kind.endswith("not forwarded") or kind.startswith(("refused", "reset before", "forwarded late"))
    assert target.journal == ([] if surely_not else ["/a"])
    assert proxy.broken == {kind: 1}
    proxy.flush()
    assert target.journal == ([] if surely_not and "late" not in kind else ["/a"])


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("reset before it was forwarded", "ConnectionResetError"),
        ("reset after it was forwarded", "ConnectionResetError"),
        ("closed after it was forwarded", "RemoteDisconnected"),
        ("forwarded late, after 1 other", "ConnectionResetError"),
        ("length too long", "IncompleteRead"),
        ("two lengths", "IncompleteRead"),
        ("empty 200, forwarded", (200, b"")),
        ("empty 204, not forwarded", (204, b"")),
        ("an empty object", (200, b"{}")),
    ],
)
def test_a_client_sees(proxy: Proxy, kind: str, told: Any) -> None:
    proxy.choose = once(kind)
    client = Client(proxy)
    assert client.ask("POST", "/a") == told
    assert path_of(client.ask("GET", "/b")) == "/b"


def test_an_answer_that_is_cut_ends_in_a_reset(proxy: Proxy) -> None:
    proxy.choose = once("reset in the middle of the answer")
    assert Client(proxy).ask("POST", "/a") in ("ConnectionResetError", "IncompleteRead")


def test_answers_stay_behind_until_the_connection_ends(proxy: Proxy) -> None:
    proxy.choose = once("answers shifted by one")
    client = Client(proxy)
    asked = ("/before", "/a", "/b", "/c")
    assert [path_of(client.ask("POST", path)) for path in asked] == ["/before", "/before", "/a", "/b"]
    client.connection.close()
    assert path_of(client.ask("GET", "/d")) == "/d"


@pytest.mark.parametrize("others", [1, 2, 3])
def test_a_late_request_passes_after_so_many_others(target: Target, proxy: Proxy, others: int) -> None:
    proxy.choose = once(f"forwarded late, after {others} other{'s' if others > 1 else ''}")
    client = Client(proxy)
    client.ask("POST", "/a")
    for number in range(4):
        client.ask("POST", f"/{number}")
    assert target.journal.index("/a") == others


def test_a_length_that_is_too_short_cuts_the_body(proxy: Proxy) -> None:
    proxy.choose = once("length too short")
    assert not Client(proxy).ask("POST", "/a")[1].endswith(b"}")


def test_early_hints_are_an_answer_to_who_does_not_know_them(proxy: Proxy) -> None:
    proxy.choose = once("103 before the answer")
    client = Client(proxy)
    assert client.ask("POST", "/a")[0] == 103
    proxy.choose = once("100 before the answer", "/b")
    assert path_of(Client(proxy).ask("POST", "/b")) == "/b"


def test_refusals_are_in_the_words_of_the_platform(proxy: Proxy) -> None:
    for path, word in (
        ("/pinterest/v5/boards", '"code": 8'),
        ("/ttd/v3/campaign", '"Message"'),
        ("/ttd/graphql", '"errors"'),
        ("/ttd/workflows/campaign", '"title"'),
        ("/api/v2.0/concepts", "<status"),
    ):
        proxy.choose = once("refused with 429", path)
        status, body = Client(proxy).ask("POST", path)
        assert status == 429
        assert word in body.decode()


def test_the_same_seed_chooses_the_same() -> None:
    message = Message("POST", "/a", (), b"")

    def chosen(seed: int) -> list[str | None]:
        dice = Dice(seed, 0.3)
        dice.on = True
        return [found[0] if (found := dice(message)) else None for _ in range(200)]

    assert chosen(1) == chosen(1) != chosen(2)
    assert 30 < sum(each is not None for each in chosen(1)) < 90
    assert Dice(1, 1.0)(message) is None, "it is off until it is switched on"
