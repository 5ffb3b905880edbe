"""Signing in to Pinterest: tokens, their renewal, and the flows that give them. Source: wire.md section 2.

Access tokens live 30 days. Refresh tokens are continuous: every renewal gives a new one, which lives 60 days, and it is
the new one that has to be kept: it is handed to `token_updater`.
"""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import replace
from typing import Any

from adplatforms.core.auth import Auth, Token, code_of
from adplatforms.core.errors import AdPlatformsWarning, APIError, ClientError, LoginError, warn
from adplatforms.core.messages import Answer, Request
from adplatforms.core.secrets import Secret
from adplatforms.net.token_updates import TokenUpdates

from .description import OPERATIONS

__all__ = ["AUTHORIZATION_URL", "PinterestAuth"]

AUTHORIZATION_URL = "https://www.pinterest.com/oauth/"
"""Where users grant access. The facts name no other page for the sandbox."""

EARLY = 60.0
"""An access token is renewed this many seconds before it ends."""

Exchange = Callable[[Request, Callable[[Answer], Any]], Any]
"""How a request is sent while the session has no token yet: ``exchange(request, read)``."""

_NEEDS_APP = "Pinterest(client_id=..., client_secret=...)"
_GRANT_REFUSED = 283
"""Pinterest's code for a refresh token, or a code of the user, that is used up. Source: wire.md, section 7."""


class PinterestAuth(Auth):
    """How the requests of one session are signed: a bearer token, renewed where the session can.

    It can with a refresh token or with `scopes` (client credentials, the app's own account), each with the app's id
    and secret.
    """

    def __init__(
        self,
        token: Mapping[str, Any],
        client_id: str | None = None,
        client_secret: str | None = None,
        scopes: Iterable[str] | str = (),
        token_updater: Callable[[dict[str, Any]], object] | None = None,
    ) -> None:
        self.token = Token.of(token)
        self.updates = TokenUpdates(token_updater, _warn_unstored, self.redact)
        self.client_id, self.client_secret = client_id or "", Secret(client_secret or "")
        self.scopes = _joined(scopes)
        self._state = self._basic = Secret("")
        # What Pinterest said when it refused to renew: raised again instead of asking again.
        self._refusal: LoginError | None = None

    # what requests carry

    def headers(self) -> Mapping[str, str | Secret]:
        """The bearer token, once there is one."""
        bearer = self.credential
        if not bearer:
            return {}
        return {"Authorization": Secret(f"Bearer {bearer.reveal()}")}

    def secrets(self) -> tuple[Secret, ...]:
        """All credentials, those in use before too."""
        # The signature and the state too: a server may echo them.
        own = (self.client_secret, self._basic, self._state, *self.token.secrets())
        return (*own, *self.retired)

    @property
    def credential(self) -> Secret:
        """The access token in use."""
        return self.token.secret("access_token")

    @property
    def due(self) -> bool:
        """Whether the access token has to be renewed before the next call: there is none, or it ends."""
        return self.renewable and (not self.credential or self.token.ended(time.time(), margin=EARLY))

    @property
    def renewable(self) -> bool:
        """Whether it can get another access token without asking anybody."""
        app = bool(self.client_id and self.client_secret)
        return app and bool(self.token.secret("refresh_token") or self.scopes)

    # getting tokens

    def renew(self, exchange: Exchange) -> None:
        """Gets another access token, and hands it to `token_updater`.

        Raises a `LoginError` where Pinterest refuses; it is not asked again then, for it would refuse each time.
        """
        if self._refusal is not None:
            raise copy(self._refusal)
        refresh = self.token.secret("refresh_token")
        grant: dict[str, str | Secret] = {"grant_type": "client_credentials", "scope": self.scopes}
        if refresh:
            grant = {"grant_type": "refresh_token", "refresh_token": refresh}
            if self.scopes:  # narrower than what the user granted (wire.md, section 2)
                grant["scope"] = self.scopes
        try:
            token = self.grant(exchange, grant)
        except LoginError as error:
            # Without a code of Pinterest's own it was a gateway, and a 5xx, 408 or 429 passes: ask again then.
            if error.code is not None and (error.status or 500) < 500 and error.status not in (408, 429):
                self._refusal = error
            raise
        is_new = refresh and refresh.reveal() != token.secret("refresh_token").reveal()
        if is_new or self.updates.updater is not None:
            self.updates.add(token)
        self.use(token)
        self.updates.hand_out()

    def grant(self, exchange: Exchange, form: Mapping[str, str | Secret]) -> Token:
        """The token for a grant; where the answer brings no refresh token, the session keeps the one it had."""
        # The text of the description names `continuous_refresh` and its schema does not (wire.md, section 10).
        request = self.request("oauth/token", form, check="continuous_refresh" not in form)
        return Token.of({"refresh_token": self.token.secret("refresh_token"), **exchange(request, _read)})

    def request(self, operation: str, form: Mapping[str, str | Secret], check: bool = True) -> Request:
        """A call that the app itself signs: checked like any other, its credentials masked."""
        shown = {name: str(value) for name, value in form.items()}
        return self.signed(OPERATIONS[operation].request(body=shown, check=check), form)

    def signed(self, request: Request, form: Mapping[str, str | Secret]) -> Request:
        """A request signed by the app itself, with its id and secret (HTTP Basic); what its form holds is masked."""
        if not (self.client_id and self.client_secret):
            raise ClientError("this needs the app's id and secret", hint=_NEEDS_APP)
        masked = {name: _secret(value) for name, value in form.items()}
        own = [value for name, value in masked.items() if name in ("code", "token", "refresh_token")]
        self.retire(self._basic, *own)  # a server may echo them
        self._basic = Secret(b64encode(f"{self.client_id}:{self.client_secret.reveal()}".encode()).decode())
        headers: dict[str, str | Secret] = {"Authorization": Secret(f"Basic {self._basic.reveal()}")}
        return replace(request, form=tuple(masked.items()), headers={**headers, "Accept": "application/json"})

    def use(self, token: Token) -> None:
        """Signs with this token from now on."""
        self.retire(*self.token.secrets())
        self.token, self._refusal = token, None

    # the authorization code flow

    def authorization_url(self, redirect_uri: str, scopes: Iterable[str] | str) -> tuple[str, str]:
        """Where a user grants access, and the state that comes back with the code."""
        from requests_oauthlib import OAuth2Session

        if not self.client_id:
            raise ClientError("this needs the app's id", hint=_NEEDS_APP)
        # One string of scopes: the library joins several by blanks, Pinterest wants commas.
        flow = OAuth2Session(self.client_id, redirect_uri=redirect_uri, scope=[_joined(scopes)])
        url, state = flow.authorization_url(AUTHORIZATION_URL)
        self._state = Secret(state)
        return str(url), str(state)

    def code_of(self, callback: str, state: str | None) -> str:
        """The code in the URL that Pinterest called back, once its state is the one that was sent."""
        return code_of(callback, state or self._state.reveal())


def _warn_unstored(token: Token) -> None:
    """A new refresh token that is lost with the process locks the user out: the one before it has ended."""
    warn(
        "Pinterest gave a new refresh token, and the old one ends: store session.token, or give token_updater=",
        AdPlatformsWarning,
    )


def _joined(scopes: Iterable[str] | str) -> str:
    """Scopes as Pinterest takes them: joined by commas. Text may part them by blanks, as other platforms do."""
    if isinstance(scopes, str):
        scopes = scopes.replace(",", " ").split()
    return ",".join(scopes)


def _secret(value: str | Secret) -> Secret:
    """A value of a form, masked from now on."""
    if isinstance(value, Secret):
        return value
    return Secret(str(value))


def _read(answer: Answer) -> dict[str, Any]:
    """The token of an answer, its `expires_at` worked out; a `LoginError` where Pinterest gave none.

    It is read by the half of oauthlib that does no I/O: requests-oauthlib's own session writes tokens to its log.
    """
    from oauthlib.oauth2 import OAuth2Error, WebApplicationClient

    content = _object(answer)
    if answer.status == 200 and content.get("access_token"):
        try:
            text = answer.content.decode("utf-8", "replace")
            return dict(WebApplicationClient("").parse_request_body_response(text))
        except (OAuth2Error, ValueError, TypeError, ArithmeticError):
            pass  # an `expires_in` that is not a number, for one: then it is no token
    raise _refused(answer, content.get("code"), str(content.get("message") or answer.excerpt() or "an empty body"))


def _object(answer: Answer) -> dict[str, Any]:
    """The body of an answer as an object; empty where it is anything else."""
    import orjson

    try:
        content = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return {}
    if isinstance(content, dict):
        return content
    return {}


def _refused(answer: Answer, code: Any, message: str) -> APIError:
    """The error of a grant that was refused, with Pinterest's id of the call."""
    hint = "check client_id and client_secret"
    if code == _GRANT_REFUSED:
        hint = "let the user grant access again: authorization_url()"
    return LoginError(
        f"Pinterest gave no token but HTTP {answer.status}: {message}",
        code=code,
        status=answer.status,
        request=answer.request.label,
        hint=hint,
        request_id=answer.headers.get("x-pinterest-rid", ""),
    )
