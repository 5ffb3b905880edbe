"""The errors of writes whose answer was lost: each is an `AmbiguousWrite`, and of the kind that ended the write.

::

    AmbiguousWrite                       ended by what has no class of its own below
    ├── AmbiguousConnection              also a ConnectError: the connection broke once the request was sent
    ├── AmbiguousTimeout                 also a RequestTimeout
    ├── AmbiguousAnswer                  also a ParserException: the answer cannot be read
    └── AmbiguousAPIError                also an APIError, which does not say what became of the write
        ├── AmbiguousAuthRequired        also an AuthRequiredError
        ├── AmbiguousDenied              also a DeniedError
        ├── AmbiguousNotFound            also a NotFoundError
        ├── AmbiguousConflict            also a ConflictError
        ├── AmbiguousRateLimit           also a RateLimitError
        ├── AmbiguousUnavailable         also an UnavailableError
        └── AmbiguousValidation          also a ValidationError
"""

from __future__ import annotations

from .errors import (
    AdPlatformsError,
    AmbiguousWrite,
    APIError,
    AuthRequiredError,
    ConflictError,
    ConnectError,
    DeniedError,
    NotFoundError,
    ParserException,
    RateLimitError,
    RequestTimeout,
    UnavailableError,
    ValidationError,
    rebuild,
)
from .hints import UNSURE

__all__ = [
    "AmbiguousAPIError",
    "AmbiguousAnswer",
    "AmbiguousAuthRequired",
    "AmbiguousConflict",
    "AmbiguousConnection",
    "AmbiguousDenied",
    "AmbiguousNotFound",
    "AmbiguousRateLimit",
    "AmbiguousTimeout",
    "AmbiguousUnavailable",
    "AmbiguousValidation",
    "ambiguous",
]


class AmbiguousConnection(AmbiguousWrite, ConnectError):
    """The connection broke once the write had been sent."""


class AmbiguousTimeout(AmbiguousWrite, RequestTimeout):
    """The answer to the write took too long."""


class AmbiguousAnswer(AmbiguousWrite, ParserException):
    """The answer to the write cannot be read, or is about something else."""


class AmbiguousAPIError(AmbiguousWrite, APIError):
    """The write was answered with an error that does not say what became of it."""


class AmbiguousAuthRequired(AmbiguousAPIError, AuthRequiredError):
    """A page asked to sign in, in place of the answer to the write."""


class AmbiguousDenied(AmbiguousAPIError, DeniedError):
    """A gateway denied the write, before the platform or behind it."""


class AmbiguousNotFound(AmbiguousAPIError, NotFoundError):
    """A gateway knew no such address, or the record was gone when the write was repeated."""


class AmbiguousConflict(AmbiguousAPIError, ConflictError):
    """The write was repeated and met a newer version, which the first one may have made."""


class AmbiguousRateLimit(AmbiguousAPIError, RateLimitError):
    """A gateway said that there were too many calls."""


class AmbiguousUnavailable(AmbiguousAPIError, UnavailableError):
    """The platform or a gateway failed, or gave up waiting."""


class AmbiguousValidation(AmbiguousAPIError, ValidationError):
    """A gateway called the write invalid, or values were refused when it was repeated."""


_KINDS: dict[type[AdPlatformsError], type[AmbiguousWrite]] = {
    ConnectError: AmbiguousConnection,
    RequestTimeout: AmbiguousTimeout,
    ParserException: AmbiguousAnswer,
    APIError: AmbiguousAPIError,
    AuthRequiredError: AmbiguousAuthRequired,
    DeniedError: AmbiguousDenied,
    NotFoundError: AmbiguousNotFound,
    ConflictError: AmbiguousConflict,
    RateLimitError: AmbiguousRateLimit,
    UnavailableError: AmbiguousUnavailable,
    ValidationError: AmbiguousValidation,
}


def ambiguous(failed: AdPlatformsError, what: str) -> AmbiguousWrite:
    """The error of a write that ended in another one, with all that one tells.

    failed: what ended it. what: the write, for the message, ``POST campaigns`` say. The class is the nearest one above
    that of `failed`: an error that only one platform has ends in that of its base class.
    """
    nearest = (_KINDS[kind] for kind in type(failed).__mro__ if kind in _KINDS)
    kind = next(nearest, AmbiguousWrite)
    message = f"the answer to {what} was lost: {failed.text}"
    lost = rebuild(kind, {"candidates": (), "ended_by": type(failed), **vars(failed), "message": message})
    return lost.copy_with(hint=UNSURE, unsure=True)
