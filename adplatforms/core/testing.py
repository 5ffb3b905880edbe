"""For tests: a transport that answers from a script, a runtime that never sleeps, and a counter of calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import repeat
from threading import Lock, RLock
from typing import Any, TypeVar

from .connection import Transport
from .forking import PerProcess
from .messages import Answer, Request, Stream
from .parsing import EPOCH
from .runtime import Later, LockOfProcess, Pending, Runtime
from .session import Session

__all__ = ["Calls", "FakeRuntime", "FakeTransport", "assert_calls", "reply"]

T = TypeVar("T")
Scripted = Answer | Exception | Callable[[Request], Answer]


def reply(body: Any, content_type: str = "", status: int = 200, **headers: str) -> Answer:
    """An answer with this body, for a `FakeTransport`.

    body: text or bytes are sent as they are, as XML unless `content_type` says otherwise; anything else becomes JSON.
    headers: by name, with ``_`` for ``-``: ``retry_after="7"``.
    """
    media_type = "text/xml"
    if isinstance(body, str):
        body = body.encode()
    elif not isinstance(body, bytes):
        body, media_type = json.dumps(body).encode(), "application/json"
    lower = {name.lower().replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"content-type": content_type or media_type, **lower}, body, Request("GET", "scripted"))


class FakeTransport:
    """A transport without a network.

    `script`: the answers in order, each an `Answer` (see `reply`), an exception to raise, or a function of the
    request; or one function that answers everything. `calls`: the requests it was sent.
    """

    def __init__(self, script: Iterable[Scripted] | Callable[[Request], Answer] = ()) -> None:
        self.calls: list[Request] = []
        self._steps: Iterator[Scripted]
        if callable(script):
            self._steps = repeat(script)
        else:
            self._steps = iter(script)

    def send(self, request: Request) -> Answer:
        """The next answer of the script."""
        self.calls.append(request)
        step = next(self._steps, None)
        if step is None:
            raise AssertionError(f"call {len(self.calls)} is not in the script: {request}")
        if isinstance(step, Exception):
            raise step
        answer = step if isinstance(step, Answer) else step(request)
        return Answer(answer.status, answer.headers, answer.content, request)

    def stream(self, request: Request) -> Stream:
        """The next answer of the script, its body in pieces of a few bytes."""
        answer = self.send(request)
        # Seven, so that no piece ends where a line or a character of several bytes does.
        pieces = (answer.content[at : at + 7] for at in range(0, len(answer.content), 7))
        return Stream(answer.status, answer.headers, pieces, request, self.close)

    def fetch(self, method: str, url: str, **body: Any) -> Stream:
        """The next answer of the script, for a link."""
        return self.stream(Request(method, url, json=body.get("data")))

    def drop(self) -> None:
        """Nothing to close."""

    def close(self) -> None:
        """Nothing to close."""


class FakeRuntime(Runtime):
    """A runtime whose time passes only by waiting: nothing sleeps, and nothing runs in another thread.

    `waits`: the seconds of each wait, in order. `moment`: the present time, which waits move forward.

    >>> from datetime import UTC, datetime
    >>> runtime = FakeRuntime(datetime(2026, 11, 30, tzinfo=UTC))
    >>> runtime.sleep(90)
    >>> runtime.now(), runtime.waits
    (datetime.datetime(2026, 11, 30, 0, 1, 30, tzinfo=datetime.timezone.utc), [90])
    """

    def __init__(self, moment: datetime = EPOCH) -> None:
        self.moment = moment
        self.waits: list[float] = []

    def lock(self, reentrant: bool = False) -> LockOfProcess:
        """A real lock: tests may use threads of their own."""
        if reentrant:
            return PerProcess(RLock)
        return PerProcess(Lock)

    def sleep(self, seconds: float) -> None:
        """Notes the wait and moves the time forward."""
        self.waits.append(seconds)
        self.moment += timedelta(seconds=seconds)

    def clock(self) -> float:
        """The seconds from 1970 to the present time."""
        return self.moment.timestamp()

    def now(self) -> datetime:
        """The present time."""
        return self.moment

    def submit(self, call: Callable[..., T], *arguments: Any, writes: bool = False) -> Pending[T]:
        """A call that is made when its result is asked for: calls go out one by one, in order."""
        return Later(call, *arguments)


class Calls(list[Request]):
    """The requests of a block, in the order they were sent."""

    def forms(self) -> list[Mapping[str, str]]:
        """The forms of the writing requests."""
        return [{n: str(v) for n, v in request.form} for request in self if request.form is not None]


class _Recorder:
    def __init__(self, transport: Transport, calls: Calls) -> None:
        self._transport, self._calls = transport, calls

    def send(self, request: Request) -> Answer:
        self._calls.append(request)
        return self._transport.send(request)

    def stream(self, request: Request) -> Stream:
        self._calls.append(request)
        return self._transport.stream(request)

    def fetch(self, method: str, url: str, **body: Any) -> Stream:
        self._calls.append(Request(method, url))
        return self._transport.fetch(method, url, **body)

    def drop(self) -> None:
        self._transport.drop()

    def close(self) -> None:
        self._transport.close()


@contextmanager
def assert_calls(session: Session, expected: int | None = None) -> Iterator[Calls]:
    """Fails when the block sends another number of requests than expected; gives the requests.

    >>> with assert_calls(t1, 2):                                   # doctest: +SKIP
    ...     for campaign in t1.get("campaigns"):
    ...         campaign.advertiser
    """
    calls = Calls()
    transport = session.transport
    session.transport = _Recorder(transport, calls)
    try:
        yield calls
    finally:
        session.transport = transport
    if expected is not None and len(calls) != expected:
        listed = "\n".join(f"  {number}. {request}" for number, request in enumerate(calls, 1)) or "  none"
        raise AssertionError(f"expected {expected} calls, there were {len(calls)}:\n{listed}")
