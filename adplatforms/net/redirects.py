"""Answers that are none: redirects, and interim ones before the final answer."""

from __future__ import annotations

from adplatforms.core.errors import APIError, ParserException
from adplatforms.core.messages import Answer, Stream

__all__ = ["refuse_redirect"]


def refuse_redirect(answer: Answer | Stream) -> None:
    """Raises the error of an answer that is none: a redirect, or an interim one.

    A redirect means that somebody else stands in front of the platform. It is not followed, because credentials would
    go along.
    """
    # After an interim answer (103) the final one follows on the same connection, and would be taken for the next one's.
    if answer.status < 200:
        raise ParserException(f"{answer.request.label}: HTTP {answer.status} came in place of the final answer")
    if 300 <= answer.status < 400:
        raise APIError(
            f"{answer.request.label} was redirected: HTTP {answer.status}",
            status=answer.status,
            request=answer.request.label,
            hint="is the base URL right?",
            # A redirect to a page of success, after a POST, is a common answer of web servers.
            unsure=answer.request.writes,
        )
