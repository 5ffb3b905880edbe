"""The scope of a call: what ``limit=`` and the session say, as parameters of an operation. Source: wire.md, 1 and 5."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import ClientError, UnknownNameError, did_you_mean
from adplatforms.core.query import parent_id

from .fields import param_of

if TYPE_CHECKING:
    from adplatforms.core.query import Query

    from .description import Operation, Param
    from .model import PinterestModel

__all__ = ["is_filtered_by", "limits_of", "missing", "refusal", "remembered"]

_PAGING = frozenset({"bookmark", "page_size", "order"})
"""Parameters that say how to page, not what to list: they are not part of a scope."""


def remembered(model: PinterestModel, operation: Operation, params: Mapping[str, Any]) -> dict[str, Any]:
    """What the rows of an answer remember of the call, by wire name: the ids in its path, and the account it acted for.

    Rows of children rarely name their parents, so these are taken from the request.
    """
    known = {}
    for name, value in params.items():
        param = operation.params[name]
        field = model.field_of(name, param.location)
        if field is not None and (param.location == "path" or field.name == "act_as"):
            known[field.wire] = str(value)
    return known


def limits_of(query: Query[Any], operation: Operation) -> dict[str, Any] | None:
    """The scope by parameter, with the session's defaults; None where the operation does not know a name in it."""
    model: PinterestModel = query.model.__model__
    known = {*operation.params, *_body_members(operation)} - _PAGING
    if "sort" in operation.params:
        known.add("order")  # there it is the direction of `sort`, which is the user's to choose
    limits: dict[str, Any] = {}
    for name, value in query.scope:
        param = _param(model, name, known)
        if not param:
            return None
        limits[param] = _value(model, name, value)
    for own in operation.params.values():
        # What the user names wins over the session's account.
        if own.name in limits or is_filtered_by(query, own.name):
            continue
        default = _session_default(query, own)
        if default is not None:
            limits[own.name] = default
    return limits


def _param(model: PinterestModel, name: str, known: Collection[str]) -> str:
    """The parameter that a name in the scope means; empty where it means none.

    It is the parameter of that name, of the id of that name, or that of the field's.
    """
    for each in (name, f"{name}_id"):
        if each in known:
            return each
        field = model.fields.get(each)
        if field is not None and param_of(field) in known:
            return param_of(field)
    # `act_as` is our name for the account in a query (wire.md, section 1).
    if name == "act_as" and "ad_account_id" in known:
        return "ad_account_id"
    return ""


def _value(model: PinterestModel, name: str, value: Any) -> Any:
    """The value under a name in the scope: an entity stands for its id."""
    relation = model.relations.get(name)
    target = None
    if relation is not None:
        target = relation.target
    return parent_id(name, value, target)


def _session_default(query: Query[Any], param: Param) -> Any:
    """The session's own value for a parameter: its ad account in paths; in queries the account it acts for, if any."""
    if param.name != "ad_account_id":
        return None
    attribute = "ad_account_id" if param.location == "path" else "act_as"
    return getattr(query.session, attribute, None)


def is_filtered_by(query: Query[Any], param: str) -> bool:
    """Whether a condition gives the parameter its value."""
    return any(param_of(each.field) == param and each.op in ("==", "in") for each in query.conditions)


def missing(query: Query[Any], operation: Operation, limits: Mapping[str, Any]) -> list[str]:
    """What the operation needs and nobody gave: members of the body that a listing takes, and parameters.

    Parameters of the query with few values are never missing: the listing asks for each of them in turn.
    """
    gaps = []
    content = operation.content
    if content is not None and operation.id in query.model.__model__.routes.list:
        gaps += [name for name in content.required if name not in limits]
    for name, param in operation.params.items():
        if not param.required or name in limits or is_filtered_by(query, name):
            continue
        few_values = param.values or param.shape.get("type") == "boolean"
        if param.location == "path" or not few_values:
            gaps.append(name)
    return gaps


def refusal(query: Query[Any], operations: list[Operation]) -> ClientError:
    """The error that says why no listing takes the scope, and what to do about it."""
    model: PinterestModel = query.model.__model__
    known = {name for each in operations for name in (*each.params, *_body_members(each))} - _PAGING
    for name, _ in query.scope:
        if not _param(model, name, known):
            hint = did_you_mean(name, sorted(_scope_names(model, known)))
            return UnknownNameError(f"{model.collection} are not limited by {name!r}", hint=hint)
    limits = [(each, limits_of(query, each)) for each in operations]
    gaps = [missing(query, each, found) for each, found in limits if found is not None]
    if not gaps:
        given = ", ".join(name for name, _ in query.scope)
        return ClientError(f"no listing of {model.collection} takes {given} together", hint="take one at a time")
    # Of several listings the one that lacks least is most likely the one that is meant.
    gap = min(gaps, key=len)
    names = [name.removesuffix("_id") for name in gap]
    hint = "limit={" + ", ".join(f'"{each}": ...' for each in names) + "}"
    if "ad_account_id" in gap:
        hint += ", or open the session with Pinterest(ad_account_id=...)"
    return ClientError(f"Pinterest reads {model.collection} by {', '.join(names)} only", hint=hint)


def _scope_names(model: PinterestModel, params: Iterable[str]) -> set[str]:
    """Parameters as users write them: ``campaign`` for the field ``campaign_id``."""
    return {name.removesuffix("_id") if name in model.fields else name for name in params}


def _body_members(operation: Operation) -> tuple[str, ...]:
    """The members that the body of an operation may have; empty where it takes none."""
    content = operation.content
    if content is None:
        return ()
    return content.members
