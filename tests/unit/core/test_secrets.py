"""Credentials: how they are checked, what keeps being masked, and the token that servers give."""

import pickle
import traceback
from typing import Any

import pytest

from adplatforms.core.auth import Auth, Token
from adplatforms.core.errors import ClientError
from adplatforms.core.secrets import Secret, header_safe, hide, redact

PLAIN = {
    "access_token": "access-7",
    "refresh_token": "refresh-8",
    "expires_at": 1000,
    "scope": "ads:read",
    "extra": None,
}


def test_white_space_around_a_credential_goes() -> None:
    assert header_safe("token", Secret(" \ttkn-7\r\n")).reveal() == "tkn-7"


@pytest.mark.parametrize("text", ["two words", "a\nb", "a\r\nX-Evil: 1", "caf\u00e9", "a\x00b", "a\x7fb", "\u200btkn"])
def test_what_no_header_can_have_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(ClientError, match="api_key holds a character that no api_key has") as caught:
        header_safe("api_key", Secret(text))
    inside = caught.value.__traceback__
    assert inside is not None
    shown = "".join(
        traceback.TracebackException(ClientError, caught.value, inside.tb_next, capture_locals=True).format()
    )
    assert ascii(text)[1:-1] not in ascii(shown)


def test_text_is_hidden_and_a_secret_stays_the_same() -> None:
    secret = Secret("tkn")
    assert hide(secret) is secret
    assert hide("tkn").reveal() == "tkn"


def test_a_token_shows_no_credential_and_gives_them_back() -> None:
    token = Token.of(PLAIN)
    assert "access-7" not in repr(token)
    assert "refresh-8" not in repr(token)
    assert token.reveal() == {name: value for name, value in PLAIN.items() if value is not None}
    assert Token.of(token.reveal()).reveal() == token.reveal()
    assert token.secret("access_token").reveal() == "access-7"
    assert [secret.reveal() for secret in token.secrets()] == ["access-7", "refresh-8"]
    assert not token.secret("id_token")
    assert not token.secret("scope")  # which is none


@pytest.mark.parametrize("name", ["access_token", "refresh_token", "id_token"])
def test_a_credential_of_a_token_that_no_header_can_have_is_refused(name: str) -> None:
    with pytest.raises(ClientError, match=f"{name} holds a character"):
        Token.of({**PLAIN, name: "a\nb"})


@pytest.mark.parametrize(
    ("fields", "now", "margin", "ended"),
    [
        ({"expires_at": 1000}, 999, 0, False),
        ({"expires_at": 1000}, 1000, 0, True),
        ({"expires_at": "1000.5"}, 1000, 0, False),
        ({"expires_at": 1000}, 940, 60, True),
        ({"expires_at": 1000}, 939, 60, False),
        ({}, 1e12, 0, False),
    ],
)
def test_when_a_token_has_ended(fields: dict[str, Any], now: float, margin: float, ended: bool) -> None:
    assert Token(fields).ended(now, margin) is ended


def test_what_is_retired_is_masked_on_and_the_oldest_of_many_is_forgotten() -> None:
    auth, other = Auth(), Auth()
    for number in range(100):
        auth.retire(Secret(f"token-number-{number:03}"), Secret(""))
    assert auth.redact("token-number-099 token-number-084 token-number-083") == "*** *** token-number-083"
    assert other.redact("token-number-099") == "token-number-099"


def test_a_secret_is_never_shown() -> None:
    secret = Secret("hunter2")
    assert secret.reveal() == "hunter2"
    assert bool(secret)
    assert not Secret("")
    assert "hunter2" not in f"{secret} {secret!r} {[secret]} {vars(Auth())}"
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(secret)
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(Auth())


def test_secrets_are_masked_plain_and_as_they_stand_in_a_url() -> None:
    secrets = [Secret("p@ss word/1"), Secret(""), Secret("abc")]
    text = "p@ss word/1 p%40ss%20word%2F1 p%40ss+word%2F1 abc"
    assert redact(text, secrets) == "*** *** *** abc"


def test_a_secret_of_four_characters_is_masked() -> None:
    """Shorter ones are no credentials, and masking them would garble words."""
    assert redact("wxyz, and w%2Fyz, abc", [Secret("wxyz"), Secret("w/yz"), Secret("abc")]) == "***, and ***, abc"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bearer s3cret/tok…", "Bearer ***…"),
        ("Bearer s3cret/tok... and more", "Bearer ***... and more"),
        ("first s3cr…, then s3cret%2Ftok…", "first ***…, then ***…"),
        ("s3c…", "s3c…"),
        ("nothing of it…", "nothing of it…"),
    ],
)
def test_the_start_of_one_that_was_cut_off_is_masked(text: str, shown: str) -> None:
    assert redact(text, [Secret("s3cret/token of thirty")]) == shown


@pytest.mark.parametrize(
    "text",
    [
        's3cr"et/tök en',
        's3cr\\"et/tök en',
        's3cr\\"et/t\\u00f6k en',
        "s3cr%22et%2Ft%C3%B6k%20en",
        "s3cr%22et%2ft%c3%b6k%20en",
        "s3cr%22et/t%C3%B6k%20en",
        "s3cr%22et%2Ft%C3%B6k+en",
    ],
)
def test_one_is_masked_in_every_form_that_it_is_written_in(text: str) -> None:
    assert redact(f"before {text} after", [Secret('s3cr"et/tök en')]) == "before *** after"
