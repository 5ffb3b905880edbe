"""The official SDK in an environment of its own, and a server that records what it is sent."""

import importlib.util
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

HERE = Path(__file__).resolve().parent

AD_GROUP = {
    "id": "adg0001", "name": "text", "campaignId": "cmp0001", "isEnabled": False, "channel": "Other",
    "funnelLocation": "None", "budget": {"allocationType": "Minimum", "budgetInAdvertiserCurrency": 1.0},
    "roiGoal": {}, "creativeIds": None, "associatedBidLists": None, "flights": None,
    "comscoreSettings": {"isEnabled": False, "demographicMemberIds": None, "mobileDemographicMemberIds": None},
    "contractTargeting": {"allowOpenMarketBiddingWhenTargetingContracts": False},
    "dimensionalBiddingAutoOptimizationSettings": None, "isUseClicksAsConversionsEnabled": False,
    "isUseSecondaryConversionsEnabled": False,
}  # fmt: skip
JOB = {"id": 7, "createdAt": "2026-05-01T00:00:00Z", "status": "Success", "runtimeErrors": None, "rawResult": "{}"}
ANSWERS: dict[str, tuple[int, Any]] = {
    "POST /campaign": (201, {"campaign": {"id": "cmp0001"}, "adGroups": [AD_GROUP]}),
    "PATCH /campaign": (200, {"campaign": {"id": "cmp0001"}}),
    "GET /campaign/cmp0001/version": (200, {"Id": "cmp0001", "version": "Kokai"}),
    "POST /adgroup": (201, {"adGroup": AD_GROUP}),
    "PATCH /adgroup": (200, {"adGroup": AD_GROUP}),
    "POST /graphqlrequest": (200, {"data": {"me": {"id": "u"}}}),
    "POST /graphqlbulkqueryjob": (200, {"payload": {"data": {**JOB, "status": "Queued"}}}),
    "GET /graphqlbulkjob/7": (200, {"job": JOB}),
    "GET /standardjob/7/status": (200, {**JOB, "createdAtUtc": JOB["createdAt"]}),
    "POST /restrequest": (200, {}),
}
"""What the recorder answers, by method and path; archiving echoes its ids, everything else is a job that began."""


class Recorder(ThreadingHTTPServer):
    """Answers the Workflows API's paths and keeps every request, by the last step that was marked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.step = -1
        self.received: dict[int, list[dict[str, Any]]] = {}


class _Handler(BaseHTTPRequestHandler):
    server: Recorder

    def _any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        if url.path.startswith("/mark/"):
            self.server.step = int(url.path.rpartition("/")[2])
            return self._reply(200, {})
        sent = json.loads(body) if body else None
        kept = {
            "method": self.command,
            "path": url.path,
            "query": parse_qsl(url.query),
            "body": sent,
            "token": self.headers["TTD-Auth"],
            "content-type": (self.headers["Content-Type"] or "").partition(";")[0],
        }
        self.server.received.setdefault(self.server.step, []).append(kept)
        label = f"{self.command} {url.path}"
        return self._reply(*ANSWERS.get(label, (200, sent) if url.path.endswith("/archive") else (202, {"id": 7})))

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _any  # noqa: N815

    def _reply(self, status: int, answer: Any) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """`received` is the log."""


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    """A server that keeps what it is sent."""
    with Recorder() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.002,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def sdk_python(python_with: Callable[[str, str], Path]) -> Path:
    """A Python that has the official SDK."""
    return python_with("ttd", "ttd_requirements.txt")


@pytest.fixture(scope="session")
def load() -> Callable[[str], ModuleType]:
    """Loads a module of this folder, which is no package."""

    def module(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"compat_ttd_{name}", HERE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        loaded = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(loaded)
        return loaded

    return module
