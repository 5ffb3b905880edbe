"""The session over HTTP: what each platform's own session derives from."""

from __future__ import annotations

from adplatforms.core.auth import Auth
from adplatforms.core.connection import Transport
from adplatforms.core.dialect import Dialect
from adplatforms.core.registry import Registry
from adplatforms.core.session import Session

from .connection import HttpConnection
from .options import Options

__all__ = ["HttpSession"]


class HttpSession(Session, HttpConnection):
    """A session over HTTP.

    registry: the classes of the platform. transport: sends single requests. auth: signs them. options: what the user
    chose (see `Options`).
    """

    def __init__(
        self, registry: Registry, dialect: Dialect, transport: Transport, auth: Auth, options: Options | None = None
    ) -> None:
        # The connection comes first: the session takes its locks from the connection's runtime.
        HttpConnection.__init__(self, transport, auth, dialect.capabilities.prefetch, options)
        Session.__init__(self, registry, dialect)
