"""Tokens: where they come from, when they are got anew, and that nobody sees them."""

import pickle
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import APIError, ClientError
from adplatforms.core.secrets import Secret
from adplatforms.core.testing import reply
from adplatforms.ttd.auth import ENVIRONMENT, TTDAuth

REST = "https://api.example.com/v3"


@pytest.fixture(autouse=True)
def nothing_stored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Neither a token in the environment nor a profile of the machine's user."""
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path / ".adplatforms.ini"


def token_of(auth: TTDAuth) -> str:
    """What goes into the header."""
    return auth.headers()["TTD-Auth"].reveal()


@pytest.mark.parametrize("token", ["secret-token", Secret("secret-token"), lambda: "secret-token", " secret-token\n"])
def test_a_token_is_given_as_text_or_by_a_callable(token: Any) -> None:
    assert token_of(TTDAuth(token)) == "secret-token"


def test_a_callable_is_asked_at_each_request() -> None:
    tokens = iter(["first-token", "second-token"])
    auth = TTDAuth(lambda: next(tokens))
    assert [token_of(auth), token_of(auth)] == ["first-token", "second-token"]
    assert auth.redact("first-token second-token") == "*** ***"


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, "environment-token")
    assert token_of(TTDAuth()) == "environment-token"
    assert token_of(TTDAuth("given-token")) == "given-token"


def test_a_profile_holds_a_token_or_a_login(nothing_stored: Path) -> None:
    nothing_stored.write_text("[agency]\ntoken = 50%-token\n[people]\nlogin = anna\npassword = pass-word\n")
    assert token_of(TTDAuth(profile="agency")) == "50%-token"
    assert TTDAuth(profile="people").login == "anna"
    with pytest.raises(ClientError, match="did you mean 'agency'"):
        TTDAuth(profile="agenci")


def test_a_profile_that_cannot_be_read_shows_no_line_of_it(nothing_stored: Path) -> None:
    nothing_stored.write_text("secret-token")
    with pytest.raises(ClientError, match="cannot be read") as caught:
        TTDAuth(profile="agency")
    assert "secret-token" not in str(caught.value)


def test_no_token_is_an_error_at_once_that_says_where_one_can_come_from() -> None:
    with pytest.raises(ClientError, match="there is no token") as caught:
        TTDAuth()
    assert ENVIRONMENT in str(caught.value)


@pytest.mark.parametrize(("given", "missing"), [("login", "password"), ("password", "login")])
def test_half_a_login_is_told_what_is_missing(given: str, missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    with pytest.raises(ClientError, match=f"{given} is no use without a {missing}"):
        TTDAuth(**{given: "anna"})  # type: ignore[arg-type]


def test_a_token_that_is_no_text_is_refused_by_its_type() -> None:
    with pytest.raises(ClientError, match="not int"):
        TTDAuth(3)  # type: ignore[arg-type]
    with pytest.raises(ClientError, match="not NoneType"):
        TTDAuth(lambda: None).headers()  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize("words", [{"token": "t", "login": "anna", "password": "p"}, {"token": "t", "profile": "x"}])
def test_two_sources_at_once_are_refused(words: dict[str, str]) -> None:
    with pytest.raises(ClientError, match=r"not both|stands instead of"):
        TTDAuth(**words)  # type: ignore[arg-type]


@pytest.mark.parametrize("token", ["", "  ", "a\nb-secret", "geheim-ü"])
def test_what_no_header_can_have_is_refused_unseen(token: str) -> None:
    with pytest.raises(ClientError, match=r"the token is empty|holds a character that no token has") as caught:
        TTDAuth(token)
    assert "secret" not in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_a_login_is_due_before_the_first_call_and_before_the_token_ends() -> None:
    now = [0.0]
    auth = TTDAuth(login="anna", password="pass-word", clock=lambda: now[0])
    assert auth.due
    headers = {"date": "Sun, 22 Nov 2026 10:00:00 GMT"}
    body = {"Token": "first-token", "ExpirationDate": "2026-11-22T11:00:00Z"}
    auth.use_answer(reply(body, **headers), body)
    assert token_of(auth) == "first-token"
    now[0] = 3600 - 300 - 1
    assert not auth.due
    now[0] = 3600 - 300
    assert auth.due


@pytest.mark.parametrize(
    ("expiration", "lives"),
    [
        (None, 24 * 3600 - 300),
        ("soon", 24 * 3600 - 300),
        ("2026-11-22T09:00:00Z", 24 * 3600 - 300),
        ("2026-11-22T10:08:00", 240),
    ],
    ids=["not told", "unreadable", "in the past by a wrong clock", "short"],
)
def test_how_long_a_token_is_used(expiration: str | None, lives: float) -> None:
    now = [0.0]
    auth = TTDAuth(login="anna", password="pass-word", clock=lambda: now[0])
    body = {"Token": "first-token", "ExpirationDate": expiration}
    auth.use_answer(reply(body, date="Sun, 22 Nov 2026 10:00:00 GMT"), body)
    now[0] = lives - 1
    assert not auth.due
    now[0] = lives
    assert auth.due


def test_the_login_goes_to_rest_and_carries_no_token() -> None:
    auth = TTDAuth(login="anna", password="pass-word")
    request = auth.sign_in_request(REST)
    assert (request.method, request.server, request.path) == ("POST", REST, "authentication")
    assert request.json == {"Login": "anna", "Password": "pass-word", "TokenExpirationInMinutes": 1440}
    auth.use_answer(reply({}), {"Token": "first-token"})
    with auth.unsigned():
        assert auth.headers() == {}
    assert token_of(auth) == "first-token"


@pytest.mark.parametrize("body", [None, [], {}, {"Token": ""}, {"Token": 7}], ids=str)
def test_an_answer_without_a_token_is_an_error(body: Any) -> None:
    with pytest.raises(APIError, match="no token"):
        TTDAuth(login="anna", password="pass-word").use_answer(reply(body), body)


def test_credentials_are_masked_and_not_pickled() -> None:
    auth = TTDAuth(login="anna", password="pass-word")
    auth.use_answer(reply({}), {"Token": "first-token"})
    auth.use_answer(reply({}), {"Token": "second-token"})
    assert auth.redact("first-token second-token pass-word") == "*** *** ***"
    assert "token" not in repr(auth).replace("TTDAuth", "")
    with pytest.raises(TypeError, match="credentials are not pickled"):
        pickle.dumps(auth)
