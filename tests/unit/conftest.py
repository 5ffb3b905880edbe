"""T1 sessions without a network, and a web server that answers as a test wants it to."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.messages import Answer
from adplatforms.core.testing import FakeTransport, reply
from terminalone import T1


def answer(step: Any) -> Any:
    """A reply as the API writes it: for a dict one entity, for a list a page, for a list and a number a page of a
    longer listing; anything else as it is."""
    rows, total = step if isinstance(step, tuple) else (step, len(step) if isinstance(step, list) else 0)
    if isinstance(rows, list):
        return reply({"data": rows, "meta": {"status": "ok", "total_count": total, "count": len(rows)}})
    if isinstance(rows, dict):
        return reply({"data": rows, "meta": {"status": "ok"}})
    return step


@pytest.fixture
def filled(tmp_path: Path) -> str:
    """A file with the sandbox's seed in it: a process that is given it does not spend two seconds on making that."""
    from adplatforms.sandbox import Sandbox

    file = tmp_path / "sandbox.db"
    with Sandbox(db=file):
        return str(file)


@pytest.fixture(name="answer")
def answer_of() -> Callable[[Any], Answer]:
    """Writes replies of the API: `answer([row, row])`, `answer(([row], 2500))`, `answer(row)`."""
    return answer


@pytest.fixture
def offline() -> Callable[..., T1]:
    """Makes a T1 session that gets the given replies in order; `t1.transport.calls` has what it sent."""

    def make(*script: Any, **options: Any) -> T1:
        transport = FakeTransport([answer(step) for step in script])
        words = {"auth_method": "delayed", "transport": transport, "retry": None, **options}
        return T1("user", "secret-word", "secret-key", **words)

    return make


@pytest.fixture
def campaign_row() -> dict[str, Any]:
    """A whole campaign as JSON has it."""
    return {
        "entity_type": "campaign",
        "id": 7,
        "version": 3,
        "name": "Spring",
        "status": True,
        "advertiser_id": 12,
        "goal_type": "cpa",
        "goal_value": [{"currency_code": "USD", "value": "1.2500"}],
        "total_budget": [{"currency_code": "USD", "value": 20}, {"currency_code": "EUR", "value": "18.5"}],
        "start_date": "2026-03-01T00:00:00+0000",
        "end_date": "2026-05-31T23:59:59+0000",
        "merit_pixel_id": None,
        "pc_window_minutes": 60,
        "io_name": "",
        "from_the_future": {"a": [1]},
    }


class Web(ThreadingHTTPServer):
    """A web server on loopback. `answers` writes the reply to a request, `received` has the requests it got."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), WebHandler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.received: list[WebHandler] = []
        self.answers: Callable[[WebHandler], None] = lambda request: request.reply(b"")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is nothing to tell."""


class WebHandler(BaseHTTPRequestHandler):
    """One request: `command`, `path`, `headers` and `body`."""

    server: Web
    body = b""

    def do_GET(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.received.append(self)
        self.server.answers(self)

    def do_CONNECT(self) -> None:
        self.do_GET()

    def do_PUT(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.do_GET()

    def reply(self, body: bytes, content_type: str = "", status: int = 200, **headers: str) -> None:
        """Sends a reply; without a content type it has no such header."""
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """`received` is the log."""


@pytest.fixture
def web() -> Iterator[Web]:
    """A web server of the test's own."""
    with Web() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.002,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
