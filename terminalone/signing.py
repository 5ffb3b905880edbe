"""How a session on T1 signs in, and again when its session or token has ended. Source: wire.md section 2."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from adplatforms.core.connection import Transport
from adplatforms.core.errors import ClientError, LoginError, ParserException
from adplatforms.core.messages import Answer, Request
from adplatforms.net.connection import HttpConnection
from adplatforms.net.signing import SignIn
from adplatforms.net.transport import HttpTransport

from .auth import SendOnce, T1Auth, User
from .oauth import TokenTransport
from .read import check

__all__ = ["T1SignIn", "base_url"]

R = TypeVar("R")


class T1SignIn(SignIn):
    """Signing in by the method of a `T1Auth`.

    auth_base: the host of the token server, None where none is known; environment: its name, for the error then.

    `user_id`, `username`: who signed in, None before that and where nobody says.
    """

    def __init__(self, auth: T1Auth, auth_base: str | None, environment: str) -> None:
        self.auth, self.auth_base, self.environment = auth, auth_base, environment
        self.user_id: int | None = None
        self.username = auth.given.username

    def sign_in(self, connection: HttpConnection) -> None:
        """Signs in with what the session was given: a `LoginError` when T1 refuses."""
        self.auth.refused = False
        with connection.sign_in_lock():
            self._signed_in_as(self.auth.sign_in(self.sender(connection), _read_user))
        self.finish()

    def finish(self) -> None:
        """Hands out the token that the updater has not stored yet."""
        self.auth.updates.hand_out()

    def sign_in_again(self, connection: HttpConnection) -> bool:
        """Signs in anew where a session or token has ended and nobody has to be asked; False where it cannot.

        Refused once, it does not try again: T1 locks accounts out.
        """
        if not self.auth.credential or not self.auth.renewable:
            return False
        try:
            user = self.auth.renew(self.sender(connection), _read_user)
            # The refresh of a code flow's token names no user: then there is nothing to compare.
            if user is not None and self.user_id and user.id and user.id != self.user_id:
                self.auth.refused = True
                raise LoginError(
                    f"the session was of user {self.user_id}, name and password are of user {user.id}",
                    hint="sign in with authenticate(): going on as somebody else would mix what both may see",
                )
            self._signed_in_as(user)
        except LoginError as error:
            # T1 said no, and not just "not now": a further attempt would bring the account nearer to being locked.
            is_passing = error.status is not None and (error.status >= 500 or error.status in (408, 429))
            self.auth.refused = error.code is not None and not is_passing
            raise
        return True

    def attempt(self, connection: HttpConnection, call: Callable[[], R], writes: bool = False) -> R:
        """A token that has run out is renewed before the call; what T1 itself calls expired, after it."""
        self.finish()
        if self._token_ended(connection):
            with connection.sign_in_lock():
                # Else another thread renewed it while this one waited for the lock.
                if self._token_ended(connection):
                    self.sign_in_again(connection)
            self.finish()
        return super().attempt(connection, call, writes)

    def _token_ended(self, connection: HttpConnection) -> bool:
        """Whether the token in use has run out, as far as is known."""
        token = self.auth.token
        return bool(token.fields) and token.ended(connection.runtime.now().timestamp())

    def _signed_in_as(self, user: User | None) -> None:
        """Notes who signed in; a refreshed token of the code flow does not say."""
        if user is not None:
            self.user_id, self.username = user.id, user.name or self.username

    def sender(self, connection: HttpConnection) -> SendOnce:
        """What sends the requests that sign in, over a connection: to the API, or to the token server."""

        def send(request: Request, read: Callable[[Answer], R], token_host: bool = False) -> R:
            transport = self._token_transport(connection.transport) if token_host else None
            return connection.exchange_once(request, read, transport)

        return send

    def _token_transport(self, transport: Transport) -> Transport:
        """To the token server, by the HTTP settings of the session's own transport."""
        # One of the caller's own, as in tests, takes both hosts.
        if not isinstance(transport, HttpTransport):
            return transport
        if self.auth_base is None:
            raise ClientError(f"no token server of {self.environment!r} is known", hint="T1(auth_base=...)")
        return TokenTransport(base_url(self.auth_base), transport)


def _read_user(answer: Answer) -> User:
    """Who signed in, of an answer to signing in or to asking for the session."""
    row = next(iter(check(answer).rows), {})
    if row.get("id") is None:
        raise ParserException("T1 says ok, but its answer does not hold the user who signed in")
    session = row.get("session") or {}
    return User(int(row["id"] or 0), row.get("name"), str(session.get("sessionid") or ""))


def base_url(base: str) -> str:
    """A host as a base URL; a scheme, for local servers, stays."""
    if "://" in base:
        return base
    return f"https://{base}"
