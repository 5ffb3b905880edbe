"""How a session on Pinterest signs in: tokens are renewed before they end, and once when refused."""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import TypeVar

from adplatforms.core.errors import ClientError
from adplatforms.net.connection import HttpConnection
from adplatforms.net.signing import SignIn

from .auth import PinterestAuth

__all__ = ["PinterestSignIn"]

R = TypeVar("R")


class PinterestSignIn(SignIn):
    """Signing in with a refresh token, or with the scopes of the app's own account. Source: wire.md section 2."""

    def __init__(self, auth: PinterestAuth) -> None:
        self.auth, self._thread = auth, local()

    def finish(self) -> None:
        """Hands out the token that the updater has not stored yet."""
        self.auth.updates.hand_out()

    def sign_in_again(self, connection: HttpConnection) -> bool:
        """Gets another access token, where that needs nobody; False where it cannot."""
        if not self.auth.renewable:
            return False
        # Per thread: calls of other threads wait for the lock instead of passing it.
        self._thread.renewing = True
        try:
            self.auth.renew(connection.exchange_once)
        finally:
            self._thread.renewing = False
        return True

    def attempt(self, connection: HttpConnection, call: Callable[[], R], writes: bool = False) -> R:
        """Makes a call with a token that holds.

        It is renewed before it ends; what Pinterest itself calls invalid is renewed after the refusal.
        """
        # A token_updater may use the session: that call must neither wait for the renewal nor start another.
        renewing = getattr(self._thread, "renewing", False)
        if not renewing:
            self.finish()
        if self.auth.due and not renewing:
            with connection.sign_in_lock():
                if self.auth.due:  # another thread may have renewed it while this one waited
                    self.sign_in_again(connection)
        if not self.auth.credential:
            raise ClientError(
                "there is no token yet",
                hint="authorization_url(), then fetch_token(); scopes= for a token of the app's own account",
            )
        if renewing:
            return connection.mask_errors(call)
        return super().attempt(connection, call, writes)
