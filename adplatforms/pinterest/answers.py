"""Pinterest's answers: their bodies, what stands in them, and rate limits. Source: wire.md, sections 7 and 8."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson

from adplatforms.core.dialect import Quota
from adplatforms.core.errors import APIError, ParserException
from adplatforms.core.messages import Answer

from .errors import context, error

if TYPE_CHECKING:
    from .model import PinterestModel

__all__ = ["body", "member", "quota", "record", "rows_of"]

_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)")


def body(answer: Answer, model: PinterestModel | None = None) -> Any:
    """The parsed body of an answer; None where it is empty.

    model: the declaration of the records that the call is about, so that errors can name its fields. Raises the
    `APIError` that the answer reports, and a `ParserException` for a body that is not JSON.
    """
    if answer.status >= 400:
        raise error(answer, model)
    if not answer.content.strip():
        return None
    try:
        return orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        pass
    if "html" in answer.content_type:
        # A gateway or a captive portal answered in Pinterest's place, so nobody knows how far a write came.
        message = f"the answer is not JSON: {answer.excerpt()}"
        raise APIError(message, unsure=True, **context(answer, message, model))
    raise ParserException(f"{answer.request.label}: the answer cannot be read: {answer.excerpt()}")


def quota(answer: Answer) -> Quota | None:
    """What the headers tell of the rate limit; None where they tell nothing.

    ``X-RateLimit-Limit: 100, 100;w=1, 1000;w=60`` (the first number is the limit), ``X-RateLimit-Remaining: 99``,
    ``X-RateLimit-Reset: 1`` (seconds from now). Source: wire.md, section 8.
    """
    headers = [answer.headers.get(f"x-ratelimit-{name}", "") for name in ("limit", "remaining", "reset")]
    if not any(headers):
        return None
    limit, remaining, reset = map(_first_number, headers)
    # Without a category the call counts against the limit of all calls.
    return Quota(answer.request.category or "all", _whole_number(limit), _whole_number(remaining), reset)


def _first_number(header: str) -> float | None:
    """The number that a header starts with; None where it has none."""
    found = _NUMBER.match(header)
    return None if found is None else float(found[1])


def _whole_number(number: float | None) -> int | None:
    return None if number is None else int(number)


def member(content: Any, *path: str) -> Any:
    """What stands in an answer under these names, from the outside in; a `ParserException` where it does not."""
    for name in path:
        if not isinstance(content, Mapping) or content.get(name) is None:
            raise ParserException(f"the answer has no {name}: Pinterest changed it, or something else answered")
        content = content[name]
    return content


def rows_of(content: Any, name: str = "") -> list[Any]:
    """The list that an answer is, or has under a name; a `ParserException` where there is none."""
    found = content
    if name and isinstance(content, Mapping):
        found = content.get(name)
    if not isinstance(found, list):
        what = f"list of {name}" if name else "list"
        raise ParserException(f"the answer has no {what}")
    return found


def record(content: Any) -> dict[str, Any]:
    """The object that an answer is; a `ParserException` for anything else."""
    if not isinstance(content, Mapping):
        raise ParserException("the answer is not an object: Pinterest changed it, or something else answered")
    return dict(content)
