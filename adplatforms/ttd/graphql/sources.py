"""Where GraphQL has the rows of a query, and what it can filter: the choice of root connection, parent or ids.

What is known of the connections stands in `known`. Pure, no I/O.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.expr import Condition
from adplatforms.core.field import Field
from adplatforms.core.fields import Bool, Int
from adplatforms.core.query import Query
from adplatforms.core.relations import Relation

from .. import known
from ..mapped import Id, Mapped
from ..scope import Terms, children_of, identity_of, ids_of, one_of
from .listings import PARENTS, Family, Filter, Listing, Order
from .selection import Selection, nests

__all__ = ["PAGE", "Source", "ordered", "root_of", "source_of"]

PAGE = 100
"""Rows a call asks for unless the query says otherwise, and ids in one filter."""


@dataclass
class Source:
    """Where the rows of a query come from: lists to read, lists of several parents, or records by id; and which
    conditions that fulfils."""

    listings: list[Listing] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)
    ids: list[Any] = field(default_factory=list)
    pushed: list[Condition] = field(default_factory=list)
    rechecked: list[Condition] = field(default_factory=list)


def root_of(model: type[Entity]) -> known.Root | None:
    """The root fields of a class, where it has some."""
    return known.ROOTS.get(model.__name__)


def source_of(selection: Selection, terms: Terms) -> Source:
    """By id, from a root connection whose filters fit, or from the connection inside a parent."""
    model, root = selection.model, root_of(selection.model)
    identity = identity_of(terms.conditions)
    if identity is not None and root and "in" not in known.operators(root.many, "id") and not terms.parents:
        return Source(ids=ids_of(identity), pushed=[identity])
    by = {r.by for r in model.__model__.relations.values() if not r.many and r.by}
    naming = [c for c in terms.conditions if c.field.name in by and c.op in ("==", "in")]
    for condition in naming if not terms.parents and (identity is None or root is None) else ():
        child = _child(model, condition)
        if child is not None and not (root and known.operators(root.many, condition.field.wire)):
            return _inside(selection, child, ids_of(condition), terms, condition)
    for parent, ids in terms.parents:
        child = children_of(parent, model)
        if child is not None and nests(child):
            terms.check_parents(model, parent)
            return _inside(selection, child, ids if isinstance(ids, list) else [ids], terms, None)
    if root is None or not root.many or terms.parents:
        raise ClientError(f"The Trade Desk lists {model.collection} of a parent only", hint=one_of(_limits(model)))
    return _filtered(Listing(selection, root.many, root.many), terms.conditions)


def _child(model: type[Entity], condition: Condition) -> Relation[Any] | None:
    """The connection inside a parent that a condition names."""
    for relation in model.__model__.relations.values():
        if relation.by == condition.field.name and not relation.many:
            child = children_of(relation.target, model, relation.by)
            if child is not None and nests(child):
                return child
    return None


def _limits(model: type[Entity]) -> Iterator[str]:
    """The parents through which GraphQL lists a class."""
    for parent in model.__model__.registry.classes.values():
        child = children_of(parent, model)
        if child is not None and nests(child) and root_of(parent):
            yield parent.__model__.type


def _inside(
    selection: Selection, child: Relation[Any], ids: Sequence[Any], terms: Terms, naming: Condition | None
) -> Source:
    """The connection inside each of these parents."""
    parent = child.owner
    root = root_of(parent)
    if root is None:
        raise ClientError(f"The Trade Desk reads no {parent.__model__.type} by id", hint="walk from its own parent")
    by = selection.model.__model__.fields.get(child.by)
    alone = Listing(
        selection,
        f"{parent.__name__}.{child.key}",
        root.one,
        child.key,
        parent_id=ids[0] if ids else "",
        plain=nests(child) == "list",
        fixed={by.wire: ids[0]} if by is not None and len(ids) == 1 else {},
        required=f"{parent.__model__.type.replace('_', ' ')} {ids[0]}" if len(ids) == 1 else "",
    )
    source = _filtered(alone, () if alone.plain else [c for c in terms.conditions if c is not naming])
    if naming is not None:
        source.pushed.append(naming)
    if len(ids) != 1:
        together = "in" in known.operators(root.many, "id")
        key = "" if by is None else by.wire
        source.families = [
            Family(listing, root.many, tuple(ids[i : i + PARENTS]), key)
            for listing in source.listings
            for i in range(0, len(ids), PARENTS)
            if together
        ]
        source.listings = [
            replace(listing, parent_id=parent_id, fixed={key: parent_id} if key else {})
            for parent_id in ids
            for listing in source.listings
            if not together
        ]
    return source


def _filtered(listing: Listing, conditions: Iterable[Condition]) -> Source:
    """The list with what its connection can filter; a filter with too many values makes several of it."""
    source = Source()
    choices: dict[str, list[Filter]] = {}
    for condition in conditions:
        wire = condition.field.wire
        if wire in choices or not isinstance(condition.field, Mapped):
            continue
        filters, exact = _filters(condition, known.operators(listing.name, wire))
        if filters is not None:
            choices[wire] = filters
            (source.pushed if exact else source.rechecked).append(condition)
    source.listings = [replace(listing, filters=chosen) for chosen in product(*choices.values())]
    return source


def _filters(condition: Condition, operators: set[str]) -> tuple[list[Filter] | None, bool]:
    """The filters that together say a condition (None: none does), and whether they say it exactly.

    Text that is compared may be matched by other rules of upper and lower case, so it is checked again here.
    """
    wire, exact = condition.field.wire, isinstance(condition.field, (Id, Bool, Int))
    if condition.op in ("==", "in"):
        values = ids_of(condition)
        if "in" in operators and (condition.op == "in" or "eq" not in operators):
            return [Filter(wire, "in", values[i : i + PAGE]) for i in range(0, len(values), PAGE)], exact
        if "eq" in operators:
            return [Filter(wire, "eq", value) for value in values], exact
        if "contains" in operators and condition.op == "==":
            return [Filter(wire, "contains", values[0])], False
    if condition.op == "~" and "contains" in operators and known.CONTAINS_IGNORES_CASE:
        longest = max(condition.value.split("*"), key=len)
        if longest:
            return [Filter(wire, "contains", longest)], False
    return None, False


def ordered(query: Query[Any], source: Source) -> list[Listing]:
    """The lists in the order that is asked for: one list can be ordered by the server, several cannot."""
    if not query.order or not (source.listings or source.ids or source.families):
        return source.listings
    if source.ids or source.families or len(source.listings) != 1:
        raise ClientError("The Trade Desk orders one list, and this is several", hint="use sorted()")
    orders = []
    for order in query.order:
        if not _is_sortable(order.field):
            raise ClientError(f"GraphQL does not order by {order.field.name}", hint="use sorted()")
        orders.append(Order(order.field.wire, order.descending))
    return [replace(source.listings[0], order=tuple(orders))]


def _is_sortable(field: Field[Any]) -> bool:
    """Whether GraphQL has a field as a plain value of its own, neither nested nor in another object."""
    return isinstance(field, Mapped) and field.graphql == field.wire and not field.node.children
