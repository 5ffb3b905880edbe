"""What a query limits itself to, in one form: conditions on fields, and parents that the records do not name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, UnknownNameError, did_you_mean
from adplatforms.core.expr import Condition
from adplatforms.core.ids import id_of
from adplatforms.core.query import Query
from adplatforms.core.relations import Relation, target_of
from adplatforms.core.scalars import to_plain_list

__all__ = ["Terms", "children_of", "identity_of", "ids_of", "one_of", "resolved"]


class Terms(NamedTuple):
    """The conditions of a query, with `limit(...)` among them; `parents`: by type, those that no field names."""

    conditions: tuple[Condition, ...]
    parents: tuple[tuple[type[Entity], Any], ...]

    def check_parents(self, model: type[Entity], used: type[Entity] | None = None, hint: str = "") -> None:
        """Refuses parents other than the one that the calls are made for: a limit is never dropped."""
        others = [parent._type for parent, _ in self.parents if parent is not used]
        if others:
            told = " and ".join([*others, used._type]) + " at once" if used is not None else " and ".join(others)
            raise ClientError(f"{model.collection} cannot be limited by {told}", hint=hint)


def resolved(query: Query[Any]) -> Terms:
    """The terms of a query; an `UnknownNameError` for a parent that its class does not have."""
    conditions, parents = list(query.conditions), []
    model = query.model
    for name in query.full_types:
        if name != "*":
            model._registry.find(name)  # records always come whole: a name is only checked
    for name, value in query.scope:
        relation = model._relations.get(name)
        if relation is not None and not relation.many and relation.by:
            conditions.append(_equal(model, relation.by, _id(name, value, relation.target)))
        elif name in model._fields:
            conditions.append(_equal(model, name, _id(name, value, target_of(model, name))))
        else:
            parent = _parent(model, name)
            child = children_of(parent, model)
            if child is not None and child.by in model._fields:
                conditions.append(_equal(model, child.by, _id(name, value, parent)))
            else:
                parents.append((parent, _id(name, value, parent)))
    return Terms(tuple(conditions), tuple(parents))


def one_of(words: Iterable[str]) -> str:
    """The hint that names the parents by which a class is listed."""
    known = " or ".join(f'limit={{"{word}": id}}' for word in words)
    return known or "only single records are read, by id"


def children_of(parent: type[Entity], model: type[Entity], by: str | None = None) -> Relation[Any] | None:
    """The relation of a parent to many of a class; with `by`, the one over that field of theirs."""
    for relation in parent._relations.values():
        if relation.many and relation.target is model and by in (None, relation.by):
            return relation
    return None


def identity_of(conditions: Iterable[Condition]) -> Condition | None:
    """The condition that names records by id, where there is one."""
    return next((c for c in conditions if c.field.name == "id" and c.op in ("==", "in")), None)


def ids_of(condition: Condition) -> list[Any]:
    """The values that an equality or a list names, each once, in wire form."""
    values = condition.value if condition.op == "in" else (condition.value,)
    return list(dict.fromkeys(condition.field.dump(value) for value in values))


def _equal(model: type[Entity], name: str, value: Any) -> Condition:
    field = model._fields[name]
    return field.condition("in" if isinstance(value, (list, tuple, set, frozenset)) else "==", value)


def _parent(model: type[Entity], name: str) -> type[Entity]:
    try:
        return model._registry.find(name)
    except UnknownNameError:
        refs = [r.name for r in model._relations.values() if not r.many]
        raise UnknownNameError(
            f"{model.collection} are not limited by {name!r}", hint=did_you_mean(name, refs)
        ) from None


def _id(name: str, value: Any, model: type[Entity] | None) -> Any:
    """An id, or the id of an entity of the right class; a list of them stays a list."""
    value = to_plain_list(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_id(name, item, model) for item in value]
    return id_of(value, model, f"limit {name}")
