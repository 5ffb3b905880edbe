"""What T1's answers say: rows, or the error they report. Source: wire.md, 4 to 8 and 11.

T1 says ``ok`` in its envelope, also where the answer was cut or mixed up on its way. What an operation must answer with
is therefore checked; counts are not, because child collections come without them or with a total of 0.

| operation | must hold |
| --- | --- |
| a collection, a count, ``bulk_copy``, ``budget_flights/bulk``, ``site_lists`` | a list: JSON `data`, XML `entities` |
| a record by its id, a save, ``copy``, a POST of ``supplies`` or ``deals`` | one record, with its id |
| child collections, uploads, estimates, settings | content: a list or one object |
| ``history`` | a log (XML) |
| any other operation: deletions, segments, domains, hours, targets, margins, brain selections | a status only |
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Any

from adplatforms.core.dialect import Quota
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
from adplatforms.core.hints import brief
from adplatforms.core.messages import Answer, Request
from adplatforms.core.paging import Page
from adplatforms.core.reader import Reader

from .parsing import Reply, parse

__all__ = ["CONTENT", "LIST", "LOG", "ONE", "STATUS", "T1Reader", "check", "quota_of"]

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
"""The error by T1's status code."""
_HINTS = {
    "auth_required": "the session has expired or was never opened: sign in again with T1(...)",
    "auth_error": "check user name, password and api_key, or sign in again",
    "conflict": "refresh() it, look at changes(), then save() again",
    "not_found": "it does not exist, or this user may not see it",
}
_OVER_LIMIT = "ERR_403_DEVELOPER_OVER_QPS"
"""The gateway's code for too many calls, which comes with HTTP 403."""

_OVER_RATE = "rate-limit-exceeded"
"""T1's own code for too many calls, in its envelope with HTTP 429 (v3/README.md, Limits)."""


_MOST_OF_A_PAGE = 65536
"""Bytes of a gateway's page that an error holds."""


class T1Reader(Reader):
    """Reads the answers of one kind of operation. wanted: what a success must hold, a row of the table above."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted

    def page(self, answer: Answer) -> Page:
        """The rows of a listing. Raises the error that the answer reports, and `ParserException` for a success that
        does not hold what its operation must have, or is about another record."""
        reply = check(answer)
        return Page(reply.rows, reply.total, extra={"single": not reply.many, "log": reply.log})

    def saved(self, answer: Answer) -> dict[str, Any] | None:
        """The record that a write answers with; None for a bare success. Raises as `page` does."""
        reply = check(answer)
        if reply.many or not reply.rows:
            return None
        return reply.rows[0]

    def check(self, reply: Reply, request: Request) -> None:
        """Raises a `ParserException` where a success lacks what its operation must have, or is about another
        record."""
        # An empty list of errors is a success: uploads of postal codes answer with one (wire.md section 11).
        if reply.errors:
            raise ParserException(f"T1 says ok and names an error: {reply.errors[0][2]}")
        if not self._holds(reply):
            raise ParserException(f"T1 says ok, but its answer does not hold {self.wanted}")
        _check_subject(reply, request)

    def _holds(self, reply: Reply) -> bool:
        """Whether a reply has the shape that is wanted."""
        if self is STATUS:
            return True
        # A row with nothing but its type is what a cut answer leaves.
        filled = [row for row in reply.rows if row.keys() - {"entity_type"}]
        if len(filled) < len(reply.rows):
            return False
        if self is LIST:
            return reply.many and all(row.get("id") is not None for row in filled)
        if self is ONE:
            return not reply.many and len(filled) == 1 and filled[0].get("id") is not None
        if self is CONTENT:
            return reply.many or bool(filled)
        return reply.logged

    def __repr__(self) -> str:
        return f"<T1Reader of {self.wanted}>"


LIST = T1Reader("a list of records")
ONE = T1Reader("one record")
CONTENT = T1Reader("content")
LOG = T1Reader("a log")
STATUS = T1Reader("a status")


def check(answer: Answer) -> Reply:
    """The parsed reply when its status is ok and it holds what its operation must have, else the matching error. HTTP
    status does not count in T1."""
    request = answer.request
    try:
        reply = parse(answer)
        if reply.status == "ok":
            _add_parents(reply, request.path)
            reader = request.reader
            if not isinstance(reader, T1Reader):
                reader = STATUS
            reader.check(reply, request)
            return reply
        if reply.status is None and answer.status < 400:
            _check_envelope(answer, reply)
    except ParserException as unreadable:
        unreadable.status, unreadable.request = answer.status, request.label
        raise
    context: dict[str, Any] = {"status": answer.status, "request": request.label, "body": reply.body}
    if reply.status is None:
        raise _gateway_error(answer, reply, context)
    kind = _ERRORS.get(reply.status, APIError)
    # Whatever status the envelope has with it.
    if answer.status == 429 or any(code == _OVER_RATE for _, code, _ in reply.errors):
        kind = RateLimitError
    message = reply.message or reply.status
    if issubclass(kind, ValidationError):
        message = _validation_message(reply)
    if issubclass(kind, APIError):
        context["field_errors"] = {name: text for name, _, text in reply.errors if name}
        context["field_codes"] = {name: code for name, code, _ in reply.errors if name and code}
    raise kind(message, code=reply.status, hint=_HINTS.get(reply.status, ""), **context)


def quota_of(answer: Answer) -> Quota | None:
    """What an answer says of the calls that are left: ``X-RateLimit-Remaining`` and ``X-RateLimit-Reset``, in Unix
    seconds. None where that cannot be read. Source: the vendor's guide, v3/README.md, Limits."""
    remaining = answer.headers["x-ratelimit-remaining"].strip()
    if not remaining.isdecimal():
        return None
    reset, date = answer.headers.get("x-ratelimit-reset", "").strip(), answer.headers.get("date", "")
    seconds = None
    # By the server's clock on both sides: this machine's may differ.
    if reset.isdecimal() and date:
        seconds = _seconds_between(date, int(reset))
    return Quota(answer.request.category, None, int(remaining), seconds)


def _seconds_between(date: str, moment: int) -> float | None:
    """Seconds from a `Date` header to a moment in Unix seconds, 0 where it is past; None where it cannot be read."""
    try:
        return max(0.0, moment - parsedate_to_datetime(date).timestamp())
    except (ValueError, OverflowError):
        return None


def _validation_message(reply: Reply) -> str:
    """The status, then a line for each field that T1 complains about."""
    lines = [f"{name}: {text}" if name else text for name, _, text in reply.errors]
    if not lines and reply.message:
        lines = [reply.message]
    return "\n".join([str(reply.status), *lines])


def _check_envelope(answer: Answer, reply: Reply) -> None:
    """A success that is not in T1's envelope cannot be read; a gateway's page with a text of its own says who sent
    it."""
    is_data = "json" in answer.content_type or "xml" in answer.content_type
    if not answer.content.strip() or (is_data and not reply.message):
        raise ParserException(
            f"T1's answer is not in its envelope: {answer.excerpt() or 'an empty body'}",
            hint="a proxy or a broken connection may have changed it",
        )


def _add_parents(reply: Reply, path: str) -> None:
    """Target dimensions and permissions do not say what they belong to: their URL does, ``users/7/permissions`` or
    ``strategies/7/target_dimensions/4``."""
    parent, parent_id, *below = [*path.split("/")[2:], "", "", ""]
    for row in reply.rows:
        kind = row.get("entity_type")
        if kind not in ("target_dimension", "permission") or not below[0] or not parent_id.isdigit():
            continue
        row.update(parent=parent, parent_id=int(parent_id))
        own_id = parent_id if kind == "permission" else below[1]
        if own_id.isdigit():
            row["id"] = int(own_id)


def _check_subject(reply: Reply, request: Request) -> None:
    """Whether the rows are of the record that the path names: its own id, or that of the parent where they show it."""
    # Below the service and its version: campaigns/7, campaigns/7/copy, strategies/7/target_dimensions/4.
    collection, _, rest = request.path.partition("/")[2].partition("/")[2].partition("/")
    owner_id, *tail = rest.split("/")
    # A listing: the core holds its rows against the ids that were asked for.
    if not owner_id.isdecimal():
        return
    kind = collection.removesuffix("s")
    if collection.endswith("ies"):
        kind = collection.removesuffix("ies") + "y"
    for row in reply.rows:
        is_owner = row.get("entity_type") == kind
        if tail == ["copy"]:
            if is_owner and str(row.get("id")) == owner_id:
                raise ParserException(f"the answer names {kind} {owner_id} itself, not a copy of it")
        elif tail:
            _compare(kind, row.get("id" if is_owner else f"{kind}_id"), owner_id)
    names_child = request.method == "GET" and len(tail) == 2 and tail[1].isdecimal()
    if names_child and not reply.many:
        for row in reply.rows:
            _compare(row.get("entity_type"), row.get("id"), tail[1])


def _compare(kind: object, shown: object, asked: str) -> None:
    """Raises a `ParserException` where an answer shows another id than the one asked for."""
    # Many answers do not show the parent; what they show must fit.
    if shown not in (None, "") and str(shown) != str(int(asked)):
        message = f"the answer is about another record: {brief(kind)} {brief(shown)}, {asked} was asked for"
        raise ParserException(message)


def _gateway_error(answer: Answer, reply: Reply, context: dict[str, Any]) -> APIError:
    """The error of what answered in front of the API: a refusal of the key, a rate limit, a page in HTML."""
    text = reply.message or answer.excerpt() or "an empty body"
    about = f"no reply of T1 but HTTP {answer.status}, {answer.content_type or 'no content type'}: {text}"
    # The classic SDK hands on what a gateway sent in XML, as bytes.
    message: str | bytes = about
    if "xml" in answer.content_type:
        message, context["about"] = answer.content[:_MOST_OF_A_PAGE], about
    gateway_code = answer.headers.get("x-mashery-error-code")
    kind: type[APIError] = APIError
    hint = "try again later"
    if answer.status >= 500 or answer.status == 408:
        kind = UnavailableError
    # A 403, and passing all the same (wire.md section 11, go-t1).
    if gateway_code == _OVER_LIMIT:
        kind = RateLimitError
        hint = f"the call limit of the api_key is reached; wait {answer.headers.get('retry-after', 'some')} seconds"
    elif "developer" in text.lower():
        hint = "check the api_key"
    if answer.status == 401:
        kind = AuthRequiredError
    elif answer.status == 429:
        kind = RateLimitError
    # T1's own gateway names its code when it keeps a call from the API; a resource server refuses a token by RFC 6750.
    challenge = answer.headers.get("www-authenticate", "").lower()
    token_refused = answer.status == 401 and challenge.startswith("bearer")
    answered = token_refused or gateway_code is not None
    unsure = None
    if answer.status < 400:  # a proxy's own page of success: the write may have reached the API behind it
        unsure = True
    return kind(message, hint=hint, answered=answered, unsure=unsure, **context)
