"""Which links to files want the token: those on the session's own hosts, and no others.

The file of a report lies on The Trade Desk's own host and needs ``TTD-Auth``, or is redirected to a storage that must
not see it (facts_2.md section 4 [3:6]); one client says that the links are signed and need nothing [3:1]. Results of
jobs are signed links elsewhere.
"""

from __future__ import annotations

from urllib.parse import SplitResult, parse_qsl, urlsplit

from adplatforms.core.messages import Stream
from adplatforms.net.transport import check_url

from .errors import error_of
from .servers import Servers

__all__ = ["check_file", "wants_token"]

_SIGNATURES = frozenset({"signature", "sig", "x-amz-signature", "x-goog-signature"})
"""Parameters that say that a link is signed: names that storages use."""
_PORTS = {"https": 443, "http": 80}
_MOST_OF_AN_ERROR = 1_000_000
"""Bytes of an error that are read."""


def wants_token(url: str, servers: Servers) -> bool:
    """Whether a link is on one of these hosts and not signed. Raises a `ClientError` for one that is not safe."""
    # First: what stands before an @, or behind a backslash, makes a host look like another one.
    check_url(url, "safe link")
    parts = urlsplit(url)
    names = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if names & _SIGNATURES:
        return False
    own = {_host_of(urlsplit(each)) for each in (servers.workflows, servers.graphql, servers.rest)}
    return _host_of(parts) in own


def check_file(stream: Stream) -> None:
    """Raises the error that an own host answers in place of a file."""
    if not 200 <= stream.status < 300:
        raise error_of(stream.answer(_MOST_OF_AN_ERROR))


def _host_of(parts: SplitResult) -> tuple[str, str, int | None]:
    """Scheme, host and port."""
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme)
