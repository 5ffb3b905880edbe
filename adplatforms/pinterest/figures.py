"""Rows of figures, from analytics, reports and bulk files, with typed values. Source: wire.md section 11.

A row is a dict by Pinterest's own column names: ids are text, ``DATE`` is a date, columns that end in
``_IN_MICRO_DOLLAR`` are a `Decimal` of millionths of the ad account's currency (whatever their name says), all others
the numbers that came. Columns without a value are left out, as Pinterest leaves them out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adplatforms.core.parsing import parse_date, parse_decimal

__all__ = ["Figures", "figures"]

Figures = dict[str, Any]
"""A row of figures, by Pinterest's own column names."""


def figures(row: Mapping[str, Any]) -> Figures:
    """A row with typed values; what cannot be read stays as it came."""
    return {name: _typed(name, value) for name, value in row.items()}


def _typed(name: str, value: Any) -> Any:
    try:
        if name == "DATE":
            return parse_date(value) if len(value) == 10 else value
        if name.endswith("_ID") and type(value) is int:
            return str(value)
        return parse_decimal(value) if name.endswith("_IN_MICRO_DOLLAR") and value is not None else value
    except (TypeError, ValueError):
        return value
