"""Credentials as values that are never shown, and how they are masked in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from json import dumps
from typing import Any
from urllib.parse import quote

from .errors import ClientError
from .masked import mask_members
from .tracebacks import handles_secrets

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
    r"""The credential without the white space around it, which comes along when it is read from a file.

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


@handles_secrets
def redact(text: str, secrets: Iterable[Secret]) -> str:
    """The text with every secret of four characters or more replaced by ``***``: as it is, as it stands in a URL, a
    form or JSON, and the start of one at the end of a text that was cut off there ("…"). So is the value of every field
    that is declared to be a credential."""
    was_cut = _CUT.search(text) is not None
    for secret in secrets:
        value = secret.reveal()
        # No real credential is shorter, and masking "a" would garble every word.
        if len(value) < _LEAST:
            continue
        for form in _written_forms(value):
            text = text.replace(form, "***")
            if was_cut:
                text = _mask_cut(text, form)
    return mask_members(text)


_LEAST = 4


def _written_forms(value: str) -> set[str]:
    """How a credential may stand in a text."""
    percent = quote(value, safe="")
    in_url = {percent, quote(value), percent.replace("%20", "+")}
    lower_case = {_ESCAPE.sub(lambda escape: escape[0].lower(), form) for form in in_url}
    return {value, dumps(value)[1:-1], dumps(value, ensure_ascii=False)[1:-1], *in_url, *lower_case}


_ESCAPE = re.compile("%[0-9A-F]{2}")


def _mask_cut(text: str, form: str) -> str:
    """The text without starts of a credential before the marks of a cut. Messages are cut to a length before their
    credentials are masked, for only whoever sent the request knows these."""
    parts = _CUT.split(text)
    for index in range(0, len(parts) - 1, 2):
        kept = parts[index]
        for length in range(min(len(form) - 1, len(kept)), _LEAST - 1, -1):
            if kept.endswith(form[:length]):
                parts[index] = kept[:-length] + "***"
                break
    return "".join(parts)


_CUT = re.compile(r"(…|\.\.\.)")
