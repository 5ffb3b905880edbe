"""The rows of a report out of its CSV, each checked. Source: wire.md section 9, the recorded reply performance.csv."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator

from adplatforms.core.errors import ParserException
from adplatforms.core.files import lines_of
from adplatforms.core.hints import brief
from adplatforms.core.messages import Stream

__all__ = ["read_report"]

_MARKUP = ("<?xml", "<result", "<html", "<!doctype", "<!DOCTYPE", "<h1>")
"""How T1's own errors and a gateway's begin (wire.md sections 8, 9 and 11)."""


def read_report(stream: Stream) -> tuple[list[str], Iterator[list[str]]]:
    """The names of the columns, and the rows as lists of text, read while they arrive.

    A row that is not whole is a `ParserException` that names it: one with more or fewer values than there are columns,
    a quote that is never closed, a last row without its line end. T1 ends every row with one, so the end of such an
    answer was lost, and a number in it may be another. A text that takes the place of a row, an error message, has
    another number of values as a rule. Raises `ParserException` too where there is no header, or two columns have one
    name. The stream is closed at the end, after an error, and with the iterator.
    """
    records = _records(stream)
    headers = next(records, [])
    problem = ""
    if not any(name.strip() for name in headers):
        problem = "without a header row"
    elif len(set(headers)) < len(headers):
        doubled = next(name for name in headers if headers.count(name) > 1)
        problem = f"with more than one column {doubled!r}"
    if problem:
        records.close()  # type: ignore[attr-defined]
        raise _unreadable(f"T1 sent a report {problem}")
    return headers, _rows(records, len(headers))


def _rows(records: Iterator[list[str]], columns: int) -> Iterator[list[str]]:
    """The rows after the header, each with a value for each column."""
    for number, row in enumerate(records, 1):
        # A report of one column has an empty line where its value is empty.
        values = row or [""] * (columns == 1)
        if len(values) != columns:
            raise _unreadable(f"row {number} has {len(values)} values for {columns} columns")
        yield values


def _records(stream: Stream) -> Iterator[list[str]]:
    """The header and the rows as they stand in the CSV."""
    lines = _Lines(stream)
    number = -1
    try:
        # Strict, or the reader takes an open quote for the end of a value, and all rows after it for a part of it.
        for number, record in enumerate(csv.reader(lines, strict=True)):
            if not lines.ended:
                raise _unreadable(f"{_name(number)} has no line end: the report was cut off there")
            if record and record[0].lstrip().startswith(_MARKUP):
                raise _unreadable(f"T1 sent an error in place of {_name(number)}: {brief(' '.join(record))}")
            yield record
    except csv.Error as problem:
        raise _unreadable(f"T1 sent CSV that cannot be read: {problem}, in {_name(number + 1)}") from None
    finally:
        stream.close()


class _Lines:
    """The lines of a report. `ended`: whether the one that was given out last has its end."""

    def __init__(self, stream: Stream) -> None:
        self.ended = True
        self._lines = lines_of(codecs.iterdecode(stream.chunks, "utf-8-sig"))

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except UnicodeDecodeError:
            raise ParserException("T1 sent a report that is not in UTF-8") from None
        self.ended = line.endswith("\n")
        return line


def _name(number: int) -> str:
    """What messages call a record of the CSV; the first is the header."""
    return f"row {number}" if number else "the header row"


def _unreadable(message: str) -> ParserException:
    return ParserException(message, hint="ask again, the answer may have been cut off")
