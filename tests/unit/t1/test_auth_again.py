"""Signing in again: sessions that end in the middle, for reads and writes, by many threads; sign-in details."""

import json as jsonlib
import threading
from typing import Any

import pytest

from adplatforms.core.errors import AuthRequiredError, ClientError, LoginError, UnknownNameError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import FakeTransport, reply
from terminalone import T1

USER = {"data": {"entity_type": "user", "id": 9, "name": "ann"}, "meta": {"status": "ok"}}
EXPIRED = reply({"meta": {"status": "auth_required"}}, status=401)


def login(session: str) -> Answer:
    return reply(USER, Set_Cookie=f"adama_session={session}; Path=/")


def test_an_iteration_goes_on_where_the_session_ended(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    found = []
    for strategy in t1.campaigns.page_size(20).prefetch(4).take(400):
        found.append(strategy.id)
        if len(found) in (30, 170):
            fresh_sandbox.expire_sessions()
    assert found == list(range(1, 401))
    assert sum(call.path.endswith("/login") for call in fresh_sandbox.calls) == 3


def test_a_save_is_repeated_once(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    campaign = t1.get("campaigns", 7)
    version, campaign.name = campaign.version, "Summer"
    fresh_sandbox.expire_sessions()
    campaign.save()
    assert (campaign.version, t1.get("campaigns", 7).name) == (version + 1, "Summer")


def test_threads_that_save_sign_in_once_and_save_once(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    campaigns = list(t1.campaigns.full().take(16))
    versions = [campaign.version for campaign in campaigns]
    fresh_sandbox.expire_sessions()
    fresh_sandbox.calls.clear()
    together = threading.Barrier(len(campaigns))

    def save(campaign: Any) -> None:
        campaign.name = f"Saved {campaign.id}"
        together.wait(30)
        campaign.save()

    threads = [threading.Thread(target=save, args=(campaign,)) for campaign in campaigns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    again = list(t1.campaigns.full().take(16))
    assert [campaign.name for campaign in again] == [f"Saved {campaign.id}" for campaign in again]
    assert [campaign.version for campaign in again] == [version + 1 for version in versions]
    assert [call.path for call in fresh_sandbox.calls].count("/api/v2.0/login") == 1


def test_32_threads_sign_in_once(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    fresh_sandbox.expire_sessions()
    fresh_sandbox.calls.clear()
    together, found = threading.Barrier(32), []

    def read(number: int) -> None:
        together.wait(30)
        found.append(t1.get("campaigns", number).id)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(1, 33)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(1, 33))
    assert [call.path for call in fresh_sandbox.calls].count("/api/v2.0/login") == 1


def test_a_given_session_is_replaced_where_there_is_a_password() -> None:
    transport = FakeTransport([reply(USER), EXPIRED, login("second-session"), reply(USER)])
    t1 = T1("ann", "pass word", "key", session_id="first-session", transport=transport)
    assert t1.get("users", 9).id == 9
    assert [call.label for call in transport.calls] == [
        "GET api/v2.0/session",
        "GET api/v2.0/users/9",
        "POST api/v2.0/login",
        "GET api/v2.0/users/9",
    ]
    assert t1.session_id == "second-session"


def test_a_stored_session_that_ended_meanwhile() -> None:
    """A script may keep its session from run to run."""
    transport = FakeTransport([EXPIRED, login("second-session")])
    t1 = T1("ann", "pass word", "key", session_id="first-session", transport=transport)
    assert [call.label for call in transport.calls] == ["GET api/v2.0/session", "POST api/v2.0/login"]
    assert (t1.user_id, t1.session_id) == (9, "second-session")


def test_a_login_carries_no_old_session() -> None:
    carried: list[Any] = []

    def serve(request: Request) -> Answer:
        carried.append(dict(t1.auth.headers()))
        if request.path.endswith("/login"):
            return login("second-session")
        return reply(USER) if carried[-1] == {"Cookie": "adama_session=second-session"} else EXPIRED

    t1 = T1("ann", "pass word", auth_method="delayed", session_id="old", transport=FakeTransport(serve))
    t1.get("users", 9)
    assert carried == [{"Cookie": "adama_session=old"}, {}, {"Cookie": "adama_session=second-session"}]


def test_a_changed_password_is_tried_once() -> None:
    """T1 may lock an account out; a hundred pages must not become a hundred logins."""
    refused = reply({"errors": [{"message": "No"}], "meta": {"status": "auth_error"}}, status=401)
    transport = FakeTransport([login("one"), EXPIRED, refused, EXPIRED, EXPIRED, login("two")])
    t1 = T1("ann", "pass word", transport=transport)
    with pytest.raises(LoginError, match="T1 refused the login of 'ann'"):
        t1.get("users", 9)
    for _ in range(2):
        with pytest.raises(AuthRequiredError, match=r"the session has expired or was never opened"):
            t1.get("users", 9)
    t1.authenticate()
    assert t1.session_id == "two"


def test_a_session_that_was_never_opened_is_not_opened_by_a_call() -> None:
    transport = FakeTransport([EXPIRED])
    t1 = T1("ann", "pass word", auth_method="delayed", transport=transport)
    with pytest.raises(AuthRequiredError, match=r"the session has expired or was never opened"):
        t1.get("campaigns")
    assert len(transport.calls) == 1


def test_authenticate_takes_other_credentials() -> None:
    transport = FakeTransport([login("one"), reply(USER)])
    t1 = T1("ann", "pass word", "key", auth_method="delayed", transport=transport)
    t1.authenticate("cookie", username="bob", password="other word")
    form: Any = dict(transport.calls[0].form or ())
    assert (form["user"], form["password"].reveal()) == ("bob", "other word")
    assert t1.auth_params["method"] == "cookie"
    t1.authenticate(access_token="given-token")
    assert t1.auth.headers() == {"Authorization": "Bearer given-token"}
    with pytest.raises(UnknownNameError, match=r"no credential 'user_name'.*'username'"):
        t1.authenticate(user_name="bob")


@pytest.mark.parametrize("method", ["cookies", "oauth", "Cookie"])
def test_an_unknown_method(method: str) -> None:
    with pytest.raises(ClientError, match="no auth_method"):
        T1("ann", "pass word", auth_method=method, transport=FakeTransport())


@pytest.mark.parametrize(
    ("given", "method"),
    [
        ({"username": "a", "password": "b", "api_key": "k"}, "cookie"),
        ({"username": "a", "password": "b", "client_id": "i"}, "cookie"),
        ({"username": "a", "password": "b", "client_secret": "s"}, "cookie"),
        ({"username": "a", "password": "b", "client_id": "i", "client_secret": "s"}, "oauth2-resourceowner"),
        ({"session_id": "s", "username": "a", "password": "b"}, "cookie"),
        ({"session_id": "s", "client_id": "i", "client_secret": "s"}, "cookie"),
        ({"access_token": "t", "username": "a", "password": "b"}, "oauth2-existingaccesstoken"),
        ({"api_key": "k", "client_secret": "s"}, "oauth2"),
        ({"api_key": "k", "token": {"access_token": "t"}}, "oauth2"),
        ({"api_key": "k", "token": {"access_token": "t"}, "session_id": "s"}, "oauth2"),
    ],
)
def test_the_method_is_told_by_the_arguments(given: dict[str, Any], method: str) -> None:
    assert T1(**given, auth_method="delayed", transport=FakeTransport()).auth.method == method


def test_an_environment_of_ones_own() -> None:
    """Defect 8: a name that is not in the list is no matter where the host is given; timeouts are on."""
    t1 = T1("a", "b", environment="staging", api_base="t1.example.com", auth_method="delayed")
    assert (t1.environment, t1.api_base) == ("staging", "t1.example.com")
    assert t1.options.timeouts == (10.0, 300.0)
    with pytest.raises(ClientError, match=r"no token server of 'staging' is known .T1\(auth_base="):
        T1("a", "b", client_id="i", client_secret="s", environment="staging", api_base="t1.example.com")


# over HTTP


@pytest.fixture
def token_server() -> Any:
    """A server that gives tokens and keeps what it was sent."""
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    seen: list[tuple[str, dict[str, str], Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}, jsonlib.loads(body)))
            told = jsonlib.dumps({"error": "access_denied"}).encode()
            self.send_response(403)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *words: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", seen
        server.shutdown()
        thread.join()


def test_token_requests_use_the_sessions_own_http_settings(token_server: Any) -> None:
    """Defect 7: the token POST goes by the client's requests.Session, and carries no api_key, cookie or token."""
    url, seen = token_server
    t1 = T1("a", "pass word", "key", "i", "s", auth_method="delayed", auth_base=url)
    t1.session.headers["User-Agent"] = "my-script"
    with pytest.raises(LoginError, match="access_denied"):
        t1.authenticate()
    t1.close()
    ((path, headers, body),) = seen
    assert (path, headers["user-agent"], body["password"]) == ("/oauth/token", "my-script", "pass word")
    assert not {"cookie", "authorization"} & set(headers)
