"""Thousands of writes through a proxy that breaks things, and the comparison of what was told with what was applied.

What was told is noted operation by operation; what was applied stands in the sandbox's journal, and the proxy knows by
whose request each entry came. `problems` holds the two against each other, and against the rows at the end:

- lost: told as saved, and not applied;
- doubled: created twice, or an update applied again over what somebody else has written since;
- told failed: an error that is not an `AmbiguousWrite`, and applied all the same;
- mixed up: an entity with the id, name or row of another one.
"""

from __future__ import annotations

import random
import warnings
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsError, AmbiguousWrite, SaveAllError
from adplatforms.net.retry import Retry
from adplatforms.net.session import HttpSession
from adplatforms.sandbox import Sandbox

from .breakages import Dice
from .proxy import Exchange, Passed, Proxy
from .surfaces import SURFACES, Surface

__all__ = ["Operation", "Soak", "Wanted"]

POOL = 12
"""Records of each surface to begin with."""
ACTIONS = {"create": 5, "update": 5, "retire": 2, "save_all": 2, "save_many": 1}
"""How often each is done, in proportion."""
TOGETHER = {"save_all": 2, "save_many": 5}
"""So many creates, and as many updates, are saved by one `save_all`: side by side, more than may be under way."""
RIVAL = 0.3
"""How often somebody else writes to a record whose update was applied while its answer was lost."""
SPARED = ("/oauth/token",)
"""Paths that are not broken. A Pinterest refresh token that is lost on its way is lost for good, for anybody."""


@dataclass
class Wanted:
    """One record that an operation is to write: its name afterwards, its id where it had one before, and what the
    caller was told: "saved", "unsure" or "failed". `shown`: the id and the name that the entity had then."""

    entity: Entity
    action: str
    name: str
    id: str | None
    told: str = ""
    error: str = ""
    shown: tuple[str | None, str | None] = (None, None)


@dataclass
class Operation:
    """One call of the client. `broken`: the kinds of what was broken meanwhile."""

    number: int
    surface: str
    action: str
    wanted: list[Wanted]
    broken: list[str] = field(default_factory=list)
    crash: str = ""

    def __str__(self) -> str:
        told = ", ".join(f"{each.action} {each.id or 'new'} {each.name!r} {each.told}" for each in self.wanted)
        return f"operation {self.number}, {self.surface}, {self.action} [{told}] broken: {self.broken}"


class Soak:
    """A run. seed: of all that is chosen. rate: of requests that are broken. kinds: of breakages, all by default.
    surfaces: names in `SURFACES`."""

    def __init__(
        self,
        sandbox: Sandbox,
        seed: int,
        rate: float = 0.08,
        kinds: tuple[str, ...] = (),
        surfaces: Iterable[str] = tuple(SURFACES),
    ) -> None:
        self.sandbox, self.surfaces = sandbox, {name: SURFACES[name] for name in surfaces}
        self.random, self.dice = random.Random(f"what to do {seed}"), Dice(seed, rate, SPARED, kinds)
        self.proxy = Proxy(sandbox.url, sandbox.journal, self._chosen)
        self.proxy.on_lost = self._rival
        self.operations: list[Operation] = []
        self.sessions: dict[str, HttpSession] = {}
        self.others: dict[str, HttpSession] = {}
        self.pools: dict[str, list[Entity]] = {}
        self.removable: dict[str, list[Entity]] = {}
        self.rivals: dict[tuple[str, str], list[tuple[int, str]]] = {}
        self.first_names: dict[tuple[str, str], str] = {}
        self.now = 0.0

    def _sleep(self, seconds: float) -> None:
        self.now += seconds

    def _chosen(self, message: Any) -> Any:
        chosen = self.dice(message)
        if chosen is not None:
            self.operations[-1].broken.append(chosen[0])
        return chosen

    # doing

    def run(self, writes: int) -> None:
        """Writes so many records, in operations by dice."""
        policy = Retry(sleep=self._sleep, clock=lambda: self.now)
        with warnings.catch_warnings(), self.proxy:
            warnings.simplefilter("ignore")
            options = {"retry": policy, "timeout": 30.0}
            opened: dict[Any, tuple[HttpSession, HttpSession]] = {}
            for name, surface in self.surfaces.items():
                if surface.connect not in opened:  # of one sign-in there is one session, for its tokens are used up
                    ours = surface.connect(self.proxy.url, self.sandbox, options)
                    opened[surface.connect] = ours, surface.connect(self.sandbox.url, self.sandbox, {})
                self.sessions[name], self.others[name] = opened[surface.connect]
                self._prepare(name, surface, writes)
            self.proxy.passed.clear()
            self.sandbox.journal.clear()
            self.dice.on, done = True, 0
            while done < writes:
                done += self._operate()
            self.dice.on = False
            self.proxy.flush()
            for session in self.sessions.values():
                session.close()

    def _prepare(self, name: str, surface: Surface, writes: int) -> None:
        made = [surface.new(self.sessions[name], f"{name}, at first {number}") for number in range(POOL)]
        for entity in made:
            entity.save()
            self.first_names[name, str(entity.id)] = str(entity.name)
        self.pools[name] = made
        if surface.removable is not None:
            ready = len(self.removable)
            rows = list(surface.removable(self.sessions[name]).take((ready + 1) * (POOL + writes // 20)))
            self.removable[name] = rows[len(rows) * ready // (ready + 1) :]  # no two surfaces remove the same

    def _operate(self) -> int:
        """One operation of any kind; the number of records that it was to write."""
        name = self.random.choice(list(self.surfaces))
        action = self.random.choices(list(ACTIONS), list(ACTIONS.values()))[0]
        number = len(self.operations)
        operation = Operation(number, name, action, self._wanted(name, action, number))
        if not operation.wanted:
            return 0
        self.operations.append(operation)
        self.proxy.owner = number
        try:
            self._do(operation)
        except Exception as error:  # noqa: BLE001, what is no error of ours is a finding
            operation.crash = f"{type(error).__name__}: {error}"
        for wanted in operation.wanted:
            if wanted.told == "saved" and wanted.action in ("create", "update"):
                self.pools[name].append(wanted.entity)
        return len(operation.wanted)

    def _wanted(self, name: str, action: str, number: int) -> list[Wanted]:
        """The records of an operation, with their changes pending. Each is out of the pool until it is saved."""
        surface, pool = self.surfaces[name], self.pools[name]
        if action == "retire":
            of = self.removable.get(name, pool)
            if not surface.retire[0] or not of:
                return []
            entity = of.pop(0)
            return [Wanted(entity, "retire", str(entity.name), str(entity.id))]
        creates = {"create": 1, **TOGETHER}.get(action, 0)
        updates = min(len(pool), {"update": 1, **TOGETHER}.get(action, 0))
        found = []
        for place in range(creates):
            new = f"Made {number}.{place}"
            found.append(Wanted(surface.new(self.sessions[name], new), "create", new, None))
        for place in range(updates):
            entity, new = pool.pop(0), f"Changed {number}.{place}"
            found.append(Wanted(entity, "update", new, str(entity.id)))
            entity.name = new
        return found

    def _do(self, operation: Operation) -> None:
        first = operation.wanted[0]
        if operation.action not in TOGETHER:
            call = getattr(
                first.entity,
                self.surfaces[operation.surface].retire[0] if first.id and operation.action == "retire" else "save",
            )
            _tell(first, _error(call))
            return
        try:
            results = self.sessions[operation.surface].save_all([each.entity for each in operation.wanted])
        except SaveAllError as error:
            results = list(error.results)
        for wanted, result in zip(operation.wanted, results, strict=True):
            _tell(wanted, result.error)

    def _rival(self, exchange: Exchange) -> None:
        """Somebody else changes a record right after a lost update of it was applied."""
        if not isinstance(exchange.owner, int) or exchange.message.method == "GET":
            return
        operation, applied = self.operations[exchange.owner], self.proxy.passed[-1].journal
        ids = {entry.id for entry in applied if entry.action == "update"}
        changed = [each for each in operation.wanted if each.action == "update" and each.id in ids]
        if not changed or self.random.random() >= RIVAL:
            return
        wanted = self.random.choice(changed)
        before, name = len(self.sandbox.journal), f"Somebody else's {operation.number}"
        other = self.others[operation.surface].get(type(wanted.entity), wanted.id)
        other.name = name
        other.save()
        entries = self.sandbox.journal[before:]
        self.proxy.passed.append(Passed((operation.number, name), exchange.message, entries, 200))

    # judging

    def problems(self) -> list[str]:
        """What must not be, in words; empty when all is well."""
        return list(_Judge(self).problems())

    def told(self) -> Counter[str]:
        """How often callers were told what."""
        return Counter(each.told for operation in self.operations for each in operation.wanted)


def _error(call: Any) -> Exception | None:
    try:
        call()
    except AdPlatformsError as error:
        return error
    return None


def _tell(wanted: Wanted, error: Exception | None) -> None:
    wanted.told = "saved" if error is None else "unsure" if isinstance(error, AmbiguousWrite) else "failed"
    wanted.error = "" if error is None else f"{type(error).__name__}: {error}"
    shown = wanted.entity.to_dict()
    wanted.shown = str(shown["id"]) if shown.get("id") is not None else None, shown.get("name")


class _Judge:
    """Holds what was told against what was applied."""

    def __init__(self, soak: Soak) -> None:
        self.soak = soak
        self.all = [wanted for operation in soak.operations for wanted in operation.wanted]
        self.applied: dict[int, list[tuple[int, str, str, str]]] = {}
        """By operation: place in the order of all that was applied, action, kind and id."""
        self.writers: dict[tuple[str, str, str], list[tuple[int, Any]]] = {}
        """By platform, kind and id: who changed it, in order: the number of an operation, or a rival's name."""
        place = 0
        for passed in soak.proxy.passed:
            for entry in passed.journal:
                place += 1
                key = (entry.platform, entry.kind, entry.id)
                self.writers.setdefault(key, []).append((place, passed.owner))
                if isinstance(passed.owner, int):
                    self.applied.setdefault(passed.owner, []).append((place, entry.action, entry.kind, entry.id))

    def problems(self) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.rows = {
                name: {str(row.id): str(row.name) for row in surface.listing(self.soak.others[name])}
                for name, surface in self.soak.surfaces.items()
            }
        for operation in self.soak.operations:
            if operation.crash:
                yield f"crash: {operation.crash}: {operation}"
            for problem in self._operation(operation):
                yield f"{problem}: {operation} {[each.error for each in operation.wanted if each.error]}"
        yield from self._rows()

    def _operation(self, operation: Operation) -> Any:
        surface = self.soak.surfaces[operation.surface]
        entries = self.applied.get(operation.number, [])
        kinds = (surface.kind, surface.removable_kind)
        entries = [entry for entry in entries if entry[2] in kinds]
        created = [id for _, action, _, id in entries if action == "create"]
        ours = {each.id for each in operation.wanted} | set(created)
        if foreign := [id for *_, id in entries if id not in ours]:
            yield f"mixed up: {foreign} were changed"
        yield from self._creates(operation, created)
        for wanted in operation.wanted:
            if wanted.action != "create":
                yield from self._change(surface, wanted, [entry for entry in entries if entry[3] == wanted.id])

    def _creates(self, operation: Operation, created: list[str]) -> Any:
        rows = self.rows[operation.surface]
        creates = [each for each in operation.wanted if each.action == "create"]
        told = [str(each.shown[0]) for each in creates if each.told == "saved"]
        if len(set(told)) != len(told):
            yield f"mixed up: one id for several, {told}"
        for each in creates:
            id, name = each.shown
            if each.told == "saved" and id not in created:
                yield f"{'mixed up' if created or id in rows else 'lost'}: {id} was told, {created} were made"
            if each.told == "saved" and name != each.name:
                yield f"mixed up: {id} is called {name!r}"
            if each.told != "saved" and id is not None:
                yield f"mixed up: an entity that was not saved has the id {id}"
        unsure = Counter(each.name for each in creates if each.told == "unsure")
        for id in created:
            if id in told:
                continue
            name = rows.get(id, "")
            if unsure[name]:
                unsure[name] -= 1
            elif any(each.name == name and each.told == "failed" for each in creates):
                yield f"told failed: {id} {name!r} was made"
            else:
                yield f"doubled: {id} {name!r} was made beside {told}"

    def _change(self, surface: Surface, wanted: Wanted, entries: list[tuple[int, str, str, str]]) -> Any:
        if wanted.told == "saved" and not entries:
            yield f"lost: {wanted.id} was not changed"
        if wanted.told == "failed" and entries:
            yield f"told failed: {wanted.id} was changed"
        shown = wanted.told == "saved" and wanted.action == "update" and wanted.shown
        if shown and shown != (wanted.id, wanted.name) and not self._is_earlier(surface, wanted):
            yield f"mixed up: {wanted.id} {wanted.name!r} has become {wanted.shown}"
        if len(entries) > 1:
            kind = surface.removable_kind if entries[0][2] == surface.removable_kind else surface.kind
            order = self.writers[surface.platform, kind, str(wanted.id)]
            between = [
                who for place, who in order if entries[0][0] < place < entries[-1][0] and not isinstance(who, int)
            ]
            if between:
                yield f"doubled: {wanted.id} was changed again over {between}"

    def _is_earlier(self, surface: Surface, wanted: Wanted) -> bool:
        """Whether T1 showed the record's own earlier name, where an earlier answer about it came twice. The facts do
        not say that versions rise with each update, so nothing tells that answer from the right one."""
        id, name = wanted.shown
        same = [each for each in self.all if each.id == id or each.shown[0] == id]
        names = {each.name for each in same} | {
            first for (place, first_id), first in self.soak.first_names.items() if first_id == id and "t1" in place
        }
        return surface.platform == "t1" and id == wanted.id and name in names

    def _rows(self) -> Any:
        """Each record is called what its last writer called it."""
        names = {}
        for operation in self.soak.operations:
            surface = self.soak.surfaces[operation.surface]
            for each in operation.wanted:
                id = each.id or each.shown[0]
                if each.action != "retire" and id is not None:
                    names[operation.surface, id, operation.number] = each.name
        for name, surface in self.soak.surfaces.items():
            rows = self.rows[name]
            twice = [text for text, count in Counter(rows.values()).items() if count > 1 and text.startswith("Made ")]
            if twice:
                yield f"doubled: {twice} of {name}"
            for (platform, kind, id), writers in self.writers.items():
                if platform != surface.platform or kind != surface.kind or id not in rows:
                    continue
                named = [names.get((name, id, who)) if isinstance(who, int) else who[1] for _, who in writers]
                expected = next((each for each in reversed(named) if each is not None), None)
                if expected is not None and rows[id] != expected:
                    yield f"mixed up: {name} {id} is called {rows[id]!r}, not {expected!r}"
