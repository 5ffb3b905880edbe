"""Signing in to T1: by password, by session id, refused, expired, delayed."""

from typing import Any

import pytest

from adplatforms.core.errors import AuthRequiredError, ClientError, LoginError
from adplatforms.core.secrets import Secret
from adplatforms.core.testing import FakeTransport, reply
from terminalone import T1

USER = {"data": {"entity_type": "user", "id": 9, "name": "ann"}, "meta": {"status": "ok"}}
SESSION = "d24f41277ae4c202dda876676b0006585b20f64f"
COOKIE = {"Set_Cookie": f"adama_session={SESSION}; Domain=.example.com; Path=/; HttpOnly"}


def test_a_login_on_the_wire() -> None:
    transport = FakeTransport([reply(USER, **COOKIE)])
    t1 = T1("ann@example.com", "pass word", "key", transport=transport)
    (call,) = transport.calls
    assert (call.method, call.path, call.params) == ("POST", "api/v2.0/login", ())
    (user, password) = call.form or ()
    assert (user, password[0]) == (("user", "ann@example.com"), "password")
    assert isinstance(password[1], Secret)
    assert password[1].reveal() == "pass word"
    assert (t1.user_id, t1.username, t1.session_id) == (9, "ann", SESSION)
    assert t1.auth.headers() == {"Cookie": f"adama_session={SESSION}"}
    assert t1.auth.params() == (("api_key", "key"),)


def test_a_session_id_on_the_wire() -> None:
    transport = FakeTransport([reply(USER)])
    t1 = T1(session_id=SESSION, api_key="key", transport=transport)
    assert [(call.method, call.path, call.form) for call in transport.calls] == [("GET", "api/v2.0/session", None)]
    assert (t1.user_id, t1.username, t1.session_id) == (9, "ann", SESSION)
    assert t1.auth_params["method"] == "cookie"


def test_without_an_api_key_none_is_sent() -> None:
    t1 = T1("ann", "pass", transport=FakeTransport([reply(USER, **COOKIE)]))
    assert t1.auth.params() == ()


def test_delayed() -> None:
    transport = FakeTransport([reply(USER, **COOKIE)])
    t1 = T1("ann", "pass", "key", auth_method="delayed", transport=transport)
    assert transport.calls == []
    assert repr(t1) == "<T1 api.mediamath.com (not signed in)>"
    t1.authenticate()
    assert repr(t1) == "<T1 api.mediamath.com as 'ann'>"


def test_credentials_are_masked_where_they_are_shown() -> None:
    t1 = T1("ann", "hunter2", "top-key", auth_method="delayed", transport=FakeTransport())
    assert str(t1.auth_params) == (
        "{'method': 'delayed', 'username': 'ann', 'password': '***', 'api_key': '***', 'api_base': 'api.mediamath.com'}"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, r"needs a user name and a password, or a session_id .T1\(username, password, api_key\)"),
        ({"username": "ann"}, "needs a user name and a password"),
        ({"password": "x"}, "needs a user name and a password"),
        ({"environment": "producton", "username": "a", "password": "b"}, "no environment 'producton'.*'production'"),
        ({"auth_method": "basic", "username": "a", "password": "b"}, "basic"),
        ({"api_base": "http://example.com", "username": "a", "password": "b"}, "plain http"),
    ],
)
def test_what_is_missing_or_wrong_is_told_before_anything_is_sent(options: Any, message: str) -> None:
    transport = FakeTransport()
    given = options if "api_base" in options else {**options, "transport": transport}
    with pytest.raises(ClientError, match=message):
        T1(**given)
    assert transport.calls == []


@pytest.mark.parametrize(
    ("environment", "host"),
    [("production", "api.mediamath.com"), ("qa", "t1qa10.mediamath.com"), ("sandbox", "t1sandbox.mediamath.com")],
)
def test_environments(environment: str, host: str) -> None:
    t1 = T1("a", "b", environment=environment, auth_method="delayed")
    assert t1.transport.base_url == f"https://{host}"  # type: ignore[attr-defined]
    other = T1("a", "b", api_base="t1.example.com:8443", auth_method="delayed")
    assert other.transport.base_url == "https://t1.example.com:8443"  # type: ignore[attr-defined]


@pytest.mark.parametrize("status", ["invalid", "auth_error", "auth_required"])
def test_a_refused_login(status: str) -> None:
    refusal = reply({"errors": [{"message": "No such user"}], "meta": {"status": status}}, status=401)
    with pytest.raises(
        LoginError, match=r"(?s)T1 refused the login of 'ann': .*No such user.*check .*password"
    ) as caught:
        T1("ann", "hunter2", "key", transport=FakeTransport([refusal]))
    assert isinstance(caught.value, (AuthRequiredError, PermissionError))
    assert (caught.value.code, caught.value.status) == (status, 401)


def test_a_session_id_that_is_not_known() -> None:
    refusal = reply({"meta": {"status": "auth_required"}}, status=401)
    with pytest.raises(LoginError, match="does not know this session_id, or it has expired"):
        T1(session_id=SESSION, transport=FakeTransport([refusal]))


def test_a_login_that_brings_no_session() -> None:
    with pytest.raises(LoginError, match="accepted the login but sent no session"):
        T1("ann", "pass", transport=FakeTransport([reply(USER, Set_Cookie="other=1")]))


# against the sandbox


@pytest.mark.parametrize("json", [True, False], ids=["json", "xml"])
def test_both_formats_sign_in_and_read(sandbox: Any, json: bool) -> None:
    t1 = sandbox.t1(json=json)
    assert isinstance(t1.user_id, int)
    campaign = t1.campaigns.first()
    assert campaign.id == 1
    again = T1(session_id=t1.session_id, api_key=sandbox.api_key, api_base=sandbox.url, json=json)
    assert again.username == t1.username
    assert again.campaigns.first() == campaign
    again.close()


@pytest.mark.parametrize("json", [True, False], ids=["json", "xml"])
def test_a_wrong_password(sandbox: Any, json: bool) -> None:
    with pytest.raises(LoginError, match=r"(?s)T1 refused the login of 'demo'.*check .*password") as caught:
        sandbox.t1(password="guess", json=json)
    assert "guess" not in str(caught.value)


def test_a_wrong_api_key(sandbox: Any) -> None:
    with pytest.raises(Exception, match=r"HTTP 403.*check the api_key") as caught:
        sandbox.t1(api_key="guessed-key")
    assert "guessed-key" not in str(caught.value)


def test_an_expired_session_without_a_password_says_what_to_do(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    only_id = T1(session_id=t1.session_id, api_key=fresh_sandbox.api_key, api_base=fresh_sandbox.url)
    campaign = only_id.get("campaigns", 7)
    campaign.name = "Summer"
    fresh_sandbox.expire_sessions()
    for use in (lambda: only_id.get("campaigns"), campaign.save, lambda: list(only_id.get_all("campaigns"))):
        with pytest.raises(AuthRequiredError, match="sign in again"):
            use()
    assert campaign.changes().keys() == {"name"}
    only_id.close()
