"""Saving and deleting: records to bodies, alone and in batches. What came back: see `outcomes`.

Sources: wire.md, section 6; the shape of each body is that of the table of operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from adplatforms.core.dialect import Batch
from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Request

from .base import PinterestEntity
from .description import OPERATIONS, Body, Operation

__all__ = ["MAX_BATCH", "Draft", "Sent", "adding", "batches", "deletion", "draft", "request"]

MAX_BATCH = 30

CLEARED: dict[str, Any] = {
    "bid_multiplier": 0,
    "promotion_id": "0",
    "targeting_template_ids": ["0"],
    "tracking_urls": {},
}
"""What empties a member where null means "unchanged". Source: wire.md, section 6."""


class Draft(NamedTuple):
    """One record on its way: the operation that saves it, its parameters, what stands beside the items of the body,
    and its own item."""

    entity: PinterestEntity
    operation: Operation
    params: dict[str, Any]
    beside: dict[str, Any]
    item: dict[str, Any]

    @property
    def call(self) -> tuple[Any, ...]:
        """What drafts must share to go out together."""
        return self.operation.id, tuple(sorted(self.params.items())), tuple(sorted(self.beside.items()))


class Sent(NamedTuple):
    """What a writing request is about: the class of its records, and the records in the order of the body."""

    model: type[PinterestEntity]
    drafts: tuple[Draft, ...] = ()


def draft(entity: PinterestEntity, values: Mapping[str, Any]) -> Draft:
    """What saving these values (by Python name) of a record sends; a `ClientError` where Pinterest cannot."""
    exists = entity._raw.get("id") is not None
    name = entity._routes.update if exists else entity._routes.create
    if not name:
        can = "create" if exists else "update"
        cure = f"it can {can} them only" if getattr(entity._routes, can) else "they are read only"
        verb = "update" if exists else "create"
        raise ClientError(f"Pinterest cannot {verb} {entity._label()} through the API", hint=cure)
    operation = OPERATIONS[name]
    content = operation.content or Body("object", (), ())
    params = _params(entity, operation)
    sent = _wire(entity, values, exists)
    for wire in [wire for wire in sent if wire in operation.params and wire not in content.members]:
        del sent[wire]  # it goes into the path
    if exists:
        sent = {**entity._sends, **sent}
    listed = exists and content.kind != "object" and "id" in content.members
    needed = [*content.required, *(("id",) if listed and "id" not in content.required else ())]
    for wire in needed:
        if wire not in sent and (known := entity._member(wire) or params.get(wire)) is not None:
            sent[wire] = known
    beside = {wire: sent.pop(wire, None) or entity._member(wire) for wire in content.beside}
    item = entity._sent(sent, operation)
    _check(entity, operation, content, {**item, **{k: v for k, v in beside.items() if v is not None}}, needed)
    return Draft(entity, operation, params, beside, item)


def request(drafts: Sequence[Draft]) -> Request:
    """The call that saves drafts which share it."""
    first = drafts[0]
    content = first.operation.content
    items = [each.item for each in drafts]
    rows = [each.entity._rows_that_came() for each in drafts]
    body: Any = items[0]
    came: Any = rows[0]
    if content is not None and content.kind == "array":
        body, came = items, rows
    elif content is not None and content.kind == "wrapped_array":
        body, came = {**first.beside, content.wrapper: items}, {content.wrapper: rows}
    sent = Sent(type(first.entity), tuple(drafts))
    return sent.model._request(first.operation, first.params, body, sent, came)


def batches(writes: Sequence[tuple[Entity, Mapping[str, Any]]]) -> list[Batch]:
    """The writes that go out together; what cannot be sent is in none, so that its own save says why."""
    groups: dict[tuple[Any, ...], list[tuple[int, Draft]]] = {}
    for place, (entity, values) in enumerate(writes):
        assert isinstance(entity, PinterestEntity)
        try:
            made = draft(entity, values)
            request([made])
        except ClientError:
            continue
        if made.operation.content and made.operation.content.kind != "object":
            groups.setdefault(made.call, []).append((place, made))
    found = []
    for group in groups.values():
        content = group[0][1].operation.content
        size = min(MAX_BATCH, (content.most if content else None) or MAX_BATCH)
        for start in range(0, len(group), size):
            part = group[start : start + size]
            found.append(Batch(request([made for _, made in part]), tuple(place for place, _ in part)))
    return found


def adding(made: Request, extra: Mapping[str, Any]) -> Request:
    """A save of one record with more members, as they are."""
    content = made.subject.drafts[0].operation.content
    if content.kind == "array":
        return replace(made, json=[{**made.json[0], **extra}])
    if content.kind == "wrapped_array":
        return replace(made, json={**made.json, content.wrapper: [{**made.json[content.wrapper][0], **extra}]})
    return replace(made, json={**made.json, **extra})


def deletion(entity: PinterestEntity) -> Request:
    """The DELETE of one record."""
    operation = OPERATIONS[entity._routes.delete]
    content, body = operation.content, None
    if content is not None and content.wrapper:
        item = {wire: entity._member(wire) for wire in content.members}
        body = {content.wrapper: [{wire: value for wire, value in item.items() if value is not None}]}
    elif content is not None:
        body = entity._deletion()
    return entity._request(operation, _params(entity, operation), body, Sent(type(entity)))


# what is sent


def _params(entity: PinterestEntity, operation: Operation) -> dict[str, Any]:
    """The parameters of a write, from the record, else from the session."""
    found = {}
    for name, param in operation.params.items():
        value = entity._argument(name, param.place)
        if value is None and name == "ad_account_id":
            own = "ad_account_id" if param.place == "path" else "act_as"
            value = getattr(entity.session, own, None)
        if value is not None:
            found[name] = value
        elif param.place == "path":
            raise ClientError(f"{entity._label()} needs {name}", hint=f"new({entity.collection!r}, {name}=...)")
    return found


def _wire(entity: PinterestEntity, values: Mapping[str, Any], exists: bool) -> dict[str, Any]:
    """The values in wire form. None empties a field in the way that Pinterest wants for it; a create leaves it out."""
    found = {}
    for name, value in values.items():
        field = entity._fields[name]
        if exists and (value is None or value == []):
            found[field.wire] = CLEARED.get(field.wire, value)
        elif value is not None:
            found[field.wire] = field.dump(value)
    return found


def _check(
    entity: PinterestEntity, operation: Operation, content: Body, item: Mapping[str, Any], needed: Iterable[str]
) -> None:
    names = {field.wire: name for name, field in entity._fields.items()}
    known = {*content.members, *content.beside}
    refused = [names.get(wire, wire) for wire in item if known and wire not in known]
    verb = "update" if operation.id == entity._routes.update else "create"
    if refused:
        raise ClientError(f"{entity._label()}: Pinterest's {verb} does not take {', '.join(refused)}")
    lacking = [names.get(wire, wire) for wire in (*needed, *content.beside) if wire not in item]
    if lacking:
        raise ClientError(f"{entity._label()} cannot be saved without {', '.join(lacking)}")
