"""Writing by REST v3: creates, updates, archiving and deletes. No I/O.

Source: platform_rest_v3.md "Updates", "Values".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Request, path_segment

from ..calls import Calls
from ..mapped import Mapped
from ..required import check_required
from .endpoints import endpoints_of
from .read import RestWriting
from .records import body_of

__all__ = ["archive", "delete", "write"]


def write(entity: Entity, values: Mapping[str, Any], calls: Calls, strict: bool) -> Request:
    """``POST {entity}`` creates, ``PUT {entity}`` changes the properties that are named.

    strict: unknown and read-only properties are refused by the server instead of ignored (``TTD-Strict-Mode``).
    Raises a `ClientError` where REST has no such call, or a create lacks what it needs.
    """
    model, created = type(entity), entity._raw.get("id") is None
    endpoints = endpoints_of(model)
    possible = endpoints.create if created else endpoints.update
    if not endpoints.path or not possible:
        verb = "create" if created else "change"
        raise ClientError(f"REST cannot {verb} {entity._label()}")
    if created:
        check_required(entity, values)
    headers = {"TTD-Strict-Mode": "true"} if strict else {}
    method = "POST" if created else "PUT"
    body = body_of(entity, values)
    return calls.rest(method, endpoints.path, body, RestWriting(model, method), writes=True, headers=headers)


def archive(entity: Entity, calls: Calls) -> tuple[Request, dict[str, Any]]:
    """``PUT`` with ``Availability: "Archived"``, for those that have it; and what is true after it, by Python name.

    The value is [3:1]: the vendor's documents show only ``Available``. Whether it can be undone is in no fact.
    """
    model = type(entity)
    endpoints = endpoints_of(model)
    declared = entity._fields.get("is_archived")
    if declared is None or not endpoints.update:
        raise ClientError(f"The Trade Desk cannot archive {entity._label()}")
    archived, identity = cast("Mapped", declared), cast("Mapped", entity._fields["id"])
    body = {identity.rest: entity._raw["id"], archived.rest: archived.to_rest(True)}
    request = calls.rest("PUT", endpoints.path, body, RestWriting(model, "PUT"), writes=True)
    return request, {"is_archived": True}


def delete(entity: Entity, calls: Calls) -> Request:
    """``DELETE {entity}/{id}``, for bid lists and campaign flights [D]."""
    model = type(entity)
    endpoints = endpoints_of(model)
    if not endpoints.delete:
        hint = "archive() it instead" if "is_archived" in entity._fields else ""
        raise ClientError(f"The Trade Desk cannot delete {entity._label()}", hint=hint)
    path = f"{endpoints.path}/{path_segment(entity._raw['id'])}"
    return calls.rest("DELETE", path, None, RestWriting(model, "DELETE"), writes=True)
