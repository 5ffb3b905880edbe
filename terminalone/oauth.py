"""OAuth2 facts of T1, without I/O: the resource owner's realms, the claims of its token, tokens with masked secrets.

Source: wire.md section 2. The signature of a token is not verified, as the API's own client does not: the token came
over TLS from the server that issues it, and T1 itself verifies it with every call.
"""

from __future__ import annotations

import time
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import orjson

from adplatforms.core.auth import Auth, Token, code_of
from adplatforms.core.errors import AdPlatformsWarning, ClientError, warn
from adplatforms.core.messages import Answer, Request
from adplatforms.core.secrets import Secret
from adplatforms.net.transport import HttpTransport

from .errors import TokenError

__all__ = ["AUTH_BASES", "TokenTransport", "claims", "code_in", "issued", "password_grant", "realm_and_scope", "stored"]

AUTH_BASES = {"production": "auth.mediamath.com", "qa": "mediamath-dev.auth0.com", "sandbox": "mediamath-dev.auth0.com"}
"""The token server's host by environment. Source: collections.json."""

# The same for every customer. Source: wire.md section 2, resource owner token.
GRANT = "http://auth0.com/oauth/grant-type/password-realm"
AUDIENCE = "https://api.mediamath.com/"
STAFF = "@mediamath.com"
"""What the user names of MediaMath's own people end with."""


def code_in(callback: str, state: str | None) -> str:
    """The code in the URL that T1 called back. Where no state is known, none is compared, with a warning: scripts of
    the classic SDK open a session anew for the callback, and may not have kept it."""
    if state is None:
        warn(
            "the state of the callback was not compared, so the code may be somebody else's: pass state=, which "
            "authorization_url() returned",
            AdPlatformsWarning,
        )
    return code_of(callback, state, TokenError)


def stored(plain: Mapping[str, Any]) -> Token:
    """The token of the dict that `fetch_token` returned. Raises a `ClientError` where it holds no access_token."""
    if not isinstance(plain, Mapping) or not isinstance(plain.get("access_token"), str) or not plain["access_token"]:
        raise ClientError("a token is the dict that fetch_token() returned", hint="it holds an access_token")
    return Token.of(plain)


def issued(plain: Mapping[str, Any]) -> Token:
    """A token that was issued just now: its `expires_at` follows from `expires_in`.

    plain: what the token server answered. Raises a `ClientError` where it holds no access_token.
    """
    known = dict(plain)
    if known.get("expires_in") is not None and known.get("expires_at") is None:
        # Seconds since 1970, as the classic SDK adds it to the server's fields.
        known["expires_at"] = int(time.time() + float(known["expires_in"]))
    return stored(known)


def realm_and_scope(username: str, environment: str, realm: str | None, scope: str | None) -> tuple[str, str | None]:
    """The realm and scope of a password grant. What the caller gave is honoured, in every environment.

    | user name | production | any other environment |
    | --- | --- | --- |
    | ends with @mediamath.com, or has no @ | MediaMathActiveDirectory, openid | T1DB-QA10, database:qa10 openid |
    | any other with an @ | T1DB-Production, openid | T1DB-QA10, database:qa10 openid |

    A realm without a scope sends no scope (null), as T1's own client does: scopes belong to realms.
    """
    # The classic SDK ignored the caller's words for most user names (wire.md section 10, defect 7).
    if realm:
        return realm, scope
    if environment != "production":
        return "T1DB-QA10", scope or "database:qa10 openid"
    is_customer = "@" in username and not username.lower().endswith(STAFF)
    if is_customer:
        return "T1DB-Production", scope or "openid"
    return "MediaMathActiveDirectory", scope or "openid"


def password_grant(
    username: str,
    password: Secret,
    client_id: str,
    client_secret: Secret,
    environment: str,
    realm: str | None,
    scope: str | None,
) -> Request:
    """The request for a resource owner's token, for the token server and not for the API.

    username, password, client_id, client_secret: as MediaMath gave them; the suffix @mediamath.com is cut off the name
    that is sent. environment, realm, scope: see `realm_and_scope`. Source: wire.md section 2.
    """
    realm, scope = realm_and_scope(username, environment, realm, scope)
    name = username
    if username.lower().endswith(STAFF):
        name = username[: -len(STAFF)]
    body = {
        "grant_type": GRANT,
        "realm": realm,
        "username": name,
        "password": password,
        "client_id": client_id,
        "client_secret": client_secret,
        "audience": AUDIENCE,
        "scope": scope,
    }
    return Request("POST", "oauth/token", json=body, headers={"Accept": "application/json"}, private=True)


def claims(answer: Answer) -> tuple[Token, int, str]:
    """The token of an answer, and the id and nickname of its user. Raises a `TokenError` where there is none."""
    context: dict[str, Any] = {"status": answer.status, "request": answer.request.label}
    reply: dict[str, Any] = {}
    with suppress(orjson.JSONDecodeError):
        parsed = orjson.loads(answer.content)
        if isinstance(parsed, dict):
            reply = parsed
    if answer.status != 200 or not isinstance(reply.get("access_token"), str):
        problem = answer.excerpt() or "an empty body"
        if "access_token" in reply:  # the body is not shown: what it holds may be a token all the same
            problem = "a token that is not text"
        raise TokenError(
            f"the token server answered HTTP {answer.status}: {problem}",
            code=reply.get("error"),
            hint="check name, password, client_id, client_secret, realm and scope",
            **context,
        )
    payload = _payload(reply["access_token"])
    try:
        user, name = int(payload[f"{AUDIENCE}user_id"]), str(payload[f"{AUDIENCE}nickname"])
    except (KeyError, TypeError, ValueError):
        found = ", ".join(payload) or "none that can be read"
        raise TokenError(
            f"the token names no T1 user; its claims are {found}", hint="check realm and scope", **context
        ) from None
    return issued(reply), user, name


def _payload(token: str) -> dict[str, Any]:
    """The claims of a JWT, its second part; empty when it cannot be read."""
    part = [*token.split("."), "", ""][1]
    padding = "=" * (-len(part) % 4)  # a JWT leaves it out, the decoder wants it
    try:
        found = orjson.loads(urlsafe_b64decode(part + padding))
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return found


class TokenTransport(HttpTransport):
    """The token server over another transport's `requests.Session`, so with its proxies, User-Agent and timeouts, and
    without its credentials."""

    def __init__(self, base_url: str, like: HttpTransport) -> None:
        # Unsigned: the API's credentials are not for the host of the token server.
        super().__init__(base_url, _Unsigned(like.auth), like.options)
        self._like = like

    @property
    def session(self) -> Any:
        """This thread's `requests.Session` of the other transport."""
        return self._like.session

    def _send(self, request: Request, deadline: Any) -> Any:
        """Sends the secrets in the body as text, which the log never sees."""
        body = request.json or {}
        plain = {name: value.reveal() if isinstance(value, Secret) else value for name, value in body.items()}
        return super()._send(replace(request, json=plain), deadline)


class _Unsigned(Auth):
    """Adds nothing to requests, and masks what the other one masks."""

    def __init__(self, masking: Auth) -> None:
        self._masking = masking

    def secrets(self) -> tuple[Secret, ...]:
        """Those of the other one: what it masks is masked here too."""
        return self._masking.secrets()
