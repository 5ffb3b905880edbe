"""Who is signed in: `adama_session` cookies, Bearer tokens, and what tokens are got with.

Kept in memory, gone when the server stops.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from adplatforms.sandbox.t1.values import WIRE_TIME, now

COOKIE = "adama_session"
LIFETIME = timedelta(days=1)
"""Recorded sessions expire 24 hours after the login."""


@dataclass(frozen=True)
class Login:
    """One session: its id (the cookie, or the Bearer token), whose it is, when it ends (UTC)."""

    id: str
    user_id: int
    expires: datetime = field(default_factory=lambda: now() + LIFETIME)

    def shown(self) -> dict[str, str]:
        """The session part of a login reply; its times have no offset."""
        return {
            "current_time": now().strftime(WIRE_TIME),
            "expires": self.expires.strftime(WIRE_TIME),
            "sessionid": self.id,
        }


class Sessions:
    """The sessions that are open now, and the codes and refresh tokens that can still be used."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, Login] = {}
        self._bearers: dict[str, Login] = {}
        self._grants: dict[tuple[str, str], int] = {}

    def open(self, user_id: int) -> Login:
        """A new session for a user, by cookie."""
        login = Login(secrets.token_hex(20), user_id)
        with self._lock:
            self._open[login.id] = login
        return login

    def find(self, id: str | None) -> Login | None:
        """The session of a cookie, or None when there is none or it has ended."""
        with self._lock:
            return _live(self._open.get(id or ""))

    def open_bearer(self, token: str, user_id: int, lifetime: timedelta) -> None:
        """Lets a token stand for a user."""
        login = Login(token, user_id, now() + lifetime)
        with self._lock:
            self._bearers[token] = login

    def find_bearer(self, token: str) -> Login | None:
        """The session of a Bearer token, or None."""
        with self._lock:
            return _live(self._bearers.get(token))

    def grant(self, kind: str, user_id: int) -> str:
        """A secret that can be exchanged once: an authorization code, or a refresh token."""
        secret = secrets.token_urlsafe(24)
        with self._lock:
            self._grants[kind, secret] = user_id
        return secret

    def redeem(self, kind: str, secret: str) -> int | None:
        """The user of such a secret, which is used up by this; None for one that is not known."""
        with self._lock:
            return self._grants.pop((kind, secret), None)

    def expire(self) -> None:
        """Ends all sessions, by cookie or by token. Codes and refresh tokens survive."""
        with self._lock:
            self._open.clear()
            self._bearers.clear()


def _live(login: Login | None) -> Login | None:
    return login if login and login.expires > now() else None
