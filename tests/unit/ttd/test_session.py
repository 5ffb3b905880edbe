"""The session: where it talks to, and how it signs in and again."""

import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import pytest

import adplatforms
from adplatforms.core.errors import AuthRequiredError, ClientError, DeniedError, LoginError, UnknownNameError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.sandbox import Sandbox
from adplatforms.ttd import TTD
from adplatforms.ttd.auth import ENVIRONMENT
from adplatforms.ttd.base import TTDEntity
from adplatforms.ttd.collections import Collections
from adplatforms.ttd.servers import SERVERS, Servers

Offline = Callable[..., TTD]
LOGIN = {"login": "anna", "password": "pass-word"}
DATA = {"data": {"me": {"id": "u1"}}}
UNAUTHORIZED = reply({"title": "Unauthorized", "status": 401}, status=401)
DENIED = reply({"Message": "no"}, status=403)


def token(number: int) -> Answer:
    """The answer to a login."""
    return reply({"Token": f"token-number-{number}", "ExpirationDate": "2099-01-01T00:00:00Z"})


def sent(session: TTD) -> list[str]:
    """Where the calls of a session went: server and path."""
    calls: list[Request] = session.transport.calls  # type: ignore[attr-defined]
    return [f"{call.server or 'workflows'}/{call.path}" for call in calls]


def test_it_is_offered_at_the_top() -> None:
    assert adplatforms.TTD is TTD


def test_it_needs_a_token_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    with pytest.raises(ClientError, match="there is no token for The Trade Desk"):
        TTD()


def test_servers_go_by_name_or_url() -> None:
    assert Servers.of("prod").workflows == "https://api.thetradedesk.com/workflows"
    assert Servers.of("sandbox").graphql_address == ("https://ext-api.sb.thetradedesk.com", "graphql")
    everything = Servers.of("https://dsp.example.com/")
    assert everything.rest == "https://dsp.example.com/v3"
    beside = Servers.of("prod").at("http://127.0.0.1:80/ttd/workflows")
    assert beside.rest == "http://127.0.0.1:80/ttd/v3"
    one = Servers.of("prod").at(rest="https://api.dsp.walmart.com/v3/")
    assert (one.rest, one.graphql) == ("https://api.dsp.walmart.com/v3", SERVERS["prod"].graphql)
    with pytest.raises(ClientError, match="did you mean 'sandbox'"):
        TTD("secret-token", server="sandbx")


def test_the_servers_of_the_official_sdk_are_ours(spec: Any) -> None:
    import json

    told = json.loads((spec / "ttd" / "workflows.json").read_text())["servers"]
    assert {each["x-name"]: each["url"] for each in told} == {n: s.workflows for n, s in SERVERS.items()}


def test_a_session_uses_another_server_for_a_call(offline: Offline) -> None:
    ttd = offline(DATA, DATA, DATA)
    ttd.using(server="sandbox").graphql("{ me { id } }")
    ttd.using(server="sandbox").graphql("{ me { id } }", through="direct")
    ttd.graphql("{ me { id } }")
    assert sent(ttd) == [
        "https://ext-api.sb.thetradedesk.com/workflows/graphqlrequest",
        "https://ext-api.sb.thetradedesk.com/graphql",
        "workflows/graphqlrequest",
    ]


def test_routes_are_checked(offline: Offline) -> None:
    assert offline().using(route="rest-direct").route == "rest-direct"
    with pytest.raises(ClientError, match="no route 'soap'"):
        offline(route="soap")
    with pytest.raises(ClientError, match="did you mean 'graphql-direct'"):
        offline().using(route="graphql_direct")


def test_unknown_options_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'timeout'"):
        TTD("secret-token", timeot=5)


def test_a_login_happens_at_the_first_call_and_once(offline: Offline) -> None:
    ttd = offline(token(1), DATA, DATA, **LOGIN)
    assert sent(ttd) == []
    ttd.graphql("{ me { id } }")
    ttd.graphql("{ me { id } }")
    assert sent(ttd) == ["https://api.thetradedesk.com/v3/authentication", *["workflows/graphqlrequest"] * 2]


def test_a_login_can_be_done_early(offline: Offline) -> None:
    ttd = offline(token(1), **LOGIN)
    ttd.sign_in()
    assert ttd.auth.headers()["TTD-Auth"].reveal() == "token-number-1"


def test_a_token_that_was_refused_is_renewed_once(offline: Offline) -> None:
    ttd = offline(token(1), UNAUTHORIZED, token(2), DATA, **LOGIN)
    assert ttd.graphql("{ me { id } }") == DATA["data"]
    ttd = offline(token(1), UNAUTHORIZED, token(2), UNAUTHORIZED, **LOGIN)
    with pytest.raises(AuthRequiredError, match="401: Unauthorized"):
        ttd.graphql("{ me { id } }")


def test_graphql_says_in_a_200_that_the_token_is_refused(offline: Offline) -> None:
    refused = {"errors": [{"message": "no", "extensions": {"code": "AUTHENTICATION_FAILURE"}}], "data": None}
    ttd = offline(token(1), refused, token(2), DATA, **LOGIN)
    assert ttd.graphql("{ me { id } }") == DATA["data"]


def test_a_given_token_cannot_be_renewed(offline: Offline) -> None:
    ttd = offline(UNAUTHORIZED)
    with pytest.raises(AuthRequiredError, match="Unauthorized"):
        ttd.graphql("{ me { id } }")
    assert len(sent(ttd)) == 1


def test_a_callable_is_ask_again_when_its_token_is_refused(offline: Offline) -> None:
    tokens = iter(["old-token", "new-token"])
    ttd = offline(UNAUTHORIZED, DATA, token=lambda: next(tokens))
    ttd.auth.ask_again()  # what the transport does for the first call
    assert ttd.graphql("{ me { id } }") == DATA["data"]


def test_a_403_is_tried_with_a_new_token_once(offline: Offline) -> None:
    ttd = offline(token(1), DENIED, token(2), DATA, **LOGIN)
    assert ttd.rest("GET", "campaign/cmp0001") == DATA


def test_a_403_that_a_new_token_does_not_help_is_a_matter_of_permission(offline: Offline) -> None:
    ttd = offline(token(1), DENIED, token(2), DENIED, DENIED, DENIED, **LOGIN)
    for _ in range(3):
        with pytest.raises(DeniedError, match="403: no"):
            ttd.rest("GET", "campaign/cmp0001")
    assert [path.rpartition("/")[2] for path in sent(ttd)] == [
        *("authentication", "restrequest") * 2,
        "restrequest",
        "restrequest",
    ]


def test_a_403_means_no_permission_where_a_token_was_given(offline: Offline) -> None:
    ttd = offline(DENIED)
    with pytest.raises(DeniedError, match="403: no"):
        ttd.rest("GET", "campaign/cmp0001")


def test_a_refused_login_is_not_tried_again(offline: Offline) -> None:
    ttd = offline(reply({"Message": "wrong for pass-word"}, status=401), token(1), DATA, **LOGIN)
    with pytest.raises(LoginError, match="refused the login of 'anna'") as caught:
        ttd.graphql("{ me { id } }")
    assert "pass-word" not in str(caught.value)
    with pytest.raises(LoginError, match="refused the login of 'anna' before"):
        ttd.graphql("{ me { id } }")
    assert len(sent(ttd)) == 1
    ttd.sign_in()
    assert ttd.graphql("{ me { id } }") == DATA["data"]


def test_a_login_that_found_the_server_down_is_tried_again(offline: Offline) -> None:
    ttd = offline(reply({"Message": "later"}, status=503), token(1), DATA, **LOGIN)
    with pytest.raises(adplatforms.core.errors.UnavailableError, match="later"):
        ttd.graphql("{ me { id } }")
    assert ttd.graphql("{ me { id } }") == DATA["data"]


def test_a_token_that_ends_soon_is_renewed_before_the_call(offline: Offline) -> None:
    now = [0.0]
    ttd = offline(token(1), DATA, token(2), DATA, **LOGIN)
    ttd.auth._clock = lambda: now[0]
    ttd.graphql("{ me { id } }")
    now[0] = 1e12
    ttd.graphql("{ me { id } }")
    assert [path.rpartition("/")[2] for path in sent(ttd)] == ["authentication", "graphqlrequest"] * 2


def test_the_sandbox_takes_a_login(fresh_sandbox: Sandbox) -> None:
    ttd = fresh_sandbox.ttd(token=None, login="demo", password="demo")
    first = ttd.campaigns.first()
    fresh_sandbox.expire_sessions()
    assert ttd.campaigns.first() == first
    assert [call.path for call in fresh_sandbox.calls].count("/ttd/v3/authentication") == 2


def test_the_sandbox_refuses_a_wrong_login(sandbox: Sandbox) -> None:
    ttd = sandbox.ttd(token=None, login="demo", password="wrong-password")
    with pytest.raises(LoginError, match="refused the login of 'demo'"):
        ttd.sign_in()


def test_no_credential_is_shown_or_pickled(offline: Offline, caplog: pytest.LogCaptureFixture) -> None:
    ttd = offline(reply({"Message": "secret-token is wrong"}, status=400))
    with pytest.raises(adplatforms.core.errors.ValidationError, match="is wrong") as caught:
        ttd.rest("GET", "campaign/x")
    assert "secret-token" not in f"{caught.value!s}{caught.value.body!r}{ttd!r}{ttd.auth!r}{vars(ttd)!r}"
    with pytest.raises(TypeError, match="a session is not pickled"):
        pickle.dumps(ttd)


@pytest.mark.parametrize("words", [{}, {"token": None, "login": "demo", "password": "demo"}], ids=["token", "login"])
def test_the_debug_log_shows_calls_and_no_credential(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture, words: dict[str, Any]
) -> None:
    log = logging.getLogger("test.ttd")
    with caplog.at_level(logging.DEBUG, log.name), sandbox.ttd(debug_logger=log, **words) as ttd:
        ttd.graphql("{ me { id } }")
        token = ttd.auth.headers()["TTD-Auth"].reveal()
    assert "graphqlrequest" in caplog.text
    assert token not in caplog.text


@pytest.mark.parametrize(
    "words",
    [
        {"token": "secret-word", "server": "nowhere"},
        {"token": "secret-word", "login": "anna"},
        {"token": "secret-word\x00"},
        {"login": "anna", "password": "secret-word", "route": "soap"},
        {"login": "anna", "password": "secret-word", "timeot": 5},
    ],
    ids=["server", "two ways", "control character", "route", "option"],
)
def test_a_traceback_with_variables_shows_no_credential(words: dict[str, Any]) -> None:
    with pytest.raises(
        ClientError, match=r"no server 'nowhere'|not both|no token has|no route 'soap'|timeot"
    ) as caught:
        TTD(**words)
    inside = caught.value.__traceback__
    assert inside is not None
    told = traceback.TracebackException(type(caught.value), caught.value, inside.tb_next, capture_locals=True)
    assert "secret-word" not in "".join(told.format())


def test_every_collection_is_a_typed_attribute() -> None:
    collections = {
        name: f"Query[entities.{model.__name__}]" for name, model in TTDEntity.__model__.registry.collections.items()
    }
    assert Collections.__annotations__ == collections


def test_a_closed_session_says_so(offline: Offline) -> None:
    with offline() as ttd:
        assert isinstance(ttd.transport, FakeTransport)
    with pytest.raises(adplatforms.core.errors.DetachedError, match="the session is closed"):
        list(ttd.get("campaigns", get_all=True))
