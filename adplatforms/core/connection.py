"""The connection to a platform, as the core needs it. `adplatforms.net.connection` has the one over HTTP."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Protocol, TypeVar

from .auth import Auth
from .messages import Answer, Request, Stream
from .runtime import Runtime

__all__ = ["Connected", "Connection", "Transport"]

R = TypeVar("R")


class Transport(Protocol):
    """What sends single requests: an `HttpTransport`, or a `FakeTransport` in tests."""

    def send(self, request: Request) -> Answer:
        """The answer to one request, whatever its HTTP status; a `TransportError` when there is none."""

    def stream(self, request: Request) -> Stream:
        """As `send`, with the body read piece by piece."""

    def fetch(self, method: str, url: str, **body: Any) -> Stream:
        """What is behind a link, asked for without credentials."""

    def drop(self) -> None:
        """Closes this thread's connections, after an answer that was not the one to its call."""

    def close(self) -> None:
        """Frees connections; the transport is not used afterwards."""


class Connection(ABC):
    """What a session talks through.

    `transport`: sends single requests. `auth`: signs them. `runtime`: locks, waits and threads.
    """

    transport: Transport
    auth: Auth
    runtime: Runtime

    @abstractmethod
    def exchange(self, request: Request, read: Callable[[Answer], R]) -> R:
        """Sends a request and reads its answer; the error of a write whose answer was lost is an `AmbiguousWrite`."""

    def check_may_write(self, what: str) -> None:  # noqa: B027, by default every session writes
        """Raises a `ClientError` where the session only reads. what: the write, for the message."""

    @property
    @abstractmethod
    def concurrency(self) -> int:
        """How many calls to have under way now while reading ahead."""

    @property
    @abstractmethod
    def retries_enabled(self) -> bool:
        """Whether what fails is tried again at all."""

    @abstractmethod
    def lookup_turns(self) -> Iterator[None]:
        """Waits before each look for a write whose answer was lost, and gives the turn to look; none where nothing is
        tried again."""

    @abstractmethod
    def platform_time(self, moment: datetime) -> datetime | None:
        """A moment of this machine's clock by the platform's clock, which its answers show; None before the first."""


class Connected:
    """What has a connection: each part of a session.

    `connection`: what it talks through. `auth`: what signs its requests.
    """

    connection: Connection
    auth: Auth

    @property
    def transport(self) -> Transport:
        """What sends single requests. Another one may be set, in tests say."""
        return self.connection.transport

    @transport.setter
    def transport(self, transport: Transport) -> None:
        self.connection.transport = transport

    @property
    def runtime(self) -> Runtime:
        """What its locks, waits and threads go through."""
        return self.connection.runtime

    def exchange(self, request: Request, read: Callable[[Answer], R]) -> R:
        """Sends a request and reads its answer, see `Connection.exchange`. Platforms extend it."""
        return self.connection.exchange(request, read)

    def check_may_write(self, what: str) -> None:
        """Raises a `ClientError` where the session is `read_only`. what: the write, for the message."""
        self.connection.check_may_write(what)
