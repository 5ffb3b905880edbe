"""Where clients get tokens: `/oauth/token` for a name and password, `/oauth2/v1.0` for the code flow.

The first lives on a host of its own at MediaMath (auth.mediamath.com); here it is under the sandbox's URL.
Its replies to a refusal are not recorded and follow Auth0, the service behind it; those of `/oauth2/v1.0`
follow RFC 6749. The page that asks the user for consent is left out: `authorize` sends the browser straight
back, for the demo user. The api_key is the client id of the code flow; refresh tokens are good for one use.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson
from flask import Blueprint, Response, request

from adplatforms.sandbox.store import Row, Store
from adplatforms.sandbox.t1.as_json import PLAIN_TYPE
from adplatforms.sandbox.t1.sessions import Sessions
from adplatforms.sandbox.t1.values import now

PASSWORD_REALM = "http://auth0.com/oauth/grant-type/password-realm"
AUDIENCE = "https://api.mediamath.com/"
REALMS = ("MediaMathActiveDirectory", "T1DB-Production", "T1DB-QA10")
PASSWORD_LIFETIME = timedelta(seconds=86400)
CODE_LIFETIME = timedelta(seconds=3600)


class SignIn:
    """The token endpoints, over the users of a store."""

    def __init__(self, store: Store, sessions: Sessions, api_key: str, client: tuple[str, str], username: str) -> None:
        self.store = store
        self.sessions = sessions
        self.api_key = api_key
        self.client_id, self.client_secret = client
        self.username = username

    def blueprint(self) -> Blueprint:
        """Makes the views answer."""
        paths = Blueprint("sign_in", __name__)
        paths.add_url_rule("/oauth/token", "password", self.password, methods=["POST"])
        paths.add_url_rule("/oauth2/v1.0/authorize", "authorize", self.authorize, methods=["GET"])
        paths.add_url_rule("/oauth2/v1.0/token", "token", self.token, methods=["POST"])
        return paths

    def password(self) -> Response:
        """A token for a name and password, as JSON; any of the known realms knows all users."""
        given = request.get_json(silent=True)
        if not isinstance(given, dict) or given.get("grant_type") != PASSWORD_REALM:
            return _refused(400, "unsupported_grant_type", f"Must be JSON with grant_type {PASSWORD_REALM}")
        if given.get("realm") not in REALMS or given.get("audience") != AUDIENCE:
            return _refused(400, "invalid_request", "Unknown realm or audience")
        scope = given.get("scope")
        if not isinstance(scope, str | None):
            return _refused(400, "invalid_request", "scope must be a string")
        if (given.get("client_id"), given.get("client_secret")) != (self.client_id, self.client_secret):
            return _refused(401, "access_denied", "Unauthorized")
        user = self._user(given.get("username"), given.get("password", ""), checked=True)
        if user is None:
            return _refused(403, "invalid_grant", "Wrong email or password.")
        token = self._jwt(user, scope or "openid")
        self.sessions.open_bearer(token, int(str(user["id"])), PASSWORD_LIFETIME)
        return _answer(
            {
                "access_token": token,
                "id_token": self._jwt(user, "openid"),
                "scope": scope or "openid",
                "expires_in": int(PASSWORD_LIFETIME.total_seconds()),
                "token_type": "Bearer",
            }
        )

    def authorize(self) -> Response:
        """Sends the browser to `redirect_uri` with a `code` and the `state` it came with."""
        redirect = request.args.get("redirect_uri", "")
        if request.args.get("response_type") != "code" or request.args.get("client_id") != self.api_key:
            return _refused(400, "invalid_request", "response_type must be code, client_id the api_key")
        if urlsplit(redirect).scheme not in ("http", "https"):
            return _refused(400, "invalid_request", "redirect_uri must be a URL")
        user = self._user(self.username)
        assert user is not None
        pairs = {"code": self.sessions.grant("code", int(str(user["id"])))}
        if "state" in request.args:
            pairs["state"] = request.args["state"]
        joint = "&" if urlsplit(redirect).query else "?"
        return Response(status=302, headers={"Location": f"{redirect}{joint}{urlencode(pairs)}"})

    def token(self) -> Response:
        """Tokens for a code or for a refresh token; the client signs in by HTTP Basic or in the form."""
        if request.args.get("api_key") != self.api_key:
            return Response("<h1>Developer Inactive</h1>", 403, content_type="text/xml")
        if self._client() != (self.api_key, self.client_secret):
            refused = _refused(401, "invalid_client", "Wrong client id or secret")
            refused.headers["WWW-Authenticate"] = 'Basic realm="T1"'
            return refused
        kind = request.form.get("grant_type", "")
        fields = {"authorization_code": "code", "refresh_token": "refresh_token"}
        if kind not in fields:
            return _refused(400, "unsupported_grant_type", f"Unknown grant_type: {kind!r}")
        user_id = self.sessions.redeem(fields[kind], request.form.get(fields[kind], ""))
        if user_id is None:
            return _refused(400, "invalid_grant", f"The {fields[kind]} is not known or was used before")
        access = secrets.token_urlsafe(24)
        self.sessions.open_bearer(access, user_id, CODE_LIFETIME)
        return _answer(
            {
                "access_token": access,
                "expires_in": int(CODE_LIFETIME.total_seconds()),
                "refresh_token": self.sessions.grant("refresh_token", user_id),
                "token_type": "Bearer",
            }
        )

    def _client(self) -> tuple[str, str]:
        header = request.headers.get("Authorization", "")
        if header[:6].lower() == "basic ":
            try:
                text = base64.b64decode(header[6:], validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                return "", ""
            id, _, secret = text.partition(":")
            return id, secret
        return request.form.get("client_id", ""), request.form.get("client_secret", "")

    def _user(self, name: Any, password: Any = None, checked: bool = False) -> Row | None:
        rows = self.store.rows_where_in("t1_user", "username", [name]) if isinstance(name, str) else []
        right = [row for row in rows if row["active"] and (not checked or password == row["password"])]
        return right[0] if right else None

    def _jwt(self, user: Row, scope: str) -> str:
        """A token with the claims of a recorded one. Nobody can check the signature: its key is thrown away."""
        issued = int(now().timestamp())
        about = {"nickname": user["username"], "id": user["id"]}
        claims = {
            f"{AUDIENCE}user_id": user["id"],
            f"{AUDIENCE}nickname": user["username"],
            f"{AUDIENCE}t1": {**about, **{name: user[name] for name in ("scope", "role", "type")}},
            "iss": request.host_url,
            "sub": f"auth0|{user['id']}",
            "aud": AUDIENCE,
            "iat": issued,
            "exp": issued + int(PASSWORD_LIFETIME.total_seconds()),
            "azp": self.client_id,
            "scope": scope,
            "gty": "password",
        }
        parts = [_base64(orjson.dumps(part)) for part in ({"alg": "HS256", "typ": "JWT"}, claims)]
        signature = hmac.digest(secrets.token_bytes(32), b".".join(parts), "sha256")
        return b".".join([*parts, _base64(signature)]).decode()


def _base64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _answer(reply: dict[str, object], status: int = 200) -> Response:
    response = Response(orjson.dumps(reply), status, content_type=PLAIN_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def _refused(status: int, error: str, description: str) -> Response:
    return _answer({"error": error, "error_description": description}, status)
