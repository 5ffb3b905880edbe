"""What every reader of The Trade Desk's answers shares."""

from __future__ import annotations

from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.messages import Answer, Request
from adplatforms.core.paging import Page
from adplatforms.core.reader import Reader

from .shapes import readable

__all__ = ["TTDReader"]


class TTDReader(Reader):
    """Reads the answers to a request about records of a class, `model`.

    An answer of another shape than the facts say is a `ParserException`, so that a read is tried again and a write is
    looked up. Subclasses read in `_page` or `_saved`, and raise a ValueError for what is missing.
    """

    model: type[Entity]

    def page(self, answer: Answer) -> Page:
        """The rows of an answer, in the canonical form; raises what it reports."""
        return readable(answer, self._page)

    def saved(self, answer: Answer) -> dict[str, Any] | None:
        """The row that a write answers with, in the canonical form; None for a bare success."""
        return readable(answer, self._saved)

    def smaller(self, request: Request) -> list[Request]:
        """The requests that read the same page in smaller parts; empty where it is small, or is not a page."""
        return []

    def _page(self, answer: Answer) -> Page:
        return super().page(answer)

    def _saved(self, answer: Answer) -> dict[str, Any] | None:
        return super().saved(answer)
