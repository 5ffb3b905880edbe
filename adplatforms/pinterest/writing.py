"""Saving and deleting: records to bodies, alone and in batches; the answer of every family to one outcome per record.

Sources: wire.md, section 6; the shape of each body is that of the table of operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from adplatforms.core.dialect import Batch
from adplatforms.core.entity import Entity
from adplatforms.core.errors import UNSURE, APIError, ClientError, ParserException
from adplatforms.core.values import Answer, Request

from . import replies
from .base import PinterestEntity
from .operations import OPERATIONS, Body, Operation
from .scope import remembered

__all__ = ["MAX_BATCH", "Draft", "Sent", "adding", "batches", "deletion", "draft", "outcomes", "request"]

MAX_BATCH = 30
_LISTS = ("items", "promotions")
_PARTS = ("data", "invite", "response")

CLEARED: dict[str, Any] = {
    "bid_multiplier": 0,
    "promotion_id": "0",
    "targeting_template_ids": ["0"],
    "tracking_urls": {},
}
"""What empties a member where null means "unchanged". Source: wire.md, section 6."""

Outcome = dict[str, Any] | APIError | None


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
    body: Any = items[0]
    if content is not None and content.kind == "array":
        body = items
    elif content is not None and content.kind == "wrapped_array":
        body = {**first.beside, content.wrapper: items}
    sent = Sent(type(first.entity), tuple(drafts))
    return sent.model._request(first.operation, first.params, body, sent)


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


# what comes back


def outcomes(answer: Answer) -> list[Outcome]:
    """What became of each record of a write, in its order: the row, None for a bare success, or the error.

    A batch answers 200 whatever became of its items: ``{data, exceptions}`` with a list (campaigns, ad groups), one
    object (ads) or null, ``exception`` (promotions), or the good ones and ``errors`` apart (keywords, labels).
    """
    sent = answer.request.subject
    assert isinstance(sent, Sent)
    told = replies.body(answer)
    if not sent.drafts:
        return [_first_failure(told, sent.model)]
    first = sent.drafts[0]
    content = first.operation.content
    if first.operation.answer == "empty":
        return [None for _ in sent.drafts]
    if not isinstance(told, dict) or not told:
        raise _unreadable(answer)
    if content is None or content.kind == "object":
        return [_one(told, first, answer)]
    wrapper = next((key for key in (*_LISTS, content.wrapper) if isinstance(told.get(key), list)), "")
    if not wrapper:
        raise _unreadable(answer)
    if "errors" not in told:
        return _matched(sent, told[wrapper])
    errors = told["errors"] if isinstance(told["errors"], list) else []
    good, errors = ([each for each in part if isinstance(each, dict)] for part in (told[wrapper], errors))
    return _split(sent, good, errors)


def _one(told: dict[str, Any], made: Draft, answer: Answer) -> Outcome:
    """The answer to one object: the object, or the one element of a list (invites, asset groups); where one object
    makes several records, the first error counts."""
    if isinstance(told.get("updated_asset_groups"), list):
        failed = replies.failure(told.get("exceptions"), _names(type(made.entity)))
        return failed or next((_row(each, made) for each in told["updated_asset_groups"]), _untold())
    if made.operation.answer != "items":
        return _row(told, made)
    if not isinstance(told.get("items"), list) or not told["items"]:
        raise _unreadable(answer)
    found = [_element(each, made) for each in told["items"]]
    return next((each for each in found if isinstance(each, APIError)), found[0])


def _unreadable(answer: Answer) -> ParserException:
    """A success that tells nothing, where Pinterest's does: the write may have been applied or not."""
    return ParserException(f"{answer.request.label}: the answer does not tell what was saved: {answer.excerpt()}")


def _matched(sent: Sent, elements: Sequence[Any]) -> list[Outcome]:
    """The elements of a batch by their place, and by their id where the places do not agree."""
    if len(elements) == len(sent.drafts):
        found = [_element(each, made) for each, made in zip(elements, sent.drafts, strict=True)]
        if all(_agrees(each, made) for each, made in zip(found, sent.drafts, strict=True)):
            return found
    by_id = {str(_data(each).get("id")): each for each in elements if _data(each).get("id") is not None}
    return [
        _element(by_id[key], made) if (key := str(made.item.get("id"))) in by_id else _untold() for made in sent.drafts
    ]


def _split(sent: Sent, good: Sequence[Any], errors: Sequence[Any]) -> list[Outcome]:
    """Good ones and errors apart: an error names the data it is about, the good ones follow in their order."""
    names = _names(sent.model)
    failed: dict[int, APIError] = {}
    for each in errors:
        data = each["data"] if isinstance(each.get("data"), dict) else {}
        for place, made in enumerate(sent.drafts):
            if place not in failed and _same(data, made):
                problem = replies.failure(each.get("error_messages") or each, names)
                failed[place] = problem or APIError("Pinterest gives no reason")
                break
    rest = [place for place in range(len(sent.drafts)) if place not in failed]
    if len(rest) != len(good) or len(failed) != len(errors):
        told = replies.failure([m for each in errors for m in each.get("error_messages") or [each]], names)
        return [failed.get(place) or told or _untold() for place in range(len(sent.drafts))]
    found: list[Outcome] = [failed.get(place) for place in range(len(sent.drafts))]
    for place, row in zip(rest, good, strict=True):
        found[place] = _row(row, sent.drafts[place])
    return found


def _same(data: Mapping[str, Any], made: Draft) -> bool:
    """Whether an error is about a draft: by id where both have one, else by all members that both have."""
    mine = made.item
    if data.get("id") is not None and mine.get("id") is not None:
        return str(data["id"]) == str(mine["id"])
    shared = [key for key in mine if key in data and key != "id"]
    return bool(shared) and all(data[key] == mine[key] for key in shared)


def _element(each: Any, made: Draft) -> Outcome:
    """One element of a batch."""
    if not isinstance(each, dict):
        return _untold()
    problem = replies.failure(each.get("exceptions") or each.get("exception"), _names(type(made.entity)))
    if problem is not None:
        return problem
    data = _data(each)
    return _row(data, made) if data else _untold()


def _data(each: Any) -> dict[str, Any]:
    """The record of an element, wherever the family puts it."""
    if not isinstance(each, dict):
        return {}
    part = next((each[key] for key in _PARTS if isinstance(each.get(key), dict)), None)
    plain = {} if {"exceptions", "exception", *_PARTS} & each.keys() else each
    return part if part is not None else plain


def _row(row: dict[str, Any], made: Draft) -> dict[str, Any]:
    """The record as it is now. An answer may tell a part of it: what was sent counts too, the rest stays as it was."""
    entity = made.entity
    shown = {field.wire for field in entity._fields.values() if not field.write_only}
    cleared = {wire for wire, value in made.item.items() if wire in CLEARED and value == CLEARED[wire]}
    sent = {wire: None if wire in cleared else value for wire, value in made.item.items() if wire in shown}
    known = remembered(type(entity), made.operation, made.params)
    return {**entity._raw, **sent, **entity._arrived(row, known)}


def _agrees(outcome: Outcome, made: Draft) -> bool:
    mine = made.item.get("id")
    return not isinstance(outcome, dict) or mine is None or str(outcome.get("id")) == str(mine)


def _first_failure(told: Any, model: type[PinterestEntity]) -> APIError | None:
    """What went wrong in a deletion that answered 200."""
    if not isinstance(told, dict):
        return None
    items = told["items"] if isinstance(told.get("items"), list) else []
    each = next((item for item in items if isinstance(item, dict)), {})
    problem = told.get("exceptions") or each.get("exception") or each.get("exceptions")
    return replies.failure(problem, _names(model))


def _names(model: type[PinterestEntity]) -> dict[str, str]:
    return {field.wire: name for name, field in model._fields.items()}


def _untold() -> APIError:
    untold = APIError("the answer does not tell what became of it", hint=UNSURE)
    untold.unsure = True
    return untold
