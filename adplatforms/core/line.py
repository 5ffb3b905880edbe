"""The line to a platform: requests out, answers in, signed and signed again, credentials masked in every error."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from .auth import Auth
from .errors import UNSURE, AdPlatformsError, AuthRequiredError, DetachedError, LoginError
from .paging import Page, Pending
from .readers import Readers
from .values import Answer, Request, Stream

if TYPE_CHECKING:
    from typing_extensions import Self

    from .transport import Transport

__all__ = ["Line"]

R = TypeVar("R")


class Line:
    """What a session talks through. `width`: how many calls it may have under way while reading ahead."""

    def __init__(self, transport: Transport, auth: Auth, width: int) -> None:
        self.transport, self.auth, self._width = transport, auth, width
        self._lock, self._signing_in = Lock(), Lock()
        self._readers: Readers | None = None
        self._closed = False

    def exchange(self, request: Request, read: Callable[[Answer], R]) -> R:
        """Sends a request and reads its answer.

        When the platform asks to sign in, it was not applied: the session signs in again once, where it has what it
        needs, and repeats it. No credential leaves in an error, whatever the server echoed; the error of a write that
        may have been applied says so.
        """
        try:
            return self._signed_in(lambda: read(self.transport.send(request)))
        except AdPlatformsError as error:
            if request.writes and error.unsure and error.request in (None, request.label):
                error.hint = UNSURE
            raise

    def stream(self, request: Request, check: Callable[[Stream], object]) -> Stream:
        """Sends a reading request whose body is read piece by piece; `check` raises what is wrong with the answer."""

        def opened() -> Stream:
            stream = self.transport.stream(request)
            check(stream)
            return stream

        return self._signed_in(opened)

    def _signed_in(self, call: Callable[[], R]) -> R:
        mark = self.auth.mark
        try:
            return self._masked(call)
        except AuthRequiredError as error:
            failed = error
        if isinstance(failed, LoginError) or not self._renewed(mark):
            raise failed
        return self._masked(call)

    def _masked(self, call: Callable[[], R]) -> R:
        try:
            return call()
        except AdPlatformsError as error:
            failed = error
        failed.mask(self.auth.redact)
        failed.__traceback__ = None  # its frames hold raw replies
        raise failed  # outside the handler: the exceptions behind it would show what was masked

    def _renewed(self, mark: object) -> bool:
        """Whether the session is signed in anew since `mark`; of many threads that find it expired, one does it."""
        with self._signing_in:
            return self.auth.mark is not mark or self.sign_in_again()

    def sign_in_again(self) -> bool:
        """Signs in once more with what the session has; False where that is not enough."""
        return False

    def _submit(self, fetch: Callable[[Request], Page], request: Request) -> Pending:
        with self._lock:
            if self._closed:
                raise DetachedError(
                    "the session is closed", hint="read the listing before, or open a new session"
                )
            if self._readers is None:
                self._readers = Readers(self._width)
        return self._readers.submit(fetch, request)

    def close(self) -> None:
        """Frees connections and threads. Listings that are still being read end with a `DetachedError`."""
        with self._lock:
            self._closed, readers, self._readers = True, self._readers, None
        if readers is not None:
            readers.close()
        self.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
