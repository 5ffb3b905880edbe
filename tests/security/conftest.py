"""The same checks for every platform: sessions whose credentials are known, and servers that mean harm."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from adplatforms import TTD, Pinterest
from adplatforms.core.session import Session
from adplatforms.core.testing import FakeTransport
from terminalone import T1


@dataclass(frozen=True)
class Platform:
    """One platform: how a session is opened at a URL, the credentials it then has, what it lists and holds."""

    name: str
    open: Callable[..., Session]
    secrets: tuple[str, ...]
    collection: str
    key: str
    """An id as the platform has them."""
    scope: dict[str, str]
    """What its listing has to be limited to."""
    fresh: tuple[str, dict[str, str]]
    """What a create of one collection needs."""

    def offline(self, answer: Any, **options: Any) -> Session:
        """A session on a script; `session.transport.calls` has what it sent."""
        return self.open("https://127.0.0.1:9", transport=FakeTransport(answer), retry=None, **options)

    def at(self, url: str, **options: Any) -> Session:
        """A session on a server."""
        return self.open(url, **{"retry": None, **options})


def _t1(url: str, **options: Any) -> Session:
    return T1(
        "user",
        "s3cret-password",
        "s3cret-api-key",
        session_id="s3cret-session-id",
        auth_method="delayed",
        api_base=url,
        auth_base=url,
        **options,
    )


def _t1_oauth(url: str, **options: Any) -> Session:
    return T1(access_token="s3cret-t1-bearer", auth_method="delayed", api_base=url, auth_base=url, **options)


def _pinterest(url: str, **options: Any) -> Session:
    return Pinterest(
        "s3cret-access",
        refresh_token="s3cret-refresh",
        client_id="client",
        client_secret="s3cret-client",
        ad_account_id="549755885175",
        api_base=url,
        **options,
    )


def _ttd(url: str, **options: Any) -> Session:
    return TTD("s3cret-ttd-token", server=url, **options)


def _ttd_login(url: str, **options: Any) -> Session:
    return TTD(login="user", password="s3cret-ttd-password", server=url, **options)


def _ttd_rest(url: str, **options: Any) -> Session:
    return TTD("s3cret-ttd-token", server=url, route="rest", **options)


T1_ROW = ("organizations", {"name": "spring"})
TTD_ROW = ("advertisers", {"name": "spring", "partner_id": "part01"})
T1_SECRETS = ("s3cret-password", "s3cret-api-key", "s3cret-session-id")
PIN_SECRETS = ("s3cret-access", "s3cret-refresh", "s3cret-client")

ROUTES = ("t1", "pinterest", "ttd", "ttd-rest")
PLATFORMS = [
    Platform("t1", _t1, T1_SECRETS, "campaigns", "7", {}, T1_ROW),
    Platform("t1-oauth", _t1_oauth, ("s3cret-t1-bearer",), "campaigns", "7", {}, T1_ROW),
    Platform("pinterest", _pinterest, PIN_SECRETS, "campaigns", "626735565838", {}, ("boards", {"name": "spring"})),
    Platform("ttd", _ttd, ("s3cret-ttd-token",), "campaigns", "abc1234", {}, TTD_ROW),
    Platform("ttd-rest", _ttd_rest, ("s3cret-ttd-token",), "campaigns", "abc1234", {"advertiser": "adv01"}, TTD_ROW),
    Platform("ttd-login", _ttd_login, ("s3cret-ttd-password",), "campaigns", "abc1234", {}, TTD_ROW),
]


@pytest.fixture(scope="module", params=[p for p in PLATFORMS if p.name in ROUTES], ids=lambda p: p.name)
def probed(request: pytest.FixtureRequest) -> Platform:
    """Each platform and route once."""
    found: Platform = request.param
    return found


@pytest.fixture(params=PLATFORMS, ids=lambda platform: platform.name)
def platform(request: pytest.FixtureRequest) -> Platform:
    """Each platform in turn, by each way to sign in."""
    found: Platform = request.param
    return found


@pytest.fixture(autouse=True)
def _no_debug(monkeypatch: Any) -> None:
    monkeypatch.delenv("ADPLATFORMS_DEBUG", raising=False)


class Hostile(ThreadingHTTPServer):
    """A server on loopback that answers as a test tells it, and remembers whatever it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.received: list[Handler] = []
        self.answers: Callable[[Handler], None] = lambda request: request.reply(b"{}")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is nothing to tell."""

    @property
    def heard(self) -> str:
        """Everything that clients told it, as text."""
        return "\n".join(f"{got.command} {got.path}\n{got.headers}\n{got.body!r}" for got in self.received)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Hostile
    body = b""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):  # whatever the method
            return self.take
        raise AttributeError(name)

    def take(self) -> None:
        """Reads the request and answers it."""
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.received.append(self)
        self.server.answers(self)

    @property
    def echo(self) -> str:
        """All that this request told."""
        return f"{self.path} {dict(self.headers)} {self.body.decode('utf-8', 'replace')}"

    def reply(self, body: Any, content_type: str = "application/json", status: int = 200, **headers: str) -> None:
        """Sends an answer; what is no bytes goes out as JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """`received` is the log."""


def serve() -> Iterator[Hostile]:
    with Hostile() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.002,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def web() -> Iterator[Hostile]:
    """The server that the session talks to."""
    yield from serve()


@pytest.fixture
def elsewhere() -> Iterator[Hostile]:
    """A server that must never see a credential."""
    yield from serve()
