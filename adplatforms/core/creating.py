"""What the creates of a session have to know of each other, so that no record is created twice or taken for another.

A create whose answer was lost is found again by its parent and name, and two creates may share them. So an id that one
create was given is not taken by another, and while a second look-alike is under way nobody can tell whose record a look
finds. Between two processes nothing tells look-alikes of the same two seconds apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import ref

from .entity import Entity
from .errors import AmbiguousWrite, ClientError
from .forking import PerProcess
from .runtime import LockOfProcess
from .state import EntityState

__all__ = ["Creates", "Unknown", "interrupted"]


@dataclass(frozen=True)
class Unknown:
    """A write of which nobody knows whether it was applied: the values that were sent (none: a delete), when (UTC), and
    the error that it ended in. given: the id that a create was given, where its answer came and nothing more was done
    with it."""

    values: Mapping[str, Any]
    since: datetime
    error: AmbiguousWrite
    given: Any = None


class Creates:
    """The creates of one session, of all its threads. lock: guards them."""

    def __init__(self, lock: LockOfProcess) -> None:
        self._lock = lock
        # A forked child has none of its parent's saves under way.
        self._under_way = PerProcess(dict[int, Hashable])
        # Never emptied: an answer may come late, at any time. It is a few bytes for each create.
        self._taken: dict[tuple[str, str], Hashable] = {}
        # By `id()`, because a new record has no hash. The id that a create under way was given.
        self._given: dict[int, Any] = {}
        # By `id()` too; the weak reference notices when the number goes to another one.
        # Public, so that a save need not ask about its record while there are none, as is nearly always so.
        self.unsettled: dict[int, tuple[ref[Entity], Unknown]] = {}

    @contextmanager
    def under_way(self, writes: Iterable[tuple[Entity, Mapping[str, Any]]]) -> Iterator[None]:
        """For as long as these are being saved. A new record that is being saved already is a `ClientError`: it would
        be created twice."""
        # Inside of the `try`, so that what was entered before one is refused is taken out again.
        entered: list[tuple[Entity, Mapping[str, Any]]] = []
        try:
            for entity, values in writes:
                # Saved records need no entry: sending an update twice makes nothing twice.
                if EntityState(entity).is_new:
                    self._enter(entity, values, entered)
            yield
        finally:
            # Once more where Ctrl-C comes in between: a record that was left in would be refused for ever.
            try:
                self._leave(entered)
            except BaseException:
                self._leave(entered)
                raise

    def _enter(
        self, entity: Entity, values: Mapping[str, Any], entered: list[tuple[Entity, Mapping[str, Any]]]
    ) -> None:
        """Notes one create that begins; a `ClientError` where the same record is being created already."""
        look = _look_of(entity, values)
        with self._lock():
            if id(entity) in self._under_way():
                raise ClientError(
                    f"{EntityState(entity).label} is being saved by another thread",
                    hint="saving it twice would create it twice",
                )
            entered.append((entity, values))
            self._under_way()[id(entity)] = look

    def _leave(self, entered: Iterable[tuple[Entity, Mapping[str, Any]]]) -> None:
        """Notes creates that have ended."""
        with self._lock():
            for entity, _ in entered:
                self._under_way().pop(id(entity), None)
                self._given.pop(id(entity), None)

    def alike(self, entity: Entity, values: Mapping[str, Any]) -> int:
        """How many creates of the same parent and name are under way, this one included."""
        look = _look_of(entity, values)
        with self._lock():
            return list(self._under_way().values()).count(look)

    def take(self, entity: Entity, values: Mapping[str, Any], entity_id: Any, named: bool = False) -> bool:
        """Gives an id to a create; False where another one has it.

        named: whether an answer showed the name that was sent along with the id: only a look-alike can have got the
        same answer then.
        """
        key, look = (entity.__model__.type, str(entity_id)), _look_of(entity, values)
        with self._lock():
            known = self._taken.get(key)
            if known is not None and (known == look or not named):
                return False
            if id(entity) in self._under_way():
                self._given[id(entity)] = entity_id
            self._taken[key] = look
        return True

    def taken(self, kind: str, entity_id: Any) -> bool:
        """Whether a create of this session was given this id."""
        return (kind, str(entity_id)) in self._taken

    def remember(self, entity: Entity, unknown: Unknown) -> None:
        """Notes that nobody knows whether a record was written: the next save of it looks first."""
        key = id(entity)
        with self._lock():
            # The callback takes no lock: it may run at any moment, in a thread that holds it.
            self.unsettled[key] = ref(entity, lambda _: self.unsettled.pop(key, None)), unknown

    def remember_interrupted(self, writes: Iterable[tuple[Entity, Mapping[str, Any]]], since: datetime) -> None:
        """Notes that nobody knows what became of writes that were interrupted; since: when they began (UTC)."""
        for entity, values in writes:
            self.remember(entity, Unknown(values, since, interrupted(entity), self._given.get(id(entity))))

    def unknown(self, entity: Entity) -> Unknown | None:
        """What is not known of a record's last save; None where that ended well, or was refused."""
        found = self.unsettled.get(id(entity))
        # The number may have been that of an entity that is gone.
        if found is None or found[0]() is not entity:
            return None
        return found[1]

    def forget(self, entity: Entity) -> None:
        """It is known now what became of a record."""
        self.unsettled.pop(id(entity), None)


def interrupted(entity: Entity) -> AmbiguousWrite:
    """The error of a save that was interrupted once it had begun."""
    return AmbiguousWrite(f"the save of {EntityState(entity).label} was interrupted", request=None)


def _look_of(entity: Entity, values: Mapping[str, Any]) -> Hashable:
    """What look-alikes share: the class, the name, and what a lost create is looked for by."""
    names = dict.fromkeys([*entity.__model__.natural_key, "name"])
    return entity.__model__.type, *(str(values.get(name)) for name in names)
