"""What a user can set on every session, whatever the platform: retries, timeouts, limits, proxies, hooks."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from inspect import signature
from os import PathLike
from typing import Any

from adplatforms.core.errors import AdPlatformsWarning, ClientError, UnknownNameError, did_you_mean, warn
from adplatforms.core.messages import Answer, Request
from adplatforms.core.runtime import Runtime

from .deadlines import total_of
from .retry import Retry

__all__ = ["Options"]


@dataclass(frozen=True)
class Options:
    """The keywords that every session takes.

    `retry`: a `Retry`; None tries once. `timeout`: seconds to wait for data, or (to connect, for data).
    `total_timeout`: seconds until an answer is complete, however steadily its data comes; by default those of a
    `timeout` that is a number, else 900. `limits`: calls
    per category, ``{"ads_read": "300/minute"}``, a `pyrate_limiter.Limiter` or a function that makes one (which forked
    processes need); ``"*"`` for all others. `headers`: sent with every call. `proxies`, `adapters` (by URL prefix),
    `http` (makes a `requests.Session`): as `requests` takes them. `ca`: a file of certificates to trust instead of the
    usual ones; there is no way to switch verification off.

    `before`: called with each request, may return another. `after`: called with each answer. `debug_logger`: a logger
    that gets each call, secrets masked; the environment variable ADPLATFORMS_DEBUG does the same on standard error.
    `most_bytes`: the largest answer that is read. `read_only`: every write is refused before it is sent. `server`: the
    URL that calls go to instead of the platform's, or the name of one it has. `runtime`: what waits, locks and tells
    the time in place of threads and of the `sleep` and `clock` of `retry`; a `FakeRuntime` in tests, say.
    """

    retry: Retry | None = field(default_factory=Retry)
    timeout: float | tuple[float, float] = (10.0, 300.0)
    total_timeout: float | None = None
    limits: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    proxies: Mapping[str, str] | None = field(default=None, repr=False)
    adapters: Mapping[str, Any] = field(default_factory=dict)
    http: Callable[[], Any] | None = None
    ca: str | PathLike[str] | None = None
    before: Callable[[Request], Request | None] | None = None
    after: Callable[[Answer], object] | None = None
    debug_logger: logging.Logger | None = None
    most_bytes: int = 256 * 1024 * 1024
    server: str = ""
    read_only: bool = False
    runtime: Runtime | None = field(default=None, repr=False)

    def __reduce__(self) -> Any:
        """Pickled without the headers and the users and passwords of proxies, any of which may be a credential.

        What is missing has to be given anew where the options are loaded; a warning names it there.
        """
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        missing = [f"the header {name}" for name in self.headers]
        proxies: dict[str, str] = {}
        for scheme, url in (self.proxies or {}).items():
            proxies[scheme] = _without_user(url)
            if proxies[scheme] != url:
                missing.append(f"user and password of the proxy for {scheme}")
        plain.update(headers={}, proxies=self.proxies and proxies)
        return _restored, (plain, tuple(missing))

    def __copy__(self) -> Options:
        """Itself, since it does not change."""
        return self

    def __deepcopy__(self, memo: object) -> Options:
        return self

    @classmethod
    def of(cls, keywords: Mapping[str, Any], session: type | None = None) -> Options:
        """The options of some keywords.

        session: the class that got them, whose own keywords may have been meant. Raises `UnknownNameError` for one that
        does not exist, `ClientError` for a value that cannot be right.
        """
        known = [each.name for each in fields(cls)]
        for name, value in keywords.items():
            if name not in known:
                if session:
                    known += signature(session).parameters
                raise UnknownNameError(f"there is no option {name!r}", hint=did_you_mean(name, known))
            is_right, wanted = _WANTED.get(name, _ANYTHING)
            if not is_right(value):
                message = f"{name} takes {wanted}"
                # A header may be a credential, so it is not shown.
                if name != "headers":
                    message += f", not {value!r}"
                raise ClientError(message)
        # `type` and not `isinstance`: True would be one attempt.
        if type(keywords.get("retry")) is int:
            keywords = {**keywords, "retry": Retry(attempts=keywords["retry"])}
        return cls(**keywords)

    @cached_property
    def timeouts(self) -> tuple[float, float]:
        """Seconds to connect, and to wait for data."""
        if isinstance(self.timeout, tuple):
            return self.timeout
        return min(10.0, self.timeout), self.timeout

    @cached_property
    def total(self) -> float:
        """Seconds until an answer must be complete."""
        if self.total_timeout is not None:
            return self.total_timeout
        if isinstance(self.timeout, tuple):
            return total_of(self.timeout)
        return self.timeout


def _restored(plain: dict[str, Any], missing: tuple[str, ...]) -> Options:
    """Options that were pickled. missing: what was left out."""
    if missing:
        warn(f"options are pickled without credentials: give anew {', '.join(missing)}", AdPlatformsWarning)
    return Options(**plain)


def _without_user(url: str) -> str:
    """The URL of a proxy without user and password."""
    scheme, separator, rest = url.rpartition("://")
    host = rest.partition("/")[0].rpartition("@")[2]
    return f"{scheme}{separator}{host}{rest.partition('/')[1]}{rest.partition('/')[2]}"


def _limits(value: Any) -> bool:
    """Whether this is a limiter, or a function that makes one; the class `Limiter` itself is a common slip."""
    return hasattr(value, "try_acquire") or (callable(value) and not isinstance(value, type))


def _seconds(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0


def _header(name: Any, value: Any) -> bool:
    """Whether this can be a header (RFC 9110): a line end in it would start another one."""
    text = isinstance(value, str) and value == value.strip() and re.fullmatch(r"[\t -~\xa0-\xff]*", value)
    return isinstance(name, str) and bool(text and re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name))


_ANYTHING: tuple[Callable[[Any], bool], str] = (lambda v: True, "anything")
_WANTED: dict[str, tuple[Callable[[Any], bool], str]] = {
    "retry": (
        lambda v: v is None or isinstance(v, Retry) or (type(v) is int and v > 0),
        "a Retry, a number of attempts or None",
    ),
    "timeout": (
        lambda v: _seconds(v) or (isinstance(v, tuple) and len(v) == 2 and all(map(_seconds, v))),
        "seconds, or (to connect, for data)",
    ),
    "total_timeout": (lambda v: v is None or _seconds(v), "seconds, or None"),
    "headers": (
        lambda v: isinstance(v, Mapping) and all(_header(*item) for item in v.items()),
        "a dict of names and printable text",
    ),
    "limits": (
        lambda v: v is None or (isinstance(v, Mapping) and all(isinstance(x, str) or _limits(x) for x in v.values())),
        'a dict of limits such as "300/minute"',
    ),
    "most_bytes": (lambda v: type(v) is int and v > 0, "a number of bytes"),
    "runtime": (lambda v: v is None or isinstance(v, Runtime), "a Runtime"),
    "read_only": (lambda v: isinstance(v, bool), "True or False"),
    "server": (lambda v: isinstance(v, str) and v.strip() != "", "a URL or the name of a server"),
    "ca": (lambda v: v is None or isinstance(v, (str, PathLike)), "the path of a file of certificates"),
}
