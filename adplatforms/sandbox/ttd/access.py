"""Who may ask, and how often: tokens and rate limits, the same for all three surfaces."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from adplatforms.sandbox.ttd.errors import Refusal
from adplatforms.sandbox.ttd.settings import Settings

__all__ = ["LOGIN", "PASSWORD", "TOKEN", "Limits", "Tokens"]

TOKEN = "demo-token"  # as if made in the portal: it does not run out
LOGIN = "demo"
PASSWORD = "demo"
WINDOW = 60.0
"""Seconds after which calls no longer count."""

MOST_MINUTES = 1440
"""How long a token from a login lives, unless it asks for less."""


class Tokens:
    """The tokens that are good now: the long-lived one and those of logins."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.reset()

    def reset(self) -> None:
        """Makes the long-lived token good again and forgets logins."""
        self._ends: dict[str, datetime | None] = {TOKEN: None}

    def end_all(self) -> None:
        """Ends every token, the long-lived one included: a login gives a new one."""
        self._ends.clear()

    def open(self, minutes: int = MOST_MINUTES) -> tuple[str, datetime]:
        """A new token and when it runs out."""
        token, end = secrets.token_urlsafe(24), self._now() + timedelta(minutes=minutes)
        self._ends[token] = end
        return token, end

    def is_good(self, token: str | None) -> bool:
        """Whether a request with this token is let in."""
        if token is None or token not in self._ends:
            return False
        end = self._ends[token]
        return end is None or self._now() < end


class Limits:
    """Counts calls by path where `Settings.limits` limits them."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._now = now
        self._calls: dict[str, list[float]] = {}

    def check(self, path: str) -> None:
        """Counts a call.

        Raises:
            Refusal: 429, with the whole seconds after which to come again.
        """
        rule = next((rule for rule in self._settings.limits if _fits(rule, path)), None)
        if rule is None:
            return
        now = self._now().timestamp()
        recent = [moment for moment in self._calls.get(rule, ()) if now - WINDOW < moment <= now]
        self._calls[rule] = recent
        if len(recent) < self._settings.limits[rule]:
            recent.append(now)
            return
        wait = math.ceil(recent[0] + WINDOW - now) if recent else int(WINDOW)
        raise Refusal(429, f"Too many calls: come again in {wait} seconds", retry_after=wait)

    def reset(self) -> None:
        """Forgets the calls."""
        self._calls.clear()


def _fits(rule: str, path: str) -> bool:
    return path.startswith(rule[:-1]) if rule.endswith("*") else path == rule
