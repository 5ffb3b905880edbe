"""Login sessions: who holds which `adama_session` cookie. Kept in memory, gone when the server stops."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from adplatforms.sandbox.t1.values import WIRE_TIME

COOKIE = "adama_session"
LIFETIME = timedelta(days=1)
"""Recorded sessions expire 24 hours after the login."""


@dataclass(frozen=True)
class Login:
    """One session: its id, whose it is, when it ends (UTC)."""

    id: str
    user_id: int
    expires: datetime = field(default_factory=lambda: datetime.now(timezone.utc) + LIFETIME)

    def shown(self) -> dict[str, str]:
        """The session part of a login reply; its times have no offset."""
        return {
            "current_time": datetime.now(timezone.utc).strftime(WIRE_TIME),
            "expires": self.expires.strftime(WIRE_TIME),
            "sessionid": self.id,
        }


class Sessions:
    """The sessions that are open now."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, Login] = {}

    def open(self, user_id: int) -> Login:
        """A new session for a user."""
        login = Login(secrets.token_hex(20), user_id)
        with self._lock:
            self._open[login.id] = login
        return login

    def find(self, id: str | None) -> Login | None:
        """The session of a cookie, or None when there is none or it has ended."""
        with self._lock:
            login = self._open.get(id or "")
        return login if login and login.expires > datetime.now(timezone.utc) else None

    def expire(self) -> None:
        """Ends all sessions."""
        with self._lock:
            self._open.clear()
