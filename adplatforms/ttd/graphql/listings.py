"""The lists that a query is read from: of a root connection, inside one parent, or inside several parents at once.

Source: graphql.md "Pagination", "where", "order", "Reading: root fields". Variables in filters are ``String`` (ids and
text), ``Boolean`` or ``Long``; the id of a root field is ``ID!``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ..known import VARIABLE_TYPES
from ..mapped import Id
from .documents import Document, Fragment, Node, Variable, Word
from .read import FamilyReading, Reading
from .selection import PAGE_INFO, Selection

__all__ = ["PARENTS", "Family", "Filter", "Listing", "Order", "outline_of_one", "parent_values", "reading_of_one"]

PARENTS = 20
"""Parents that one document names: with pages of 100 children these are 2,000 records at most."""
_ELLIPSIS = Node("...")
"""Stands for the fields in an outline."""


class Filter(NamedTuple):
    """A condition of a connection: GraphQL's field and operator, and the value."""

    field: str
    operator: str
    value: Any

    def argument(self, literally: bool) -> dict[str, Any]:
        """What the field has in the argument ``where``: the value, or a variable of the field's name."""
        return {self.operator: self.value if literally else Variable(self.field)}

    @property
    def values(self) -> Collection[Any]:
        """The values that rows can have."""
        return self.value if self.operator == "in" else (self.value,)


class Order(NamedTuple):
    """A field that a connection is sorted by, by GraphQL's name."""

    field: str
    descending: bool

    @property
    def value(self) -> dict[str, Word]:
        """As the argument ``order`` takes it."""
        return {self.field: Word("DESC" if self.descending else "ASC")}


@dataclass(frozen=True)
class Listing:
    """A list to read: a root connection (`root`), or the `connection` of one parent (root field `root`, `parent_id`).

    `name` is the connection's name in `known.FILTERS`. `plain`: a list that comes complete, without pages. `fixed` and
    `required`: as for `Reading`.
    """

    selection: Selection
    name: str
    root: str
    connection: str = ""
    parent_id: Any = None
    plain: bool = False
    filters: tuple[Filter, ...] = ()
    order: tuple[Order, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    required: str = ""

    def reading(self, size: int, after: str | None = None) -> Reading:
        """What reads a page of this size. after: the cursor of the page before it."""
        return self._reading(self._document(self.page_children, size, after))

    def counting(self) -> Reading:
        """What reads the total alone, and one id with it."""
        # Without rows and page info the answer would not be a page, which is checked like any other.
        children = (Node("totalCount"), Node("nodes", (Node("id"),)), PAGE_INFO)
        return self._reading(self._document(children, 1), counts=True)

    def bulk(self) -> Reading:
        """What reads the result of a bulk job. Its document has no variables and no pages: the server reads all."""
        return self._reading(self._literal_document(self.bulk_children), paged=False)

    @property
    def outline(self) -> str:
        """What is read, for people: the document without its fields."""
        return self._literal_document((_ELLIPSIS,)).text

    @property
    def page_children(self) -> tuple[Node | Fragment, ...]:
        """What is selected of a page of the list."""
        if self.plain:
            return self.bulk_children
        return (*self.bulk_children, PAGE_INFO)

    @property
    def bulk_children(self) -> tuple[Node | Fragment, ...]:
        """What is selected of the list without pages."""
        if self.plain:
            return (self.selection,)
        return (Node("nodes", (self.selection,)),)

    def variables(self, size: int) -> tuple[dict[str, str], dict[str, Any]]:
        """The variables of the list: their types and values, by name."""
        types: dict[str, str] = {}
        values: dict[str, Any] = {}
        # `after` is declared for the first page too: all pages have the same text, and differ in variables.
        if not self.plain:
            types |= {"first": "Int!", "after": "String"}
            values["first"] = size
        for each in self.filters:
            types[each.field], values[each.field] = self._variable_type(each), each.value
        return types, values

    def node(self, children: tuple[Node | Fragment, ...], literally: bool = False) -> Node:
        """The list with its arguments. literally: with values instead of variables, and without pages."""
        arguments: dict[str, Any] = {}
        if not literally and not self.plain:
            arguments |= {"first": Variable("first"), "after": Variable("after")}
        if self.filters:
            arguments["where"] = {each.field: each.argument(literally) for each in self.filters}
        if self.order:
            arguments["order"] = [each.value for each in self.order]
        return Node(self.connection or self.root, children, arguments)

    def _document(self, children: tuple[Node | Fragment, ...], size: int, after: str | None = None) -> Document:
        types, variables = self.variables(size)
        # As an argument of a root field an id is ``ID!``, in a filter it is ``String`` [O].
        if self.parent_id is not None:
            types["parent"], variables["parent"] = "ID!", str(self.parent_id)
        if after is not None:
            variables["after"] = after
        return Document(self._placed(self.node(children), Variable("parent")), types, variables)

    def _literal_document(self, children: tuple[Node | Fragment, ...]) -> Document:
        return Document(self._placed(self.node(children, literally=True), str(self.parent_id)))

    def _placed(self, node: Node, parent: str) -> Node:
        """The list where it is: at the root, or inside its parent."""
        if self.parent_id is None:
            return node
        return Node(self.root, (node,), {"id": parent})

    def _variable_type(self, condition: Filter) -> str:
        """The type of a filter's variable."""
        of_booleans = any(isinstance(value, bool) for value in condition.values)
        default = "Boolean" if of_booleans else "String"
        kind = VARIABLE_TYPES.get(f"{self.name}.{condition.field}", default)
        return f"[{kind}!]!" if condition.operator == "in" else f"{kind}!"

    def _reading(self, document: Document, paged: bool = True, counts: bool = False) -> Reading:
        """What reads a document of this list."""
        path = (self.root,) if self.parent_id is None else (self.root, self.connection)
        return Reading(
            document,
            self.selection,
            path,
            "list" if self.plain else "connection",
            self.fixed,
            self.required,
            paged=paged,
            counts=counts,
            expected=self._expected,
        )

    @property
    def _expected(self) -> dict[str, Collection[Any]]:
        """The values that filters of ids leave possible, by wire name."""
        # Other fields may be compared by rules of the server's own, such as those of upper and lower case.
        fields = self.selection.model.__model__.fields.values()
        ids = {field.wire for field in fields if isinstance(field, Id)}
        return {each.field: each.values for each in self.filters if each.field in ids}


@dataclass(frozen=True)
class Family:
    """The children of several parents in one document: the parents by their ids, each with its first page of children.

    ``campaigns(where: {id: {in: [...]}}) { nodes { id adGroups(first: 100) { nodes {...} pageInfo } } }``, for parents
    whose root connection filters by id. Children beyond the first page are read through ``campaign(id)``.

    `listing`: the list of one of the parents. `parents`: their root connection. `ids`: of the parents. `key`: the
    child's key for its parent's id, empty where it has none.
    """

    listing: Listing
    parents: str
    ids: tuple[Any, ...]
    key: str

    def reading(self, size: int, after: str | None = None) -> FamilyReading:
        """What reads a page of this size for each parent. It is never read from a cursor on: there is one a parent."""
        types, variables = self.listing.variables(size)
        # The parents are a page themselves: all of them have to fit on it.
        types = {"parents": "[String!]!", "count": "Int!", **types}
        variables = {"parents": self._id_texts, "count": len(self.ids), **variables}
        arguments = {"first": Variable("count"), **_by_ids(Variable("parents"))}
        root = self._root(arguments, self.listing.node(self.listing.page_children))
        return self._reading(Document(root, types, variables), paged=not self.listing.plain)

    def bulk(self) -> FamilyReading:
        """What reads the result of a bulk job. Its document has no variables and no pages."""
        return self._reading(self._literal_document(self.listing.bulk_children), paged=False)

    @property
    def outline(self) -> str:
        """What is read, for people: the document without its fields."""
        return self._literal_document((_ELLIPSIS,)).text

    def listing_of(self, parent_id: Any) -> Listing:
        """The list of one of the parents alone."""
        return replace(self.listing, parent_id=parent_id, fixed=parent_values(self.key, parent_id))

    @property
    def _id_texts(self) -> list[str]:
        return list(map(str, self.ids))

    def _literal_document(self, children: tuple[Node | Fragment, ...]) -> Document:
        return Document(self._root(_by_ids(self._id_texts), self.listing.node(children, literally=True)))

    def _root(self, arguments: dict[str, Any], children: Node) -> Node:
        return Node(self.parents, (Node("nodes", (Node("id"), children)),), arguments)

    def _reading(self, document: Document, paged: bool) -> FamilyReading:
        return FamilyReading(document, self.listing.selection, self, paged)


def parent_values(key: str, parent_id: Any) -> dict[str, Any]:
    """What the children of a parent have in common: its id, under this key; nothing where they have no key for it."""
    return {key: parent_id} if key else {}


def _by_ids(ids: Any) -> dict[str, Any]:
    """The argument that names records by their ids."""
    return {"where": {"id": {"in": ids}}}


def reading_of_one(selection: Selection, root: str, entity_id: Any) -> Reading:
    """What reads one record by its id. root: the root field."""
    node = Node(root, (selection,), {"id": Variable("id")})
    document = Document(node, {"id": "ID!"}, {"id": str(entity_id)})
    return Reading(document, selection, (root,), "one", expected={"id": (entity_id,)})


def outline_of_one(root: str, entity_id: Any) -> str:
    """What such a document reads, for people."""
    return Document(Node(root, (_ELLIPSIS,), {"id": str(entity_id)})).text
