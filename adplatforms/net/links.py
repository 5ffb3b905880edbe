"""URLs that credentials may go to, and links that a platform hands out."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from adplatforms.core.errors import ClientError

__all__ = ["LOOPBACK", "check_url"]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""This machine, as it may be named where plain http is taken."""


def check_url(url: str, what: str = "base URL") -> str:
    """The URL without a slash at its end. Raises a `ClientError` unless it is https, or http on loopback.

    what: what the URL is for, in messages. The messages name the host alone, because the rest may hold credentials.
    """
    try:
        parts = urlsplit(url)
        # Reading the port is what checks it.
        _ = parts.port
    except ValueError:
        raise ClientError(f"what was given is not a {what}", hint="write https://host") from None
    host = re.fullmatch(r"[\w.-]+|[0-9A-Fa-f:.]+", parts.hostname or "")
    if (
        parts.scheme not in ("http", "https")
        or not host
        or parts.username
        or re.search(r"[\s\\]|:$", parts.netloc + url)
    ):
        raise ClientError(
            f"{parts.hostname or 'what was given'} is not a {what}", hint="write host, host:port or https://host:port"
        )
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ClientError(f"plain http would show the credentials on the way to {parts.hostname}", hint="use https")
    return url.rstrip("/")
