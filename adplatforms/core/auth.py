"""Credentials: what a session adds to its requests, and what must never be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .errors import ClientError, LoginError
from .messages import Pairs
from .secrets import Secret, header_safe, hide, redact

__all__ = ["Auth", "Token", "code_of"]


def code_of(callback: str, state: str | None, refused: type[LoginError] = LoginError) -> str:
    """The OAuth2 code in the URL that a platform called back.

    callback: the complete URL. state: the one that was sent along; None compares none. refused: the class of the error
    where access was not granted. Raises a `ClientError` where the states differ.
    """
    # Without this, an empty state would be equal to one that is missing (RFC 6749, section 10.12).
    if state is not None and not state:
        raise ClientError("the state to compare with is missing", hint="pass what authorization_url() returned")
    found = dict(parse_qsl(urlsplit(callback).query))
    if state is not None and found.get("state") != state:
        raise ClientError("the state of the callback is not the one that was sent: it may be forged")
    if "code" not in found:
        reason = found.get("error_description") or found.get("error") or "there is no code in it"
        raise refused(f"access was not granted: {reason}", code=found.get("error"))
    return found["code"]


_SECRET_FIELDS = ("access_token", "refresh_token", "id_token")


@dataclass(frozen=True)
class Token:
    """What a token server gave: access_token, refresh_token, expires_in (seconds), expires_at (seconds since 1970),
    token_type, scope and what else it sent.

    Its credentials are `Secret`s, masked wherever it is shown. `reveal` gives the plain dict to store.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Token:
        """From the plain dict. Raises a `ClientError` for a credential that cannot be part of a header."""
        fields = {**plain, **{name: hide(plain[name]) for name in _SECRET_FIELDS if plain.get(name)}}
        # A traceback with local variables would show the plain text.
        del plain
        return cls(fields | {n: header_safe(n, value) for n, value in fields.items() if isinstance(value, Secret)})

    def reveal(self) -> dict[str, Any]:
        """The plain dict, credentials and all, as a session takes it by ``token=``; what is None is left out."""
        plain = {name: value for name, value in self.fields.items() if value is not None}
        return plain | {name: value.reveal() for name, value in plain.items() if isinstance(value, Secret)}

    def secret(self, name: str) -> Secret:
        """One of its credentials, an empty one where it has none of that name."""
        found = self.fields.get(name)
        return found if isinstance(found, Secret) else Secret("")

    def secrets(self) -> tuple[Secret, ...]:
        """All its credentials, for masking."""
        return tuple(value for value in self.fields.values() if isinstance(value, Secret))

    def ended(self, now: float, margin: float = 0.0) -> bool:
        """Whether the access token ends within so many seconds of `now` (seconds since 1970); False where the token
        does not tell when."""
        moment = self.fields.get("expires_at")
        return moment is not None and float(moment) - margin <= now


class Auth:
    """How the requests of a session are signed.

    This one has no credentials. A platform's subclass says which parameters and headers every request carries, and
    which secrets are to be masked.
    """

    retired: tuple[Secret, ...] = ()
    """What requests were signed with before: masked as well, because answers to them may still be on their way."""

    def retire(self, *secrets: Secret) -> None:
        """Keeps masking these, which are not in use any more. The oldest of very many are forgotten."""
        self.retired = (*self.retired, *(secret for secret in secrets if secret))[-_MOST_RETIRED:]

    def params(self) -> Pairs:
        """Query parameters that every request carries."""
        return ()

    def headers(self) -> Mapping[str, str | Secret]:
        """Headers that every request carries."""
        return {}

    def secrets(self) -> tuple[Secret, ...]:
        """All secrets it knows, for masking: those in use and those `retired`."""
        return self.retired

    @property
    def credential(self) -> object:
        """What the requests are signed with now: another object once the session has signed in again."""
        return None

    def redact(self, text: str) -> str:
        """The text with every secret masked."""
        return redact(text, self.secrets())

    def __reduce__(self) -> Any:
        raise TypeError("credentials are not pickled; sign in again where the data is loaded")


_MOST_RETIRED = 16
"""A token that is renewed every minute is masked for a quarter of an hour after its end."""
