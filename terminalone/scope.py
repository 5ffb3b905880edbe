"""Whose records a call is about: limits in the path, limits as parameters, and collections below one record.

T1 limits most listings in the path, ``campaigns/limit/advertiser=7``; the deals service takes a parameter; budget
flights have no collection of their own and live under their campaign. Source: wire.md sections 3 and 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import ClientError, InvalidValueError, UnknownNameError, did_you_mean
from adplatforms.core.ids import id_of, with_ids
from adplatforms.core.messages import path_segment
from adplatforms.core.query import Query, parent_id, walk

from .passed_on import PassedOn
from .routes import service

if TYPE_CHECKING:
    from adplatforms.core.entity import Entity
    from adplatforms.core.expr import Condition

__all__ = ["limit_params", "limit_path", "nested_path", "record_id", "relation_compared"]


def limit_path(model: type[Entity], name: str, value: Any) -> str:
    """The part of a path that limits a listing: ``/limit/agency.organization=100001``.

    name: a relation of the model, or a chain of them. value: an id, or an entity of the class that the chain ends in.
    """
    if isinstance(name, PassedOn):
        # Nobody here knows what the id is of: the registry's own class takes any entity.
        owner_id = id_of(value, model.__model__.registry.base, f"limit {name}")
        return f"/limit/{'.'.join(map(path_segment, name.split('.')))}={path_segment(owner_id)}"
    keys = []
    # A chain ends at the class that the id is of; generic ends take any name (wire.md section 3, limit).
    for part in name.split("."):
        relation = model.__model__.relations.get(part)
        keys.append(path_segment(part) if relation is None else relation.key)
        model = walk(model, [part])
    owner_id = id_of(value, model, f"limit {name}")
    return f"/limit/{'.'.join(keys)}={path_segment(owner_id)}"


def limit_params(query: Query[Any]) -> list[tuple[str, str]]:
    """The limits of a service that takes them as parameters: ``permissions.advertiser_id=7`` for deals.

    Empty where the service takes them in the path. Raises `UnknownNameError` for a limit that the service lacks.
    """
    # Only the deals service has them (wire.md section 11, t1-java).
    known = query.model.__model__.limit_params
    if not known:
        return []
    types = query.model.__model__.registry.types
    params = []
    for name, value in query.scope:
        if name not in known and name not in known.values():
            message = f"{query.model.collection} are not limited by {name!r}"
            raise UnknownNameError(message, hint=did_you_mean(name, known))
        params.append((known.get(name, name), str(parent_id(name, value, types.get(name)))))
    return params


def nested_path(query: Query[Any], parent: str) -> str:
    """The path of a collection that lives under one record: ``campaigns/7/budget_flights``.

    parent: the relation that names the record. Its id comes from the query's scope, or from a condition on the field
    that holds it. Raises `ClientError` without exactly that.
    """
    model: Any = query.model
    relation = model.__model__.relations[parent]
    scope = dict(query.scope)
    # `where(campaign_id=7)` says the same as `within(campaign=7)`.
    for condition in query.conditions:
        if condition.field.name == relation.by and condition.op == "==":
            scope[parent] = condition.value
    if set(scope) != {parent}:
        raise ClientError(f"T1 lists {model.collection} of one {parent} only", hint=f"limit={{{parent!r}: id}}")
    owner = relation.target
    owner_id = record_id(owner, parent_id(parent, scope[parent], owner))
    return f"{service(owner.collection)}/{owner_id}/{model.collection}"


def record_id(model: type[Entity], value: Any) -> str:
    """An id as a part of a URL. value: an id, or a saved entity of the model. Raises `ClientError` for anything else;
    T1's ids are whole numbers."""
    try:
        # The field's own check: "7/../8" and 7.5 are not ids, and must not reach the URL.
        own_id = with_ids(value, model, model.__name__)
        if "id" in model.__model__.fields:
            own_id = model.__model__.fields["id"].accept(own_id)
        return path_segment(own_id)
    except InvalidValueError:
        raise
    except (ValueError, TypeError):
        raise ClientError(f"{value!r} is not an id of a {model.__name__}", hint="ids are whole numbers") from None


def relation_compared(model: type[Entity], condition: Condition) -> str | None:
    """The relation whose id an equality compares, so that it can go into the path as a limit; None for any other
    condition."""
    if condition.op != "==":
        return None
    compared = (r for r in model.__model__.relations.values() if r.by == condition.field.name and not r.many)
    return next((relation.name for relation in compared), None)
