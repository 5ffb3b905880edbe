"""What can go wrong while `requests` sends something, as errors of ours that say whether the request had been sent.

That decides whether a write is sent again, so whatever is not known to have failed before counts as sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from adplatforms.core.errors import ConnectError, ParserException, RequestTimeout, TransportError
from adplatforms.core.messages import Request

from .deadlines import Deadline

__all__ = ["failure_of"]


def failure_of(
    problem: Exception,
    request: Request,
    server: str,
    timeouts: tuple[float, float],
    redact: Callable[[str], str],
    deadline: Deadline | None = None,
) -> TransportError:
    """The error for what `requests` raised, or the operating system below it.

    server: the base URL that was talked to. timeouts: seconds to connect, and to wait for data. redact: masks the
    credentials in a text; URLs are left out of messages anyway. deadline: by which the answer had to be complete.
    """
    import requests

    label = request.label
    if _timed_out(problem):
        connect, data = timeouts
        waited = f"{connect:g} s to connect, {data:g} s to reply"
        if deadline is not None and deadline.remaining() <= 0:
            waited = f"the answer was not complete after {deadline.seconds:g} s"
        return RequestTimeout(
            f"{server} was too slow: {waited}", request=label, unsure=not isinstance(problem, requests.ConnectTimeout)
        )
    # SSLError is a ConnectionError as well, so it comes first.
    if isinstance(problem, requests.exceptions.SSLError):
        return _tls_failure(problem, f"no safe connection to {server}: {redact(_reason(problem))}", label)
    if isinstance(problem, (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        message = f"cannot reach {server}: {redact(_reason(problem))}"
        return ConnectError(message, request=label, unsure=not _not_connected(problem))
    if isinstance(problem, (requests.RequestException, ValueError)):  # ValueError: a URL that cannot be parsed
        message = f"{label} failed: {redact(_reason(problem))}"
        if _refused_before_sending(problem):
            return TransportError(message, request=label)
        return ParserException(message, request=label)
    # An OSError that is not one of requests': a file of certificates that does not exist, say.
    return _tls_failure(problem, f"no safe connection to {server}: {redact(str(problem))}", label)


def _timed_out(problem: BaseException) -> bool:
    """Whether the time ran out: to connect, to wait for data, or for all of the answer."""
    import requests
    from urllib3.exceptions import ReadTimeoutError

    if isinstance(problem, (requests.Timeout, TimeoutError)):
        return True
    # So does requests tell it once the body is read.
    is_wrapped = isinstance(problem, requests.ConnectionError) and problem.args
    return bool(is_wrapped and isinstance(problem.args[0], ReadTimeoutError))


def _tls_failure(problem: Exception, message: str, label: str) -> TransportError:
    """The error of a connection without TLS; where TLS broke off later, the request may have been sent."""
    if re.search(_HANDSHAKE, str(problem), re.I):
        return TransportError(message, request=label)
    return ConnectError(message, request=label, unsure=True)


_HANDSHAKE = (
    "certificate.verify.failed|hostname .*match|wrong.version.number|unsupported.protocol|handshake.failure"
    "|unknown.ca|no.ciphers|unrecognized.name|http.request|record.layer.failure|could not find a suitable tls"
)
"""What OpenSSL, urllib3 and requests say of a connection that failed before it was safe: nothing was sent over it."""


def _not_connected(problem: BaseException) -> bool:
    """Whether a connection was never made, to the platform or through the proxy, so that nothing was sent."""
    from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError, ProxyError

    # requests wraps urllib3's error, which wraps the one of the socket.
    reason: object = next(iter(problem.args), None)
    if isinstance(reason, MaxRetryError):
        reason = reason.reason
    if isinstance(reason, ProxyError):
        reason = reason.original_error
        if "Tunnel connection failed" in str(reason):
            return True
    return isinstance(reason, (NewConnectionError, ConnectTimeoutError))


def _refused_before_sending(problem: BaseException) -> bool:
    """Whether `requests` refused the request itself."""
    import requests
    from urllib3.exceptions import HTTPError

    if isinstance(problem, requests.exceptions.InvalidHeader):
        # The same class stands for a header that was to be sent and for one that came back; the latter has a cause.
        return not any(isinstance(part, HTTPError) for part in problem.args)
    never_sent = (
        requests.exceptions.InvalidURL,
        requests.exceptions.MissingSchema,
        requests.exceptions.InvalidSchema,
        requests.exceptions.InvalidJSONError,
        requests.exceptions.UnrewindableBodyError,
    )
    return isinstance(problem, never_sent) or not isinstance(problem, requests.RequestException)


def _reason(problem: Exception) -> str:
    """The innermost cause in a few words, without URLs: their query may hold credentials."""
    text = str(problem)
    found = re.search(
        r"(certificate verify failed[^'\"(]*|\[Errno[^\]]*\][^'\")>]*|Name or service not known|SSL[^'\")>]*)", text
    )
    if found:
        return found.group(1).strip()
    return re.sub(r"\S*[?/]\S*", "…", text).strip()
