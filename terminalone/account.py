"""Signing in, and calls by hand: the part of `T1` that knows no entities. Source: wire.md sections 1 and 2."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from adplatforms.core.connection import Transport
from adplatforms.core.errors import ClientError, LoginError, ParserException
from adplatforms.core.messages import Answer, Pairs, Request
from adplatforms.core.scalars import to_plain_tree
from adplatforms.net.session import HttpSession
from adplatforms.net.transport import HttpTransport

from .auth import T1Auth, User
from .credentials import Credentials
from .oauth import TokenTransport
from .operations.base import accepts
from .parsing import parse
from .read import STATUS, check

__all__ = ["Account", "base_url"]

R = TypeVar("R")


class Account(HttpSession):
    """A session with one of T1's accounts: signs in, and signs in again when that has expired.

    It knows no entities; `T1` adds them. Source: wire.md sections 1 and 2.
    """

    auth: T1Auth
    environment: str
    api_base: str
    auth_base: str | None
    redirect_uri: str | None
    user_id: int | None
    username: str | None

    def authenticate(self, auth_method: str | None = None, **credentials: Any) -> None:
        """Signs in: a `LoginError` when T1 refuses.

        Without arguments with what the constructor got. auth_method and credentials (username, password, api_key,
        client_id, client_secret, session_id, access_token, realm, scope) replace it. An expired session of a script
        that runs for days needs no call: it is signed in again once, where that needs nobody.
        """
        auth = self.auth
        if auth_method or credentials:
            before = {field.name: getattr(auth.given, field.name) for field in fields(auth.given)}
            stored = None
            if credentials:
                before |= {"session_id": None, "access_token": None}
            else:
                stored = auth.token.reveal() or None
            if credentials.keys() & {"session_id", "access_token"} and "username" not in credentials:
                before |= {"username": None, "password": None}  # they may be somebody else's
            given = Credentials.of({**before, **credentials})
            # A traceback shows the variables of a function, so no secret stays in one.
            before.clear()
            credentials.clear()
            fresh = T1Auth(given, auth_method, self.environment, stored, auth.token_updater)
            vars(auth).update(vars(fresh))  # the transport holds this very object
        auth.refused = False
        with self._sign_in_lock():
            self._signed_in_as(auth.sign_in(self._exchange_once, self._read_user))
        auth.hand_out_tokens()
        if auth.named == "delayed":
            auth.named = None

    def sign_in_again(self) -> bool:
        """Signs in anew where a session or token has ended and nobody has to be asked; False where it cannot.

        Refused once, it does not try again: T1 locks accounts out.
        """
        if not self.auth.credential or not self.auth.renewable:
            return False
        try:
            user = self.auth.renew(self._exchange_once, self._read_user)
            # The refresh of a code flow's token names no user: then there is nothing to compare.
            if user is not None and self.user_id and user.id and user.id != self.user_id:
                self.auth.refused = True
                raise LoginError(
                    f"the session was of user {self.user_id}, name and password are of user {user.id}",
                    hint="sign in with authenticate(): going on as somebody else would mix what both may see",
                )
            self._signed_in_as(user)
        except LoginError as error:
            # T1 said no, and not just "not now": a further attempt would bring the account nearer to being locked.
            is_passing = error.status is not None and (error.status >= 500 or error.status in (408, 429))
            self.auth.refused = error.code is not None and not is_passing
            raise
        return True

    def _with_sign_in(self, call: Callable[[], R], writes: bool = False) -> R:
        """A token that has run out is renewed before the call; what T1 itself calls expired, after it."""
        if self._token_ended():
            with self._sign_in_lock():
                if self._token_ended():  # else another thread renewed it while this one waited for the lock
                    self.sign_in_again()
            self.auth.hand_out_tokens()
        return super()._with_sign_in(call, writes)

    def _token_ended(self) -> bool:
        """Whether the token in use has run out, as far as is known."""
        token = self.auth.token
        return bool(token.fields) and token.ended(self.runtime.now().timestamp())

    def _renew_sign_in(self, before: object) -> bool:
        """As any, and hands a refreshed token out: outside the lock, for an updater may use the session."""
        renewed = super()._renew_sign_in(before)
        self.auth.hand_out_tokens()
        return renewed

    def _signed_in_as(self, user: User | None) -> None:
        """Notes who signed in; a refreshed token of the code flow does not say."""
        if user is not None:
            self.user_id, self.username = user.id, user.name or self.username

    def _exchange_once(self, request: Request, read: Callable[[Answer], R], token_host: bool = False) -> R:
        """One request that signs in; a failure is not answered by signing in. token_host: whether it goes to the token
        server, and not to the API."""
        transport = self._token_transport() if token_host else self.transport
        return self._exchange_once_over(transport, request, read)

    def _token_transport(self) -> Transport:
        """To the token server, by the session's own HTTP settings; a transport of the caller's takes both."""
        # One of the caller's own, as in tests, takes both hosts.
        if not isinstance(self.transport, HttpTransport):
            return self.transport
        if self.auth_base is None:
            raise ClientError(f"no token server of {self.environment!r} is known", hint="T1(auth_base=...)")
        return TokenTransport(base_url(self.auth_base), self.transport)

    def _read_user(self, answer: Answer) -> User:
        """Who signed in, of an answer to signing in or to asking for the session."""
        row = next(iter(check(answer).rows), {})
        if row.get("id") is None:
            raise ParserException("T1 says ok, but its answer does not hold the user who signed in")
        session = row.get("session") or {}
        return User(int(row["id"] or 0), row.get("name"), str(session.get("sessionid") or ""))

    def authorization_url(self, redirect_uri: str | None = None) -> tuple[str, str]:
        """Where to send a user who shall grant access, and the state that has to come back. No request.

        redirect_uri: where T1 sends the user then; the constructor's by default. Raises `ClientError` without one.
        Source: wire.md section 2.
        """
        redirect_uri = redirect_uri or self.redirect_uri
        if not redirect_uri:
            raise ClientError("there is no redirect_uri", hint="authorization_url(redirect_uri=...)")
        return self.auth.authorization_url(base_url(self.api_base), redirect_uri)

    def fetch_token(
        self,
        state: str | None = None,
        code: str | None = None,
        authorization_response_url: str | None = None,
        set_session: bool = False,
    ) -> dict[str, Any]:
        """Exchanges the code that T1 called back with for a token, to be stored for `T1(api_key=, client_secret=,
        token=)`.

        code: the code; or authorization_response_url: the URL that T1 called, whose state must be `state`, by default
        the one that `authorization_url` returned last. set_session: use the token from now on.

        Returns access_token, refresh_token, expires_in (seconds), expires_at (seconds since 1970) and token_type.
        Raises `TokenError` when T1 gives none, `ClientError` where the state differs.
        """
        return self.auth.fetch_token(self._exchange_once, state, code, authorization_response_url, set_session)

    @property
    def token(self) -> dict[str, Any] | None:
        """The OAuth2 token in use, to be stored: a credential. None with other methods."""
        return self.auth.token.reveal() or None

    @property
    def access_token(self) -> str | None:
        """The Bearer token in use: a credential. None with a cookie session."""
        return self.auth.access_token

    @property
    def session_id(self) -> str:
        """The id of the session: a credential. Empty with a token, unless T1 opened a session along with it."""
        return self.auth.session_id

    @property
    def session(self) -> Any:
        """This thread's `requests.Session`."""
        return getattr(self.transport, "session", None)

    @property
    def auth_params(self) -> dict[str, Any]:
        """How the session signed in: method, username, password, api_key, and what else was given; secrets masked."""
        return {**self.auth.describe(), "api_base": self.api_base}

    def call(
        self,
        path: str,
        params: Mapping[str, Any] | None = None,
        form: Mapping[str, Any] | None = None,
        json: Any = None,
    ) -> Answer:
        """Any call to any service of T1, signed as all others: ``t1.call("uniques/v1/...", {"page_limit": 10})``.

        path: below the host, with the service's path. params: the query. form or json: what to POST, else it is a GET.
        A list repeats its name, None is left out.

        Returns the answer: status, headers, content (bytes). Raises what the answer reports as an error, in T1's
        envelope or by HTTP status. Source: wire.md section 1.
        """
        # The call is signed: it must not leave the host, nor climb out of what it names.
        if "://" in path or ".." in path.split("/"):
            raise ClientError(f"{path!r} is not a path below the host", hint='call("api/v2.0/campaigns")')
        body = None if form is None else _repeated(form)
        posts = form is not None or json is not None
        method = "POST" if posts else "GET"
        accept = accepts(self)
        request = Request(method, path.lstrip("/"), _repeated(params or {}), body, json, accept, writes=posts)
        return self.exchange(request, _checked)


def _checked(answer: Answer) -> Answer:
    """The answer to a call by hand, whatever it holds. Raises the error that it reports."""
    if answer.status >= 400:
        STATUS.page(answer)
    is_envelope = "xml" in answer.content_type or "json" in answer.content_type
    if is_envelope and parse(answer).status not in (None, "ok"):
        STATUS.page(answer)
    return answer


def _repeated(values: Mapping[str, Any]) -> Pairs:
    """The pairs of a query or form: a list repeats its name, None is left out."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        plain = to_plain_tree(value, name)
        for item in plain if isinstance(plain, (list, tuple)) else [plain]:
            if isinstance(item, bool):
                item = int(item)  # T1 writes 1 and 0
            if item is not None:
                pairs.append((name, str(item)))
    return tuple(pairs)


def base_url(base: str) -> str:
    """A host as a base URL; a scheme, for local servers, stays."""
    if "://" in base:
        return base
    return f"https://{base}"
