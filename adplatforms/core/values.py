"""The small values everything else passes around: requests and answers, secrets, and conversions of single values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from os import PathLike
from pathlib import Path
from secrets import token_hex
from shutil import copymode
from typing import Any, NamedTuple
from urllib.parse import quote

from .errors import ClientError, ParserException
from .scalars import to_plain, to_plain_tree

__all__ = [
    "UTC",
    "Answer",
    "Change",
    "Pairs",
    "Request",
    "Secret",
    "Stream",
    "from_epoch",
    "parse_bool",
    "parse_date",
    "parse_datetime",
    "parse_decimal",
    "parse_int",
    "path_segment",
    "redact",
    "whole",
    "written",
]

Pairs = tuple[tuple[str, str], ...]


class Change(NamedTuple):
    """What a field was and what it is now."""

    old: Any
    new: Any


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """One call to a platform, before credentials are added to it.

    `path` is relative to the session's base URL and already escaped; `params` and `form` are unescaped pairs (a name
    may repeat). `files` are parts of a multipart form beside `form`: name, (file name, content, media type). `writes`
    says whether the call changes anything at the platform. `server`: the base URL of this call, where it is not the
    session's. `category`: what its rate limit counts it as. `timeout`: seconds to connect and to wait for data, where
    they are not the session's. `subject`: the dialect's note on what the answer is about; never sent. `private`: its
    bodies are not logged, for they hold credentials that nobody can mask yet.
    """

    method: str
    path: str
    params: Pairs = ()
    form: tuple[tuple[str, str | Secret], ...] | None = None
    json: Any = None
    headers: Mapping[str, str | Secret] = field(default_factory=dict)
    writes: bool = False
    files: tuple[tuple[str, tuple[str | None, bytes, str | None]], ...] | None = None
    server: str = ""
    category: str = ""
    timeout: tuple[float, float] | None = None
    subject: Any = field(default=None, compare=False)
    private: bool = False

    def __post_init__(self) -> None:
        """JSON has no NaN: a writer of it sends null instead, which empties a field. So it is refused here."""
        if self.json is not None:
            object.__setattr__(self, "json", to_plain_tree(self.json, "the body"))

    def adding(self, *params: tuple[str, str]) -> Request:
        """The same request with more query parameters."""
        return replace(self, params=self.params + params)

    @property
    def label(self) -> str:
        """Method and path, for messages: the query is left out."""
        return f"{self.method} {self.path}"

    def __str__(self) -> str:
        told: dict[str, list[str]] = {}
        for name, value in self.params:
            told.setdefault(name, []).append(value)
        return "  ".join([self.label, *(f"{name}={value}" for name in told for value in _few(told[name]))])

    def __repr__(self) -> str:
        """As `str`, with the names in the form: a value there may be a password."""
        form = "" if self.form is None else f"  form: {', '.join(name for name, _ in self.form)}"
        return f"<Request {self}{form}>"


def _few(values: list[str], most: int = 6) -> list[str]:
    """A long list as its ends."""
    return values if len(values) <= most else [*values[:2], f"... {len(values) - 3:,} more ...", values[-1]]


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What came back: HTTP status, headers (names in lower case), body, and the request it belongs to."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    request: Request

    @property
    def content_type(self) -> str:
        """The media type in lower case, without parameters; empty when the server sent none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def __repr__(self) -> str:
        """Without the body, which may hold a link with the api_key."""
        return f"<Answer {self.status} {self.content_type} {len(self.content):,} bytes>"

    def excerpt(self, most: int = 200) -> str:
        """The start of the body as one line of text, markup and the queries of URLs stripped: for error messages."""
        text = re.sub(r"\?[^\s\"'<>]+", "?…", self.content[: most * 10].decode("utf-8", "replace"))
        text = " ".join(re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", text, flags=re.S | re.I).split())
        return text if len(text) <= most else text[: most - 1] + "…"


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer whose body is read piece by piece: as chunks, once, or whole as an `Answer`."""

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]
    request: Request
    close: Callable[[], None]

    def answer(self, most: int = 256 * 1024 * 1024) -> Answer:
        """The whole answer, refused beyond so many bytes; the stream is spent and closed then."""
        try:
            return Answer(self.status, self.headers, whole(self.chunks, most, self.request), self.request)
        finally:
            self.close()


def written(chunks: Iterable[bytes], path: str | PathLike[str]) -> int:
    """Writes the pieces of a body to a file; the number of bytes.

    They are written to a file beside it, which takes its place once all have come: where some do not, what was there
    before stays as it was.
    """
    target = Path(path).resolve()  # a link stays one
    if target.exists() and not target.is_file():  # a pipe, say: nothing can take its place
        with target.open("wb") as file:
            return sum(map(file.write, chunks))
    beside = target.with_name(f".{target.name}.{token_hex(4)}.part")
    try:
        with beside.open("xb") as file:
            count = sum(map(file.write, chunks))
        if target.exists():
            copymode(target, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return count


def whole(chunks: Iterable[bytes], most: int, request: Request) -> bytes:
    """The pieces of a body as one; a `ParserException` once they are more bytes than are read."""
    pieces, read = [], 0
    for piece in chunks:
        read += len(piece)
        if read > most:
            too_large = ParserException(
                f"{request.label}: the answer is larger than {most:,} bytes", hint="raise most_bytes, or ask for less"
            )
            too_large.transient = False
            raise too_large
        pieces.append(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class Secret:
    """A credential: usable, but never shown, compared by content or pickled."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The credential itself."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "'***'"

    def __str__(self) -> str:
        return "***"

    def __reduce__(self) -> Any:
        raise TypeError("credentials are not pickled; sign in again where the data is loaded")


def redact(text: str, secrets: Iterable[Secret]) -> str:
    """The text with every secret of four characters or more, plain or as it stands in a URL, replaced by ``***``."""
    for secret in secrets:
        value = secret.reveal()
        if len(value) < 4:  # no real credential, and masking it would garble words
            continue
        for form in {value, quote(value, safe=""), quote(value, safe="").replace("%20", "+")}:
            text = text.replace(form, "***")
    return text


def path_segment(value: object) -> str:
    """One segment of a URL path, escaped, so that an id such as ``1/../users`` cannot change the URL."""
    text = str(value)
    if text in ("", ".", "..") or not text.isprintable() or not _is_unicode(text):
        raise ClientError(f"{text!r} cannot be part of a URL")
    return quote(text, safe="")


def _is_unicode(text: str) -> bool:
    """Whether it can be sent at all: half of a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def parse_bool(value: Any) -> bool:
    """True or False from a bool, 1/0, "1"/"0", "true"/"false" or "on"/"off"; anything else is a ValueError."""
    value = to_plain(value)
    key = value.strip().lower() if isinstance(value, str) else value
    try:
        return BOOLS[key]
    except (KeyError, TypeError):
        raise ValueError("expected True or False") from None


BOOLS: dict[Any, bool] = {True: True, False: False, "1": True, "0": False, "true": True, "false": False}
BOOLS.update(on=True, off=False)


def parse_int(value: Any) -> int:
    """A whole number from an int, an integral float or digits; a bool or a fraction is a ValueError."""
    if type(value) is str and "_" not in value:
        return int(value)
    value = to_plain(value)
    if isinstance(value, (bool, str)) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError("expected a whole number")
    return int(value)


_NUMBERS = frozenset({str, int, float})
"""Classes that need no look at the libraries; checked here, for reading amounts must stay cheap."""


def parse_decimal(value: Any) -> Decimal:
    """An exact decimal from a number or its text; floats go through their shortest text."""
    if type(value) not in _NUMBERS:
        value = to_plain(value)
    if isinstance(value, bool) or (isinstance(value, str) and "_" in value):
        raise ValueError("expected a number")
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except (InvalidOperation, TypeError):
        raise ValueError("expected a number") from None
    if not number.is_finite():
        raise ValueError("expected a finite number")
    return number


def parse_datetime(value: Any) -> datetime:
    """An aware datetime from ISO 8601 text, a datetime or a date; without an offset it is UTC.

    >>> parse_datetime("2016-11-07T09:07:57+0000")
    datetime.datetime(2016, 11, 7, 9, 7, 57, tzinfo=datetime.timezone.utc)
    """
    if type(value) is str:
        try:
            moment = _from_iso(value + "+00:00" if len(value) == 19 else value)
        except ValueError:
            moment = _lenient(value)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    value = to_plain(value)
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day, tzinfo=UTC)
    else:
        raise ValueError("expected a datetime or ISO 8601 text")
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


_from_iso = datetime.fromisoformat


def _lenient(text: str) -> datetime:
    """ISO forms that `datetime.fromisoformat` refuses, such as a space before the offset."""
    from dateutil.parser import isoparse

    return isoparse(re.sub(r"\s+(?=[+-])", "", text.strip()).replace(" ", "T", 1))


def parse_date(value: Any) -> date:
    """A calendar date from a date or ``YYYY-MM-DD``; a datetime gives its own day."""
    value = to_plain(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ValueError("expected a date or YYYY-MM-DD")
    return date.fromisoformat(value[:10]) if len(value) == 10 else parse_datetime(value).date()


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def from_epoch(seconds: Any) -> datetime:
    """The UTC datetime of a number of seconds since 1970 (also before 1970, and as text)."""
    if type(seconds) is int and 0 <= seconds < _FAR:
        return datetime.fromtimestamp(seconds, UTC)
    return EPOCH + timedelta(seconds=float(seconds) if isinstance(seconds, str) else seconds)


_FAR = 253_402_300_800  # the year 10,000
