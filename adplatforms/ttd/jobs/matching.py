"""Which record of a job's result is which of the entities that were submitted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsError
from adplatforms.core.state import EntityState

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["Matching", "Member"]

T = TypeVar("T")
Row = dict[str, Any]
_ByPlace = dict[int, Row]
"""Rows by the position of the member that they belong to."""


class Member(NamedTuple):
    """An entity that was submitted, and the values that were, by Python name."""

    entity: Entity
    sent: dict[str, Any]


class Matching:
    """Which row of a result belongs to which member: by id, or for new records by parent and name.

    A name that stands for several is never guessed at: a wrong guess would give a record the id of another one.
    """

    def __init__(self, session: TTD, model: type[Entity], members: tuple[Member, ...], rows: list[Row]) -> None:
        self._session, self._model, self._members, self._rows = session, model, members, rows
        declared = model.__model__
        self._parent = next(iter(declared.natural_key), "")
        self._parent_wire = declared.fields[self._parent].wire

    def found(self) -> tuple[_ByPlace, list[Row]]:
        """The rows by the position of their member, and those that belong to none."""
        # As text: flights and some others have numbers, which a surface may send as text.
        by_id = {str(row["id"]): row for row in self._rows}
        known: _ByPlace = {}
        new: dict[int, Member] = {}
        for position, member in enumerate(self._members):
            state = EntityState(member.entity)
            if state.is_new:
                new[position] = member
            elif str(state.id) in by_id:
                known[position] = by_id.pop(str(state.id))
        left = list(by_id.values())
        if new and left:
            self._read_parents(list(new.values()), left)
            known |= self._by_name(new, left)
        taken = {str(row["id"]) for row in known.values()}
        return known, [row for row in left if str(row["id"]) not in taken]

    def _by_name(self, new: dict[int, Member], rows: list[Row]) -> _ByPlace:
        """The rows of new members, by parent and name; by name alone where nothing tells the parent."""
        members = _unique(new.items(), lambda item: (item[1].sent.get(self._parent), item[1].sent.get("name")))
        members_by_name = _unique(new.items(), lambda item: item[1].sent.get("name"))
        row_names = _unique(rows, lambda row: row.get("name"))
        known: _ByPlace = {}
        for (parent, name), row in _unique(rows, self._key_of_row).items():
            item = members.get((parent, name))
            # Nothing tells whose the row is: its name has to be the only one, among rows and among members.
            if parent is None and name in row_names:
                item = members_by_name.get(name)
            if item is not None:
                known[item[0]] = row
        return known

    def _key_of_row(self, row: Row) -> tuple[Any, Any]:
        return row.get(self._parent_wire), row.get("name")

    def _read_parents(self, new: list[Member], rows: list[Row]) -> None:
        """Reads whose the rows are, where their names do not tell: the answers of Workflows leave an advertiser out."""
        short = [row for row in rows if row.get(self._parent_wire) is None]
        parents_of: dict[Any, set[Any]] = {}
        for member in new:
            parents_of.setdefault(member.sent.get("name"), set()).add(member.sent.get(self._parent))
        # One more call, and only where two members have the same name under different parents.
        ambiguous = any(len(parents) > 1 for parents in parents_of.values())
        if not short or not ambiguous:
            return
        try:
            query = self._session.query(self._model).where(id=[str(row["id"]) for row in short])
            states = [EntityState(entity) for entity in query]
        except AdPlatformsError:
            return  # what cannot be told apart is reported as unclear
        parents = {str(state.id): state.loaded(self._parent) for state in states}
        for row in short:
            parent = parents.get(str(row["id"]))
            if parent is not None:
                row[self._parent_wire] = parent


def _unique(items: Iterable[T], key: Callable[[T], Any]) -> dict[Any, T]:
    """By their key, those of which there is one only."""
    groups: dict[Any, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return {found: group[0] for found, group in groups.items() if len(group) == 1}
