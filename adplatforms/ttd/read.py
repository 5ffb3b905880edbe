"""What The Trade Desk answers: the data when all is well, else the matching error. One reader for three surfaces.

Sources: graphql.md "Errors", platform_rest_v3.md "Errors", workflows.json (problem details). What a body is called in
its headers is not relied on: it is read for what it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from adplatforms.core.errors import (
    APIError,
    AuthRequiredError,
    NotFoundError,
    PartialResultWarning,
    UnavailableError,
    ValidationError,
    by_status,
    warn,
)
from adplatforms.core.messages import Answer

from .error_forms import is_own_error
from .graphql.reader import GraphQLReader
from .graphql.refused import refused, says_so, unexecuted
from .model import TTDModel, model_of
from .reader import TTDReader
from .shapes import is_id, unreadable

__all__ = [
    "RejectedFieldError",
    "bulk_job_id",
    "graphql_data",
    "graphql_parts",
    "json_body",
    "json_object",
    "mutation_payload",
    "optional_json",
    "rejection",
    "submitted_job_id",
]


class RejectedFieldError(APIError):
    """The server does not know a field that was asked for, or this user may not see it.

    `rejected`: the names of the entity class and of its field, for each. `unexecuted`: whether the server refused the
    document before it executed anything, so that a mutation in it was not applied.
    """

    rejected: tuple[tuple[str, str], ...] = ()
    unexecuted = False


_BY_CODE: dict[str, type[APIError]] = {
    "AUTHENTICATION_FAILURE": AuthRequiredError,
    "NOT_FOUND": NotFoundError,
    "VALIDATION_FAILURE": ValidationError,
    "SERVICE_UNAVAILABLE": UnavailableError,
    "INTERNAL_SERVER_ERROR": UnavailableError,
    "GRAPHQL_VALIDATION_FAILED": ValidationError,
    "UNAUTHORIZED_FIELD_OR_TYPE": RejectedFieldError,
}
_SIGN_IN = "get a new token; with login and password a session does so by itself"
_HINTS: dict[Any, str] = {
    401: _SIGN_IN,
    403: "this user may not do it, or there is no such record",
    404: "it does not exist, or this user may not see it",
    410: "the vendor has retired this endpoint or property",
    "AUTHENTICATION_FAILURE": _SIGN_IN,
    "NOT_FOUND": "it does not exist, or this user may not see it",
    "RESOURCE_LIMIT_EXCEEDED": "ask for less at once: a smaller page_size or fewer includes",
}


def json_body(answer: Answer) -> Any:
    """The parsed JSON of a REST or Workflows answer; None only for REST's own 240, "nothing to return". No fact has any
    other success without content, so an empty body or a null is a `ParserException`.

    Raises the error that the answer reports: `field_errors` by Python name, `code` (REST: the status; Workflows: the
    problem's type), and for problem details `type`, `title`, `detail` and `instance` as attributes.
    """
    found = optional_json(answer)
    if found is None and answer.status != 240:
        raise unreadable(answer, "it is empty")
    return found


def optional_json(answer: Answer) -> Any:
    """As `json_body`, for calls of which no fact shows what they answer: None too where there is nothing."""
    if answer.status >= 400:
        raise _failed(answer)
    return _parsed(answer) if answer.content.strip() else None


def graphql_data(answer: Answer) -> dict[str, Any]:
    """The data of a GraphQL answer, from GraphQL itself or through Workflows.

    Errors without data are raised. Errors beside data are a `PartialResultWarning` that names their paths, and what
    they stand for is left out: a field reads as not loaded then, not as null.
    """
    return graphql_parts(answer, ())[0]


def graphql_parts(answer: Answer, needed: Sequence[str]) -> tuple[dict[str, Any], bool]:
    """What `graphql_data` gives, and whether errors next to it name what was left out.

    needed: the path to the rows; an error that takes a part of it away, or what pages cannot do without, is raised.
    """
    if answer.status >= 400:
        raise _failed(answer)
    reply = _parsed(answer)
    if not isinstance(reply, dict):
        raise unreadable(answer, "it is no GraphQL answer")
    found, told = reply.get("data"), reply.get("errors") or []
    if not isinstance(told, list) or not all(isinstance(error, dict) for error in told):
        raise unreadable(answer, "its errors are not a list of objects")
    errors = _dicts(told)
    if errors:
        if not isinstance(found, dict) or not found or all(value is None for value in found.values()):
            raise _graphql_error(answer, errors, reply)
        if needed and any(_takes_away(_path(error), needed) for error in errors):
            raise _graphql_error(answer, errors, reply)
        for error in errors:
            _leave_out(found, _path(error))
        words = "; ".join(f"{_dotted(error)}: {error.get('message')}" for error in errors[:3])
        more = f" (and {len(errors) - 3} more)" if len(errors) > 3 else ""
        warn(f"The Trade Desk left out {words}{more}", PartialResultWarning)
    if not isinstance(found, dict) or not found:
        raise unreadable(answer, "it holds neither data nor errors")
    return found, bool(errors)


def _takes_away(path: list[Any], needed: Sequence[str]) -> bool:
    """Whether a null at a path leaves nothing of the rows, or of what tells where a listing goes on and ends."""
    depth = len(needed)
    if len(path) <= depth:
        return bool(path) and list(needed[: len(path)]) == path
    return (
        path[:depth] == list(needed)
        and path[depth] in ("pageInfo", "totalCount", "nodes")
        and not any(isinstance(step, int) for step in path)
    )


def mutation_payload(answer: Answer, name: str) -> Any:
    """What a mutation answers under ``graphql_data``; its ``userErrors`` or ``errors`` are a `ValidationError`."""
    payload = graphql_data(answer).get(name)
    if not isinstance(payload, dict):
        raise unreadable(answer, f"it holds no {name}")
    refused = _dicts(payload.get("userErrors") or payload.get("errors"))
    if refused:
        pairs = [(error.get("field"), error.get("message") or error.get("__typename", "")) for error in refused]
        raise _validation(answer, f"{name} was refused", pairs, payload)
    return payload.get("data")


def json_object(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer; a `ParserException` for anything else."""
    found = optional_json(answer)
    if not isinstance(found, dict) or not found:
        raise unreadable(answer, "it is not a JSON object with something in it")
    return found


def submitted_job_id(answer: Answer) -> str:
    """The id of the job that was submitted."""
    return _job_id(answer, json_object(answer))


def _job_id(answer: Answer, job: Any) -> str:
    """The id of a job; a `ParserException` where there is none: it may have started all the same."""
    found = job.get("id") if isinstance(job, dict) else None
    if not is_id(found):
        raise unreadable(answer, "it does not tell the id of the job")
    return str(found)


def bulk_job_id(answer: Answer) -> str:
    """The id of the job that a bulk query was taken for; what refused it is raised like the errors of a query."""
    told = json_object(answer)
    payload = told.get("payload") or {}
    if not isinstance(payload, dict):
        raise unreadable(answer, "it is no answer to a bulk query")
    errors = _dicts(payload.get("errors")) + _dicts(told.get("errors"))
    if errors:
        raise _graphql_error(answer, errors, told)
    return _job_id(answer, payload.get("data"))


def _parsed(answer: Answer) -> Any:
    try:
        return orjson.loads(answer.content)
    except orjson.JSONDecodeError as problem:
        if answer.content_type == "text/html" or answer.status >= 400:
            raise _gateway(answer) from None
        raise unreadable(answer, str(problem)) from None


def _context(answer: Answer, reply: Any = None) -> dict[str, Any]:
    return {"status": answer.status, "request": answer.request.label, "body": reply}


def _identified(error: APIError, answer: Answer, reply: Any = None) -> APIError:
    """The error with the platform's own name for the call."""
    known = reply.get("request_id", "") if isinstance(reply, dict) else ""
    error.request_id = answer.headers.get("x-ttd-request-id", "") or str(known)
    return error


def _gateway(answer: Answer) -> APIError:
    kind = by_status(answer.status)
    text = answer.excerpt() or "an empty body"
    message = f"no answer of The Trade Desk but HTTP {answer.status}, {answer.content_type or 'no type'}: {text}"
    error = kind(message, hint=_HINTS.get(answer.status, ""), **_context(answer))
    if answer.status < 400 or answer.status == 408:
        error.unsure = True  # somebody on the way said so: what became of a write is not told
    return _identified(error, answer)


def _failed(answer: Answer) -> APIError:
    """The error of an HTTP status: REST's message with details, problem details, GraphQL errors, a gateway's page."""
    try:
        reply = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return _gateway(answer)
    if not isinstance(reply, dict):
        return _gateway(answer)
    error = _described(answer, reply)
    error.answered = is_own_error(answer, reply)
    return error


def _described(answer: Answer, reply: dict[str, Any]) -> APIError:
    """The error that the JSON object of an answer tells of, whoever sent it."""
    if isinstance(reply.get("errors"), list):
        return _graphql_error(answer, _dicts(reply["errors"]), reply)
    lower = {name.lower(): value for name, value in reply.items()}
    message = lower.get("message") or lower.get("detail") or lower.get("title") or f"HTTP {answer.status}"
    pairs = [(detail.get("Property"), _text(detail.get("Reasons"))) for detail in _dicts(lower.get("errordetails"))]
    problems = lower.get("errors")
    if isinstance(problems, dict):
        pairs += [(name, _text(told)) for name, told in problems.items()]
    code = _problem(lower) or answer.status if answer.status < 500 else None  # a 5xx tells nothing of a write
    kind = by_status(answer.status)
    if pairs and kind is ValidationError:
        return _validation(answer, str(message), pairs, reply)
    error = kind(str(message), code=code, **_context(answer, reply))
    error.hint = _HINTS.get(answer.status, "")
    _describe(error, lower)
    return _identified(error, answer, reply)


def _problem(lower: Mapping[str, Any]) -> Any:
    """The type of problem details, where it says more than their status does (RFC 9457: ``about:blank`` does not)."""
    told = lower.get("type")
    return None if told == "about:blank" else told


def _describe(error: APIError, lower: Mapping[str, Any]) -> None:
    """The members of problem details (RFC 9457), by which the official SDK's users know them."""
    for member in ("type", "title", "detail", "instance"):
        setattr(error, member, lower.get(member))


def _text(told: Any) -> str:
    return " ".join(map(str, told)) if isinstance(told, list) else str(told or "")


def _dicts(found: Any) -> list[dict[str, Any]]:
    """What should be a list of dicts as one, whatever a proxy made of it."""
    many = found if isinstance(found, list) else [found] if found else []
    return [item if isinstance(item, dict) else {"message": str(item)} for item in many]


def _validation(answer: Answer, message: str, pairs: Iterable[tuple[Any, str]], reply: Any) -> ValidationError:
    model = _model(answer)
    named = [(_python_name(model, place), text) for place, text in pairs]
    told = "; ".join(f"{name}: {text}" if name else text for name, text in named)
    if all(text and text in message for _, text in named):
        message = ""  # it repeats them under the names of the wire
    told = ": ".join(filter(None, (message.rstrip(". "), told)))
    code = answer.status if answer.status >= 400 else None
    error = ValidationError(told, code=code, **_context(answer, reply))
    error.answered = True
    error.field_errors = {name: text for name, text in named if name}
    _describe(error, {key.lower(): value for key, value in reply.items()})
    _identified(error, answer, reply)
    return error


def _model(answer: Answer) -> TTDModel | None:
    """The class that a request is about; None where its answer is read as it is."""
    reader = answer.request.reader
    return model_of(reader.model) if isinstance(reader, TTDReader) else None


def _python_name(model: TTDModel | None, place: Any) -> str:
    """The Python name of a field that a surface complains about: a list of names, or a path in its spelling."""
    path = ".".join(map(str, place)) if isinstance(place, list) else str(place or "")
    if model is None or not path:
        return path
    wanted = path.lower().removeprefix("$.").removeprefix("input.")
    spellings: dict[str, str] = {}
    for name, field in model.fields.items():
        for known in (field.wire, getattr(field, "rest", ""), field.write):
            if known:
                spellings.setdefault(known.lower(), name)
                spellings.setdefault(known.rpartition(".")[2].lower(), name)
    while wanted:
        for spelling in (wanted, wanted.rpartition(".")[2]):
            if spelling in spellings:
                return spellings[spelling]
        wanted = wanted.rpartition(".")[0]
    return path


def _graphql_error(answer: Answer, errors: list[dict[str, Any]], reply: Any) -> APIError:
    """What the first error says, with the others after it."""
    code = next((code for error in errors if (code := _code(error))), None)
    messages = [str(error.get("message") or code) for error in errors]
    kind = _BY_CODE.get(str(code), by_status(answer.status) if answer.status >= 400 else APIError)
    rejected = _rejected(answer, errors)
    if rejected or any(says_so(error) for error in errors):
        kind = RejectedFieldError
    error = kind("; ".join(messages[:3]), code=code, hint=_HINTS.get(code, ""), **_context(answer, reply))
    error.answered = True
    if isinstance(error, RejectedFieldError) and rejected:
        told = ", ".join(f"{model}.{name}" for model, name in rejected)
        error.rejected, error.message = rejected, f"The Trade Desk refuses {told}: {error.message}"
        error.unexecuted = all(unexecuted(each) for each in errors)
        error.hint = "a session opened with drop_unknown=True, which is the default, goes on without it"
    if code == "SERVICE_UNAVAILABLE" and not answer.request.writes:
        error.transient = True
    if isinstance(error, UnavailableError) and answer.request.writes:
        error.unsure = True  # it does not say how far it came
    return _identified(error, answer)


def _code(error: Mapping[str, Any]) -> str | None:
    extensions = error.get("extensions")
    code = extensions.get("code") if isinstance(extensions, dict) else None
    return None if code is None else str(code)


def rejection(errors: Iterable[dict[str, Any]], reader: GraphQLReader) -> RejectedFieldError | None:
    """The error of a document that was refused in a job, where all is about fields that were asked for."""
    told = list(errors)
    rejected = refused(told, reader.selection.asked(), reader.document)
    if not told or rejected is None:
        return None
    error = RejectedFieldError("; ".join(str(each.get("message")) for each in told[:3]))
    error.rejected = tuple(sorted(rejected))
    return error


def _rejected(answer: Answer, errors: list[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    """The fields that the errors refuse, among those that were asked for; nothing where they are about other things."""
    reader = answer.request.reader
    if not isinstance(reader, GraphQLReader):
        return ()
    return tuple(sorted(refused(errors, reader.selection.asked(), reader.document) or ()))


def _leave_out(found: Any, path: Iterable[Any]) -> None:
    """Takes a null out that an error stands for."""
    *way, last = path or (None,)
    try:
        for step in way:
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
