"""The errors that The Trade Desk reports: REST's messages, problem details of Workflows, GraphQL's lists.

What a body is called in its headers is not relied on: it is read for what it holds. Whose error it is matters for
writes. The platform's own refusal says that nothing was applied, a gateway's says nothing, even where it happens to
answer in JSON:

| surface | its own form | source |
| --- | --- | --- |
| REST | ``{"Message": text, "ErrorDetails": [...]}`` | platform_rest_v3.md "Errors" |
| GraphQL | ``{"errors": [{"message": text, ...}]}``; 429: ``{"message": text}`` | graphql.md "Errors" |
| Workflows | problem details with a type or a title, whose status is that of the answer | workflows.json |

The facts do not say in which of them Workflows passes the errors of REST and GraphQL on: each form is taken from each
surface, but for the plain message, which any gateway may send.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from adplatforms.core.errors import (
    APIError,
    AuthRequiredError,
    NotFoundError,
    RateLimitError,
    UnavailableError,
    ValidationError,
    by_status,
)
from adplatforms.core.messages import Answer

from .graphql.reader import GraphQLReader
from .graphql.refused import code_of, refused, says_refused, unexecuted
from .limits import seconds_to_wait
from .mapped import write_path
from .model import TTDModel, model_of
from .reader import TTDReader

__all__ = [
    "RejectedFieldError",
    "ResourceLimitError",
    "error_of",
    "gateway_error",
    "graphql_error",
    "is_own_error",
    "objects",
    "rejection",
    "validation_error",
]

Row = dict[str, Any]


class RejectedFieldError(APIError):
    """The server does not know a field that was asked for, or this user may not see it.

    `rejected`: the names of the entity class and of its field, for each. `unexecuted`: whether the server refused the
    document before it executed anything, so that a mutation in it was not applied.
    """

    def __init__(
        self, *args: Any, rejected: tuple[tuple[str, str], ...] = (), unexecuted: bool = False, **context: Any
    ) -> None:
        super().__init__(*args, **context)
        self.rejected, self.unexecuted = rejected, unexecuted


class ResourceLimitError(RateLimitError):
    """Too many calls, or a GraphQL document that asks for too much at once: the code stands for both [D].

    So the session waits a minute and asks once more. Where that did not help, it reads a page in smaller parts.
    """


_BY_CODE: dict[str, type[APIError]] = {
    "AUTHENTICATION_FAILURE": AuthRequiredError,
    "NOT_FOUND": NotFoundError,
    "RESOURCE_LIMIT_EXCEEDED": ResourceLimitError,
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
_MOST_OF_A_PAGE = 20_000
"""Bytes of a body that is not JSON, which an error keeps."""
_MOST_MESSAGES = 3
"""Messages of several errors that are put into one."""


# whose error it is


def is_own_error(answer: Answer, reply: Mapping[str, Any]) -> bool:
    """Whether the JSON object of an answer is an error in one of the platform's own forms."""
    if isinstance(reply.get("Message"), str):
        return True
    if _is_problem(answer, reply) or _is_graphql(reply.get("errors")):
        return True
    throttled = answer.status == 429 and answer.request.category == "graphql"
    return throttled and isinstance(reply.get("message"), str)


def _is_problem(answer: Answer, reply: Mapping[str, Any]) -> bool:
    """Whether an object is problem details about this very answer."""
    # All members are optional there, but one without a type or a title could be anybody's.
    named = isinstance(reply.get("title"), str) or isinstance(reply.get("type"), str)
    # One that was relayed from somebody else has another status than the answer.
    return named and reply.get("status") in (None, answer.status)


def _is_graphql(errors: Any) -> bool:
    """Whether this is GraphQL's list of errors, each an object with a message."""
    if not isinstance(errors, list) or not errors:
        return False
    return all(isinstance(each, dict) and isinstance(each.get("message"), str) for each in errors)


# errors with an HTTP status


def error_of(answer: Answer) -> APIError:
    """The error of an answer with an HTTP status of 400 and above, whoever sent it."""
    try:
        reply = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return gateway_error(answer)
    if not isinstance(reply, dict):
        return gateway_error(answer)
    return _described(answer, reply, answered=is_own_error(answer, reply))


def gateway_error(answer: Answer) -> APIError:
    """The error of an answer that is not The Trade Desk's: a page of a proxy, or of a load balancer."""
    text = answer.excerpt() or "an empty body"
    kind = answer.content_type or "no type"
    unsure = None
    if answer.status < 400 or answer.status == 408:
        # The platform may have applied a write all the same: nothing here says what became of it.
        unsure = True
    return by_status(answer.status)(
        f"this is not an answer of The Trade Desk but HTTP {answer.status}, {kind}: {text}",
        hint=_HINTS.get(answer.status, ""),
        unsure=unsure,
        # The body whatever its type, as far as it is of use to anybody.
        **_context(answer, answer.content[:_MOST_OF_A_PAGE].decode("utf-8", "replace")),
    )


def _described(answer: Answer, reply: Row, answered: bool) -> APIError:
    """The error that the JSON object of an answer describes. answered: whether The Trade Desk itself sent it."""
    if isinstance(reply.get("errors"), list):
        return graphql_error(answer, objects(reply["errors"]), reply, answered)
    # REST capitalizes its names, Workflows does not.
    lower = {name.lower(): value for name, value in reply.items()}
    message = str(lower.get("message") or lower.get("detail") or lower.get("title") or f"HTTP {answer.status}")
    pairs = list(_field_messages(lower))
    kind = by_status(answer.status)
    if pairs and kind is ValidationError:
        return validation_error(answer, message, pairs, reply, answered)
    error = kind(
        message,
        code=_code_of(answer, lower),
        hint=_HINTS.get(answer.status, ""),
        answered=answered,
        **_context(answer, reply),
    )
    _add_problem_members(error, lower)
    return error


def _field_messages(lower: Mapping[str, Any]) -> Iterable[tuple[Any, str]]:
    """What an error says of single fields: REST's ``ErrorDetails``, or the ``errors`` of problem details."""
    for detail in objects(lower.get("errordetails")):
        yield detail.get("Property"), _joined(detail.get("Reasons"))
    problems = lower.get("errors")
    if isinstance(problems, dict):
        for name, reasons in problems.items():
            yield name, _joined(reasons)


def _code_of(answer: Answer, lower: Mapping[str, Any]) -> Any:
    """The platform's code of an error: the type of problem details, else the HTTP status."""
    # An error with a code counts as the platform's word that a write was not applied, which a 5xx is not.
    if answer.status >= 500:
        return None
    problem = lower.get("type")
    # RFC 9457: the default type says no more than the status.
    return answer.status if not problem or problem == "about:blank" else problem


def _add_problem_members(error: APIError, lower: Mapping[str, Any]) -> None:
    """The members of problem details (RFC 9457), by which the official SDK's users know them."""
    for member in ("type", "title", "detail", "instance"):
        setattr(error, member, lower.get(member))


def validation_error(
    answer: Answer, message: str, pairs: Iterable[tuple[Any, str]], reply: Any, answered: bool = True
) -> ValidationError:
    """What is wrong with single fields.

    pairs: the field, in the spelling of the surface, and what is said of it. answered: whether The Trade Desk itself
    sent it.
    """
    model = _model(answer)
    named = [(_python_name(model, path), text) for path, text in pairs]
    if all(text and text in message for _, text in named):
        message = ""  # it repeats them under the names of the wire
    details = "; ".join(f"{name}: {text}" if name else text for name, text in named)
    code = answer.status if answer.status >= 400 else None
    text = ": ".join(filter(None, (message.rstrip(". "), details)))
    fields = {name: text for name, text in named if name}
    error = ValidationError(text, code=code, field_errors=fields, answered=answered, **_context(answer, reply))
    _add_problem_members(error, {key.lower(): value for key, value in reply.items()})
    return error


def _model(answer: Answer) -> TTDModel | None:
    """The class that a request is about; None where its answer is read as it is."""
    reader = answer.request.reader
    return model_of(reader.model) if isinstance(reader, TTDReader) else None


def _python_name(model: TTDModel | None, path: Any) -> str:
    """The Python name of a field that a surface complains about; the path as it is where there is none.

    path: a list of names, or names with dots, in the spelling of the surface.
    """
    text = _joined(path, ".")
    if model is None or not text:
        return text
    spellings = _spellings(model)
    wanted = text.lower().removeprefix("$.").removeprefix("input.")
    # A member of a nested value is the field's that holds it: the path is cut from its end.
    while wanted:
        for spelling in (wanted, wanted.rpartition(".")[2]):
            if spelling in spellings:
                return spellings[spelling]
        wanted = wanted.rpartition(".")[0]
    return text


def _spellings(model: TTDModel) -> dict[str, str]:
    """The Python names of fields by their names and paths on all surfaces, in lower case."""
    spellings: dict[str, str] = {}
    for name, field in model.fields.items():
        for known in (field.wire, getattr(field, "rest", ""), write_path(field)):
            if known:
                spellings.setdefault(known.lower(), name)
                spellings.setdefault(known.rpartition(".")[2].lower(), name)
    return spellings


# errors of GraphQL


def graphql_error(answer: Answer, errors: list[Row], reply: Any, answered: bool = True) -> APIError:
    """One error for a list of GraphQL's: the first one's code decides its class, the message has the first three.

    answered: whether The Trade Desk itself sent them.
    """
    context = _context(answer, reply)
    code = next((code for error in errors if (code := code_of(error))), None)
    message = _first([str(error.get("message") or code) for error in errors])
    kind = _graphql_class(answer, code, errors)
    hint = _HINTS.get(code, "")
    fate: dict[str, Any] = {"answered": answered}
    rejected = _rejected(answer, errors)
    if rejected:
        kind = RejectedFieldError
        fate |= {"rejected": rejected, "unexecuted": all(unexecuted(each) for each in errors)}
        message = f"The Trade Desk refuses {', '.join(f'{model}.{name}' for model, name in rejected)}: {message}"
        hint = "a session opened with drop_unknown=True, which is the default, goes on without it"
    if code == "SERVICE_UNAVAILABLE" and not answer.request.writes:
        fate["transient"] = True
    if kind is ResourceLimitError:
        context["retry_after"] = seconds_to_wait(answer)
    if issubclass(kind, UnavailableError) and answer.request.writes:
        fate["unsure"] = True  # the document may have been executed in part
    return kind(message, code=code, hint=hint, **context, **fate)


def _graphql_class(answer: Answer, code: str | None, errors: list[Row]) -> type[APIError]:
    if any(says_refused(error) for error in errors):
        return RejectedFieldError
    by_code = _BY_CODE.get(str(code))
    if by_code is not None:
        return by_code
    # Most GraphQL errors come with HTTP 200.
    return by_status(answer.status) if answer.status >= 400 else APIError


def rejection(errors: Iterable[Row], reader: GraphQLReader) -> RejectedFieldError | None:
    """The error of a document that was refused in a job; None unless all is about fields that were asked for."""
    found = list(errors)
    rejected = refused(found, reader.selection.asked(), reader.document)
    if not found or rejected is None:
        return None
    message = _first([str(each.get("message")) for each in found])
    return RejectedFieldError(message, rejected=tuple(sorted(rejected)))


def _rejected(answer: Answer, errors: list[Row]) -> tuple[tuple[str, str], ...]:
    """The fields that the errors refuse, among those that were asked for; nothing where they are about other things."""
    reader = answer.request.reader
    if not isinstance(reader, GraphQLReader):
        return ()
    return tuple(sorted(refused(errors, reader.selection.asked(), reader.document) or ()))


# what all of them have


def _context(answer: Answer, reply: Any = None) -> dict[str, Any]:
    """What an error tells of its call, the platform's own name for it among that, which its support asks for."""
    in_body = reply.get("request_id", "") if isinstance(reply, dict) else ""
    request_id = answer.headers.get("x-ttd-request-id", "") or str(in_body)
    context = {"status": answer.status, "request": answer.request.label, "body": reply, "request_id": request_id}
    if answer.status == 429:
        context["retry_after"] = seconds_to_wait(answer)
    return context


def _first(messages: list[str]) -> str:
    return "; ".join(messages[:_MOST_MESSAGES])


def _joined(found: Any, separator: str = " ") -> str:
    """A list as text; text as it is, nothing for null."""
    if isinstance(found, list):
        return separator.join(map(str, found))
    return str(found or "")


def objects(found: Any) -> list[Row]:
    """What should be a list of objects as one, whatever a proxy made of it: other values are taken for messages."""
    if not found:
        return []
    many = found if isinstance(found, list) else [found]
    return [item if isinstance(item, dict) else {"message": str(item)} for item in many]
