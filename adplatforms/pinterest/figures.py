"""Rows of figures, from analytics, reports and bulk files, with typed values. Source: wire.md sections 9, 11 and 12.

A row is a dict by Pinterest's own column names: ids are text, ``DATE`` is a date, columns that end in
``_IN_MICRO_DOLLAR`` are a `Decimal` of millionths of the ad account's currency (whatever their name says), all others
the numbers that came. Columns without a value are left out, as Pinterest leaves them out.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import orjson

from adplatforms.core.errors import ParserException
from adplatforms.core.files import lines_of
from adplatforms.core.parsing import parse_date, parse_decimal

__all__ = ["Figures", "figures", "rows_of_file"]

Figures = dict[str, Any]
"""A row of figures, by Pinterest's own column names."""

_TEXT_COLUMNS = ("_ID", " ID", "_NAME", " NAME")
"""The ends of the names of columns whose values are text, also where they look like numbers."""
_ASK_AGAIN = "ask for the result again"


def figures(row: Mapping[str, Any]) -> Figures:
    """A row with typed values; what cannot be read stays as it came."""
    return {name: _typed(name, value) for name, value in row.items()}


def _typed(name: str, value: Any) -> Any:
    """The value of a column; the value itself where it cannot be read as what the column holds."""
    try:
        if name == "DATE" and len(value) == 10:
            return parse_date(value)
        if name.endswith("_ID") and type(value) is int:
            return str(value)  # figures by target have ids as numbers, all others as text
        if name.endswith("_IN_MICRO_DOLLAR") and value is not None:
            return parse_decimal(value)
    except (TypeError, ValueError):
        pass
    return value


def rows_of_file(chunks: Iterable[bytes], label: str, has_size: bool) -> Iterator[Figures]:
    """The rows of a report's file: CSV line by line as they arrive, JSON once all of it is here.

    label: what messages call the file's job. has_size: Pinterest said that the file is not empty. Raises a
    `ParserException` for a file that is neither, was cut, or holds an error.
    """
    # A byte order mark is no part of the first column's name.
    text = codecs.iterdecode(chunks, "utf-8-sig", errors="replace")
    head = next((piece for piece in text if piece.strip()), "")
    first = head.lstrip()[:1]
    if first == "<":
        raise ParserException(f"the file of {label} is a gateway's page", hint=_ASK_AGAIN)
    if not head and has_size:
        raise ParserException(f"the file of {label} is empty, and Pinterest gave it a size", hint=_ASK_AGAIN)
    if first in ("{", "["):
        yield from _rows_of_json("".join([head, *text]))
    else:
        yield from _rows_of_csv(lines_of(chain([head], text)))


def _rows_of_json(text: str) -> Iterator[Figures]:
    """Rows of JSON: a list of them, or lists keyed by what they are about."""
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise ParserException("the file is not JSON: it was cut, or Pinterest changed its form") from None
    if not isinstance(content, Mapping):
        yield from _listed_figures(content)
        return
    if {"code", "message"} <= content.keys():
        # Reports are objects too, keyed by ids: only the envelope of errors has these two.
        raise ParserException(f"the file holds an error: {content['message']}", hint=_ASK_AGAIN)
    for each in content.values():
        yield from _listed_figures(each)


def _listed_figures(listed: Any) -> Iterator[Figures]:
    """The rows of a list, or of the one row that stands in its place; what is not a row becomes one."""
    rows = listed if isinstance(listed, list) else [listed]
    for row in rows:
        if isinstance(row, Mapping):
            yield figures(row)
        else:
            yield {"value": row}


def _rows_of_csv(lines: Iterator[str]) -> Iterator[Figures]:
    """Rows of CSV, numbers as such; what is empty is left out, as in JSON."""
    try:
        for row in csv.DictReader(lines):
            if None in row:  # where the reader puts values without a name
                raise ParserException("a line of the file has more values than its head has names")
            yield figures({name: _number(name, value) for name, value in row.items() if value not in ("", None)})
    except csv.Error as error:
        raise ParserException(f"the file is not CSV: {error}") from None


def _number(name: str, text: str) -> Any:
    """A value of CSV as a number, where it is one and its column holds numbers."""
    is_text = f"_{name.upper()}".endswith(_TEXT_COLUMNS)
    # Python reads "1_000" as a number, and "inf" and "nan" too.
    if is_text or "_" in text or not text.lstrip("-")[:1].isdigit():
        return text
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
