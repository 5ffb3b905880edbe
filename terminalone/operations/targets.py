"""Target dimensions: which target values, such as regions and browsers, a strategy includes and excludes.

Source: wire.md sections 4 and 7; entities.json, TargetDimension.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from warnings import warn

from adplatforms.core.changes import Change
from adplatforms.core.entity import Entity
from adplatforms.core.errors import InvalidValueError
from adplatforms.core.fields import Field, Object
from adplatforms.core.messages import Pairs
from adplatforms.core.relations import Peers, Ref

from ..entities.base import SubEntity, T1Entity
from ..forms import id_of, ids_of, several
from ..state import T1State
from ..write import check_ids

__all__ = ["ParentRef", "TargetOperations", "TargetValues"]

E = TypeVar("E", bound=Entity)
_SIDES = ("include", "exclude")


class TargetValues(Object):
    """The target values on one side of a dimension: a list of `TargetValue`. Set it from these or from ids; a change
    of the list in place is noticed."""

    type_name = "list of target values"

    def load(self, value: Any) -> list[Any]:
        """Rows as entities."""
        return _target_values(value, None)

    def dump(self, value: Any) -> list[Any]:
        """Target values as rows; of an id, a row that has nothing else."""
        return [dict(each.raw) if isinstance(each, Entity) else {"id": id_of(each, "target_value")} for each in value]

    def accept(self, value: Any) -> list[Any]:
        """A list of target values or ids as entities. Raises `ValueError` for what is not a list."""
        if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
            raise ValueError("expected a list of target values or ids")
        items = list(value)
        ids_of(items, "target_value")  # refuses what is neither
        return self.load(self.dump(items))

    def _getter(self) -> Callable[[Entity], Any]:
        """Reads the list, made once: what is added to it in place stays."""

        def get(entity: Entity) -> Any:
            state = T1State(entity)
            cache = state.cache()
            if self.name not in cache:
                if self.wire not in state.values:
                    raise state.not_loaded(self)
                cache[self.name] = _target_values(state.values[self.wire] or (), state.session)
            return cache[self.name]

        return get

    def __set__(self, entity: Entity, value: Any) -> None:
        Field.__set__(self, entity, value)  # not as `Object` does: the list is made anew by `accept`


class ParentRef(Ref[E]):
    """The entity that a sub-entity was read as a child of."""

    def _rows(self, entity: Any) -> tuple[Any, Peers]:
        """The parent as it came along, else read by its collection and id."""
        if self.key in entity.raw:
            return super()._rows(entity)
        parent = T1State(self.loader(entity).get(entity.parent, entity.parent_id))
        return parent.row, parent.peers


class TargetOperations(SubEntity):
    """Extra operations of a target dimension: values are added to and removed from its two lists, then saved together.

    ``region = t1.get("strategies", 7, "region"); region.add("include", 251); region.save()``. T1 replaces both lists
    with what a save sends. Source: wire.md section 4.
    """

    # Target dimensions have no version: who saves last wins.
    _versioned = False

    def _lacks_base(self) -> bool:
        """T1 replaces both lists: where one was never read, a save would empty it."""
        return self._raw.get("id") is not None and not self._raw.keys() >= set(_SIDES)

    def add(self, group: Any, target: Any, *, check: bool = True) -> None:
        """Adds target values to a side, not yet saved: ``region.add(region.include, 251)``.

        group: `include` or `exclude`, the list or its name. target: an id or a `TargetValue`, or several. Values given
        by id are loaded from T1 (``GET target_values/{id}``), which refuses those that do not exist; with
        ``check=False`` they are taken as they are, without a request.
        """
        side = self._side(group)
        found = [self._value(each, check) for each in several(target, required=True)]
        present = set(ids_of(side, "target_value"))
        side.extend(each for each in found if each.id not in present)

    def remove(self, group: Any, target: Any) -> None:
        """Removes target values from a side, not yet saved; an `InvalidValueError` when one is not there."""
        side = self._side(group)
        gone = ids_of(target, "target_value")
        present = ids_of(side, "target_value")
        unknown = [str(number) for number in gone if number not in present]
        if unknown:
            raise InvalidValueError(f"target value {', '.join(unknown)} is not in this list")
        side[:] = [each for each in side if id_of(each, "target_value") not in gone]

    def add_to(self, group: Any, target: Any) -> None:
        """`add`, by its old classic name."""
        warn("add_to is deprecated: call add", DeprecationWarning, stacklevel=2)
        self.add(group, target)

    def remove_from(self, group: Any, target: Any) -> None:
        """`remove`, by its old classic name."""
        warn("remove_from is deprecated: call remove", DeprecationWarning, stacklevel=2)
        self.remove(group, target)

    def _side(self, group: Any) -> list[Any]:
        """One of the two lists, given by its name or as itself."""
        if isinstance(group, str) and group in _SIDES:
            group = getattr(self, group)
        if not isinstance(group, list):
            raise InvalidValueError(f"a side of a target dimension is include or exclude, not {group!r}")
        return group

    def _value(self, target: Any, check: bool) -> Any:
        """A target value as an entity. check: whether an id is looked up."""
        number = id_of(target, "target_value")
        if isinstance(target, T1Entity):
            return target
        # As the classic SDK does for each value (wire.md section 4, TargetDimension.add).
        if check:
            return self._attached("load a target value from").get("target_values", number)
        (value,) = _target_values([{"id": number}], self._peers.session)
        return value

    def save(
        self,
        data: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        url: str | None = None,
        **options: Any,
    ) -> dict[str, Change]:
        """As `T1Entity.save`. Both lists are sent, and replace what T1 has; an `APIError` says so where its answer
        shows others."""
        values = self._pending() if data is None else data
        asked = {side: set(ids_of(values[side], "target_value")) for side in _SIDES if side in values}
        sent = super().save(data, extra, url, **options)
        if not sent or not (self._raw.get("include") or self._raw.get("exclude")):
            return sent  # nothing was sent, or the answer shows neither list
        for side, wanted in asked.items():
            shown = set(ids_of(self._loaded(side, []), "target_value"))
            check_ids(self, f"{side}d target values", wanted, shown)
            check_ids(self, f"the removal of {side}d target values", shown, wanted)
        return sent

    def _body(self, values: Mapping[str, Any], version: Any) -> Pairs:
        """Both lists, complete: T1 replaces what it has. Then the operators that were changed."""
        form: list[tuple[str, str]] = []
        for side in _SIDES:
            ids = ids_of(values.get(side, self._loaded(side, [])), "target_value")
            form += [(side, str(number)) for number in ids]
        form += [(name, str(value)) for name, value in values.items() if name not in _SIDES]
        return tuple(form)


def _target_values(rows: Iterable[Any], session: Any) -> list[Any]:
    """Rows as entities, each without peers: what is loaded for one is not asked for others."""
    typed = [{"entity_type": "target_value", **row} for row in rows]
    return [T1Entity.__model__.wrap(row, Peers(session, [row])) for row in typed]
