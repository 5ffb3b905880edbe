"""What a query limits itself to, in one form: conditions on fields, and parents that the records do not name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, UnknownNameError, did_you_mean
from adplatforms.core.expr import Condition
from adplatforms.core.ids import id_of
from adplatforms.core.query import Query
from adplatforms.core.relations import Relation
from adplatforms.core.scalars import to_plain_list

__all__ = ["Terms", "children_of", "identity_of", "ids_of", "one_of", "resolved"]

_MANY = (list, tuple, set, frozenset)
"""The kinds of lists in which several ids may be given."""


class Terms(NamedTuple):
    """What a query limits itself to.

    `conditions`: its conditions, with the parents among them whose id a field holds. `parents`: those that no field
    names, as classes with their ids.
    """

    conditions: tuple[Condition, ...]
    parents: tuple[tuple[type[Entity], list[Any]], ...]

    def check_parents(self, model: type[Entity], used: type[Entity] | None = None, hint: str = "") -> None:
        """Refuses parents other than the one that the calls are made for: a limit is never dropped.

        used: the class of the parent that the calls name. hint: how to list the class instead.
        """
        others = [parent.__model__.type for parent, _ in self.parents if parent is not used]
        if not others:
            return
        named = " and ".join(others)
        if used is not None:
            named = f"{named} and {used.__model__.type} at once"
        raise ClientError(f"{model.collection} cannot be limited by {named}", hint=hint)


def resolved(query: Query[Any]) -> Terms:
    """The terms of a query.

    Raises an `UnknownNameError` for a parent that its class does not have, and an `InvalidValueError` for what is not
    an id of one.
    """
    model = query.model.__model__
    for name in query.full_types:
        if name != "*":
            model.registry.find(name)  # records always come complete, so that a name is only checked
    conditions, parents = list(query.conditions), []
    for name, value in query.scope:
        limit = _limit(query.model, name, value)
        if isinstance(limit, Condition):
            conditions.append(limit)
        else:
            parents.append(limit)
    return Terms(tuple(conditions), tuple(parents))


def _limit(entity_class: type[Entity], name: str, value: Any) -> Condition | tuple[type[Entity], list[Any]]:
    """A limit as a condition on the field that holds the parent's id; the parent itself where no field does."""
    model = entity_class.__model__
    relation = model.relations.get(name)
    if relation is not None and not relation.many and relation.by:
        return _equal(entity_class, relation.by, _id(name, value, relation.target))
    if name in model.fields:
        return _equal(entity_class, name, _id(name, value, model.target(name)))
    # A class knows its children too: "campaign" limits labels, which name no campaign themselves.
    parent = _parent(entity_class, name)
    child = children_of(parent, entity_class)
    parent_id = _id(name, value, parent)
    if child is not None and child.by in model.fields:
        return _equal(entity_class, child.by, parent_id)
    return parent, _listed(parent_id)


def one_of(types: Iterable[str]) -> str:
    """The hint that names the parents by which a class is listed."""
    known = " or ".join(f'limit={{"{parent_type}": id}}' for parent_type in types)
    return known or "only single records are read, by id"


def children_of(parent: type[Entity], model: type[Entity], by: str | None = None) -> Relation[Any] | None:
    """The relation of a parent to many records of a class; None where it has none.

    by: the Python name of the children's field that holds the parent's id, where a parent has several such relations.
    """
    for relation in parent.__model__.relations.values():
        if relation.many and relation.target is model and by in (None, relation.by):
            return relation
    return None


def identity_of(conditions: Iterable[Condition]) -> Condition | None:
    """The condition that names records by id; None where there is none."""
    return next((c for c in conditions if c.field.name == "id" and c.op in ("==", "in")), None)


def ids_of(condition: Condition) -> list[Any]:
    """The values that an equality or a list names, each once, in wire form."""
    return list(dict.fromkeys(condition.field.dump(value) for value in _listed(condition.value)))


def _equal(model: type[Entity], name: str, value: Any) -> Condition:
    field = model.__model__.fields[name]
    return field.condition("in" if isinstance(value, _MANY) else "==", value)


def _listed(value: Any) -> list[Any]:
    """One value, or many, as a list."""
    return list(value) if isinstance(value, _MANY) else [value]


def _parent(model: type[Entity], name: str) -> type[Entity]:
    try:
        return model.__model__.registry.find(name)
    except UnknownNameError:
        refs = [relation.name for relation in model.__model__.parents]
        raise UnknownNameError(
            f"{model.collection} are not limited by {name!r}", hint=did_you_mean(name, refs)
        ) from None


def _id(name: str, value: Any, model: type[Entity] | None) -> Any:
    """An id, or the id of an entity of the right class; a list of them stays a list."""
    value = to_plain_list(value)
    if isinstance(value, _MANY):
        return [_id(name, item, model) for item in value]
    return id_of(value, model, f"limit {name}")
