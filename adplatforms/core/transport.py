"""The only place that talks HTTP: `requests`, one session per thread, timeouts on, credentials to one host only.

`requests` is imported when the first connection is made: it is most of what importing the packages would cost.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import quote, urlencode, urlsplit
from weakref import WeakSet

from .auth import Auth
from .errors import UNSURE, ClientError, ConnectError, RequestTimeout, TransportError
from .values import Answer, Request, Secret, Stream

if TYPE_CHECKING:
    import requests

R = TypeVar("R")

__all__ = ["HttpTransport", "Transport", "mask_urllib3_log"]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Transport(Protocol):
    """What sends requests: `HttpTransport`, or a `FakeTransport` in tests."""

    def send(self, request: Request) -> Answer:
        """The answer to one request, whatever its HTTP status; a `TransportError` when there is none."""

    def stream(self, request: Request) -> Stream:
        """As `send`, with the body read piece by piece."""

    def close(self) -> None:
        """Frees connections; the transport is not used afterwards."""


class HttpTransport:
    """HTTP by `requests`.

    `base_url`: scheme, host and port; plain http is taken for loopback only. `timeout`: seconds to connect and to wait
    for data. Redirects are not followed: credentials go to `base_url` and nowhere else.
    """

    def __init__(
        self,
        base_url: str,
        auth: Auth,
        headers: Mapping[str, str] | None = None,
        timeout: tuple[float, float] = (10.0, 300.0),
    ) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
            where = parts.hostname or "what was given"
            raise ClientError(f"{where} is no base URL", hint="write host, host:port or https://host:port")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ClientError(
                f"plain http would show the credentials on the way to {parts.hostname}", hint="use https"
            )
        self.base_url, self.auth, self.timeout = base_url.rstrip("/"), auth, timeout
        self.headers = dict(headers or {})
        self._local = threading.local()
        self._sessions: WeakSet[requests.Session] = WeakSet()
        mask_urllib3_log()

    @property
    def session(self) -> requests.Session:
        """This thread's `requests.Session`."""
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            from http.cookiejar import DefaultCookiePolicy

            import requests

            session = requests.Session()
            session.auth = self._sign
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # `auth` alone sends cookies
            session.headers["User-Agent"] = "adplatforms/0.1 " + requests.utils.default_user_agent()
            session.headers.update(self.headers)
            self._local.session = session
            self._sessions.add(session)
        return session

    def send(self, request: Request) -> Answer:
        """The answer to one request, whatever its HTTP status; a `TransportError` when there is none."""
        reply = self._told(request, lambda: self._send(request))
        return Answer(reply.status_code, _lower(reply), reply.content, request)

    def stream(self, request: Request) -> Stream:
        """As `send`, with the body read piece by piece."""
        reply = self._told(request, lambda: self._send(request, stream=True))

        def chunks() -> Iterator[bytes]:
            pieces = reply.iter_content(65536)
            while piece := self._told(request, lambda: next(pieces, b"")):
                yield piece

        return Stream(reply.status_code, _lower(reply), chunks(), request, reply.close)

    def _send(self, request: Request, stream: bool = False) -> requests.Response:
        return self.session.request(
            request.method,
            f"{self.base_url}/{request.path}",
            params=urlencode(
                [*request.params, *self.auth.params()], quote_via=quote
            ),  # a space is %20, never +
            data=None if request.form is None else [(n, _plain(v)) for n, v in request.form],
            json=request.json,
            files=None if request.files is None else list[Any](request.files),
            headers={n: _plain(v) for n, v in {**self.auth.headers(), **request.headers}.items()},
            timeout=self.timeout,
            allow_redirects=False,
            stream=stream,
            auth=_no_netrc,  # it is signed already
        )

    def _sign(self, prepared: Any) -> Any:
        """Signs what a user sends through `session` directly, to the platform's own host and nowhere else."""
        theirs, ours = urlsplit(prepared.url), urlsplit(self.base_url)
        if (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc):
            prepared.prepare_url(prepared.url, list(self.auth.params()))
            prepared.headers.update({name: _plain(value) for name, value in self.auth.headers().items()})
        return prepared

    def _told(self, request: Request, call: Callable[[], R]) -> R:
        """What a call gives; what goes wrong in it as an error of ours, credentials masked."""
        import requests

        kind, message, sent = TransportError, "", True
        try:
            return call()
        except requests.Timeout as problem:
            kind, sent = RequestTimeout, not isinstance(problem, requests.ConnectTimeout)
            message = f"{self.base_url} was too slow: {self.timeout[0]:g} s to connect, {self.timeout[1]:g} s to reply"
        except requests.ConnectionError as problem:
            kind = ConnectError
            message = f"cannot reach {self.base_url}: {self.auth.redact(_reason(problem))}"
        except requests.RequestException as problem:
            message = f"{request.label} failed: {self.auth.redact(_reason(problem))}"
        raise kind(message, request=request.label, hint=UNSURE if request.writes and sent else "")

    def close(self) -> None:
        """Closes the connections of all threads."""
        for session in list(self._sessions):
            session.close()

    def __repr__(self) -> str:
        return f"<HttpTransport {self.base_url}>"


def _plain(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value


def _lower(reply: requests.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in reply.headers.items()}


def _no_netrc(prepared: Any) -> Any:
    """Keeps `requests` from adding credentials of its own from a .netrc file."""
    return prepared


def _reason(problem: Exception) -> str:
    """The innermost cause in a few words, without the URL and its query."""
    text = str(problem)
    found = re.search(r"(\[Errno[^\]]*\][^'\")>]*|Name or service not known|SSL[^'\")>]*)", text)
    return (found.group(1) if found else re.sub(r"\S*[?/]\S*", "…", text)).strip()


class _MaskCredentials(logging.Filter):
    """urllib3 logs each URL at DEBUG level; credentials in the query are masked there."""

    _pattern = re.compile(r"((?:api_key|access_token|client_secret|password|code)=)[^&\s\"']+", re.I)

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        masked = self._pattern.sub(r"\1***", text)
        if masked != text:
            record.msg, record.args = masked, ()
        return True


_MASK = _MaskCredentials()


def mask_urllib3_log() -> None:
    """Makes urllib3's own debug log safe; done once, however often it is called."""
    for name in ("urllib3.connectionpool", "urllib3.util.retry"):
        logging.getLogger(name).addFilter(_MASK)
