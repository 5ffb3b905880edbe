"""What an answer that reports success must have, operation by operation; what lacks it is no success.

A gateway, a cut connection or an answer to somebody else can all look like "nothing found" or "saved". So every answer
is held against the table of operations (`Success`, derived from the official description) before anything is read from
it: rows are never missing silently, and a write is never taken for done because nothing came back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import ParserException
from adplatforms.core.messages import Answer

from . import answers, identity

if TYPE_CHECKING:
    from .description import Operation
    from .model import PinterestModel

__all__ = ["body_reader", "checked_body", "lacking", "unreadable", "work_id"]

_NAMES = {"page": "a page of rows", "items": "a list of rows", "array": "a list", "object": "an object", "text": "text"}
"""What messages call the kinds of answers."""


def checked_body(answer: Answer, operation: Operation, model: PinterestModel | None = None) -> Any:
    """The parsed body of an answer, None where the operation answers without one.

    model: the declaration of the records that the call is about, so that errors can name its fields. Raises the error
    that the answer reports, and a `ParserException` where it lacks what the operation must have, or is about another
    record than the path names.
    """
    # Errors first: an answer that reports one need not have anything else.
    found = answers.body(answer, model)
    problem = lacking(found, operation)
    if problem and found is None and _says_null(answer, operation):
        problem = ""
    problem = problem or identity.differs_from_path(found, operation, answer.request.path)
    if problem:
        raise unreadable(answer, problem)
    return found


def body_reader(operation: Operation) -> Callable[[Answer], Any]:
    """`checked_body` for the answers of one operation: what `exchange` takes."""
    return lambda answer: checked_body(answer, operation)


def work_id(answer: Answer, operation: Operation, name: str) -> str:
    """The id of the work that an operation started: the member of this name, wherever the answer has it.

    The work is under way whatever the answer looks like, and without its id it is lost: reports for marketing mix
    models moved theirs in 5.28.0. Raises the error that the answer reports, and a `ParserException` where it has none.
    """
    content = answers.body(answer)
    found = _anywhere(content, name)
    if found is None:
        return str(answers.member(checked_body(answer, operation), name))
    return found


def _anywhere(content: Any, name: str) -> str | None:
    """The text or number under a name, in the outermost of nested objects that has it; None where none has."""
    level = [content] if isinstance(content, Mapping) else []
    while level:
        for each in level:
            if isinstance(each.get(name), (str, int)) and not isinstance(each[name], bool) and each[name] != "":
                return str(each[name])
        level = [inner for each in level for inner in each.values() if isinstance(inner, Mapping)]
    return None


def unreadable(answer: Answer, problem: str) -> ParserException:
    """The error of an answer that is no success: the call, what is wrong, and the start of what came."""
    message = f"{answer.request.label}: {problem}"
    excerpt = answer.excerpt()
    if excerpt and not answer.request.private:  # answers of private operations may hold credentials
        message += f": {excerpt}"
    return ParserException(message)


def lacking(found: Any, operation: Operation) -> str:
    """What a parsed answer lacks, for a message; empty where it is what the operation answers with."""
    success, kind = operation.success, operation.answer
    if isinstance(found, dict) and _is_error(found, {*success.needs, *success.some}):
        return "an error came with the status of a success"
    # Deletions answer 204 without a body, or 200 with one of some shape.
    # Of an operation that the table lacks nothing is known.
    if kind in ("empty", "any") or operation.method == "DELETE":
        return ""
    if found is None:
        return f"HTTP success without a body, where Pinterest answers with {_NAMES[kind]}"
    if kind == "text":
        if isinstance(found, str):
            return ""
        return "the answer is not text"
    if kind == "array":
        element = str if success.rows == "string" else dict
        return _wrong_rows(found, element)
    if not isinstance(found, dict):
        return f"the answer is not {_NAMES[kind]}"
    return _lacking_members(found, operation)


def _lacking_members(found: Mapping[str, Any], operation: Operation) -> str:
    """What an object lacks of the members that it must have."""
    success, kind = operation.success, operation.answer
    missing = [name for name in success.needs if found.get(name) is None]
    if missing:
        return f"the answer has no {', '.join(missing)}"
    if success.some and not any(name in found for name in success.some):
        return f"the answer has none of {', '.join(success.some)}"
    # A strange bookmark would end the listing early, and rows would be missing silently.
    if kind == "page" and not isinstance(found.get("bookmark"), (str, int, type(None))):
        return "the answer's bookmark is neither text nor null"
    if kind not in ("page", "items") and not success.outcome:
        return ""
    # `needs` of a listing is its one list.
    rows = found[success.needs[0]]
    problem = _wrong_rows(rows, dict, success.outcome)
    if not problem and success.identified:
        problem = _unidentified(rows)
    return problem


def _wrong_rows(found: Any, element: type, outcome: Collection[str] = ()) -> str:
    """What is wrong with a list of rows, or of what became of the records of a batch.

    element: the type of each. outcome: members of which each must have one.
    """
    if not isinstance(found, list):
        return "the answer's rows are not a list"
    if not {type(row) for row in found} <= {element}:
        wanted = "objects" if element is dict else "text"
        return f"the answer has rows that are not {wanted}"
    if outcome and not all(any(name in row for name in outcome) for row in found):
        return f"the answer has elements with none of {', '.join(outcome)}"
    return ""


def _unidentified(rows: list[dict[str, Any]]) -> str:
    """What is wrong with rows that have to name themselves."""
    # One pass without a call a row: pages have 250 of them.
    try:
        ids = [row["id"] for row in rows]
    except KeyError:
        ids = [None]
    if None in ids:
        return "the answer has rows without an id"
    return ""


def _is_error(found: Mapping[str, Any], declared: Collection[str]) -> bool:
    """Whether an object is the envelope of errors, ``{code, message}``.

    Reports for marketing mix models declare these two themselves: there they tell of an error only by a code other than
    0 and without the report's data.
    """
    if not {"code", "message"} <= found.keys():
        return False
    if not {"code", "message"} <= set(declared):
        return True
    return bool(found["code"]) and found.get("data") is None


def _says_null(answer: Answer, operation: Operation) -> bool:
    """Whether the answer says ``null`` where the description allows that; an empty body says nothing."""
    return operation.success.nullable and answer.content.strip() == b"null"
