"""Answers that no write can be sure of, over real connections: spoilt bodies, headers that contradict each other,
interim answers, and answers that belong to another call."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adplatforms.core.errors import AmbiguousWrite, APIError, ParserException, TransportError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import reply

READ = Request("GET", "shops")
WRITE = Request("POST", "shops", json={"name": "a"}, writes=True)
ROWS = json.dumps({"rows": [{"id": "1", "name": "a"}]}).encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
GOOD = HEAD + b"Content-Length: %d\r\n\r\n" % len(ROWS) + ROWS

ODD = {
    "bad compression": HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(ROWS) + ROWS,
    "lengths that contradict": HEAD + b"Content-Length: 5\r\nContent-Length: 50\r\n\r\n" + ROWS,
    "cut": HEAD + b"Content-Length: %d\r\n\r\n" % (len(ROWS) + 9) + ROWS,
    "cut chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
    "chunks of no length": HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\nabcde\r\n",
    "no HTTP": b"SSH-2.0-OpenSSH_9.0\r\n",
    "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + GOOD,
    "switching protocols": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
    "nothing": b"",
}


class Raw:
    """A server that sends bytes as they are: those in `answers`, then good ones, one over each connection."""

    def __init__(self, *answers: bytes) -> None:
        self.answers, self.requests = list(answers), 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)
                self.requests += 1
                connection.sendall(self.answers.pop(0) if self.answers else GOOD)

    def close(self) -> None:
        """Takes no more connections."""
        self._socket.close()


@pytest.fixture
def raw() -> Iterator[Callable[..., Raw]]:
    """Makes servers."""
    made: list[Raw] = []

    def make(*answers: bytes) -> Raw:
        made.append(Raw(*answers))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.mark.parametrize("odd", ODD)
def test_a_write_is_ambiguous(odd: str, raw: Any, over_http: Any) -> None:
    server = raw(ODD[odd])
    session = over_http(server.url)
    with pytest.raises(AmbiguousWrite, match="may have been applied"):
        session.exchange(WRITE, session.dialect.saved)
    assert server.requests == 1


@pytest.mark.parametrize("odd", ODD)
def test_a_read_is_tried_again(odd: str, raw: Any, over_http: Any) -> None:
    server = raw(ODD[odd])
    session = over_http(server.url)
    assert [row["id"] for row in session.fetch_page(READ).rows] == ["1"]
    assert server.requests == 2


@pytest.mark.parametrize("status", [500, 503])
def test_an_upload_at_which_the_storage_failed_is_ambiguous(status: int, raw: Any, over_http: Any) -> None:
    server = raw(b"HTTP/1.1 %d Busy\r\nContent-Length: 0\r\n\r\n" % status)
    with pytest.raises(AmbiguousWrite, match=f"the link answered HTTP {status}"):
        over_http(server.url).upload(server.url + "/file", b"content")
    assert server.requests == 1


def test_a_link_that_is_refused_by_the_first_of_all_errors(raw: Any, over_http: Any) -> None:
    server = raw(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    with pytest.raises(APIError, match="the link answered HTTP 400"):
        over_http(server.url).download(server.url + "/file")


UPLOADED = ["bad compression", "lengths that contradict", "cut", "nothing", "early hints", "switching protocols"]


@pytest.mark.parametrize("odd", UPLOADED)
def test_an_upload_is_ambiguous(odd: str, raw: Any, over_http: Any) -> None:
    server = raw(ODD[odd])
    with pytest.raises(AmbiguousWrite, match="PUT of a file to a link"):
        over_http(server.url).upload(server.url + "/file", b"content")
    assert server.requests == 1


def test_an_upload_that_the_storage_refuses_is_no_ambiguous_one(raw: Any, over_http: Any) -> None:
    server = raw(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    with pytest.raises(APIError, match="such links expire") as caught:
        over_http(server.url).upload(server.url + "/file", b"content")
    assert not isinstance(caught.value, AmbiguousWrite)


def test_a_request_that_cannot_be_sent_is_no_ambiguous_one(over_http: Any, web: Any) -> None:
    session = over_http()
    bad = Request("POST", "shops", json={"name": "a"}, headers={"X-Team": "a\nb"}, writes=True)
    with pytest.raises(TransportError, match=r"POST shops failed: .*header") as caught:
        session.exchange(bad, session.dialect.saved)
    assert not isinstance(caught.value, AmbiguousWrite)
    assert web.received == []


def test_a_connection_that_is_not_safe_is_no_ambiguous_one(raw: Any, over_http: Any) -> None:
    server = raw(GOOD)
    session = over_http(server.url.replace("http:", "https:"))
    with pytest.raises(TransportError, match="no safe connection") as caught:
        session.exchange(WRITE, session.dialect.saved)
    assert not isinstance(caught.value, AmbiguousWrite)


def test_a_proxy_that_is_down_is_tried_again(over_http: Any, nowhere: str, watch: Any) -> None:
    session = over_http("https://example.invalid", proxies={"https": nowhere})
    with pytest.raises(TransportError, match=r"cannot reach https://example.invalid") as caught:
        session.exchange(WRITE, session.dialect.saved)
    assert not isinstance(caught.value, AmbiguousWrite)
    assert len(watch.waits) == 4


# whose answer is it


OTHERS = {
    "another id": {"id": "8", "name": "b"},
    "nothing of an id, and another name": {"code": 0, "rows": [{"id": "8"}]},
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_read_by_id_is_about_the_record_that_was_asked_for(other: str, session: Any) -> None:
    line = session(reply(OTHERS[other]), reply({"id": "7", "name": "a"}))
    assert line.get("shops", "7").id == "7"
    assert len(line.transport.calls) == 2


def test_a_read_that_is_always_about_another_record_is_an_error(session: Any) -> None:
    with pytest.raises(ParserException, match=r"about another record, shop 8: shop 7 was asked for"):
        session(lambda request: reply({"id": "8"})).get("shops", "7")


@pytest.mark.parametrize("asked", ["7", 7, " 7 "])
def test_an_id_is_the_same_as_number_or_text(asked: Any, session: Any) -> None:
    assert session(reply({"id": "7", "name": "a"})).get("shops", asked).id == "7"


def test_an_answer_about_something_else_drops_the_connection(over_http: Any, web: Any, monkeypatch: Any) -> None:
    """Answers that are one behind stay so on the same connection."""
    monkeypatch.setattr(web.RequestHandlerClass, "protocol_version", "HTTP/1.1")  # it keeps connections

    def answers(request: Any) -> None:
        number = len(web.received)
        request.reply(json.dumps({"id": "8" if number == 1 else "7", "name": "a"}).encode(), "application/json")

    web.answers = answers
    session = over_http()
    assert session.get("shops", "7").id == "7"
    assert session.get("shops", "7").id == "7"
    first, second, third = (request.client_address for request in web.received)
    assert first != second == third


class OneBehind:
    """A platform whose answers are late by one call, from the first write on: each write gets the one before."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.late = reply({"id": "new-0", "name": "item 0", "shopId": "1"})

    def __call__(self, request: Request) -> Answer:
        if not request.writes:
            names = dict(request.params)["name"].split(",")
            rows = [row for row in self.rows.values() if row["name"] in names]
            return reply({"rows": rows, "total": len(rows)})
        key = f"new-{len(self.rows) + 1}"
        self.rows[key] = {"id": key, "madeOn": "2999-01-01T00:00:00Z", **request.json}
        late, self.late = self.late, reply(self.rows[key])
        return late


@pytest.mark.parametrize("named", [True, False], ids=["other names", "one name"])
def test_no_create_carries_the_record_of_the_one_before(named: bool, session: Any) -> None:
    platform = OneBehind()
    line = session(platform)
    made = []
    for number in range(1, 20):
        item = line.new("items", name=f"item {number if named else 0}", shop_id="1")
        try:
            item.save()
        except AmbiguousWrite:
            continue
        made.append((item.id, item.name))
    if named:
        assert made == [(f"new-{number}", f"item {number}") for number in range(1, 20)]
    assert len({key for key, _ in made}) == len(made)
    assert all(key in platform.rows or key == "new-0" for key, _ in made)
