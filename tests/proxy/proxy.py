"""An HTTP proxy on loopback that loses, delays, shifts and garbles what passes. Standard library only.

It stands between a client and the sandbox and shares no code with either, so it finds what the sandbox's own faults do
not make: requests that arrive after the client has given up, answers that belong to another request. One exchange
passes at a time, in the order of arrival: with one client, the same choices give the same run, whatever the machine.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import socketserver
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from urllib.parse import urlsplit

__all__ = ["Breakage", "Exchange", "Message", "Passed", "Proxy", "Reply"]

_HOP = ("connection", "keep-alive", "transfer-encoding", "content-length")
"""Headers that belong to one connection, and the length, which the proxy tells itself."""


class Message(NamedTuple):
    """A request as it came: `target` is the path with its query."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def path(self) -> str:
        """The path without the query."""
        return urlsplit(self.target).path


@dataclass(frozen=True)
class Reply:
    """An answer as it goes on: without the headers of one connection."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def head(self, *more: tuple[str, Any]) -> bytes:
        """Status line and headers, with these added."""
        lines = [f"HTTP/1.1 {self.status} {self.reason}"]
        lines += [f"{name}: {value}" for name, value in (*self.headers, *more)]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    @property
    def whole(self) -> bytes:
        """All of it; a 204 has neither body nor length."""
        if self.status == 204:
            return self.head()
        return self.head(("Content-Length", len(self.body))) + self.body

    def saying(self, body: bytes, media: str = "application/json", status: int = 200, reason: str = "OK") -> Reply:
        """The same answer with another body."""
        kept = tuple(pair for pair in self.headers if pair[0].lower() != "content-type")
        return replace(self, status=status, reason=reason, headers=(*kept, ("Content-Type", media)), body=body)


Breakage = Callable[["Exchange"], None]
"""What goes wrong with one exchange: it forwards the request or does not, and answers or does not."""


@dataclass
class Passed:
    """A request that reached the target. `owner`: who sent it, in the words of the test; `journal`: the entries that
    the target's journal got by it; `kind`: what was broken, empty where nothing was."""

    owner: Any
    message: Message
    journal: Sequence[Any]
    status: int
    kind: str = ""


@dataclass
class _Held:
    """A request that is forwarded once so many others have passed."""

    exchange: Exchange
    left: int


class Exchange:
    """One request and what becomes of it. Breakages use its methods."""

    def __init__(self, proxy: Proxy, handler: _Handler, message: Message, kind: str = "") -> None:
        self.proxy, self.handler, self.message, self.kind = proxy, handler, message, kind
        self.owner = proxy.owner

    def forward(self) -> Reply:
        """Sends the request on; the target's answer."""
        return self.proxy.forward(self)

    def hold(self, others: int) -> None:
        """Has the request forwarded later: after so many others, before the one that follows them."""
        self.proxy.held.append(_Held(self, others))

    def send(self, data: bytes) -> None:
        """Puts bytes on the connection to the client."""
        self.handler.wfile.write(data)
        self.handler.wfile.flush()

    def answer(self, reply: Reply) -> None:
        """Answers, with what is next where the answers of this connection are shifted."""
        if self.handler.shifted is not None:
            self.handler.shifted.append(reply)
            reply = self.handler.shifted.popleft()
        self.handler.last = reply
        self.send(reply.whole)

    def instead(self, reply: Reply) -> None:
        """Answers in place of the target; answers that were behind are dropped."""
        self.handler.shifted, self.handler.last = None, reply
        self.send(reply.whole)

    def shift(self) -> bool:
        """From now on each request of this connection gets the answer to the one before. False where there was none."""
        if self.handler.last is None or self.handler.shifted is not None:
            return False
        self.handler.shifted = deque([self.handler.last])
        return True

    def close(self) -> None:
        """Ends the connection in good order after what was sent."""
        self.handler.ends = True

    def reset(self) -> None:
        """Ends the connection by a reset (RST)."""
        self.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.handler.ends = True

    def lost(self) -> None:
        """Tells the test that the request was applied and its answer is lost from here on."""
        if self.proxy.on_lost is not None:
            self.proxy.on_lost(self)


@dataclass
class Proxy:
    """Forwards to `target` (scheme, host and port). `journal`: the target's, to see what each request changed.

    `choose`: says for each request what to break, as a name and a `Breakage`; None lets it pass. `owner`: noted with
    each request from now on. `on_lost`: called, in the proxy's thread, when an answer is lost after it was applied.
    `passed`: what reached the target, in its order. `broken`: how often each kind was chosen.
    """

    target: str
    journal: Sequence[Any] = ()
    choose: Callable[[Message], tuple[str, Breakage] | None] = lambda message: None
    owner: Any = None
    on_lost: Callable[[Exchange], object] | None = None
    passed: list[Passed] = field(default_factory=list)
    broken: dict[str, int] = field(default_factory=dict)
    held: list[_Held] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __enter__(self) -> Proxy:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy = self
        self._upstream = http.client.HTTPConnection(urlsplit(self.target).netloc, timeout=60)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server.hang_up()
        with self.lock:
            self._upstream.close()

    @property
    def url(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def serve(self, handler: _Handler, message: Message) -> None:
        """Has one request go through."""
        with self.lock:
            chosen = self.choose(message)
            kind, breakage = chosen or ("", _pass)
            exchange = Exchange(self, handler, message, kind)
            if kind:
                self.broken[kind] = self.broken.get(kind, 0) + 1
            for each in [each for each in self.held if not each.left]:
                self.held.remove(each)
                self.forward(each.exchange)
            for each in self.held:
                each.left -= 1
            breakage(exchange)

    def flush(self) -> None:
        """Forwards all that is held."""
        with self.lock:
            while self.held:
                self.forward(self.held.pop(0).exchange)

    def forward(self, exchange: Exchange) -> Reply:
        """Sends a request to the target and notes what it changed."""
        message, before = exchange.message, len(self.journal)
        headers = {name: value for name, value in message.headers if name.lower() not in _HOP}
        headers["Host"] = urlsplit(self.target).netloc
        for attempt in (1, 2):
            try:
                self._upstream.request(message.method, message.target, message.body or None, headers)
                reply = self._upstream.getresponse()
                break
            except (http.client.RemoteDisconnected, ConnectionError):  # a kept connection that has ended
                self._upstream.close()
                if attempt == 2:
                    raise
        body = reply.read()
        kept = tuple((name, value) for name, value in reply.getheaders() if name.lower() not in _HOP)
        entries = self.journal[before:]
        self.passed.append(Passed(exchange.owner, message, entries, reply.status, exchange.kind))
        return Reply(reply.status, reply.reason or "", kept, body)


def _pass(exchange: Exchange) -> None:
    exchange.answer(exchange.forward())


class _Handler(socketserver.StreamRequestHandler):
    """One connection of a client. `last`: the answer it got last. `shifted`: the answers that are still to come where
    they are one behind."""

    server: _Server
    disable_nagle_algorithm = True
    wbufsize = -1

    def handle(self) -> None:
        """Requests, one after the other."""
        self.last: Reply | None = None
        self.shifted: deque[Reply] | None = None
        self.ends = False
        with contextlib.suppress(OSError), self.server.known(self.connection):
            while not self.ends:
                message = self._read()
                if message is None:
                    return
                self.server.proxy.serve(self, message)

    def _read(self) -> Message | None:
        line = self.rfile.readline().decode("latin-1").split()
        if len(line) != 3:
            return None
        headers = []
        while text := self.rfile.readline().decode("latin-1").strip():
            name, _, value = text.partition(":")
            headers.append((name, value.strip()))
        length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
        return Message(line[0], line[1], tuple(headers), self.rfile.read(length))


class _Server(socketserver.ThreadingTCPServer):
    """Accepts connections, and can end those that are open."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64
    proxy: Proxy

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._open: set[socket.socket] = set()

    @contextlib.contextmanager
    def known(self, connection: socket.socket) -> Iterator[None]:
        """Counts a connection among the open ones."""
        self._open.add(connection)
        try:
            yield
        finally:
            self._open.discard(connection)

    def shutdown_request(self, request: Any) -> None:
        """Closes without a shutdown first, which would turn a reset into an end in good order."""
        with contextlib.suppress(OSError):
            linger = struct.unpack("ii", request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
            if not linger[0]:
                request.shutdown(socket.SHUT_WR)
        self.close_request(request)

    def hang_up(self) -> None:
        """Ends all connections that are open."""
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
