"""Calls by method and path: of operations that the table has, and of those that Pinterest has added since.

Of the latter nothing is known: whether the answer lists rows, which category of calls they count as, what the body may
hold. So nothing is checked but the path, all methods other than GET count as writes, and logs show no bodies.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import unquote

from adplatforms.core.errors import ClientError, did_you_mean
from adplatforms.core.messages import Request

from .operation import Operation, Param, Success
from .shapes import Shapes
from .table import OPERATIONS

__all__ = ["BODIES", "METHODS", "Call", "call_of", "method_in"]

BODIES = ("POST", "PATCH", "PUT")
"""The methods whose keyword arguments are members of the body."""
METHODS = ("GET", *BODIES, "DELETE")
_TEXT = {"type": "string"}


class Call(NamedTuple):
    """What a method and a path mean: the operation, and the values that the path has for its parameters."""

    operation: Operation
    params: dict[str, str]


def call_of(method: str, path: Any, *, pages: bool = False, body: bool = False) -> Call:
    """The operation of a method and a path below ``/v5``, such as ``ad_accounts/{ad_account_id}/campaigns``.

    Names in braces are parameters. One that the table has is that operation, also where the path holds ids in their
    places. For operations that the table lacks: pages: whether the answer is read page after page; body: whether it
    takes a body.

    Raises `ClientError` for a path that is none.
    """
    template = _checked(path)
    described = OPERATIONS.of(Request(method, template))
    if described is not None:
        return Call(described, _values_in(template, described))
    names = re.findall(r"\{(\w+)\}", template)
    params = {name: Param(name, "path", _TEXT, True, "", {}) for name in names}
    if pages:
        params["bookmark"] = Param("bookmark", "query", _TEXT, False, "", {})
    return Call(
        Operation(
            id=f"{method} {template}",
            method=method,
            path=f"/{template}",
            params=params,
            answer="page" if pages else "any",
            rate="",
            scopes=(),
            writes=method != "GET",
            shapes=Shapes({}, private=True),
            body={} if body else None,
            media="application/json",
            private=True,
            success=Success(needs=("items",)) if pages else Success(),
        ),
        {},
    )


def _checked(path: Any) -> str:
    """A path without the slash and the version in front; a `ClientError` for what is not one."""
    if not isinstance(path, str) or not path.strip("/ "):
        raise ClientError(f"a call by its method needs a path, not {path!r}", hint='call("GET", "ad_accounts")')
    if "://" in path or path.startswith("//"):
        raise ClientError("a path starts below /v5 and names no server", hint="api_base= names the server")
    if "?" in path or "#" in path:
        raise ClientError(f"{path!r} has parameters", hint="give them by name: call(method, path, page_size=25)")
    found = path.strip().strip("/").removeprefix("v5/")
    if not all(re.fullmatch(r"\{\w+\}|[\w.~%@:+,=-]+", part) and part.strip(".") for part in found.split("/")):
        raise ClientError(
            f"{path!r} is not a path", hint='names in braces are parameters: call("GET", "pins/{pin_id}", pin_id=7)'
        )
    return found


def _values_in(path: str, operation: Operation) -> dict[str, str]:
    """What a path has in place of an operation's parameters; nothing for those that stand in braces."""
    found = {}
    for given, name in zip(path.split("/"), operation.path[1:].split("/"), strict=True):
        if name.startswith("{") and not given.startswith("{"):
            found[name[1:-1]] = unquote(given)
    return found


def method_in(name: Any) -> tuple[str, str] | None:
    """Method and path of text such as ``GET ad_accounts``; None for the id of an operation."""
    if not isinstance(name, str):
        return None
    method, _, path = name.strip().partition(" ")
    if method.upper() in METHODS:
        return method.upper(), path.strip()
    if method.isupper() and path:
        raise ClientError(f"{method!r} is not a method", hint=did_you_mean(method, METHODS))
    return None
