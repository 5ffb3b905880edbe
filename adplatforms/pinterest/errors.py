"""The errors of Pinterest's answers, as typed exceptions. Source: wire.md, sections 6 to 8."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

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

__all__ = ["NoCatalogError", "SpamError", "error", "failure", "placed", "retry_seconds"]


class SpamError(DeniedError):
    """Pinterest takes the calls for spam (a 429 that says so): waiting a second does not help, it is never retried."""


class NoCatalogError(NotFoundError):
    """The account has no catalog (409, code 4182): there are no feeds, product groups or items either."""


_CODES: dict[int, type[APIError]] = {
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
"""Pinterest's own numbers. Source: wire.md, section 7."""

_SIGN_IN = (
    "the access token is invalid or has ended: take another one, or refresh_token= with client_id=, client_secret="
)

_HINTS = {
    3: "the token lacks the scope that this call needs",
    29: "an app with trial access may write to Pinterest's sandbox only; else ask for a role that may",
    283: "the refresh token or the code is used up: sign in again",
    2384: "set daily_spend_cap or lifetime_spend_cap",
    4182: "make one first: new('catalogs', ...)",
}


def error(answer: Answer) -> APIError:
    """The error that an answer reports. Its code is Pinterest's own number; without a readable body, there is none.

    Pinterest's own form is a code that is a number, and a message. A gateway may answer in JSON too, with a code that
    is a name or with a message alone: that says nothing of what became of a write.
    """
    told = _told(answer)
    code, message = told.get("code"), str(told.get("message") or answer.excerpt() or "no reason given")
    number = int(code) if isinstance(code, (int, str)) and str(code).isdigit() else None
    kind = _kind(answer, number)
    seconds = retry_seconds(message) if answer.status in (400, 429) else None
    if seconds is not None:
        kind = RateLimitError
    hint = _SIGN_IN if kind is AuthRequiredError else _HINTS.get(number or 0, "")
    spam = answer.status == 429 and "spam" in f"{message} {told.get('message_detail', '')}".lower()
    found = (SpamError if spam else kind)(message, code=code, body=told or None, hint=hint)
    found.answered = _is_number(code) and isinstance(told.get("message"), str)
    if answer.status == 408 or (answer.status >= 500 and answer.status not in (501, 503, 505)):
        found.unsure = True  # unlike a refusal it does not say how far a write came, whatever its code
    if spam:
        found.transient = False
    elif seconds is not None:
        found.transient = True if found.answered or not answer.request.writes else None
        found.retry_after = seconds
    elif number == 12:
        found.transient = not answer.request.writes
    if "details" in told:
        found.message = f"{message}: {told['details']}"
    return placed(found, answer)


def failure(told: Any, names: Mapping[str, str]) -> APIError | None:
    """The error of one element of a batch: from an exception ``{code, message}``, a list of them, or a list of
    messages; None where there is none. `names`: the Python names of fields by wire name."""
    found = [each for each in (told if isinstance(told, list) else [told]) if each]
    if not found:
        return None
    codes = [each.get("code") for each in found if isinstance(each, Mapping)]
    texts = [str(each.get("message") or each) if isinstance(each, Mapping) else str(each) for each in found]
    message, code = "; ".join(texts), next((each for each in codes if each is not None), None)
    kind = _CODES.get(code, ValidationError) if isinstance(code, int) else ValidationError
    if kind is AuthRequiredError:  # in a batch, code 2 is an account that is not there
        kind = NotFoundError
    problem = kind(message, code=code, body=told, hint=_HINTS.get(code, "") if isinstance(code, int) else "")
    problem.field_errors = _fields(message, names)
    problem.transient = False
    problem.answered = True
    return problem


def _is_number(code: Any) -> bool:
    return isinstance(code, int) and not isinstance(code, bool)


def retry_seconds(message: str) -> float | None:
    """The seconds of "Retry after N seconds", which analytics answers with status 400 when it is throttled."""
    found = re.search(r"retry after (\d+(?:\.\d+)?) seconds?", message, re.I)
    return float(found[1]) if found else None


def _kind(answer: Answer, code: int | None) -> type[APIError]:
    """401 means signing in again only for code 2 or none: a protected board answers 401 too."""
    if answer.status == 401:
        return _CODES.get(code, DeniedError) if code not in (None, 401) else AuthRequiredError
    if answer.status in (501, 505):  # neither waiting nor a smaller page helps
        return APIError
    if code in _CODES and code not in (2, 8) and answer.status < 500 and answer.status != 429:
        return _CODES[code]
    return by_status(answer.status)


def _told(answer: Answer) -> dict[str, Any]:
    try:
        told = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {"message": str(told)}


def placed(problem: APIError, answer: Answer) -> APIError:
    """The error with the call it belongs to and Pinterest's id of it, which their support asks for."""
    problem.status, problem.request = answer.status, answer.request.label
    problem.request_id = answer.headers.get("x-pinterest-rid", "")
    names = getattr(getattr(answer.request.subject, "model", None), "_fields", {})
    problem.field_errors = _fields(problem.message, {field.wire: name for name, field in names.items()})
    return problem


def _fields(message: str, names: Mapping[str, str]) -> dict[str, str]:
    """The fields that a message names, by Python name: only names that are no common word count unquoted."""
    words: Iterable[str] = re.findall(r"[A-Za-z]+(?:_[A-Za-z]+)+|'[a-z]+'|\"[a-z]+\"", message)
    found = {names[word.strip("'\"")] for word in words if word.strip("'\"") in names}
    return dict.fromkeys(sorted(found), message)
