"""Credentials: what a session adds to its requests, and what must never be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .values import Pairs, Secret, redact

__all__ = ["Auth"]


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
    def mark(self) -> object:
        """What the requests are signed with now: another object once the session has signed in again."""
        return None

    def redact(self, text: str) -> str:
        """The text with every secret masked."""
        return redact(text, self.secrets())

    def __reduce__(self) -> Any:
        raise TypeError("credentials are not pickled; sign in again where the data is loaded")
