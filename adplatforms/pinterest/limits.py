"""The rate limits of Pinterest: what answers tell of them, and how long to wait after a refusal.

Calls are counted per category of operations (`Operation.rate`: ads_read, ads_write, ads_analytics, org_read, ...) and
besides that all together. Standard access has windows of a second (all calls) and of a minute (each category), trial
access of a day. The numbers are "subject to change without notice", so none stands here: a session learns them from
``X-RateLimit-*``, which come with every answer. Source: wire.md, section 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from adplatforms.core.dialect import Quota
from adplatforms.core.errors import AdPlatformsWarning, did_you_mean, warn
from adplatforms.core.messages import Answer
from adplatforms.net.retry import retry_after_seconds

__all__ = ["MINUTE", "check_categories", "quota", "retry_seconds", "seconds_to_wait"]

MINUTE = 60.0
"""Seconds to wait after a 429 that does not say how long: the window of the categories."""

ALL = "all"
"""The category of calls that belong to none."""

_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)")


def quota(answer: Answer) -> Quota | None:
    """What the headers tell of the rate limit; None where they tell nothing.

    ``X-RateLimit-Limit: 100, 100;w=1, 1000;w=60`` (the first number is the limit), ``X-RateLimit-Remaining: 99``,
    ``X-RateLimit-Reset: 1`` (seconds from now). Source: wire.md, section 8.
    """
    headers = [answer.headers.get(f"x-ratelimit-{name}", "") for name in ("limit", "remaining", "reset")]
    if not any(headers):
        return None
    limit, remaining, reset = map(_first_number, headers)
    return Quota(answer.request.category or ALL, _whole_number(limit), _whole_number(remaining), reset)


def seconds_to_wait(answer: Answer, message: str) -> float | None:
    """The seconds to wait before the call is made again; None where the answer is about no rate limit.

    A 429 tells it by ``X-RateLimit-Reset``, which may be many hours of a limit a day; one that says nothing waits a
    minute. Analytics may signal throttling by a 400 whose message names the seconds. ``Retry-After`` is not documented,
    so only a gateway sends it, and it counts first. Source: wire.md, section 8.
    """
    seconds = retry_seconds(message) if answer.status in (400, 429) else None
    if answer.status != 429:
        return seconds
    if seconds is None:
        seconds = retry_after_seconds(answer.headers, datetime.now(UTC))
    learned = quota(answer)
    if seconds is None and learned is not None:
        seconds = learned.reset
    return MINUTE if seconds is None else seconds


def retry_seconds(message: str) -> float | None:
    """The seconds of "Retry after N seconds", which analytics answers with status 400 when it is throttled.

    Source: wire.md, section 8.
    """
    found = re.search(r"retry after (\d+(?:\.\d+)?) seconds?", message, re.I)
    return None if found is None else float(found[1])


def check_categories(limits: Mapping[str, Any] | None, known: Iterable[str]) -> None:
    """Warns of a limit for a category that the description does not have: no call would count against it, most likely.

    limits: what the user gave. known: the categories. It is not refused, for Pinterest adds categories.
    """
    names = {*known, ALL, "*"}
    for name in limits or ():
        if name not in names:
            warn(f"Pinterest has no category {name!r} of calls: {did_you_mean(name, names)}", AdPlatformsWarning)


def _first_number(header: str) -> float | None:
    """The number that a header starts with; None where it has none."""
    found = _NUMBER.match(header)
    return None if found is None else float(found[1])


def _whole_number(number: float | None) -> int | None:
    return None if number is None else int(number)
