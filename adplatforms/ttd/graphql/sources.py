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
from .listings import PARENTS, Family, Filter, Listing, Order, parent_values
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
    """By id, from the connection inside a parent, or from a root connection whose filters fit.

    Raises a `ClientError` where the class is listed of a parent only, and the query names none.
    """
    model, root = selection.model, root_of(selection.model)
    identity = identity_of(terms.conditions)
    if identity is not None and root is not None and not terms.parents:
        if "in" not in known.operators(root.many, "id"):
            return Source(ids=ids_of(identity), pushed=[identity])
    elif not terms.parents:
        source = _inside_named_parent(selection, terms, root)
        if source is not None:
            return source
    for parent, ids in terms.parents:
        child = children_of(parent, model)
        if child is not None and nests(child):
            terms.check_parents(model, parent)
            return _inside(selection, child, ids, terms, None)
    if root is None or not root.many or terms.parents:
        hint = one_of(_listing_parents(model))
        raise ClientError(f"The Trade Desk lists {model.collection} of a parent only", hint=hint)
    return _filtered(Listing(selection, root.many, root.many), terms.conditions)


def _inside_named_parent(selection: Selection, terms: Terms, root: known.Root | None) -> Source | None:
    """The connection inside the parent that a condition names; None where there is none, or the root filters by it."""
    for condition in terms.conditions:
        if condition.op not in ("==", "in"):
            continue
        child = _child(selection.model, condition)
        # A root connection with a filter takes other conditions too, and more parents in one call.
        root_filters = root is not None and known.operators(root.many, condition.field.wire)
        if child is not None and not root_filters:
            return _inside(selection, child, ids_of(condition), terms, condition)
    return None


def _child(model: type[Entity], condition: Condition) -> Relation[Any] | None:
    """The connection inside a parent that a condition names."""
    for relation in model.__model__.parents:
        if relation.by and relation.by == condition.field.name:
            child = children_of(relation.target, model, relation.by)
            if child is not None and nests(child):
                return child
    return None


def _listing_parents(model: type[Entity]) -> Iterator[str]:
    """The types of the parents through which GraphQL lists a class."""
    for parent in model.__model__.registry.classes.values():
        child = children_of(parent, model)
        if child is not None and nests(child) and root_of(parent) is not None:
            yield parent.__model__.type


def _inside(
    selection: Selection, child: Relation[Any], ids: Sequence[Any], terms: Terms, naming: Condition | None
) -> Source:
    """The connection inside each of these parents. naming: the condition that names them, which that fulfils."""
    parent = child.owner
    root = root_of(parent)
    if root is None:
        raise ClientError(f"The Trade Desk reads no {parent.__model__.type} by id", hint="walk from its own parent")
    by = selection.model.__model__.fields.get(child.by)
    key = by.wire if by is not None else ""
    alone = Listing(
        selection,
        f"{parent.__name__}.{child.key}",
        root.one,
        child.key,
        parent_id=next(iter(ids), ""),
        plain=nests(child) == "list",
    )
    # A plain list takes no arguments.
    conditions = () if alone.plain else [c for c in terms.conditions if c is not naming]
    source = _filtered(alone, conditions)
    if naming is not None:
        source.pushed.append(naming)
    if len(ids) == 1:
        # A single parent was named on purpose: that it does not exist is an error. Of several, one may be gone.
        required = f"{parent.__model__.label} {ids[0]}"
        source.listings = [_of_parent(each, ids[0], key, required) for each in source.listings]
    elif "in" in known.operators(root.many, "id"):
        source.families = [
            Family(listing, root.many, tuple(some), key)
            for listing in source.listings
            for some in _portions(ids, PARENTS)
        ]
        source.listings = []
    else:
        source.listings = [_of_parent(each, parent_id, key) for parent_id in ids for each in source.listings]
    return source


def _of_parent(listing: Listing, parent_id: Any, key: str, required: str = "") -> Listing:
    """The list of one parent, whose id its rows get under this key."""
    return replace(listing, parent_id=parent_id, fixed=parent_values(key, parent_id), required=required)


def _portions(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _filtered(listing: Listing, conditions: Iterable[Condition]) -> Source:
    """The list with what its connection can filter; a filter with too many values makes several of it."""
    source = Source()
    choices: dict[str, list[Filter]] = {}
    for condition in conditions:
        wire = condition.field.wire
        # A connection takes one filter of a field: further conditions on it are applied here.
        if wire in choices or not isinstance(condition.field, Mapped):
            continue
        filters, exact = _filters(condition, known.operators(listing.name, wire))
        if filters is not None:
            choices[wire] = filters
            (source.pushed if exact else source.rechecked).append(condition)
    source.listings = [replace(listing, filters=chosen) for chosen in product(*choices.values())]
    return source


def _filters(condition: Condition, operators: set[str]) -> tuple[list[Filter] | None, bool]:
    """The filters that together say a condition (None: none does), and whether they say it exactly."""
    wire = condition.field.wire
    # Text may be matched by other rules of upper and lower case, so it is checked again here.
    exact = isinstance(condition.field, (Id, Bool, Int))
    if condition.op in ("==", "in"):
        values = ids_of(condition)
        if "in" in operators and (condition.op == "in" or "eq" not in operators):
            return [Filter(wire, "in", some) for some in _portions(values, PAGE)], exact
        if "eq" in operators:
            return [Filter(wire, "eq", value) for value in values], exact
        if "contains" in operators and condition.op == "==":
            return [Filter(wire, "contains", values[0])], False
    if condition.op == "~" and "contains" in operators and known.CONTAINS_IGNORES_CASE:
        # Of a pattern with several parts the longest leaves the fewest rows to check here.
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
    # Not checked against the facts: they show the form of an order, and no fields.
    orders = []
    for order in query.order:
        if not _is_sortable(order.field):
            raise ClientError(f"GraphQL does not order by {order.field.name}", hint="use sorted()")
        orders.append(Order(order.field.wire, order.descending))
    return [replace(source.listings[0], order=tuple(orders))]


def _is_sortable(field: Field[Any]) -> bool:
    """Whether GraphQL has a field as a plain value of its own, neither nested nor in another object."""
    return isinstance(field, Mapped) and field.graphql == field.wire and not field.node.children
