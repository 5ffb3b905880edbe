"""Another server for one call: by its name or by its URL, on every platform."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms import TTD, Pinterest
from adplatforms.core.errors import AdPlatformsError, ClientError
from adplatforms.core.session import Session
from adplatforms.core.testing import FakeTransport, reply
from terminalone import T1

OPEN: list[Any] = [
    pytest.param(lambda transport: T1("u", "p", "k", auth_method="delayed", transport=transport), id="T1"),
    pytest.param(lambda transport: TTD("a-token", transport=transport), id="The Trade Desk"),
    pytest.param(lambda transport: Pinterest("a-token", ad_account_id="7", transport=transport), id="Pinterest"),
]
SANDBOXES = {
    "T1": "https://t1sandbox.mediamath.com",
    "The Trade Desk": "https://ext-api.sb.thetradedesk.com/workflows",
    "Pinterest": "https://api-sandbox.pinterest.com/v5",
}


def asked(session: Session) -> str:
    """The server that is asked for campaigns, which refuses."""
    with pytest.raises(AdPlatformsError, match=r"^no$|HTTP 418|cannot be read"):
        session.campaigns.first()
    server: str = session.transport.calls[-1].server
    return server


@pytest.fixture(params=OPEN)
def session(request: pytest.FixtureRequest) -> Any:
    """A session of each platform, refused whatever it asks for."""
    opened: Callable[[FakeTransport], Session] = request.param
    return opened(FakeTransport(lambda _: reply("no", status=418)))


def test_by_name(session: Any) -> None:
    assert asked(session) == ""
    assert asked(session.using(server="sandbox")) == SANDBOXES[session.registry.platform]
    assert asked(session) == ""


def test_by_url(session: Any) -> None:
    assert asked(session.using(server="http://127.0.0.1:8080")).startswith("http://127.0.0.1:8080")


def test_what_is_no_server(session: Any) -> None:
    with pytest.raises(ClientError, match="server"):
        session.using(server=8080)
