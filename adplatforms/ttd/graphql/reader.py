"""What every request by GraphQL carries: the document it sends, and the fields of an entity class that it selects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from adplatforms.core.entity import Entity

from .documents import Document
from .refused import Names
from .selection import Selection

__all__ = ["GraphQLReader"]


@dataclass(frozen=True)
class GraphQLReader:
    """Reads the answers of a document. `selection`: the fragment of the document that rows are made of."""

    document: Document
    selection: Selection

    @property
    def model(self) -> type[Entity]:
        """The class that is read."""
        return self.selection.model

    def leaving(self, names: Names) -> Self:
        """The same reader of a document without these fields."""
        smaller = self.selection.leaving(names)
        return replace(self, document=self.document.replacing(self.selection, smaller), selection=smaller)
