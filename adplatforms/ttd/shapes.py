"""The shape of an answer: what must be there, and the error where it is not.

A success that lacks what its operation must have is never taken for "nothing": it raises a `ParserException`, so that a
read is tried again and a write is looked up.
"""

from __future__ import annotations

import json
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
    "dict_or_empty",
    "flag",
    "identified",
    "is_id",
    "json_in_text",
    "member",
    "readable",
    "records",
    "same",
    "total",
    "unlike_the_facts",
    "unreadable",
]

R = TypeVar("R")


def readable(answer: Answer, read: Callable[[Answer], R]) -> R:
    """What `read` makes of an answer; where it is of another shape than the facts say, a `ParserException`."""
    try:
        return read(answer)
    except AdPlatformsError:
        raise
    # What indexing into JSON of any shape can raise; anything else would be our own mistake.
    except (TypeError, AttributeError, ValueError, LookupError, ArithmeticError, RecursionError) as problem:
        raise unreadable(answer, f"it is of another shape: {problem}") from None


def records(found: Any, nulls: bool = False) -> list[dict[str, Any]]:
    """The records of a list; a ValueError for what is not a list of records.

    nulls: those that are null are left out, as in GraphQL, where an error next to the data or a missing permission
    makes one of them null.
    """
    if not isinstance(found, list):
        raise ValueError("expected a list of records")
    present = [item for item in found if item is not None] if nulls else found
    if [item for item in present if not isinstance(item, dict)]:
        raise ValueError("expected a list of records")
    return present


def an_object(found: Any, what: str) -> dict[str, Any]:
    """A JSON object; a ValueError for anything else. what: what it should be, for the message."""
    if not isinstance(found, dict):
        raise ValueError(f"expected {what}")
    return found


def dict_or_empty(found: Any) -> dict[str, Any]:
    """A JSON object, an empty one for anything else: for what an answer may have or lack."""
    return found if isinstance(found, dict) else {}


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


def same(found: Any, asked: Any, what: str) -> None:
    """A ValueError where an answer is about another record than what was asked for, such as one that came late."""
    # Numbers and texts of the same digits are one id: the surfaces differ in how they send it.
    if str(found) != str(asked):
        raise ValueError(f"the answer is about another record: {what} {brief(found)} instead of {brief(asked)}")


def belonging(rows: Iterable[Mapping[str, Any]], expected: Mapping[str, Collection[Any]]) -> None:
    """A ValueError where a row shows another value than the server was asked to filter by: it answers another call.

    expected: the values that are possible, by wire name. What a row does not show is not compared.
    """
    for name, values in expected.items():
        known = set(map(str, values))
        for row in rows:
            shown = row.get(name)
            if shown is not None and str(shown) not in known:
                same(shown, " or ".join(sorted(known)), name)


def cursor(info: Mapping[str, Any]) -> str | None:
    """Where the page after this one begins, None on the last; a ValueError for what is not the info of a page."""
    if not flag(info, "hasNextPage"):
        return None
    found = info.get("endCursor")
    if not isinstance(found, str) or not found:
        raise ValueError("expected a cursor")
    return found


def total(found: Any) -> int | None:
    """A number of rows, None where the answer does not say; a ValueError for anything else."""
    if found is None:
        return None
    number = parse_int(found)
    if not 0 <= number < 2**63:
        raise ValueError("expected a number of rows")
    return number


def is_id(found: Any) -> bool:
    """Whether a value can be an id: text, or a whole number."""
    # True is an int, and would be the id "True".
    return isinstance(found, (str, int)) and not isinstance(found, bool) and found != ""


def json_in_text(text: str) -> Any:
    """The list or object that a text holds as JSON; None where it holds none."""
    if text.strip()[:1] not in ("[", "{"):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def unlike_the_facts(what: str, problem: Exception) -> ParserException:
    """The error of a record that is of another shape than the facts say. what: "a report"."""
    return ParserException(f"{what} cannot be read: it is of another shape: {problem}")


def unreadable(answer: Answer, why: str) -> ParserException:
    """The error of an answer that lacks what its operation must have."""
    return ParserException(
        f"the answer cannot be read: {why}: {answer.excerpt()}", status=answer.status, request=answer.request.label
    )
