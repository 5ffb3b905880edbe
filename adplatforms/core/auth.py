"""Credentials: what a session adds to its requests, and what must never be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .errors import ClientError, LoginError
from .messages import Pairs
from .secrets import Secret, redact

__all__ = ["Auth", "code_of"]


def code_of(callback: str, state: str, refused: type[LoginError] = LoginError) -> str:
    """The OAuth2 code in the URL that a platform called back, once its state is the one that was sent. refused: the
    error where access was not granted."""
    if not state:
        raise ClientError("the state to compare with is missing", hint="pass what authorization_url() returned")
    found = dict(parse_qsl(urlsplit(callback).query))
    if found.get("state") != state:
        raise ClientError("the state of the callback is not the one that was sent: it may be forged")
    if "code" not in found:
        told = found.get("error_description") or found.get("error") or "there is no code in it"
        raise refused(f"access was not granted: {told}", code=found.get("error"))
    return found["code"]


class Auth:
    """No credentials. A platform's own subclass says which parameters and headers every request carries."""

    def params(self) -> Pairs:
        """Query parameters that every request carries."""
        return ()

    def headers(self) -> Mapping[str, str | Secret]:
        """Headers that every request carries."""
        return {}

    def secrets(self) -> tuple[Secret, ...]:
        """All secrets it knows, for masking."""
        return ()

    @property
    def credential(self) -> object:
        """What the requests are signed with now: another object once the session has signed in again."""
        return None

    def redact(self, text: str) -> str:
        """The text with every secret masked."""
        return redact(text, self.secrets())

    def __reduce__(self) -> Any:
        raise TypeError("credentials are not pickled; sign in again where the data is loaded")
