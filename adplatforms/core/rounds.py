"""The order of `save_all`: what has to wait for what, and what has become of each record so far."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from .creating import interrupted
from .entity import Entity
from .errors import AdPlatformsError, AmbiguousWrite, ClientError, DetachedError
from .saving import SaveResult
from .state import EntityState
from .unsaved import named, parents_without_id

__all__ = ["Progress", "in_rounds"]


def in_rounds(members: Sequence[Entity]) -> list[list[int]]:
    """The indexes of entities in rounds: those of one round can be saved side by side, once those before are saved.

    A record that is given several times is in a round of its own each time, in the order given. New children come after
    their parents, wherever these stand.
    """
    latest: dict[Hashable, int] = {}
    waits: list[set[int]] = []
    by_object: dict[int, int] = {}
    for index, entity in enumerate(members):
        record = _record_of(entity)
        waits.append({latest[record]} if record in latest else set())
        latest[record] = index
        by_object.setdefault(id(entity), index)
    for index, entity in enumerate(members):
        waits[index] |= _parents_among(entity, by_object, latest) - {index}
    rounds: list[list[int]] = []
    rest = list(range(len(members)))
    done: set[int] = set()
    while rest:
        ready = [index for index in rest if waits[index] <= done]
        # Each other's parents: their own saves say what is wrong.
        if not ready:
            ready = rest
        rounds.append(ready)
        done.update(ready)
        rest = [index for index in rest if index not in done]
    return rounds


def _record_of(entity: Entity) -> Hashable:
    """What is the same for two entities of one record; of new ones, for the same object."""
    state = EntityState(entity)
    if state.is_new:
        return id(entity)
    return state.model.type, str(state.id)


def _parents_among(entity: Entity, by_object: dict[int, int], latest: dict[Hashable, int]) -> set[int]:
    """The indexes of the parents of a new record, as far as they are saved by the same call."""
    state = EntityState(entity)
    if not state.is_new:
        return set()
    found = {by_object.get(id(parent)) for _, parent in parents_without_id(entity)}
    for relation in state.model.parents:
        parent_id = state.values.get(relation.by_wire)
        if parent_id is not None:
            found.add(latest.get((relation.target.__model__.type, str(parent_id))))
    return {index for index in found if index is not None}


class Progress:
    """What has become of the records of one `save_all`.

    `found`: the results so far, by index. `begun`: the indexes of those that may have been sent. `closed`: whether the
    session was closed before all were saved.
    """

    def __init__(self, members: Sequence[Entity]) -> None:
        self.members = members
        self.found: dict[int, SaveResult] = {}
        self.begun: set[int] = set()
        self.closed = False

    def sendable(self, indexes: Sequence[int]) -> list[int]:
        """Those of some entities that can be sent after what became of the others; the rest have their results now."""
        failed = {id(result.entity): result for result in self.found.values() if result.error is not None}
        if not failed:
            return list(indexes)
        return [index for index in indexes if not self._refuse(index, failed)]

    def _refuse(self, index: int, failed: Mapping[int, SaveResult]) -> bool:
        """Whether an entity is not sent because of what failed, by `id()`; it has its result then."""
        entity = self.members[index]
        error: Exception | None = None
        # Given twice: what failed is not sent again, for it may have been applied.
        if id(entity) in failed:
            error = failed[id(entity)].error
        elif EntityState(entity).is_new:
            for relation, parent in parents_without_id(entity):
                if id(parent) in failed:
                    error = _without_parent(entity, relation.name, failed[id(parent)])
        if error is not None:
            self.found[index] = SaveResult(entity, {}, error)
        return error is not None

    def results(self) -> list[SaveResult]:
        """The results of all, in the order given."""
        return [self.found.get(index) or self._unfinished(index) for index in range(len(self.members))]

    def tell(self, interrupt: BaseException) -> None:
        """Puts the results on the exception that interrupted the call, and how many are what into its text."""
        results = self.results()
        saved = sum(result.error is None for result in results)
        unknown = sum(isinstance(result.error, AmbiguousWrite) for result in results)
        interrupt.results = results  # type: ignore[attr-defined]
        interrupt.add_note(
            f"save_all: {saved} saved, {unknown} unknown, {len(results) - saved - unknown} not sent or refused; "
            "error.results has all. Saved again, what is unknown is looked up first."
        )

    def _unfinished(self, index: int) -> SaveResult:
        """The result of a save that was interrupted, or that was not begun any more."""
        entity = self.members[index]
        error: AdPlatformsError
        if index in self.begun:
            error = interrupted(entity)
        elif self.closed:
            error = DetachedError(f"{EntityState(entity).label} was not saved: the session is closed")
        else:
            why = f"{EntityState(entity).label} was not saved: the call was interrupted before"
            error = ClientError(why, hint="save it again")
        return SaveResult(entity, {}, error)


def _without_parent(entity: Entity, relation: str, parent: SaveResult) -> ClientError:
    """The error of a new record whose parent could not be created."""
    return ClientError(
        f"{named(entity)} was not sent: its {relation}, {named(parent.entity)}, was not saved ({parent.error})",
        hint="save both again",
    )
