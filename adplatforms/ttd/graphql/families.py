"""The children of several parents in one document: the parents by their ids, each with the first page of its children.

``campaigns(where: {id: {in: [...]}}) { nodes { id adGroups(first: 100) { nodes {...} pageInfo } } }``, for parents
whose root connection filters by id. Children beyond the first page are read through ``campaign(id)``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.messages import Answer, Request
from adplatforms.core.paging import Page

from .. import shapes
from ..read import graphql_parts
from .documents import Document, Listing, declared, literal
from .selection import Selection

__all__ = ["PARENTS", "Family", "FamilyReading"]

PARENTS = 20
"""Parents that one document names: with pages of 100 children these are 2,000 records at most."""


@dataclass(frozen=True)
class Family:
    """The children of these parents (`ids`), whose root connection is `parents`; `listing` is that of one of them.
    `key`: the child's key for its parent's id."""

    listing: Listing
    parents: str
    ids: tuple[Any, ...]
    key: str

    def document(self, size: int) -> Document:
        """The document with a page of this size for each parent."""
        types, variables = self.listing.variables(size)
        types = {"parents": "[String!]!", "count": "Int!", **types}
        variables = {"parents": list(map(str, self.ids)), "count": len(self.ids), **variables}
        arguments = "first: $count, where: {id: {in: $parents}}"
        return declared(types, variables, self._text(arguments, self.listing.connected(self.listing.page)))

    def bulk(self) -> str:
        """The document as a bulk job takes it: no variables, no pages."""
        text = self.listing.selection.text
        wanted = text if self.listing.plain else f"nodes {{ {text} }}"
        return self._text(self._named(self.ids), self.listing.connected(wanted, literally=True))

    @property
    def outline(self) -> str:
        """What is read, for people: the document without its fields."""
        return self._text(self._named(self.ids), self.listing.connected("...", literally=True))

    @staticmethod
    def _named(ids: tuple[Any, ...]) -> str:
        return f"where: {{id: {{in: {literal(list(map(str, ids)))}}}}}"

    def _text(self, arguments: str, children: str) -> str:
        return f"{{ {self.parents}({arguments}) {{ nodes {{ id {children} }} }} }}"

    @property
    def reading(self) -> FamilyReading:
        """How the answers are read."""
        return FamilyReading(self, self.listing.selection, not self.listing.plain)


@dataclass(frozen=True)
class FamilyReading:
    """How the answers of a family's document become rows: kept as the request's `subject`. `paged`: whether pages were
    asked for, so that a list of children has to tell where it goes on."""

    family: Family
    selection: Selection
    paged: bool

    @property
    def model(self) -> type[Entity]:
        """The class that is read."""
        return self.selection.model

    def page(self, answer: Answer) -> Page:
        """The rows of an answer."""
        data, partial = graphql_parts(answer, (self.family.parents,))
        return self.rows(data, answer.request, partial)

    def rows(self, data: Any, request: Request | None = None, partial: bool = False) -> Page:
        """The children of all parents; ``extra["more"]`` has the parents that have more, with their cursors. partial:
        errors beside the data tell whose children are left out."""
        family, rows, more = self.family, [], []
        known = {"id": family.ids}
        for parent in shapes.records(shapes.member(shapes.member(data, family.parents), "nodes"), nulls=True):
            parent_id = shapes.member(parent, "id")
            shapes.belonging([parent], known)
            if partial and family.listing.connection not in parent:
                continue
            found = shapes.member(parent, family.listing.connection)
            children = shapes.records(found if family.listing.plain else shapes.member(found, "nodes"), nulls=True)
            self.selection.adapt(children)
            shapes.belonging(children, {family.key: (parent_id,)} if family.key else {})
            for child in children if family.key else ():
                child.setdefault(family.key, parent_id)
            rows += children
            after = shapes.cursor(shapes.member(found, "pageInfo")) if self.paged else None
            if after is not None:
                more.append((parent_id, after))
        return Page(rows, extra={"request": request, "more": more})

    def rest(self, page: Page, size: int) -> list[tuple[Listing, Document]]:
        """The lists that go on where a page of all parents ended: one for each parent that has more."""
        found = []
        for parent, cursor in page.extra["more"]:
            fixed = {self.family.key: parent} if self.family.key else {}
            listing = replace(self.family.listing, selection=self.selection, parent_id=parent, fixed=fixed)
            found.append((listing, listing.document(size, cursor)))
        return found
