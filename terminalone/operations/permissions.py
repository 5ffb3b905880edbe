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

from ..asked import check_ids
from ..entities.base import SubEntity
from ..forms import ids_of

if TYPE_CHECKING:
    from adplatforms.core.entity import Entity

__all__ = ["Access", "AccessIds", "Flag", "PermissionCalls"]

LEVELS = ("advertiser", "agency", "organization")
_IDS = ("id", "agency_id", "organization_id", "child_count")


class Flag(Int):
    """A right of the user: 1 or 0; True and False are taken too."""

    def accept(self, value: Any) -> int:
        return int(value) if isinstance(value, bool) else super().accept(value)


class Access(Object):
    """What a user may access on one level: a dict by id, or None where nothing is given.

    Each value has `id`, `name`, `value` ("r" read, "w" write), `dmp_enabled`, and the ids of the levels above.
    """

    type_name = "access by id"

    def load(self, value: Any) -> dict[int, dict[str, Any]]:
        """Ids as numbers, in both formats."""
        return {
            int(number): {k: int(v) if k in _IDS and v is not None else v for k, v in access.items()}
            for number, access in value.items()
        }


class AccessIds(Field[Any]):
    """The ids on one level. Set it, or pass it to `save`, to give T1 another list than the one in the dict."""

    type_name = "list of ids"
    operators = ""

    def load(self, value: Any) -> Any:
        """As it was set."""
        return list(value)

    def accept(self, value: Any) -> Any:
        return ids_of(value, self.wire.removesuffix("_id"))

    def _getter(self) -> Callable[[Entity], Any]:
        level = self.wire.removesuffix("_id")

        def get(entity: Entity) -> Any:
            if self.wire in entity._values:
                return list(entity._values[self.wire])
            return sorted((getattr(entity, level) if level in entity._values else None) or ())

        return get


class PermissionCalls(SubEntity):
    """What a user's permissions do: ids are added and removed, then saved as complete lists."""

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
        gone = set(gone)
        access = self._level(level)
        if access:
            setattr(self, level, {number: told for number, told in access.items() if number not in gone})
        for below in LEVELS[: LEVELS.index(level)]:
            told = self._level(below) or {}
            orphans = [number for number, access in told.items() if access.get(f"{level}_id") in gone]
            if orphans:
                self._drop(below, orphans)

    def _level(self, level: str) -> dict[int, dict[str, Any]] | None:
        if level not in LEVELS:
            raise ClientError(
                f"permissions are for {', '.join(LEVELS)}, not {level!r}", hint=did_you_mean(level, LEVELS)
            )
        return getattr(self, level) if level in self._values else None

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
        pending = dict(data) if data is not None else self._pending()
        if pending:
            self._load_base()
            pending = dict(data) if data is not None else self._pending()
        elif data is None and not extra:
            self._warn_unchanged()
        lists = {name: value for name, value in pending.items() if name.removesuffix("_id") in LEVELS}
        flags = {name: value for name, value in pending.items() if name not in lists}
        unknown = [name for name in flags if name not in self._fields]
        if unknown:
            raise ClientError(f"permissions have no {unknown[0]!r}", hint=did_you_mean(unknown[0], self._fields))
        user = self._user(flags) if flags else None
        if data is None and lists:  # T1 replaces all levels: those that did not change go along
            named = {name.removesuffix("_id") for name in lists}
            rest = {f"{level}_id": getattr(self, f"{level}_id") for level in LEVELS if level not in named}
            extra = {**{name: ids for name, ids in rest.items() if ids}, **(extra or {})}
        sent = super().save(lists, extra, url, **options) if lists or extra else {}
        self._check_emptied(lists)
        for name, wanted in lists.items():
            level = name.removesuffix("_id")
            shown = self._level(level) if sent else None
            check_ids(self, f"access to {level}", map(int, wanted or ()), shown)
        if user is not None:
            user.save()
            sent = {**sent, **self._take_flags(flags)}
        return sent

    def _check_emptied(self, lists: Mapping[str, Any]) -> None:
        """An empty list has no form that T1 is known to take: what it kept must not look as if it were gone."""
        for name, wanted in lists.items():
            level = name.removesuffix("_id")
            kept = None if wanted else self._level(level)
            if kept:
                numbers = ", ".join(map(str, sorted(kept)))
                raise APIError(
                    f"{self._label()} still has {level} {numbers}: T1 takes no empty list for a level",
                    hint="leave one on this level, or change the user's scope",
                )

    def _user(self, flags: Mapping[str, Any]) -> Any:
        """The user's own record with the flags set, not yet saved."""
        user = self._attached("save flags to").get("users", self.parent_id)
        user.set(flags)
        return user

    def _take_flags(self, flags: Mapping[str, Any]) -> dict[str, Change]:
        old = {name: self._loaded(name) for name in flags}
        shown = {name: int(value) if isinstance(value, bool) else value for name, value in flags.items()}
        pending = {name: value for name, value in self._pending().items() if name not in flags}
        self._renew({**self._raw, **shown}, pending)
        return {name: Change(old[name], self._loaded(name)) for name in flags}

    def _body(self, values: Mapping[str, Any], version: Any) -> Pairs:
        given = [name for name in values if name in {f"{level}_id" for level in LEVELS}]
        names = given if len(given) == len(values) else [f"{level}_id" for level in LEVELS]
        return tuple((name, str(number)) for name in names for number in getattr(self, name))

    def _own_id(self) -> None:
        """The URL ends with the user's."""
