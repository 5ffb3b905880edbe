"""A bare HTTP client for The Trade Desk part of the sandbox: nothing of the project's own clients."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from adplatforms.sandbox import Sandbox


class Desk:
    """The three surfaces, with a token."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.base = f"{sandbox.url}/ttd"
        self.http = requests.Session()
        self.http.headers["TTD-Auth"] = "demo-token"

    def call(self, method: str, path: str, body: Any = None, **options: Any) -> requests.Response:
        """Any call under /ttd; a body goes out as JSON."""
        if body is not None:
            options["json"] = body
        return self.http.request(method, f"{self.base}/{path}", timeout=30, **options)

    def workflows(self, method: str, path: str, body: Any = None, **options: Any) -> requests.Response:
        return self.call(method, f"workflows{path}", body, **options)

    def rest(self, method: str, path: str, body: Any = None, **headers: str) -> requests.Response:
        return self.call(method, f"v3/{path}", body, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def graphql(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole answer; its status must be 200, whatever went wrong."""
        reply = self.call("POST", "graphql", {"query": query, "variables": variables})
        assert reply.status_code == 200
        answer: dict[str, Any] = reply.json()
        return answer

    def data(self, query: str, **variables: Any) -> Any:
        """The data of an answer that has no errors."""
        answer = self.graphql(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def code(self, query: str, **variables: Any) -> str:
        """The code of the one error of an answer."""
        [error] = self.graphql(query, **variables)["errors"]
        code: str = error["extensions"]["code"]
        return code

    def set(self, **settings: Any) -> None:
        """Changes settings of the sandbox."""
        assert self.call("PATCH", "_settings", settings).status_code == 200

    def finish(self, path: str) -> dict[str, Any]:
        """Polls the status of a job until it stands still."""
        for _ in range(10):
            answer: dict[str, Any] = self.workflows("GET", path).json()
            job = answer.get("job", answer)
            if job["status"] not in ("Queued", "InProgress"):
                return dict(job)
        raise AssertionError("the job does not end")


def _desk(sandbox: Sandbox) -> Iterator[Desk]:
    desk = Desk(sandbox)
    yield desk
    desk.http.close()


@pytest.fixture
def desk(sandbox: Sandbox) -> Iterator[Desk]:
    """A client of the shared server, for reading."""
    yield from _desk(sandbox)


@pytest.fixture
def own(fresh_sandbox: Sandbox) -> Iterator[Desk]:
    """A client of a server of the test's own, for writing."""
    yield from _desk(fresh_sandbox)


@pytest.fixture(scope="module")
def heap() -> Iterator[Desk]:
    """A client of one server for all tests of a module, for writing what nobody reads."""
    with Sandbox() as sandbox:
        yield from _desk(sandbox)


@pytest.fixture
def campaign() -> dict[str, Any]:
    """What creates a campaign through Workflows."""
    return {
        "primaryInput": {
            "advertiserId": "adv0001",
            "name": "Spring launch",
            "primaryChannel": "Display",
            "primaryGoal": {"maximizeReach": True},
            "campaignConversionReportingColumns": [],
            "timeZone": "UTC",
            "startDateInUtc": "2026-06-01T02:00:00+02:00",
            "endDateInUtc": "2026-07-01T00:00:00Z",
            "seedId": "seed001",
            "budget": {"pacingMode": "PaceEvenly", "budgetInAdvertiserCurrency": 1200.5},
        }
    }
