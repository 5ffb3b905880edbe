"""Signing in to T1: cookie login and an existing session id. Source: wire.md section 2.

The OAuth2 flows come with the next release; asking for one raises a `ClientError` that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from adplatforms.core.auth import Auth
from adplatforms.core.errors import APIError, AuthRequiredError, ClientError, LoginError, ValidationError
from adplatforms.core.values import Answer, Pairs, Request, Secret

__all__ = ["COOKIE", "T1Auth"]

COOKIE = "adama_session"
Exchange: TypeAlias = Callable[
    [Request, Callable[[Answer], tuple[dict[str, Any], str]]], tuple[dict[str, Any], str]
]


class T1Auth(Auth):
    """The api_key in every query, the session in a cookie. Secrets are masked in its repr and never pickled."""

    def __init__(
        self, username: str | None, password: str | None, api_key: str | None, session_id: str | None
    ) -> None:
        self.username = username
        self._password = Secret(password or "")
        self._api_key = Secret(api_key or "")
        self._session = Secret(session_id or "")

    def params(self) -> Pairs:
        """``api_key=...``, left out when there is none."""
        return (("api_key", self._api_key.reveal()),) if self._api_key else ()

    def headers(self) -> Mapping[str, str]:
        """The session cookie, once signed in."""
        return {"Cookie": f"{COOKIE}={self._session.reveal()}"} if self._session else {}

    def secrets(self) -> tuple[Secret, ...]:
        """Password, api_key and session id."""
        return (self._password, self._api_key, self._session)

    @property
    def session_id(self) -> str:
        """The session's id: a credential, usable as `session_id=` of another T1."""
        return self._session.reveal()

    def describe(self) -> dict[str, Any]:
        """The classic `auth_params`, secrets masked."""
        method = "cookie" if self._password else "session_id"
        return {
            "method": method,
            "username": self.username,
            "password": self._password,
            "api_key": self._api_key,
        }

    def sign_in(self, exchange: Exchange, read: Callable[[Answer], dict[str, Any]]) -> dict[str, Any]:
        """Logs in, or checks the given session id; returns the user's row.

        `exchange` sends a request and hands the answer to a reader, `read` takes the row out of an answer. A
        `LoginError` tells that T1 refused.
        """
        try:
            row, cookie = exchange(self._request(), lambda answer: (read(answer), _cookie(answer)))
        except (AuthRequiredError, ValidationError) as error:
            refused = self._refused(error)
        else:
            if not self._session:
                self._session = Secret(cookie or str((row.get("session") or {}).get("sessionid") or ""))
            if not self._session:
                raise LoginError("T1 accepted the login but sent no session", hint="try again")
            return row
        raise refused

    def _request(self) -> Request:
        if self._session:
            return Request("GET", "api/v2.0/session")
        if not (self.username and self._password):
            raise ClientError(
                "T1 needs a user name and a password, or a session_id", hint="T1(username, password, api_key)"
            )
        form = (("user", self.username), ("password", self._password.reveal()))
        return Request("POST", "api/v2.0/login", form=form)

    def _refused(self, error: APIError) -> LoginError:
        message, hint = (
            f"T1 refused the login of {self.username!r}: {error.message}",
            "check name, password and api_key",
        )
        if self._session:
            message, hint = (
                "T1 does not know this session_id, or it has expired",
                "sign in with name and password",
            )
        refused = LoginError(message, code=error.code, status=error.status, request=error.request, hint=hint)
        refused.field_errors = error.field_errors
        return refused


def _cookie(answer: Answer) -> str:
    """The session id of a Set-Cookie header."""
    from http.cookies import CookieError, SimpleCookie

    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(answer.headers.get("set-cookie", ""))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""
