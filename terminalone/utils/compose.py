"""Functions of functions."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

__all__ = ["compose"]


def compose(*functions: Callable[..., Any]) -> Callable[[Any], Any]:
    """One function that calls these from the last to the first; of none, it returns what it is given.

    >>> compose(sorted, set)("hello")
    ['e', 'h', 'l', 'o']
    """
    return lambda value: reduce(lambda found, function: function(found), reversed(functions), value)
