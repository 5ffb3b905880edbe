"""Whether an answer is the one to the call: the rows of a page held against the ids that were asked for.

On a kept connection the answer to one call can arrive as that to the next one. Its rows have the right shape and are
those of other records: they would be taken for what was asked for, or, where rows are told apart by a parent's id,
leave every parent without children.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .errors import ParserException
from .paging import Page
from .relations import Peers
from .state import EntityState

if TYPE_CHECKING:
    from .entity import Entity
    from .expr import Condition
    from .query import Query

__all__ = ["asked_ids", "check_ids", "only_record"]


def asked_ids(model: type[Entity], pushed: Iterable[Condition]) -> dict[str, Collection[str]]:
    """The ids that a listing is limited to by the server, by wire name: of the records themselves and of what they
    belong to.

    pushed: the conditions that the server filters exactly. Only equality counts, and only of ids: other values may be
    written otherwise in an answer than in a question.
    """
    fields = {"id", *(relation.by for relation in model.__model__.relations.values() if relation.own_field)}
    found: dict[str, Collection[str]] = {}
    for condition in pushed:
        if condition.field.name in fields and condition.op in ("==", "in"):
            values = condition.value if condition.op == "in" else (condition.value,)
            found[condition.field.wire] = {_plain(value) for value in values}
    return found


def check_ids(page: Page, asked: Mapping[str, Collection[str]]) -> Page:
    """The page, once none of its rows shows another id than those asked for; else a `ParserException`. Rows that do not
    show an id tell nothing."""
    for wire, ids in asked.items():
        for row in page.rows:
            told = row.get(wire)
            if told not in (None, "") and _plain(told) not in ids:
                raise ParserException(f"the answer is about other records: {wire} {told}, which was not asked for")
    return page


def only_record(query: Query[Any], entity_id: Any, page: Page) -> Page:
    """The page of one record, once it is the one that was asked for: a `ParserException` else."""
    for row in page.rows[:1]:
        told, found = row.get("id"), query.model.__model__.wrap(row, Peers(None, page.rows))
        asked = f"{query.model.__model__.type} {entity_id}"
        if not isinstance(found, query.model) or (told is not None and not _same_id(query.model, told, entity_id)):
            raise ParserException(
                f"the answer is about another record, {EntityState(found).label}: {asked} was asked for"
            )
    return page


def _same_id(model: type[Entity], told: Any, asked: Any) -> bool:
    """Whether two ids are the same, as number or text, in whatever case."""
    if _plain(told) == _plain(asked):
        return True
    field = model.__model__.fields.get("id")
    try:
        return field is not None and str(field.accept(asked)) == str(told)
    except (ValueError, TypeError):
        return False


def _plain(value: Any) -> str:
    """An id as text without space around it, in lower case: some platforms take it in any."""
    return str(value).strip().casefold()
