"""Requests and answers: what a session sends to a platform and what comes back, as plain values without I/O."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .errors import ClientError, ParserException
from .hints import one_line
from .scalars import to_plain_tree
from .secrets import Secret

if TYPE_CHECKING:
    from .reader import Reader

__all__ = ["Answer", "Pairs", "Request", "Stream", "path_segment", "read_body"]

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """One call to a platform, before credentials are added to it.

    `path`: relative to the session's base URL and already escaped. `params` and `form`: unescaped pairs; a name may
    repeat. `json`: the body instead of a form. `files`: the parts of a multipart form that come in addition to `form`:
    name, (file name, content, media type). `writes`: whether the call changes anything at the platform.

    `server`: the base URL of this call, where it is not the session's. `category`: what its rate limit counts it as.
    `timeout`: seconds to connect and to wait for data, where they are not the session's. `total`: seconds until the
    answer must be complete. `private`: its bodies are not logged, because they hold credentials that cannot be masked
    yet.

    Never sent: `reader`, which reads the answer where the dialect does not, and `id`, which names the request in log
    records and is the same for all attempts; the connection gives it.
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
    private: bool = False
    total: float | None = None
    reader: Reader | None = field(default=None, compare=False)
    id: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Makes the scalars of the body plain; raises `InvalidValueError` for NaN and infinities."""
        # JSON has no NaN. A writer of it sends null instead, and null empties a field at the platform.
        if self.json is not None:
            object.__setattr__(self, "json", to_plain_tree(self.json, "the body"))

    def adding(self, *params: tuple[str, str]) -> Request:
        """The same request with more query parameters: pairs of name and value, not escaped."""
        return replace(self, params=self.params + params)

    @property
    def label(self) -> str:
        """Method and path, for messages: the query is left out."""
        text = f"{self.method} {self.path}"
        # Each call logs it, and hardly any needs the look at every character.
        if text.isprintable():
            return text
        return one_line(text)

    def __str__(self) -> str:
        by_name: dict[str, list[str]] = {}
        for name, value in self.params:
            by_name.setdefault(name, []).append(value)
        shown = [f"{name}={value}" for name, values in by_name.items() for value in _ends(values)]
        return one_line("  ".join([self.label, *shown]))

    def __repr__(self) -> str:
        """As `str`, with the names in the form: a value there may be a password."""
        text = str(self)
        if self.form is not None:
            text += one_line(f"  form: {', '.join(name for name, _ in self.form)}")
        return f"<Request {text}>"


def _ends(values: list[str], most: int = 6) -> list[str]:
    """A list as it is shown: the ends of a long one, since a filter may hold thousands of ids."""
    if len(values) <= most:
        return values
    return [*values[:2], f"... {len(values) - 3:,} more ...", values[-1]]


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
        return f"<Answer {self.status} {one_line(self.content_type)} {len(self.content):,} bytes>"

    def excerpt(self, most: int = 200) -> str:
        """The start of the body as one line of text, markup and the queries of URLs stripped: for error messages."""
        text = re.sub(r"\?[^\s\"'<>]+", "?…", self.content[: most * 10].decode("utf-8", "replace"))
        text = " ".join(re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", text, flags=re.S | re.I).split())
        if len(text) > most:
            text = text[: most - 1] + "…"
        return text


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer whose body is read piece by piece, once: by iterating `chunks`, or all of it by `answer`.

    `close`: frees its connection; whoever does not read to the end has to call it.
    """

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]
    request: Request
    close: Callable[[], None]

    def answer(self, most: int = 256 * 1024 * 1024) -> Answer:
        """The answer with its complete body. The stream is used up and closed then.

        most: bytes; a larger body is a `ParserException`.
        """
        try:
            return Answer(self.status, self.headers, read_body(self.chunks, most, self.request), self.request)
        finally:
            self.close()


def read_body(chunks: Iterable[bytes], most: int, request: Request) -> bytes:
    """The pieces of a body as one.

    most: bytes; a `ParserException` once there are more. The length that the server tells is no help: a compressed
    body grows while it is read.
    """
    pieces, read = [], 0
    for piece in chunks:
        read += len(piece)
        if read > most:
            raise ParserException(
                f"{request.label}: the answer is larger than {most:,} bytes",
                hint="raise most_bytes, or ask for less",
                transient=False,
            )
        pieces.append(piece)
    return b"".join(pieces)


def path_segment(value: object) -> str:
    """One segment of a URL path, escaped, so that an id such as ``1/../users`` cannot change the URL.

    Raises a `ClientError` for what cannot be one: nothing, dots, control characters, half of a surrogate pair.
    """
    text = str(value)
    # Clients and servers take dots for the folder itself and the one above it, however they are escaped.
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
