"""Links to files on a platform's own hosts, which want the session's credentials; they are sent nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

from adplatforms.core.errors import TransportError
from adplatforms.core.messages import Request, Stream

from .logs import new_request_id

if TYPE_CHECKING:
    from .connection import HttpConnection

__all__ = ["OwnLinks", "open_link"]

_MOST_REDIRECTS = 3


class OwnLinks(NamedTuple):
    """What a platform says of links to its files.

    `is_own`: whether a link is on one of the session's own hosts and wants its credentials; it raises a `ClientError`
    for one that is not safe. `check`: raises the error of an answer that is none.
    """

    is_own: Callable[[str], bool]
    check: Callable[[Stream], object]


def open_link(connection: HttpConnection, url: str, links: OwnLinks) -> Stream:
    """One attempt to fetch a link: with the credentials from an own host, without any from all others.

    Each address that a redirect leads to is judged anew, so that no credential follows it to a storage elsewhere.
    """
    for _ in range(_MOST_REDIRECTS + 1):
        if not links.is_own(url):
            return connection.fetch_link("GET", url)
        connection.stats.add(calls=1)
        stream = connection.transport.stream(_request_of(connection, url))
        location = stream.headers.get("location")
        if not (300 <= stream.status < 400 and location):
            links.check(stream)
            return stream
        stream.close()
        try:
            url = urljoin(url, location)
        except ValueError as problem:
            raise TransportError(f"the link leads to what is not a URL: {problem}", request="GET of a file") from None
    raise TransportError("the link is redirected without end", request="GET of a file")


def _request_of(connection: HttpConnection, url: str) -> Request:
    """The request for a link on an own host, to which the transport adds the credentials."""
    parts = urlsplit(url)
    # In `params` and not in the path, which messages and the log show.
    query = tuple(parse_qsl(parts.query, keep_blank_values=True))
    server, timeout = f"{parts.scheme}://{parts.netloc}", connection.options.timeouts
    return Request("GET", parts.path.lstrip("/"), query, server=server, timeout=timeout, id=new_request_id())
