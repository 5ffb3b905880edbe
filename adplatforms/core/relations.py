"""Relations between entities: `Ref` to one, `Children` to many.

A relation that the server sent along (``include=``) is used as it came. One that is not loaded is fetched on first
touch, for all entities of the same page in one request: the entities of a page share a `Peers`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

from .errors import InvalidValueError, LazyLoadError, NotFoundError, NotLoaded
from .forking import PerProcess
from .ids import id_of
from .reference import ReferenceRow, not_there
from .scalars import to_plain_list
from .state import EntityState

if TYPE_CHECKING:
    from .entity import Entity
    from .expr import Condition
    from .listing import Listing
    from .runtime import LockOfProcess
    from .session import Session

__all__ = ["Children", "Peers", "Ref", "Relation", "index_key", "target_of"]

E = TypeVar("E", bound="Entity")
Row = dict[str, Any]


class Peers:
    """The rows that arrived together, and what was loaded for all of them: shared by all entities of the page.

    It holds the raw rows, not the entities, so that a page's entities can be freed one by one.
    """

    __slots__ = ("included", "loaded", "lock", "rows", "session")

    def __init__(self, session: Any, rows: list[Row], included: Iterable[tuple[str, ...]] = ()) -> None:
        self.session, self.rows, self.included = session, rows, tuple(included)
        self.loaded: dict[str, Any] = {}
        # Without a session, for what was unpickled or built by hand, there is no runtime to ask for a lock.
        if session is None:
            self.lock: LockOfProcess = PerProcess(RLock)
        else:
            self.lock = session.runtime.lock(reentrant=True)

    def includes(self, name: str) -> bool:
        """Whether a relation came along with the rows: a row without it has none."""
        return any(chain[0] == name for chain in self.included)

    def nested(self, name: str) -> Peers:
        """The peers of the rows included under a relation name, across the page."""
        key = f"nested {name}"
        if key not in self.loaded:
            rows: list[Row] = []
            for row in self.rows:
                value = row.get(name)
                if isinstance(value, list):
                    rows += value
                elif value:
                    rows.append(value)
            self.loaded[key] = Peers(self.session, rows, [c[1:] for c in self.included if c[0] == name and c[1:]])
        return self.loaded[key]  # type: ignore[no-any-return]


class Relation(Generic[E]):
    """What `Ref` and `Children` share.

    `by`: the field that holds the other side's id (Ref: a field of this entity; Children: one of theirs). `key`: the
    wire's name for the relation (default: the Python name). `type`: the other side's wire type, where no class is
    declared for it. `doc`: what it means.
    """

    many = False
    own_field = False
    """Whether `by` is a field of this side."""
    owner: type[Entity]

    def __init__(self, *, by: str = "", key: str = "", type: str = "", doc: str = "") -> None:
        self.by, self.key, self.wire_type, self.doc, self.name = by, key, type, doc, ""

    def __set_name__(self, owner: type[Entity], name: str) -> None:
        self.owner, self.name, self.key = owner, name, self.key or name

    @cached_property
    def by_wire(self) -> str:
        """The wire's name of the field `by` of a relation to one."""
        field = self.owner.__model__.fields.get(self.by)
        if field is None:
            return self.by
        return field.wire

    @property
    def target_name(self) -> str:
        """The name of the class on the other side, as written in the declaration: ``Ref["Advertiser"](...)``."""
        # `typing` keeps the parameter of a generic that is called there, and nowhere else at run time.
        target = self.__orig_class__.__args__[0]  # type: ignore[attr-defined]
        return getattr(target, "__forward_arg__", None) or str(target.__name__)

    @property
    def target(self) -> type[Entity]:
        """The class on the other side; a generic one where the platform's part does not declare it."""
        # Looked up by name each time: the classes of a platform name each other before all of them are there.
        registry = self.owner.__model__.registry
        if self.wire_type:
            return registry.by_type(self.wire_type)
        return registry.by_class(self.target_name)

    def _rows(self, entity: Entity) -> tuple[Any, Peers]:
        """The related row or rows with their peers: as included, else loaded for all peers of the entity at once."""
        state = EntityState(entity)
        row, peers = state.row, state.peers
        if self.key in row:
            return row[self.key], peers.nested(self.key)
        # Asked for along with the list, and not there: the platform leaves out what a record does not have.
        if peers.includes(self.name):
            return None, peers
        # Two threads that touch the relation of two entities of a page load it once, for the whole page.
        with peers.lock():
            if self.key not in peers.loaded:
                peers.loaded[self.key] = self.load(self.loader(entity), type(entity), peers.rows)
        index, loaded = peers.loaded[self.key]
        # A reference was made without a request: that the answer lacks it is the first sign that it does not exist.
        if index_key(row) not in index and isinstance(row, ReferenceRow):
            raise not_there(type(entity), row["id"])
        return index.get(index_key(row)), loaded

    def not_read(self, entity: Entity) -> LookupError | NotLoaded:
        """The error of a relation whose getter raised an AttributeError, which Python has dropped."""
        state = EntityState(entity)
        self.loader(entity)  # which has raised it where nothing may be loaded
        by = self.owner.__model__.fields.get(self.by) if self.own_field else None
        if by is not None and by.wire not in state.values:
            return state.not_loaded(by)
        return LookupError(f"{state.label}.{self.name} could not be loaded")

    def load(self, session: Listing, entity_class: type[Entity], rows: list[Row]) -> tuple[dict[str, Any], Peers]:
        """The other side for many rows at once: what each has, by its `index_key`, and the peers of all of it."""
        return session.load_related(entity_class, self, rows)

    def loader(self, entity: Entity) -> Session:
        """The session that loads what is missing; a `LazyLoadError` where it may not."""
        state = EntityState(entity)
        session = state.require_session(f"load {self.name!r} from")
        if session.lazy == "raise":
            raise LazyLoadError(
                f"{state.label}.{self.name} is not loaded and session.lazy is 'raise'",
                hint=f"ask for it with the list: include={self.name!r}",
            )
        return session

    def condition(self, op: str, value: Any) -> Condition:
        """The condition of an operator and an entity, an id or a list of them."""
        raise InvalidValueError(f"{self.owner.__name__}.{self.name} is a list and cannot be compared")

    def in_(self, values: Iterable[Any]) -> Condition:
        """One of these entities, or of these ids."""
        return self.condition("in", values)

    def __eq__(self, other: object) -> Condition:  # type: ignore[override]
        return self.condition("==", other)

    def __ne__(self, other: object) -> Condition:  # type: ignore[override]
        return self.condition("!=", other)

    # As in `Expression`: without it the class would have no hash.
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name} of {self.target_name}>"


def index_key(row: Row) -> str:
    """What stands for a row in an index: its id as text, or the row itself where it has none."""
    if row.get("id") is None:
        return f"row {id(row)}"
    return str(row["id"])


def target_of(entity_class: type[Entity], name: str) -> type[Entity] | None:
    """The class whose ids a relation or a field of this name takes; None where the declarations do not say."""
    relations = entity_class.__model__.relations
    if name in relations:
        return relations[name].target
    # What is in no collection cannot be read by its id, so nothing can be asked about it.
    if name == "id" and entity_class.collection:
        return entity_class
    for relation in relations.values():
        if relation.own_field and relation.by == name:
            return relation.target
    return None


class Ref(Relation[E]):
    """A relation to one entity: ``campaign.advertiser`` is an `Advertiser`, or None where the id is null."""

    own_field = True

    @overload
    def __get__(self, entity: None, owner: type) -> Self: ...
    @overload
    def __get__(self, entity: Entity, owner: type | None = None) -> E: ...
    def __get__(self, entity: Entity | None, owner: type | None = None) -> Any:
        if entity is None:
            return self
        # Reading it again costs this and no view of the entity: loops touch the same parent row by row.
        memo = entity._memo()
        if self.name not in memo:
            memo[self.name] = self._read(entity)
        return memo[self.name]

    def _read(self, entity: Entity) -> Any:
        """The related entity, as included or as loaded now; None where there is none."""
        state = EntityState(entity)
        # The id was set since: what came along, and what is loaded for the page, is of the former parent.
        if self.by and state.is_edited(self.by):
            return self._read_by_id(entity, getattr(entity, self.by))
        if self.by and state.row.get(self.by_wire, "unknown") in (None, ""):
            return None
        row, peers = self._rows(entity)
        # Parents that are named by their role, such as a billing contact, are listed by T1: as lists of one.
        if isinstance(row, list):
            row = next(iter(row), None)
        if row is not None:
            return self.target.__model__.wrap(row, peers)
        other_id = state.row.get(self.by_wire)
        if other_id is not None and not state.peers.includes(self.name):
            raise NotFoundError(
                f"{state.label}.{self.name}: {self.target_name} {other_id} cannot be loaded",
                hint="it does not exist, or this user may not see it",
            )
        return None

    def _read_by_id(self, entity: Entity, other_id: Any) -> Any:
        """The other side of an id that was set, where this record lives."""
        if other_id is None:
            return None
        session = self.loader(entity)
        scope = session.dialect.scope(self.target, EntityState(entity).row, self)
        return session.one(session.query(self.target).within(scope), other_id)

    def __set__(self, entity: Entity, other: E | None) -> None:
        if not self.by:
            raise InvalidValueError(f"{type(entity).__name__}.{self.name} is read only")
        if self._is_new_of_new(entity, other):
            self._remember_new(entity, other)
            return
        setattr(entity, self.by, self._id(other))
        # Afterwards: setting the id drops the parent that was remembered.
        if isinstance(other, self.target):
            EntityState(entity).cache()[self.name] = other

    def _is_new_of_new(self, entity: Entity, other: Any) -> bool:
        """Whether both are new: then the id is not there yet, and is taken over when the record is saved."""
        if not isinstance(other, self.target) or not EntityState(other).is_new:
            return False
        field = entity.__model__.fields.get(self.by)
        return EntityState(entity).is_new and field is not None and not field.readonly

    def _remember_new(self, entity: Entity, other: Any) -> None:
        """Remembers a parent without an id. An id that was set before is that of another one, and is dropped."""
        state = EntityState(entity)
        if self.by_wire in state.values:
            state.take({wire: value for wire, value in state.values.items() if wire != self.by_wire})
        state.cache()[self.name] = other

    def condition(self, op: str, value: Any) -> Condition:
        if not self.by:
            return super().condition(op, value)
        field = self.owner.__model__.fields[self.by]
        if value is None and op == "==":
            return field.condition("null")
        if value is None:
            return field.condition("!null")
        if op == "in":
            return field.condition(op, [self._id(item) for item in to_plain_list(value)])
        return field.condition(op, self._id(value))

    def _id(self, other: Any) -> Any:
        """The id of an entity of the right class, or an id as it is; None empties a relation that is set."""
        if other is None:
            return None
        return id_of(other, self.target, self.name)


class Children(Relation[E]):
    """A relation to many entities: ``campaign.strategies`` is a list of `Strategy`."""

    many = True

    @overload
    def __get__(self, entity: None, owner: type) -> Self: ...
    @overload
    def __get__(self, entity: Entity, owner: type | None = None) -> list[E]: ...
    def __get__(self, entity: Entity | None, owner: type | None = None) -> Any:
        if entity is None:
            return self
        memo = entity._memo()  # as in `Ref`
        if self.name not in memo:
            rows, peers = self._rows(entity)
            # Some answers have a single one as it is, not in a list.
            if isinstance(rows, dict):
                rows = [rows]
            rows = rows or []
            by = self.target.__model__.fields.get(self.by)
            if by is not None:
                # Rows inside of their parent may lack its id. They are read and saved like those that have it.
                parent_id = EntityState(entity).id
                for row in rows:
                    row.setdefault(by.wire, parent_id)
            memo[self.name] = [self.target.__model__.wrap(row, peers) for row in rows]
        return memo[self.name]

    def __set__(self, entity: Entity, value: Any) -> None:
        raise InvalidValueError(
            f"{type(entity).__name__}.{self.name} cannot be set",
            hint=f"set {self.by or 'the parent'} on the {self.target_name}",
        )
