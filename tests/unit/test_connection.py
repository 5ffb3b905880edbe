"""Signing in again: once, by one thread, and never for what the platform refused."""

import threading
from typing import Any, cast

import pytest

from adplatforms.core.auth import Auth
from adplatforms.core.errors import AmbiguousWrite, AuthRequiredError, ConnectError, DetachedError, LoginError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.secrets import Secret
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.net.connection import HttpConnection
from adplatforms.net.options import Options
from adplatforms.net.signing import SignIn

READ = Request("GET", "rows")
WRITE = Request("POST", "rows", json={}, writes=True)


class Ticket(Auth):
    """Signed with the last of these secrets."""

    def __init__(self) -> None:
        self.held = [Secret("ticket-0")]

    @property
    def credential(self) -> object:
        return self.held[-1]

    def secrets(self) -> tuple[Secret, ...]:
        return tuple(self.held)


class Renewal(SignIn):
    """A sign-in that can be made again, or not."""

    def __init__(self, can: bool) -> None:
        self.can, self.renewals = can, 0

    def sign_in_again(self, connection: HttpConnection) -> bool:
        if self.can:
            self.renewals += 1
            cast("Ticket", connection.auth).held.append(Secret(f"ticket-{self.renewals}"))
        return self.can


class Renewing(HttpConnection):
    """A connection that can sign in again. `expired` are the tickets that the platform no longer takes."""

    def __init__(self, can: bool = True, renewal: type[Renewal] = Renewal) -> None:
        self.renewal, self.expired = renewal(can), {"ticket-0"}
        self.ticket = Ticket()
        transport = FakeTransport(lambda request: reply(b"fine"))
        super().__init__(transport, self.ticket, 4, Options(retry=None), sign_in=self.renewal)

    @property
    def renewals(self) -> int:
        return self.renewal.renewals

    def read(self, answer: Answer) -> str:
        ticket = self.ticket.held[-1].reveal()
        if ticket in self.expired:
            raise AuthRequiredError(f"{ticket} has expired")
        return answer.content.decode()


def test_it_signs_in_again_and_repeats() -> None:
    connection = Renewing()
    assert [connection.exchange(READ, connection.read), connection.exchange(READ, connection.read)] == ["fine", "fine"]
    assert connection.renewals == 1
    assert len(connection.transport.calls) == 3  # type: ignore[attr-defined]


def test_it_tries_once() -> None:
    connection = Renewing()
    connection.expired.add("ticket-1")
    with pytest.raises(AuthRequiredError, match=r"\*\*\* has expired"):
        connection.exchange(READ, connection.read)
    assert connection.renewals == 1


@pytest.mark.parametrize(
    ("error", "can"), [(LoginError("no"), True), (ConnectError("down"), True), (AuthRequiredError("expired"), False)]
)
def test_other_failures_are_told_at_once(error: Any, can: bool) -> None:
    connection = Renewing(can)

    def read(answer: Answer) -> str:
        raise error

    with pytest.raises(type(error), match=str(error)):
        connection.exchange(READ, read)
    assert (connection.renewals, len(connection.transport.calls)) == (0, 1)  # type: ignore[attr-defined]


def test_of_many_threads_one_signs_in() -> None:
    connection = Renewing()
    together, found = threading.Barrier(8), []

    def read(answer: Answer) -> str:
        if len(connection.ticket.held) == 1:
            together.wait(10)
            raise AuthRequiredError("expired")
        return connection.read(answer)

    threads = [threading.Thread(target=lambda: found.append(connection.exchange(READ, read))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, connection.renewals) == (["fine"] * 8, 1)


def test_a_write_that_the_platform_refused_is_repeated_once_signed_in() -> None:
    connection = Renewing()

    def read(answer: Answer) -> str:
        if connection.renewals == 0:
            raise AuthRequiredError("sign in", code=401)
        return answer.content.decode()

    assert connection.exchange(WRITE, read) == "fine"
    assert (connection.renewals, len(connection.transport.calls)) == (1, 2)  # type: ignore[attr-defined]


def test_a_write_is_not_repeated_for_a_page_that_asks_to_sign_in() -> None:
    """It has no code of the platform's, so the write may have come through. The look for it needs the new sign-in."""
    connection = Renewing()
    with pytest.raises(AmbiguousWrite, match=r"\*\*\* has expired"):
        connection.exchange(WRITE, connection.read)
    assert (connection.renewals, len(connection.transport.calls)) == (1, 1)  # type: ignore[attr-defined]


class Unreachable(Renewal):
    """It breaks half-way."""

    def sign_in_again(self, connection: HttpConnection) -> bool:
        def read(answer: Answer) -> bool:
            raise ConnectError("the connection broke while signing in", unsure=True)

        return connection.exchange_once(Request("POST", "login"), read)


def test_a_write_whose_sign_in_was_lost_was_not_sent() -> None:
    connection = Renewing(renewal=Unreachable)

    def read(answer: Answer) -> str:
        raise AuthRequiredError("sign in", code=401)

    with pytest.raises(ConnectError, match="while signing in") as caught:
        connection.exchange(WRITE, read)
    assert not isinstance(caught.value, AmbiguousWrite)
    assert caught.value.signing_in


def test_a_traceback_leads_to_no_reply() -> None:
    """Its frames hold what the server sent, credentials that it echoed among it."""
    connection = Renewing()
    with pytest.raises(AuthRequiredError, match="has expired") as caught:
        connection.using(retry=None).exchange(READ, Renewing(can=False).read)
    names, frame = [], caught.value.__traceback__
    while frame:
        names.append(frame.tb_frame.f_code.co_name)
        frame = frame.tb_next
    assert "mask_errors" in names
    assert not {"read", "_send_and_read"} & set(names)


def test_a_session_that_is_closed_sends_nothing() -> None:
    connection = Renewing()
    connection.close()
    with pytest.raises(DetachedError, match="the session is closed"):
        connection.exchange(READ, connection.read)
    assert connection.transport.calls == []  # type: ignore[attr-defined]
