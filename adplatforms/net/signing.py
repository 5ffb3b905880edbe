"""How a connection signs in: the contract that each platform's own sign-in keeps."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from adplatforms.core.errors import AdPlatformsError, AuthRequiredError, LoginError

if TYPE_CHECKING:
    from .connection import HttpConnection

__all__ = ["SignIn"]

R = TypeVar("R")


class SignIn:
    """What a connection asks of a platform's sign-in. This one has nothing to sign in with.

    A platform's subclass extends `attempt` where a credential is got before a call, and says in `sign_in_again` how
    another one is got. It holds no connection, since several may share it (see `HttpSession.using`): each call gets
    the one that it is made for.
    """

    def __reduce__(self) -> Any:
        raise TypeError("credentials are not pickled; sign in again where the data is loaded")

    def attempt(self, connection: HttpConnection, call: Callable[[], R], writes: bool = False) -> R:
        """Makes a call; where the platform asks to sign in, signs in again and repeats it once.

        A write is repeated only where the platform itself refused it: a gateway's page that asks to sign in may stand
        behind the platform as well as in front of it.
        """
        before = connection.auth.credential
        try:
            return connection.mask_errors(call)
        except AuthRequiredError as error:
            failed = error
        if writes and failed.unsure:
            # The look for the write that follows needs the new sign-in; without one it fails by itself.
            with suppress(AdPlatformsError):
                self.renew(connection, before)
            raise failed
        if isinstance(failed, LoginError) or not self.renew(connection, before):
            raise failed
        return connection.mask_errors(call)

    def renew(self, connection: HttpConnection, before: object) -> bool:
        """Whether there is another credential than `before`; of many threads that find it expired, one signs in
        again."""
        with connection.sign_in_lock():
            renewed = connection.auth.credential is not before or self.sign_in_again(connection)
        self.finish()
        return renewed

    def finish(self) -> None:
        """Does what is left to do after signing in, once no lock is held, and when the session is closed: hands a
        renewed token to whoever stores it."""

    def sign_in_again(self, connection: HttpConnection) -> bool:
        """Signs in once more with what there is, the lock held; False where that is not enough."""
        return False
