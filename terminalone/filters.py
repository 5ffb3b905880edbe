"""The operators of `T1.find`, by their classic import path; they live in `adplatforms.core.filters`."""

from adplatforms.core.filters import (
    CASE_INS_STRING,
    EQUALS,
    GREATER,
    GREATER_OR_EQUAL,
    IN,
    LESS,
    LESS_OR_EQUAL,
    NOT_EQUALS,
    NOT_NULL,
    NULL,
    symbol,
)

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
