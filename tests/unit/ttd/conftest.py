"""The Trade Desk's sessions: on a sandbox, or without a network."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adplatforms.core.messages import Answer
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.net.retry import Retry
from adplatforms.sandbox import Sandbox
from adplatforms.ttd import TTD


@pytest.fixture
def ttd(sandbox: Sandbox) -> Iterator[TTD]:
    """A session of the test's own on the shared, read-only server, with an empty log of calls."""
    session: TTD = sandbox.ttd()
    sandbox.calls.clear()
    yield session
    session.close()


@pytest.fixture
def fresh_ttd(fresh_sandbox: Sandbox) -> TTD:
    """A session on a server of the test's own, to write to, that does not wait between looks."""
    session: TTD = fresh_sandbox.ttd(retry=Retry(sleep=lambda _: None))
    return session


@pytest.fixture
def offline() -> Callable[..., TTD]:
    """Makes a session that gets the given answers in order (anything but an answer or an error is sent as JSON);
    `session.transport.calls` has what it sent."""

    def make(*script: Any, **options: Any) -> TTD:
        steps = [step if isinstance(step, (Answer, Exception)) or callable(step) else reply(step) for step in script]
        words: dict[str, Any] = {"token": "secret-token", "transport": FakeTransport(steps), "retry": None}
        if "login" in options:
            del words["token"]
        return TTD(**{**words, **options})

    return make
