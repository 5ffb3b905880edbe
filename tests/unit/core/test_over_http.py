"""Sessions over real connections: hooks, adapters, proxies, the debug log, links, sizes, threads."""

import gzip
import json
import logging
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter

from adplatforms.core.errors import APIError, ClientError, ConnectError, ParserException, TransportError
from adplatforms.core.messages import Answer, Request
from adplatforms.net.read_only import sending_checked_request

READ = Request("GET", "shops")
SECRETS = ("s3cret-token", "s3cret-key")


def rows(request: Any) -> None:
    """Answers with one row, named after the path."""
    request.reply(json.dumps({"rows": [{"id": "1", "name": request.path}]}).encode(), "application/json")


@pytest.fixture(autouse=True)
def _no_debug(monkeypatch: Any, web: Any) -> None:
    monkeypatch.delenv("ADPLATFORMS_DEBUG", raising=False)
    web.answers = rows


class Shouting(HTTPAdapter):
    """An adapter of the user's own."""

    def add_headers(self, request: Any, **rest: Any) -> None:
        request.headers["X-Shout"] = "HEY"


def test_headers_of_the_users_own(over_http: Any, web: Any) -> None:
    over_http(headers={"X-Team": "growth"}).fetch_page(READ)
    assert web.received[0].headers["X-Team"] == "growth"


def test_the_credentials_are_not_displaced_by_headers(over_http: Any, web: Any) -> None:
    over_http(headers={"Authorization": "Bearer mine"}).fetch_page(READ)
    assert web.received[0].headers["Authorization"] == "Bearer s3cret-token"


def test_an_adapter_for_a_prefix(over_http: Any, web: Any) -> None:
    over_http(adapters={"http://": Shouting()}).fetch_page(READ)
    assert web.received[0].headers["X-Shout"] == "HEY"


def test_a_session_of_the_users_own(over_http: Any, web: Any) -> None:
    def http() -> requests.Session:
        session = requests.Session()
        session.mount("http://", Shouting())
        session.headers["X-Mine"] = "1"
        return session

    over_http(http=http).fetch_page(READ)
    assert (web.received[0].headers["X-Shout"], web.received[0].headers["X-Mine"]) == ("HEY", "1")


def test_a_proxy(over_http: Any, web: Any, nowhere: str) -> None:
    """The test's server is the proxy of a server that is down."""
    one = over_http(nowhere, proxies={"http": web.url})
    (row,) = one.fetch_page(READ).rows
    assert row["name"].startswith(f"{nowhere}/shops")


def test_a_hook_before_each_request(over_http: Any, web: Any) -> None:
    seen = []

    def before(request: Request) -> Request | None:
        seen.append(request.label)
        return request.adding(("trace", "7")) if request.path == "shops" else None

    one = over_http(before=before)
    one.fetch_page(READ)
    one.fetch_page(Request("GET", "items"))
    assert seen == ["GET shops", "GET items"]
    assert [parse_qs(urlsplit(got.path).query).get("trace") for got in web.received] == [["7"], None]


def test_a_hook_after_each_answer(over_http: Any, web: Any) -> None:
    seen: list[Answer] = []
    one = over_http(after=seen.append, retry=None)
    one.fetch_page(READ)
    web.answers = lambda request: request.reply(b"{}", "application/json", 404)
    with pytest.raises(APIError, match="HTTP 404"):
        one.fetch_page(READ)
    assert [answer.status for answer in seen] == [200, 404]


def test_hooks_never_see_the_credentials(over_http: Any) -> None:
    seen: list[Any] = []
    over_http(before=lambda request: seen.append(request), after=seen.append).fetch_page(READ)
    assert len(seen) == 2
    assert not any(secret in f"{thing!r} {thing.headers!r}" for thing in seen for secret in SECRETS)


def test_a_debug_logger_with_secrets_masked(over_http: Any, web: Any, caplog: Any) -> None:
    web.answers = lambda request: request.reply(
        b'{"rows": [], "echo": "s3cret-token and s3cret%2Dkey s3cret-key"}', "application/json"
    )
    one = over_http(debug_logger=logging.getLogger("mine"))
    with caplog.at_level(logging.DEBUG):
        one.exchange(Request("POST", "shops", json={"token": "s3cret-token", "name": "a"}, writes=True), lambda a: a)
    told = [record.getMessage() for record in caplog.records if record.name == "mine"]
    assert len(told) == 1
    assert "POST shops" in told[0]
    assert "'name': 'a'" in told[0]
    assert "200 application/json" in told[0]
    assert not any(secret in caplog.text for secret in SECRETS)


def test_the_debug_log_of_the_environment(over_http: Any, monkeypatch: Any) -> None:
    lines: list[str] = []
    log = logging.getLogger("adplatforms.debug")
    monkeypatch.setattr(log, "handlers", [])
    monkeypatch.setattr(log, "propagate", log.propagate)
    monkeypatch.setattr(log, "level", log.level)
    monkeypatch.setenv("ADPLATFORMS_DEBUG", "1")
    monkeypatch.setattr(logging.StreamHandler, "emit", lambda self, record: lines.append(record.getMessage()))
    over_http().fetch_page(READ)
    assert "GET shops" in lines[0]
    assert not any(secret in line for secret in SECRETS for line in lines)


def test_urllib3_logs_no_key(over_http: Any, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        over_http().fetch_page(READ)
    assert "GET /shops" in caplog.text
    assert not any(secret in caplog.text for secret in SECRETS)


def test_an_answer_that_is_too_large(over_http: Any, web: Any) -> None:
    web.answers = lambda request: request.reply(b"x" * 5000, "application/json")
    with pytest.raises(ParserException, match=r"GET shops: the answer is larger than 1,000 bytes.*most_bytes"):
        over_http(most_bytes=1000).fetch_page(READ)


def test_an_answer_without_end(over_http: Any, web: Any) -> None:
    def endless(request: Any) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while True:
            request.wfile.write(b"[" * 65536)

    web.answers = endless
    with pytest.raises(ParserException, match="larger than"):
        over_http(most_bytes=2_000_000).fetch_page(READ)


def test_a_compressed_answer_that_swells(over_http: Any, web: Any) -> None:
    bomb = gzip.compress(b" " * 30_000_000)
    assert len(bomb) < 40_000
    web.answers = lambda request: request.reply(bomb, "application/json", Content_Encoding="gzip")
    with pytest.raises(ParserException, match="larger than 1,000,000 bytes"):
        over_http(most_bytes=1_000_000).fetch_page(READ)


def test_a_compressed_answer(over_http: Any, web: Any) -> None:
    packed = gzip.compress(b'{"rows": [{"id": "1"}]}')
    web.answers = lambda request: request.reply(packed, "application/json", Content_Encoding="gzip")
    assert over_http().fetch_page(READ).rows == [{"id": "1"}]


def test_a_compressed_answer_that_is_broken(over_http: Any, web: Any) -> None:
    packed = gzip.compress(b'{"rows": [{"id": "1"}]}')[:-9] + b"garbage!!"
    web.answers = lambda request: request.reply(packed, "application/json", Content_Encoding="gzip")
    with pytest.raises(TransportError, match=r"GET shops failed: .*decode") as caught:
        over_http(retry=None).fetch_page(READ)
    assert not any(secret in str(caught.value) for secret in SECRETS)


def test_a_read_survives_a_line_that_breaks(over_http: Any, web: Any) -> None:
    def sometimes(request: Any) -> None:
        if len(web.received) < 3:
            request.connection.shutdown(socket.SHUT_RDWR)
        else:
            rows(request)

    web.answers = sometimes
    one = over_http()
    assert len(one.fetch_page(READ).rows) == 1
    assert (len(web.received), one.stats.retries) == (3, 2)


def test_a_write_is_not_repeated_when_the_line_breaks(over_http: Any, web: Any) -> None:
    web.answers = lambda request: request.connection.shutdown(socket.SHUT_RDWR)
    with pytest.raises(ConnectError, match=r"POST items was lost.*may have been applied"):
        over_http().exchange(Request("POST", "items", json={}, writes=True), lambda answer: answer)
    assert len(web.received) == 1


def test_a_hook_does_not_make_a_write_repeatable(over_http: Any, web: Any) -> None:
    """Whatever it changes, the request still writes."""
    web.answers = lambda request: request.connection.shutdown(socket.SHUT_RDWR)
    one = over_http(before=lambda request: replace(request, path=f"gateway/{request.path}"))
    with pytest.raises(ConnectError, match=r"may have been applied"):
        one.exchange(Request("POST", "items", json={}, writes=True), lambda answer: answer)
    assert [got.path for got in web.received] == ["/gateway/items?api_key=s3cret-key"]


def test_a_write_is_repeated_when_no_connection_was_made(over_http: Any, nowhere: str, watch: Any) -> None:
    with pytest.raises(ConnectError, match="refused") as caught:
        over_http(nowhere, retry=watch.retry(attempts=3)).exchange(
            Request("POST", "items", json={}, writes=True), lambda answer: answer
        )
    assert len(watch.waits) == 2
    assert "may have been applied" not in str(caught.value)


# links


def test_a_link_is_fetched_without_credentials(over_http: Any, web: Any) -> None:
    web.answers = lambda request: request.reply(b"a,b\n1,2\n", "text/csv")
    stream = over_http().download(f"{web.url}/files/7?signature=abc")
    assert b"".join(stream.chunks) == b"a,b\n1,2\n"
    stream.close()
    (got,) = web.received
    assert got.path == "/files/7?signature=abc"
    assert not any(secret in f"{got.path} {got.headers}" for secret in SECRETS)
    assert got.headers["Authorization"] is None


def test_content_is_put_to_a_link(over_http: Any, web: Any, monkeypatch: Any) -> None:
    handler = web.RequestHandlerClass
    monkeypatch.setattr(handler, "do_PUT", handler.do_GET, raising=False)
    answer = over_http().upload(f"{web.url}/files/8?signature=abc", b"a,b\n")
    (got,) = web.received
    assert (got.command, got.body, answer.status) == ("PUT", b"a,b\n", 200)
    assert not any(secret in f"{got.path} {got.headers}" for secret in SECRETS)


def test_a_form_is_posted_to_a_link(over_http: Any, web: Any) -> None:
    over_http().upload(web.url, method="POST", fields={"key": "k1"}, files={"file": ("a.csv", b"1,2")})
    (got,) = web.received
    assert got.headers["Content-Type"].startswith("multipart/form-data")
    assert b'name="key"' in got.body
    assert b"1,2" in got.body
    assert got.headers["Authorization"] is None


def test_a_link_that_has_expired(over_http: Any, web: Any) -> None:
    web.answers = lambda request: request.reply(b"<Error>AccessDenied</Error>", "application/xml", 403)
    with pytest.raises(APIError, match=r"HTTP 403: AccessDenied.*ask for a new one") as caught:
        over_http().download(f"{web.url}/files/7?signature=abc")
    assert "abc" not in str(caught.value)
    assert len(web.received) == 1


def test_a_link_that_fails_for_a_while(over_http: Any, web: Any) -> None:
    web.answers = lambda request: request.reply(
        b"here" if len(web.received) > 1 else b"later", "text/csv", 200 if len(web.received) > 1 else 503
    )
    assert over_http().download(f"{web.url}/files/7").answer().content == b"here"
    assert len(web.received) == 2


def test_a_download_that_is_cut_short_is_an_error(over_http: Any, web: Any) -> None:
    def cut(request: Any) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 100\r\n\r\na,b\n1,")

    web.answers = cut
    stream = over_http().download(f"{web.url}/files/7?signature=abc")
    with pytest.raises(ConnectError, match=r"cannot reach link on 127.0.0.1: .*(IncompleteRead|broken)") as caught:
        list(stream.chunks)
    assert "abc" not in str(caught.value)


def test_a_download_can_be_left_half_read(over_http: Any, web: Any) -> None:
    web.answers = lambda request: request.reply(b"x" * 1_000_000, "text/csv")
    one = over_http()
    stream = one.download(f"{web.url}/files/7")
    assert next(iter(stream.chunks)).startswith(b"x")
    stream.close()
    assert one.download(f"{web.url}/files/7").answer().content == b"x" * 1_000_000


@pytest.mark.parametrize("method", ["download", "upload"])
def test_links_have_the_timeouts_of_the_call(method: str, over_http: Any, web: Any) -> None:
    from adplatforms.core.errors import RequestTimeout

    done = threading.Event()
    web.answers = lambda request: done.wait(10)
    one = over_http().using(timeout=(5.0, 0.05), retry=None)
    words = {"content": b"x", "method": "POST"} if method == "upload" else {}
    try:
        with pytest.raises(RequestTimeout, match=r"was too slow: 5 s to connect, 0.05 s to reply"):
            getattr(one, method)(f"{web.url}/files/7", **words)
    finally:
        done.set()


def test_an_answer_is_read_piece_by_piece(over_http: Any, web: Any) -> None:
    web.answers = lambda request: request.reply(b"x" * 300_000, "text/csv")
    seen: list[int] = []
    stream = over_http().stream(READ, lambda stream: seen.append(stream.status))
    assert (seen, sum(map(len, stream.chunks))) == ([200], 300_000)
    stream.close()
    assert web.received[0].headers["Authorization"] == "Bearer s3cret-token"


def test_a_stream_that_is_refused_is_tried_again(over_http: Any, web: Any, made: Any) -> None:
    def sometimes(request: Any) -> None:
        busy = len(web.received) < 3
        request.reply(b"busy" if busy else b"here", "text/plain", 503 if busy else 200)

    def check(stream: Any) -> None:
        if stream.status != 200:
            made.body(stream.answer(1000))

    web.answers = sometimes
    one = over_http()
    assert one.stream(READ, check).answer(1000).content == b"here"
    assert one.stats.retries == 2


# threads


def test_one_session_serves_32_threads(over_http: Any, web: Any) -> None:
    one = over_http()
    together = threading.Barrier(32)

    def work(number: int) -> list[str]:
        together.wait(30)
        return [one.fetch_page(Request("GET", f"shops/{number}-{turn}")).rows[0]["name"] for turn in range(4)]

    with ThreadPoolExecutor(32) as pool:
        found = list(pool.map(work, range(32)))
    assert [[urlsplit(path).path for path in paths] for paths in found] == [
        [f"/shops/{number}-{turn}" for turn in range(4)] for number in range(32)
    ]
    assert (one.stats.calls, one.stats.retries, len(web.received)) == (128, 0, 128)
    assert all(got.headers["Authorization"] == "Bearer s3cret-token" for got in web.received)


def test_no_thread_outlives_the_session(over_http: Any, web: Any) -> None:
    def listing(request: Any) -> None:
        start = int(parse_qs(urlsplit(request.path).query)["from"][0])
        made = [{"id": str(start + at)} for at in range(10)]
        request.reply(json.dumps({"rows": made, "total": 200}).encode(), "application/json")

    web.answers = listing
    before = set(threading.enumerate())
    with over_http() as one:
        one.runtime._pool._width = 8
        ids = [shop.id for shop in one.shops.page_size(10).prefetch(8)]
        assert any(thread.name == "adplatforms-reader" for thread in threading.enumerate())
    assert ids == [str(number) for number in range(200)]
    mine = [thread for thread in set(threading.enumerate()) - before if "process_request" not in thread.name]
    assert mine == []


def test_a_listing_that_is_dropped_leaves_nothing_behind(over_http: Any, web: Any) -> None:
    def listing(request: Any) -> None:
        start = int(parse_qs(urlsplit(request.path).query)["from"][0])
        made = [{"id": str(start + at)} for at in range(10)]
        request.reply(json.dumps({"rows": made, "total": 1000}).encode(), "application/json")

    web.answers = listing
    with over_http() as one:
        first = next(iter(one.shops.page_size(10).prefetch(4)))
        assert first.id == "0"
    assert len(web.received) <= 10


def test_a_closed_session_says_so(over_http: Any, web: Any) -> None:
    from adplatforms.core.errors import DetachedError

    one = over_http()
    one.close()
    with pytest.raises(DetachedError, match="the session is closed"):
        list(one.shops.prefetch(4))


def test_what_is_no_link(over_http: Any) -> None:
    with pytest.raises(ClientError, match="is not a safe link"):
        over_http().download("files/7")


def test_an_interrupted_call_drops_its_connection(over_http: Any, web: Any, monkeypatch: Any) -> None:
    """What is left on the connection is the rest of the answer to the interrupted call."""
    monkeypatch.setattr(web.RequestHandlerClass, "protocol_version", "HTTP/1.1")  # it keeps connections

    class Interrupted(HTTPAdapter):
        left = 1

        def send(self, request: Any, **words: Any) -> Any:
            found = super().send(request, **words)
            if self.left and len(web.received) == 2:
                self.left = 0
                raise KeyboardInterrupt
            return found

    session = over_http(adapters={"http://": Interrupted()})
    session.fetch_page(READ)
    with pytest.raises(KeyboardInterrupt):
        session.fetch_page(READ)
    assert session.fetch_page(READ).rows[0]["id"] == "1"
    first, second, third = (request.client_address for request in web.received)
    assert first == second != third


def test_a_file_of_certificates_that_is_not_there_is_an_error_of_ours(over_http: Any, monkeypatch: Any) -> None:
    """`requests` raises a plain OSError; nothing was sent."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/such/bundle.pem")
    session = over_http("https://example.invalid")
    with pytest.raises(TransportError, match=r"no safe connection to https://example.invalid: .*bundle.pem") as caught:
        session.exchange(Request("POST", "shops", json={"name": "a"}, writes=True), session.dialect.saved)
    assert not caught.value.unsure


# what a user sends on the `requests.Session` of a session that is read_only


def test_reading_methods_are_sent_as_their_user_wants_them(over_http: Any, web: Any, monkeypatch: Any) -> None:
    seen: list[Any] = []

    class Noting(HTTPAdapter):
        def send(self, request: Any, **words: Any) -> Any:
            seen.append((request.method, words["timeout"]))
            return super().send(request, **words)

    handler = web.RequestHandlerClass
    session = over_http(read_only=True, adapters={"http://": Noting()}).transport.session
    for method in ("HEAD", "OPTIONS"):
        monkeypatch.setattr(handler, f"do_{method}", handler.do_GET, raising=False)
    web.answers = lambda request: request.reply(b"")
    for method in ("GET", "HEAD", "OPTIONS"):
        assert session.request(method, f"{web.url}/x", timeout=7).status_code == 200
    assert seen == [("GET", 7), ("HEAD", 7), ("OPTIONS", 7)]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_writing_methods_are_refused_without_showing_their_query(method: str, over_http: Any, web: Any) -> None:
    """The query has the key."""
    session = over_http(read_only=True).transport.session
    with pytest.raises(ClientError, match=rf"the session is read_only: {method} /x was not sent") as caught:
        session.request(method, f"{web.url}/x?api_key=s3cret-key", timeout=5)
    assert "s3cret" not in str(caught.value)
    assert web.received == []


def test_a_call_that_is_under_way_opens_no_door_for_other_threads(over_http: Any, web: Any) -> None:
    """What the session itself sends was checked before: in its own thread, and for that call alone."""
    session = over_http(read_only=True).transport.session
    refused: list[ClientError] = []

    def write() -> None:
        try:
            session.post(f"{web.url}/x", timeout=5)
        except ClientError as error:
            refused.append(error)

    with sending_checked_request():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    write()
    assert (len(refused), web.received) == (2, [])
