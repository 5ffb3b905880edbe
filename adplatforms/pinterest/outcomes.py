"""What became of the records of a write: the answer of every family to one outcome per record. Source: wire.md, 6.

A batch answers 200 whatever became of its records. Each outcome is matched with the record that was sent: by its
position (answers come in the order of the request), and by the ids of updates, the names and parents of creates as far
as the answer shows them. An answer that cannot be matched is a `ParserException` for the whole batch: it may be the
answer to another one, and none of its records counts as saved or as refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from adplatforms.core.errors import APIError, ParserException
from adplatforms.core.reader import Reader
from adplatforms.core.state import EntityState

from . import success
from .errors import failure
from .identity import ELSEWHERE, differs
from .scope import remembered

if TYPE_CHECKING:
    from adplatforms.core.messages import Answer

    from .base import PinterestEntity
    from .description import Operation
    from .model import PinterestModel

__all__ = ["DeletionReader", "Outcome", "Sent", "WriteReader"]

Outcome = dict[str, Any] | APIError | None
"""The row of a record that was saved, None for a bare success, or the error of one that was not."""

_LISTS = ("items", "promotions")
"""The members under which answers to batches list their elements, besides the one that the request uses."""
_PARTS = ("data", "invite", "response")
"""The members of an element that hold the record."""
_EXCEPTIONS = ("exceptions", "exception")
_NAMES = frozenset({"name", "value"})
_PARENTS = frozenset({"parent_id", "ad_account_id", "ad_group_id", "board_id", "campaign_id"})
"""The members that tell one write from another: an answer repeats them as they were sent."""


class Sent(NamedTuple):
    """A record that was sent: the operation, its parameters, and the record's item of the body."""

    entity: PinterestEntity
    operation: Operation
    params: Mapping[str, Any]
    item: Mapping[str, Any]

    @property
    def names(self) -> Mapping[str, str]:
        """The Python names of its fields, by wire name."""
        return self.entity.__model__.python_names


class WriteReader(Reader):
    """Reads what became of records that were created or updated. records: in the order of the body."""

    def __init__(self, model: PinterestModel, operation: Operation, records: Sequence[Sent]) -> None:
        self.model, self.operation, self.records = model, operation, records

    def saved(self, answer: Answer) -> dict[str, Any] | None:
        """The row of the one record, None for a bare success; raises its error."""
        return _one_outcome(self.outcomes(answer))

    def outcomes(self, answer: Answer) -> list[Outcome]:
        """What became of each record, in the order of the body.

        Batches answer with ``{data, exceptions}``, a list (campaigns, ad groups), one object (ads) or null, with
        ``exception`` (promotions), or with the good ones and ``errors`` apart (keywords, labels). Raises the error that
        the answer reports, and a `ParserException` where it does not tell what became of each.
        """
        content = success.checked_body(answer, self.operation, self.model)
        # Templates are updated so: 200 and no body stand for success (wire.md, section 6).
        if self.operation.answer == "empty":
            return [None for _ in self.records]
        try:
            return self._matched_with_records(content)
        except ParserException as problem:
            raise success.unreadable(answer, problem.message) from None

    def _matched_with_records(self, content: Any) -> list[Outcome]:
        """The outcomes in an answer, by the form that its family has; a `ParserException` where they do not match."""
        taken = self.operation.content
        if isinstance(content, list):  # schedules and local stores, since 5.28.0
            return _by_position(self.records, content)
        if taken is None or taken.kind == "object":
            return [_outcome_of_object(content, self.records[0])]
        names = [*_LISTS, taken.wrapper]
        wrapper = next((name for name in names if isinstance(content.get(name), list)), "")
        if not wrapper:
            raise ParserException("it does not tell what was saved")
        if "errors" not in content:
            return _by_position(self.records, content[wrapper])
        return _good_and_failed(self.records, _objects(content[wrapper]), _objects(content["errors"] or []))


class DeletionReader(Reader):
    """Reads what became of a record that was deleted."""

    def __init__(self, model: PinterestModel, operation: Operation) -> None:
        self.model, self.operation = model, operation

    def saved(self, answer: Answer) -> dict[str, Any] | None:
        """None; raises the error of the record."""
        return _one_outcome(self.outcomes(answer))

    def outcomes(self, answer: Answer) -> list[Outcome]:
        """The error of the one record, or None: a deletion that failed may answer 200, as all batches do."""
        content = success.checked_body(answer, self.operation, self.model)
        if not isinstance(content, dict):
            return [None]
        problem = content.get("exceptions")
        items = content.get("items")
        if not problem and isinstance(items, list):
            element = next((item for item in items if isinstance(item, dict)), {})
            problem = element.get("exception") or element.get("exceptions")
        return [failure(problem, self.model.python_names)]


def _one_outcome(outcomes: Sequence[Outcome]) -> dict[str, Any] | None:
    """The row of the first outcome; raises it where it is an error."""
    outcome = outcomes[0]
    if isinstance(outcome, APIError):
        raise outcome
    return outcome


def _objects(listed: Any) -> list[dict[str, Any]]:
    """A list of objects; a `ParserException` for anything else."""
    if not isinstance(listed, list) or not {type(each) for each in listed} <= {dict}:
        raise ParserException("its rows are not a list of objects")
    return listed


# one record


def _outcome_of_object(content: dict[str, Any], sent: Sent) -> Outcome:
    """The answer to one object: the object, or the one element of a list (invites, asset groups)."""
    # The one answer whose list is named after what was done.
    if "updated_asset_groups" in content:
        failed = failure(content.get("exceptions"), sent.names)
        if failed is not None:
            return failed
        groups = _objects(content["updated_asset_groups"] or [])
        if not groups:
            raise _says_nothing()
        return _row(groups[0], sent)
    if sent.operation.answer != "items":
        return _row(content, sent)
    found = [_element(each, sent) for each in content["items"]]
    if not found:
        raise _says_nothing()
    # One object may make several records, such as an invitation of two members: the first error counts.
    return next((each for each in found if isinstance(each, APIError)), found[0])


def _element(each: Mapping[str, Any], sent: Sent) -> Outcome:
    """One element of a batch."""
    problem = failure(_exception_of(each), sent.names)
    if problem is not None:
        return problem
    data = _data(each)
    if not data or ("data" in sent.operation.success.outcome and data.get("id") is None):
        raise _says_nothing()
    return _row(data, sent)


def _exception_of(each: Mapping[str, Any]) -> Any:
    """What an element says went wrong: ``exception`` or ``exceptions``, by the family."""
    data = each.get("data")
    # Since 5.28.0 some have it in the place of the record.
    inner = data.get("exceptions") if isinstance(data, Mapping) else None
    return each.get("exceptions") or each.get("exception") or inner


def _data(each: Mapping[str, Any]) -> dict[str, Any]:
    """The record of an element, wherever the family puts it; empty where it failed."""
    if _exception_of(each):
        return {}  # `data` may be there all the same, full of nulls (wire.md, section 6)
    for name in _PARTS:
        if isinstance(each.get(name), dict):
            return each[name]  # type: ignore[no-any-return]
    if {*_EXCEPTIONS, *_PARTS} & each.keys():
        return {}
    return dict(each)


def _row(row: dict[str, Any], sent: Sent) -> dict[str, Any]:
    """The record as it is now. An answer may tell a part of it: what was sent counts too, the rest stays as it was."""
    problem = _difference(row, sent)
    if problem:
        raise ParserException(problem)
    state, model = EntityState(sent.entity), sent.entity.__model__
    shown = {field.wire for field in model.fields.values() if not field.write_only}
    taken = {wire: value for wire, value in sent.item.items() if wire in shown}
    known = remembered(model, sent.operation, sent.params)
    found = {**state.row, **taken, **model.adapt(row, known)}
    for wire, value in model.cleared.items():
        # What was sent to empty a member is not its value, and an answer may repeat it.
        if found.get(wire) == value and wire in sent.item:
            found[wire] = None
    # Without an id it could never be found again, and a second save would create another.
    if found.get("id") is None:
        raise ParserException("it does not tell the id of what was created")
    return found


# many records


def _by_position(records: Sequence[Sent], elements: Sequence[Any]) -> list[Outcome]:
    """The elements of a batch by their position; by their ids where updates come in another order."""
    if len(elements) != len(records):
        raise ParserException(f"it tells of {len(elements)} records, {len(records)} were sent")
    pairs = list(zip(_objects(elements), records, strict=True))
    differences = [_difference(_data(each), sent) for each, sent in pairs]
    if not all(differences):
        # One that fits shows that the order was kept; `_row` refuses a stranger among them.
        return _distinct([_element(each, sent) for each, sent in pairs])
    # Order is second-hand knowledge (wire.md, section 6), ids are not.
    by_id = {str(_data(each).get("id")): each for each in elements}
    if by_id.keys() != {str(sent.item.get("id")) for sent in records}:
        raise ParserException(differences[0])
    return [_element(by_id[str(sent.item["id"])], sent) for sent in records]


def _good_and_failed(records: Sequence[Sent], good: Sequence[Any], errors: Sequence[Any]) -> list[Outcome]:
    """Good ones and errors apart: an error names the data it is about, the good ones follow in their order.

    An error that names nothing is given to a record that is left over. Where that leaves a choice, the good ones have
    to tell by what they hold whose they are.
    """
    if len(good) + len(errors) != len(records):
        raise ParserException(f"it tells of {len(good) + len(errors)} records, {len(records)} were sent")
    found: dict[int, Outcome] = {}
    unassigned = _assign_errors(records, errors, found)
    for each in good:
        left = [position for position in range(len(records)) if position not in found]
        fitting = left[:1]
        if unassigned:
            fitting = [position for position in left if not _difference(each, records[position])]
        if len(fitting) != 1 or _difference(each, records[fitting[0]]):
            raise ParserException(ELSEWHERE)
        found[fitting[0]] = _row(each, records[fitting[0]])
    left = [position for position in range(len(records)) if position not in found]
    found |= zip(left, unassigned, strict=True)
    return _distinct([found[position] for position in range(len(records))])


def _assign_errors(records: Sequence[Sent], errors: Sequence[Any], found: dict[int, Outcome]) -> list[APIError]:
    """Gives the records that errors name their error; returns the errors that name none."""
    unassigned = []
    for each in errors:
        data = each["data"] if isinstance(each.get("data"), dict) else {}
        problem = failure(each.get("error_messages") or each, records[0].names) or _without_reason()
        positions = (
            position for position, sent in enumerate(records) if position not in found and _is_about(data, sent)
        )
        position = next(positions, None)
        if position is None:
            unassigned.append(problem)
        else:
            found[position] = problem
    return unassigned


def _distinct(found: list[Outcome]) -> list[Outcome]:
    """The outcomes of a batch, no two of which are the same record."""
    ids = [str(each["id"]) for each in found if isinstance(each, dict) and each.get("id") is not None]
    if len(ids) != len(set(ids)):
        raise ParserException("it tells of one record twice")
    return found


# whose answer it is


def _difference(row: Mapping[str, Any], sent: Sent) -> str:
    """What shows that a row is not the answer to what was sent; empty where nothing does.

    It is held against the id of an update, the parents of a create and the name that was sent, as far as it shows them.
    """
    known = EntityState(sent.entity).id
    identity = sent.entity.__model__.identify(dict(row)) if row else None
    if known is not None and differs(identity, known):
        return f"{ELSEWHERE}, {identity}: not {known}"
    telling = _NAMES if known is not None else _NAMES | _PARENTS
    for name in telling.intersection(sent.item):
        # On a kept connection the answer to an earlier write of this record may arrive: it has another name.
        if differs(row.get(name), sent.item[name]):
            return f"{ELSEWHERE}: its {name} is not the one that was sent"
    return ""


def _is_about(data: Mapping[str, Any], sent: Sent) -> bool:
    """Whether an error is about a record: by id where both have one, else by all members that both have."""
    item = sent.item
    if data.get("id") is not None and item.get("id") is not None:
        return str(data["id"]) == str(item["id"])
    shared = [name for name in item if name in data and name != "id"]
    return bool(shared) and all(data[name] == item[name] for name in shared)


def _without_reason() -> APIError:
    """The error of a record that Pinterest names as failed, and says no more of."""
    return APIError("Pinterest gives no reason", answered=True)


def _says_nothing() -> ParserException:
    """A success that tells nothing, where Pinterest's does: the write may have been applied or not."""
    return ParserException("it does not tell what became of it")
