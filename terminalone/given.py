"""Records that were not read: built with an id among their values, or known by their id alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import UnchangedWarning, warn
from adplatforms.core.ids import id_of
from adplatforms.core.reference import NewRow, ReferenceRow
from adplatforms.core.relations import Peers, Ref, Row

from .model import T1Model

if TYPE_CHECKING:
    from adplatforms.core.entity import Entity

    _Base = Entity
else:
    _Base = object

__all__ = ["GivenRow", "GivenValues", "NewPartialRow", "PartialRow"]

_NAMES_ONLY_THE_RECORD = {"id", "version", "parent", "parent_id"}
"""Values that say which record is meant, and nothing of what is in it."""


class PartialRow(Row):
    """A row that is not complete although it holds the version: that was set here, not read."""


class NewPartialRow(NewRow, PartialRow):
    """Such a row of a new record."""


class GivenRow(PartialRow):
    """The values that a caller gave along with an id."""


class GivenValues(_Base):
    """The part of a T1 entity that deals with an id the caller gives.

    ``t1.new("campaign", properties={"id": 90, ...})`` stands for campaign 90 as it is, and so does a reference. T1
    wants the version with every update (wire.md section 4): a reference reads it before its first save.
    """

    __slots__ = ()

    if TYPE_CHECKING:
        __model__: T1Model  # type: ignore[misc]  # a class attribute there

    def _refer(self, given: Mapping[str, Any]) -> None:
        """As in the classic SDK, what is given along with an id counts as loaded: a save sends what is set later."""
        row: Row = GivenRow()
        if given.keys() <= _NAMES_ONLY_THE_RECORD:
            row = ReferenceRow()  # saving it reads the record first; with values the row is what the caller says
        attributes = {}
        for name, value in given.items():
            relation = self.__model__.relations.get(name)
            field = self.__model__.fields.get(name)
            # A parent may be given as an entity; the row holds its id.
            if isinstance(relation, Ref) and relation.by:
                field = self.__model__.fields[relation.by]
                value = None if value is None else id_of(value, relation.target, name)
            if field is not None:
                checked = None if value is None else field.check(value, self.__model__.name)
                row[field.wire] = None if checked is None else field.dump(checked)
            elif relation is not None or hasattr(type(self), name):
                # parent and parent_id, say: where the record is, and not what is in it
                attributes[name] = value
            else:
                row[name] = value
        # Peers of its own: it came in no page, so nothing is loaded for others along with it.
        self._reset(row, Peers(self._peers.session, [row]))
        for name, value in attributes.items():
            setattr(self, name, value)

    def _warn_unchanged(self) -> None:
        """Says so where a save sends nothing of what was given along with an id: it may be meant for a copy."""
        if isinstance(self._raw, GivenRow):
            warn(
                f"{self._label()} was not saved: nothing differs from the values that were given along with its id, "
                "which count as loaded (for a new record leave the id out, or start with other.as_new(); to change "
                "this one, set values afterwards)",
                UnchangedWarning,
            )

    def _lacks_base(self) -> bool:
        """Whether a save needs the record's version, or its lists, before it can send anything."""
        if not isinstance(self._raw, ReferenceRow) or not self.__model__.versioned:
            return False
        return self._raw.get("id") is not None and self._raw.get("version") is None

    def _load_base(self) -> None:
        """Reads what a save is based on where nothing of the record was read, in one call; what is set stays set."""
        if self._lacks_base():
            self.refresh()
