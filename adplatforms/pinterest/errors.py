"""The errors of Pinterest's answers, as typed exceptions. Source: wire.md, sections 6 to 8."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson

from adplatforms.core.errors import (
    APIError,
    AuthRequiredError,
    DeniedError,
    LoginError,
    NotFoundError,
    RateLimitError,
    UnavailableError,
    ValidationError,
    by_status,
)
from adplatforms.core.messages import Answer

from .limits import seconds_to_wait

if TYPE_CHECKING:
    from .model import PinterestModel

__all__ = ["NoCatalogError", "SpamError", "context", "error", "failure"]


class SpamError(DeniedError):
    """Pinterest takes the calls for spam: a 429 whose message says so.

    Waiting a second does not help, so it is never retried. Source: wire.md, section 7.
    """


class NoCatalogError(NotFoundError):
    """The account has no catalog (409, code 4182), so there are no feeds, product groups or items either."""


_CODES: dict[int, type[APIError]] = {
    # In batches it is an ad account that does not exist: see `failure`.
    2: AuthRequiredError,
    3: DeniedError,
    8: RateLimitError,
    12: UnavailableError,
    29: DeniedError,
    30: NotFoundError,
    50: NotFoundError,
    283: LoginError,
    2384: ValidationError,
    2625: DeniedError,
    2626: DeniedError,
    4161: NotFoundError,
    4176: DeniedError,
    4177: DeniedError,
    4178: ValidationError,
    4179: ValidationError,
    4180: NotFoundError,
    4182: NoCatalogError,
    4183: ValidationError,
    4196: ValidationError,
    4197: UnavailableError,
    4842: NotFoundError,
    4997: NotFoundError,
    6136: ValidationError,
    6137: ValidationError,
}
"""Pinterest's own numbers, which are not HTTP statuses. Source: wire.md, section 7."""

_TEMPORARY = 12
"""Pinterest's code for a failure that passes. It comes with status 400."""

_SIGN_IN = (
    "the access token is invalid or has ended: take another one, or refresh_token= with client_id=, client_secret=; a "
    'token of Pinterest\'s sandbox is good there only, environment="sandbox", and one of production only there'
)

_HINTS = {
    3: "the token lacks the scope that this call needs",
    # Production answers so to apps with trial access (wire.md, section 1).
    29: "an app with trial access may write to Pinterest's sandbox only; else ask for a role that may",
    283: "the refresh token or the code is used up: sign in again",
    # Seen live, not in the description (wire.md, section 7).
    2384: "set daily_spend_cap or lifetime_spend_cap",
    4182: "make one first: new('catalogs', ...)",
}


def error(answer: Answer, model: PinterestModel | None = None) -> APIError:
    """The error that an answer reports. Its code is Pinterest's own number; without a readable body there is none.

    model: the declaration of the records that the call is about, whose fields the error can name.

    Pinterest's own form is a code that is a number, and a message. A gateway may answer in JSON too, with a code that
    is a name or with a message alone: that says nothing of what became of a write, so `answered` is False.
    """
    content = _content(answer)
    code, message = content.get("code"), str(content.get("message") or answer.excerpt() or "no reason given")
    number = _number(code)
    spam = answer.status == 429 and "spam" in f"{message} {content.get('message_detail', '')}".lower()
    seconds = seconds_to_wait(answer, message)
    kind: type[APIError] = _class_of(answer, number)
    if spam:
        kind = SpamError
    elif seconds is not None:
        kind = RateLimitError
    hint = _HINTS.get(number or 0, "")
    if kind is AuthRequiredError:
        hint = _SIGN_IN
    # Refused conversion events alone have them, with status 422 (wire.md, section 7).
    if "details" in content:
        message = f"{message}: {content['details']}"
    answered = _is_number(code) and isinstance(content.get("message"), str)
    transient = _passes(answer, number, seconds, answered)
    if spam:
        # Waiting does not help (wire.md, section 7), whatever number of seconds the message names.
        transient, seconds = False, None
    return kind(
        message,
        code=code,
        body=content or None,
        hint=hint,
        answered=answered,
        transient=transient,
        unsure=_is_unsure(answer.status),
        retry_after=seconds,
        **context(answer, message, model),
    )


def _passes(answer: Answer, number: int | None, seconds: float | None, answered: bool) -> bool | None:
    """Whether trying again later helps; None where the class of the error decides.

    number: Pinterest's own code. seconds: how long to wait for a rate limit. answered: the error has Pinterest's own
    form.
    """
    writes = answer.request.writes
    if seconds is None:
        if number == _TEMPORARY or _refuses_recent_days(answer):
            return not writes
        return None
    # Only Pinterest's own form is a refusal: a write that a gateway throttled may have been passed on.
    if answered or not writes:
        return True
    return None


def _refuses_recent_days(answer: Answer) -> bool:
    """Whether a 400 calls days too old that are not.

    Analytics refuses the last 90 days every now and then, and answers the same call a second later. Source: wire.md,
    section 11.
    """
    if answer.status != 400 or b"90 days" not in answer.content:
        return False
    try:
        first = date.fromisoformat(dict(answer.request.params).get("start_date", ""))
    except ValueError:
        return False
    # The day that Pinterest counts from differs by the time zone.
    return first > datetime.now(UTC).date() - timedelta(days=90)


def _is_unsure(status: int) -> bool | None:
    """Whether a write may have been applied although its answer is an error; None where the class of it decides."""
    if status == 408 or (status >= 500 and status not in (501, 503, 505)):
        # Unlike a refusal, these do not say how far a write came, whatever code comes with them.
        return True
    return None


def failure(problem: Any, names: Mapping[str, str]) -> APIError | None:
    """The error of one element of a batch; None where there is none.

    problem: an exception ``{code, message}``, a list of them, or a list of messages: each family has its own form
    (wire.md, section 6). names: the Python names of fields by wire name.
    """
    listed = problem if isinstance(problem, list) else [problem]
    problems = [each for each in listed if each]
    if not problems:
        return None
    codes, texts = [], []
    for each in problems:
        if isinstance(each, Mapping):
            codes.append(each.get("code"))
            each = each.get("message") or each
        texts.append(str(each))
    code = next((each for each in codes if each is not None), None)
    kind, hint = _class_and_hint(code)
    message = "; ".join(texts)
    return kind(
        message,
        code=code,
        body=problem,
        hint=hint,
        field_errors=_named_fields(message, names),
        transient=False,
        answered=True,
    )


def _class_and_hint(code: Any) -> tuple[type[APIError], str]:
    """What an element's code means: `ValidationError` for those that nobody knows."""
    if not isinstance(code, int):
        return ValidationError, ""
    kind = _CODES.get(code, ValidationError)
    if kind is AuthRequiredError:
        # In a batch, code 2 is an ad account that does not exist (wire.md, section 7); the token is good.
        kind = NotFoundError
    return kind, _HINTS.get(code, "")


def _is_number(code: Any) -> bool:
    """Whether a code has the form of Pinterest's own."""
    return isinstance(code, int) and not isinstance(code, bool)


def _number(code: Any) -> int | None:
    """A code as a number, also where it came as text; None where it is neither."""
    if isinstance(code, (int, str)) and str(code).isdigit():
        return int(code)
    return None


def _class_of(answer: Answer, code: int | None) -> type[APIError]:
    """The class of an error by Pinterest's code, else by the status."""
    if answer.status == 401:
        # Signing in again helps only for code 2 or none: a protected board answers 401 too.
        if code in (None, 401):
            return AuthRequiredError
        return _CODES.get(code, DeniedError)
    if answer.status in (501, 505):  # neither waiting nor a smaller page helps
        return APIError
    if code in _CODES and code not in (2, 8) and answer.status < 500 and answer.status != 429:
        return _CODES[code]
    return by_status(answer.status)


def _content(answer: Answer) -> dict[str, Any]:
    """The body of an error as an object; empty where it is not JSON."""
    try:
        content = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return {}
    if isinstance(content, dict):
        return content
    return {"message": str(content)}


def context(answer: Answer, message: str, model: PinterestModel | None = None) -> dict[str, Any]:
    """What an error tells of its call, as arguments of the error.

    These are the HTTP status, the request, Pinterest's id of it, which their support asks for, and the fields of the
    model that the message names.
    """
    return {
        "status": answer.status,
        "request": answer.request.label,
        "request_id": answer.headers.get("x-pinterest-rid", ""),
        "field_errors": {} if model is None else _named_fields(message, model.python_names),
    }


def _named_fields(message: str, names: Mapping[str, str]) -> dict[str, str]:
    """The fields that a message names, by Python name.

    A common word such as ``name`` or ``status`` counts only in quotes: unquoted it is most likely just English.
    """
    words: Iterable[str] = re.findall(r"[A-Za-z]+(?:_[A-Za-z]+)+|'[a-z]+'|\"[a-z]+\"", message)
    found = {names[word.strip("'\"")] for word in words if word.strip("'\"") in names}
    return dict.fromkeys(sorted(found), message)
