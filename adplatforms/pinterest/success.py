"""What an answer that reports success must have, operation by operation; what lacks it is no success.

A gateway, a cut connection or an answer to somebody else can all look like "nothing found" or "saved". So every answer
is held against the table of operations (`Success`, derived from the official description) before anything is read from
it: rows are never missing silently, and a write is never taken for done because nothing came back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from adplatforms.core.errors import ParserException
from adplatforms.core.messages import Answer

from . import identity, read
from .description import Operation

__all__ = ["lacking", "reader", "told", "unreadable"]


def told(answer: Answer, operation: Operation) -> Any:
    """The parsed body of an answer, None where the operation answers without one.

    Raises the error that the answer reports, and a `ParserException` where it lacks what the operation must have, or is
    about another record than the path names.
    """
    found = read.body(answer)
    problem = lacking(found, operation)
    if problem and not (found is None and _says_null(answer, operation)):
        raise unreadable(answer, problem)
    problem = identity.strange(found, operation, answer.request.path)
    if problem:
        raise unreadable(answer, problem)
    return found


def reader(operation: Operation) -> Callable[[Answer], Any]:
    """`told` for the answers of one operation: what `exchange` takes."""
    return lambda answer: told(answer, operation)


def unreadable(answer: Answer, problem: str) -> ParserException:
    """The error of an answer that is no success: the call, what is wrong, and the start of what came. The answers of
    private operations are not shown: they may hold credentials."""
    shown = "" if answer.request.private else answer.excerpt()
    return ParserException(f"{answer.request.label}: {problem}{': ' if shown else ''}{shown}")


def lacking(found: Any, operation: Operation) -> str:
    """What a parsed answer lacks, in words; empty where it is what the operation answers with."""
    success, kind = operation.success, operation.answer
    if isinstance(found, dict) and _is_error(found, {*success.needs, *success.some}):
        return "an error came with the status of a success"
    if kind == "empty" or operation.method == "DELETE":
        return ""
    if found is None:
        return f"HTTP success without a body, where Pinterest answers with {_NAMES[kind]}"
    if kind == "text":
        return "" if isinstance(found, str) else "the answer is no text"
    if kind == "array":
        return _rows(found, str if success.rows == "string" else dict)
    if not isinstance(found, dict):
        return f"the answer is not {_NAMES[kind]}"
    missing = [name for name in success.needs if found.get(name) is None]
    if missing:
        return f"the answer has no {', '.join(missing)}"
    if success.some and not any(name in found for name in success.some):
        return f"the answer has none of {', '.join(success.some)}"
    if kind == "page" and not isinstance(found.get("bookmark"), (str, int, type(None))):
        return "the answer's bookmark is no bookmark"
    if kind in ("page", "items") or success.outcome:
        rows = found[success.needs[0]]
        return _rows(rows, dict, success.outcome) or ("" if not success.identified else _unidentified(rows))
    return ""


_NAMES = {"page": "a page of rows", "items": "a list of rows", "array": "a list", "object": "an object", "text": "text"}


def _rows(found: Any, kind: type, outcome: Collection[str] = ()) -> str:
    """What is wrong with a list of rows, or of what became of the records of a batch."""
    if not isinstance(found, list):
        return "the answer's rows are no list"
    if not {type(row) for row in found} <= {kind}:
        return f"the answer has rows that are no {'objects' if kind is dict else 'text'}"
    if outcome and not all(any(name in row for name in outcome) for row in found):
        return f"the answer has elements with none of {', '.join(outcome)}"
    return ""


def _unidentified(rows: list[dict[str, Any]]) -> str:
    """What is wrong with rows that have to name themselves."""
    try:
        ids = [row["id"] for row in rows]
    except KeyError:
        ids = [None]
    return "the answer has rows without an id" if None in ids else ""


def _is_error(found: Mapping[str, Any], declared: Collection[str]) -> bool:
    """Whether an object is the envelope of errors, ``{code, message}``. Reports for marketing mix models declare these
    two themselves: there they tell of an error only by a code other than 0 and without the report's data."""
    if not {"code", "message"} <= found.keys():
        return False
    own = {"code", "message"} <= set(declared)
    return not own or (bool(found["code"]) and found.get("data") is None)


def _says_null(answer: Answer, operation: Operation) -> bool:
    """Whether the answer says ``null`` where the description allows that; an empty body says nothing."""
    return operation.success.nullable and answer.content.strip() == b"null"
