"""Sessions that are `read_only`: what a user sends on their `requests.Session`s is refused where it would write.

What the session itself sends is checked before, in `HttpConnection.check_may_write`: it knows which POSTs only read.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from adplatforms.core.errors import ClientError

if TYPE_CHECKING:
    import requests

__all__ = ["refuse_writes", "sending_checked_request"]

_sending = threading.local()


@contextmanager
def sending_checked_request() -> Iterator[None]:
    """While it lasts, `refuse_writes` lets requests of this thread through: they were checked before."""
    _sending.checked = True
    try:
        yield
    finally:
        _sending.checked = False


def refuse_writes(session: requests.Session) -> None:
    """Makes a `requests.Session` of a `read_only` session refuse what would write.

    Only GET, HEAD and OPTIONS go through: nothing says of another method that it changes nothing.
    """
    # `send` is replaced and not an adapter: one that the user mounts afterwards would take an adapter's place.
    send = session.send

    def send_reading(prepared: Any, **options: Any) -> Any:
        if not getattr(_sending, "checked", False) and prepared.method not in ("GET", "HEAD", "OPTIONS"):
            raise ClientError(
                f"the session is read_only: {prepared.method} {urlsplit(prepared.url).path} was not sent",
                hint="open another session, without read_only, to write",
            )
        return send(prepared, **options)

    session.send = send_reading  # type: ignore[method-assign, assignment]
