"""The time that an answer may take in all: no server keeps a call by sending a byte now and then."""

import itertools
import math
import socket
from collections.abc import Iterator
from time import time
from typing import Any

import pytest
import requests
from urllib3.util import connection

from adplatforms.core.auth import Auth
from adplatforms.core.errors import ClientError, RequestTimeout
from adplatforms.core.messages import Request
from adplatforms.net import adapter, deadlines
from adplatforms.net.deadlines import Deadline, total_of
from adplatforms.net.options import Options
from adplatforms.net.transport import HttpTransport

READ = Request("GET", "rows")
WRITE = Request("POST", "rows", form=(("a", "b"),), writes=True)


@pytest.fixture
def clock(monkeypatch: Any) -> None:
    """A second passes whenever somebody looks at the clock, which is done before each piece that is received."""
    seconds = itertools.count()
    for module in (deadlines, adapter):
        monkeypatch.setattr(module, "monotonic", lambda: float(next(seconds)))


@pytest.fixture
def connect(web: Any, clock: None, monkeypatch: Any) -> Iterator[Any]:
    """Opens transports on the server."""
    monkeypatch.setattr(web.RequestHandlerClass, "protocol_version", "HTTP/1.1")
    opened = []

    def transport(**options: Any) -> HttpTransport:
        opened.append(HttpTransport(web.url, Auth(), Options(**{"timeout": (5.0, 5.0), **options})))
        return opened[-1]

    yield transport
    for each in opened:
        each.close()


def endless(head: bytes) -> Any:
    """An answer that never ends, until whoever reads it hangs up."""

    def answer(request: Any) -> None:
        request.close_connection = True
        try:
            request.wfile.write(head)
            while True:
                request.wfile.write(b" " * 1024)
        except OSError:
            pass

    return answer


BODY = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 99999999999\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nX-Thing:"
STATUS = b"HTTP/1.1 200 O"
HEADS = {"body": BODY, "chunks": CHUNKED, "header": HEAD, "status line": STATUS}


@pytest.mark.parametrize("part", HEADS)
@pytest.mark.parametrize("request_", [READ, WRITE], ids=["read", "write"])
def test_an_answer_that_never_ends(part: str, request_: Request, web: Any, connect: Any) -> None:
    web.answers = endless(HEADS[part])
    with pytest.raises(RequestTimeout, match=r"too slow: the answer was not complete after 4 s") as caught:
        connect(total_timeout=4).send(request_)
    assert caught.value.unsure


@pytest.mark.parametrize("make", [None, requests.Session], ids=["its own", "the user's"])
def test_a_session_of_the_users_own_has_the_same_time(make: Any, web: Any, connect: Any) -> None:
    web.answers = endless(HEAD)
    http = make and (lambda: make())
    with pytest.raises(RequestTimeout, match=r"not complete after 4 s"):
        connect(total_timeout=4, http=http).send(READ)


def test_a_body_in_time(web: Any, connect: Any) -> None:
    web.answers = lambda request: request.reply(b"x" * 20_000)
    assert len(connect(total_timeout=60).send(READ).content) == 20_000
    assert len(connect(total_timeout=math.inf).send(READ).content) == 20_000


@pytest.mark.parametrize("what", ["stream", "link"])
def test_a_stream_has_the_time_for_each_64_kb(what: str, web: Any, connect: Any) -> None:
    """As many seconds pass as it has pieces; each has all of them, and those of whoever reads do not count."""
    web.answers = lambda request: request.reply(b"x" * 1_000_000)
    transport = connect(total_timeout=60)
    stream = transport.stream(READ) if what == "stream" else transport.fetch("GET", f"{web.url}/file")
    read = 0
    for piece in stream.chunks:
        read += len(piece)
        for _ in range(100):
            deadlines.monotonic()
    assert read == 1_000_000


@pytest.mark.parametrize("what", ["stream", "link"])
def test_a_stream_that_drips(what: str, web: Any, connect: Any) -> None:
    def drip(request: Any) -> None:
        request.close_connection = True
        try:
            request.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while True:
                request.wfile.write(b"1\r\nx\r\n")
        except OSError:
            pass

    web.answers = drip
    transport = connect(total_timeout=60)
    stream = transport.stream(READ) if what == "stream" else transport.fetch("GET", f"{web.url}/file")
    with pytest.raises(RequestTimeout, match=r"not complete after 60 s"):
        for _ in stream.chunks:
            pass


@pytest.mark.parametrize(
    ("options", "seconds"),
    [
        ({}, 900),
        ({"timeout": 5}, 5),
        ({"timeout": (10.0, 2000.0)}, 2010),
        ({"timeout": 5, "total_timeout": 60}, 60),
        ({"total_timeout": 30}, 30),
        ({"total_timeout": math.inf}, math.inf),
    ],
)
def test_seconds_in_all(options: dict[str, Any], seconds: float) -> None:
    assert Options.of(options).total == seconds


def test_seconds_of_one_request(connect: Any) -> None:
    transport = connect(timeout=7)
    assert transport._deadline(READ).seconds == 7
    assert transport._deadline(Request("GET", "x", timeout=(1.0, 1800.0))).seconds == total_of((1.0, 1800.0)) == 1801
    assert transport._deadline(Request("GET", "x", timeout=(1.0, 2.0), total=3.0)).seconds == 3


@pytest.mark.parametrize("bad", [0, -1, "5", (1, 2), True, float("nan")])
def test_what_is_no_total(bad: Any) -> None:
    with pytest.raises(ClientError, match=r"^total_timeout takes seconds, or None"):
        Options.of({"total_timeout": bad})


def test_a_pause_takes_no_time(clock: None) -> None:
    deadline = Deadline(10)
    deadline.pause(65_535)
    for _ in range(20):
        deadlines.monotonic()
    deadline.resume()
    assert 0 < deadline.remaining() < 10
    deadline.pause(1)
    deadline.resume()
    assert deadline.remaining() == 9, "another 64 KB have all the time"


# connections


def connections(web: Any) -> int:
    return len({request.client_address for request in web.received})


@pytest.mark.parametrize(
    ("idle", "expected"), [(0, 1), (60, 1), (61, 2), (-5, 2)], ids=["at once", "a minute", "longer", "a clock set back"]
)
@pytest.mark.parametrize("http", [None, lambda: requests.Session()], ids=["its own", "the user's"])
def test_an_idle_connection_is_not_used_again(
    idle: float, expected: int, http: Any, web: Any, connect: Any, monkeypatch: Any
) -> None:
    addresses = []
    web.answers = lambda request: (addresses.append(request.client_address), request.reply(b"{}"))
    transport = connect(http=http)
    now = time()
    monkeypatch.setattr(adapter, "time", lambda: now)
    transport.send(READ)
    monkeypatch.setattr(adapter, "time", lambda: now + idle)
    transport.send(WRITE)
    assert len(set(addresses)) == expected


def test_a_silent_peer_is_noticed(web: Any, connect: Any, monkeypatch: Any) -> None:
    options: list[Any] = []
    real = connection.create_connection

    def noted(*args: Any, **words: Any) -> Any:
        made = real(*args, **words)
        options.append(made.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE))
        return made

    monkeypatch.setattr(connection, "create_connection", noted)
    connect().send(READ)
    assert [bool(option) for option in options] == [True]
