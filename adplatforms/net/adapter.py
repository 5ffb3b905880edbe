"""The connections of a session, below `requests`: they keep deadlines, notice a dead peer, and are not used once stale.

Imported when the first connection is made, for it needs `requests`.
"""

from __future__ import annotations

import socket
from collections import deque
from http.client import HTTPResponse
from queue import Empty, Full, LifoQueue
from time import monotonic, time
from typing import Any

from requests import PreparedRequest, Response
from requests import exceptions as errors
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    InvalidHeader,
    MaxRetryError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.poolmanager import pool_classes_by_scheme
from urllib3.util import Timeout
from urllib3.util.connection import create_connection

from .current import CURRENT
from .deadlines import Deadline

__all__ = ["PlatformAdapter", "ShortResponse", "prepare_adapter"]

_MOST_IDLE = 60.0
"""Seconds after which a connection is not used again. Whatever stands between may have forgotten it without a word,
and a write over it would be lost, nobody knows whether before or after it was applied."""
_SHORT = 65536
_PIECE = 1024 * 1024


def _keep_alive_options() -> list[tuple[int, int, int]]:
    """Socket options with which the system asks a silent peer whether it is there: after a minute, 4 times in all."""
    options = [*HTTPConnection.default_socket_options, (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
    # macOS calls the first one TCP_KEEPALIVE.
    for names, seconds in ((("TCP_KEEPIDLE", "TCP_KEEPALIVE"), 60), (("TCP_KEEPINTVL",), 15), (("TCP_KEEPCNT",), 4)):
        known = [getattr(socket, name) for name in names if hasattr(socket, name)]
        options += [(socket.IPPROTO_TCP, option, seconds) for option in known[:1]]
    return options


class _Reader(socket.SocketIO):
    """What a socket receives, until the deadline of a call.

    The timeout of a socket holds for each piece that it receives, however small. So it is cut down to what is left of
    the call's time.
    """

    sock: Any
    deadline: Deadline

    def readinto(self, buffer: Any) -> Any:
        remaining = self.deadline.end - monotonic()
        if remaining <= 0:
            raise TimeoutError("the time for the answer is used up")
        timeout = self.sock.gettimeout()
        if timeout is None or timeout > remaining:
            self.sock.settimeout(remaining)
        return super().readinto(buffer)


class _Response(HTTPResponse):
    """An answer that is read until the deadline of the call, head and body."""

    fp: Any

    def __init__(self, sock: Any, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        deadline = CURRENT.deadline
        if deadline is not None:
            deadline.end = monotonic() + deadline.seconds
            raw = self.fp.raw
            # http.client makes the file itself, and counts it as a user of the socket: so it only gets another class.
            raw.__class__, raw.sock, raw.deadline = _Reader, sock, deadline


class _Trusted:
    """What both kinds of connections have in common."""

    response_class: Any = _Response
    sock: Any
    host: str
    port: int
    proxy: Any
    timeout: Any
    source_address: Any
    socket_options: Any
    _used: float | None = None
    _held: list[bytes] | None = None

    @property
    def is_connected(self) -> bool:
        """Whether it can take a request: urllib3 asks before it uses a connection again."""
        # A laptop that was asleep, and a clock that was set back, end it too.
        if self._used is not None and not 0 <= time() - self._used <= _MOST_IDLE:
            return False
        return bool(super().is_connected)  # type: ignore[misc]

    def request(self, *args: Any, **options: Any) -> None:
        """Sends a request: its head and a short body together, where urllib3 would send one after the other."""
        # A longer call counts as idle, too: that costs a connection and no write.
        self._used = time()
        if self.sock is not None:
            self._held = []
        try:
            super().request(*args, **options)  # type: ignore[misc]
            held, self._held = self._held, None
            if held:
                super().send(b"".join(held))  # type: ignore[misc]
        finally:
            self._held = None

    def send(self, data: Any) -> None:
        """Sends bytes, or holds them until the request is complete."""
        if self._held is not None:
            if type(data) is bytes and len(data) < _SHORT:
                self._held.append(data)
                return
            held, self._held = self._held, None
            super().send(b"".join(held))  # type: ignore[misc]
        if not isinstance(data, bytes):
            super().send(data)  # type: ignore[misc]
            return
        # The timeout of a socket holds for all that is sent at once, and a large file may take longer.
        for start in range(0, len(data), _PIECE):
            super().send(memoryview(data)[start : start + _PIECE])  # type: ignore[misc]

    def _new_conn(self) -> Any:
        """A new socket. Of a link, the addresses are checked that are connected to: a name may have others later."""
        check = CURRENT.check_address
        # Behind a proxy it is the proxy that resolves the name.
        if check is None or self.proxy is not None:
            return super()._new_conn()  # type: ignore[misc]
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except OSError as problem:
            raise NewConnectionError(self, f"Failed to resolve the name: {problem}") from problem  # type: ignore[arg-type]
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        for address in addresses:
            check(self.host, address)
        return self._connected(addresses)

    def _connected(self, addresses: list[str]) -> Any:
        """A socket to the first address that answers."""
        failed: Exception = NewConnectionError(self, "the name has no address")  # type: ignore[arg-type]
        for address in addresses:
            try:
                return create_connection(
                    (address, self.port),
                    self.timeout,
                    source_address=self.source_address,
                    socket_options=self.socket_options,
                )
            except TimeoutError as problem:
                failed = ConnectTimeoutError(self, f"Connection to {self.host} timed out: {problem}")
            except OSError as problem:
                failed = NewConnectionError(self, f"Failed to establish a new connection: {problem}")  # type: ignore[arg-type]
        raise failed


class _Connection(_Trusted, HTTPConnection):
    """A connection over http."""


class _SafeConnection(_Trusted, HTTPSConnection):
    """A connection over https."""


class _Idle:
    """The idle connections of a pool: what it needs of `queue.LifoQueue`, without waiting.

    A queue has locks that are taken by code in Python. Ctrl-C in the middle of that leaves them held, and the next call
    waits for one without end. Here each step is one of the interpreter's.
    """

    def __init__(self, maxsize: int = 0) -> None:
        self.maxsize = maxsize
        self._connections: deque[Any] = deque()

    def put(self, connection: Any, block: bool = True, timeout: float | None = None) -> None:
        """Adds one. Raises `queue.Full`."""
        if 0 < self.maxsize <= len(self._connections):
            raise Full
        self._connections.append(connection)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """Takes out the one that was added last. Raises `queue.Empty`."""
        try:
            return self._connections.pop()
        except IndexError:
            raise Empty from None

    def qsize(self) -> int:
        """How many there are."""
        return len(self._connections)


class _OwnConnections:
    """What both kinds of pools have in common. theirs, ours: the class of connections of urllib3, and of ours."""

    QueueCls: Any = _Idle
    theirs: Any
    ours: Any

    @property
    def ConnectionCls(self) -> Any:  # noqa: N802, urllib3's name
        """The class of new connections."""
        # A library that records or fakes HTTP, such as vcrpy, puts a class of its own into urllib3.
        replaced = super().ConnectionCls  # type: ignore[misc]
        return self.ours if replaced is self.theirs else replaced


class _Pool(_OwnConnections, HTTPConnectionPool):  # type: ignore[override]
    theirs, ours = HTTPConnection, _Connection


class _SafePool(_OwnConnections, HTTPSConnectionPool):  # type: ignore[override]
    theirs, ours = HTTPSConnection, _SafeConnection


class _WaitingPool(_Pool):
    QueueCls = LifoQueue


class _WaitingSafePool(_SafePool):
    QueueCls = LifoQueue


def _prepare(manager: PoolManager) -> None:
    if manager.pool_classes_by_scheme is pool_classes_by_scheme:
        classes: dict[str, Any] = {"http": _Pool, "https": _SafePool}
        # With `pool_block=True` an adapter of the user's waits for a connection where all are taken.
        if manager.connection_pool_kw.get("block"):
            classes = {"http": _WaitingPool, "https": _WaitingSafePool}
        manager.pool_classes_by_scheme = classes
        manager.connection_pool_kw.setdefault("socket_options", _keep_alive_options())


def prepare_adapter(adapter: Any) -> None:
    """Has an adapter of the user's make connections as ours are, as far as it is one of `requests`."""
    manager = getattr(adapter, "poolmanager", None)
    if isinstance(manager, PoolManager):
        _prepare(manager)


class ShortResponse(Response):
    """The answer to a request that was prepared by hand: no cookies, and names of headers in lower case."""

    keeps_deadlines = True

    def __init__(self, request: PreparedRequest, raw: Any) -> None:
        self._content: Any = False
        self._content_consumed = False
        self.raw, self.request, self.url = raw, request, request.url or ""
        self.status_code, self.reason = raw.status, raw.reason
        self.headers: Any = {}
        for name, value in raw.headers.itermerged():
            self.headers[name.lower()] = value
        self.history, self.encoding = [], None


class PlatformAdapter(HTTPAdapter):
    """The adapter that a session uses where the user has given no other."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Makes the pools of direct connections."""
        super().init_poolmanager(*args, **options)
        _prepare(self.poolmanager)
        self._found: dict[Any, tuple[Any, Any]] = {}

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """The pools of connections through a proxy."""
        manager = super().proxy_manager_for(proxy, **options)
        if isinstance(manager, PoolManager):
            _prepare(manager)
        return manager

    def close(self) -> None:
        """Closes all connections: urllib3 does when nobody holds their pools any more."""
        self._found.clear()
        super().close()

    def send_directly(
        self, request: PreparedRequest, origin: str, timeouts: tuple[float, float], verify: Any, cert: Any
    ) -> Response:
        """As `send` with ``stream=True``, to a server without a proxy: what depends on the server is looked up once.

        origin: scheme, host and port of the request's URL. Raises the errors of `requests`.
        """
        pools, key = self.poolmanager.pools, (origin, verify, cert)
        owner, pool = self._found.get(key, (None, None))
        # Another process has other pools.
        if owner is not pools:
            pool = self.get_connection_with_tls_context(request, verify, cert=cert)
            self.cert_verify(pool, origin, verify, cert)  # type: ignore[no-untyped-call]
            self._found[key] = pools, pool
        connect, data = timeouts
        try:
            raw = pool.urlopen(
                request.method,
                (request.url or "")[len(origin) :],
                body=request.body,
                headers=request.headers,
                redirect=False,
                assert_same_host=False,
                preload_content=False,
                decode_content=False,
                retries=self.max_retries,
                timeout=Timeout(connect=connect, read=data),
            )
        except (HTTPError, OSError) as problem:
            failed = _as_requests_tells_it(problem, request)
            raise failed from problem
        return ShortResponse(request, raw)


def _as_requests_tells_it(problem: Any, request: PreparedRequest) -> Exception:
    """The error that `HTTPAdapter.send` raises for one of urllib3."""
    reason = problem
    if isinstance(problem, MaxRetryError):
        reason = problem.reason
        if isinstance(reason, ConnectTimeoutError) and not isinstance(reason, NewConnectionError):
            return errors.ConnectTimeout(problem, request=request)
    kinds: tuple[tuple[Any, Any], ...] = (
        (ProxyError, errors.ProxyError),
        (SSLError, errors.SSLError),
        (ReadTimeoutError, errors.ReadTimeout),
        (InvalidHeader, errors.InvalidHeader),
    )
    for theirs, ours in kinds:
        if isinstance(reason, theirs):
            return ours(problem, request=request)  # type: ignore[no-any-return]
    return errors.ConnectionError(problem, request=request)
