"""What `T1` is given to sign in with, and which method that makes. Source: wire.md section 2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from adplatforms.core.errors import ClientError, UnknownNameError, did_you_mean
from adplatforms.core.secrets import Secret, header_safe, hide

__all__ = ["BEARER", "CODE", "COOKIE", "METHODS", "OWNER", "Credentials", "method_of"]

COOKIE, CODE, OWNER, BEARER = "cookie", "oauth2", "oauth2-resourceowner", "oauth2-existingaccesstoken"
METHODS = (COOKIE, CODE, OWNER, BEARER)
_NONE = Secret("")
# A line end in one of these would start another header.
_IN_HEADERS = ("session_id", "access_token")


@dataclass(frozen=True)
class Credentials:
    """What `T1` was given to sign in with; secrets are masked in the repr."""

    username: str | None = None
    password: Secret = _NONE
    api_key: Secret = _NONE
    client_id: str | None = None
    client_secret: Secret = _NONE
    session_id: Secret = _NONE
    access_token: Secret = _NONE
    realm: str | None = None
    scope: str | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Credentials:
        """From plain values; None means not given."""
        known = {field.name: field for field in fields(cls)}
        for name in values:
            if name not in known:
                raise UnknownNameError(f"no credential {name!r}", hint=did_you_mean(name, known))
        plain: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
        for name, value in plain.items():
            # A secret, as its default says.
            if known[name].default is _NONE:
                plain[name] = hide(value)
            if name in _IN_HEADERS:
                plain[name] = header_safe(name, plain[name])
        if "api_key" in plain:
            plain["api_key"] = _query_safe("api_key", plain["api_key"])
        return cls(**plain)


def _query_safe(name: str, secret: Secret) -> Secret:
    """The credential without the white space around it. It goes into the query, where a space in it is escaped; a
    `ClientError`, which does not show it, for characters that only a broken file has."""
    clean = Secret(secret.reveal().strip())  # never as text in a variable, which a traceback would show
    if not (clean.reveal().isascii() and clean.reveal().isprintable()):
        raise ClientError(f"{name} holds a character that no {name} has", hint="look at where it was read from")
    return clean


def method_of(auth_method: str | None, given: Credentials, token: object = None) -> str:
    """The method to sign in by: the one that was named, else what the arguments say, the first row that fits:

    | given | method |
    | --- | --- |
    | token | oauth2: the authorization code flow, with a stored token |
    | session_id | cookie: that session is checked, nobody logs in |
    | access_token | oauth2-existingaccesstoken |
    | client_id and client_secret, username and password | oauth2-resourceowner |
    | client_secret without username and password | oauth2: `authorization_url`, then `fetch_token` |
    | anything else | cookie: username, password, api_key |

    With ``auth_method="delayed"`` nothing is sent before `authenticate()`, which goes by this table too.
    """
    if auth_method == "basic":
        raise ClientError("T1 does not take basic authentication any more", hint="leave auth_method out")
    if auth_method not in (None, "delayed", *METHODS):
        raise UnknownNameError(f"no auth_method {auth_method!r}", hint=did_you_mean(auth_method, [*METHODS, "delayed"]))
    if auth_method in METHODS:
        return str(auth_method)
    # The order of the table: a session or token that exists is used before anything is asked for.
    has_password = given.username and given.password
    if token is not None:
        return CODE
    if given.session_id:
        return COOKIE
    if given.access_token:
        return BEARER
    if given.client_secret and not has_password:
        return CODE
    if given.client_id and given.client_secret:
        return OWNER
    return COOKIE
