"""What became of the records of a write: the answer of every family to one outcome per record. Source: wire.md, 6.

A batch answers 200 whatever became of its records. Each outcome is matched with the record that was sent: by its place
(answers come in the order of the request), and by the ids of updates, the names and parents of creates as far as the
answer shows them. An answer that cannot be matched is a `ParserException` for the whole batch: it may be the answer to
another one, and none of its records counts as saved or as refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adplatforms.core.errors import APIError, ParserException
from adplatforms.core.messages import Answer

from . import success
from .base import PinterestEntity
from .description import OPERATIONS
from .errors import failure
from .identity import ELSEWHERE, differs
from .scope import remembered
from .write import CLEARED, Draft, Sent

__all__ = ["Outcome", "outcomes"]

Outcome = dict[str, Any] | APIError | None
"""The row of a record that was saved, None for a bare success, or the error of one that was not."""

_LISTS = ("items", "promotions")
_PARTS = ("data", "invite", "response")


def outcomes(answer: Answer) -> list[Outcome]:
    """What became of each record of a write, in its order.

    Batches answer with ``{data, exceptions}``, a list (campaigns, ad groups), one object (ads) or null, with
    ``exception`` (promotions), or with the good ones and ``errors`` apart (keywords, labels). Raises the error that the
    answer reports, and a `ParserException` where it does not tell what became of each.
    """
    sent = answer.request.subject
    assert isinstance(sent, Sent)
    if not sent.drafts:
        told = success.told(answer, OPERATIONS[sent.model._routes.delete])
        return [_first_failure(told, sent.model)]
    first = sent.drafts[0]
    operation, content = first.operation, first.operation.content
    told = success.told(answer, operation)
    if operation.answer == "empty":
        return [None for _ in sent.drafts]
    try:
        if content is None or content.kind == "object":
            return [_one(told, first)]
        wrapper = next((key for key in (*_LISTS, content.wrapper) if isinstance(told.get(key), list)), "")
        if not wrapper:
            raise ParserException("it does not tell what was saved")
        if "errors" not in told:
            return _matched(sent.drafts, told[wrapper])
        return _split(sent.drafts, _objects(told[wrapper]), _objects(told["errors"] or []))
    except ParserException as problem:
        raise success.unreadable(answer, problem.message) from None


def _objects(listed: Any) -> list[dict[str, Any]]:
    """A list of objects; a `ParserException` for anything else."""
    if not isinstance(listed, list) or not {type(each) for each in listed} <= {dict}:
        raise ParserException("its rows are no list of objects")
    return listed


def _one(told: dict[str, Any], made: Draft) -> Outcome:
    """The answer to one object: the object, or the one element of a list (invites, asset groups); where one object
    makes several records, the first error counts."""
    if "updated_asset_groups" in told:
        failed = failure(told.get("exceptions"), _names(made))
        groups = _objects(told["updated_asset_groups"] or [])
        if failed is None and not groups:
            raise _untold()
        return failed or _row(groups[0], made)
    if made.operation.answer != "items":
        return _row(told, made)
    found = [_element(each, made) for each in told["items"]]
    if not found:
        raise _untold()
    return next((each for each in found if isinstance(each, APIError)), found[0])


def _matched(drafts: Sequence[Draft], elements: Sequence[Any]) -> list[Outcome]:
    """The elements of a batch by their place; by their ids where updates come in another order."""
    if len(elements) != len(drafts):
        raise ParserException(f"it tells of {len(elements)} records, {len(drafts)} were sent")
    placed = list(zip(_objects(elements), drafts, strict=True))
    if not all(_other(_data(each), made) for each, made in placed):
        return _distinct([_element(each, made) for each, made in placed])
    by_id = {str(_data(each).get("id")): each for each in elements}
    if by_id.keys() != {str(made.item.get("id")) for made in drafts}:
        raise ParserException(next(problem for each, made in placed if (problem := _other(_data(each), made))))
    return [_element(by_id[str(made.item["id"])], made) for made in drafts]


def _without_reason() -> APIError:
    """The error of a record that Pinterest names as failed, and says no more of."""
    failed = APIError("Pinterest gives no reason")
    failed.answered = True
    return failed


def _split(drafts: Sequence[Draft], good: Sequence[Any], errors: Sequence[Any]) -> list[Outcome]:
    """Good ones and errors apart: an error names the data it is about, the good ones follow in their order."""
    if len(good) + len(errors) != len(drafts):
        raise ParserException(f"it tells of {len(good) + len(errors)} records, {len(drafts)} were sent")
    names = _names(drafts[0])
    found: dict[int, Outcome] = {}
    unplaced = []
    for each in errors:
        data = each["data"] if isinstance(each.get("data"), dict) else {}
        place = next((n for n, made in enumerate(drafts) if n not in found and _same(data, made)), None)
        problem = failure(each.get("error_messages") or each, names) or _without_reason()
        if place is None:
            unplaced.append(problem)
        else:
            found[place] = problem
    for each in good:
        rest = [n for n in range(len(drafts)) if n not in found]
        fitting = [n for n in rest if not _other(each, drafts[n])] if unplaced else rest[:1]
        if not fitting or (unplaced and len(fitting) != 1) or _other(each, drafts[fitting[0]]):
            raise ParserException(ELSEWHERE)
        found[fitting[0]] = _row(each, drafts[fitting[0]])
    rest = [n for n in range(len(drafts)) if n not in found]
    found |= zip(rest, unplaced, strict=True)
    return _distinct([found[n] for n in range(len(drafts))])


def _distinct(found: list[Outcome]) -> list[Outcome]:
    """The outcomes of a batch, no two of which are the same record."""
    ids = [str(each["id"]) for each in found if isinstance(each, dict) and each.get("id") is not None]
    if len(ids) != len(set(ids)):
        raise ParserException("it tells of one record twice")
    return found


def _same(data: Mapping[str, Any], made: Draft) -> bool:
    """Whether an error is about a draft: by id where both have one, else by all members that both have."""
    mine = made.item
    if data.get("id") is not None and mine.get("id") is not None:
        return str(data["id"]) == str(mine["id"])
    shared = [key for key in mine if key in data and key != "id"]
    return bool(shared) and all(data[key] == mine[key] for key in shared)


def _other(row: Mapping[str, Any], made: Draft) -> str:
    """What shows that a row is not the answer to a draft: the id of an update, the parents of a create, the name that
    was sent, as far as the row shows them. Empty where nothing does."""
    entity = made.entity
    known = entity._raw.get("id")
    told = type(entity)._identity(dict(row)) if row else None
    if known is not None and differs(told, known):
        return f"{ELSEWHERE}, {told}: not {known}"
    telling = _NAMES if known is not None else _NAMES | _PARENTS
    for name in telling.intersection(made.item):  # an earlier answer about the same record has another name
        if differs(row.get(name), made.item[name]):
            return f"{ELSEWHERE}: its {name} is not the one that was sent"
    return ""


_NAMES = frozenset({"name", "value"})
_PARENTS = frozenset({"parent_id", "ad_account_id", "ad_group_id", "board_id", "campaign_id"})
"""The members that tell one write from another: an answer repeats them as they were sent."""


def _element(each: Mapping[str, Any], made: Draft) -> Outcome:
    """One element of a batch."""
    problem = failure(each.get("exceptions") or each.get("exception"), _names(made))
    if problem is not None:
        return problem
    data = _data(each)
    if not data or ("data" in made.operation.success.outcome and data.get("id") is None):
        raise _untold()
    return _row(data, made)


def _data(each: Mapping[str, Any]) -> dict[str, Any]:
    """The record of an element, wherever the family puts it; empty where it failed."""
    if each.get("exceptions") or each.get("exception"):
        return {}
    part = next((each[key] for key in _PARTS if isinstance(each.get(key), dict)), None)
    plain = {} if {"exceptions", "exception", *_PARTS} & each.keys() else dict(each)
    return part if part is not None else plain


def _row(row: dict[str, Any], made: Draft) -> dict[str, Any]:
    """The record as it is now. An answer may tell a part of it: what was sent counts too, the rest stays as it was."""
    entity = made.entity
    problem = _other(row, made)
    if problem:
        raise ParserException(problem)
    shown = {field.wire for field in entity._fields.values() if not field.write_only}
    cleared = {wire for wire, value in made.item.items() if wire in CLEARED and value == CLEARED[wire]}
    sent = {wire: None if wire in cleared else value for wire, value in made.item.items() if wire in shown}
    known = remembered(type(entity), made.operation, made.params)
    found = {**entity._raw, **sent, **entity._arrived(row, known)}
    if found.get("id") is None:
        raise ParserException("it does not tell the id of what was created")
    return found


def _first_failure(told: Any, model: type[PinterestEntity]) -> APIError | None:
    """What went wrong in a deletion that answered 200."""
    if not isinstance(told, dict):
        return None
    items = told["items"] if isinstance(told.get("items"), list) else []
    each = next((item for item in items if isinstance(item, dict)), {})
    problem = told.get("exceptions") or each.get("exception") or each.get("exceptions")
    return failure(problem, _by_wire(model))


def _names(made: Draft) -> dict[str, str]:
    return _by_wire(type(made.entity))


def _by_wire(model: type[PinterestEntity]) -> dict[str, str]:
    return {field.wire: name for name, field in model._fields.items()}


def _untold() -> ParserException:
    """A success that tells nothing, where Pinterest's does: the write may have been applied or not."""
    return ParserException("it does not tell what became of it")
