"""The classic path of `terminalone.fields`."""

from .fields import (
    Bool,
    Bool01,
    Children,
    Choice,
    DateTime,
    FixedOffset,
    Float,
    Int,
    ListedChoice,
    Object,
    OffsetDateTime,
    Price,
    Ref,
    Str,
    Version,
)

__all__ = [
    "Bool",
    "Bool01",
    "Children",
    "Choice",
    "DateTime",
    "FixedOffset",
    "Float",
    "Int",
    "ListedChoice",
    "Object",
    "OffsetDateTime",
    "Price",
    "Ref",
    "Str",
    "Version",
]
