"""The only place that talks HTTP: `requests`, one session per thread, timeouts on, credentials to one host only.

`requests` is imported when the first connection is made: it is most of what importing the packages would cost.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import SplitResult, quote, urlencode, urljoin, urlsplit

from adplatforms._version import __version__
from adplatforms.core.auth import Auth
from adplatforms.core.errors import AdPlatformsError, ClientError, DetachedError, ParserException, TransportError
from adplatforms.core.forking import this_process
from adplatforms.core.messages import Answer, Request, Stream, read_body
from adplatforms.core.secrets import Secret

from .failures import failure_of
from .forked import Sessions
from .logs import describe_call, environment_logger, log_answer, log_failure, mask_urllib3_log, new_request_id
from .options import Options
from .read_only import refuse_writes, sending_checked_request

if TYPE_CHECKING:
    import requests

R = TypeVar("R")

__all__ = ["HttpTransport", "check_url", "mask_urllib3_log"]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MOST_REDIRECTS = 3


def check_url(url: str, what: str = "base URL") -> str:
    """The URL without a slash at its end. Raises a `ClientError` unless it is https, or http on loopback.

    what: what the URL is for, in messages. The messages name the host alone, because the rest may hold credentials.
    """
    try:
        parts = urlsplit(url)
        # Reading the port is what checks it.
        _ = parts.port
    except ValueError:
        raise ClientError(f"what was given is not a {what}", hint="write https://host") from None
    host = re.fullmatch(r"[\w.-]+|[0-9A-Fa-f:.]+", parts.hostname or "")
    if (
        parts.scheme not in ("http", "https")
        or not host
        or parts.username
        or re.search(r"[\s\\]|:$", parts.netloc + url)
    ):
        raise ClientError(
            f"{parts.hostname or 'what was given'} is not a {what}", hint="write host, host:port or https://host:port"
        )
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise ClientError(f"plain http would show the credentials on the way to {parts.hostname}", hint="use https")
    return url.rstrip("/")


class HttpTransport:
    """HTTP by `requests`.

    `base_url`: scheme, host and port; plain http is taken for loopback only. `headers`: sent with every request.
    `options`: what the user chose (see `Options`). Redirects are not followed: credentials go to `base_url`, or to the
    server that a request names, and nowhere else.
    """

    def __init__(
        self, base_url: str, auth: Auth, options: Options | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        self.base_url, self.auth, self.options = check_url(base_url), auth, options or Options()
        parts = urlsplit(base_url)
        if parts.query:
            raise ClientError(f"{parts.hostname} is not a base URL", hint="write it without a query")
        self.headers = {**(headers or {}), **self.options.headers}
        self._local = threading.local()
        self._sessions = Sessions()
        self._network_settings: dict[str, dict[str, Any]] = {}
        self._ca = self.options.ca
        self._debug_logger = self.options.debug_logger or environment_logger()
        mask_urllib3_log()

    @property
    def session(self) -> requests.Session:
        """This thread's `requests.Session`, made when it is first asked for.

        What a user sends on it to the platform's host is signed. After a fork it is the same in the child, with
        connections of its own.
        """
        session: requests.Session | None = self._session_of_thread("session")
        if session is None:
            session = self._local.session = self._new_session()
            session.auth = self._sign
            session.rebuild_auth = self._unsign  # type: ignore[method-assign]
            session.headers.update(self.headers)
        return session

    def _session_of_thread(self, name: str) -> Any:
        """This thread's `requests.Session` of that name, None before it is made."""
        session = getattr(self._local, name, None)
        if session is not None:
            self._sessions.take_over(session)
        return session

    def _new_session(self) -> requests.Session:
        from http.cookiejar import DefaultCookiePolicy

        import requests

        options = self.options
        make = options.http or requests.Session
        session: requests.Session = make()
        # A cookie that a server sets is never sent back: two users of one process would share it. `auth` sends its own.
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.headers["User-Agent"] = f"adplatforms/{__version__} " + requests.utils.default_user_agent()
        # A file of certificates is taken over; False, which switches verification off, is not.
        if isinstance(session.verify, str) and not self._ca:
            self._ca = session.verify
        # requests would read the environment at every call, and a .netrc with it. `_route_options` reads it once.
        session.trust_env = False
        for prefix, adapter in options.adapters.items():
            session.mount(prefix, adapter)
        if options.read_only:
            refuse_writes(session)
        self._sessions.add(session)
        return session

    def send(self, request: Request) -> Answer:
        """The answer to one request, whatever its HTTP status. Raises a `TransportError` when there is none."""
        # A refusal that a broken proxy sends twice would be taken for this write's: nothing in it tells whose it is.
        # So a write never goes over a connection that brought an error before.
        if request.writes and getattr(self._local, "failed", False):
            self.drop()
        sent = self._apply_before_hook(request)
        reply = self._translate_errors(request, lambda: self._send(sent, stream=True))
        try:
            most = self.options.most_bytes
            content = self._translate_body_errors(request, lambda: read_body(reply.iter_content(262144), most, request))
        finally:
            reply.close()
        answer = Answer(reply.status_code, _lower_headers(reply), content, request)
        self._local.failed = answer.status >= 400
        log_answer(request, answer.status, len(content), reply.elapsed.total_seconds(), self.auth.redact)
        if self._debug_logger:
            self._debug_logger.debug("%s", self.auth.redact(describe_call(answer)))
        if self.options.after:
            self.options.after(answer)
        return answer

    def stream(self, request: Request) -> Stream:
        """As `send`, with the body read piece by piece."""
        sent = self._apply_before_hook(request)
        return self._open_stream(self._translate_errors(request, lambda: self._send(sent, stream=True)), request)

    def _apply_before_hook(self, request: Request) -> Request:
        """What is sent for a request: the user's hook may change it.

        Answers and errors are about the request as it was before, which the dialect has made and knows how to read.
        """
        return (self.options.before and self.options.before(request)) or request

    def fetch(self, method: str, url: str, **body: Any) -> Stream:
        """The body behind a link, asked for without any credential.

        method: GET to download. body: what `requests` takes as `data`, `files` and `timeout`. Redirects are followed,
        to https or loopback only. Raises a `ClientError` for an address that is not safe.
        """
        check_url(url, "safe link")
        body.setdefault("timeout", self.options.timeouts)
        bare: requests.Session | None = self._session_of_thread("bare")
        if bare is None:
            bare = self._local.bare = self._new_session()
        parts = urlsplit(url)
        request = Request(
            method,
            parts.path.lstrip("/"),
            server=f"link on {parts.hostname}",
            timeout=body["timeout"],
            id=new_request_id(),
        )
        for _ in range(_MOST_REDIRECTS):
            # Each address is checked: the first, safe one may lead to one that is not.
            check_url(url, "safe link")
            reply = self._translate_errors(
                request,
                lambda url=url: bare.request(  # type: ignore[misc]
                    method, url, **body, allow_redirects=False, stream=True, auth=_no_auth, **self._route_options(url)
                ),
            )
            if method != "GET" or not reply.is_redirect:
                return self._open_stream(reply, request)
            reply.close()
            try:
                url = urljoin(url, reply.headers["location"])
            except ValueError:
                raise TransportError("the link leads to something that is not a URL", request=request.label) from None
        raise TransportError("the link is redirected without end", request=request.label)

    def _open_stream(self, reply: requests.Response, request: Request) -> Stream:
        """The answer with its body still on the wire. It is read by the process that asked for it, and by no other."""
        log_answer(request, reply.status_code, None, reply.elapsed.total_seconds(), self.auth.redact)
        opened_in = this_process()

        def chunks() -> Iterator[bytes]:
            pieces = reply.iter_content(65536)
            while True:
                # A forked child shares the socket: what it reads is missing in the parent.
                if this_process() != opened_in:
                    raise DetachedError(
                        f"{request.label}: this answer is being read by the process that asked for it",
                        hint="ask for it again in this process",
                    )
                piece = self._translate_body_errors(request, lambda: next(pieces, b""))
                if not piece:
                    return
                yield piece

        def close() -> None:
            if this_process() == opened_in:
                reply.close()

        return Stream(reply.status_code, _lower_headers(reply), chunks(), request, close)

    def _send(self, request: Request, stream: bool = False) -> requests.Response:
        """Hands a request to `requests`. This is where credentials are added to it."""
        server = self.base_url
        if request.server:
            server = check_url(request.server)
        form: Any = request.form and _revealed(request.form)
        files: Any = request.files and list(request.files)
        headers = {**self.auth.headers(), **request.headers}
        with sending_checked_request():
            return self.session.request(
                request.method,
                f"{server}/{request.path}",
                # A space travels as %20: some servers read + as itself.
                params=urlencode([*request.params, *self.auth.params()], quote_via=quote),
                data=form,
                json=request.json,
                files=files,
                headers=dict(_revealed(headers.items())),
                timeout=request.timeout or self.options.timeouts,
                allow_redirects=False,
                stream=stream,
                auth=_no_auth,
                **self._route_options(server),
            )

    def _sign(self, prepared: Any) -> Any:
        """Signs what a user sends through `session` directly, to the platform's own host and nowhere else."""
        theirs, ours = urlsplit(prepared.url), urlsplit(self.base_url)
        if (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc):
            prepared.prepare_url(prepared.url, list(self.auth.params()))
            prepared.headers.update(_revealed(self.auth.headers().items()))
        return prepared

    def _unsign(self, prepared: Any, response: Any) -> None:
        """Takes the credentials off what a user's own request is redirected to, on another host."""
        theirs, ours = urlsplit(prepared.url), urlsplit(self.base_url)
        if (theirs.scheme, theirs.netloc) != (ours.scheme, ours.netloc):
            for name in ("Authorization", "Cookie", *self.auth.headers()):
                prepared.headers.pop(name, None)

    def _route_options(self, url: str) -> dict[str, Any]:
        """The proxies to a server and the certificates to trust: the user's, else what the environment says."""
        parts = urlsplit(url)
        settings = self._network_settings.get(parts.netloc)
        if settings is None:
            settings = self._network_settings[parts.netloc] = self._read_settings(parts)
        return settings

    def _read_settings(self, parts: SplitResult) -> dict[str, Any]:
        from requests.utils import get_environ_proxies

        proxies: dict[str, str] = {}
        # What is said to this machine stays on it, whatever proxy the environment names.
        if parts.hostname not in _LOOPBACK:
            proxies = get_environ_proxies(f"{parts.scheme}://{parts.netloc}")
        bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
        return {"proxies": {**proxies, **(self.options.proxies or {})}, "verify": self._ca or bundle}

    def _translate_errors(self, request: Request, call: Callable[[], R]) -> R:
        """Makes a call; what goes wrong in it is an error of ours, credentials masked (see `failures`)."""
        try:
            return call()
        except AdPlatformsError:
            raise
        # Every error of requests is an OSError; a ValueError is a URL or a header that it cannot parse.
        except (OSError, ValueError) as problem:
            server = request.server or self.base_url
            timeouts = request.timeout or self.options.timeouts
            failed = failure_of(problem, request, server, timeouts, self.auth.redact)
        except BaseException:
            # Ctrl-C half-way: the answer to this call is still to come, and the next one would be given it.
            self.drop()
            raise
        log_failure(request, failed, self.auth.redact)
        raise failed

    def _translate_body_errors(self, request: Request, call: Callable[[], R]) -> R:
        """As `_translate_errors`, for a part of the body: whatever goes wrong in it, the request had been sent."""
        try:
            return self._translate_errors(request, call)
        except TransportError as error:
            failed = error
        if type(failed) is TransportError:
            raise ParserException(failed.message, request=request.label)
        raise failed.copy_with(unsure=True)

    def reading_only(self) -> Self:
        """The same transport for a session that is `read_only`.

        It has `requests.Session`s of its own, which refuse what would write. They are closed along with those of this
        one.
        """
        other = copy(self)
        other.options = replace(self.options, read_only=True)
        other._local = threading.local()
        return other

    def drop(self) -> None:
        """Closes this thread's connections; the next call opens new ones.

        After an answer that belonged to another call, the next one on the same connection may be another's as well.
        """
        for name in ("session", "bare"):
            session = self._session_of_thread(name)
            if session is not None:
                session.close()

    def close(self) -> None:
        """Closes the connections of all threads."""
        for session in self._sessions.alive():
            session.close()

    def __repr__(self) -> str:
        return f"<HttpTransport {self.base_url}>"


def _revealed(pairs: Iterable[tuple[str, str | Secret]]) -> list[tuple[str, str]]:
    """The pairs as they are sent."""
    plain = []
    for name, value in pairs:
        if isinstance(value, Secret):
            value = value.reveal()
        plain.append((name, value))
    return plain


def _lower_headers(reply: requests.Response) -> dict[str, str]:
    """The headers of a reply, names in lower case."""
    return {name.lower(): value for name, value in reply.headers.items()}


def _no_auth(prepared: Any) -> Any:
    """Keeps `requests` from adding credentials of its own, its session's or those of a .netrc file."""
    return prepared
