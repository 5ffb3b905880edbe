"""A bare HTTP client for the sandbox: requests and dicts, nothing of the project's own clients."""

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
import requests

from adplatforms.sandbox import Sandbox

JSON = "application/vnd.mediamath.v1+json"


class Api:
    """One logged-in client. `get` and `post` answer the decoded JSON, `xml` the root element."""

    def __init__(self, sandbox: Sandbox, username: str = "demo") -> None:
        self.base = f"{sandbox.url}/api/v2.0/"
        self.http = requests.Session()
        self.http.params = {"api_key": sandbox.api_key}
        self.http.headers["Accept"] = JSON
        self.post("login", user=username, password="demo")

    def get(self, path: str, **query: Any) -> Any:
        return self.http.get(self.base + path, params=query, timeout=30).json()

    def post(self, path: str, **form: Any) -> Any:
        return self.http.post(self.base + path, data=form, timeout=30).json()

    def raw(self, method: str, path: str, **options: Any) -> requests.Response:
        return self.http.request(method, self.base + path, timeout=30, **options)

    def xml(self, path: str, **query: Any) -> ElementTree.Element:
        reply = self.http.get(self.base + path, params=query, headers={"Accept": "*/*"}, timeout=30)
        assert reply.headers["Content-Type"].startswith("text/xml")
        return ElementTree.fromstring(reply.content)

    def ids(self, path: str, **query: Any) -> list[int]:
        """The ids of one page."""
        return [row["id"] for row in self.get(path, **query)["data"]]

    def rows(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Every row, full, page after page."""
        found: list[dict[str, Any]] = []
        reply = self.get(path, full="*", **query)
        while True:
            found += reply["data"]
            next_page = reply["meta"].get("next_page")
            if next_page is None:
                return found
            reply = self.http.get(next_page, params={"api_key": None}, timeout=30).json()

    def version(self, path: str) -> int:
        version: int = self.get(path)["data"]["version"]
        return version


@pytest.fixture
def login() -> Iterator[Callable[..., Api]]:
    """Makes clients and closes them."""
    opened: list[Api] = []

    def make(sandbox: Sandbox, username: str = "demo") -> Api:
        opened.append(Api(sandbox, username))
        return opened[-1]

    yield make
    for api in opened:
        api.http.close()


@pytest.fixture
def api(sandbox: Sandbox, login: Callable[..., Api]) -> Api:
    """A client of the shared server, for reading."""
    return login(sandbox)


@pytest.fixture(scope="session")
def campaigns(sandbox: Sandbox) -> list[dict[str, Any]]:
    """All campaigns of the shared server, full; listed once, for tests that look up what they expect."""
    api = Api(sandbox)
    try:
        return api.rows("campaigns")
    finally:
        api.http.close()


@pytest.fixture
def own(fresh_sandbox: Sandbox, login: Callable[..., Api]) -> Api:
    """A client of a server of the test's own, for writing."""
    return login(fresh_sandbox)


def errors(reply: dict[str, Any]) -> dict[str, str]:
    """The field errors of an `invalid` reply."""
    assert reply["meta"]["status"] == "invalid"
    assert "data" not in reply
    return {error["field"]: error["message"] for error in reply["errors"]}


@pytest.fixture(name="errors")
def errors_of() -> Callable[[dict[str, Any]], dict[str, str]]:
    """Reads field errors."""
    return errors
