"""The log of what was asked: `Sandbox.calls`. Passwords, secrets and tokens are masked in it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from flask import Response, request

__all__ = ["Call", "Calls", "read_call"]

MOST_CALLS = 10_000

_SECRET = re.compile(r"password|secret|(refresh|access)_?token", re.IGNORECASE)
"""Names of fields and parameters whose values are masked, at any depth."""
_SECRET_IN_SIGN_IN = re.compile(r"code|token", re.IGNORECASE)
"""And those masked where they are bought, spent or revoked; elsewhere they are something else."""
_SIGN_IN = re.compile(r"/oauth2?/|/token$|/authentication$")


@dataclass(frozen=True)
class Call:
    """One request that was served.

    `path` is unquoted and without the query; `query` and `form` are the pairs in the order they came, `json`
    is a decoded JSON body, `files` the field and file name of uploaded files. Passwords, secrets and tokens
    are masked. `status` is the HTTP status of the reply.
    """

    method: str
    path: str
    query: list[tuple[str, str]]
    form: list[tuple[str, str]]
    status: int
    json: Any = None
    files: tuple[tuple[str, str], ...] = ()


class Calls(Sequence[Call]):
    """The requests served, oldest first; only the last 10,000 are kept."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=MOST_CALLS)

    def append(self, call: Call) -> None:
        """Adds a call."""
        self._calls.append(call)

    def clear(self) -> None:
        """Forgets all calls."""
        self._calls.clear()

    @overload
    def __getitem__(self, index: int) -> Call: ...
    @overload
    def __getitem__(self, index: slice) -> list[Call]: ...
    def __getitem__(self, index: int | slice) -> Call | list[Call]:
        return list(self._calls)[index]

    def __iter__(self) -> Iterator[Call]:
        return iter(list(self._calls))

    def __len__(self) -> int:
        return len(self._calls)

    def __repr__(self) -> str:
        return f"Calls({list(self._calls)!r})"


def read_call(response: Response) -> Call:
    """The request that is being served, and the status it is answered with."""
    query = _pairs(request.args)
    if response.status_code == 413:  # there is no body then
        return Call(request.method, request.path, query, [], 413)
    files = tuple((key, file.filename or "") for key, file in request.files.items(multi=True))
    form = _pairs(request.form)
    return Call(request.method, request.path, query, form, response.status_code, _json(), files)


def _json() -> Any:
    try:
        return _masked("", request.get_json(silent=True)) if request.is_json else None
    except RecursionError:  # nested so deep that nothing reads it
        return None


def _pairs(values: Any) -> list[tuple[str, str]]:
    return [(key, _masked(key, value)) for key, value in values.items(multi=True)]


def _masked(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _masked(name, item) for name, item in value.items()}
    if isinstance(value, list):
        return [_masked(key, item) for item in value]
    is_spent = _SIGN_IN.search(request.path) and _SECRET_IN_SIGN_IN.fullmatch(key)
    return "***" if value is not None and (is_spent or _SECRET.search(key)) else value
