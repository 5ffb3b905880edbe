"""Rate limits: what the platform tells of them."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Quota"]


class Quota(NamedTuple):
    """What an answer tells of a rate limit: calls allowed in its window, calls left, seconds until it starts anew."""

    category: str
    limit: int | None
    remaining: int | None
    reset: float | None
