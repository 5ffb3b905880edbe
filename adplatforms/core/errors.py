"""Every error and warning of the framework, in one tree.

::

    AdPlatformsError                     the root; `terminalone.errors.T1Error` is this class
    ├── ClientError (ValueError)         the caller's words; nothing was sent
    │   ├── UnknownNameError (LookupError)  no such collection, field, relation, operator: "did you mean"
    │   └── InvalidValueError            a value that the field cannot take
    ├── UnknownFieldError (AttributeError)  no such attribute on an entity: "did you mean"
    ├── NotLoaded (AttributeError)       a declared field that this record did not bring along
    ├── LazyLoadError (RuntimeError)     a relation touched while `session.lazy = "raise"`
    ├── UnreadableValueError (ValueError)  the server sent what the field cannot read
    ├── DetachedError (RuntimeError)     the entity has no session (unpickled, or built without one)
    ├── SaveAllError (RuntimeError)      some of several saves failed; `results` has all
    ├── PagingError (RuntimeError)       the server's pages do not add up
    ├── JobError (RuntimeError)          a job at the platform failed; `job` has its last state
    ├── TransportError (OSError)         no usable answer arrived
    │   ├── ConnectError (ConnectionError)
    │   ├── RequestTimeout (TimeoutError)
    │   ├── AmbiguousWrite               a write whose answer was lost: it may have been applied
    │   └── ParserException (ValueError) an answer that cannot be read: cut JSON, malformed or hostile XML
    └── APIError                         the platform answered with an error
        ├── AuthRequiredError (PermissionError)
        │   └── LoginError               the credentials were refused
        ├── DeniedError (PermissionError)
        ├── NotFoundError (LookupError)
        ├── ConflictError                somebody else saved first
        ├── RateLimitError               too many calls; `retry_after` tells the seconds to wait
        ├── UnavailableError             the platform failed (5xx) or took too long (408)
        └── ValidationError (ValueError) `field_errors` says which field and why

    AdPlatformsWarning (UserWarning)
    ├── PartialResultWarning             a `get` left rows behind
    ├── MovedListingWarning              a listing changed while it was read
    ├── UnchangedWarning                 a save sent nothing, though values were given
    └── UnsentValueWarning               a value was set that is never sent

Each is also the matching builtin (in brackets), so `except LookupError` works. The names are those of the classic
TerminalOne SDK where it had one. Credentials never appear in any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .hints import (
    AdPlatformsWarning,
    MovedListingWarning,
    PartialResultWarning,
    UnchangedWarning,
    UnsentValueWarning,
    did_you_mean,
    visible,
    warn,
)

__all__ = [
    "APIError",
    "AdPlatformsError",
    "AdPlatformsWarning",
    "AmbiguousWrite",
    "AuthRequiredError",
    "ClientError",
    "ConflictError",
    "ConnectError",
    "DeniedError",
    "DetachedError",
    "InvalidValueError",
    "JobError",
    "LazyLoadError",
    "LoginError",
    "MovedListingWarning",
    "NotFoundError",
    "NotLoaded",
    "PagingError",
    "ParserException",
    "PartialResultWarning",
    "RateLimitError",
    "RequestTimeout",
    "SaveAllError",
    "TransportError",
    "UnavailableError",
    "UnchangedWarning",
    "UnknownFieldError",
    "UnknownNameError",
    "UnreadableValueError",
    "UnsentValueWarning",
    "ValidationError",
    "by_status",
    "did_you_mean",
    "warn",
]


class AdPlatformsError(Exception):
    """The root of the tree.

    `code` is the platform's own word for the error (T1: the status code), `message` what happened, `body` the parsed
    reply, `status` the HTTP status, `request` the method and URL without its query. `hint` says what to do next and
    is part of `str(error)`. The classic positional form `(code, message, body)` is understood too.
    """

    unsure = False
    """Whether a write that ends in this may have been applied all the same."""
    signing_in = False
    """Whether it ended a call that signs in, before the one that was asked for."""

    def __init__(
        self,
        *args: Any,
        code: Any = None,
        body: Any = None,
        status: int | None = None,
        request: str | None = None,
        hint: str = "",
    ) -> None:
        if len(args) > 1:
            code, args = args[0], args[1:]
        if len(args) > 1:
            body = args[1]
        self.message = args[0] if args else ""
        self.code, self.body, self.status, self.request, self.hint = code, body, status, request, hint
        super().__init__(self.message)

    def __str__(self) -> str:
        text = str(self.message)
        if self.code is not None and str(self.code) not in text:
            text = f"{self.code}: {text}"
        if self.hint:
            text = f"{text} ({self.hint})"
        return visible(text)  # a platform's words may hold what acts on a terminal

    def mask(self, redact: Callable[[str], str]) -> None:
        """Replaces credentials in all it holds, and lets go of the exceptions behind it, which may show them."""
        for name, value in vars(self).items():
            setattr(self, name, _masked(value, redact))
        self.args = (self.message,)
        self.__cause__ = self.__context__ = None

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), dict(self.__dict__))


def _masked(value: Any, redact: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, bytes):
        return redact(value.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    if isinstance(value, Mapping):
        return {_masked(key, redact): _masked(item, redact) for key, item in value.items()}
    if type(value) in (list, tuple, set, frozenset):
        return type(value)(_masked(item, redact) for item in value)
    return value


def _rebuild(kind: type[AdPlatformsError], state: Mapping[str, Any]) -> AdPlatformsError:
    error = kind(state["message"])
    error.__dict__.update(state)
    return error


class ClientError(AdPlatformsError, ValueError):
    """The call itself is wrong; nothing was sent. Also T1's answer `bad_request`."""

    def __init__(self, message: Any = "", code: Any = None, **context: Any) -> None:
        super().__init__(message, code=code, **context)


class UnknownNameError(ClientError, LookupError):
    """A collection, field, relation, operator or child that does not exist."""


class InvalidValueError(ClientError):
    """A value that the field cannot take (type, enum, null); nothing changed."""


class UnknownFieldError(AdPlatformsError, AttributeError):
    """An attribute that the entity neither declares nor received."""


class NotLoaded(AdPlatformsError, AttributeError):
    """A declared field that this record lacks: it came from a list of limited records.

    `refused`: whether the server refused to show it, so that reading the record again does not help.
    """

    refused = False


class LazyLoadError(AdPlatformsError, RuntimeError):
    """A relation was touched that is not loaded, and the session forbids loading on touch."""


class UnreadableValueError(AdPlatformsError, ValueError):
    """The server sent a value that the field cannot read; `raw_value` holds it."""

    raw_value: Any = None


class DetachedError(AdPlatformsError, RuntimeError):
    """The entity has no session: pickles carry none. `session.attach(entity)` gives it one."""


class SaveAllError(AdPlatformsError, RuntimeError):
    """Some saves of `save_all` failed; `results` holds every item's outcome in order, saved ones too."""

    def __init__(self, *args: Any, results: Iterable[Any] = (), **context: Any) -> None:
        super().__init__(*args, **context)
        self.results = tuple(results)


class PagingError(AdPlatformsError, RuntimeError):
    """The pages of a listing do not add up (a bookmark came twice, say); going on would loop or lose rows."""


class TransportError(AdPlatformsError, OSError):
    """No usable answer arrived."""


class ConnectError(TransportError, ConnectionError):
    """The connection failed or broke."""


class RequestTimeout(TransportError, TimeoutError):
    """The server took longer than the timeout (seconds) to connect or to answer."""


class ParserException(TransportError, ValueError):
    """The answer cannot be read: truncated JSON, malformed or hostile XML, no rows where there must be some, another
    record than the one that was asked for. A gateway's HTML is an `APIError`.

    `transient`: False where the same call would bring the same again, so that a read is not repeated either.
    """

    unsure = True
    transient: bool | None = None

    @property
    def caught(self) -> BaseException:
        """What the parser said, by the classic SDK's name; the error itself, for the parser's own holds the body."""
        return self


class AmbiguousWrite(TransportError):
    """A write whose answer was lost: it may have been applied. It is also an error of the kind that ended it.

    `candidates`: the ids of records that may be the one a lost create made, where it cannot be told. `ended_by`: the
    class of the error that ended it.
    """

    unsure = True
    candidates: tuple[Any, ...] = ()
    ended_by: type[AdPlatformsError] | None = None

    @staticmethod
    def of(failed: AdPlatformsError, what: str) -> AmbiguousWrite:
        """The error of a write that ended in another one."""
        lost = _ambiguous(type(failed))(f"the answer to {what} was lost: {failed.message}")
        lost.__dict__.update({**vars(failed), "message": lost.message, "hint": UNSURE})
        return lost

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild_ambiguous, (self.ended_by, dict(self.__dict__))


def _ambiguous(kind: type[AdPlatformsError]) -> type[AmbiguousWrite]:
    """The class of an `AmbiguousWrite` that is also of the kind that ended the write; made once."""
    if issubclass(kind, AmbiguousWrite):
        return kind
    if kind not in _AMBIGUOUS:
        members = {"__module__": __name__, "ended_by": kind}
        _AMBIGUOUS[kind] = type("AmbiguousWrite", (AmbiguousWrite, kind), members)
    return _AMBIGUOUS[kind]


def _rebuild_ambiguous(kind: type[AdPlatformsError] | None, state: Mapping[str, Any]) -> AdPlatformsError:
    """An unpickled one, of the same kind as before."""
    return _rebuild(_ambiguous(kind) if kind else AmbiguousWrite, state)


_AMBIGUOUS: dict[type[AdPlatformsError], type[AmbiguousWrite]] = {}


class JobError(AdPlatformsError, RuntimeError):
    """A job at the platform failed or was cancelled; `job` is its last state as the platform told it."""

    job: Any = None


class APIError(AdPlatformsError):
    """The platform answered with an error.

    `field_errors` maps the Python name of a field to the platform's words about it, `field_codes` to its code where
    the platform gives one. `request_id`: the platform's own name for the call, for its support. `retry_after`: the
    seconds it asks to wait. `transient`: whether trying again helps, where the dialect knows better than the HTTP
    status tells; True also means that nothing was applied.
    """

    field_errors: Mapping[str, str] = {}
    field_codes: Mapping[str, str] = {}
    request_id: str = ""
    retry_after: float | None = None
    transient: bool | None = None

    _answered: bool | None = None
    _unsure: bool | None = None

    @property
    def answered(self) -> bool:
        """Whether the platform itself said so, in its own form of errors, and not a gateway or proxy on the way. A code
        of the platform's counts as its form, unless a dialect knows better."""
        if self._answered is None:
            return self.code is not None
        return self._answered

    @answered.setter
    def answered(self, value: bool) -> None:
        self._answered = value

    @property
    def unsure(self) -> bool:
        """Whether a write that ends in this may have been applied. What is not the platform's own answer tells nothing;
        of its own ones, only a failure (408, 5xx) without a code does not. A 503 of its own is a refusal."""
        if self._unsure is not None:
            return self._unsure
        if not self.answered:
            return True
        failed = self.status == 408 or (self.status or 0) >= 500
        return failed and self.code is None and self.status != 503

    @unsure.setter
    def unsure(self, value: bool) -> None:
        self._unsure = value


class AuthRequiredError(APIError, PermissionError):
    """Not signed in, or the session has expired."""


class LoginError(AuthRequiredError):
    """The platform refused the credentials; what was to be sent with them was not."""

    _answered = True


class DeniedError(APIError, PermissionError):
    """Signed in, but not allowed to do this."""


class NotFoundError(APIError, LookupError):
    """There is no such entity, or this user cannot see it."""


class ConflictError(APIError):
    """Somebody else saved the entity since it was loaded; nothing was written and the changes are kept."""


class RateLimitError(APIError):
    """Too many calls: the platform applied nothing. `retry_after` tells the seconds to wait, where it does."""


class UnavailableError(APIError):
    """The platform or the gateway before it failed (5xx), or gave up waiting (408)."""


class ValidationError(APIError, ValueError):
    """The platform refused values; `field_errors` says which and why. The changes are kept."""


_BY_STATUS: dict[int, type[APIError]] = {
    400: ValidationError,
    401: AuthRequiredError,
    403: DeniedError,
    404: NotFoundError,
    408: UnavailableError,
    409: ConflictError,
    422: ValidationError,
    429: RateLimitError,
}


def by_status(status: int) -> type[APIError]:
    """The error that an HTTP status stands for, where the platform says no more."""
    return _BY_STATUS.get(status, UnavailableError if status >= 500 else APIError)


UNSURE = "it may have been applied: look before you repeat it"
"""The hint of a write whose fate is unknown."""
