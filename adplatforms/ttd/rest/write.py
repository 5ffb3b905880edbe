"""Writing by REST v3: creates, updates, archiving and deletes. No I/O.

Source: platform_rest_v3.md "Updates", "Values".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Request, path_segment
from adplatforms.core.state import EntityState

from ..calls import Calls
from ..model import model_of
from ..required import check_required
from .endpoints import endpoints_of
from .read import RestWriting
from .records import body_of

__all__ = ["archive", "delete", "update", "write"]


def write(entity: Entity, values: Mapping[str, Any], calls: Calls, strict: bool) -> Request:
    """``POST {entity}`` creates, ``PUT {entity}`` changes the properties that are named.

    strict: unknown and read-only properties are refused by the server instead of ignored (``TTD-Strict-Mode``).
    Raises a `ClientError` where REST has no such call, or a create lacks what it needs.
    """
    model, state = type(entity), EntityState(entity)
    endpoints = endpoints_of(model)
    verb, method, possible = "change", "PUT", endpoints.update
    if state.is_new:
        verb, method, possible = "create", "POST", endpoints.create
    if not endpoints.path or not possible:
        raise ClientError(f"REST cannot {verb} {state.label}")
    if state.is_new:
        check_required(entity, values)
    # Meant for development [D]: a property that the vendor retires would make saves fail.
    headers = {"TTD-Strict-Mode": "true"} if strict else None
    body = body_of(entity, values)
    return calls.rest(method, endpoints.path, body, RestWriting(model, method), writes=True, headers=headers)


def update(entity: Entity, properties: Mapping[str, Any], calls: Calls) -> Request:
    """``PUT {entity}`` with these properties by REST's names, for what no field says."""
    body = {**body_of(entity, {}), **properties}
    return calls.rest("PUT", endpoints_of(type(entity)).path, body, RestWriting(type(entity), "PUT"), writes=True)


def archive(entity: Entity, calls: Calls) -> tuple[Request, dict[str, Any]]:
    """``PUT`` with ``Availability: "Archived"``, for those that have it; and what is true after it, by Python name.

    The value is [3:1]: the vendor's documents show only ``Available``. Whether it can be undone is in no fact.
    """
    model = model_of(type(entity))
    endpoints = endpoints_of(type(entity))
    if "is_archived" not in model.fields or not endpoints.update:
        raise ClientError(f"The Trade Desk cannot archive {EntityState(entity).label}")
    archived = model.mapped("is_archived")
    body = {**body_of(entity, {}), archived.rest: archived.to_rest(True)}
    request = calls.rest("PUT", endpoints.path, body, RestWriting(type(entity), "PUT"), writes=True)
    return request, {"is_archived": True}


def delete(entity: Entity, calls: Calls) -> Request:
    """``DELETE {entity}/{id}``, for bid lists and campaign flights [D]."""
    model, state = type(entity), EntityState(entity)
    endpoints = endpoints_of(model)
    if not endpoints.delete:
        hint = "archive() it instead" if "is_archived" in model.__model__.fields else ""
        raise ClientError(f"The Trade Desk cannot delete {state.label}", hint=hint)
    path = f"{endpoints.path}/{path_segment(state.id)}"
    return calls.rest("DELETE", path, None, RestWriting(model, "DELETE"), writes=True)
