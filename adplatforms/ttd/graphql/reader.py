"""What every request by GraphQL carries: the document it sends, and the fields of an entity class that it selects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from adplatforms.core.entity import Entity
from adplatforms.core.messages import Request

from ..reader import TTDReader
from .documents import Document
from .refused import Names
from .selection import Selection

__all__ = ["GraphQLReader"]

SMALL = 25
"""Rows of a page that is not asked for in smaller parts."""


@dataclass(frozen=True)
class GraphQLReader(TTDReader):
    """Reads the answers of a document. `selection`: the fragment of the document that rows are made of."""

    document: Document
    selection: Selection

    @property
    def model(self) -> type[Entity]:  # type: ignore[override]
        """The class that is read."""
        return self.selection.model

    def smaller(self, request: Request) -> list[Request]:
        """The same page, half as long; empty where it is small, or is not a page."""
        variables = request.json.get("variables") or {}
        first = variables.get("first", 0)
        if first <= SMALL:
            return []
        return [replace(request, json={**request.json, "variables": {**variables, "first": first // 2}})]

    def leaving(self, names: Names) -> Self:
        """The same reader of a document without these fields."""
        smaller = self.selection.leaving(names)
        return replace(self, document=self.document.replacing(self.selection, smaller), selection=smaller)
