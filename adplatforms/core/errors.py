"""Every error and warning of the framework, in one tree.

::

    AdPlatformsError                     the root; `terminalone.errors.T1Error` is this class
    ├── ClientError (ValueError)         the call itself is wrong; nothing was sent
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
    │   ├── AmbiguousWrite               a write whose answer was lost: the platform may have applied it
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
    ├── NaiveTimeWarning                 a moment without an offset was taken as UTC
    ├── PatternWarning                   a text with wildcards is compared as it is, or a pattern has none
    ├── UnchangedWarning                 a save sent nothing, though values were given
    └── UnsentValueWarning               a value was set that is never sent

Each is also the matching builtin (in brackets), so `except LookupError` works. The names are those of the classic
TerminalOne SDK where it had one. Credentials never appear in any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self, TypeVar

from .hints import (
    AdPlatformsWarning,
    MovedListingWarning,
    NaiveTimeWarning,
    PartialResultWarning,
    PatternWarning,
    UnchangedWarning,
    UnsentValueWarning,
    did_you_mean,
    visible,
    warn,
)
from .masked import mask_tree

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
    "NaiveTimeWarning",
    "NotFoundError",
    "NotLoaded",
    "PagingError",
    "ParserException",
    "PartialResultWarning",
    "PatternWarning",
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
    "rebuild",
    "warn",
]


class AdPlatformsError(Exception):
    """The root of the tree.

    `message`: what happened, of a platform's own error its text as it came. `about`: what it happened to ("campaign 7
    was not saved"), with which ``str(error)`` begins. `code`: the platform's own code of the error (T1: the status
    code). `body`: the parsed reply. `status`: the HTTP status. `request`: the method and URL, without its query.
    `hint`: what to do next, part of ``str(error)``. The classic positional form ``(code, message, body)`` is
    understood too.

    Two attributes say how far a call came, for the decision whether it is sent again. `unsure`: whether a write that
    ends in this error may have been applied all the same. `signing_in`: whether it ended a call that signs in, so that
    the call that was asked for was not sent.
    """

    unsure = False
    about = ""

    def __init__(
        self,
        *args: Any,
        code: Any = None,
        body: Any = None,
        status: int | None = None,
        request: str | None = None,
        hint: str = "",
        unsure: bool | None = None,
        signing_in: bool = False,
        about: str = "",
    ) -> None:
        if len(args) > 1:
            code, args = args[0], args[1:]
        if len(args) > 1:
            body = args[1]
        self.message = args[0] if args else ""
        self.code, self.body, self.status, self.request, self.hint = code, body, status, request, hint
        self.signing_in, self.about = signing_in, about
        # Otherwise the class says what is usual.
        if unsure is not None:
            self.unsure = unsure
        super().__init__(self.message)

    def __str__(self) -> str:
        text = self.text
        if self.code is not None and str(self.code) not in text:
            text = f"{self.code}: {text}"
        if self.hint:
            text = f"{text} ({self.hint})"
        # A platform's text may hold characters that act on a terminal.
        return visible(text)

    @property
    def text(self) -> str:
        """`about` and `message`; of bytes that a gateway sent, `about` has the text."""
        parts = [self.about, "" if isinstance(self.message, bytes) and self.about else str(self.message)]
        return ": ".join(filter(None, parts))

    def copy_with(self, **changes: Any) -> Self:
        """A copy of the same class with some attributes changed: several records of a batch end in one error, and each
        has its own."""
        return rebuild(type(self), {**vars(self), **changes})

    def mask(self, redact: Callable[[str], str]) -> None:
        """Replaces credentials in all attributes, and lets go of the exceptions behind this one, which may show them.

        redact: replaces the credentials in a text (`Auth.redact`).
        """
        for name, value in vars(self).items():
            setattr(self, name, mask_tree(value, redact))
        self.args = (self.message,)
        self.__cause__ = self.__context__ = None

    def __reduce__(self) -> tuple[Any, ...]:
        return rebuild, (type(self), dict(self.__dict__))


E = TypeVar("E", bound=AdPlatformsError)


def rebuild(kind: type[E], state: Mapping[str, Any]) -> E:
    """The error of a class with these attributes, as a pickle keeps them. No constructor runs: it would judge anew."""
    error = kind.__new__(kind)
    error.__dict__.update(state)
    error.args = (error.message,)
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

    def __init__(self, *args: Any, refused: bool = False, **context: Any) -> None:
        super().__init__(*args, **context)
        self.refused = refused


class LazyLoadError(AdPlatformsError, RuntimeError, AttributeError):
    """A relation was touched that is not loaded, and the session forbids loading it: `hasattr` says False."""


class UnreadableValueError(AdPlatformsError, ValueError):
    """The server sent a value that the field cannot read; `raw_value` holds it."""

    def __init__(self, *args: Any, raw_value: Any = None, **context: Any) -> None:
        super().__init__(*args, **context)
        self.raw_value = raw_value


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

    def __init__(self, *args: Any, transient: bool | None = None, **context: Any) -> None:
        super().__init__(*args, **context)
        self.transient = transient

    @property
    def caught(self) -> BaseException:
        """What the parser said, by the classic SDK's name; the error itself, for the parser's own holds the body."""
        return self


class AmbiguousWrite(TransportError):
    """A write whose answer was lost: the platform may have applied it. Look before you repeat it.

    It is also an error of the kind that ended the write, so that ``except ConnectError`` catches it as well (see
    `adplatforms.core.ambiguous`). `ended_by`: the class of that error. `candidates`: the ids of the records of which
    one may be what a lost create made, where that is not known.
    """

    def __init__(
        self,
        *args: Any,
        candidates: tuple[Any, ...] = (),
        ended_by: type[AdPlatformsError] | None = None,
        **context: Any,
    ) -> None:
        super().__init__(*args, **context)
        self.candidates, self.ended_by, self.unsure = candidates, ended_by, True


class JobError(AdPlatformsError, RuntimeError):
    """A job at the platform failed or was cancelled; `job` is its last state as the platform describes it."""

    def __init__(self, *args: Any, job: Any = None, **context: Any) -> None:
        super().__init__(*args, **context)
        self.job = job


class APIError(AdPlatformsError):
    """The platform answered with an error, or what stands before it did.

    `field_errors`: what the platform says of a field, by its Python name. `field_codes`: the platform's code of that,
    where it has one. `headers`: those of the answer, names in lower case. `request_id`: the platform's name for the
    call, for its support. `retry_after`: the seconds it asks to wait. `transient`: whether trying again helps, where
    the dialect knows better than the HTTP status tells;
    True also means that nothing was applied.

    `answered`: whether the platform itself said so, in its own form of errors, and not a gateway or proxy on the way.
    Where it is not given, a code of the platform's counts as its form.

    `unsure`, where it is not given: what the platform did not say itself tells nothing of a write. Of its own errors,
    only a failure (408, 5xx) without a code leaves that open, and its own 503 is a refusal.
    """

    def __init__(
        self,
        *args: Any,
        field_errors: Mapping[str, str] | None = None,
        field_codes: Mapping[str, str] | None = None,
        request_id: str = "",
        retry_after: float | None = None,
        transient: bool | None = None,
        answered: bool | None = None,
        unsure: bool | None = None,
        **context: Any,
    ) -> None:
        super().__init__(*args, **context)
        self.field_errors: Mapping[str, str] = field_errors or {}
        self.field_codes: Mapping[str, str] = field_codes or {}
        self.request_id, self.retry_after, self.transient = request_id, retry_after, transient
        if answered is None:
            answered = self.code is not None
        if unsure is None:
            unsure = not answered or self._leaves_open()
        self.answered, self.unsure = answered, unsure
        self.headers: Mapping[str, str] = {}

    @property
    def status_code(self) -> int | None:
        """The HTTP status, by the name that `requests` and `httpx` have for it."""
        return self.status

    def _leaves_open(self) -> bool:
        """Whether the platform's own answer does not say what became of a write."""
        failed = self.status == 408 or (self.status or 0) >= 500
        return failed and self.code is None and self.status != 503


class AuthRequiredError(APIError, PermissionError):
    """Not signed in, or the session has expired."""


class LoginError(AuthRequiredError):
    """The platform refused the credentials; what was to be sent with them was not."""

    def __init__(self, *args: Any, answered: bool | None = True, **context: Any) -> None:
        super().__init__(*args, answered=answered, **context)


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
    400: ValidationError, 401: AuthRequiredError, 403: DeniedError, 404: NotFoundError, 408: UnavailableError,
    409: ConflictError, 422: ValidationError, 429: RateLimitError,
}  # fmt: skip


def by_status(status: int) -> type[APIError]:
    """The error that an HTTP status stands for, where the platform says no more."""
    return _BY_STATUS.get(status, UnavailableError if status >= 500 else APIError)
