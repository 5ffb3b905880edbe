"""Credentials as values that are never shown, and how they are masked in texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

__all__ = ["Secret", "redact"]


class Secret:
    """A credential: usable, but never shown, compared by content or pickled."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The credential itself."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "'***'"

    def __str__(self) -> str:
        return "***"

    def __reduce__(self) -> Any:
        raise TypeError("credentials are not pickled; sign in again where the data is loaded")


def redact(text: str, secrets: Iterable[Secret]) -> str:
    """The text with every secret of four characters or more, plain or as it stands in a URL, replaced by ``***``."""
    for secret in secrets:
        value = secret.reveal()
        if len(value) < 4:  # no real credential, and masking it would garble words
            continue
        for form in {value, quote(value, safe=""), quote(value, safe="").replace("%20", "+")}:
            text = text.replace(form, "***")
    return text
