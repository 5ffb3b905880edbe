"""What T1 answers: the parsed reply when its status is ok, else the matching error. Source: wire.md section 8."""

from __future__ import annotations

from typing import Any

from adplatforms.core.errors import (
    APIError,
    AuthRequiredError,
    ClientError,
    ConflictError,
    DeniedError,
    NotFoundError,
    ParserException,
    RateLimitError,
    UnavailableError,
    ValidationError,
)
from adplatforms.core.messages import Answer

from .expected import check_answer
from .parsing import Reply, parse

__all__ = ["check"]

_ERRORS: dict[str, type[APIError] | type[ClientError]] = {
    "invalid": ValidationError,
    "not_found": NotFoundError,
    "auth_required": AuthRequiredError,
    "auth_error": AuthRequiredError,
    "error": APIError,
    "bad_request": ClientError,
    "denied": DeniedError,
    "conflict": ConflictError,
}
_HINTS = {
    "auth_required": "the session has expired or was never opened: sign in again with T1(...)",
    "auth_error": "check user name, password and api_key, or sign in again",
    "conflict": "refresh() it, look at changes(), then save() again",
    "not_found": "it does not exist, or this user may not see it",
}


def check(answer: Answer) -> Reply:
    """The parsed reply when its status is ok and it holds what its operation must have, else the matching error. HTTP
    status does not count in T1."""
    try:
        reply = parse(answer)
        if reply.status == "ok":
            _place(reply, answer.request.path)
            check_answer(reply, answer.request)
            return reply
        if reply.status is None and answer.status < 400:
            _check_envelope(answer, reply)
    except ParserException as cut:
        cut.status, cut.request = answer.status, answer.request.label
        raise
    where: dict[str, Any] = {"status": answer.status, "request": answer.request.label, "body": reply.body}
    if reply.status is None:
        raise _gateway(answer, reply, where)
    kind = _ERRORS.get(reply.status, APIError)
    error = kind(reply.message or reply.status, code=reply.status, hint=_HINTS.get(reply.status, ""), **where)
    if isinstance(error, APIError):
        error.field_errors = {name: text for name, _, text in reply.errors if name}
        error.field_codes = {name: code for name, code, _ in reply.errors if name and code}
        if isinstance(error, ValidationError):
            lines = [f"{name}: {text}" if name else text for name, _, text in reply.errors]
            error.message = "\n".join([reply.status, *(lines or ([reply.message] if reply.message else []))])
    raise error


def _check_envelope(answer: Answer, reply: Reply) -> None:
    """A success that is not in T1's envelope cannot be read; a gateway's page with a text of its own tells who sent
    it."""
    data = "json" in answer.content_type or "xml" in answer.content_type
    if not answer.content.strip() or (data and not reply.message):
        raise ParserException(
            f"T1's answer is not in its envelope: {answer.excerpt() or 'an empty body'}",
            hint="a proxy or a broken connection may have changed it",
        )


def _place(reply: Reply, path: str) -> None:
    """Target dimensions and permissions do not say what they belong to: their URL does."""
    place = path.split("/")[2:]
    for row in reply.rows:
        kind = row.get("entity_type")
        if kind in ("target_dimension", "permission") and len(place) >= 3 and place[1].isdigit():
            row.update(parent=place[0], parent_id=int(place[1]))
            number = place[1] if kind == "permission" else place[3] if len(place) > 3 else ""
            if number.isdigit():
                row["id"] = int(number)


def _gateway(answer: Answer, reply: Reply, where: dict[str, Any]) -> APIError:
    """What stands before the API answered: a refusal of the key, a rate limit, a page in HTML."""
    text = reply.message or answer.excerpt() or "an empty body"
    message = f"no reply of T1 but HTTP {answer.status}, {answer.content_type or 'no content type'}: {text}"
    hint = "try again later"
    over = answer.headers.get("x-mashery-error-code") == "ERR_403_DEVELOPER_OVER_QPS"
    if over:
        hint = f"the call limit of the api_key is reached; wait {answer.headers.get('retry-after', 'some')} seconds"
    elif "developer" in text.lower():
        hint = "check the api_key"
    kinds = {401: AuthRequiredError, 429: RateLimitError}  # RFC 6750: what an expired token gets
    failing = UnavailableError if answer.status >= 500 or answer.status == 408 else APIError
    error = kinds.get(answer.status, RateLimitError if over else failing)(message, hint=hint, **where)
    # T1's own gateway names its code when it keeps a call from the API; a resource server refuses a token by RFC 6750.
    refused_token = answer.status == 401 and answer.headers.get("www-authenticate", "").lower().startswith("bearer")
    error.answered = refused_token or "x-mashery-error-code" in answer.headers
    if answer.status < 400:  # a write may have reached the API behind it
        error.unsure = True
    return error
