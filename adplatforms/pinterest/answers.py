"""Pinterest's answers: their bodies, and what stands in them. Source: wire.md, section 7."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson

from adplatforms.core.errors import APIError, ParserException
from adplatforms.core.messages import Answer

from .errors import context, error

if TYPE_CHECKING:
    from .model import PinterestModel

__all__ = ["body", "member", "record", "rows_of"]


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
