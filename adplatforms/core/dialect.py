"""The dialect contract: how one platform says what a query or a write means. A dialect does no I/O.

A platform's part subclasses `Dialect`; the session sends the requests of its plans and hands the answers back.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import AdPlatformsError, ClientError, RequestTimeout, UnavailableError
from .hints import visible
from .messages import Answer, Request
from .paging import Pager
from .reader import Reader
from .state import EntityState

if TYPE_CHECKING:
    from .entity import Entity
    from .expr import Condition
    from .query import Query
    from .relations import Relation

__all__ = ["Batch", "Capabilities", "Dialect", "Plan", "Quota"]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do. `max_page`: rows per call; `prefetch`: calls under way at once while listing; `total`:
    listings say how many rows there are; `include`: related entities can be loaded along, else the session loads them
    page by page; `version_lock`: updates name the version they are based on; `delete`, `archive`: records can be
    deleted, or retired; `max_batch`: records one call saves; `options`: arguments of `save` besides the core's."""

    max_page: int = 100
    prefetch: int = 1
    total: bool = False
    include: bool = False
    version_lock: bool = False
    delete: bool = False
    archive: bool = False
    max_batch: int = 1
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How a query is answered: the first request, the pager that continues, and who filters what.

    `pushed` conditions are filtered by the server exactly, `rechecked` ones by a wider filter of the server and again
    here, `local` ones only here. `notes` are what a user should know (hidden rows, forced full records). `skip_here`:
    matching entities that are left out here. `count`: makes the cheapest request whose page has the total; None where
    only a walk over all rows can. `most_calls`: None where it depends on the total. `chains`: how many
    listings it is made of, one after the other. `description`: tells the first request in words, where method and path
    do not say enough.

    The last two are functions: most plans are neither counted nor explained.
    """

    first: Request
    pager: Callable[[], Pager]
    page_size: int
    ahead: int = 1
    pushed: tuple[Condition, ...] = ()
    rechecked: tuple[Condition, ...] = ()
    local: tuple[Condition, ...] = ()
    notes: tuple[str, ...] = ()
    skip_here: int = 0
    count: Callable[[], Request] | None = None
    most_calls: int | None = None
    chains: int = 1
    description: Callable[[], str] | None = None

    @property
    def here(self) -> tuple[Condition, ...]:
        """All conditions that are evaluated here."""
        return self.rechecked + self.local

    def __str__(self) -> str:
        pages = f"pages of {self.page_size}"
        if self.ahead > 1:
            pages += f", {self.ahead} in flight"
        filters = [("server", self.pushed), ("server, checked again here", self.rechecked), ("here", self.local)]
        costs = [f"{who}: {', '.join(map(_excerpt, conditions))}" for who, conditions in filters if conditions]
        if self.most_calls is None:
            costs.append(f"one call per {self.page_size} rows")
        elif self.most_calls == 1:
            costs.append("at most 1 call")
        else:
            costs.append(f"at most {self.most_calls} calls")
        notes = [f"note: {note}" for note in self.notes]
        first = self.description() if self.description is not None else str(self.first)
        first = visible(first)
        return "\n".join([f"{first}  ({pages})", "    ".join(costs), *notes])


def _excerpt(condition: Condition) -> str:
    """A condition as `explain` shows it: a list of thousands of ids would bury the rest."""
    text = str(condition)
    if len(text) > 200:
        return f"{text[:150]} ... {text[-30:]}"
    return text


class Batch(NamedTuple):
    """A request that saves several records: `positions` are theirs among the writes it was made of."""

    request: Request
    positions: tuple[int, ...]


class Quota(NamedTuple):
    """What an answer says about a rate limit: calls allowed in its window, calls left, seconds until it starts anew."""

    category: str
    limit: int | None
    remaining: int | None
    reset: float | None


class Dialect(Reader, ABC):
    """What the queries and writes of one platform are as requests. Subclasses fill them in; everything here is pure.

    As a `Reader` it reads the answers to requests that name no reader of their own.
    """

    platform: str
    capabilities: Capabilities
    too_large: tuple[type[AdPlatformsError], ...] = (UnavailableError, RequestTimeout)
    """The errors after which a page is read in smaller parts, see `smaller`."""

    def reader_of(self, request: Request) -> Reader:
        """What reads the answer to a request."""
        return request.reader or self

    @abstractmethod
    def plan(self, query: Query[Any]) -> Plan:
        """How to list what a query asks for; raises `ClientError` for what the platform cannot do, with the cure."""

    @abstractmethod
    def plan_one(self, query: Query[Any], entity_id: Any) -> Request | None:
        """The request for one entity by id, with the query's includes; None where only the listing has it."""

    def scope(
        self, target: type[Entity], row: Mapping[str, Any], relation: Relation[Any] | None = None
    ) -> Mapping[str, Any]:
        """What a listing of what is related to a row has to be limited to, where the platform lists by parent."""
        return {}

    @abstractmethod
    def write(self, entity: Entity, values: Mapping[str, Any]) -> Request:
        """The request that creates or updates an entity with these values, by Python name."""

    def batches(self, writes: Sequence[tuple[Entity, Mapping[str, Any]]]) -> Iterable[Batch]:
        """Which of these writes (an entity and its values, as for `write`) go out together. What is in no batch is
        saved on its own; by default all are. An iterator can have the first ones sent while it plans the others."""
        return []

    def smaller(self, request: Request) -> list[Request]:
        """The requests that read a page in smaller parts, for a server that fails on it; empty where none can."""
        return []

    def write_extended(
        self, entity: Entity, values: Mapping[str, Any], extra: Mapping[str, Any], **options: Any
    ) -> Request:
        """`write` with undeclared members beside the values, by the platform's own names."""
        return self.adding(self.write(entity, values, **options), extra)

    def adding(self, request: Request, extra: Mapping[str, Any]) -> Request:
        """A write with undeclared values added to it, by wire name; by default there are none."""
        raise ClientError(f"{self.platform} takes declared fields only", hint=f"not {', '.join(extra)}")

    def quota(self, answer: Answer) -> Quota | None:
        """What an answer says about the rate limit it counts against; by default nothing."""
        return None

    def archive(self, entity: Entity, **options: Any) -> tuple[Request, dict[str, Any]]:
        """The request that retires an entity, and what is true after it, by Python name; by default the platform
        cannot."""
        raise ClientError(f"{self.platform} cannot archive {EntityState(entity).label}", hint="set its status")

    def delete(self, entity: Entity) -> Request:
        """The request that deletes an entity; by default the platform cannot."""
        raise ClientError(
            f"{self.platform} cannot delete {EntityState(entity).label}",
            hint="make it inactive instead: set its status",
        )
