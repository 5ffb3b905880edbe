"""Signing in to T1. Source: wire.md section 2; how a method is detected: `credentials.method_of`."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from threading import local
from typing import Any, NamedTuple, Protocol, TypeVar
from urllib.parse import urlsplit

from adplatforms.core.auth import Auth, Token
from adplatforms.core.errors import APIError, AuthRequiredError, ClientError, LoginError, ValidationError, warn
from adplatforms.core.messages import Answer, Pairs, Request
from adplatforms.core.secrets import Secret
from adplatforms.net.token_updates import TokenUpdates

from .credentials import BEARER, CODE, COOKIE, OWNER, Credentials, method_of
from .errors import TokenError
from .oauth import claims, code_in, issued, password_grant, stored

__all__ = ["SESSION_COOKIE", "SendOnce", "T1Auth", "User"]

SESSION_COOKIE = "adama_session"

R = TypeVar("R")
Form = tuple[tuple[str, "str | Secret"], ...]


class User(NamedTuple):
    """Who signed in.

    `id`: T1's id of the user. `name`: the user name, None where the answer has none. `session_id`: the id of the
    session where the answer shows it, else empty.
    """

    id: int
    name: str | None
    session_id: str = ""


class SendOnce(Protocol):
    """Sends one request and reads its answer; `token_host`: to the token server instead of the API."""

    def __call__(self, request: Request, read: Callable[[Answer], R], token_host: bool = False) -> R:
        """What `read` makes of the answer."""


class T1Auth(Auth):
    """How the requests of one session are signed, and how it signs in.

    The api_key goes into every query (not with the two ``oauth2-...`` methods), a session into a cookie, a token into
    the Authorization header. It does no I/O: requests that sign in go through the `SendOnce` that it is given.

    given: what `T1` was called with. auth_method: the method that was named, else what the arguments say (see
    `credentials.method_of`). environment: for the realm of the resource owner's flow. token, token_updater: a stored
    token of the code flow, and who gets each refreshed one. Raises `ClientError` for a code flow without an api_key.
    """

    def __init__(
        self,
        given: Credentials,
        auth_method: str | None,
        environment: str,
        token: Mapping[str, Any] | None = None,
        token_updater: Callable[[dict[str, Any]], object] | None = None,
    ) -> None:
        self.given, self.environment = given, environment
        self.updates = TokenUpdates(token_updater, _warn_updated, self.redact)
        self.named, self.method = auth_method, method_of(auth_method, given, token)
        self.token = Token() if token is None else stored(token)
        self.refused = False  # whether T1 refused to sign in again: it is not asked a third time
        self._session = given.session_id
        self._bearer = self.token.secret("access_token")
        if self.method in (OWNER, BEARER) and not self._session:
            self._bearer = given.access_token
        self._state = Secret("")
        self._thread = local()
        # Only renewing a token that is given needs the client.
        if self.method == CODE and not given.api_key and not self.token.fields:
            raise ClientError(
                "the authorization code flow needs the api_key, which is its client id",
                hint="T1(api_key=..., client_secret=...)",
            )

    # what requests carry

    def params(self) -> Pairs:
        """``api_key=...``, left out when there is none and with the two ``oauth2-...`` methods."""
        # The token servers' methods send no api_key, also where one was given (wire.md section 1).
        if self.method in (OWNER, BEARER) or not self.given.api_key:
            return ()
        return (("api_key", self.given.api_key.reveal()),)

    def headers(self) -> Mapping[str, str]:
        """The token and the session cookie, as far as there are; neither on a request that signs in."""
        # Of this thread alone: calls of others go on with the old session while this one signs in.
        if getattr(self._thread, "unsigned", False):
            return {}
        headers = {}
        if self._bearer:
            headers["Authorization"] = f"Bearer {self._bearer.reveal()}"
        # Both where there are both, as T1's guide asks for and the classic SDK does (v3/README.md, Signing in).
        if self._session:
            headers["Cookie"] = f"{SESSION_COOKIE}={self._session.reveal()}"
        return headers

    def secrets(self) -> tuple[Secret, ...]:
        """All credentials, those it signed with before too."""
        own = (self.given.password, self.given.api_key, self.given.client_secret, self.given.access_token)
        return (*own, self._session, self._bearer, *self.token.secrets(), *self.retired)

    @property
    def credential(self) -> object:
        """The session or token in use."""
        return self._bearer if self._bearer else self._session

    @property
    def session_id(self) -> str:
        """The session's id, empty where there is none: a credential, usable as `session_id=` of another T1."""
        return self._session.reveal()

    @property
    def access_token(self) -> str | None:
        """The token in use: a credential, usable as `access_token=` of another T1."""
        return self._bearer.reveal() or None

    def describe(self) -> dict[str, Any]:
        """The classic `auth_params`, secrets masked: method, username, password and api_key, and what else there is."""
        found: dict[str, Any] = {"method": self.named or self.method}
        for field in fields(self.given):
            value = getattr(self.given, field.name)
            if value or field.name in ("username", "password", "api_key"):
                found[field.name] = value
        if self.token.fields:
            found["token"] = dict(self.token.fields)
        return found

    # signing in

    def sign_in(self, send: SendOnce, read: Callable[[Answer], User]) -> User | None:
        """Opens a session, or checks the one that was given, and opens another where that has ended and where it
        can; the user, None where nobody says.

        `read` takes the user out of an answer. Raises a `LoginError` where T1 refuses.
        """
        given = (self.given.session_id, self.given.access_token, self.token.secret("access_token"))
        uses_given = self.credential in [secret for secret in given if secret]
        # A token that name and password brought is not checked: to sign in once more means to ask for another.
        if uses_given and not (self.method == OWNER and self.token.fields):
            check = Request("GET", "api/v2.0/session", private=True)
            try:
                return self._checked(check, send, read)
            except LoginError:
                if not self.renewable:
                    raise
            # A refreshed token does not say whose it is, so T1 is asked.
            return self.renew(send, read) or self._checked(check, send, read)
        if self.method == CODE:
            raise ClientError(
                "there is no token yet", hint="authorization_url(), then fetch_token(..., set_session=True)"
            )
        if self.method == BEARER:
            raise ClientError("oauth2-existingaccesstoken needs a token", hint="T1(access_token=...)")
        return self.renew(send, read)

    @property
    def renewable(self) -> bool:
        """Whether it can sign in anew without asking anybody: with a refresh token, or with name and password."""
        if self.refused:
            return False
        if self.method == CODE:
            return bool(self.token.secret("refresh_token") and self.given.client_secret)
        personal = bool(self.given.username and self.given.password)
        return personal and (self.method == COOKIE or self._has_client)

    @property
    def _has_client(self) -> bool:
        """Whether the resource owner's flow has its client."""
        return bool(self.given.client_id and self.given.client_secret)

    def renew(self, send: SendOnce, read: Callable[[Answer], User]) -> User | None:
        """Signs in anew, whatever session or token is in use.

        send: sends a request and reads its answer. read: takes the user out of an answer. Returns the user; None after
        a refreshed token of the code flow, which does not say whose it is. Raises `ClientError` where something to sign
        in with is missing, `LoginError` or `TokenError` where T1 refuses.
        """
        if self.method == CODE:
            self._refresh(send)
            return None
        given = self.given
        if not (given.username and given.password):
            raise ClientError(
                "T1 needs a user name and a password, or a session_id", hint="T1(username, password, api_key)"
            )
        with self._unsigned():
            if self.method == COOKIE:
                # The api_key goes into the query only, not into this form (wire.md section 2).
                form = (("user", given.username), ("password", given.password))
                return self._checked(Request("POST", "api/v2.0/login", form=form, private=True), send, read, login=True)
            if not (given.client_id and self._has_client):
                raise ClientError(
                    "oauth2-resourceowner needs client_id and client_secret", hint="T1(..., client_id=, ...)"
                )
            grant = password_grant(
                given.username,
                given.password,
                given.client_id,
                given.client_secret,
                self.environment,
                given.realm,
                given.scope,
            )
            token, user, name = send(grant, claims, token_host=True)
        self.use(token)
        return User(user, name)

    def use(self, token: Token) -> None:
        """Signs with this token from now on."""
        self.retire(self._bearer, *self.token.secrets())
        self.token, self._bearer = token, token.secret("access_token")

    @contextmanager
    def _unsigned(self) -> Iterator[None]:
        """Requests of this thread carry no session and no token meanwhile; those of others do."""
        self._thread.unsigned = True
        try:
            yield
        finally:
            self._thread.unsigned = False

    def _checked(self, request: Request, send: SendOnce, read: Callable[[Answer], User], login: bool = False) -> User:
        """The user that T1 answers with, its session taken over."""

        def reader(answer: Answer) -> tuple[User, str]:
            return read(answer), _session_of(answer)

        try:
            user, cookie = send(request, reader)
        except (AuthRequiredError, ValidationError) as error:
            refused = self._refused(error, login)
        else:
            session = cookie or user.session_id
            # Checking a session must not replace it by one that T1 opened on the way.
            if session and (login or not self._session):
                self.retire(self._session)
                self._session = Secret(session)
            elif login:
                raise LoginError("T1 accepted the login but sent no session", hint="try again")
            return user
        # Outside the handler: the error of the answer, which knows the form with the password, must not hang on to it.
        raise refused

    def _refused(self, error: APIError, login: bool) -> LoginError:
        """The `LoginError` for what T1 answered. login: whether it was a login, and not a session that was checked."""
        if login:
            about = f"T1 refused the login of {self.given.username!r}"
            hint = "check name, password and api_key"
        else:
            what = "access token" if self._bearer else "session_id"
            about = f"T1 does not know this {what}, or it has expired"
            hint = "sign in with name and password"
        return LoginError(
            error.message,
            about=about,
            code=error.code,
            status=error.status,
            request=error.request,
            hint=hint,
            field_errors=error.field_errors,
        )

    # the authorization code flow

    def authorization_url(self, url: str, redirect_uri: str) -> tuple[str, str]:
        """Where a user grants access (below `url`, the API's), and the state that comes back with the code."""
        from requests_oauthlib import OAuth2Session

        parts = urlsplit(url)
        flow = OAuth2Session(self.given.api_key.reveal(), redirect_uri=redirect_uri)
        # oauthlib refuses plain http, which local servers have: the scheme is put back afterwards.
        secure, state = flow.authorization_url(f"https://{parts.netloc}/oauth2/v1.0/authorize")
        self._state = Secret(state)
        return parts.scheme + str(secure).removeprefix("https"), str(state)

    def fetch_token(
        self, send: SendOnce, state: str | None, code: str | None, callback: str | None, use: bool
    ) -> dict[str, Any]:
        """Exchanges a code, given or part of the callback's URL, for a token.

        state: what has to come back with the code, by default what `authorization_url` made last. use: whether requests
        are signed with the token from now on. Returns it as a dict, to be stored. Raises `ClientError` without a code,
        `TokenError` where T1 gives none. Source: wire.md section 2, authorization code flow.
        """
        if not code:
            if not callback:
                raise ClientError("fetch_token needs the code or the URL that T1 called back")
            code = code_in(callback, state or self._state.reveal() or None)
        form = (("grant_type", "authorization_code"), ("code", Secret(code)))
        token = self._token(send, form, basic=True)
        if use:
            self.use(token)
            self.refused = False
        return token.reveal()

    def _refresh(self, send: SendOnce) -> None:
        """Exchanges the refresh token for another token, and notes that it has to be handed out."""
        old, given = self.token, self.given
        form = (
            ("grant_type", "refresh_token"),
            ("refresh_token", old.secret("refresh_token")),
            ("client_id", given.api_key),
            ("client_secret", given.client_secret),
        )
        with self._unsigned():
            # Meanwhile no bearer goes out: the old one has ended, and T1 would refuse the request for it.
            token = self._token(send, form, keep=old)
        self.use(token)
        self.updates.add(token)

    def _token(self, send: SendOnce, form: Form, basic: bool = False, keep: Token | None = None) -> Token:
        """The token that the server gives for a form. basic: whether the client's secret goes in the header. keep: the
        token whose refresh token stays where the answer brings none."""
        headers: dict[str, str | Secret] = {"Accept": "application/json"}
        if basic:
            headers["Authorization"] = self._basic()
        request = Request("POST", "oauth2/v1.0/token", form=form, headers=headers, private=True)
        return send(request, lambda answer: _parsed(answer, keep))

    def _basic(self) -> Secret:
        """The client's id and secret as HTTP Basic."""
        pair = f"{self.given.api_key.reveal()}:{self.given.client_secret.reveal()}"
        return Secret("Basic " + b64encode(pair.encode()).decode())


def _parsed(answer: Answer, keep: Token | None) -> Token:
    """The token of an answer; the refresh token stays where the answer brings no other.

    It is read by the half of oauthlib that does no I/O: requests-oauthlib's own session writes tokens to its log.
    """
    from oauthlib.oauth2 import OAuth2Error, WebApplicationClient

    text, problem, code = answer.content.decode("utf-8", "replace"), "", None
    try:
        found = dict(WebApplicationClient("").parse_request_body_response(text))
    except OAuth2Error as error:
        problem, code = error.description or answer.excerpt(), error.error
    if problem or answer.status != 200:
        raise TokenError(
            f"T1 gave no token but HTTP {answer.status}: {problem or answer.excerpt()}",
            code=code,
            status=answer.status,
            request=answer.request.label,
            hint="let the user grant access again: authorization_url()",
        )
    if keep is not None and not found.get("refresh_token"):
        found["refresh_token"] = keep.secret("refresh_token").reveal()
    return issued(found)


def _session_of(answer: Answer) -> str:
    """The session id that an answer sets; of several cookies of that name the last one that is not empty."""
    pattern = rf'(?:^|[\s,;]){SESSION_COOKIE}="?([^;,\s"]+)'
    found: list[str] = re.findall(pattern, answer.headers.get("set-cookie", ""))
    return "".join(found[-1:])


def _warn_updated(token: Token) -> None:
    """A `TokenUpdated` carrying the new token, with a text of its own each time, so that none is taken for the last."""
    from requests_oauthlib import TokenUpdated

    warning = TokenUpdated(token.reveal())
    until = f", expires_at {token.fields['expires_at']}" if "expires_at" in token.fields else ""
    warning.args = (f"T1's token was refreshed: store the new one, warning.token{until}",)
    warn(warning, type(warning))


def __getattr__(name: str) -> Any:
    """`TokenUpdated` of requests-oauthlib, imported when it is asked for."""
    if name == "TokenUpdated":
        from requests_oauthlib import TokenUpdated

        return TokenUpdated
    raise AttributeError(name)
