"""The only place that talks HTTP: `requests`, one session per thread, timeouts on, credentials to one host only.

`requests` is imported when the first connection is made: it is most of what importing the packages would cost.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import quote, urlencode, urljoin, urlsplit

from adplatforms._version import __version__
from adplatforms.core.auth import Auth
from adplatforms.core.errors import AdPlatformsError, ClientError, ParserException, TransportError
from adplatforms.core.messages import Answer, Request, Stream, read_body
from adplatforms.core.secrets import Secret

from .current import CURRENT, calling
from .deadlines import Deadline, total_of
from .failures import failure_of
from .forked import Sessions
from .links import LinkPolicy, check_url
from .logs import describe_call, environment_logger, log_answer, log_failure, mask_urllib3_log, new_request_id
from .options import Options
from .read_only import refuse_writes, sending_checked_request
from .routes import Routes
from .streams import lower_headers, streamed, within

if TYPE_CHECKING:
    import requests

    from .prepared import ShortWay

R = TypeVar("R")

__all__ = ["HttpTransport", "check_url", "mask_urllib3_log"]

_MOST_REDIRECTS = 3


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
        self._servers = {"": self.base_url}
        self._links = LinkPolicy(self._servers.values())
        self._routes = Routes(self.options.proxies, self.options.ca)
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
            from .prepared import ShortWay

            session = self._local.session = self._new_session()
            session.auth = self._sign
            session.rebuild_auth = self._unsign  # type: ignore[method-assign]
            session.headers.update(self.headers)
            self._local.short_way = ShortWay(session)
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

        from .adapter import PlatformAdapter, prepare_adapter

        options = self.options
        make = options.http or requests.Session
        session: requests.Session = make()
        if make is requests.Session:
            for prefix in ("https://", "http://"):
                session.mount(prefix, PlatformAdapter())
        # A cookie that a server sets is never sent back: two users of one process would share it. `auth` sends its own.
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.headers["User-Agent"] = f"adplatforms/{__version__} " + requests.utils.default_user_agent()
        # A file of certificates is taken over; False, which switches verification off, is not.
        if isinstance(session.verify, str) and not self._routes.ca:
            self._routes.ca = session.verify
        # requests would read the environment at every call, and a .netrc with it. `Routes` reads it once.
        session.trust_env = False
        for prefix, adapter in options.adapters.items():
            session.mount(prefix, adapter)
        for adapter in session.adapters.values():
            prepare_adapter(adapter)
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
        sent = self.options.before and self.options.before(request)
        deadline, reply = self._deadline(sent or request), None
        try:
            reply = self._send(sent or request, deadline)
            pieces = reply.iter_content(262144)
            if not getattr(reply, "keeps_deadlines", False):
                pieces = within(deadline, pieces)
            content = read_body(pieces, self.options.most_bytes, request)
        except AdPlatformsError:
            raise
        except (OSError, ValueError) as problem:
            failed = self._failure(problem, request, deadline, in_body=reply is not None)
        except BaseException:
            # Ctrl-C half-way: the answer to this call is still to come, and the next one would be given it.
            self.drop()
            raise
        else:
            return self._noted(reply, content, request)
        finally:
            if reply is not None:
                reply.close()
        raise failed

    def _noted(self, reply: requests.Response, content: bytes, request: Request) -> Answer:
        """The answer, once the logs and the user's hook have it."""
        headers: Mapping[str, str] = reply.headers
        if not getattr(reply, "keeps_deadlines", False):
            headers = lower_headers(reply)
        answer = Answer(reply.status_code, headers, content, request)
        self._local.failed = answer.status >= 400
        log_answer(request, answer.status, len(content), reply.elapsed.total_seconds(), self.auth.redact)
        if self._debug_logger:
            self._debug_logger.debug("%s", self.auth.redact(describe_call(answer)))
        if self.options.after:
            self.options.after(answer)
        return answer

    def stream(self, request: Request) -> Stream:
        """As `send`, with the body read piece by piece."""
        # Answers and errors are about the request as it was before the user's hook: the dialect knows how to read it.
        sent = self.options.before and self.options.before(request)
        deadline = self._deadline(sent or request)
        reply = self._translate_errors(request, lambda: self._send(sent or request, deadline), deadline)
        return self._open_stream(reply, request, deadline)

    def _deadline(self, request: Request) -> Deadline:
        """How long the answer to a request may take in all."""
        total = request.total
        if total is None:
            total = self.options.total
            if request.timeout is not None:
                total = total_of(request.timeout)
        return Deadline(total)

    def fetch(self, method: str, url: str, **body: Any) -> Stream:
        """The body behind a link, asked for without any credential.

        method: GET to download. body: what `requests` takes as `data`, `files` and `timeout`, and `total`: seconds for
        the complete answer. Redirects are followed, to https or loopback only. Raises a `ClientError` for an address
        that is not safe.
        """
        self._links.check(url)
        total = self.options.total
        if "timeout" in body:
            total = total_of(body["timeout"])
        deadline = Deadline(body.pop("total", total))
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
            self._links.check(url)
            options = {**body, **self._routes.to(url), "allow_redirects": False, "stream": True, "auth": _no_auth}
            with calling(deadline, self._links.check_address):
                reply = self._translate_errors(request, partial(bare.request, method, url, **options), deadline)
            if method != "GET" or not reply.is_redirect:
                return self._open_stream(reply, request, deadline)
            reply.close()
            try:
                url = urljoin(url, reply.headers["location"])
            except ValueError:
                raise TransportError("the link leads to something that is not a URL", request=request.label) from None
        raise TransportError("the link is redirected without end", request=request.label)

    def _open_stream(self, reply: requests.Response, request: Request, deadline: Deadline) -> Stream:
        """The answer with its body still on the wire."""
        log_answer(request, reply.status_code, None, reply.elapsed.total_seconds(), self.auth.redact)
        pieces = within(deadline, reply.iter_content(65536))
        read = partial(self._translate_body_errors, request, lambda: next(pieces, b""), deadline)
        chunks, close = streamed(request.label, read, reply.close, deadline)
        return Stream(reply.status_code, lower_headers(reply), chunks, request, close)

    def _send(self, request: Request, deadline: Deadline) -> requests.Response:
        """Hands a request to `requests`; the body of the answer stays on the wire.

        This is where credentials are added to it.
        """
        server = self._servers.get(request.server) or self._checked_server(request.server)
        form = _revealed(request.form) if request.form else []
        # A space travels as %20: some servers read + as itself.
        query = urlencode([*request.params, *self.auth.params()], quote_via=quote)
        headers = dict(_revealed({**self.auth.headers(), **request.headers}.items()))
        timeouts = request.timeout or self.options.timeouts
        # The session comes first: one of the user's own may bring certificates to trust.
        session = self._session_of_thread("session") or self.session
        route = self._routes.to(server)
        CURRENT.deadline = deadline
        try:
            short: ShortWay | None = getattr(self._local, "short_way", None)
            if short is not None and short.is_open(session):
                reply = short.send(session, request, server, query, headers, form, timeouts, route)
                if reply is not None:
                    return reply
            files: Any = request.files and list(request.files)
            with sending_checked_request():
                return session.request(
                    request.method,
                    f"{server}/{request.path}",
                    params=query,
                    data=form,
                    json=request.json,
                    files=files,
                    headers=headers,
                    timeout=timeouts,
                    allow_redirects=False,
                    stream=True,
                    auth=_no_auth,
                    **route,
                )
        finally:
            CURRENT.deadline = None

    def _checked_server(self, server: str) -> str:
        """The base URL of a server that a request names, checked once."""
        checked = self._servers[server] = check_url(server)
        return checked

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

    def _translate_errors(self, request: Request, call: Callable[[], R], deadline: Deadline | None = None) -> R:
        """Makes a call; what goes wrong in it is an error of ours, credentials masked (see `failures`)."""
        try:
            return call()
        except AdPlatformsError:
            raise
        # Every error of requests is an OSError; a ValueError is a URL or a header that it cannot parse.
        except (OSError, ValueError) as problem:
            failed = self._failure(problem, request, deadline)
        except BaseException:
            self.drop()
            raise
        raise failed

    def _failure(
        self, problem: Exception, request: Request, deadline: Deadline | None, in_body: bool = False
    ) -> TransportError:
        """The error for what went wrong. in_body: whether the answer had begun, so the request had been sent."""
        server = request.server or self.base_url
        timeouts = request.timeout or self.options.timeouts
        failed = failure_of(problem, request, server, timeouts, self.auth.redact, deadline)
        log_failure(request, failed, self.auth.redact)
        if not in_body:
            return failed
        if type(failed) is TransportError:
            return ParserException(failed.message, request=request.label)
        return failed.copy_with(unsure=True)

    def _translate_body_errors(self, request: Request, call: Callable[[], R], deadline: Deadline | None = None) -> R:
        """As `_translate_errors`, for a part of the body: whatever goes wrong in it, the request had been sent."""
        try:
            return call()
        except AdPlatformsError:
            raise
        except (OSError, ValueError) as problem:
            failed = self._failure(problem, request, deadline, in_body=True)
        except BaseException:
            self.drop()
            raise
        raise failed

    def reading_only(self) -> Self:
        """The same transport for a session that is `read_only`.

        It has `requests.Session`s of its own, which refuse what would write. They are closed along with those of this
        one.
        """
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
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

    def __reduce__(self) -> Any:
        raise TypeError("a transport is not pickled, for it holds credentials; open a session where the data is loaded")

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


def _no_auth(prepared: Any) -> Any:
    """Keeps `requests` from adding credentials of its own, its session's or those of a .netrc file."""
    return prepared
