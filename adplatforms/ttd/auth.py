"""Signing in to The Trade Desk: one token in the header ``TTD-Auth``, the same for all three surfaces.

A token is given, asked for by a callable, read from the environment variable ``WORKFLOWS_TTD_AUTH`` (which the official
SDK documents and does not read) or a profile, or obtained with login and password by ``POST /v3/authentication``.
Source: platform_rest_v3.md "Authentication", workflows.json `x-client.auth`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from configparser import ConfigParser, Error
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from threading import local
from time import monotonic
from typing import Any, TypeVar, overload

from adplatforms.core.auth import Auth
from adplatforms.core.errors import APIError, ClientError, did_you_mean
from adplatforms.core.messages import Answer, Request
from adplatforms.core.parsing import parse_datetime
from adplatforms.core.secrets import Secret, header_safe, hide

from .shapes import dict_or_empty

__all__ = ["ENVIRONMENT", "PROFILES", "TTDAuth", "hidden"]

R = TypeVar("R")

ENVIRONMENT = "WORKFLOWS_TTD_AUTH"
"""The environment variable with the token."""
PROFILES = "~/.adplatforms.ini"
"""Where profiles are kept: an INI file, a section a profile, with ``token`` or ``login`` and ``password``."""
_LIFETIME = 1440.0
"""Minutes that a token is asked for: the default and the most that there is."""
_MARGIN = 300.0
"""Seconds before its end that a token is renewed."""


class TTDAuth(Auth):
    """How requests are signed.

    token, login, password, profile: as for `TTD`; a `ClientError` for a combination that makes no sense, and where
    there is nothing to sign with. clock: seconds that only go forward; a token's age is measured by it, so that a wrong
    date on this machine does no harm.
    """

    def __init__(
        self,
        token: str | Secret | Callable[[], str | Secret] | None = None,
        login: str | None = None,
        password: str | Secret | None = None,
        profile: str | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        token, password = hidden(token), hidden(password)
        if token is None and login is None and password is None:
            token, login, password = _stored(profile)
        elif profile is not None:
            raise ClientError("a profile stands instead of a token or a login", hint="leave one of them out")
        _check_given(token, login, password)
        self.login, self._password = login, password or Secret("")
        self._ask: Callable[[], str | Secret] | None = None
        self._token = Secret("")
        if callable(token):
            self._ask = token
        elif token is not None:
            self._token = _checked(token)
        self._others: tuple[Secret, ...] = ()
        self._clock, self._ends = clock, float("inf")
        self.refused = False
        """Whether the login was refused; it is not tried again."""
        self.denied = False
        """Whether a new token did not help against a 403."""
        self._thread = local()

    def headers(self) -> Mapping[str, Secret]:
        """The token; none on the request that signs in. A callable is asked each time."""
        if getattr(self._thread, "unsigned", False):
            return {}
        self._ask_callable()
        if not self._token:
            return {}
        return {"TTD-Auth": self._token}

    def secrets(self) -> tuple[Secret, ...]:
        """The token, those in use before it, the password and what else is to be masked."""
        return (self._token, self._password, *self.retired, *self._others)

    @property
    def credential(self) -> object:
        """The token in use."""
        return self._token

    @property
    def can_sign_in(self) -> bool:
        """Whether it has login and password."""
        return bool(self.login)

    @property
    def due(self) -> bool:
        """Whether a token has to be got before the next request: there is none yet, or it ends soon."""
        return self.can_sign_in and (not self._token or self._clock() >= self._ends)

    def ask_again(self) -> bool:
        """Asks the callable once more; whether it gave another token than before."""
        before = self._token
        self._ask_callable()
        return self._token is not before

    def _ask_callable(self) -> None:
        if self._ask is not None:
            self._use(_checked(hidden(self._ask())))

    def sign_in_request(self, rest_url: str) -> Request:
        """The request that gets a token; the password is in its body and nowhere else.

        rest_url: the base URL of REST, without a slash at the end. Source: platform_rest_v3.md "Authentication".
        """
        body = {"Login": self.login, "Password": self._password.reveal(), "TokenExpirationInMinutes": int(_LIFETIME)}
        return Request("POST", "authentication", json=body, server=rest_url, category="authentication", private=True)

    def use_answer(self, answer: Answer, body: object) -> None:
        """Signs with the token of this answer from now on; an `APIError` when there is none in it."""
        found = dict_or_empty(body)
        token = found.get("Token")
        if not isinstance(token, str) or not token:
            raise APIError(
                "the answer to the login holds no token", status=answer.status, request="POST authentication"
            )
        self._ends = self._clock() + _seconds_to_renewal(answer, found.get("ExpirationDate"))
        self._use(_checked(Secret(token)))

    def mask(self, *secrets: str | Secret) -> None:
        """Masks these too, such as the headers of a callback."""
        self._others = (*self._others, *map(hide, secrets))

    def _use(self, token: Secret) -> None:
        # The same token stays the same object: a new one would look like a renewal.
        if token.reveal() != self._token.reveal():
            self.retire(self._token)
            self._token = token

    @contextmanager
    def unsigned(self) -> Iterator[None]:
        """Requests of this thread carry no token meanwhile; those of other threads still do."""
        self._thread.unsigned = True
        try:
            yield
        finally:
            self._thread.unsigned = False


@overload
def hidden(value: str | Secret) -> Secret: ...
@overload
def hidden(value: str | Secret | R | None) -> Secret | R | None: ...
def hidden(value: Any) -> Any:
    """Text as a `Secret`, so that no traceback shows it; anything else, a callable or None, as it is."""
    return hide(value) if isinstance(value, str) else value


def _checked(token: object) -> Secret:
    """A token as it can stand in a header; a `ClientError`, which does not show it, where it cannot."""
    if not isinstance(token, Secret):
        raise ClientError(f"a token is text, not {type(token).__name__}", hint="a callable returns the token itself")
    clean = header_safe("token", token)
    if not clean:
        raise ClientError("the token is empty")
    return clean


def _seconds_to_renewal(answer: Answer, expiration: object) -> float:
    """The seconds until a token is to be renewed: its end, less a margin of five minutes.

    Of a token that lives shorter than ten minutes, half of its life. Where the answer names no end, the life that was
    asked for.
    """
    unknown = _LIFETIME * 60 - _MARGIN
    try:
        end = parse_datetime(expiration)
    except ValueError:
        return unknown
    try:
        # The server's own clock: the one of this machine may be wrong.
        now = parsedate_to_datetime(answer.headers["date"])
    except (KeyError, ValueError):
        now = datetime.now(UTC)
    left = (end - now).total_seconds()
    if left <= 0:
        # No token has ended when it is given out: one of the clocks is wrong, and a 401 will show when it is over.
        return unknown
    return left - min(_MARGIN, left / 2)


def _check_given(token: object, login: str | None, password: Secret | None) -> None:
    """Raises a `ClientError` unless there is a token, or login and password."""
    if token is not None:
        if login is not None:
            raise ClientError("give a token or a login, not both")
        return
    if bool(login) != bool(password):
        given, missing = ("login", "password") if login else ("password", "login")
        raise ClientError(f"a {given} is no use without a {missing}", hint=f"TTD({given}=..., {missing}=...)")
    if not login:
        raise ClientError(
            "there is no token for The Trade Desk",
            hint=f"TTD(token=...), TTD(login=..., password=...), TTD(profile=...) or ${ENVIRONMENT}",
        )


def _stored(profile: str | None) -> tuple[Secret | None, str | None, Secret | None]:
    """Token, login and password of a profile; without a name the environment's token."""
    if profile is None:
        return hidden(os.environ.get(ENVIRONMENT) or None), None, None
    # A token may hold a percent sign, which would be taken for a reference otherwise.
    read = ConfigParser(interpolation=None)
    try:
        read.read(Path(PROFILES).expanduser(), encoding="utf-8")
    except Error:
        raise ClientError(f"{PROFILES} cannot be read as an INI file") from None
    if profile not in read:
        raise ClientError(f"{PROFILES} has no profile {profile!r}", hint=did_you_mean(profile, read.sections()))
    section = read[profile]
    return hidden(section.get("token")), section.get("login"), hidden(section.get("password"))
