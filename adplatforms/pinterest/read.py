"""Reading records: the rows of every envelope, held against what was asked for. Source: wire.md, sections 4 and 9."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import NotFoundError, ParserException
from adplatforms.core.paging import Page
from adplatforms.core.reader import Reader

from . import identity, success

if TYPE_CHECKING:
    from adplatforms.core.messages import Answer

    from .description import Operation
    from .model import PinterestModel

__all__ = ["RowReader", "rows"]


class RowReader(Reader):
    """Reads the answers to one listing, or to the read of one record, into rows.

    model: the declaration of the rows' class. known: what the rows have in common, the parents they were asked under,
    by wire name. id: the one record that was asked for; None for a list. may_lack: a 404 means that there is no such
    row, and is not an error.
    """

    def __init__(
        self,
        model: PinterestModel,
        operation: Operation,
        known: Mapping[str, Any],
        id: str | None = None,
        may_lack: bool = False,
    ) -> None:
        self.model, self.operation, self.known = model, operation, known
        self.id, self.may_lack = id, may_lack

    def page(self, answer: Answer) -> Page:
        """The rows of an answer, each with the parents it was asked under.

        Raises the error that the answer reports, and a `ParserException` where it is not a page, or is about other
        records than those that were asked for.
        """
        try:
            content = success.checked_body(answer, self.operation, self.model)
        except NotFoundError:
            if not self.may_lack:
                raise
            return Page([])
        found, bookmark = rows(content, self.operation.answer)
        problem = identity.foreign(found, self.model, self.known, self.id)
        if problem:
            raise success.unreadable(answer, problem)
        # A page may have been asked for in a smaller size than the first one, and the next keeps to it.
        size = {name: value for name, value in answer.request.params if name == "page_size"}
        return Page(self.model.adapt_rows(found, self.known), next=bookmark, extra=size)


def rows(content: Any, kind: str) -> tuple[list[dict[str, Any]], str | None]:
    """The rows of a parsed answer, and the bookmark of the page that follows: None on the last one.

    kind: the operation's `answer`: "page" or "items" (the rows stand under ``items``), "array", or anything else for
    one object. Labels come in elements that hold lists of them; plain ones are read too. Raises a `ParserException` for
    an answer of another shape.
    """
    if content is None:  # some operations may answer without a body
        return [], None
    listed, bookmark = _listed(content, kind)
    if not isinstance(bookmark, (str, int, type(None))):
        raise ParserException(f"the answer is not a {kind} of rows")
    found = _labels(listed)
    if not {type(row) for row in found} <= {dict}:
        raise ParserException("the answer has rows that are not objects")
    if not bookmark:
        return found, None
    return found, str(bookmark)


def _listed(content: Any, kind: str) -> tuple[list[Any], Any]:
    """What an answer lists, and its bookmark as it came."""
    if kind == "array":
        if isinstance(content, list):
            return content, None
    elif isinstance(content, dict):
        if kind not in ("page", "items"):
            return [content], None
        if isinstance(content.get("items"), list):
            return content["items"], content.get("bookmark") if kind == "page" else None
    raise ParserException(f"the answer is not a {kind} of rows")


def _labels(listed: list[Any]) -> list[Any]:
    """The labels in the elements of their listing; any other list as it is.

    By the description each element is ``{"labels": [...], "errors": [...]}``, and live answers may hold plain labels.
    Source: wire.md, section 4.
    """
    if not listed or not isinstance(listed[0], dict) or "labels" not in listed[0] or "id" in listed[0]:
        return listed
    found: list[Any] = []
    for element in listed:
        labels = element.get("labels") if isinstance(element, dict) else None
        if not isinstance(labels, list):
            raise ParserException("the answer has rows without a list of labels")
        found += labels
    return found
