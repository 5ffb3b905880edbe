"""Saving and deleting: records to bodies, alone and in batches. What came back: see `outcomes`.

Sources: wire.md, section 6; the shape of each body is that of the table of operations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from adplatforms.core.dialect import Batch
from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Request
from adplatforms.core.state import EntityState

from .base import PinterestEntity
from .description import OPERATIONS, Body, Operation
from .description.shapes import plain
from .fields import param_of
from .outcomes import DeletionReader, Sent, WriteReader

if TYPE_CHECKING:
    from adplatforms.core.relations import Row

__all__ = ["MAX_BATCH", "Draft", "argument", "batches", "deletion", "draft"]

MAX_BATCH = 30
"""Records that one call saves. Source: wire.md, section 6."""

_NO_BODY = Body("object", (), ())
_NOTHING: Mapping[str, Any] = {}


class Draft:
    """One record on its way: the request that saves it alone, and what it shares with others of a batch.

    `request` is built and checked once; batches take its item over. `sent`: the record, and its item of the body.
    `content`: what the operation takes as its body.
    """

    __slots__ = ("content", "request", "sent", "shared")

    def __init__(self, content: Body, request: Request, sent: Sent, shared: tuple[Any, ...]) -> None:
        self.content, self.request, self.sent, self.shared = content, request, sent, shared

    @property
    def items(self) -> list[Any]:
        """The one item of the body, as a list."""
        if self.content.wrapper:
            return list(self.request.json[self.content.wrapper])
        return list(self.request.json)


def draft(entity: PinterestEntity, values: Mapping[str, Any], extra: Mapping[str, Any] | None = None) -> Draft:
    """What saving these values (by Python name) of a record sends; a `ClientError` where Pinterest cannot.

    extra: more members, by Pinterest's names and in its form. They count as given, replace what the record itself would
    send, and are not held against the description.
    """
    return _draft(entity, values, _operation(entity), extra or {})


def _draft(
    entity: PinterestEntity, values: Mapping[str, Any], operation: Operation, extra: Mapping[str, Any] = _NOTHING
) -> Draft:
    """`draft`, by an operation that was looked up already: batches need it to see what goes out together."""
    state, model = EntityState(entity), entity.__model__
    content = operation.content or _NO_BODY
    params = _params(entity, operation)
    changes = _changes(entity, operation, content, values)
    # After the changes: what the user sets wins over what the record has.
    needed = _needed(content, updates=not state.is_new)
    for wire in dict.fromkeys((*needed, *model.repeated)):
        if wire not in changes:
            # A campaign repeats the account of the path in each element, for one (wire.md, section 6).
            known = model.body_value(entity, wire) or params.get(wire)
            if known is not None:
                changes[wire] = known
    added = {wire: plain(value, None, wire) for wire, value in extra.items()}
    outside = {
        wire: added.pop(wire, None) or changes.pop(wire, None) or model.body_value(entity, wire)
        for wire in content.outside
    }
    item = {**model.body_item(entity, changes, operation), **added}
    given = {wire: value for wire, value in outside.items() if value is not None}
    _check_members(entity, content, {**item, **given}, needed, added)
    sent = Sent(entity, operation, params, item)
    # What is added is taken for what came: neither is judged.
    body, came = _body(content, outside, item), _body(content, {}, {**_row_as_it_came(state), **added})
    request = model.request(operation, params, body, reader=WriteReader(model, operation, (sent,)), came=came)
    if not request.writes:
        # To have a report made changes nothing at Pinterest, but the record that is saved here has to get its token: a
        # save that does not write is taken for one that Pinterest was to check only.
        request = replace(request, writes=True)
    # Two records with other parents go to other paths, or have another member outside the list.
    shared = (operation.id, tuple(sorted(params.items())), tuple(sorted(outside.items())))
    return Draft(content, request, sent, shared)


def batches(writes: Sequence[tuple[Entity, Mapping[str, Any]]]) -> Iterator[Batch]:
    """The writes that go out together, each batch as soon as it is full. What cannot be sent is in none, so that its
    own save says why."""
    groups: dict[tuple[Any, ...], list[tuple[int, Draft]]] = {}
    for index, (entity, values) in enumerate(writes):
        assert isinstance(entity, PinterestEntity)
        try:
            operation = _operation(entity)
            if not _takes_lists(operation):
                continue
            planned = _draft(entity, values, operation)
        except ClientError:
            continue  # its own save raises the same error, with the record it belongs to
        group = groups.setdefault(planned.shared, [])
        group.append((index, planned))
        # Business Access takes 50 a call, all others 30 (wire.md, section 6): 30 is right for both.
        if len(group) == min(MAX_BATCH, planned.content.most or MAX_BATCH):
            yield _batch_of(groups.pop(planned.shared))
    yield from map(_batch_of, groups.values())


def _batch_of(group: Sequence[tuple[int, Draft]]) -> Batch:
    """The drafts of one call, each with its index among the writes."""
    return Batch(_joined([planned for _, planned in group]), tuple(index for index, _ in group))


def _takes_lists(operation: Operation) -> bool:
    """Whether saving a record can save others with it; what is saved one by one is not planned here."""
    return operation.content is not None and operation.content.kind != "object"


def _joined(drafts: Sequence[Draft]) -> Request:
    """The call that saves drafts which share it: their items one after the other, each checked when it was planned."""
    first = drafts[0]
    if len(drafts) == 1:
        return first.request
    items = [item for each in drafts for item in each.items]
    body: Any = items
    if first.content.wrapper:
        body = {**first.request.json, first.content.wrapper: items}
    model = first.sent.entity.__model__
    reader = WriteReader(model, first.sent.operation, tuple(each.sent for each in drafts))
    return replace(first.request, json=body, reader=reader)


def deletion(entity: PinterestEntity) -> Request:
    """The DELETE of one record."""
    model = entity.__model__
    operation = OPERATIONS[model.routes.delete]
    content, body = operation.content, None
    if content is not None and content.wrapper:
        item = {wire: model.body_value(entity, wire) for wire in content.members}
        body = {content.wrapper: [{wire: value for wire, value in item.items() if value is not None}]}
    elif content is not None:
        body = model.deletion_body(entity)
    return model.request(operation, _params(entity, operation), body, reader=DeletionReader(model, operation))


# what is sent


def _operation(entity: PinterestEntity) -> Operation:
    """The operation that creates or updates a record; a `ClientError` where Pinterest has none."""
    state, routes = EntityState(entity), entity.__model__.routes
    verb, other = ("create", "update") if state.is_new else ("update", "create")
    name = getattr(routes, verb)
    if not name:
        cure = f"it can {other} them only" if getattr(routes, other) else "they are read only"
        raise ClientError(f"Pinterest cannot {verb} {state.label} through the API", hint=cure)
    return OPERATIONS[name]


def _needed(content: Body, updates: bool) -> tuple[str, ...]:
    """The members that an item of the body must have. Items of updates name their record, whatever is required."""
    named = updates and content.kind != "object" and "id" in content.members
    if named and "id" not in content.required:
        return (*content.required, "id")
    return content.required


def _body(content: Body, outside: Mapping[str, Any], item: Any) -> Any:
    """A body of one item, with what stands outside of the items."""
    if content.kind == "array":
        return [item]
    if content.kind == "wrapped_array":
        return {**outside, content.wrapper: [item]}
    return item


def _params(entity: PinterestEntity, operation: Operation) -> dict[str, Any]:
    """The parameters of a write, from the record, else from the session."""
    found = {}
    for name, param in operation.params.items():
        value = argument(entity, name, param.location)
        # A new record need not repeat the account of its session.
        if value is None and name == "ad_account_id":
            own = "ad_account_id" if param.location == "path" else "act_as"
            value = getattr(entity.session, own, None)
        if value is not None:
            found[name] = value
        elif param.location == "path":
            label = EntityState(entity).label
            raise ClientError(f"{label} needs {name}", hint=f"new({entity.collection!r}, {name}=...)")
    return found


def argument(entity: PinterestEntity, param: str, location: str) -> Any:
    """The value that a parameter of an operation takes from a record; None where it has none.

    It is that of the parameter's field. The parameter of the path that stands for no field takes the identity.
    location: "path" or "query".
    """
    state, model = EntityState(entity), entity.__model__
    field = model.field_of(param, location)
    value = None
    if field is not None:
        value = state.values.get(field.wire)
    # A deletion may name its record in the query.
    if value is None and location == "query" and param == param_of(model.fields["id"]):
        return state.id
    if value is None and location == "path" and (field is None or param == model.key):
        return state.id
    return value


def _row_as_it_came(state: EntityState) -> Row:
    """The row as it came; of a copy that of its original, as far as it was taken along.

    What is still as it came is not checked against the description: it may be newer than that.
    """
    if not state.is_new:
        return state.row
    # A copy has no row of its own, and holds values that came with its original.
    found = dict(state.row)
    for name, value in state.originals().items():
        if value is not None:
            field = state.model.fields[name]
            found[field.wire] = field.dump(value)
    return found


def _changes(entity: PinterestEntity, operation: Operation, content: Body, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a save by wire name, without those that go into the path.

    Never the whole record: answers hold members that updates refuse, such as `summary_status` (wire.md, section 6).
    """
    state = EntityState(entity)
    found = {
        wire: value
        for wire, value in _wire_values(state, values, entity.__model__.cleared).items()
        if wire in content.members or wire not in operation.params
    }
    if state.is_new:
        return found
    return {**entity.__model__.always_sent, **found}


def _wire_values(state: EntityState, values: Mapping[str, Any], cleared: Mapping[str, Any]) -> dict[str, Any]:
    """The values in wire form. None empties a field in the way that Pinterest wants for it; a create leaves it out.

    cleared: the values that empty a member where null does not.
    """
    found = {}
    for name, value in values.items():
        field = state.model.fields[name]
        if not state.is_new and (value is None or value == []):
            # For some members null means "unchanged", and a value of their own empties them.
            found[field.wire] = cleared.get(field.wire, value)
        elif value is not None:
            found[field.wire] = field.dump(value)
    return found


def _check_members(
    entity: PinterestEntity, content: Body, item: Mapping[str, Any], needed: Iterable[str], added: Collection[str]
) -> None:
    """Refuses members that the operation does not take, and a body without those that it needs, by Python name.

    added: what is sent on purpose, whatever the description says.
    """
    state, names = EntityState(entity), entity.__model__.python_names
    known = {*content.members, *content.outside, *added}
    refused = [names.get(wire, wire) for wire in item if known and wire not in known]
    if refused:
        verb = "create" if state.is_new else "update"
        raise ClientError(f"{state.label}: Pinterest's {verb} does not take {', '.join(refused)}")
    lacking = [names.get(wire, wire) for wire in (*needed, *content.outside) if wire not in item]
    if lacking:
        raise ClientError(f"{state.label} cannot be saved without {', '.join(lacking)}")
