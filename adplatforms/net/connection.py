"""The connection to a platform: sends requests, signs in again, retries, and masks credentials in every error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from functools import partial
from sys import exception
from typing import Any, Self, TypeVar

from adplatforms.core.ambiguous import ambiguous
from adplatforms.core.auth import Auth
from adplatforms.core.connection import Connection, Transport
from adplatforms.core.dialect import Quota
from adplatforms.core.errors import AdPlatformsError, APIError, ClientError, ParserException
from adplatforms.core.messages import Answer, Request, Stream
from adplatforms.core.tracebacks import clear_frames, handles_secrets

from .budget import RetryBudget
from .deadlines import total_of
from .limits import Limits, Stats
from .logs import log_retry, log_unknown_fate, new_request_id
from .options import Options
from .own_links import OwnLinks, open_link
from .prefetch import Window
from .redirects import refuse_redirect
from .retry import Retry, decide, http_moment, retry_after_seconds
from .runtime import ThreadRuntime
from .signing import SignIn

__all__ = ["HttpConnection"]

R = TypeVar("R")
Attempt = Callable[[Callable[[], R]], R]


class HttpConnection(Connection):
    """What a session talks through: it waits for limits, signs, sends, signs in again, retries and masks errors.

    width: how many calls it may have under way while reading ahead. sign_in: how the platform has it sign in. quota:
    what an answer tells of the rate limit. server_url: the base URL of a server by its name, or by its URL. turn: what
    each attempt is made in, where the platform wants few calls under way at once.

    `stats`: its figures. `sign_in_lock`: held by the thread that signs in. One connection serves any number of threads
    at once.
    """

    def __init__(
        self,
        transport: Transport,
        auth: Auth,
        width: int,
        options: Options | None = None,
        *,
        sign_in: SignIn | None = None,
        quota: Callable[[Answer], Quota | None] | None = None,
        server_url: Callable[[str], str] = str,
        turn: Callable[[Request], AbstractContextManager[object]] | None = None,
    ) -> None:
        self.transport, self.auth, self.options = transport, auth, options or Options()
        self.sign_in = sign_in or SignIn()
        self._quota, self._server_url, self._turn = quota or _no_quota, server_url, turn
        policy = self.retry_policy
        self.runtime = self.options.runtime or ThreadRuntime(width, policy.sleep, policy.clock)
        self.stats = Stats(self.runtime)
        self._limits = Limits(self.options.limits, self.runtime.clock)
        self.sign_in_lock = self.runtime.lock()
        self._window = Window(width)
        self._budget = RetryBudget(self.runtime.clock, self.stats.lock)

    @property
    def retry_policy(self) -> Retry:
        return self.options.retry or Retry(attempts=1)

    def using(self, **options: Any) -> Self:
        """The same connection with other options, as `HttpSession.using` describes."""
        known = Options.of(options)
        for name in options:
            if name not in _PER_CALL:
                raise ClientError(f"{name} is fixed for a session", hint="open another one with it")
        if self.options.read_only and options.get("read_only") is False:
            raise ClientError("a session that is read_only stays so", hint="open another session to write")
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__, options=replace(self.options, **{n: getattr(known, n) for n in options}))
        if isinstance(self.runtime, ThreadRuntime):
            policy = other.retry_policy
            other.runtime = self.runtime.timed_by(policy.sleep, policy.clock)
        # A transport of the user's own may lack it; what the session itself sends is checked in any case.
        reading_only = getattr(self.transport, "reading_only", None)
        if other.options.read_only and not self.options.read_only and reading_only is not None:
            other.transport = reading_only()
        return other

    def check_may_write(self, what: str) -> None:
        """Raises a `ClientError` where the session is `read_only`. what: the write, for the message."""
        if self.options.read_only:
            raise ClientError(
                f"the session is read_only: {what} was not sent",
                hint="open another session, without read_only, to write",
            )

    def exchange(self, request: Request, read: Callable[[Answer], R]) -> R:
        """Sends a request and reads its answer; what fails is tried again as the table in `retry` says.

        When the platform asks to sign in, it was not applied: the session signs in again once, where it can, and sends
        it again. No credential leaves in an error. A write whose answer was lost is an `AmbiguousWrite`.
        """

        def sent(dressed: Request) -> R:
            if self._turn is None:
                return self._send_and_read(dressed, read)
            with self._turn(dressed):
                return self._send_and_read(dressed, read)

        outer = exception()
        try:
            return self._send_with_retries(request, sent)
        except BaseException as error:
            self._leave_nothing(error, outer)
            raise

    def stream(self, request: Request, check: Callable[[Stream], object]) -> Stream:
        """Sends a reading request whose body is read piece by piece.

        check: raises what is wrong with the answer, before anything of its body is handed out. Once that is, nothing
        is tried again: the caller has seen a part of it.
        """

        def opened(dressed: Request) -> Stream:
            self.stats.add(calls=1)
            stream = self.transport.stream(dressed)
            refuse_redirect(stream)
            check(stream)
            return stream

        return self._leaving_nothing(lambda: self._send_with_retries(request, opened))

    @handles_secrets
    def download(self, url: str, links: OwnLinks | None = None) -> Stream:
        """The body behind a link that a platform handed out, asked for without any credential.

        url: https, or http on loopback. links: which links are the platform's own and want the credentials. Raises an
        `APIError` for a link that has expired, a `ClientError` for one that is not safe.
        """
        if links is not None and links.is_own(url):
            # Not the platform's own attempt: nobody signs in for a file before its host has asked for it.
            attempt = partial(SignIn.attempt, self.sign_in, self)
            return self._open_link(partial(open_link, self, url, links), attempt)
        return self._open_link(partial(self.fetch_link, "GET", url), self.mask_errors)

    def _open_link(self, opened: Callable[[], Stream], attempt_with: Attempt[Stream]) -> Stream:
        request = Request("GET", "")
        return self._leaving_nothing(lambda: self._send_with_retries(request, lambda _: opened(), attempt_with))

    @handles_secrets
    def upload(self, url: str, content: bytes | None = None, *, method: str = "PUT", **form: Any) -> Answer:
        """Sends content to such a link, without any credential.

        content: the complete body. form: with ``method="POST"``, the `fields` and `files` of a multipart form instead.
        It is never repeated: where the answer was lost, it is an `AmbiguousWrite`.
        """
        what = f"{method} of a file to a link"
        self.check_may_write(what)

        def sent() -> Answer:
            stream = self.fetch_link(method, url, data=content or form.get("fields"), files=form.get("files"))
            return stream.answer(self.options.most_bytes)

        try:
            return self._leaving_nothing(lambda: self.mask_errors(sent))
        except AdPlatformsError as error:
            failed = error
        if decide(failed, writes=True) == "ambiguous":
            log_unknown_fate(Request(method, "a file to a link", id=new_request_id()), failed, self.auth.redact)
            raise ambiguous(failed, what)
        raise failed

    def fetch_link(self, method: str, url: str, **body: Any) -> Stream:
        """One attempt to fetch a link, without any credential. body: as for the transport's `fetch`."""
        self.stats.add(calls=1)
        timeouts, total = self.options.timeouts, self.options.total
        # Not for each call: a transport of the user's own may not know it.
        if total != total_of(timeouts):
            body["total"] = total
        stream = self.transport.fetch(method, url, timeout=timeouts, **body)
        if stream.status >= 400:
            answer = stream.answer(self.options.most_bytes)
            raise APIError(
                f"the link answered HTTP {stream.status}: {answer.excerpt()}",
                status=stream.status,
                hint="such links expire: ask for a new one",
                # The storage behind the link refuses in forms of its own, which are no gateway's.
                answered=stream.status < 500,
            )
        if stream.status < 200:
            refuse_redirect(stream)
        return stream

    def _send_with_retries(
        self, request: Request, call: Callable[[Request], R], attempt_with: Attempt[R] | None = None
    ) -> R:
        """Has a request sent until it succeeds or the table of `retry` says to stop.

        call: sends it once and reads the answer. attempt_with: what each attempt goes through; by default it signs in
        again where the session has expired.
        """
        self.runtime.check_open()
        if request.writes:
            self.check_may_write(request.label)
        policy = self.retry_policy
        request = self._with_defaults(request)
        started, attempt, taken = self.runtime.clock(), 0, 0
        while True:
            attempt += 1
            if self._limits.active:
                self._limits.wait_for(request, policy.longest_wait, self.runtime, self.stats)
            try:
                if attempt_with is not None:
                    result = attempt_with(lambda: call(request))
                else:
                    result = self.sign_in.attempt(self, lambda: call(request), request.writes)
            except AdPlatformsError as error:
                failed = error
            else:
                if self._budget.taken:
                    self._budget.give_back(taken)
                return result
            # A call that signs in fails before the write itself is sent, so it is judged like a read.
            verdict = decide(failed, request.writes and not failed.signing_in)
            if verdict == "ambiguous":
                log_unknown_fate(request, failed, self.auth.redact)
                raise ambiguous(failed, request.label)
            if verdict == "raise":
                raise failed
            pause = self._pause(failed, policy, attempt, self.runtime.clock() - started)
            if pause is None:
                raise failed
            taken += self._take_retry(failed, policy)
            self._window.narrow()
            self.stats.add(retries=1, waited=pause)
            log_retry(request, failed, attempt, pause, self.auth.redact)
            self.runtime.sleep(pause)
            self.runtime.check_open()

    def _with_defaults(self, request: Request) -> Request:
        """The request with an id for the log, and with the server and timeouts of this session where it has none."""
        server = request.server
        if not server and self.options.server:
            server = self._server_url(self.options.server)
        timeout, total = request.timeout, request.total
        if timeout is None:
            timeout, total = self.options.timeouts, total or self.options.total
        return replace(request, id=new_request_id(), server=server, timeout=timeout, total=total)

    def _take_retry(self, failed: AdPlatformsError, policy: Retry) -> int:
        """How many retries of the session's budget the next attempt takes; raises the error where none are left."""
        taken = self._budget.take(failed, policy.budget)
        if taken is None:
            self.stats.add(retries_refused=1)
            failed.hint = "most calls of the session fail, and its budget of retries is used up"
            raise failed
        return taken

    @staticmethod
    def _pause(failed: AdPlatformsError, policy: Retry, attempt: int, elapsed: float) -> float | None:
        """The seconds to wait before the next attempt; None to give up, with a hint if the platform asks for more."""
        asked = getattr(failed, "retry_after", None)
        pause = policy.wait(attempt, elapsed, asked)
        if pause is None and asked is not None and asked > policy.longest_wait:
            failed.hint = f"it asks to wait {asked:,.0f} seconds, more than longest_wait"
        return pause

    def _send_and_read(self, request: Request, read: Callable[[Answer], R]) -> R:
        """One attempt: sends the request, notes what its answer tells of time and limits, and reads it."""
        self.stats.add(calls=1)
        answer = self.transport.send(request)
        self.stats.add(received=len(answer.content))
        self.stats.last_date = (answer.headers.get("date", ""), self.runtime.now())
        if answer.status < 400:
            self._window.widen()
        quota = self._quota(answer)
        if quota is not None:
            self.stats.quotas[quota.category] = quota
            self._limits.learn(quota)
        try:
            refuse_redirect(answer)
            return read(answer)
        except ParserException:
            # Whose answer it was is not known: the next one on this connection may be another's as well.
            self.transport.drop()
            raise
        except APIError as error:
            failed = error
        failed.headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        if failed.retry_after is None:
            failed = failed.copy_with(retry_after=self._asked_wait(answer, quota))
        raise failed

    def _asked_wait(self, answer: Answer, quota: Quota | None) -> float | None:
        """The seconds that a refusal asks to wait: by its header, or until the quota it names starts anew."""
        seconds = retry_after_seconds(answer.headers, self.runtime.now())
        if seconds is None and quota is not None and answer.status == 429:
            return quota.reset
        return seconds

    def mask_errors(self, call: Callable[[], R]) -> R:
        """Makes a call; no error leaves it that shows a credential, whatever the server echoed."""
        try:
            return call()
        except AdPlatformsError as error:
            failed = error
        failed.mask(self.auth.redact)
        # The frames of its traceback hold raw replies. It is raised outside the handler, because the exceptions behind
        # it would come along and show what was masked.
        failed.__traceback__ = None
        raise failed

    def _leaving_nothing(self, call: Callable[[], R]) -> R:
        """Makes a call, and has what ends it leave nothing behind."""
        outer = exception()
        try:
            return call()
        except BaseException as error:
            self._leave_nothing(error, outer)
            raise

    def _leave_nothing(self, error: BaseException, outer: BaseException | None) -> None:
        """Has an exception that ends a call show no credential, and no later call be given the answer to this one.

        outer: what was being handled when the call began. Of what came between, messages of `requests` hold URLs with
        credentials.
        """
        clear_frames(error)
        if isinstance(error, AdPlatformsError):  # it is masked
            return
        if error is not outer:
            error.__context__ = outer
        # Ctrl-C half-way: the answer to this call is still to come on its connection.
        if not isinstance(error, Exception):
            self.transport.drop()

    def exchange_once(self, request: Request, read: Callable[[Answer], R], transport: Transport | None = None) -> R:
        """One request that signs in: a failure is neither retried nor answered by signing in.

        transport: another one than the connection's, to a token server say.
        """
        sending = transport or self.transport
        self.stats.add(calls=1)
        request = replace(request, id=new_request_id())
        try:
            return self._leaving_nothing(lambda: self.mask_errors(lambda: read(sending.send(request))))
        except AdPlatformsError as error:
            failed = error
        raise failed.copy_with(signing_in=True)

    @property
    def concurrency(self) -> int:
        return self._window.width

    @property
    def retries_enabled(self) -> bool:
        return self.retry_policy.attempts > 1

    def lookup_turns(self) -> Iterator[None]:
        policy = self.retry_policy
        if not self.retries_enabled:
            return
        for pause in policy.look_ups:
            if pause:
                self.stats.add(waited=pause)
                self.runtime.sleep(pause)
            yield

    def platform_time(self, moment: datetime) -> datetime | None:
        header, received = self.stats.last_date
        theirs = http_moment(header)
        if theirs is None:
            return None
        return moment + (theirs - received)

    def __reduce__(self) -> Any:
        raise TypeError("a connection is not pickled, it holds credentials; open a session where the data is loaded")

    def close(self) -> None:
        """Frees connections and threads, see `HttpSession.close`."""
        self.runtime.close()
        self.transport.close()
        self.sign_in.finish()


def _no_quota(answer: Answer) -> None:
    """Of a platform that tells nothing of its limits."""


_PER_CALL = ("retry", "timeout", "total_timeout", "server", "read_only")
