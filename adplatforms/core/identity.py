"""Whether an answer is the one to the call: rows held against the ids that were asked for, or against what was sent.

On a kept connection the answer to one call can arrive as that to the next one. Its rows have the right shape and are
those of other records: they would be taken for what was asked for, or, where rows are assigned by a parent's id,
leave every parent without children.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .errors import ParserException
from .hints import brief
from .paging import Page
from .relations import Peers
from .state import EntityState

if TYPE_CHECKING:
    from .creating import Creates
    from .entity import Entity
    from .expr import Condition
    from .query import Query
    from .relations import Row

__all__ = ["asked_ids", "check_ids", "check_saved", "only_record"]


def asked_ids(entity_class: type[Entity], pushed: Iterable[Condition]) -> dict[str, Collection[str]]:
    """The ids that a listing is limited to by the server, by wire name: of the records themselves and of what they
    belong to.

    pushed: the conditions that the server filters exactly. Only equality counts, and only of ids: other values may be
    written otherwise in an answer than in a question.
    """
    relations = entity_class.__model__.relations.values()
    fields = {"id", *(relation.by for relation in relations if relation.own_field)}
    found: dict[str, Collection[str]] = {}
    for condition in pushed:
        if condition.field.name not in fields:
            continue
        if condition.op == "==":
            found[condition.field.wire] = {_plain(condition.value)}
        elif condition.op == "in":
            found[condition.field.wire] = {_plain(value) for value in condition.value}
    return found


def check_ids(page: Page, asked: Mapping[str, Collection[str]]) -> Page:
    """The page, once none of its rows shows another id than those asked for; else a `ParserException`. Rows without the
    id are let through."""
    for wire, ids in asked.items():
        for row in page.rows:
            shown = row.get(wire)
            if shown not in (None, "") and _plain(shown) not in ids:
                raise ParserException(f"the answer is about other records: {wire} {shown}, which was not asked for")
    return page


def only_record(query: Query[Any], entity_id: Any, page: Page) -> Page:
    """The page of one record, once it is the one that was asked for: a `ParserException` else."""
    # The first row alone: it is the one that is used.
    for row in page.rows[:1]:
        shown_id, found = row.get("id"), query.model.__model__.wrap(row, Peers(None, page.rows))
        asked = f"{query.model.__model__.type} {entity_id}"
        is_other = shown_id is not None and not _same_id(query.model, shown_id, entity_id)
        if is_other or not isinstance(found, query.model):
            raise ParserException(
                f"the answer is about another record, {EntityState(found).label}: {asked} was asked for"
            )
    return page


def check_saved(
    entity: Entity, values: Mapping[str, Any], row: Row | None, *, creates: Creates, versioned: bool
) -> None:
    """Raises a `ParserException` where the answer to a save is not about this record.

    values: what was sent, by Python name. row: what came back, None for a bare success. creates: the creates of the
    session. versioned: whether updates name the version they are based on, so that a repeated one is refused.

    An update must be answered by its own record, without versions with the name that was sent. A create must be
    given an id that no other create was given, and must be answered by its own parent and name.
    """
    state = EntityState(entity)
    if row is None:
        # A bare success shows nothing to compare. Of a create it is not one: nobody would know the new record's id.
        if state.is_new:
            raise ParserException("the answer lacks the id of what was created")
        return
    answered = entity.__model__.wrap(row, state.peers)
    answered_id = row.get("id")
    if answered_id is not None and type(answered) is not type(entity):
        raise ParserException(f"the answer is about another record, {EntityState(answered).label}")
    if state.is_new:
        _check_created(entity, values, answered, answered_id, creates)
        return
    if answered_id is not None and str(answered_id) != str(state.id):
        raise ParserException(f"the answer is about another record, {brief(answered_id)}")
    # Only the name: other values may be normalised, and somebody else may have changed them meanwhile.
    if not versioned and _shows_another_name(answered, values):
        raise ParserException(f"the answer is an earlier one about {answered_id}: it does not show what was sent")


def _check_created(
    entity: Entity, values: Mapping[str, Any], answered: Entity, answered_id: Any, creates: Creates
) -> None:
    """Raises a `ParserException` where the answer to a create is not about this record."""
    if answered_id is None:
        raise ParserException("the answer lacks the id of what was created")
    shows_name = _check_names(answered, values)
    # Last, for it gives the id away: an answer that is refused above is still to be found by its create.
    if not creates.take(entity, values, answered_id, shows_name):
        raise ParserException(f"the answer is about another record, {brief(answered_id)}, which was created before")


def _check_names(answered: Entity, values: Mapping[str, Any]) -> bool:
    """Raises a `ParserException` where what was created has another name or parent than was sent; else whether it
    shows the name that was sent."""
    state, model = EntityState(answered), answered.__model__
    shows_name = False
    for name in dict.fromkeys(["name", *(relation.by for relation in model.parents)]):
        if name not in values or name not in model.fields:
            continue
        shown = state.loaded(name)
        if shown is None:
            continue
        if _without_typing(shown) != _without_typing(values[name]):
            what = f"{brief(state.id)}: its {name} is {brief(shown)!r}"
            raise ParserException(f"the answer is about another record, {what}")
        shows_name = shows_name or name == "name"
    return shows_name


def _shows_another_name(answered: Entity, values: Mapping[str, Any]) -> bool:
    """Whether an answer shows another name than the one that an update sent: its record as it was before."""
    if "name" not in values or "name" not in answered.__model__.fields:
        return False
    shown = EntityState(answered).loaded("name")
    return shown is not None and _without_typing(shown) != _without_typing(values["name"])


def _without_typing(value: Any) -> str:
    """A name or an id without what platforms normalise: space at the ends, runs of it, the case."""
    return " ".join(str(value).split()).casefold()


def _same_id(entity_class: type[Entity], shown: Any, asked: Any) -> bool:
    """Whether two ids are the same, as number or text, in whatever case."""
    if _plain(shown) == _plain(asked):
        return True
    # The caller may have written the id in another way, such as "007" for 7.
    field = entity_class.__model__.fields.get("id")
    try:
        return field is not None and str(field.accept(asked)) == str(shown)
    except (ValueError, TypeError):
        return False


def _plain(value: Any) -> str:
    """An id as text without space around it, in lower case: some platforms take it in any."""
    return str(value).strip().casefold()
