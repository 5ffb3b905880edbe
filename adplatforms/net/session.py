"""The session over HTTP: what each platform's own session derives from."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Self

from adplatforms.core.auth import Auth
from adplatforms.core.connection import Transport
from adplatforms.core.dialect import Dialect
from adplatforms.core.messages import Answer, Request, Stream
from adplatforms.core.registry import Registry
from adplatforms.core.session import Session
from adplatforms.core.tracebacks import handles_secrets

from .connection import HttpConnection
from .limits import Stats
from .options import Options
from .signing import SignIn

__all__ = ["HttpSession"]


class HttpSession(Session):
    """A session over HTTP.

    registry: the classes of the platform. transport: sends single requests. auth: signs them. options: what the user
    chose (see `Options`). sign_in: how the platform signs in. server_url, turn: as for `HttpConnection`.

    `connection`: what it talks through.
    """

    connection: HttpConnection

    def __init__(
        self,
        registry: Registry,
        dialect: Dialect,
        transport: Transport,
        auth: Auth,
        options: Options | None = None,
        *,
        sign_in: SignIn | None = None,
        server_url: Callable[[str], str] = str,
        turn: Callable[[Request], AbstractContextManager[object]] | None = None,
    ) -> None:
        connection = HttpConnection(
            transport,
            auth,
            dialect.capabilities.prefetch,
            options,
            sign_in=sign_in,
            quota=dialect.quota,
            server_url=server_url,
            turn=turn,
        )
        super().__init__(registry, dialect, connection)

    @property
    def options(self) -> Options:
        """What the user chose."""
        return self.connection.options

    @property
    def stats(self) -> Stats:
        """Its figures: calls, retries, waits, quotas."""
        return self.connection.stats

    def using(self, **options: Any) -> Self:
        """The same session with other options: ``t1.using(timeout=5, retry=None).get(...)``.

        It shares connections, sign-in, limits and figures. options: `retry`, `timeout`, `total_timeout`, `read_only`,
        and `server`, the URL of another server or its name. Raises a `ClientError` for an option that is fixed for a
        session.
        """
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__, connection=self.connection.using(**options))
        return other

    def stream(self, request: Request, check: Callable[[Stream], object]) -> Stream:
        """Sends a reading request whose body is read piece by piece, see `HttpConnection.stream`."""
        return self.connection.stream(request, check)

    @handles_secrets
    def download(self, url: str) -> Stream:
        """The body behind a link that a platform handed out, asked for without any credential.

        url: https, or http on loopback. Raises an `APIError` for a link that has expired, a `ClientError` for one that
        is not safe.
        """
        return self.connection.download(url)

    @handles_secrets
    def upload(self, url: str, content: bytes | None = None, *, method: str = "PUT", **form: Any) -> Answer:
        """Sends content to such a link, without any credential, see `HttpConnection.upload`."""
        return self.connection.upload(url, content, method=method, **form)

    @handles_secrets
    def sign_in_again(self) -> bool:
        """Signs in once more with what the session has; False where that is not enough."""
        sign_in = self.connection.sign_in
        renewed = sign_in.sign_in_again(self.connection)
        sign_in.finish()
        return renewed

    def close(self) -> None:
        """Frees connections and threads.

        The session sends nothing afterwards: listings that are still being read end with a `DetachedError`.
        """
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
