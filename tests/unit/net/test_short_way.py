"""Requests prepared by hand: the same on the wire as those of `requests`, and what a user sets applies."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
import responses
from requests.adapters import HTTPAdapter

from adplatforms.core.auth import Auth
from adplatforms.core.errors import ParserException, TransportError
from adplatforms.core.messages import Pairs, Request
from adplatforms.net.adapter import PlatformAdapter, ShortResponse
from adplatforms.net.options import Options
from adplatforms.net.transport import HttpTransport


class KeyAuth(Auth):
    """A key in the query and in a header."""

    def params(self) -> Pairs:
        return (("api_key", "key of mine"),)

    def headers(self) -> dict[str, str]:
        return {"Cookie": "session=1234"}


class OtherSession(requests.Session):
    """Any class of the user's own: it takes the long way."""


REQUESTS = {
    "a page": Request("GET", "api/v2.0/campaigns", (("page_limit", "100"), ("q", "name==é &+%/"))),
    "no query": Request("GET", "rows"),
    "a path with a value": Request("GET", "campaigns/limit/advertiser=7"),
    "an escaped path": Request("GET", "rows/a%2Fb%20c"),
    "a path with dots": Request("GET", "rows/..x/.hidden"),
    "an empty path": Request("GET", ""),
    "a form": Request("POST", "rows/7", form=(("name", "é & ü"), ("tag", "1"), ("tag", "a b")), writes=True),
    "an empty form": Request("POST", "rows", form=(), writes=True),
    "json": Request("POST", "rows", json={"a": [1, "é"], "b": None}, writes=True),
    "empty json": Request("POST", "rows", json=[], writes=True),
    "json of a type of its own": Request("POST", "rows", json={}, headers={"content-type": "application/x"}),
    "no body": Request("DELETE", "rows/7", writes=True),
    "headers": Request("GET", "rows", headers={"accept": "text/x", "X-Thing": "1"}),
    "files": Request("POST", "rows", form=(("a", "b"),), files=(("file", ("a.txt", b"content", "text/plain")),)),
}


@pytest.fixture
def connect(web: Any, monkeypatch: Any) -> Any:
    """Opens transports on a server of HTTP/1.1."""
    monkeypatch.setattr(web.RequestHandlerClass, "protocol_version", "HTTP/1.1")
    monkeypatch.setattr(web.RequestHandlerClass, "do_DELETE", web.RequestHandlerClass.do_GET, raising=False)
    opened = []

    def transport(**options: Any) -> HttpTransport:
        opened.append(HttpTransport(web.url, KeyAuth(), Options(timeout=(5.0, 5.0), **options), {"X-Client": "me"}))
        return opened[-1]

    yield transport
    for each in opened:
        each.close()


@pytest.fixture
def long_way(monkeypatch: Any) -> list[str]:
    """The methods of the requests that went through `requests.Session.send`."""
    taken: list[str] = []

    def note(session: Any) -> Any:
        send = session.send

        def noted(prepared: Any, **words: Any) -> Any:
            taken.append(prepared.method)
            return send(prepared, **words)

        session.send = noted
        return session

    made = HttpTransport._new_session

    def new_session(transport: HttpTransport) -> Any:
        return note(made(transport))

    monkeypatch.setattr(HttpTransport, "_new_session", new_session)
    return taken


def seen(request: Any) -> Any:
    """What the server got; the boundary of a multipart form is another one each time."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    boundary = headers.get("content-type", "").partition("boundary=")[2]
    if boundary:
        headers["content-type"] = headers["content-type"].replace(boundary, "x")
    body = request.body.replace(boundary.encode(), b"x") if boundary else request.body
    return request.command, request.path, headers, body


@pytest.mark.parametrize("case", REQUESTS)
def test_the_same_on_the_wire(case: str, web: Any, connect: Any) -> None:
    connect().send(REQUESTS[case])
    connect(http=OtherSession).send(REQUESTS[case])
    short, long = web.received
    assert seen(short) == seen(long)


def test_plain_requests_go_the_short_way(connect: Any, long_way: list[str]) -> None:
    transport = connect()
    for case in ("a page", "a form", "json", "no body", "headers"):
        transport.send(REQUESTS[case])
    assert long_way == []
    for case in ("an escaped path", "a path with dots", "files"):
        transport.send(REQUESTS[case])
    assert long_way == ["GET", "GET", "POST"]


def replace_cookies(session: requests.Session) -> None:
    session.cookies = requests.cookies.RequestsCookieJar()


class AnyAdapter(HTTPAdapter):
    """One of the user's."""


SET: dict[str, Callable[[requests.Session], Any]] = {
    "auth": lambda session: setattr(session, "auth", ("user", "word")),
    "a hook": lambda session: session.hooks["response"].append(lambda reply, **_: None),
    "params": lambda session: session.params.update(all="1"),
    "proxies": lambda session: session.proxies.update(ftp="http://127.0.0.1:9"),
    "a cookie": lambda session: session.cookies.set("mine", "1"),
    "a jar": replace_cookies,
    "a policy": lambda session: session.cookies.set_policy(requests.cookies.cookielib.DefaultCookiePolicy()),
    "the environment": lambda session: setattr(session, "trust_env", True),
    "an adapter": lambda session: session.mount("http://", AnyAdapter()),
}


@pytest.mark.parametrize("case", SET)
def test_what_a_user_sets_on_the_session_takes_the_long_way(case: str, connect: Any, long_way: list[str]) -> None:
    transport = connect()
    SET[case](transport.session)
    transport.send(REQUESTS["a page"])
    assert long_way == ["GET"]


@pytest.mark.parametrize("name", ["send", "request", "prepare_request", "merge_environment_settings"])
@pytest.mark.parametrize("on", ["class", "session"])
def test_methods_that_were_replaced_are_called(name: str, on: str, connect: Any, monkeypatch: Any) -> None:
    transport, called = connect(), []
    real = getattr(requests.Session, name)
    transport.send(REQUESTS["a page"])
    if on == "class":
        monkeypatch.setattr(requests.Session, name, lambda *a, **k: (called.append(name), real(*a, **k))[1])
    else:
        own = getattr(transport.session, name)
        monkeypatch.setattr(transport.session, name, lambda *a, **k: (called.append(name), own(*a, **k))[1])
    transport.send(REQUESTS["a page"])
    assert called == [name]


def test_a_wrapper_that_looks_like_the_function_is_called(connect: Any, monkeypatch: Any) -> None:
    """As wrapt makes them, and with it the agents that trace calls."""
    called = []

    class Wrapper:
        def __init__(self, wrapped: Any) -> None:
            self.wrapped = wrapped

        def __getattr__(self, name: str) -> Any:
            return getattr(self.wrapped, name)

        def __get__(self, instance: Any, owner: Any) -> Any:
            return self if instance is None else lambda *a, **k: (called.append(1), self.wrapped(instance, *a, **k))[1]

    transport = connect()
    monkeypatch.setattr(requests.Session, "send", Wrapper(requests.Session.send))
    transport.send(REQUESTS["a page"])
    assert called == [1]


def test_a_proxy_is_asked(web: Any) -> None:
    web.answers = lambda request: request.reply(b"", status=403)
    transport = HttpTransport("https://api.example", KeyAuth(), Options(proxies={"https": web.url}))
    with pytest.raises(TransportError, match=r"cannot reach https://api\.example"):
        transport.send(REQUESTS["a page"])
    assert [(got.command, got.path) for got in web.received] == [("CONNECT", "api.example:443")]
    transport.close()


def test_headers_of_the_session_are_sent_as_they_are_now(web: Any, connect: Any, long_way: list[str]) -> None:
    transport = connect()
    transport.send(REQUESTS["a page"])
    assert (web.received[0].headers["X-Later"], web.received[0].headers["X-Client"]) == (None, "me")
    transport.session.headers["X-Later"] = "yes"
    transport.session.headers["X-Client"] = None
    transport.send(REQUESTS["a page"])
    assert (web.received[1].headers["X-Later"], web.received[1].headers["X-Client"]) == ("yes", None)
    assert long_way == []


def test_a_header_with_a_line_end_is_refused(web: Any, connect: Any) -> None:
    transport = connect()
    transport.session.headers["X-Later"] = "a\r\nX-Evil: 1"
    with pytest.raises(TransportError, match="failed: Invalid leading whitespace, reserved"):
        transport.send(REQUESTS["a page"])
    assert web.received == []


@responses.activate
def test_a_library_that_fakes_answers_gets_the_calls(web: Any, connect: Any) -> None:
    responses.add(responses.GET, f"{web.url}/rows", json={"faked": True})
    assert connect().send(REQUESTS["no query"]).content == b'{"faked": true}'
    assert responses.calls[0].request.headers["x-client"] == "me"
    assert web.received == []


def test_a_compressed_answer_is_unpacked_and_capped(web: Any, connect: Any) -> None:
    import gzip

    packed = gzip.compress(b"x" * 10_000)
    web.answers = lambda request: request.reply(packed, "text/plain", Content_Encoding="gzip")
    assert connect().send(REQUESTS["no query"]).content == b"x" * 10_000
    with pytest.raises(TransportError, match=r"larger than 9,999 bytes"):
        connect(most_bytes=9_999).send(REQUESTS["no query"])


def test_a_head_and_a_short_body_travel_together(web: Any, connect: Any, monkeypatch: Any) -> None:
    from urllib3.connection import HTTPConnection

    sent: list[int] = []
    send = HTTPConnection.send
    monkeypatch.setattr(HTTPConnection, "send", lambda self, data: (sent.append(len(data)), send(self, data))[1])
    transport = connect()
    transport.send(REQUESTS["a form"])
    sent.clear()
    transport.send(REQUESTS["a form"])
    assert len(sent) == 1
    transport.fetch("PUT", f"{web.url}/file", data=b"x" * (3 * 1024 * 1024)).answer()
    assert [size for size in sent[1:] if size > 1024 * 1024] == []
    assert len(web.received[-1].body) == 3 * 1024 * 1024


def test_a_length_that_a_user_set_is_not_sent_twice(web: Any, connect: Any, long_way: list[str]) -> None:
    transport = connect()
    transport.session.headers["content-length"] = "3"
    transport.send(REQUESTS["a form"])
    assert long_way == ["POST"]
    assert web.received[0].headers.get_all("Content-Length") == [str(len(web.received[0].body))]


@pytest.mark.parametrize("problem", [requests.exceptions.SSLError("certificate verify failed"), UnicodeError("half")])
def test_once_the_body_is_read_a_write_was_received(problem: Exception, connect: Any, monkeypatch: Any) -> None:
    """Whatever goes wrong in it: before, either of them would have meant that nothing was sent."""

    def broken(*_: Any) -> Any:
        raise problem

    monkeypatch.setattr(ShortResponse, "iter_content", broken)
    with pytest.raises(ParserException, match=r"no safe connection|failed") as caught:
        connect().send(REQUESTS["a form"])
    assert caught.value.unsure


@pytest.mark.parametrize("place", ["sending", "reading"])
def test_ctrl_c_drops_the_connections_of_the_thread(place: str, web: Any, connect: Any, monkeypatch: Any) -> None:
    """The answer to the call that was interrupted may still come, and would be taken for the next one's."""

    def interrupted(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    transport, dropped = connect(), []
    monkeypatch.setattr(transport, "drop", lambda: dropped.append(place))
    with monkeypatch.context() as patched:
        if place == "sending":
            patched.setattr(PlatformAdapter, "send_directly", interrupted)
        else:
            patched.setattr(ShortResponse, "iter_content", interrupted)
        with pytest.raises(KeyboardInterrupt, match=r"^$"):
            transport.send(REQUESTS["a page"])
    assert dropped == [place]
    assert transport.send(REQUESTS["a page"]).status == 200
