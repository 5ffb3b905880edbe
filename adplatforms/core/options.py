"""What a user can set on every session, whatever the platform: retries, timeouts, limits, proxies, hooks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from .errors import ClientError, UnknownNameError, did_you_mean
from .retry import Retry
from .values import Answer, Request

__all__ = ["Options"]


@dataclass(frozen=True)
class Options:
    """The keywords that every session takes.

    `retry`: a `Retry`; None tries once. `timeout`: seconds to wait for data, or (to connect, for data). `limits`: calls
    per category, ``{"ads_read": "300/minute"}`` or a `pyrate_limiter.Limiter`; ``"*"`` for all others. `headers`: more
    headers. `proxies`, `adapters` (by URL prefix), `http` (makes a `requests.Session`): as `requests` takes them. `ca`:
    a file of certificates to trust instead of the usual ones; there is no way to switch verification off. `before`:
    called with each request, may return another. `after`: called with each answer. `debug_logger`: a logger that is
    told each call, secrets masked; the environment variable ADPLATFORMS_DEBUG does the same. `most_bytes`: the largest
    answer that is read.
    """

    retry: Retry | None = field(default_factory=Retry)
    timeout: float | tuple[float, float] = (10.0, 300.0)
    limits: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    proxies: Mapping[str, str] | None = None
    adapters: Mapping[str, Any] = field(default_factory=dict)
    http: Callable[[], Any] | None = None
    ca: str | None = None
    before: Callable[[Request], Request | None] | None = None
    after: Callable[[Answer], object] | None = None
    debug_logger: logging.Logger | None = None
    most_bytes: int = 256 * 1024 * 1024
    server: str = ""

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> Options:
        """The options of some keywords; an `UnknownNameError` for one that does not exist."""
        known = [each.name for each in fields(cls)]
        for word in words:
            if word not in known:
                raise UnknownNameError(f"there is no option {word!r}", hint=did_you_mean(word, known))
        for name, value in words.get("headers", {}).items():
            if not str(name).isascii() or any(
                ord(char) < 32 or ord(char) == 127 for char in f"{name}{value}"
            ):
                raise ClientError(f"the header {name!r} holds control characters")
        return cls(**words)

    @property
    def timeouts(self) -> tuple[float, float]:
        """Seconds to connect, and to wait for data."""
        return self.timeout if isinstance(self.timeout, tuple) else (min(10.0, self.timeout), self.timeout)
