"""Records that were not read: built with an id among their values, or known by their id alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from adplatforms.core.errors import UnchangedWarning, warn
from adplatforms.core.reference import ReferenceRow
from adplatforms.core.relations import Peers, Ref, Row

if TYPE_CHECKING:
    from adplatforms.core.entity import Entity

    _Base = Entity
else:
    _Base = object

__all__ = ["GivenValues"]


class GivenValues(_Base):
    """The part of a T1 entity that deals with an id the caller gives.

    ``t1.new("campaign", properties={"id": 90, ...})`` stands for campaign 90 as it is, and so does a reference. T1
    wants the version with every update (wire.md section 4): a reference reads it before its first save.
    """

    __slots__ = ()
    _versioned: ClassVar[bool]

    def _refer(self, given: Mapping[str, Any]) -> None:
        """As in the classic SDK, what is given along with an id counts as loaded: a save sends what is set later."""
        model, attributes = type(self), {}
        alone = given.keys() <= {"id", "version", "parent", "parent_id"}
        row: Row = ReferenceRow() if alone else {}  # one with values is what the caller says: saving it reads nothing
        for name, value in given.items():
            relation = self._relations.get(name)
            field = self._fields.get(name)
            if isinstance(relation, Ref) and relation.by:
                field, value = self._fields[relation.by], relation._id(value)
            if field is not None:
                checked = None if value is None else field.check(value, model.__name__)
                row[field.wire] = None if checked is None else field.dump(checked)
            elif relation is not None or hasattr(model, name):
                attributes[name] = value
            else:
                row[name] = value
        self._reset(row, Peers(self._peers.session, [row]))
        self.__dict__.update(_short=row, _given=row)
        for name, value in attributes.items():
            setattr(self, name, value)

    def _warn_unchanged(self) -> None:
        """Says so where a save sends nothing of what was given along with an id: it may be meant for a copy."""
        if self.__dict__.get("_given") is self._raw and not isinstance(self._raw, ReferenceRow):
            warn(
                f"{self._label()} was not saved: nothing differs from the values that were given along with its id, "
                "which count as loaded (for a new record leave the id out, or start with other.as_new(); to change "
                "this one, set values afterwards)",
                UnchangedWarning,
            )

    def _lacks_base(self) -> bool:
        """Whether a save needs the record's version, or its lists, before it can send anything."""
        unread = isinstance(self._raw, ReferenceRow) and self._raw.get("id") is not None
        return unread and self._versioned and self._raw.get("version") is None

    def _load_base(self) -> None:
        """Reads what a save is based on where nothing of the record was read, in one call; what is set stays set."""
        if self._lacks_base():
            self.refresh()
