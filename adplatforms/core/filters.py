"""The operators of `Session.find` by name: ``find("campaigns", "name", filters.CASE_INS_STRING, "*spring*")``.

The names and values are those of the classic TerminalOne SDK, whose scripts pass them on every platform. Source: the
SDK's ``terminalone/filters.py``. `adplatforms.filters` and `terminalone.filters` are these objects.
"""

from __future__ import annotations

from .errors import UnknownNameError, did_you_mean
from .expr import CLASSIC, OPERATORS

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
    """The framework's symbol for an operator (a key of `expr.OPERATORS`).

    operator: the value of a name of this module, the name itself as text ("EQUALS"), or the symbol. Raises
    `UnknownNameError` for anything else.
    """
    names: dict[str, str] = {name: globals()[name] for name in __all__ if name.isupper()}
    if isinstance(operator, str):
        found = names.get(operator, operator)
        found = CLASSIC.get(found, found)
        if found in OPERATORS:
            return found
    hint = did_you_mean(operator, names)
    raise UnknownNameError(f"no operator {operator!r}", hint=hint or "operators are filters." + ", ".join(names))
