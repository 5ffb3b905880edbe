"""Signing in, and calls by hand: the part of `T1` that knows no entities. Source: wire.md sections 1 and 2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit

from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Answer, Pairs, Request
from adplatforms.core.scalars import to_plain_tree
from adplatforms.core.tracebacks import handles_secrets
from adplatforms.net.session import HttpSession

from .auth import SESSION_COOKIE, T1Auth
from .credentials import Credentials
from .operations.base import accepts
from .parsing import parse
from .read import STATUS
from .routes import JSON
from .signing import T1SignIn, base_url

__all__ = ["Account"]


class Account(HttpSession):
    """A session with one of T1's accounts: signs in, and signs in again when that has expired.

    It knows no entities; `T1` adds them. Source: wire.md sections 1 and 2.
    """

    auth: T1Auth
    environment: str
    api_base: str
    json: bool
    session_asks_for_json: bool
    auth_base: str | None
    redirect_uri: str | None
    _signing: T1SignIn

    @handles_secrets
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
            fresh = T1Auth(given, auth_method, self.environment, stored, auth.updates.updater)
            # What has not been stored yet must not be stored after a token of this sign-in.
            fresh.updates = auth.updates
            vars(auth).update(vars(fresh))  # the transport holds this very object
        self._signing.sign_in(self.connection)
        if auth.named == "delayed":
            auth.named = None

    @property
    def user_id(self) -> int | None:
        """T1's id of the user who signed in; None before that."""
        return self._signing.user_id

    @property
    def username(self) -> str | None:
        """The name of the user who signed in, before that the one that was given."""
        return self._signing.username

    @handles_secrets
    def authorization_url(self, redirect_uri: str | None = None) -> tuple[str, str]:
        """Where to send a user who shall grant access, and the state that has to come back. No request.

        redirect_uri: where T1 sends the user then; the constructor's by default. Raises `ClientError` without one.
        Source: wire.md section 2.
        """
        redirect_uri = redirect_uri or self.redirect_uri
        if not redirect_uri:
            raise ClientError("there is no redirect_uri", hint="authorization_url(redirect_uri=...)")
        return self.auth.authorization_url(base_url(self.api_base), redirect_uri)

    @handles_secrets
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
        send = self._signing.sender(self.connection)
        return self.auth.fetch_token(send, state, code, authorization_response_url, set_session)

    @property
    @handles_secrets
    def token(self) -> dict[str, Any] | None:
        """The OAuth2 token in use, to be stored: a credential. None with other methods."""
        return self.auth.token.reveal() or None

    @property
    @handles_secrets
    def access_token(self) -> str | None:
        """The Bearer token in use: a credential. None with a cookie session."""
        return self.auth.access_token

    @property
    @handles_secrets
    def session_id(self) -> str:
        """The id of the session: a credential. Empty with a token, unless T1 opened a session along with it."""
        return self.auth.session_id

    @property
    def session(self) -> Any:
        """This thread's `requests.Session`. It asks for JSON where ``json=True`` was given, and shows the cookie of
        T1's session as that of the classic SDK did; cookies are sent by `auth`, never from here."""
        found = getattr(self.transport, "session", None)
        if found is None:
            return None
        # A script's own header stays.
        if self.session_asks_for_json and found.headers.get("Accept") == "*/*":
            found.headers["Accept"] = JSON
        if self.auth.session_id and found.cookies.get(SESSION_COOKIE) != self.auth.session_id:
            found.cookies.clear()
            found.cookies.set(SESSION_COOKIE, self.auth.session_id, domain=urlsplit(base_url(self.api_base)).hostname)
        return found

    @property
    def auth_params(self) -> dict[str, Any]:
        """How the session signed in: method, username, password, api_key, and what else was given; secrets masked."""
        return {**self.auth.describe(), "api_base": self.api_base}

    @handles_secrets
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
