"""The contract of what reads answers: `Reader`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import APIError
    from .messages import Answer
    from .paging import Page

__all__ = ["Reader"]


class Reader:
    """Reads the answer to one kind of request; `Request.reader` names it.

    What a request asks for decides how its answer is read, and the code that plans the request knows best: it gives
    the reader along, instead of the path being compared when the answer comes. A request without one is read by the
    dialect. A reader does no I/O. It raises what it finds in the answer: an `APIError` for the platform's own errors,
    a `ParserException` for what is not an answer to this request, so that a read is repeated and a write looked up.
    """

    def page(self, answer: Answer) -> Page:
        """The rows of a listing, or of one record."""
        raise NotImplementedError(f"{type(self).__name__} reads no rows")

    def saved(self, answer: Answer) -> dict[str, Any] | None:
        """The row of a write's answer, or None when it is a bare success."""
        raise NotImplementedError(f"{type(self).__name__} reads no answers of writes")

    def outcomes(self, answer: Answer) -> list[dict[str, Any] | APIError | None]:
        """What became of each record of a batch, in their order: the row, None for a bare success, or the error."""
        raise NotImplementedError(f"{type(self).__name__} reads no batches")
