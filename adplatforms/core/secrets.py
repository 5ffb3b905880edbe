"""Credentials as values that are never shown, and how they are masked in texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from .errors import ClientError

__all__ = ["Secret", "header_safe", "hide", "redact"]


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


def hide(value: str | Secret) -> Secret:
    """A credential as a `Secret`, so that no traceback shows it."""
    if isinstance(value, Secret):
        return value
    return Secret(str(value))


def header_safe(name: str, secret: Secret) -> Secret:
    """The credential without the white space around it, which comes along when it is read from a file.

    Raises a `ClientError`, which does not show it, where a character is left that no token has: a space, a line end or
    one beyond ASCII. A line end in a header would start another header.

    >>> header_safe("token", Secret(" tkn-7\n")).reveal()
    'tkn-7'
    """
    # Never as text in a variable: a traceback with local variables would show it.
    clean = Secret(secret.reveal().strip())
    if any(not "!" <= character <= "~" for character in clean.reveal()):
        raise ClientError(f"{name} holds a character that no {name} has", hint="look at where it was read from")
    return clean


def redact(text: str, secrets: Iterable[Secret]) -> str:
    """The text with every secret of four characters or more, plain or as it stands in a URL, replaced by ``***``."""
    for secret in secrets:
        value = secret.reveal()
        # No real credential is shorter, and masking "a" would garble every word.
        if len(value) < 4:
            continue
        for form in {value, quote(value, safe=""), quote(value, safe="").replace("%20", "+")}:
            text = text.replace(form, "***")
    return text
