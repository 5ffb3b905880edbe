"""Target dimensions: the regions, browsers or devices that a strategy includes and excludes.

Source: wire.md sections 4, 5 and 7; entities.json, TargetDimension.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar
from warnings import warn

from adplatforms.core.changes import Change
from adplatforms.core.entity import Entity
from adplatforms.core.errors import InvalidValueError
from adplatforms.core.fields import Field, Object
from adplatforms.core.messages import Pairs
from adplatforms.core.relations import Peers, Ref

from ..asked import check_ids
from ..entities.base import SubEntity, T1Entity
from ..forms import id_of, ids_of

__all__ = ["ParentRef", "TargetCalls", "TargetValues"]

E = TypeVar("E", bound=Entity)


class TargetValues(Object):
    """The target values on one side of a dimension: a list of `TargetValue`. Set it from these or from ids; a change
    of the list in place is noticed."""

    type_name = "list of target values"

    def load(self, value: Any) -> list[Any]:
        """Rows as entities."""
        return _target_values(value, None)

    def dump(self, value: Any) -> list[Any]:
        return [dict(each.raw) if isinstance(each, Entity) else {"id": id_of(each, "target_value")} for each in value]

    def accept(self, value: Any) -> list[Any]:
        if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
            raise ValueError("expected a list of target values or ids")
        listed = list(value)
        ids_of(listed, "target_value")
        return self.load(self.dump(listed))

    def _getter(self) -> Callable[[Entity], Any]:
        def get(entity: Entity) -> Any:
            memo = entity._memo()
            if self.name not in memo:
                if self.wire not in entity._values:
                    raise entity._not_loaded(self)
                memo[self.name] = _target_values(entity._values[self.wire] or (), entity._peers.session)
            return memo[self.name]

        return get

    def __set__(self, entity: Entity, value: Any) -> None:
        Field.__set__(self, entity, value)


class ParentRef(Ref[E]):
    """The entity that a sub-entity was read as a child of."""

    def _rows(self, entity: Any) -> tuple[Any, Peers]:
        if self.key in entity._raw:
            return super()._rows(entity)
        found = self._loader(entity).get(entity.parent, entity.parent_id)
        return found._raw, found._peers


class TargetCalls(SubEntity):
    """What a target dimension does: values are added to and removed from its two lists, then saved as a whole."""

    _versioned = False

    def _lacks_base(self) -> bool:
        """T1 replaces both lists: where one was never read, a save would empty it."""
        return self._raw.get("id") is not None and not {"include", "exclude"} <= self._raw.keys()

    def add(self, group: Any, target: Any, *, check: bool = True) -> None:
        """Adds target values to a side, not yet saved: ``region.add(region.include, 251)``.

        group: `include` or `exclude`, the list or its name. target: an id or a `TargetValue`, or several. Values given
        by id are loaded from T1 (``GET target_values/{id}``), which refuses those that do not exist; with
        ``check=False`` they are taken as they are, without a request.
        """
        listed = self._side(group)
        found = [self._value(each, check) for each in _several(target)]
        present = set(ids_of(listed, "target_value"))
        listed.extend(each for each in found if each.id not in present)

    def remove(self, group: Any, target: Any) -> None:
        """Removes target values from a side, not yet saved; an `InvalidValueError` when one is not there."""
        listed = self._side(group)
        gone = ids_of(target, "target_value")
        present = ids_of(listed, "target_value")
        unknown = [str(each) for each in gone if each not in present]
        if unknown:
            raise InvalidValueError(f"target value {', '.join(unknown)} is not in this list")
        listed[:] = [each for each in listed if id_of(each, "target_value") not in gone]

    def add_to(self, group: Any, target: Any) -> None:
        """`add`, by its old classic name."""
        warn("add_to is deprecated: call add", DeprecationWarning, stacklevel=2)
        self.add(group, target)

    def remove_from(self, group: Any, target: Any) -> None:
        """`remove`, by its old classic name."""
        warn("remove_from is deprecated: call remove", DeprecationWarning, stacklevel=2)
        self.remove(group, target)

    def _side(self, group: Any) -> list[Any]:
        side = getattr(self, group) if group in ("include", "exclude") else group
        if not isinstance(side, list):
            raise InvalidValueError(f"a side of a target dimension is include or exclude, not {group!r}")
        return side

    def _value(self, target: Any, check: bool) -> Any:
        if isinstance(target, T1Entity):
            id_of(target, "target_value")
            return target
        if check:
            return self._attached("load a target value from").get("target_values", id_of(target, "target_value"))
        row = {"entity_type": "target_value", "id": id_of(target, "target_value")}
        return T1Entity._wrap(row, Peers(self._peers.session, [row]))

    def save(
        self,
        data: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        url: str | None = None,
        **options: Any,
    ) -> dict[str, Change]:
        """As `T1Entity.save`. Both lists are sent, and replace what T1 has; an `APIError` says so where its answer
        shows others."""
        pending = dict(data) if data is not None else self._pending()
        asked = {side: set(ids_of(pending[side], "target_value")) for side in ("include", "exclude") if side in pending}
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
        sides = {side: values.get(side, self._loaded(side, [])) for side in ("include", "exclude")}
        form = [(side, str(number)) for side, listed in sides.items() for number in ids_of(listed, "target_value")]
        form += [(name, str(value)) for name, value in values.items() if name not in sides]
        return tuple(form)


def _target_values(rows: Iterable[Any], session: Any) -> list[Any]:
    typed = [{"entity_type": "target_value", **row} for row in rows]
    return [T1Entity._wrap(row, Peers(session, [row])) for row in typed]


def _several(target: Any) -> Iterator[Any]:
    many = isinstance(target, Iterable) and not isinstance(target, (str, bytes, Entity))
    yield from target if many else [target]
