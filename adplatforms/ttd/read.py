"""What The Trade Desk's answers hold when all is well, on each of its three surfaces; else the error is raised.

Sources: graphql.md "Errors", platform_rest_v3.md "Errors", workflows.json (problem details). The errors themselves are
made in `errors`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from adplatforms.core.errors import PartialResultWarning, warn
from adplatforms.core.messages import Answer

from .errors import error_of, gateway_error, graphql_error, objects, validation_error
from .shapes import dict_or_empty, is_id, unreadable

__all__ = [
    "bulk_job_id",
    "graphql_data",
    "graphql_parts",
    "json_body",
    "json_object",
    "mutation_payload",
    "optional_json",
    "submitted_job_id",
]

Row = dict[str, Any]
_NOTHING_TO_RETURN = 240
"""REST's own HTTP status of a success without content (platform_rest_v3.md)."""
_MOST_NAMED = 3
"""Errors that a warning names."""


def json_body(answer: Answer) -> Any:
    """The parsed JSON of a REST or Workflows answer; None only for REST's own 240, "nothing to return".

    No fact has any other success without content, so an empty body or a null is a `ParserException`.

    Raises the error that the answer reports: `field_errors` by Python name, `code` (REST: the status; Workflows: the
    problem's type), and for problem details `type`, `title`, `detail` and `instance` as attributes.
    """
    found = optional_json(answer)
    if found is None and answer.status != _NOTHING_TO_RETURN:
        raise unreadable(answer, "it is empty")
    return found


def optional_json(answer: Answer) -> Any:
    """As `json_body`, for calls of which no fact shows what they answer: None too where there is nothing."""
    if answer.status >= 400:
        raise error_of(answer)
    return _parsed(answer) if answer.content.strip() else None


def json_object(answer: Answer) -> Row:
    """The JSON object of an answer; a `ParserException` for anything else, an empty one included."""
    found = optional_json(answer)
    if not isinstance(found, dict) or not found:
        raise unreadable(answer, "it is not a JSON object with something in it")
    return found


def _parsed(answer: Answer) -> Any:
    try:
        return orjson.loads(answer.content)
    except orjson.JSONDecodeError as problem:
        # A page of HTML is a proxy's, which says so itself; anything else was cut off on its way.
        if answer.content_type == "text/html" or answer.status >= 400:
            raise gateway_error(answer) from None
        raise unreadable(answer, str(problem)) from None


# GraphQL


def graphql_data(answer: Answer) -> Row:
    """The data of a GraphQL answer, from GraphQL itself or through Workflows.

    Errors without data are raised. Errors next to data are a `PartialResultWarning` that names their paths, and what
    they stand for is left out: a field reads as not loaded then, not as null.
    """
    return graphql_parts(answer, ())[0]


def graphql_parts(answer: Answer, needed: Sequence[str]) -> tuple[Row, bool]:
    """What `graphql_data` gives, and whether errors next to it name what was left out.

    needed: the path to the rows; an error that takes a part of it away, or what pages cannot do without, is raised.
    """
    if answer.status >= 400:
        raise error_of(answer)
    reply = _parsed(answer)
    if not isinstance(reply, dict):
        raise unreadable(answer, "it is not a GraphQL answer")
    data, errors = reply.get("data"), reply.get("errors") or []
    if not isinstance(errors, list) or not all(isinstance(error, dict) for error in errors):
        raise unreadable(answer, "its errors are not a list of objects")
    if errors:
        has_data = isinstance(data, dict) and any(value is not None for value in data.values())
        if not has_data or _takes_away_any(errors, needed):
            raise graphql_error(answer, errors, reply)
        _leave_out_all(data, errors)
    # Data that is null throughout, without an error, is an answer: the records do not exist.
    if not isinstance(data, dict) or not data:
        raise unreadable(answer, "it holds neither data nor errors")
    return data, bool(errors)


def _takes_away_any(errors: Iterable[Row], needed: Sequence[str]) -> bool:
    return bool(needed) and any(_takes_away(_path(error), needed) for error in errors)


def _takes_away(path: list[Any], needed: Sequence[str]) -> bool:
    """Whether a null at a path leaves nothing of the rows, or of what tells where a listing goes on and ends."""
    depth = len(needed)
    if len(path) <= depth:
        return bool(path) and list(needed[: len(path)]) == path
    # Behind an index it is a row, or a field of one: only that is missing then.
    inside_a_row = any(isinstance(step, int) for step in path)
    is_of_listing = path[depth] in ("pageInfo", "totalCount", "nodes")
    return path[:depth] == list(needed) and is_of_listing and not inside_a_row


def _leave_out_all(data: Any, errors: Sequence[Row]) -> None:
    """Takes the nulls out that errors stand for, with one warning."""
    for error in errors:
        _leave_out(data, _path(error))
    named = "; ".join(f"{_dotted(error)}: {error.get('message')}" for error in errors[:_MOST_NAMED])
    more = f" (and {len(errors) - _MOST_NAMED} more)" if len(errors) > _MOST_NAMED else ""
    warn(f"The Trade Desk left out {named}{more}", PartialResultWarning)


def _leave_out(found: Any, path: Iterable[Any]) -> None:
    """Takes a null out that an error stands for."""
    *above, last = path or (None,)
    try:
        for step in above:
            found = found[step]
        if isinstance(found, dict) and found.get(last, "") is None:
            del found[last]
    except (KeyError, IndexError, TypeError):
        return  # what is above it is null, and was left out itself


def _path(error: Mapping[str, Any]) -> list[Any]:
    path = error.get("path")
    return path if isinstance(path, list) else []


def _dotted(error: Mapping[str, Any]) -> str:
    return ".".join(map(str, _path(error))) or "something"


def mutation_payload(answer: Answer, name: str) -> Any:
    """What a mutation answers as its ``data``; its ``userErrors`` or ``errors`` are a `ValidationError`.

    Mutations that were refused answer with HTTP 200 and without errors of GraphQL: only the payload shows it.
    """
    payload = graphql_data(answer).get(name)
    if not isinstance(payload, dict):
        raise unreadable(answer, f"it holds no {name}")
    refusals = objects(payload.get("userErrors") or payload.get("errors"))
    if refusals:
        pairs = [(each.get("field"), each.get("message") or each.get("__typename", "")) for each in refusals]
        raise validation_error(answer, f"{name} was refused", pairs, payload)
    return payload.get("data")


# jobs


def submitted_job_id(answer: Answer) -> str:
    """The id of the standard job that was submitted."""
    return _job_id(answer, json_object(answer))


def bulk_job_id(answer: Answer) -> str:
    """The id of the job that a bulk query became; what refused it is raised like the errors of a query."""
    found = json_object(answer)
    # It has the shape of a mutation's payload: data, and errors next to it.
    payload = found.get("payload") or {}
    if not isinstance(payload, dict):
        raise unreadable(answer, "it is not the answer to a bulk query")
    # The facts show errors in both places.
    errors = objects(payload.get("errors")) + objects(found.get("errors"))
    if errors:
        raise graphql_error(answer, errors, found)
    return _job_id(answer, payload.get("data"))


def _job_id(answer: Answer, job: Any) -> str:
    """The id of a job; a `ParserException` where there is none: it may have started all the same."""
    found = dict_or_empty(job).get("id")
    if not is_id(found):
        raise unreadable(answer, "it does not tell the id of the job")
    return str(found)
