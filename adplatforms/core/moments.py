"""Moments and the clocks they are read off: comparisons in the wire's steps of time, and zones of records.

A moment without an offset is UTC everywhere, from the server and from the user. What users mean by "1 December" is a
day where the campaign runs: `local_moment` reads such a day in the record's own zone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

__all__ = ["in_steps"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def in_steps(op: str, moment: datetime, step: timedelta) -> tuple[str, Any] | None:
    """The operator and value of the comparison that holds for the same moments, where all of these are whole steps.

    ``> 10:00:00.5`` holds for the same whole seconds as ``>= 10:00:01``. op: ``==``, ``!=``, ``<``, ``<=``, ``>`` or
    ``>=``. Equality with a moment between two steps is ``in`` an empty tuple, for it holds for none; its opposite is
    ``!null``. None where the next step lies beyond the year 9999.
    """
    past_step = (moment - _EPOCH) % step
    if not past_step:
        return op, moment
    if op == "==":
        return "in", ()
    if op == "!=":
        return "!null", None
    # Both by the next step. A server that keeps fractions which its answers cut off is asked for the rows that the
    # answers show: 10:00:00.7, shown as 10:00:00, is not after 10:00:00.5 for whoever reads it.
    try:
        next_step = moment - past_step + step
    except OverflowError:
        return None
    return {"<": "<", "<=": "<", ">": ">=", ">=": ">="}[op], next_step
