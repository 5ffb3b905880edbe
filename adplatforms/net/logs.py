"""Logging: a line for each call in the logger `adplatforms`, the whole of each call in a logger of the user's.

Credentials are masked in both, and in what urllib3 logs by itself.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable

from adplatforms.core.errors import AdPlatformsError
from adplatforms.core.messages import Answer, Request

__all__ = [
    "LOGGER",
    "describe_call",
    "environment_logger",
    "log_answer",
    "log_failure",
    "log_retry",
    "log_unknown_fate",
    "mask_signatures",
    "mask_urllib3_log",
    "new_request_id",
]

LOGGER = logging.getLogger("adplatforms")
"""Each call at DEBUG, each retry at INFO, each write of which nobody knows what became at WARNING.

Every record has the attributes `request_id`, the same for all attempts of a request, and `request` (method and path).
"""
# Without a handler of its own, Python would print the warnings of programs that have not set up logging.
LOGGER.addHandler(logging.NullHandler())

Redact = Callable[[str], str]


def new_request_id() -> str:
    """An id by which the records of one request are found: 8 hexadecimal digits."""
    return os.urandom(4).hex()


def log_answer(request: Request, status: int, size: int | None, seconds: float, redact: Redact) -> None:
    """Notes a call that was answered, at DEBUG.

    size: bytes of the body, None for one that is read piece by piece. seconds: until its headers arrived.
    """
    if LOGGER.isEnabledFor(logging.DEBUG):
        body = "streamed"
        if size is not None:
            body = f"{size:,} bytes"
        text = f"{request.label}: HTTP {status}, {body}, {seconds:.3f} s"
        _log(logging.DEBUG, request, text, redact, status=status, seconds=seconds)


def log_failure(request: Request, error: AdPlatformsError, redact: Redact) -> None:
    """Notes a call that was not answered, at DEBUG."""
    if LOGGER.isEnabledFor(logging.DEBUG):
        _log(logging.DEBUG, request, f"{request.label}: {_shown(error)}", redact)


def log_retry(request: Request, error: AdPlatformsError, attempt: int, pause: float, redact: Redact) -> None:
    """Notes that a request is sent again, at INFO. attempt: how often it was sent. pause: seconds until it is again."""
    if LOGGER.isEnabledFor(logging.INFO):
        text = f"{request.label}: attempt {attempt} failed, the next one is in {pause:.1f} s: {_shown(error)}"
        _log(logging.INFO, request, text, redact, attempt=attempt, pause=pause)


def log_unknown_fate(request: Request, error: AdPlatformsError, redact: Redact) -> None:
    """Notes a write that the platform may have applied or not, at WARNING."""
    text = f"{request.label}: the platform may have applied it: {_shown(error)}"
    _log(logging.WARNING, request, text, redact)


def _shown(error: AdPlatformsError) -> str:
    return f"{type(error).__name__}: {error}"


def _log(level: int, request: Request, text: str, redact: Redact, **extra: object) -> None:
    known = {"request_id": request.id, "request": redact(request.label), **extra}
    LOGGER.log(level, "%s [%s]", redact(text), request.id, extra=known, stacklevel=3)


def describe_call(answer: Answer) -> str:
    """A call as a `debug_logger` shows it: of a form only the names, the JSON body, the start of the answer.

    Of a private request, whose bodies hold credentials that nobody can mask yet, only method, path and outcome. What
    signs a link is masked.
    """
    request = answer.request
    if request.private:
        return f"{request.label}\n  -> {answer!r}"
    body = ""
    if request.json is not None:
        body = f"\n  {request.json!r}"
    return mask_signatures(f"{request!r}{body}\n  -> {answer!r}: {answer.excerpt(2000)}")


_SECRET_NAME = (
    r"[\w.-]{0,40}(?:sig|signature|token|secret|passwd|password|pwd|credentials?|api[_-]?key|access[_-]?key(?:[_-]?id)?"
    r"|accesskeyid|key[_-]?pair[_-]?id|session(?:[_-]?id)?|policy|code|jwt|auth|authorization)"
)
"""Names of parameters whose values are credentials, or sign a link: of AWS, Google, Azure, CloudFront, and of ours."""
_SECRETS = re.compile(
    # in a URL, also in one that is escaped inside another
    rf"({_SECRET_NAME}(?:=|%3D))(?:(?!%26)[^&\s\"'<>\\])+"
    # in JSON, and in a dict as Python shows it
    rf"|([\"'\\]{_SECRET_NAME}\\?[\"']\s*:\s*\\?([\"']))(?:(?!\\?\3).)+",
    re.I,
)


def mask_signatures(text: str) -> str:
    """The text without what signs a link, or is a credential by its name.

    Whoever writes a log does not know whose they are; what a session's own credentials are is masked on top of it.

    >>> mask_signatures("GET /file.csv?X-Amz-Date=20261201&X-Amz-Signature=5ca1ab1e")
    'GET /file.csv?X-Amz-Date=20261201&X-Amz-Signature=***'
    """
    return _SECRETS.sub(lambda found: f"{found[1] or found[2]}***", text)


class _MaskCredentials(logging.Filter):
    """Masks the credentials and signatures in the query of the URLs that urllib3 logs at DEBUG."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        masked = mask_signatures(text)
        if masked != text:
            record.msg, record.args = masked, ()
        return True


_MASK = _MaskCredentials()


def mask_urllib3_log() -> None:
    """Makes urllib3's own debug log safe; done once, however often it is called."""
    for name in ("connection", "connectionpool", "poolmanager", "response", "util.retry"):
        logging.getLogger(f"urllib3.{name}").addFilter(_MASK)


def environment_logger(*variables: str) -> logging.Logger | None:
    """A logger to standard error where the environment asks for one, by ADPLATFORMS_DEBUG or by one of these."""
    if not any(os.environ.get(name) for name in ("ADPLATFORMS_DEBUG", *variables)):
        return None
    log = logging.getLogger("adplatforms.debug")
    if not log.handlers:
        log.addHandler(logging.StreamHandler(sys.stderr))
        log.setLevel(logging.DEBUG)
        # Else a program that has set up logging would show each call twice.
        log.propagate = False
    return log
