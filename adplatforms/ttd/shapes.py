"""The shape of an answer: what must be there, and the error where it is not.

A success that lacks what its operation must have is never taken for "nothing": it raises a `ParserException`, so that a
read is tried again and a write is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from adplatforms.core.errors import AdPlatformsError, ParserException
from adplatforms.core.values import Answer, parse_int

__all__ = ["cursor", "is_id", "readable", "records", "total", "unreadable"]

R = TypeVar("R")


def readable(answer: Answer, read: Callable[[Answer], R]) -> R:
    """What `read` makes of an answer; where it is of another shape than the facts say, a `ParserException`."""
    try:
        return read(answer)
    except AdPlatformsError:
        raise
    except (TypeError, AttributeError, ValueError, LookupError, ArithmeticError, RecursionError) as problem:
        raise unreadable(answer, f"it is of another shape: {problem}") from None


def records(found: Any) -> list[dict[str, Any]]:
    """The records of a list, without nulls; a ValueError for what is no list of records."""
    if found is None:
        return []
    kept = [item for item in found if item is not None] if isinstance(found, list) else None
    if kept is None or not all(isinstance(item, dict) for item in kept):
        raise ValueError("expected a list of records")
    return kept


def cursor(info: Mapping[str, Any]) -> str | None:
    """Where the page after this one begins, None on the last; a ValueError for what is no cursor."""
    found = info.get("endCursor") if info.get("hasNextPage") else None
    if found is not None and not isinstance(found, str):
        raise ValueError("expected a cursor")
    return found


def total(found: Any) -> int | None:
    """A number of rows, None where it is not told; a ValueError for anything else."""
    number = None if found is None else parse_int(found)
    if number is not None and not 0 <= number < 2**63:
        raise ValueError("expected a number of rows")
    return number


def is_id(found: Any) -> bool:
    """Whether a value can be an id: text, or a whole number."""
    return isinstance(found, (str, int)) and not isinstance(found, bool) and found != ""


def unreadable(answer: Answer, why: str) -> ParserException:
    """The error of an answer that lacks what its operation must have."""
    return ParserException(
        f"the answer cannot be read: {why}: {answer.excerpt()}", status=answer.status, request=answer.request.label
    )
