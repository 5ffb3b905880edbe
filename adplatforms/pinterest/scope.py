"""The scope of a call: what ``limit=`` and the session say, as parameters of an operation. Source: wire.md, 1 and 5."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import ClientError, UnknownNameError, did_you_mean
from adplatforms.core.query import parent_id

if TYPE_CHECKING:
    from adplatforms.core.entity import Entity
    from adplatforms.core.query import Query

    from .base import PinterestEntity
    from .description import Operation, Param

__all__ = ["asked", "limits_of", "missing", "refusal", "remembered"]

_STEERING = {"bookmark", "page_size", "order"}


def remembered(model: type[PinterestEntity], operation: Operation, params: Mapping[str, Any]) -> dict[str, Any]:
    """What the rows of an answer remember of the call: the ids in its path, and the account it acted for."""
    known = {}
    for name, value in params.items():
        param = operation.params[name]
        field = model._field_of(name, param.place)
        if field is not None and (param.place == "path" or field.name == "act_as"):
            known[field.wire] = str(value)
    return known


def _value(model: type[Entity], name: str, value: Any) -> Any:
    """The value of a word of the scope: an entity stands for its id."""
    relation = model._relations.get(name)
    return parent_id(name, value, None if relation is None else relation.target)


def _word(model: type[Entity], name: str, known: Iterable[str]) -> str:
    """The parameter that a word of the scope means: itself, the id of that name, or that of the field's; else empty."""
    known = set(known)
    for each in (name, f"{name}_id"):
        if each in known:
            return each
        field = model._fields.get(each)
        if field is not None and field.param in known:
            return field.param
    return "ad_account_id" if name == "act_as" and "ad_account_id" in known else ""


def _own(query: Query[Any], param: Param) -> Any:
    """The session's own value for a parameter: its ad account in paths; in queries the account it acts for, if any."""
    if param.name != "ad_account_id":
        return None
    return getattr(query.session, "ad_account_id" if param.place == "path" else "act_as", None)


def limits_of(query: Query[Any], operation: Operation) -> dict[str, Any] | None:
    """The scope by parameter, with the session's defaults; None where the operation does not know a word of it."""
    content = operation.content
    known = {*operation.params, *(content.members if content else ())} - _STEERING
    known |= {name for name in ("order",) if "sort" in operation.params}
    limits: dict[str, Any] = {}
    for name, value in query.scope:
        param = _word(query.model, name, known)
        if not param:
            return None
        limits[param] = _value(query.model, name, value)
    for own in operation.params.values():
        if own.name not in limits and not asked(query, own.name) and (value := _own(query, own)) is not None:
            limits[own.name] = value
    return limits


def asked(query: Query[Any], name: str) -> bool:
    """Whether a condition gives the parameter its value."""
    return any(c.field.param == name and c.op in ("==", "in") for c in query.conditions)


def missing(query: Query[Any], operation: Operation, limits: Mapping[str, Any]) -> list[str]:
    """What the operation needs and nobody gave: parameters, those aside that have few values, and members of the body
    that a listing takes."""
    content = operation.content if operation.id in query.model._routes.list else None
    body = [name for name in (content.required if content else ()) if name not in limits]
    return body + [
        name
        for name, param in operation.params.items()
        if param.required
        and name not in limits
        and not asked(query, name)
        and not (param.place == "query" and (param.values or param.shape.get("type") == "boolean"))
    ]


def refusal(query: Query[Any], operations: list[Operation]) -> ClientError:
    """Why no listing takes the scope, and what to do about it."""
    model = query.model
    known = {name for each in operations for name in (*each.params, *(each.content.members if each.content else ()))}
    words = sorted({name.removesuffix("_id") if name in model._fields else name for name in known - _STEERING})
    for name, _ in query.scope:
        if not _word(model, name, known - _STEERING):
            return UnknownNameError(f"{model.collection} are not limited by {name!r}", hint=did_you_mean(name, words))
    ready = [(each, limits_of(query, each)) for each in operations]
    gaps = [missing(query, each, limits) for each, limits in ready if limits is not None]
    if not gaps:
        told = ", ".join(name for name, _ in query.scope)
        return ClientError(f"no listing of {model.collection} takes {told} together", hint="take one at a time")
    gap = min(gaps, key=len)
    words = [name.removesuffix("_id") for name in gap]
    hint = "limit={" + ", ".join(f'"{each}": ...' for each in words) + "}"
    if "ad_account_id" in gap:
        hint += ", or open the session with Pinterest(ad_account_id=...)"
    return ClientError(f"Pinterest reads {model.collection} by {', '.join(words)} only", hint=hint)
