"""Signing in again: once, by one thread, and never for what the platform refused."""

import threading
from typing import Any

import pytest

from adplatforms.core.auth import Auth
from adplatforms.core.errors import AuthRequiredError, ConnectError, LoginError
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.core.values import Answer, Request, Secret
from adplatforms.net.line import HttpLine
from adplatforms.net.options import Options

READ = Request("GET", "rows")


class Ticket(Auth):
    """Signed with the last of these secrets."""

    def __init__(self) -> None:
        self.held = [Secret("ticket-0")]

    @property
    def mark(self) -> object:
        return self.held[-1]

    def secrets(self) -> tuple[Secret, ...]:
        return tuple(self.held)


class Renewing(HttpLine):
    """A line that can sign in again. `expired` are the tickets that the platform no longer takes."""

    def __init__(self, can: bool = True) -> None:
        self.can, self.expired, self.renewals = can, {"ticket-0"}, 0
        self.ticket = Ticket()
        super().__init__(FakeTransport(lambda request: reply(b"fine")), self.ticket, 4, Options(retry=None))

    def sign_in_again(self) -> bool:
        if self.can:
            self.renewals += 1
            self.ticket.held.append(Secret(f"ticket-{self.renewals}"))
        return self.can

    def read(self, answer: Answer) -> str:
        ticket = self.ticket.held[-1].reveal()
        if ticket in self.expired:
            raise AuthRequiredError(f"{ticket} has expired")
        return answer.content.decode()


def test_it_signs_in_again_and_repeats() -> None:
    line = Renewing()
    assert [line.exchange(READ, line.read), line.exchange(READ, line.read)] == ["fine", "fine"]
    assert line.renewals == 1
    assert len(line.transport.calls) == 3  # type: ignore[attr-defined]


def test_it_tries_once() -> None:
    line = Renewing()
    line.expired.add("ticket-1")
    with pytest.raises(AuthRequiredError, match=r"\*\*\* has expired"):
        line.exchange(READ, line.read)
    assert line.renewals == 1


@pytest.mark.parametrize(
    ("error", "can"), [(LoginError("no"), True), (ConnectError("down"), True), (AuthRequiredError("expired"), False)]
)
def test_other_failures_are_told_at_once(error: Any, can: bool) -> None:
    line = Renewing(can)

    def read(answer: Answer) -> str:
        raise error

    with pytest.raises(type(error), match=str(error)):
        line.exchange(READ, read)
    assert (line.renewals, len(line.transport.calls)) == (0, 1)  # type: ignore[attr-defined]


def test_of_many_threads_one_signs_in() -> None:
    line = Renewing()
    together, found = threading.Barrier(8), []

    def read(answer: Answer) -> str:
        if len(line.ticket.held) == 1:
            together.wait(10)
            raise AuthRequiredError("expired")
        return line.read(answer)

    threads = [threading.Thread(target=lambda: found.append(line.exchange(READ, read))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, line.renewals) == (["fine"] * 8, 1)
