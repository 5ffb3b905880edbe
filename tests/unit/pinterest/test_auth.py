"""Tokens: taken, renewed in time and after a refusal, handed to the user, and never shown."""

import json
import pickle
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from adplatforms.core.errors import (
    AdPlatformsError,
    AdPlatformsWarning,
    AuthRequiredError,
    ClientError,
    LoginError,
    UnavailableError,
)
from adplatforms.core.messages import Answer, Request
from adplatforms.core.secrets import Secret
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.pinterest import Pinterest
from adplatforms.pinterest.auth import PinterestAuth

APP = {"client_id": "1234", "client_secret": "app-secret"}
FRESH = {
    "access_token": "new-access",
    "refresh_token": "new-refresh",
    "token_type": "bearer",
    "expires_in": 2592000,
    "scope": "ads:read",
}
ACCOUNTS: dict[str, Any] = {"items": [], "bookmark": None}
EXPIRED = reply({"code": 2, "message": "Authentication failed."}, status=401)
STORED = "store session.token"


def plain(request: Request) -> dict[str, str]:
    """A form as it travels."""
    return {n: v.reveal() if isinstance(v, Secret) else v for n, v in request.form or ()}


def basic(request: Request) -> str:
    """What the Basic header says."""
    header = request.headers["Authorization"]
    assert isinstance(header, Secret)
    return b64decode(header.reveal().removeprefix("Basic ")).decode()


def opened(script: Any, **words: Any) -> tuple[Pinterest, list[Request]]:
    transport = FakeTransport(script)
    return Pinterest(**words, transport=transport, retry=None), transport.calls


def test_the_bearer_token_signs_every_call() -> None:
    session, calls = opened([reply(ACCOUNTS)], access_token="an-access")
    session.call("ad_accounts/list")
    header = session.auth.headers()["Authorization"]
    assert isinstance(header, Secret)
    assert header.reveal() == "Bearer an-access"
    assert [call.path for call in calls] == ["ad_accounts"]


NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("token", "words", "renewable", "due"),
    [
        ({"access_token": "a"}, {}, False, False),
        ({"access_token": "a", "expires_at": NOW - 1}, {}, False, False),
        ({"access_token": "a", "expires_at": NOW - 1, "refresh_token": "r"}, {}, False, False),
        ({}, {}, False, False),
        ({"refresh_token": "r"}, APP, True, True),
        ({"refresh_token": "r"}, {"client_id": "1234"}, False, False),
        ({"refresh_token": "r"}, {"client_secret": "s"}, False, False),
        ({"refresh_token": None}, APP, False, False),
        ({"refresh_token": ""}, APP, False, False),
        ({}, {**APP, "scopes": "ads:read"}, True, True),
        ({"access_token": "a"}, {**APP, "scopes": ["ads:read"]}, True, False),
        ({"access_token": "a", "refresh_token": "r"}, APP, True, False),
        ({"access_token": "a", "refresh_token": "r", "expires_at": NOW + 61}, APP, True, False),
        ({"access_token": "a", "refresh_token": "r", "expires_at": NOW + 60}, APP, True, True),
        ({"access_token": "a", "refresh_token": "r", "expires_at": str(NOW - 1)}, APP, True, True),
    ],
)
def test_a_token_is_renewed_when_it_ends_by_those_who_can(
    monkeypatch: pytest.MonkeyPatch, token: dict[str, Any], words: dict[str, Any], renewable: bool, due: bool
) -> None:
    monkeypatch.setattr("time.time", lambda: NOW)
    auth = PinterestAuth(token, **words)
    assert (auth.renewable, auth.due) == (renewable, due)


@pytest.mark.parametrize("words", [{}, {"client_id": "1234"}, {"client_secret": "app-secret"}])
def test_half_an_app_signs_nothing(words: dict[str, str]) -> None:
    with pytest.raises(ClientError, match=r"needs the app's id and secret .*client_secret="):
        PinterestAuth({}, **words).request("oauth/token", {"grant_type": "client_credentials", "scope": "ads:read"})


def test_a_refresh_token_alone_gets_a_token_before_the_first_call() -> None:
    told: list[Mapping[str, Any]] = []
    script = [reply(FRESH), lambda request: reply(ACCOUNTS) if told else EXPIRED]
    session, calls = opened(script, refresh_token="old-refresh", **APP, token_updater=told.append)
    session.call("ad_accounts/list")
    assert [call.path for call in calls] == ["oauth/token", "ad_accounts"]
    assert plain(calls[0]) == {"grant_type": "refresh_token", "refresh_token": "old-refresh"}
    assert basic(calls[0]) == "1234:app-secret"
    (token,) = told
    assert (token["access_token"], token["refresh_token"]) == ("new-access", "new-refresh")
    assert token["expires_at"] > 0
    assert session.token == token


@pytest.mark.parametrize(("expires_at", "paths"), [(1, ["oauth/token", "ad_accounts"]), (4e9, ["ad_accounts"])])
def test_a_token_is_renewed_before_it_ends(expires_at: float, paths: list[str]) -> None:
    script = [reply(FRESH)] * (len(paths) - 1) + [reply(ACCOUNTS)]
    words = {"access_token": "an-access", "refresh_token": "a-refresh", "token_updater": bool}
    session, calls = opened(script, **words, **APP, expires_at=expires_at)
    session.call("ad_accounts/list")
    assert [call.path for call in calls] == paths


def test_a_refused_token_is_renewed_once_and_the_call_repeated() -> None:
    script = [EXPIRED, reply(FRESH), reply(ACCOUNTS)]
    session, calls = opened(script, access_token="a", refresh_token="r", **APP, token_updater=bool)
    assert session.call("ad_accounts/list") == ACCOUNTS
    assert [call.path for call in calls] == ["ad_accounts", "oauth/token", "ad_accounts"]


def test_a_token_that_is_refused_again_is_an_error_and_no_loop() -> None:
    script = [EXPIRED, reply(FRESH), EXPIRED]
    session, calls = opened(script, access_token="a", refresh_token="r", **APP, token_updater=bool)
    with pytest.raises(AuthRequiredError, match="Authentication failed"):
        session.call("ad_accounts/list")
    assert len(calls) == 3


def test_a_bearer_token_alone_cannot_be_renewed() -> None:
    session, calls = opened([EXPIRED], access_token="a")
    with pytest.raises(AuthRequiredError, match="Authentication failed"):
        session.call("ad_accounts/list")
    assert len(calls) == 1


def test_a_bad_refresh_token_is_one_clear_error() -> None:
    bad = {"code": 283, "message": "The provided authorization grant old-refresh is invalid"}
    script = [reply(bad, status=401, x_pinterest_rid="77")]
    session, calls = opened(script, refresh_token="old-refresh", **APP)
    with pytest.raises(LoginError, match=r"HTTP 401: The provided authorization grant \*\*\* is invalid") as caught:
        session.call("ad_accounts/list")
    error = caught.value
    assert (error.status, error.code, error.request_id) == (401, 283, "77")
    assert "old-refresh" not in f"{error}{error!r}{vars(error)}"
    with pytest.raises(LoginError, match="gave no token but HTTP 401: The provided authorization grant"):
        session.call("ad_accounts/list")
    assert len(calls) == 1, "it is not asked again"


def test_a_token_server_that_is_down_is_asked_again() -> None:
    script = [reply("<html>down</html>", "text/html", 503), reply(FRESH), reply(ACCOUNTS)]
    session, calls = opened(script, refresh_token="r", **APP, token_updater=bool)
    with pytest.raises(LoginError, match="HTTP 503"):
        session.call("ad_accounts/list")
    assert session.call("ad_accounts/list") == ACCOUNTS
    assert len(calls) == 3


def test_a_rotated_refresh_token_that_nobody_stores_is_warned_of() -> None:
    session, _ = opened([reply(FRESH), reply(ACCOUNTS)], refresh_token="r", **APP)
    with pytest.warns(AdPlatformsWarning, match=STORED):
        session.call("ad_accounts/list")


def test_an_error_of_the_updater_is_told_and_loses_neither_the_token_nor_the_call() -> None:
    stored: list[str] = []

    def updater(token: dict[str, Any]) -> None:
        if not broken:
            stored.append(token["refresh_token"])
            return
        raise broken.pop()

    broken = [OSError("disk full, new-refresh not written")]
    script = [reply(FRESH), reply(ACCOUNTS), reply(ACCOUNTS)]
    session, _ = opened(script, refresh_token="r", **APP, token_updater=updater)
    told = r"token_updater failed and has not stored the renewed token \(OSError: disk full, \*\*\* not written\)"
    with pytest.warns(AdPlatformsWarning, match=told):
        assert session.call("ad_accounts/list") == ACCOUNTS
    assert (session.token["refresh_token"], stored) == ("new-refresh", [])
    session.call("ad_accounts/list")
    assert stored == ["new-refresh"]


def test_the_updater_may_use_the_session_itself() -> None:
    seen: list[Any] = []

    def updater(token: dict[str, Any]) -> None:
        seen.append(session.call("user_account/get"))

    script = [reply(FRESH), reply({"username": "me"}), reply(ACCOUNTS)]
    session, _ = opened(script, refresh_token="r", **APP, token_updater=updater)
    session.call("ad_accounts/list")
    assert seen == [{"username": "me"}]


def test_of_many_threads_one_renews_the_token() -> None:
    together = Barrier(8, timeout=30)
    sessions: list[Pinterest] = []

    def answer(request: Request) -> Answer:
        if request.path == "oauth/token":
            return reply(FRESH)
        if sessions[0].auth.credential.reveal() == "a":
            together.wait()
            return EXPIRED
        return reply(ACCOUNTS)

    session, calls = opened(answer, access_token="a", refresh_token="r", **APP, token_updater=bool)
    sessions.append(session)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: session.call("ad_accounts/list"), range(8)))
    assert found == [ACCOUNTS] * 8
    assert [call.path for call in calls].count("oauth/token") == 1


def test_client_credentials_are_the_app_s_own_account() -> None:
    app_token = {name: value for name, value in FRESH.items() if name != "refresh_token"}
    session, calls = opened([reply(app_token), reply(ACCOUNTS)], **APP, scopes=["ads:read", "boards:read"])
    session.call("ad_accounts/list")
    assert plain(calls[0]) == {"grant_type": "client_credentials", "scope": "ads:read,boards:read"}


def test_the_authorization_code_flow() -> None:
    session, calls = opened([reply(FRESH), reply(ACCOUNTS)], **APP)
    url, state = session.authorization_url("https://example.org/back", "ads:read ads:write")
    asked = parse_qs(urlsplit(url).query)
    assert url.startswith("https://www.pinterest.com/oauth/?")
    assert asked == {
        "response_type": ["code"],
        "client_id": ["1234"],
        "redirect_uri": ["https://example.org/back"],
        "scope": ["ads:read,ads:write"],
        "state": [state],
    }
    token = session.fetch_token("https://example.org/back", f"https://example.org/back?code=c0de&state={state}")
    assert token["refresh_token"] == "new-refresh"
    assert plain(calls[0]) == {
        "grant_type": "authorization_code",
        "code": "c0de",
        "redirect_uri": "https://example.org/back",
    }
    session.call("ad_accounts/list")
    assert len(calls) == 2


def test_older_apps_ask_for_continuous_refresh() -> None:
    session, calls = opened([reply(FRESH)], **APP)
    session.fetch_token("https://example.org/back", code="c0de", continuous_refresh=True)
    assert plain(calls[0])["continuous_refresh"] == "true"


@pytest.mark.parametrize(
    ("callback", "told"),
    [
        ("https://example.org/back?code=c&state=other", "may be forged"),
        ("https://example.org/back?error=access_denied&state=mine", "access was not granted: access_denied"),
    ],
)
def test_a_callback_that_grants_nothing_is_refused(callback: str, told: str) -> None:
    session, calls = opened([], **APP)
    with pytest.raises((ClientError, LoginError), match=told):
        session.fetch_token("https://example.org/back", callback, state="mine")
    assert calls == []


def test_before_access_is_granted_calls_tell_what_to_do() -> None:
    session, calls = opened([], **APP)
    with pytest.raises(ClientError, match=r"there is no token yet \(authorization_url"):
        session.call("ad_accounts/list")
    assert calls == []


def test_a_session_needs_something_to_sign_in_with() -> None:
    with pytest.raises(ClientError, match="needs a token"):
        Pinterest()


@pytest.mark.parametrize(
    "words", [{"refresh_token": "r"}, {"refresh_token": "r", "client_id": "1"}, {"scopes": "ads:read"}]
)
def test_what_needs_the_app_s_id_and_secret_says_so_at_once(words: dict[str, str]) -> None:
    with pytest.raises(ClientError, match=r"used with the app's id and secret \(client_id=, client_secret="):
        Pinterest("an-access", **words)  # type: ignore[arg-type]


@pytest.mark.parametrize(("code", "cure"), [(283, "authorization_url"), (2, "check client_id and client_secret")])
def test_a_refused_renewal_tells_what_to_do(code: int, cure: str) -> None:
    refused = reply({"code": code, "message": "No."}, status=401)
    session, _ = opened([refused], refresh_token="used-up", **APP)
    with pytest.raises(LoginError, match=cure):
        session.call("ad_accounts/list")


def test_a_stored_token_opens_a_session() -> None:
    stored = {**FRESH, "expires_at": 4e9}
    session, calls = opened([reply(ACCOUNTS)], token=json.loads(json.dumps(stored)), **APP)
    session.call("ad_accounts/list")
    assert session.token == stored
    assert len(calls) == 1


@pytest.mark.parametrize("token", ["two words", "line\nend", "caffè"])
def test_a_token_that_cannot_stand_in_a_header_is_refused(token: str) -> None:
    with pytest.raises(ClientError, match="access_token holds a character that no access_token has") as caught:
        Pinterest(token)
    assert token not in str(caught.value)


@pytest.mark.parametrize("shown", [repr, str, lambda session: repr(vars(session.auth)), lambda s: repr(s.auth.token)])
def test_no_credential_is_ever_shown(shown: Callable[[Any], str]) -> None:
    session, calls = opened([reply(FRESH), reply(ACCOUNTS)], refresh_token="old-refresh", **APP, token_updater=bool)
    session.call("ad_accounts/list")
    text = shown(session) + repr(calls) + str(calls[0])
    assert not [one for one in ("old-refresh", "new-access", "new-refresh", "app-secret") if one in text]


def test_credentials_that_a_server_echoes_are_masked() -> None:
    echo = reply({"code": 1, "message": "bad call with Bearer secret-access"}, status=400)
    session, _ = opened([echo], access_token="secret-access")
    with pytest.raises(AdPlatformsError, match="bad call with Bearer") as caught:
        session.call("ad_accounts/list")
    assert "secret-access" not in f"{caught.value}{vars(caught.value)}"
    assert "***" in str(caught.value)


def test_a_session_is_not_pickled() -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(Pinterest("a"))


def test_tokens_of_system_users_are_revoked_by_the_app() -> None:
    session, calls = opened([reply(b"", "text/plain")], access_token="a", **APP)
    session.revoke("gone", "refresh_token")
    assert plain(calls[0]) == {"token": "gone", "token_type_hint": "refresh_token"}
    assert (calls[0].path, basic(calls[0])) == ("oauth/token/revoke", "1234:app-secret")


def test_a_conversion_token_is_asked_for_with_the_session_s_own() -> None:
    session, calls = opened([reply({"access_token": "for-events"})], access_token="a")
    assert session.conversion_token() == {"access_token": "for-events"}
    assert (calls[0].path, dict(calls[0].headers)) == ("oauth/conversion_token", {})


def test_a_server_error_is_no_sign_in() -> None:
    session, calls = opened(
        [reply({"code": 0, "message": "down"}, status=500)], access_token="a", refresh_token="r", **APP
    )
    with pytest.raises(UnavailableError, match="down"):
        session.call("ad_accounts/list")
    assert len(calls) == 1


def test_a_server_that_echoes_a_sign_in_shows_no_credential() -> None:
    def echo(request: Request) -> Answer:
        header = request.headers["Authorization"]
        assert isinstance(header, Secret)
        return reply({"code": 1, "message": f"{header.reveal()} {plain(request)}"}, status=400)

    session, _ = opened(echo, **APP)
    with pytest.raises(LoginError, match="gave no token but HTTP 400") as caught:
        session.fetch_token("https://example.org/back", code="secret-code")
    told = f"{caught.value}{vars(caught.value)}"
    assert "***" in told
    assert not [one for one in ("secret-code", "app-secret", b64encode(b"1234:app-secret").decode()) if one in told]


@pytest.mark.parametrize(
    "answer",
    [
        reply([], "application/json"),
        reply({"access_token": ""}),
        reply({"access_token": "a", "expires_in": "soon"}),
        reply("<html>welcome</html>", "text/html"),
        reply(b"", "application/json"),
    ],
)
def test_an_answer_that_is_no_token_is_a_clear_error(answer: Answer) -> None:
    session, _ = opened([answer], refresh_token="r", **APP, token_updater=bool)
    with pytest.raises(LoginError, match="Pinterest gave no token but HTTP 200"):
        session.call("ad_accounts/list")
