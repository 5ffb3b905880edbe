"""HTTP on loopback: a WSGI application served in threads, with connections that are kept open."""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Literal

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

__all__ = ["LOOPBACK", "Listener", "Wire"]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_CONNECTIONS = 200
"""How many clients may be connected to one port at a time; one more is answered 503."""
MOST_SECONDS_TO_END = 2.0
"""How long a stop waits for requests that are still being answered."""


class Listener:
    """Serves one application on one port, in threads of its own.

    Args:
        host: a loopback address.
        port: TCP port; 0 takes a free one, which is kept for the next `start`.
        app: what answers.
        now: the clock of the `Date` header.
    """

    def __init__(self, host: str, port: int, app: WSGIApplication, now: Callable[[], datetime]) -> None:
        self.host = "127.0.0.1" if host == "localhost" else host
        self.port = port
        self.app = app
        self.now = now
        self._server: _Server | None = None

    @property
    def url(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        return f"http://[::1]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"

    def start(self) -> Listener:
        """Starts serving; returns itself. Does nothing when it serves.

        Raises:
            OSError: the port is taken.
        """
        if self._server is None:
            self._server = _Server(self)
            self.port = self._server.port
            self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
            self._thread.start()
        return self

    def stop(self) -> None:
        """Stops serving and hangs up on all clients: connections are refused until the next `start`."""
        if self._server is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = None


@dataclass
class Wire:
    """How a reply is put on the wire. An application breaks it by changing `environ["sandbox.wire"]`.

    `hang_up`: "close" or "reset" the connection instead of replying, or "never" reply at all. `is_cut`: end it after
    half of the body. `pieces`, `pause`: the body in so many pieces, with seconds between them.
    """

    hang_up: Literal["", "close", "reset", "never"] = ""
    is_cut: bool = False
    pieces: int = 1
    pause: float = 0.0


class _Handler(WSGIRequestHandler):
    """HTTP/1.1 with connections kept open, no request log, no Nagle delay."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def log_request(self, *arguments: object) -> None:
        """Nothing: `Sandbox.calls` is the log."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The time of the sandbox's clock."""
        return format_datetime(self.server.owner.now(), usegmt=True)

    def run_wsgi(self) -> None:
        """Answers one request; the connection stays open for the next.

        Werkzeug's own method closes after each reply, and throws away what the client sent meanwhile, since
        an app may leave a body unread. These apps read every body, or refuse it with 413.
        """
        refusal = _refusal(self.headers.get("Host"), self.headers.get("Origin"))
        if refusal:
            self.close_connection = True
            self._drop_body()
            self._reply("403 FORBIDDEN", [("Content-Type", "text/plain")], [f"{refusal}\n".encode()], Wire(pieces=1))
            return
        reply: list[Any] = []
        wire = Wire()

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            reply[:] = status, headers
            return reply.append

        parts = self.server.app(self.make_environ() | {"sandbox.wire": wire}, start_response)
        try:
            if not wire.hang_up:
                status, headers = reply[:2]
                self._reply(status, headers, parts, wire)
                return
            b"".join(parts)
            self.close_connection = True
            if wire.hang_up == "reset":
                self.server.will_reset(self.connection)
            elif wire.hang_up == "never":
                with contextlib.suppress(OSError):
                    self.rfile.read(1)  # until the client has had enough, or the server stops
        finally:
            if hasattr(parts, "close"):
                parts.close()

    def _drop_body(self) -> None:
        """Reads what came of a body that nobody wants: closing before that would reset the connection, and the client
        would not see the reply."""
        self.connection.settimeout(_SECONDS_TO_DROP)
        with contextlib.suppress(OSError, ValueError):
            self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _MOST_DROPPED))

    def _reply(self, status: str, headers: list[tuple[str, str]], parts: Iterable[bytes], wire: Wire) -> None:
        is_sized = any(name.lower() == "content-length" for name, _ in headers)
        is_bare = status.startswith("204") or self.command == "HEAD"
        is_chunked = not is_sized and not is_bare and wire == Wire()
        body = b"" if is_chunked else b"".join(parts)
        if status.startswith("413") or wire.is_cut:
            self.close_connection = True
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        if self.close_connection and not wire.is_cut:
            self.send_header("Connection", "close")
        if is_chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif not is_sized and not is_bare:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if is_chunked:
            for part in filter(None, parts):
                self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
        elif not is_bare:
            self._write(body[: len(body) // 2] if wire.is_cut else body, wire)

    def _write(self, body: bytes, wire: Wire) -> None:
        size = max(1, -(-len(body) // wire.pieces))
        for start in range(0, len(body), size):
            if wire.pause:  # before each piece: once the client has the last one, the server is done with it
                self.wfile.flush()
                time.sleep(wire.pause)
            self.wfile.write(body[start : start + size])


_MOST_DROPPED = 65_536
_SECONDS_TO_DROP = 0.2
_FULL = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def _refusal(host: str | None, origin: str | None) -> str:
    """Why a request is not served; empty where it is.

    The sandbox has public credentials, and any web page can send requests to loopback. Its browser names the page in
    Origin; where the page's own name was made to point to loopback (DNS rebinding), Host has that name.
    """
    if origin is not None:
        return "Not for web pages"
    if host is not None and _host_name(host) not in LOOPBACK:
        return "Not for other names than those of loopback"
    return ""


def _host_name(host: str) -> str:
    """The name or address in a Host header, without the port: ``[::1]:8001`` is ``::1``."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


class _Server(ThreadedWSGIServer):
    """A server that hangs up on its clients when it stops."""

    daemon_threads = True

    def __init__(self, owner: Listener) -> None:
        self.owner = owner
        self._connections: set[socket.socket] = set()
        self._to_reset: set[socket.socket] = set()
        self._connections_changed = threading.Condition()
        family = socket.AF_INET6 if ":" in owner.host else socket.AF_INET
        # Bound here: Werkzeug would print a message and exit where the port is taken.
        with socket.create_server((owner.host, owner.port), family=family, backlog=128) as bound:
            super().__init__(owner.host, owner.port, owner.app, handler=_Handler, fd=bound.fileno())

    def will_reset(self, connection: socket.socket) -> None:
        """Ends a connection by a reset (RST) once its request is done with."""
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with self._connections_changed:
            self._to_reset.add(connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._connections_changed:
            is_full = len(self._connections) >= MOST_CONNECTIONS
            if not is_full:
                self._connections.add(request)
        if is_full:
            with contextlib.suppress(OSError):
                request.sendall(_FULL)
            super().shutdown_request(request)
            return
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Prints what went wrong here; that a client has hung up before its reply was complete is its own business."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._connections_changed:
            is_reset = request in self._to_reset
            self._to_reset.discard(request)
        if is_reset:  # without the shutdown, which would end the connection in good order
            self.close_request(request)
        else:
            super().shutdown_request(request)
        with self._connections_changed:
            self._connections.discard(request)
            self._connections_changed.notify_all()

    def server_close(self) -> None:
        """Hangs up, and lets the requests that are being answered end, so that they still find the database."""
        super().server_close()
        with self._connections_changed:
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._connections_changed.wait_for(lambda: not self._connections, timeout=MOST_SECONDS_TO_END)
