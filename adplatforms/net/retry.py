"""Retries: one table decides, for every platform. Platforms and dialects neither retry nor sleep.

A read is repeated when the failure is likely to pass; a write only when it surely was not applied. A write whose answer
was lost is an `AmbiguousWrite`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isnan
from typing import NamedTuple

from adplatforms.core.errors import (
    AdPlatformsError,
    APIError,
    ConnectError,
    ParserException,
    RateLimitError,
    TransportError,
)

__all__ = ["TABLE", "Retry", "Rule", "classify", "decide", "http_moment", "retry_after_seconds"]


class Rule(NamedTuple):
    """A row of the table: what happened, and what a read and a write do then: "retry", "raise" or "ambiguous"."""

    failure: str
    read: str
    write: str


TABLE: dict[str, Rule] = {
    "refused": Rule("the connection was refused or never made", "retry", "retry"),
    "lost": Rule("it broke or timed out once the request was sent", "retry", "ambiguous"),
    "throttled": Rule("429 or 503, or too many calls, from the platform itself", "retry", "retry"),
    "transient": Rule("an error that the platform calls temporary", "retry", "retry"),
    "gateway": Rule("429 or 503 that is not in the platform's own form", "retry", "ambiguous"),
    "failing": Rule("408, and 5xx but 501, 503 and 505", "retry", "ambiguous"),
    "unreadable": Rule("an answer that cannot be read, or is about something else", "retry", "ambiguous"),
    "foreign": Rule("any other error that is not in the platform's own form", "raise", "ambiguous"),
    "final": Rule("any other error", "raise", "raise"),
}
"""The decision table, printed in the documentation from here."""


def classify(error: AdPlatformsError) -> str:
    """The row of the table that an error falls under."""
    if isinstance(error, APIError):
        return _classify_answer(error)
    if isinstance(error, ParserException):
        return "unreadable"
    if isinstance(error, TransportError):
        if error.unsure:
            return "lost"
        if isinstance(error, (ConnectError, TimeoutError)):
            return "refused"
    return "final"


def _classify_answer(error: APIError) -> str:
    """The row of an error that somebody answered with: the platform itself, or a gateway in front of it."""
    status = error.status or 0
    otherwise = "final" if error.answered else "foreign"
    if error.unsure and status < 400:
        return "unreadable"
    # What a dialect knows of the error comes before what its status usually means.
    if error.transient is False:
        return otherwise
    if error.transient:
        return "transient"
    if status in (429, 503) or isinstance(error, RateLimitError):
        return "throttled" if error.answered else "gateway"
    # 501 and 505 mean that the server will never do it.
    if status == 408 or (status >= 500 and status not in (501, 505)):
        return "failing"
    return otherwise


def decide(error: AdPlatformsError, writes: bool) -> str:
    """What to do after an error: "retry", "raise" or "ambiguous".

    writes: whether the request changes anything at the platform. A platform that answers a write with an error of its
    own, a code next to the 5xx, has said what became of it.
    """
    rule = TABLE[classify(error)]
    if writes:
        return _decide_write(error, rule)
    # The same call would bring the same again: an answer that is too large, say.
    if isinstance(error, ParserException) and error.transient is False:
        return "raise"
    return rule.read


def _decide_write(error: AdPlatformsError, rule: Rule) -> str:
    """What a write does. It is only repeated where it was surely not applied."""
    if not isinstance(error, APIError) or rule.write == "retry":
        return rule.write
    if error.unsure:
        return "ambiguous"
    return "raise"


def retry_after_seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds that a Retry-After header asks to wait; None without one that can be read.

    It is a number, or an HTTP date: by the server's own clock (the header Date), else by `now`, this machine's.
    """
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        pass
    else:
        # "nan" is a number to Python, and no wait is longer or shorter than it.
        return None if isnan(seconds) else max(0.0, seconds)
    until = http_moment(text)
    if until is None:
        return None
    sent = http_moment(headers.get("date", "")) or now
    return max(0.0, (until - sent).total_seconds())


def http_moment(text: str) -> datetime | None:
    """The moment of an HTTP date, ``Sun, 22 Nov 2026 12:00:00 GMT``; None for anything else."""
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    # The zone -0000 means UTC whose place is not told, and is parsed without one.
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment


@dataclass(frozen=True)
class Retry:
    """How often and how long to try.

    `attempts`: calls in all; 1 never tries again. `total`: seconds after which nothing is tried again. `longest_wait`:
    seconds of one wait; where the platform asks for more, its error is raised at once and says so. The n-th wait is a
    random part of ``base * factor ** n`` seconds ("full jitter"), or what the platform asks for where that is longer.

    `budget`: retries that all calls of a session share; when so many were in vain, none is tried again until others
    succeed, or time has passed (see `budget.RetryBudget`). None for no such limit.

    `look_ups`: the seconds to wait before each look for a write whose answer was lost, because the platform may still
    be at work on it. Empty: none is looked for; nor is one where nothing is tried again.

    `sleep`: waits so many seconds. `clock`: seconds that only go forward.
    """

    attempts: int = 5
    total: float = 300.0
    longest_wait: float = 65.0
    base: float = 0.5
    factor: float = 2.0
    look_ups: tuple[float, ...] = (0.0, 0.5, 1.0, 2.0, 4.0)
    budget: int | None = 500
    sleep: Callable[[float], object] = field(default=time.sleep, repr=False, compare=False)
    clock: Callable[[], float] = field(default=time.monotonic, repr=False, compare=False)

    def wait(self, attempt: int, elapsed: float, asked: float | None) -> float | None:
        """The seconds to wait after an attempt; None to give up.

        attempt: its number, from 1. elapsed: seconds since the first began. asked: seconds that the platform asks for.
        """
        most = min(self.longest_wait, self.base * self.factor ** (attempt - 1))
        pause = random.uniform(0, most)
        # Asked to come back at once, or at a moment that is past, it waits a little all the same.
        if asked is not None:
            pause = max(pause, asked)
        if attempt >= self.attempts or pause > self.longest_wait or elapsed + pause > self.total:
            return None
        return pause
