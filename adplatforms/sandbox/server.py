"""The sandbox itself: a real HTTP server on loopback that a test, a notebook or a terminal can start."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import FrameType, TracebackType
from typing import Any, overload

try:
    from flask import Flask, Response, request
    from werkzeug.exceptions import HTTPException
    from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
    from werkzeug.wsgi import ClosingIterator
except ImportError as error:
    raise ImportError('The sandbox needs Flask: pip install "adplatforms[sandbox]"') from error

from adplatforms.sandbox import t1
from adplatforms.sandbox.store import Store
from adplatforms.sandbox.t1.deals import DealsApi
from adplatforms.sandbox.t1.reports import BetaReportsApi, ReportsApi
from adplatforms.sandbox.t1.sessions import Sessions
from adplatforms.sandbox.t1.sign_in import SignIn
from adplatforms.sandbox.t1.views import T1Api

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_CALLS = 10_000
SECRETS = ("client_secret", "refresh_token")
"""Form fields that are masked in the log of calls, besides passwords, and codes where they buy a token."""
MOST_SECONDS_TO_END = 2.0
"""How long a stop waits for requests that are still being answered."""

MOST_BYTES = 16 * 1024 * 1024
"""Size of a request body that is still read."""

_NOT_RUNNING = "The sandbox is not running: call start(), or use it in a with block"


@dataclass(frozen=True)
class Call:
    """One request that was served.

    `path` is unquoted and without the query; `query` and `form` are the pairs in the order they came, `json`
    is a decoded JSON body, `files` the field and file name of uploaded files. Passwords, secrets and tokens
    are masked. `status` is the HTTP status of the reply.
    """

    method: str
    path: str
    query: list[tuple[str, str]]
    form: list[tuple[str, str]]
    status: int
    json: Any = None
    files: tuple[tuple[str, str], ...] = ()


class Calls(Sequence[Call]):
    """The requests served, oldest first; only the last 10,000 are kept."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=MOST_CALLS)

    def append(self, call: Call) -> None:
        """Adds a call."""
        self._calls.append(call)

    def clear(self) -> None:
        """Forgets all calls."""
        self._calls.clear()

    @overload
    def __getitem__(self, index: int) -> Call: ...
    @overload
    def __getitem__(self, index: slice) -> list[Call]: ...
    def __getitem__(self, index: int | slice) -> Call | list[Call]:
        return list(self._calls)[index]

    def __iter__(self) -> Iterator[Call]:
        return iter(list(self._calls))

    def __len__(self) -> int:
        return len(self._calls)

    def __repr__(self) -> str:
        return f"Calls({list(self._calls)!r})"


class Sandbox:
    """A local server that speaks T1's wire format, with a made-up agency business behind it.

        with Sandbox() as sandbox:
            t1 = sandbox.t1()

    Users `demo` and `viewer` (who may not edit) have the password `demo`; other vendors' clients need `api_key`
    or, for tokens, `client_id` and `client_secret`.

    Args:
        port: TCP port; 0 takes a free one.
        db: an SQLite file that keeps what is written. New or empty, it gets the seed; otherwise it is used
            as it is. None keeps everything in memory, until it stops.
        latency: seconds added to every reply; can be set at any time.
        host: a loopback address. Nothing else is accepted: the credentials are public.

    Raises:
        ValueError: the host is not loopback.
        OSError: on start, when the port is taken.
    """

    username = "demo"
    password = "demo"
    api_key = "demo-key"
    client_id = "demo-client"
    client_secret = "demo-secret"

    def __init__(
        self, port: int = 0, db: str | Path | None = None, latency: float = 0.0, host: str = "127.0.0.1"
    ) -> None:
        if host not in LOOPBACK:
            raise ValueError(f"The sandbox serves loopback only ({', '.join(LOOPBACK)}), not {host!r}")
        self.latency = latency
        self.calls = Calls()
        self._port = port
        self._host = host
        self._db = db
        self._server: _Server | None = None
        self._sessions = Sessions()
        self._clients: list[Any] = []

    @property
    def url(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        if self._server is None:
            raise RuntimeError(_NOT_RUNNING)
        host = "[::1]" if self._host == "::1" else "127.0.0.1"
        return f"http://{host}:{self._server.port}"

    def start(self) -> Sandbox:
        """Starts serving, in threads of its own; returns itself. Does nothing when it is running."""
        if self._server is None:
            self._store = Store(t1.TABLES, t1.fill, str(self._db) if self._db is not None else None)
            self._t1 = T1Api(self._store, self._sessions, self.api_key)
            client = (self.client_id, self.client_secret)
            self._blueprints = (
                self._t1.blueprint(),
                DealsApi(self._store, self._sessions, self.api_key).blueprint(),
                ReportsApi(self._store, self._sessions, self.api_key).blueprint(),
                BetaReportsApi(self._store, self._sessions, self.api_key).blueprint(),
                SignIn(self._store, self._sessions, self.api_key, client, self.username).blueprint(),
            )
            host = "127.0.0.1" if self._host == "localhost" else self._host
            try:
                self._server = _Server(host, self._port, self._app())
            except BaseException:
                self._store.close()
                raise
            self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
            self._thread.start()
        return self

    def stop(self) -> None:
        """Closes the clients it made, stops serving and closes the database. Does nothing when stopped."""
        if self._server is None:
            return
        for client in self._clients:
            if callable(getattr(client, "close", None)):
                client.close()
        self._clients.clear()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server = None
        self._sessions.expire()
        self._store.close()

    def __enter__(self) -> Sandbox:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def t1(self, **options: Any) -> Any:
        """A `terminalone.T1` client that is logged in here; it is closed when the sandbox stops.

        Options go to the client, over the sandbox's own username, password, api_key, api_base and auth_base.
        """
        import terminalone

        given = {"username": self.username, "password": self.password, "api_key": self.api_key}
        hosts = {"api_base": self.url, "auth_base": self.url}
        client = terminalone.T1(**{**given, **hosts, **options})
        self._clients.append(client)
        return client

    def expire_sessions(self) -> None:
        """Forgets all logins and Bearer tokens: the next request of every client is answered auth_required.

        Refresh tokens survive.
        """
        self._sessions.expire()

    def reset(self) -> None:
        """Puts the seed data back. Logins and `calls` stay. The sandbox must be running."""
        if self._server is None:
            raise RuntimeError(_NOT_RUNNING)
        with self._store.lock:
            self._store.reset()
            self._t1.forget()

    def _app(self) -> Flask:
        app = Flask(__name__, static_folder=None)
        app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_MEMORY_SIZE=MOST_BYTES)
        app.url_map.merge_slashes = False
        for blueprint in self._blueprints:
            app.register_blueprint(blueprint)

        @app.before_request
        def read_all() -> None:
            # An unread body would be taken for the next request on a connection that is kept open.
            _ = request.form
            request.get_data()

        @app.after_request
        def note(response: Response) -> Response:
            query = list(request.args.items(multi=True))
            status = response.status_code
            self.calls.append(
                Call(request.method, request.path, query, [], status)
                if status == 413  # there is no body then
                else Call(request.method, request.path, query, _form(), status, _json(), _files())
            )
            if self.latency > 0:
                time.sleep(self.latency)
            return response

        @app.errorhandler(HTTPException)
        def plain(error: HTTPException) -> Response:
            return Response(f"{error.code} {error.name}\n", error.code, content_type="text/plain")

        return app


def serve(port: int = 8001, db: str | Path | None = None, latency: float = 0.0) -> None:
    """Runs a sandbox in the foreground until Ctrl-C or SIGTERM, and prints where it is and how to log in."""
    stopped: SimpleQueue[int] = SimpleQueue()  # its put() may interrupt its get(): safe in a signal handler

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.put(number)

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
    with Sandbox(port=port, db=db, latency=latency) as sandbox:
        sys.stdout.write(
            f"T1 sandbox on {sandbox.url}\n"
            f"  username {sandbox.username}  password {sandbox.password}  api_key {sandbox.api_key}\n"
            f"  data: {db or 'in memory, gone when the server stops'}\n"
            "Ctrl-C stops it.\n"
        )
        sys.stdout.flush()
        stopped.get()


def _form() -> list[tuple[str, str]]:
    return [(key, _masked(key, value)) for key, value in request.form.items(multi=True)]


def _json() -> Any:
    body = request.get_json(silent=True) if request.is_json else None
    return {key: _masked(key, value) for key, value in body.items()} if isinstance(body, dict) else body


def _files() -> tuple[tuple[str, str], ...]:
    return tuple((key, file.filename or "") for key, file in request.files.items(multi=True))


def _masked(key: str, value: Any) -> Any:
    is_code = key == "code" and request.path.endswith("/token")
    return "***" if is_code or key in SECRETS or "password" in key else value


class _Handler(WSGIRequestHandler):
    """HTTP/1.1 with connections kept open, no request log, no Nagle delay."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_request(self, *arguments: object) -> None:
        """Nothing: `Sandbox.calls` is the log."""

    def run_wsgi(self) -> None:
        """Answers one request; the connection stays open for the next.

        Werkzeug's own method closes after each reply, and throws away what the client sent meanwhile, since
        an app may leave a body unread. This app reads every body, or refuses it with 413.
        """
        reply: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            reply[:] = status, headers
            return reply.append

        parts = ClosingIterator(self.server.app(self.make_environ(), start_response))
        status, headers = reply[:2]
        is_sized = any(name.lower() == "content-length" for name, _ in headers)
        body = b"".join(parts) if is_sized else b""
        code, _, reason = status.partition(" ")
        if code == "413":
            self.close_connection = True
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        if not is_sized:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(body)
        if not is_sized:
            with contextlib.closing(parts):
                for part in parts:
                    if part:
                        self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")


class _Server(ThreadedWSGIServer):
    """A server that hangs up on its clients when it stops."""

    daemon_threads = True

    def __init__(self, host: str, port: int, app: Flask) -> None:
        self._connections: set[socket.socket] = set()
        self._connections_changed = threading.Condition()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # Bound here: Werkzeug would print a message and exit where the port is taken.
        with socket.create_server((host, port), family=family, backlog=128) as bound:
            super().__init__(host, port, app, handler=_Handler, fd=bound.fileno())

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._connections_changed:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
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
