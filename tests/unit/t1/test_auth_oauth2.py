"""OAuth2: the resource owner's token, an existing one, the authorization code flow, refreshing."""

import json
import logging
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from requests_oauthlib import TokenUpdated

from adplatforms.core.errors import AdPlatformsWarning, AuthRequiredError, ClientError, LoginError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.secrets import Secret
from adplatforms.core.testing import FakeTransport, reply
from terminalone import T1
from terminalone.auth import T1Auth
from terminalone.credentials import Credentials
from terminalone.errors import T1Error, TokenError

USER = {"data": {"entity_type": "user", "id": 9, "name": "ann"}, "meta": {"status": "ok"}}
ROWS = {"data": [{"entity_type": "campaign", "id": 1, "name": "c"}], "meta": {"status": "ok", "total_count": 1}}
EXPIRED = reply({"meta": {"status": "auth_required"}}, status=401)
CLIENT = {"client_id": "client-one", "client_secret": "client-secret"}


def jwt(**claims: Any) -> str:
    """A token with these claims, and a signature nobody looks at."""
    parts = [{"alg": "RS256"}, claims]
    written = [urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*written, "signature"])


def owner_token(user: Any = "9", name: str = "ann", **more: Any) -> dict[str, Any]:
    token = jwt(**{"https://api.mediamath.com/user_id": user, "https://api.mediamath.com/nickname": name})
    return {"access_token": token, "expires_in": 86400, "token_type": "Bearer", **more}


def revealed(pairs: Any) -> dict[str, Any]:
    """A form or JSON body as it goes out."""
    return {n: v.reveal() if isinstance(v, Secret) else v for n, v in dict(pairs).items()}


def sent(transport: FakeTransport) -> list[tuple[str, str]]:
    return [(call.method, call.path) for call in transport.calls]


def test_why_no_token_was_given_is_told() -> None:
    gone = reply({"error": "invalid_grant", "error_description": "The code is used up"}, status=400)
    t1 = T1(api_key="key", client_secret="s", auth_method="oauth2", transport=FakeTransport([gone]))
    with pytest.raises(TokenError, match="T1 gave no token but HTTP 400: The code is used up") as caught:
        t1.fetch_token(code="c1")
    assert caught.value.code == "invalid_grant"


@pytest.mark.parametrize(
    ("given", "renewable"),
    [(CLIENT, True), ({"client_id": "client-one"}, False), ({"client_secret": "s"}, False), ({}, False)],
)
def test_an_owner_signs_in_anew_with_both_halves_of_the_client(given: dict[str, str], renewable: bool) -> None:
    credentials = Credentials.of({"username": "ann", "password": "word", "api_key": "key", **given})
    assert T1Auth(credentials, "oauth2-resourceowner", "production").renewable is renewable


# the resource owner


@pytest.mark.parametrize(
    ("username", "environment", "given", "expected"),
    [
        ("ann@mediamath.com", "production", {}, ("ann", "MediaMathActiveDirectory", "openid")),
        ("ann@MediaMath.COM", "production", {}, ("ann", "MediaMathActiveDirectory", "openid")),
        ("ann", "production", {}, ("ann", "MediaMathActiveDirectory", "openid")),
        ("a@b.c", "production", {}, ("a@b.c", "T1DB-Production", "openid")),
        ("a@b.c", "qa", {}, ("a@b.c", "T1DB-QA10", "database:qa10 openid")),
        ("ann@mediamath.com", "sandbox", {}, ("ann", "T1DB-QA10", "database:qa10 openid")),
        ("ann", "qa", {"realm": "Mine"}, ("ann", "Mine", None)),
        ("ann", "production", {"realm": "Mine", "scope": "s"}, ("ann", "Mine", "s")),
        ("ann@mediamath.com", "production", {"realm": "Mine", "scope": "s"}, ("ann", "Mine", "s")),
        ("a@b.c", "production", {"realm": "Mine", "scope": "s"}, ("a@b.c", "Mine", "s")),
        ("a@b.c", "production", {"scope": "more"}, ("a@b.c", "T1DB-Production", "more")),
        ("a@b.c", "qa", {"scope": "more"}, ("a@b.c", "T1DB-QA10", "more")),
    ],
)
def test_a_password_grant_on_the_wire(
    username: str, environment: str, given: dict[str, str], expected: tuple[str, str, str | None]
) -> None:
    """Defect 7: realm and scope of the caller are honoured for every user name, in every environment."""
    transport = FakeTransport([reply(owner_token())])
    t1 = T1(username, "pass word", "key", environment=environment, transport=transport, **CLIENT, **given)
    (call,) = transport.calls
    name, realm, scope = expected
    assert (call.method, call.path, call.params) == ("POST", "oauth/token", ())
    assert revealed(call.json) == {
        "grant_type": "http://auth0.com/oauth/grant-type/password-realm",
        "realm": realm,
        "username": name,
        "password": "pass word",
        "client_id": "client-one",
        "client_secret": "client-secret",
        "audience": "https://api.mediamath.com/",
        "scope": scope,
    }
    assert (t1.user_id, t1.username) == (9, "ann")
    assert t1.auth.headers() == {"Authorization": f"Bearer {t1.access_token}"}
    assert t1.auth.params() == ()
    assert t1.token is not None
    assert t1.token["access_token"] == t1.access_token


def test_an_owner_who_signs_in_again_gets_another_token() -> None:
    """The token in use is the session's own, not one that was given: it is not merely checked."""
    transport = FakeTransport([reply(owner_token()), reply(owner_token(name="bob"))])
    t1 = T1("a@b.c", "pass word", auth_method="oauth2-resourceowner", transport=transport, **CLIENT)
    first = t1.access_token
    t1.authenticate()
    assert [method for method, _ in sent(transport)] == ["POST", "POST"]
    assert (t1.username, t1.access_token != first) == ("bob", True)


def test_the_users_id_is_a_number_whatever_the_claim_is() -> None:
    """Defect 7: user_id from the claim is an int."""
    for claim in ("9", 9):
        assert T1("a", "b", transport=FakeTransport([reply(owner_token(claim))]), **CLIENT).user_id == 9


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (reply({"error": "invalid_grant", "error_description": "Wrong email"}, status=403), "Wrong email"),
        (reply("<h1>Bad gateway</h1>", "text/html", status=502), "HTTP 502: Bad gateway"),
        (reply({"token_type": "Bearer"}), "token_type"),
        (reply({"access_token": 7}), "a token that is not text"),
        (reply({"access_token": "no-token-with-claims"}), "names no T1 user; its claims are none"),
        (reply({"access_token": jwt(sub="auth0|9")}), "names no T1 user; its claims are sub"),
        (reply(owner_token("nine")), "names no T1 user"),
        (reply({"access_token": "a.bm90IGpzb24.c"}), "its claims are none"),
    ],
)
def test_a_token_that_is_refused_or_of_no_use(answer: Answer, message: str) -> None:
    """Scripts for the classic SDK expect a ClientError; that it is a LoginError too is ours."""
    with pytest.raises(TokenError, match=message) as caught:
        T1("ann", "hunter2-word", transport=FakeTransport([answer]), **CLIENT)
    assert isinstance(caught.value, (ClientError, LoginError, T1Error))
    assert not {"hunter2-word", "client-secret"} & set(str(vars(caught.value)).split("'"))


def test_the_token_needs_no_jwt_library() -> None:
    """Defect 2: a claim with characters that base64 pads is read, the signature is not looked at."""
    for name in ("a", "ab", "abc", "Zoë ∑"):
        transport = FakeTransport([reply(owner_token(name=name))])
        assert T1("a", "b", transport=transport, **CLIENT).username == name


def test_an_expired_resource_owner_gets_a_new_token() -> None:
    second = owner_token(name="again")
    transport = FakeTransport([reply(owner_token()), EXPIRED, reply(second), reply(ROWS)])
    t1 = T1("a", "b", transport=transport, **CLIENT)
    assert [campaign.id for campaign in t1.get("campaigns")] == [1]
    assert [path for _, path in sent(transport)] == [
        "oauth/token",
        "api/v2.0/campaigns",
        "oauth/token",
        "api/v2.0/campaigns",
    ]
    assert t1.access_token == second["access_token"]


def test_a_token_past_its_time_is_renewed_before_the_call() -> None:
    transport = FakeTransport([reply(owner_token(expires_in=0)), reply(owner_token()), reply(ROWS)])
    t1 = T1("a", "b", transport=transport, **CLIENT)
    t1.get("campaigns")
    assert [path for _, path in sent(transport)] == ["oauth/token", "oauth/token", "api/v2.0/campaigns"]


# an existing token


@pytest.mark.parametrize("method", [None, "oauth2-existingaccesstoken", "oauth2-resourceowner"])
def test_an_existing_token(method: str | None) -> None:
    """Defect 5: the token alone is enough. Defect 6: the reply need not set a cookie."""
    transport = FakeTransport([reply(USER)])
    t1 = T1(access_token="given-token", api_key="key", auth_method=method, transport=transport)
    assert sent(transport) == [("GET", "api/v2.0/session")]
    assert t1.auth.headers() == {"Authorization": "Bearer given-token"}
    assert t1.auth.params() == ()
    assert (t1.user_id, t1.username, t1.session_id, t1.access_token) == (9, "ann", "", "given-token")
    assert t1.auth_params["method"] == "oauth2-existingaccesstoken" if method is None else method


def test_cookies_of_one_name_do_no_harm() -> None:
    """Defect 6: two adama_session cookies on different domains."""
    cookies = (
        "adama_session=; Max-Age=0; HttpOnly, adama_session=one; Domain=a.example; HttpOnly, "
        "adama_session=two; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Domain=b.example; HttpOnly"
    )
    t1 = T1(access_token="given-token", transport=FakeTransport([reply(USER, Set_Cookie=cookies)]))
    assert t1.session_id == "two"
    assert t1.auth.headers() == {"Authorization": "Bearer given-token", "Cookie": "adama_session=two"}


def test_a_method_that_needs_a_token_says_so() -> None:
    """Defect 5: no KeyError."""
    with pytest.raises(ClientError, match=r"needs a token .T1\(access_token=\.\.\.\)"):
        T1(auth_method="oauth2-existingaccesstoken", transport=FakeTransport())


def test_a_token_that_t1_does_not_take() -> None:
    with pytest.raises(LoginError, match="does not know this access token, or it has expired"):
        T1(access_token="given-token", transport=FakeTransport([EXPIRED]))


def test_an_expired_token_without_a_password_stays_expired() -> None:
    t1 = T1(access_token="given-token", transport=FakeTransport([reply(USER), EXPIRED]))
    with pytest.raises(AuthRequiredError, match=r"the session has expired or was never opened"):
        t1.get("campaigns")


# the authorization code flow


@pytest.fixture
def flow() -> Callable[..., T1]:
    """A session that is signed in by the code flow, or about to be."""

    def make(*script: Any, **options: Any) -> T1:
        return T1(api_key="the-api-key", client_secret="client-secret", transport=FakeTransport(script), **options)

    return make


TOKEN = {"access_token": "first-token", "refresh_token": "refresh-one", "expires_in": 3600, "token_type": "bearer"}


def test_the_url_to_send_users_to(flow: Callable[..., T1]) -> None:
    t1 = flow(redirect_uri="https://app.example.com/back?x=1")
    url, state = t1.authorization_url()
    parts = urlsplit(url)
    assert url.startswith("https://api.mediamath.com/oauth2/v1.0/authorize?")
    assert parse_qs(parts.query) == {
        "response_type": ["code"],
        "client_id": ["the-api-key"],
        "redirect_uri": ["https://app.example.com/back?x=1"],
        "state": [state],
    }
    assert len(state) == 30
    assert t1.authorization_url("https://other.example.com/")[0] != url
    assert t1.transport.calls == []  # type: ignore[attr-defined]


def test_a_url_on_a_local_server(flow: Callable[..., T1]) -> None:
    url, _ = flow(api_base="http://127.0.0.1:8001").authorization_url("http://127.0.0.1:9/back")
    assert url.startswith("http://127.0.0.1:8001/oauth2/v1.0/authorize?")


def test_a_url_needs_somewhere_to_come_back_to(flow: Callable[..., T1]) -> None:
    with pytest.raises(ClientError, match="redirect_uri"):
        flow().authorization_url()


def test_the_flow_needs_the_api_key() -> None:
    with pytest.raises(ClientError, match="needs the api_key"):
        T1(client_secret="client-secret", transport=FakeTransport())


def test_a_token_that_is_given_is_used_without_the_api_key() -> None:
    """The classic SDK's README: ``T1(token=session['oauth2_token'], token_updater=update_token)``."""
    stored = {"access_token": "first-token", "refresh_token": "r", "expires_at": 4e9}
    t1 = T1(token=stored, token_updater=print, transport=FakeTransport())
    assert t1.auth.headers() == {"Authorization": "Bearer first-token"}
    assert not t1.auth.renewable


def test_a_callback_without_a_known_state_is_taken_with_a_warning(flow: Callable[..., T1]) -> None:
    """As in the classic SDK: web applications open a session anew for the callback."""
    t1 = flow(reply(TOKEN))
    with pytest.warns(AdPlatformsWarning, match="the state of the callback was not compared"):
        token = t1.fetch_token(authorization_response_url="https://a/?code=c&state=s")
    assert token["access_token"] == "first-token"


def test_a_code_becomes_a_token(flow: Callable[..., T1]) -> None:
    t1 = flow(reply(TOKEN), reply(ROWS), redirect_uri="http://127.0.0.1:9/back")
    _, state = t1.authorization_url()
    callback = f"http://127.0.0.1:9/back?code=the%20code&state={state}"
    token = t1.fetch_token(authorization_response_url=callback, set_session=True)
    call = t1.transport.calls[0]  # type: ignore[attr-defined]
    assert (call.method, call.path) == ("POST", "oauth2/v1.0/token")
    assert revealed(call.form) == {"grant_type": "authorization_code", "code": "the code"}
    assert revealed(call.headers)["Authorization"] == "Basic dGhlLWFwaS1rZXk6Y2xpZW50LXNlY3JldA=="
    assert call.headers["Accept"] == "application/json"
    assert t1.auth.params() == (("api_key", "the-api-key"),)
    assert token["access_token"] == "first-token"
    assert token["expires_at"] > 3600
    assert t1.auth.headers() == {"Authorization": "Bearer first-token"}
    assert [campaign.id for campaign in t1.get("campaigns")] == [1]


def test_a_token_is_only_used_when_that_is_asked_for(flow: Callable[..., T1]) -> None:
    t1 = flow(reply(TOKEN))
    assert t1.fetch_token(code="the-code")["refresh_token"] == "refresh-one"
    assert (t1.auth.headers(), t1.token, t1.access_token) == ({}, None, None)


def test_a_recorded_token_reply(flow: Callable[..., T1], spec: Any) -> None:
    body = (spec / "t1" / "fixtures" / "json" / "access_token_refreshed.json").read_bytes()
    token = flow(reply(body, "application/json")).fetch_token(code="the-code")
    recorded = json.loads(body)
    assert {name: token[name] for name in recorded} == recorded


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({}, "needs the code or the URL"),
        ({"authorization_response_url": "https://a/?code=c&state=s", "state": "other"}, "may be forged"),
        ({"authorization_response_url": "https://a/?code=c", "state": "s"}, "may be forged"),
        (
            {"authorization_response_url": "https://a/?error=access_denied&state=s", "state": "s"},
            "not granted: access_denied",
        ),
    ],
)
def test_a_callback_that_is_not_taken(flow: Callable[..., T1], words: Any, message: str) -> None:
    t1 = flow()
    with pytest.raises(ClientError, match=message):
        t1.fetch_token(**words)
    assert t1.transport.calls == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "answer",
    [
        reply({"error": "invalid_grant", "error_description": "Code has expired"}, status=400),
        reply("<h1>Developer Inactive</h1>", status=403),
        reply({"access_token": "first-token", "token_type": "bearer"}, status=500),
    ],
)
def test_a_code_that_is_refused(flow: Callable[..., T1], answer: Answer) -> None:
    with pytest.raises(TokenError, match="T1 gave no token but HTTP") as caught:
        flow(answer).fetch_token(code="the-code")
    assert caught.value.status == answer.status


def test_a_stored_token_is_used_at_once(flow: Callable[..., T1]) -> None:
    t1 = flow(reply(ROWS), token={**TOKEN, "expires_at": 99999999999})
    t1.get("campaigns")
    assert sent(t1.transport) == [("GET", "api/v2.0/campaigns")]  # type: ignore[arg-type]
    assert t1.auth.headers() == {"Authorization": "Bearer first-token"}
    assert t1.auth.params() == (("api_key", "the-api-key"),)


def test_a_stored_token_can_be_checked(flow: Callable[..., T1]) -> None:
    t1 = flow(reply(USER), token=TOKEN)
    assert repr(t1) == "<T1 api.mediamath.com with a token>"
    t1.authenticate()
    assert (t1.user_id, t1.username) == (9, "ann")


def test_a_stored_token_that_ended_is_refreshed_when_it_is_checked(flow: Callable[..., T1]) -> None:
    kept: list[dict[str, Any]] = []
    t1 = flow(EXPIRED, reply(TOKEN), reply(USER), token={**TOKEN, "access_token": "old"}, token_updater=kept.append)
    t1.authenticate()
    assert (t1.user_id, t1.access_token, len(kept)) == (9, "first-token", 1)


def test_without_a_token_authenticate_says_how_to_get_one(flow: Callable[..., T1]) -> None:
    """Defect 5: the method oauth2 does not stay silently unauthenticated, and has its calls."""
    with pytest.raises(ClientError, match=r"authorization_url\(\), then fetch_token"):
        flow().authenticate()


@pytest.mark.parametrize("token", ["first-token", {}, {"refresh_token": "x"}, {"access_token": ""}])
def test_what_is_no_token(flow: Callable[..., T1], token: Any) -> None:
    with pytest.raises(ClientError, match="a token is the dict that fetch_token"):
        flow(token=token)


def test_a_token_past_its_time_is_refreshed_first(flow: Callable[..., T1]) -> None:
    kept: list[dict[str, Any]] = []
    renewed = {"access_token": "second-token", "expires_in": 3600, "token_type": "bearer"}
    stored = {**TOKEN, "expires_at": 1}
    t1 = flow(reply(renewed), reply(ROWS), token=stored, token_updater=kept.append)
    assert [campaign.id for campaign in t1.get("campaigns")] == [1]
    call = t1.transport.calls[0]  # type: ignore[attr-defined]
    assert (call.method, call.path) == ("POST", "oauth2/v1.0/token")
    assert revealed(call.form) == {
        "grant_type": "refresh_token",
        "refresh_token": "refresh-one",
        "client_id": "the-api-key",
        "client_secret": "client-secret",
    }
    assert "Authorization" not in call.headers
    (token,) = kept
    assert (token["access_token"], token["refresh_token"]) == ("second-token", "refresh-one")
    assert t1.token == token
    assert stored == {**TOKEN, "expires_at": 1}


def test_an_expired_token_is_refreshed_once_and_the_call_repeated(flow: Callable[..., T1]) -> None:
    kept: list[dict[str, Any]] = []
    rotated = {**TOKEN, "access_token": "second-token", "refresh_token": "refresh-two"}
    t1 = flow(EXPIRED, reply(rotated), reply(ROWS), token=TOKEN, token_updater=kept.append)
    assert [campaign.id for campaign in t1.get("campaigns")] == [1]
    assert [token["refresh_token"] for token in kept] == ["refresh-two"]


def test_without_an_updater_a_warning_carries_the_token_and_the_reply_is_there(flow: Callable[..., T1]) -> None:
    t1 = flow(reply({**TOKEN, "access_token": "second-token"}), reply(ROWS), token={**TOKEN, "expires_at": 1})
    with pytest.warns(TokenUpdated, match=r"store the new one, warning\.token") as caught:
        found = list(t1.get("campaigns"))
    assert [campaign.id for campaign in found] == [1]
    (warning,) = caught
    assert warning.message.token["access_token"] == "second-token"  # type: ignore[union-attr]
    assert "second-token" not in str(warning.message)
    assert warning.filename == __file__


def test_a_warning_taken_as_an_error_loses_nothing(flow: Callable[..., T1]) -> None:
    """As in the classic SDK, where it was always raised: the new token is kept, and the call can be repeated."""
    t1 = flow(reply({**TOKEN, "access_token": "second-token"}), reply(ROWS), token={**TOKEN, "expires_at": 1})
    with pytest.raises(TokenUpdated, match="token was refreshed: store the new one") as caught:
        t1.get("campaigns")
    assert caught.value.token["access_token"] == t1.access_token == "second-token"
    assert [campaign.id for campaign in t1.get("campaigns")] == [1]


def test_a_refused_refresh_is_not_tried_again(flow: Callable[..., T1]) -> None:
    refusal = reply({"error": "invalid_grant"}, status=400)
    t1 = flow(EXPIRED, refusal, EXPIRED, token=TOKEN)
    with pytest.raises(TokenError, match="let the user grant access again"):
        t1.get("campaigns")
    with pytest.raises(AuthRequiredError, match=r"the session has expired or was never opened"):
        t1.get("campaigns")
    assert len(t1.transport.calls) == 3  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "trouble",
    [reply("<h1>Bad gateway</h1>", "text/html", 502), reply({"error": "temporarily_unavailable"}, status=503)],
)
def test_a_token_server_that_is_down_is_asked_again(flow: Callable[..., T1], trouble: Answer) -> None:
    t1 = flow(
        *(EXPIRED, trouble, EXPIRED, reply(TOKEN), reply(ROWS)),
        token=TOKEN,
        token_updater=lambda token: None,
        retry=None,
    )
    with pytest.raises(TokenError, match=r"T1 gave no token but HTTP 50[23]"):
        t1.get("campaigns")
    assert [campaign.id for campaign in t1.get("campaigns")] == [1]


def test_threads_refresh_a_token_once() -> None:
    renewed = reply({"access_token": "second-token", "expires_in": 3600, "token_type": "bearer"})
    transport = FakeTransport(lambda request: renewed if request.path.endswith("/token") else reply(ROWS))
    kept: list[dict[str, Any]] = []
    words: dict[str, Any] = {"api_key": "the-api-key", "client_secret": "client-secret", "transport": transport}
    t1 = T1(**words, token={**TOKEN, "expires_at": 1}, token_updater=kept.append)
    together, found = threading.Barrier(16), []

    def read() -> None:
        together.wait(30)
        found.extend(campaign.id for campaign in t1.get("campaigns"))

    threads = [threading.Thread(target=read) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 16
    assert [token["access_token"] for token in kept] == ["second-token"]
    assert sum(path.endswith("/token") for _, path in sent(transport)) == 1


def test_the_warning_can_be_imported_from_here() -> None:
    from terminalone import auth

    assert auth.TokenUpdated is TokenUpdated


# secrets


def test_no_secret_is_shown(flow: Callable[..., T1], caplog: pytest.LogCaptureFixture) -> None:
    """Defect 8: neither attributes nor logs show a credential that nobody asked for."""
    caplog.set_level(logging.DEBUG)
    t1 = flow(reply(TOKEN), reply({**TOKEN, "access_token": "second-token"}), reply(ROWS), token_updater=print)
    t1.fetch_token(code="the-code", set_session=True)
    t1.sign_in_again()
    shown = f"{t1!r} {t1.auth_params} {t1.auth.given!r} {t1.auth.token!r} {caplog.text}"
    for secret in ("client-secret", "first-token", "second-token", "refresh-one", "the-api-key"):
        assert secret not in shown
    assert not hasattr(t1, "password")
    assert not hasattr(t1, "client_secret")


def test_what_the_server_echoes_is_masked() -> None:
    def serve(request: Request) -> Answer:
        if request.path == "oauth/token":
            return reply(owner_token())
        return reply(f"<h1>{t1.access_token} hunter2-word</h1>", "text/html", status=500)

    t1 = T1("ann", "hunter2-word", transport=FakeTransport(serve), **CLIENT)
    with pytest.raises(T1Error, match="no reply of T1 but HTTP 500") as caught:
        t1.get("campaigns")
    assert t1.access_token is not None
    assert t1.access_token not in str(vars(caught.value))
    assert "hunter2-word" not in str(vars(caught.value))


def test_a_recorded_traceback_shows_no_secret(flow: Callable[..., T1]) -> None:
    """Tools that report errors record the variables of every frame."""
    refusal = reply({"errors": [{"message": "no"}], "meta": {"status": "auth_error"}}, status=401)
    words = {"username": "ann", "password": "hunter2-word", "api_key": "the-api-key"}
    t1 = flow(refusal, EXPIRED, refusal, token=TOKEN)
    attempts = (
        lambda: T1(**words, transport=FakeTransport([refusal])),
        lambda: T1(**words, **CLIENT, transport=FakeTransport([refusal])),
        lambda: T1(access_token="first-token", transport=FakeTransport([refusal])),
        lambda: t1.fetch_token(code="the-code"),
        lambda: t1.get("campaigns"),
    )
    for attempt in attempts:
        with pytest.raises(
            LoginError,
            match=r"refused the login|answered HTTP 401|does not know this access token|gave no token but HTTP 401",
        ) as caught:
            attempt()
        frames = [entry.frame for entry in caught.traceback if "terminalone" in str(entry.path)]
        frames = [frame for frame in frames if "tests" not in str(frame.code.path)]
        assert frames
        shown = " ".join(repr(value) for frame in frames for value in frame.f_locals.values())
        for secret in ("hunter2-word", "the-api-key", "client-secret", "first-token", "refresh-one"):
            assert secret not in shown


@pytest.mark.parametrize("name", ["api_key", "session_id", "access_token"])
def test_credentials_read_from_files(name: str) -> None:
    """White space around them goes; what cannot be part of a header is refused without being shown."""
    made = T1(auth_method="delayed", transport=FakeTransport(), **{name: " a-secret-word\n"})  # type: ignore[arg-type]
    assert getattr(made.auth.given, name).reveal() == "a-secret-word"
    for wrong in ("a-secret\nword", "a-secret-wörd"):
        with pytest.raises(ClientError, match=f"{name} holds a character that no {name} has") as caught:
            T1(auth_method="delayed", transport=FakeTransport(), **{name: wrong})  # type: ignore[arg-type]
        assert "secret" not in str(caught.value)
    with pytest.raises(ClientError, match="access_token holds a character"):
        T1(api_key="k", token={"access_token": "a\nb"}, transport=FakeTransport())


def test_a_session_that_comes_with_a_token_goes_along_from_then_on() -> None:
    """T1's guide asks for both, and the classic SDK sends both."""
    transport = FakeTransport([reply(USER, Set_Cookie="adama_session=S1; Path=/"), reply(ROWS)])
    t1 = T1(access_token="given-token", transport=transport)
    list(t1.get("campaigns"))
    assert t1.auth.headers() == {"Authorization": "Bearer given-token", "Cookie": "adama_session=S1"}
