"""A bare HTTP client for the sandbox's Pinterest API: requests and dicts, nothing of the project's own clients."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from adplatforms.sandbox import Sandbox


class Api:
    """A client with a good token. Paths go without the prefix; decoded JSON comes back."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.base = f"{sandbox.url}/pinterest/v5"
        self.http = requests.Session()
        self.http.headers["Authorization"] = "Bearer demo-token"

    def raw(self, method: str, path: str, **options: Any) -> requests.Response:
        return self.http.request(method, self.base + path, timeout=30, **options)

    def get(self, path: str, **query: Any) -> Any:
        reply = self.raw("GET", path, params=query)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def send(self, method: str, path: str, body: Any) -> Any:
        reply = self.raw(method, path, json=body)
        assert reply.ok, reply.text
        return reply.json()

    def refused(self, path: str, **query: Any) -> tuple[int, int, str]:
        """Status, code and message of a GET that is refused."""
        reply = self.raw("GET", path, params=query)
        body = reply.json()
        return reply.status_code, body["code"], body["message"]

    def ids(self, path: str, **query: Any) -> list[str]:
        """All ids of a list, page after page."""
        found: list[str] = []
        while True:
            page = self.get(path, **query)
            found += [row["id"] for row in page["items"]]
            if page["bookmark"] is None:
                return found
            query["bookmark"] = page["bookmark"]

    @staticmethod
    def day(back: int) -> str:
        """The day so many days ago."""
        return str(datetime.now(UTC).date() - timedelta(days=back))


@pytest.fixture
def own(fresh_sandbox: Sandbox) -> Iterator[Api]:
    """A client of a server of the test's own, for writing."""
    made = Api(fresh_sandbox)
    yield made
    made.http.close()


@pytest.fixture
def api(sandbox: Sandbox) -> Iterator[Api]:
    """A client of the shared server, for reading."""
    made = Api(sandbox)
    yield made
    made.http.close()
