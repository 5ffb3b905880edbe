"""Relations between entities: `Ref` to one, `Children` to many.

A relation that the server sent along (``include=``) is used as it came. One that is not loaded is fetched on first
touch, for all entities of the same page in one request: the entities of a page share a `Peers`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

from .errors import InvalidValueError, LazyLoadError, NotFoundError
from .forking import PerProcess
from .ids import id_of
from .reference import ReferenceRow, not_there

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
    """The rows that arrived together, and what was loaded for all of them: kept by each entity of the page.

    It holds the raw rows, not the entities, so that a page's entities can be freed one by one.
    """

    __slots__ = ("included", "loaded", "lock", "rows", "session")

    def __init__(self, session: Any, rows: list[Row], included: Iterable[tuple[str, ...]] = ()) -> None:
        self.session, self.rows, self.included = session, rows, tuple(included)
        self.loaded: dict[str, Any] = {}
        if session is None:  # unpickled, or built by hand
            self.lock: LockOfProcess = PerProcess(RLock)
        else:
            self.lock = session.runtime.lock(reentrant=True)

    def includes(self, name: str) -> bool:
        """Whether a relation came along with the rows: a row without it has none."""
        return any(chain[0] == name for chain in self.included)

    def nested(self, name: str) -> Peers:
        """The peers of the rows included under a relation name, across the whole page."""
        key = f"nested {name}"
        if key not in self.loaded:
            rows: list[Row] = []
            for row in self.rows:
                value = row.get(name)
                rows += value if isinstance(value, list) else [value] if value else []
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
        return self.by if field is None else field.wire

    @property
    def target_name(self) -> str:
        """The class on the other side, as written in the declaration."""
        target = self.__orig_class__.__args__[0]  # type: ignore[attr-defined]
        return getattr(target, "__forward_arg__", None) or str(target.__name__)

    @property
    def target(self) -> type[Entity]:
        """The class on the other side; a generic one where the platform's part does not declare it."""
        registry = self.owner.__model__.registry
        return registry.by_type(self.wire_type) if self.wire_type else registry.by_class(self.target_name)

    def _rows(self, entity: Entity) -> tuple[Any, Peers]:
        """The related row or rows with their peers: as included, else loaded for all peers of the entity at once."""
        raw, peers = entity._raw, entity._peers
        if self.key in raw:
            return raw[self.key], peers.nested(self.key)
        if peers.includes(self.name):
            return None, peers
        with peers.lock():
            if self.key not in peers.loaded:
                peers.loaded[self.key] = self.load(self._loader(entity), type(entity), peers.rows)
        index, loaded = peers.loaded[self.key]
        if index_key(raw) not in index and isinstance(raw, ReferenceRow):  # nobody has seen it yet
            raise not_there(type(entity), raw["id"])
        return index.get(index_key(raw)), loaded

    def load(self, session: Listing, model: type[Entity], rows: list[Row]) -> tuple[dict[str, Any], Peers]:
        """The other side for many rows at once: what each has, by its `index_key`, and the peers of all of it."""
        return session.load_related(model, self, rows)

    def _loader(self, entity: Entity) -> Session:
        """The session that may load what is missing."""
        session = entity._attached(f"load {self.name!r} from")
        if session.lazy == "raise":
            raise LazyLoadError(
                f"{entity._label()}.{self.name} is not loaded and session.lazy is 'raise'",
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

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name} of {self.target_name}>"


def index_key(row: Row) -> str:
    """What stands for a row in an index: its id, or the row itself where it has none."""
    return str(row["id"]) if row.get("id") is not None else f"row {id(row)}"


def target_of(model: type[Entity], name: str) -> type[Entity] | None:
    """The class whose ids a relation or a field of this name takes; None where the declarations do not say."""
    relation = model.__model__.relations.get(name)
    if relation is not None:
        return relation.target
    if name == "id":
        return model if model.collection else None
    return next(
        (each.target for each in model.__model__.relations.values() if each.own_field and each.by == name), None
    )


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
        memo = entity._memo()
        if self.name in memo:
            return memo[self.name]
        if self.by and entity._edited(self.by):
            other_id = getattr(entity, self.by)
            related = None if other_id is None else self._one(self._loader(entity), entity, other_id)
        elif self.by and entity._raw.get(self.by_wire, "unknown") in (None, ""):
            related = None
        else:
            row, peers = self._rows(entity)
            if isinstance(row, list):  # the server lists role-named parents as one-element lists
                row = row[0] if row else None
            other_id = entity._raw.get(self.by_wire)
            if row is None and other_id is not None and not entity._peers.includes(self.name):
                raise NotFoundError(
                    f"{entity._label()}.{self.name}: {self.target_name} {other_id} cannot be loaded",
                    hint="it does not exist, or this user may not see it",
                )
            related = None if row is None else self.target.__model__.wrap(row, peers)
        memo[self.name] = related
        return related

    def _one(self, session: Session, entity: Entity, other_id: Any) -> Any:
        """The other side of an id that was set, where this record lives."""
        scope = session.dialect.scope(self.target, entity._raw, self)
        return session.one(session.query(self.target).within(scope), other_id)

    def __set__(self, entity: Entity, other: E | None) -> None:
        if not self.by:
            raise InvalidValueError(f"{type(entity).__name__}.{self.name} is read only")
        setattr(entity, self.by, self._id(other))
        if isinstance(other, self.target):
            entity._memo()[self.name] = other

    def condition(self, op: str, value: Any) -> Condition:
        if not self.by:
            return super().condition(op, value)
        field = self.owner.__model__.fields[self.by]
        if value is None:
            return field.condition("null" if op == "==" else "!null")
        if op == "in":
            return field.condition(op, [self._id(item) for item in value])
        return field.condition(op, self._id(value))

    def _id(self, other: Any) -> Any:
        """The id of an entity of the right class, or an id as it is; None empties a relation that is set."""
        return None if other is None else id_of(other, self.target, self.name)


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
        memo = entity._memo()
        if self.name not in memo:
            rows, peers = self._rows(entity)
            rows = [rows] if isinstance(rows, dict) else rows or []
            by = self.target.__model__.fields.get(self.by)
            if by is not None:
                for row in rows:
                    row.setdefault(by.wire, entity._raw.get("id"))
            memo[self.name] = [self.target.__model__.wrap(row, peers) for row in rows]
        return memo[self.name]

    def __set__(self, entity: Entity, value: Any) -> None:
        raise InvalidValueError(
            f"{type(entity).__name__}.{self.name} cannot be set",
            hint=f"set {self.by or 'the parent'} on the {self.target_name}",
        )
