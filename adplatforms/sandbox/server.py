"""The sandbox itself: a real HTTP server on loopback that a test, a notebook or a terminal can start."""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from adplatforms.sandbox.calls import Calls, read_call
from adplatforms.sandbox.control import PREFIX as CONTROL
from adplatforms.sandbox.control import control
from adplatforms.sandbox.faults import Faults
from adplatforms.sandbox.files import Files
from adplatforms.sandbox.journal import Journal
from adplatforms.sandbox.listener import LOOPBACK, Listener
from adplatforms.sandbox.part import Part, Services
from adplatforms.sandbox.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from adplatforms.sandbox.store import Table

__all__ = ["Sandbox"]

PREFIXES = {"pinterest": "/pinterest/", "ttd": "/ttd/"}
"""Where the platforms answer that have a prefix; T1 answers everything else."""

MOST_BYTES = 16 * 1024 * 1024
"""Size of a request body that is still read."""

_NOT_RUNNING = "The sandbox is not running: call start(), or use it in a with block"


class Sandbox:
    """A local server that speaks the platforms' wire formats, with a made-up agency business behind each.

        with Sandbox() as sandbox:
            t1 = sandbox.t1()

    T1: users `demo` and `viewer` (who may not edit) have the password `demo`; other vendors' clients need `api_key`
    or, for tokens, `client_id` and `client_secret`. Pinterest: `access_token`, `refresh_token` and the client.
    The Trade Desk: `access_token`, or username and password. A platform is built when it is first asked for.

    Args:
        port: TCP port; 0 takes a free one.
        db: an SQLite file that keeps what is written. New or empty, it gets the seed; otherwise it is used
            as it is. The other platforms keep theirs beside it (`demo.db`: `demo.pinterest.db`, `demo.ttd.db`).
            None keeps everything in memory, until it stops.
        latency: seconds added to every reply; can be set at any time.
        host: a loopback address. Nothing else is accepted: the credentials are public.

    Attributes:
        calls: the requests that were served; status 0: one that got no reply.
        faults: what goes wrong.
        journal: the rows that writes have changed.
        skew: seconds by which the sandbox's clock is ahead of this machine's; can be set at any time.

    Raises:
        ValueError: the host is not loopback.
        OSError: on start, when the port is taken.
    """

    username = "demo"
    password = "demo"
    api_key = "demo-key"
    client_id = "demo-client"
    client_secret = "demo-secret"
    access_token = "demo-token"
    refresh_token = "demo-refresh"

    def __init__(
        self, port: int = 0, db: str | Path | None = None, latency: float = 0.0, host: str = "127.0.0.1"
    ) -> None:
        if host not in LOOPBACK:
            raise ValueError(f"The sandbox serves loopback only ({', '.join(LOOPBACK)}), not {host!r}")
        self.latency = latency
        self.skew = 0.0
        self.faults = Faults(self.now, self._listen)
        self.calls = Calls()
        self.journal = Journal()
        self._port = port
        self._host = host
        self._db = Path(db) if db is not None else None
        self._listener: Listener | None = None
        self._files = Files(host, self.now, self.faults)
        self._listening = threading.Lock()
        self._building = threading.RLock()
        self._parts: dict[str, Part] = {}
        self._apps: dict[str, Flask] = {}
        self._control = control(self)
        self._clients: WeakSet[Any] = WeakSet()  # one that nobody uses any more is freed, with its connections
        self._started_in = 0

    @property
    def url(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        if self._listener is None:
            raise RuntimeError(_NOT_RUNNING)
        return self._listener.url

    def now(self) -> datetime:
        """The time on the sandbox's clock (UTC): this machine's, shifted by `skew` and by faults."""
        return datetime.now(UTC) + timedelta(seconds=self.skew + self.faults.skew)

    def start(self) -> Sandbox:
        """Starts serving, in threads of its own; returns itself. Does nothing when it is running."""
        if self._listener is None:
            self._app("t1")
            try:
                self._listener = Listener(self._host, self._port, self._serve, self.now).start()
                self._started_in = os.getpid()
            except BaseException:
                self._close_parts()
                raise
        return self

    def stop(self) -> None:
        """Closes the clients it made, stops serving and closes the databases. Does nothing when stopped.

        In a process that was forked from the one that serves it does nothing: the connections are the other's.
        """
        if self._listener is None or self._started_in != os.getpid():
            return
        for client in list(self._clients):
            if callable(getattr(client, "close", None)):
                client.close()
        self._clients.clear()
        with self._listening:
            listener, self._listener = self._listener, None
        self.faults.clear()
        listener.stop()
        self._files.close()
        self._close_parts()

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
        return self._opened(terminalone.T1(**{**given, **hosts, **options}))

    def pinterest(self, **options: Any) -> Any:
        """An `adplatforms.Pinterest` client on the first ad account here; it is closed when the sandbox stops.

        Options go to the client, over the sandbox's own access_token, ad_account_id and api_base.
        """
        import adplatforms

        account: str = import_module("adplatforms.sandbox.pinterest").AD_ACCOUNT_ID
        given = {"access_token": self.access_token, "ad_account_id": account}
        client: Any = adplatforms.Pinterest
        return self._opened(client(**{**given, "api_base": f"{self.url}/pinterest/v5", **options}))

    def ttd(self, **options: Any) -> Any:
        """An `adplatforms.TTD` client; it is closed when the sandbox stops.

        Options go to the client, over the sandbox's own token, server_url, graphql_url and rest_url.
        """
        import adplatforms

        base = f"{self.url}/ttd"
        hosts = {"server_url": f"{base}/workflows", "graphql_url": f"{base}/graphql", "rest_url": f"{base}/v3"}
        client: Any = adplatforms.TTD
        return self._opened(client(**{"token": self.access_token, **hosts, **options}))

    def expire_sessions(self) -> None:
        """Forgets all logins and access tokens: the next request of every client is told to sign in.

        Refresh tokens survive.
        """
        for part in list(self._parts.values()):
            part.expire()

    def reset(self) -> None:
        """Puts the seed data back. Logins, `calls` and `journal` stay. The sandbox must be running."""
        if self._listener is None:
            raise RuntimeError(_NOT_RUNNING)
        for part in list(self._parts.values()):
            part.reset()

    def _opened(self, client: Any) -> Any:
        self._clients.add(client)
        return client

    def _close_parts(self) -> None:
        for part in self._parts.values():
            part.expire()
            part.close()
        self._parts.clear()
        self._apps.clear()

    def _listen(self, wanted: bool) -> None:
        with self._listening:
            if self._listener is not None:
                (self._listener.start if wanted else self._listener.stop)()

    def _serve(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        if path.startswith(CONTROL):
            return self._control(environ, start_response)
        platform = next((name for name, prefix in PREFIXES.items() if path.startswith(prefix)), "t1")
        return self._app(platform)(environ, start_response)

    def _app(self, platform: str) -> Flask:
        """What answers for a platform; it is built at the first call."""
        with self._building:
            app = self._apps.get(platform)
            if app is None:
                build = import_module(f"adplatforms.sandbox.{platform}").build
                part: Part = build(self._services(platform))
                self._parts[platform] = part
                app = self._apps[platform] = self._flask(part)
            return app

    def _services(self, platform: str) -> Services:
        opened: list[Store] = []

        def store(tables: Sequence[Table], fill: Callable[[Store], None]) -> Store:
            noted = partial(self.journal.note, platform)
            opened.append(Store(tables, fill, self._path(platform), noted))
            return opened[0]

        def note(platform: str, action: str, kind: str, id: str | int) -> None:
            opened[0].after(partial(self.journal.note, platform, action, kind, id))

        return Services(store, self._files, lambda: self.url, self.now, note)

    def _path(self, platform: str) -> str | None:
        if self._db is None:
            return None
        return str(self._db if platform == "t1" else self._db.with_suffix(f".{platform}{self._db.suffix}"))

    def _flask(self, part: Part) -> Flask:
        app = Flask(__name__, static_folder=None)
        app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_MEMORY_SIZE=MOST_BYTES, NOW=self.now)
        app.url_map.merge_slashes = False
        for blueprint in part.blueprints:
            app.register_blueprint(blueprint)

        @app.before_request
        def read_all() -> None:
            # An unread body would be taken for the next request on a connection that is kept open.
            _ = request.form
            request.get_data()

        self.faults.attach(app, part)

        @app.after_request
        def note(response: Response) -> Response:
            self.calls.append(read_call(response))
            if self.latency > 0:
                time.sleep(self.latency)
            return response

        @app.errorhandler(HTTPException)
        def plain(error: HTTPException) -> Response:
            return Response(f"{error.code} {error.name}\n", error.code, content_type="text/plain")

        return app
