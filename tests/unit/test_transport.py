"""HTTP: where credentials go, how failures are told, one connection pool a thread."""

import socket
import threading
from dataclasses import replace
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import ChunkedEncodingError, ContentDecodingError, InvalidHeader, InvalidURL, SSLError
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
)

from adplatforms.core.auth import Auth
from adplatforms.core.errors import ClientError, ConnectError, ParserException, RequestTimeout, TransportError
from adplatforms.core.messages import Pairs, Request
from adplatforms.core.secrets import Secret
from adplatforms.net.options import Options
from adplatforms.net.transport import HttpTransport


class KeyAuth(Auth):
    """A key in the query and in a header."""

    def params(self) -> Pairs:
        return (("api_key", "s3cret-key"),)

    def headers(self) -> dict[str, str]:
        return {"Cookie": "session=s3cret-session"}

    def secrets(self) -> tuple[Secret, ...]:
        return (Secret("s3cret-key"), Secret("s3cret-session"))


READ = Request("GET", "rows/7", (("q", "a&b=#é"), ("with", "x"), ("with", "y")), headers={"Accept": "text/x"})
WRITE = Request("POST", "rows", form=(("name", "é & ü"), ("tag", "1"), ("tag", "2")), writes=True)


@pytest.fixture
def transport(web: Any) -> Any:
    transport = HttpTransport(web.url, KeyAuth(), Options(timeout=(5.0, 5.0)), {"X-Client": "me"})
    yield transport
    transport.close()


@pytest.fixture
def nowhere() -> str:
    """The address of a server that is down."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def test_a_request_on_the_wire(web: Any, transport: HttpTransport) -> None:
    web.answers = lambda request: request.reply(b"{}", "application/json", X_Thing="a")
    answer = transport.send(READ)
    assert (answer.status, answer.content, answer.content_type, answer.request) == (
        200,
        b"{}",
        "application/json",
        READ,
    )
    assert answer.headers["x-thing"] == "a"
    (got,) = web.received
    assert got.command == "GET"
    assert got.path == "/rows/7?q=a%26b%3D%23%C3%A9&with=x&with=y&api_key=s3cret-key"
    assert got.headers["Cookie"] == "session=s3cret-session"
    assert (got.headers["Accept"], got.headers["X-Client"]) == ("text/x", "me")
    assert got.headers["User-Agent"].startswith("adplatforms/")


def test_a_form_on_the_wire(web: Any, transport: HttpTransport) -> None:
    transport.send(WRITE)
    (got,) = web.received
    assert (got.command, got.path) == ("POST", "/rows?api_key=s3cret-key")
    assert got.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert got.body == b"name=%C3%A9+%26+%C3%BC&tag=1&tag=2"


def test_json_and_an_empty_form(web: Any, transport: HttpTransport) -> None:
    transport.send(Request("POST", "rows", json={"a": [1]}))
    transport.send(Request("POST", "rows", form=()))
    assert [got.body for got in web.received] == [b'{"a": [1]}', b""]
    assert web.received[0].headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(web: Any, transport: HttpTransport, status: int) -> None:
    web.answers = lambda request: request.reply(b"elsewhere", "text/html", status, Location="http://127.0.0.1:9/x")
    assert transport.send(READ).status == status
    assert len(web.received) == 1


def test_a_cookie_of_the_server_does_not_displace_the_session(web: Any, transport: HttpTransport) -> None:
    web.answers = lambda request: request.reply(b"", Set_Cookie="session=other; Path=/")
    transport.send(READ)
    transport.send(READ)
    assert [got.headers["Cookie"] for got in web.received] == ["session=s3cret-session"] * 2


def test_a_netrc_file_adds_nothing(web: Any, transport: HttpTransport, tmp_path: Any, monkeypatch: Any) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    transport.send(READ)
    assert web.received[0].headers["Authorization"] is None


def test_a_server_that_is_down(nowhere: str) -> None:
    transport = HttpTransport(nowhere, KeyAuth())
    with pytest.raises(ConnectError, match=rf"cannot reach {nowhere}: .*refused") as caught:
        transport.send(READ)
    assert isinstance(caught.value, ConnectionError)
    assert caught.value.request == "GET rows/7"
    assert "may have been applied" not in str(caught.value)
    with pytest.raises(ConnectError, match="refused") as caught:
        transport.send(WRITE)
    assert not caught.value.unsure  # it was not even sent
    transport.close()


def test_a_name_that_does_not_resolve() -> None:
    transport = HttpTransport("https://no-such-host.invalid", KeyAuth())
    with pytest.raises(ConnectError, match=r"cannot reach https://no-such-host\.invalid") as caught:
        transport.send(READ)
    assert "s3cret" not in str(caught.value)
    transport.close()


def test_a_server_that_hangs_up(web: Any, transport: HttpTransport) -> None:
    web.answers = lambda request: request.connection.shutdown(socket.SHUT_RDWR)
    with pytest.raises(ConnectError, match="cannot reach"):
        transport.send(READ)


def test_a_body_that_is_cut_short(web: Any, transport: HttpTransport) -> None:
    def cut(request: Any) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\nonly this")

    web.answers = cut
    with pytest.raises(TransportError, match=r"cannot reach http://127.0.0.1:.*(IncompleteRead|broken)") as caught:
        transport.send(READ)
    assert isinstance(caught.value, OSError)
    assert "s3cret" not in str(caught.value)


def test_a_server_that_is_too_slow(web: Any) -> None:
    done = threading.Event()
    web.answers = lambda request: done.wait(10)
    transport = HttpTransport(web.url, KeyAuth(), options=Options(timeout=(5.0, 0.05)))
    try:
        with pytest.raises(RequestTimeout, match=r"too slow: 5 s to connect, 0\.05 s to reply") as caught:
            transport.send(WRITE)
    finally:
        done.set()
        transport.close()
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.unsure


def test_each_thread_has_its_own_connections(transport: HttpTransport) -> None:
    sessions = [transport.session]
    thread = threading.Thread(target=lambda: sessions.append(transport.session))
    thread.start()
    thread.join()
    assert sessions[0] is transport.session
    assert sessions[1] is not sessions[0]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://example.com", "plain http would show the credentials.*example.com.*use https"),
        ("ftp://example.com", "is not a base URL"),
        ("https://", "is not a base URL"),
        ("https://user:hunter2@example.com", "is not a base URL"),
        ("https://example.com?x=1", "is not a base URL"),
        ("example.com", "is not a base URL"),
    ],
)
def test_what_is_no_base_url(url: str, message: str) -> None:
    with pytest.raises(ClientError, match=message) as caught:
        HttpTransport(url, Auth())
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8001", "http://localhost:8001/", "http://[::1]:8001", "https://example.com"]
)
def test_base_urls(url: str) -> None:
    transport = HttpTransport(url, KeyAuth())
    assert transport.base_url == url.rstrip("/")
    assert repr(transport) == f"<HttpTransport {transport.base_url}>"
    assert transport.options.timeouts == (10.0, 300.0)


def test_a_space_in_a_query_is_percent_encoded(web: Any, transport: HttpTransport) -> None:
    transport.send(Request("GET", "x", params=(("filter", "name=a b&c"), ("q", "name=:*ü*"))))
    assert "filter=name%3Da%20b%26c&q=name%3D%3A%2A%C3%BC%2A" in web.received[0].path


def test_a_cookie_that_the_server_sets_is_never_sent_back(web: Any, transport: HttpTransport) -> None:
    web.answers = lambda request: request.reply(b"{}", "application/json", Set_Cookie="adama_session=other; Path=/")
    transport.send(Request("GET", "x"))
    transport.send(Request("GET", "y"))
    assert "other" not in str(web.received[1].headers)


# what became of a request that failed


def retried(reason: Exception) -> MaxRetryError:
    return MaxRetryError(None, "/", reason)  # type: ignore[arg-type]


REFUSED = NewConnectionError(None, "refused")  # type: ignore[arg-type]
FAILURES: dict[str, tuple[Exception, type[TransportError], bool]] = {
    # the failure, its error here, whether the platform may have received the request
    "no connection in time": (requests.ConnectTimeout(), RequestTimeout, False),
    "no answer in time": (requests.ReadTimeout(), RequestTimeout, True),
    "an unknown certificate": (SSLError("certificate verify failed"), TransportError, False),
    "a record that is broken": (SSLError("bad record mac"), ConnectError, True),
    "refused": (requests.ConnectionError(retried(REFUSED)), ConnectError, False),
    "too slow to connect": (requests.ConnectionError(retried(ConnectTimeoutError())), ConnectError, False),
    "broken off": (requests.ConnectionError(ProtocolError("Connection aborted.")), ConnectError, True),
    "a proxy that is down": (requests.ConnectionError(retried(ProxyError("no", REFUSED))), ConnectError, False),
    "a proxy that refuses": (
        requests.ConnectionError(retried(ProxyError("no", OSError("Tunnel connection failed: 407")))),
        ConnectError,
        False,
    ),
    "a proxy that breaks": (requests.ConnectionError(retried(ProxyError("no", OSError("reset")))), ConnectError, True),
    "chunks that end": (ChunkedEncodingError("broken"), ConnectError, True),
    "an address that is none": (InvalidURL("x"), TransportError, False),
    "a header that is none": (InvalidHeader("x"), TransportError, False),
    "a header that came": (InvalidHeader(HTTPError("lengths")), ParserException, True),
    "a body that cannot be unpacked": (ContentDecodingError("gzip"), ParserException, True),
    "a value that nobody can send": (UnicodeError("half a pair"), TransportError, False),
    "no file of certificates": (OSError("Could not find a suitable TLS CA certificate bundle"), TransportError, False),
    "any other": (OSError("too many open files"), ConnectError, True),
}


def failing(problem: Exception) -> Any:
    """A call that ends in a failure."""
    raise problem


@pytest.mark.parametrize("case", FAILURES)
def test_whether_a_request_was_received(case: str, transport: HttpTransport) -> None:
    """A write that was not is sent again, any other one is looked up."""
    problem, kind, received = FAILURES[case]
    with pytest.raises(kind, match=r".") as caught:
        transport._translate_errors(WRITE, lambda: failing(problem))
    assert (type(caught.value), caught.value.unsure) == (kind, received)


@pytest.mark.parametrize("case", FAILURES)
def test_once_the_body_is_read_every_request_was_received(case: str, transport: HttpTransport) -> None:
    problem, kind, _ = FAILURES[case]
    expected = ParserException if kind is TransportError else kind
    with pytest.raises(expected, match=r".") as caught:
        transport._translate_body_errors(WRITE, lambda: failing(problem))
    assert (type(caught.value), caught.value.unsure) == (expected, True)


# connections and credentials


def kept(web: Any, transport: HttpTransport, monkeypatch: Any, status: int, then: Request) -> bool:
    """Whether a request goes over the connection of one before it, which was answered with that status."""
    monkeypatch.setattr(web.RequestHandlerClass, "protocol_version", "HTTP/1.1")
    statuses = iter([status])
    web.answers = lambda request: request.reply(b"{}", "application/json", next(statuses, 200))
    transport.send(READ)
    transport.send(then)
    first, second = (request.client_address for request in web.received)
    return bool(first == second)


@pytest.mark.parametrize("status", [400, 404, 503])
def test_a_write_after_a_refusal_takes_a_new_connection(
    status: int, web: Any, transport: HttpTransport, monkeypatch: Any
) -> None:
    """A refusal that came twice would be taken for the answer to the write."""
    assert not kept(web, transport, monkeypatch, status, WRITE)


def test_other_requests_keep_their_connection(web: Any, transport: HttpTransport, monkeypatch: Any) -> None:
    assert kept(web, transport, monkeypatch, 404, READ)
    web.received.clear()
    assert kept(web, transport, monkeypatch, 200, WRITE)


def test_the_timeout_of_one_call(web: Any, transport: HttpTransport) -> None:
    seen: list[Any] = []

    class Timed(HTTPAdapter):
        def send(self, request: Any, **words: Any) -> Any:
            seen.append(words["timeout"])
            return super().send(request, **words)

    transport.session.mount("http://", Timed())
    transport.send(READ)
    transport.send(replace(READ, timeout=(1.0, 900.0)))
    assert seen == [(5.0, 5.0), (1.0, 900.0)]


def test_a_session_of_the_users_own_brings_no_credentials_to_links(web: Any) -> None:
    def http() -> requests.Session:
        session = requests.Session()
        session.auth = ("user", "s3cret-password")
        return session

    transport = HttpTransport(web.url, KeyAuth(), Options(http=http))
    transport.fetch("GET", f"{web.url}/file").answer()
    transport.send(READ)
    assert [request.headers["Authorization"] for request in web.received] == [None, None]
    transport.close()


@pytest.mark.parametrize(("url", "signed"), [("https://api.example/x", True), ("http://api.example/x", False)])
def test_the_users_own_requests_are_signed_over_the_same_scheme_only(url: str, signed: bool) -> None:
    transport = HttpTransport("https://api.example", KeyAuth())
    prepared = transport._sign(requests.Request("GET", url).prepare())
    assert ("s3cret-key" in prepared.url) is signed
    assert ("Cookie" in prepared.headers) is signed


def test_a_requests_session_signs_what_its_user_sends(web: Any, transport: HttpTransport) -> None:
    transport.session.get(f"{web.url}/x", timeout=5)
    assert web.received[0].path == "/x?api_key=s3cret-key"
    assert web.received[0].headers["Cookie"] == "session=s3cret-session"
