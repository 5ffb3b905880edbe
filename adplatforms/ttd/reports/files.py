"""The file of a report: typed rows of it, or the file itself. Source: facts_2.md sections 3 and 4."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from os import PathLike
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import ClientError, ParserException
from adplatforms.core.files import lines_of, write_atomically
from adplatforms.core.messages import Stream

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["ReportFile", "typed"]

_WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)\.\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(r"(?i:\bids?|\bcode)$|[a-z](Id|ID)s?$")
"""Columns whose values are names of something, whatever they look like."""


class ReportFile:
    """The file behind the link of a report.

    It is fetched with the token from the session's own hosts, and without any credential from elsewhere; see
    `TTD.download`. `is_sample`: whether the platform says that its figures are made up, None where it does not say.
    """

    def __init__(self, session: TTD, url: str, is_sample: bool | None = None) -> None:
        self._session, self._url, self.is_sample = session, url, is_sample

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows as dicts by the column names of the file, which is read piece by piece.

        Values: whole numbers, `Decimal`, dates and None (of an empty one); ids and all else stay text. A file that is
        cut, or a row that does not fit the header, is a `ParserException` that names the row.
        """
        stream = self._session.download(self._url)
        try:
            yield from _rows_of(stream)
        finally:
            stream.close()

    def download(self, path: str | PathLike[str]) -> int:
        """Writes the file as it is; it takes the place of another one once it has arrived. Returns its bytes."""
        stream = self._session.download(self._url)
        try:
            return write_atomically(stream.chunks, path)
        finally:
            stream.close()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self.rows()

    def __repr__(self) -> str:
        """Without the link, which anybody can open where it is signed."""
        return "<ReportFile>"


def _rows_of(stream: Stream) -> Iterator[dict[str, Any]]:
    media_type = stream.headers.get("content-type", "")
    if "html" in media_type or "json" in media_type:
        raise ParserException(f"the report cannot be read: it came as {media_type.partition(';')[0]}")
    reader = _reader_of(lines_of(_texts(stream)))
    header: list[str] | None = None
    number = 0
    while True:
        number += 1
        try:
            values = next(reader, None)
        except csv.Error as problem:
            raise ParserException(f"row {number} of the report cannot be read: {problem}") from None
        if values is None:
            break
        if header is None:
            header = values
        elif values and len(values) != len(header):
            raise ParserException(f"row {number} of the report has {len(values)} values, the header {len(header)}")
        elif values:
            yield {name: typed(name, value) for name, value in zip(header, values, strict=True)}
    if header is None:
        raise ParserException("the report cannot be read: it is empty")


def _reader_of(lines: Iterator[str]) -> Any:
    """What splits the lines: at tabs, where the header has one and no comma, else at commas."""
    first = next(lines, "")
    delimiter = "\t" if "\t" in first and "," not in first else ","

    def all_lines() -> Iterator[str]:
        if first:
            yield first
        yield from lines

    # Strict: a quote that is not closed is an error then, and not the rest of the file in one value.
    return csv.reader(all_lines(), delimiter=delimiter, strict=True)


def _texts(stream: Stream) -> Iterator[str]:
    """The body as text; a byte order mark is left out."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    first = True
    try:
        for piece in stream.chunks:
            if first and piece[:2] == b"PK":
                raise ClientError("an Excel report has no rows here", hint="download(path) writes it to a file")
            first = False
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as problem:
        raise ParserException(f"the report is not UTF-8: {problem.reason}") from None


def typed(name: str, value: str) -> Any:
    """A value of a column: a number, a date, None for nothing, else the text. Ids and codes stay text."""
    if value == "":
        return None
    if _ID.search(name):
        return value
    if _WHOLE.fullmatch(value):
        return int(value)
    if _DECIMAL.fullmatch(value):
        return Decimal(value)
    if _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
