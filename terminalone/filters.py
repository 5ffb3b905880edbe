"""The operators of `T1.find`, by their classic names. Source: collections.json `filters`.

``t1.find("campaigns", "name", filters.CASE_INS_STRING, "*spring*")``
"""

from __future__ import annotations

from adplatforms.core.errors import UnknownNameError, did_you_mean
from adplatforms.core.expr import CLASSIC, OPERATORS

__all__ = [
    "CASE_INS_STRING",
    "EQUALS",
    "GREATER",
    "GREATER_OR_EQUAL",
    "IN",
    "LESS",
    "LESS_OR_EQUAL",
    "NOT_EQUALS",
    "NOT_NULL",
    "NULL",
    "symbol",
]

IN = "()"
NULL = ":"
NOT_NULL = ":!"
EQUALS = "=="
NOT_EQUALS = "!="
GREATER = ">"
GREATER_OR_EQUAL = ">="
LESS = "<"
LESS_OR_EQUAL = "<="
CASE_INS_STRING = "=:"


def symbol(operator: str) -> str:
    """The framework's symbol for a classic operator, or for one of its own or of this module's names."""
    names: dict[str, str] = {name: globals()[name] for name in __all__ if name.isupper()}
    if isinstance(operator, str):
        found = names.get(operator, operator)
        found = CLASSIC.get(found, found)
        if found in OPERATORS:
            return found
    hint = did_you_mean(operator, names)
    raise UnknownNameError(f"no operator {operator!r}", hint=hint or "operators are filters." + ", ".join(names))
