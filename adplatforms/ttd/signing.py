"""How a session on The Trade Desk signs in: tokens are got before they are needed, renewed before they end and once
when refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from adplatforms.core.errors import AdPlatformsError, APIError, DeniedError, LoginError
from adplatforms.core.messages import Answer
from adplatforms.net.connection import HttpConnection
from adplatforms.net.signing import SignIn

from .auth import TTDAuth
from .read import json_body

__all__ = ["TTDSignIn"]

R = TypeVar("R")


class TTDSignIn(SignIn):
    """Signing in with login and password, or by the callable that gives tokens.

    rest_url: the base URL of REST, where tokens are got. What is refused is tried once with a new token, and never in a
    loop. Source: platform_rest_v3.md "Authentication".
    """

    def __init__(self, auth: TTDAuth, rest_url: str) -> None:
        self.auth, self.rest_url = auth, rest_url

    def sign_in(self, connection: HttpConnection) -> None:
        """Gets a token with login and password now; does nothing where a token was given."""
        with connection.sign_in_lock():
            if self.auth.can_sign_in:
                self._sign_in(connection)

    def sign_in_again(self, connection: HttpConnection) -> bool:
        """Gets another token: with login and password, or from the callable; False where there is none to get.

        Refused once, it does not try again.
        """
        if not self.auth.can_sign_in:
            return self.auth.ask_again()
        # The login is rate limited, and accounts may lock.
        if self.auth.refused:
            return False
        self._sign_in(connection)
        return True

    def _sign_in(self, connection: HttpConnection) -> None:
        """Gets a token with login and password; a `LoginError` where these are refused."""
        request = self.auth.sign_in_request(self.rest_url)

        def read(answer: Answer) -> None:
            self.auth.use_answer(answer, json_body(answer))

        refused: AdPlatformsError
        try:
            # The old token has ended, perhaps: it would be refused before the login was looked at.
            with self.auth.unsigned():
                connection.exchange_once(request, read)
            self.auth.refused = False
            return
        except APIError as error:
            refused = error
        # Anything else says nothing about the login: an outage must not keep it from being tried again.
        if refused.status not in (400, 401, 403):
            raise refused
        self.auth.refused = True
        raise LoginError(
            f"The Trade Desk refused the login of {self.auth.login!r}: {refused.message}",
            status=refused.status,
            request=request.label,
            hint="check login and password",
        )

    def attempt(self, connection: HttpConnection, call: Callable[[], R], writes: bool = False) -> R:
        """Gets a token before the call where it is due, and once more where the call was denied (403).

        Older servers meant by it that a token had ended. Where a new one does not help it is a matter of permission,
        and 403s are taken for that from then on.
        """
        if self.auth.due:
            with connection.sign_in_lock():
                # Another thread may have signed in while this one waited for the lock.
                if self.auth.due and not self.auth.refused:
                    self._sign_in(connection)
            if not self.auth.credential:
                raise LoginError(
                    f"The Trade Desk refused the login of {self.auth.login!r} before; it is not tried again by itself",
                    hint="check login and password; ttd.sign_in() tries them once more",
                )
        before = self.auth.credential
        try:
            return super().attempt(connection, call, writes)
        except DeniedError as error:
            denied = error
        if not self.auth.can_sign_in or self.auth.denied or not self.renew(connection, before):
            raise denied
        # Not the platform's own words: a gateway may have denied the answer to a write that was applied.
        if writes and denied.unsure:
            raise denied
        self.auth.denied = True
        found = super().attempt(connection, call, writes)
        self.auth.denied = False
        return found
