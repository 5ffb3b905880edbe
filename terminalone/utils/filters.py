"""The operators of `T1.find`, by their classic place; they live in `terminalone.filters`."""

from ..filters import (
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
]
