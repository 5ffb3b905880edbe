"""OAuth: access tokens, refresh tokens that rotate, and who may call what.

Every Pinterest refresh answers a new refresh token; the old one is refused from then on (401, code 283). Any code that
begins with `demo-code` buys tokens. What a token may do follows its scopes.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from adplatforms.sandbox.pinterest.errors import BAD_GRANT, NO_SCOPE, NOT_AUTHENTICATED, NOT_PERMITTED, Refusal, invalid
from adplatforms.sandbox.pinterest.reading import Call
from adplatforms.sandbox.pinterest.table import Api, Operation

ACCESS_TOKEN = "demo-token"
REFRESH_TOKEN = "demo-refresh"
CLIENT_ID = "demo-client"
CLIENT_SECRET = "demo-secret"
CODE = "demo-code"

ACCESS_SECONDS = 2_592_000
REFRESH_SECONDS = 5_184_000
OPEN = ("oauth/token", "token/revoke")
"""Operations without a bearer token; they take the app's id and secret as HTTP Basic."""
EVENTS = "events/create"


@dataclass(frozen=True)
class Token:
    """What an access or refresh token stands for. `kind`: user, app (client credentials) or conversion."""

    kind: str
    scopes: frozenset[str]
    ends: datetime | None = None


class Tokens:
    """All tokens of one sandbox.

    Args:
        api: the operations, for the scopes there are.
        now: the sandbox's clock.
    """

    def __init__(self, api: Api, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._all = frozenset(scope for one in api.operations.values() for scope in one.scopes)
        self._access: dict[str, Token] = {}
        self._refresh: dict[str, Token] = {}
        self.reset()

    def reset(self) -> None:
        """Makes `demo-token` and `demo-refresh` good again and forgets all others."""
        with self._lock:
            self._access = {ACCESS_TOKEN: Token("user", self._all)}
            self._refresh = {REFRESH_TOKEN: Token("user", self._all)}

    def expire(self) -> None:
        """Ends all access tokens; refresh tokens survive."""
        with self._lock:
            self._access.clear()

    def check(self, operation: Operation, header: str | None) -> str:
        """The access token of a request that may be answered.

        Raises:
            Refusal: 401 code 2 without a valid token, 403 code 3 without the scope, 403 code 29 where an app's own
                token or a conversion token will not do.
        """
        kind, _, text = (header or "").partition(" ")
        with self._lock:
            token = self._access.get(text.strip())
        if kind.lower() != "bearer" or token is None or (token.ends and token.ends <= self._now()):
            raise Refusal(401, NOT_AUTHENTICATED, "Authentication failed.")
        missing = [scope for scope in operation.scopes if scope not in token.scopes]
        if token.kind == "conversion":
            if operation.id != EVENTS:
                raise Refusal(403, NOT_PERMITTED, "A conversion access token may only send events.")
        elif missing:
            raise Refusal(403, NO_SCOPE, f"Your access token lacks the scope {', '.join(missing)}.")
        elif token.kind == "app" and not operation.app:
            raise Refusal(403, NOT_PERMITTED, "You are not permitted to access that resource with an app's token.")
        return text.strip()

    def grant(self, call: Call, header: str | None) -> dict[str, object]:
        """`POST /oauth/token`: tokens for a code, a refresh token, or the app itself."""
        self._app(header)
        form = call.body
        kind = form["grant_type"]
        scopes = frozenset(form.get("scope", "").replace(",", " ").split()) or self._all
        if not scopes <= self._all:
            raise invalid(f"Unknown scope {', '.join(sorted(scopes - self._all))}")
        with self._lock:
            if kind == "client_credentials":
                return self._made(Token("app", scopes), kind, refresh=False)
            if kind == "authorization_code":
                if not str(form.get("code", "")).startswith(CODE):
                    raise Refusal(401, BAD_GRANT, "The authorization grant is invalid.")
                return self._made(Token("user", scopes), kind, refresh=True)
            old = self._refresh.pop(form["refresh_token"], None)
            if old is None or (old.ends and old.ends <= self._now()):
                raise Refusal(401, BAD_GRANT, "The authorization grant is invalid.")
            narrowed = scopes & old.scopes if form.get("scope") else old.scopes
            return self._made(Token("user", narrowed), kind, refresh=True)

    def conversion(self) -> dict[str, object]:
        """`POST /oauth/conversion_token`: a long-lived token that only sends events."""
        text = f"pinc_{secrets.token_urlsafe(24)}"
        with self._lock:
            self._access[text] = Token("conversion", frozenset())
        return {"access_token": text, "token_type": "bearer", "scope": "ads:write"}

    def revoke(self, call: Call, header: str | None) -> None:
        """`POST /oauth/token/revoke`: ends a token. An unknown one is no error (RFC 7009); the facts are silent."""
        self._app(header)
        with self._lock:
            self._access.pop(call.body["token"], None)
            self._refresh.pop(call.body["token"], None)

    def _made(self, token: Token, kind: str, refresh: bool) -> dict[str, object]:
        access = f"pina_{secrets.token_urlsafe(24)}"
        self._access[access] = Token(token.kind, token.scopes, self._now() + timedelta(seconds=ACCESS_SECONDS))
        made: dict[str, object] = {
            "response_type": kind,
            "access_token": access,
            "token_type": "bearer",
            "expires_in": ACCESS_SECONDS,
            "scope": " ".join(sorted(token.scopes)),
        }
        if refresh:
            text = f"pinr_{secrets.token_urlsafe(24)}"
            ends = self._now() + timedelta(seconds=REFRESH_SECONDS)
            self._refresh[text] = Token(token.kind, token.scopes, ends)
            made["refresh_token"] = text
            made["refresh_token_expires_in"] = REFRESH_SECONDS
            made["refresh_token_expires_at"] = int(ends.timestamp())
        return made

    def _app(self, header: str | None) -> None:
        kind, _, text = (header or "").partition(" ")
        try:
            given = base64.b64decode(text, validate=True).decode() if kind.lower() == "basic" else ""
        except (binascii.Error, UnicodeDecodeError):
            given = ""
        if given != f"{CLIENT_ID}:{CLIENT_SECRET}":
            raise Refusal(401, NOT_AUTHENTICATED, "Authentication failed: unknown client id or secret.")
