"""Permissions: which organizations, agencies and advertisers a user may see or edit, and the user's flags.

Source: wire.md sections 4, 7 and 11; entities.json, Permission.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.changes import Change
from adplatforms.core.errors import APIError, ClientError, InvalidValueError, did_you_mean
from adplatforms.core.fields import Field, Int, Object
from adplatforms.core.messages import Pairs

from ..entities.base import SubEntity
from ..forms import ids_of
from ..state import T1State
from ..write import check_ids

if TYPE_CHECKING:
    from adplatforms.core.entity import Entity

__all__ = ["Access", "AccessIds", "Flag", "PermissionOperations"]

LEVELS = ("advertiser", "agency", "organization")
"""The levels on which access is given, from the lowest to the highest."""

_ID_FIELDS = tuple(f"{level}_id" for level in LEVELS)
# XML has them as text, and JSON the ids of access too (wire.md section 6).
_NUMBERS = ("id", "agency_id", "organization_id", "child_count")


class Flag(Int):
    """A right of the user: 1 or 0; True and False are taken too."""

    def accept(self, value: Any) -> int:
        """1 or 0, of these, of True and False, or of their text."""
        if isinstance(value, bool):
            return int(value)
        return super().accept(value)


class Access(Object):
    """What a user may access on one level: a dict by id, or None where nothing is given.

    Each value has `id`, `name`, `value` ("r" read, "w" write), `dmp_enabled`, and the ids of the levels above.
    """

    type_name = "access by id"

    def load(self, value: Any) -> dict[int, dict[str, Any]]:
        """Ids as numbers, in both formats."""
        return {int(number): _with_numbers(access) for number, access in value.items()}


def _with_numbers(access: Mapping[str, Any]) -> dict[str, Any]:
    """An entry with its ids and counts as numbers: XML has them as text."""
    numbers = {name: int(access[name]) for name in _NUMBERS if access.get(name) is not None}
    return {**access, **numbers}


class AccessIds(Field[Any]):
    """The ids on one level. Set it, or pass it to `save`, to give T1 another list than the one in the dict."""

    type_name = "list of ids"
    operators = ""

    def load(self, value: Any) -> Any:
        """As it was set."""
        return list(value)

    def accept(self, value: Any) -> Any:
        """Whole numbers, of ids or entities of the level."""
        return ids_of(value, self.wire.removesuffix("_id"))

    def _getter(self) -> Callable[[Entity], Any]:
        """Reads the list that was set, else the ids of the dict."""
        wire, level = self.wire, self.wire.removesuffix("_id")

        def get(entity: Entity) -> Any:
            values = T1State(entity).values
            if wire in values:
                return list(values[wire])
            if level not in values:
                return []
            return sorted(getattr(entity, level) or ())

        return get


class PermissionOperations(SubEntity):
    """Extra operations of a user's permissions: ids are added and removed, then saved as complete lists.

    `add` and `remove` change the three dicts `advertiser`, `agency` and `organization` here; `save` sends their ids,
    which replace what the user has. Source: wire.md sections 4 and 7.
    """

    # Permissions have no version: who saves last wins.
    _versioned = False
    advertiser: Any
    agency: Any
    organization: Any

    def _lacks_base(self) -> bool:
        """T1 replaces all three lists: where one was never read, a save would take it away."""
        return self._raw.get("id") is not None and not self._raw.keys() >= set(LEVELS)

    def add(self, entity: str, item: Any, value: str = "w") -> None:
        """Gives access to an id, or several, not yet saved. entity: "advertiser", "agency" or "organization".

        `value` ("w" or "r") shows in the dict; T1 takes ids only.
        """
        access = dict(self._level(entity) or {})
        for number in ids_of(item, entity, required=True):
            access.setdefault(number, {"id": number, "value": value})
        setattr(self, entity, access)

    def remove(self, entity: str, item: Any) -> None:
        """Takes the access to an id, or several, and to all below it: an agency's advertisers, an organization's
        agencies and their advertisers. Not yet saved. An `InvalidValueError` for an id that is not there."""
        access = self._level(entity) or {}
        gone = ids_of(item, entity, required=True)
        unknown = [str(number) for number in gone if number not in access]
        if unknown:
            raise InvalidValueError(f"{self._label()} has no {entity} {', '.join(unknown)}")
        self._drop(entity, gone)

    def _drop(self, level: str, gone: Iterable[int]) -> None:
        """Takes ids off a level, and off the levels below what is in them."""
        gone = set(gone)
        access = self._level(level)
        if access:
            setattr(self, level, {number: entry for number, entry in access.items() if number not in gone})
        # As the classic SDK does (wire.md section 7): taking an organization off cascades twice.
        for lower in LEVELS[: LEVELS.index(level)]:
            entries = self._level(lower) or {}
            orphans = [number for number, entry in entries.items() if entry.get(f"{level}_id") in gone]
            if orphans:
                self._drop(lower, orphans)

    def _level(self, level: str) -> dict[int, dict[str, Any]] | None:
        """The entries of a level by id; None where there are none, or where they were never read."""
        if level not in LEVELS:
            message = f"permissions are for {', '.join(LEVELS)}, not {level!r}"
            raise ClientError(message, hint=did_you_mean(level, LEVELS))
        if level not in self._values:
            return None
        return getattr(self, level)  # type: ignore[no-any-return]

    def save(
        self,
        data: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        url: str | None = None,
        **options: Any,
    ) -> dict[str, Change]:
        """Sends the ids of all three levels, which replace what the user has, when one of them changed.

        data: ``{"advertiser_id": [6, 7]}`` sends just these lists. Changed flags (role, scope, edit_campaigns, ...)
        go to the user's own record, which is loaded for its version: T1 does not take them here. An empty level sends
        no key: an `APIError` says so when T1 kept what was there. Returns what was sent. When the call for the flags
        fails, they stay pending.
        """
        values = self._to_save(data)
        if not values and data is None and not extra:
            self._warn_unchanged()
        lists = {name: value for name, value in values.items() if name.removesuffix("_id") in LEVELS}
        flags = {name: value for name, value in values.items() if name not in lists}
        user = self._user_with(flags)
        if data is None and lists:
            extra = {**self._other_lists(lists), **(extra or {})}
        sent: dict[str, Change] = {}
        if lists or extra:
            sent = super().save(lists, extra, url, **options)
        self._check_emptied(lists)
        for name, wanted in lists.items():
            level = name.removesuffix("_id")
            shown = self._level(level) if sent else None
            check_ids(self, f"access to {level}", map(int, wanted or ()), shown)
        # The flags go last: where the lists are refused, nothing has changed.
        if user is not None:
            user.save()
            sent = {**sent, **self._take_flags(flags)}
        return sent

    def _to_save(self, data: Mapping[str, Any] | None) -> dict[str, Any]:
        """The values that a save is for, by Python name. Where there are any, the lists are read first."""
        if data is None and self._pending():
            self._load_base()
        if data is None:
            return self._pending()
        if data:
            self._load_base()
        return dict(data)

    def _other_lists(self, lists: Mapping[str, Any]) -> dict[str, Any]:
        """The ids of the levels that did not change: T1 replaces all levels, so they go along."""
        changed = {name.removesuffix("_id") for name in lists}
        others = {f"{level}_id": getattr(self, f"{level}_id") for level in LEVELS if level not in changed}
        return {name: ids for name, ids in others.items() if ids}

    def _check_emptied(self, lists: Mapping[str, Any]) -> None:
        """An empty list has no form that T1 is known to take: what it kept must not look as if it were gone."""
        for name in [name for name, wanted in lists.items() if not wanted]:
            level = name.removesuffix("_id")
            left = self._level(level)
            if left:
                numbers = ", ".join(map(str, sorted(left)))
                raise APIError(
                    f"{self._label()} still has {level} {numbers}: T1 takes no empty list for a level",
                    hint="leave one on this level, or change the user's scope",
                )

    def _user_with(self, flags: Mapping[str, Any]) -> Any:
        """The user's own record with the flags set, not yet saved; None without flags."""
        for name in flags:
            if name not in self.__model__.fields:
                message = f"permissions have no {name!r}"
                raise ClientError(message, hint=did_you_mean(name, self.__model__.fields))
        if not flags:
            return None
        user = self._attached("save flags to").get("users", self.parent_id)
        user.set(flags)
        return user

    def _take_flags(self, flags: Mapping[str, Any]) -> dict[str, Change]:
        """Notes that flags were saved; what changed."""
        old = {name: self._loaded(name) for name in flags}
        # The permissions were not read again: their flags are what the user's record has now.
        row = dict(self._raw)
        for name, value in flags.items():
            row[name] = int(value) if isinstance(value, bool) else value
        pending = {name: value for name, value in self._pending().items() if name not in flags}
        self._renew(row, pending)
        return {name: Change(old[name], self._loaded(name)) for name in flags}

    def _body(self, values: Mapping[str, Any], version: Any) -> Pairs:
        """The ids of the levels that are sent; all levels where something else is among the values."""
        names: Iterable[str] = values
        if not values.keys() <= set(_ID_FIELDS):
            names = _ID_FIELDS
        return tuple((name, str(number)) for name in names for number in getattr(self, name))

    def _generate_save_data(self, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What a save of the classic SDK sends: all values, and the ids of each level that there are."""
        if data is not None:
            return dict(data)
        levels = {f"{level}_id": self._level(level) for level in LEVELS}
        values = {name: value for name, value in self.to_dict().items() if name not in (*LEVELS, *_ID_FIELDS)}
        return {**values, **{name: list(ids) for name, ids in levels.items() if ids is not None}}

    def _own_id(self) -> None:
        """The URL ends with the user's."""
