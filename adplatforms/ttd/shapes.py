"""The shape of an answer: what must be there, and the error where it is not.

A success that lacks what its operation must have is never taken for "nothing": it raises a `ParserException`, so that a
read is tried again and a write is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

from adplatforms.core.errors import AdPlatformsError, ParserException
from adplatforms.core.hints import brief
from adplatforms.core.messages import Answer
from adplatforms.core.parsing import parse_int

__all__ = [
    "an_object",
    "belonging",
    "cursor",
    "flag",
    "identified",
    "is_id",
    "member",
    "readable",
    "records",
    "same",
    "total",
    "unreadable",
]

R = TypeVar("R")


def readable(answer: Answer, read: Callable[[Answer], R]) -> R:
    """What `read` makes of an answer; where it is of another shape than the facts say, a `ParserException`."""
    try:
        return read(answer)
    except AdPlatformsError:
        raise
    except (TypeError, AttributeError, ValueError, LookupError, ArithmeticError, RecursionError) as problem:
        raise unreadable(answer, f"it is of another shape: {problem}") from None


def records(found: Any, nulls: bool = False) -> list[dict[str, Any]]:
    """The records of a list; a ValueError for what is no list of records. nulls: those that are null are left out, as
    in GraphQL, where an error beside the data or a missing permission makes one of them null."""
    kept = [item for item in found if item is not None or not nulls] if isinstance(found, list) else None
    if kept is None or [item for item in kept if not isinstance(item, dict)]:
        raise ValueError("expected a list of records")
    return kept


def an_object(found: Any, what: str) -> dict[str, Any]:
    """A JSON object; a ValueError for anything else. what: what it should be, for the message."""
    if not isinstance(found, dict):
        raise ValueError(f"expected {what}")
    return found


def member(found: Any, name: str, what: str = "") -> Any:
    """A member of a JSON object, null too; a ValueError where it is missing."""
    if name not in an_object(found, what or f"an object with {name}"):
        raise ValueError(f"expected {what or name}")
    return found[name]


def identified(row: Mapping[str, Any]) -> None:
    """A ValueError for a record without an id."""
    if not is_id(row.get("id")):
        raise ValueError("expected a record with its id")


def flag(found: Any, name: str) -> bool:
    """A member that is true or false; a ValueError for anything else."""
    value = member(found, name)
    if not isinstance(value, bool):
        raise ValueError(f"expected {name} to be true or false")
    return value


def same(told: Any, asked: Any, what: str) -> None:
    """A ValueError where an answer is about another record than what was asked for: one that came late, say."""
    if str(told) != str(asked):
        raise ValueError(f"the answer is about another record: {what} {brief(told)} instead of {brief(asked)}")


def belonging(rows: Iterable[Mapping[str, Any]], expected: Mapping[str, Collection[Any]]) -> None:
    """A ValueError where a row shows another value than the server was asked to filter by: it answers another call.
    expected: the values that are possible, by wire name."""
    for name, values in expected.items():
        known = set(map(str, values))
        for row in rows:
            told = row.get(name)
            if told is not None and str(told) not in known:
                same(told, " or ".join(sorted(known)), name)


def cursor(info: Mapping[str, Any]) -> str | None:
    """Where the page after this one begins, None on the last; a ValueError for what is no page's info."""
    if not flag(info, "hasNextPage"):
        return None
    found = info.get("endCursor")
    if not isinstance(found, str) or not found:
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
