"""Bodies that are read piece by piece: by the process that asked for them, and in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from adplatforms.core.errors import DetachedError
from adplatforms.core.forking import this_process

from .deadlines import Deadline

if TYPE_CHECKING:
    import requests

__all__ = ["lower_headers", "streamed", "within"]


def lower_headers(reply: requests.Response) -> dict[str, str]:
    """The headers of a reply, names in lower case."""
    return {name.lower(): value for name, value in reply.headers.items()}


def within(deadline: Deadline, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces of a body, until its time is used up: the connections of a user's own adapter know no deadlines."""
    for piece in pieces:
        if deadline.remaining() <= 0:
            raise TimeoutError("the time for the answer is used up")
        yield piece


def streamed(
    label: str, read: Callable[[], bytes], close: Callable[[], object], deadline: Deadline
) -> tuple[Iterator[bytes], Callable[[], None]]:
    """The pieces of a body for whoever reads it, and what frees its connection.

    label: the request, for messages. read: the next piece from the wire, empty at the end. deadline: the time that
    passes between two pieces does not count.
    """
    opened_in = this_process()
    deadline.pause(0)

    def chunks() -> Iterator[bytes]:
        while True:
            # A forked child shares the socket: what it reads is missing in the parent.
            if this_process() != opened_in:
                raise DetachedError(
                    f"{label}: this answer is being read by the process that asked for it",
                    hint="ask for it again in this process",
                )
            deadline.resume()
            piece = read()
            deadline.pause(len(piece))
            if not piece:
                return
            yield piece

    def close_here() -> None:
        if this_process() == opened_in:
            close()

    return chunks(), close_here
