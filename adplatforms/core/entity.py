"""The entity: a raw wire row plus the changes made since it was loaded. Fields and relations translate on access."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self

from .changes import Change
from .currency import currency_of
from .errors import ClientError, DetachedError, NotLoaded, UnknownFieldError, UnknownNameError, did_you_mean
from .field import Field
from .hints import brief, visible
from .model import Model
from .record import Record
from .reference import ReferenceRow, exists_already, given_values, reference_row
from .registry import Registry, snake_case
from .relations import Peers, Relation, Row

if TYPE_CHECKING:
    from .query import Query
    from .session import Session

__all__ = ["Entity"]


class Entity(Record):
    """One record of a platform: read its fields, assign to them, `save()`.

    ``Campaign(session, properties={"name": "Spring"})`` makes a new one; with an id, it stands for the record that has
    it, see `Session.reference`. Two entities are equal when platform, collection and id are. An entity that was pickled
    has no session: `session.attach(entity)`.
    """

    __slots__ = ("__weakref__", "_peers")

    collection: ClassVar[str] = ""
    """The platform's name for the list of them, as in ``session.get(collection)``."""
    _type: ClassVar[str] = ""
    """The platform's name for one of them."""
    _limited: ClassVar[tuple[str, ...]] = ()
    """The fields that records of a plain list bring along; empty when lists are always full."""
    _plumbing: ClassVar[tuple[str, ...]] = ()
    """Wire keys that are no values: types, links."""
    _generic: ClassVar[bool] = False
    """Whether the class was made for a type that the platform's part does not declare."""
    _created: ClassVar[str] = ""
    """The field with the time it was created."""
    _shown: ClassVar[str] = "name"
    """The wire key of what people know a record by."""
    _placing: ClassVar[tuple[str, ...]] = ()
    """The fields, beside the ids of parents, that a reference takes because they tell where a record is."""
    _currency_at: ClassVar[tuple[str, ...]] = ()
    """Where the currency of amounts stands, ISO 4217: fields of this record or, with dots, of related ones."""
    __model__: ClassVar[Model]
    _model_class: ClassVar[type[Model]] = Model
    _settable = (property, Relation)
    _peers: Peers

    def __init_subclass__(
        cls,
        collection: str = "",
        type: str = "",
        platform: str = "",
        registry: Callable[[str, Any], Registry] = Registry,
        **rest: Any,
    ) -> None:
        if collection or type:
            cls.collection, cls._type = collection, type or snake_case(cls.__name__)
        super().__init_subclass__(**rest)  # makes the model, of the names above
        if platform:
            cls.__model__.registry = registry(platform, cls)
        if collection:
            cls.__model__.registry.add(cls)

    def __init__(
        self, session: Session | None = None, properties: Mapping[str, Any] | None = None, **values: Any
    ) -> None:
        self._reset({}, Peers(session, []))
        given = given_values(type(self), properties, values)
        if given.get("id") is not None:
            self._refer(given)
            return
        known = set()
        for name, value in given.items():
            field = self.__model__.fields.get(name)
            if field is not None and field.readonly:
                known.add(name)
                checked = field.check(value, type(self).__name__) if value is not None else None
                self._raw[field.wire] = None if checked is None else field.dump(checked)
        self._peers.rows.append(self._raw)
        self.set({name: value for name, value in given.items() if name not in known})

    def _refer(self, given: Mapping[str, Any]) -> None:
        """Values given to a new entity with an id among them. Beside ids there may be none: they would be sent, and
        overwrite those of the record that exists. A `ClientError` names what to call instead."""
        parents = {name: value for name, value in given.items() if name != "id"}
        try:
            row = reference_row(type(self), given["id"], parents)
        except ClientError as problem:
            raise (exists_already(type(self), given) if parents else problem) from None
        self._reset(row, Peers(self._peers.session, [row]))

    @classmethod
    def _id_parts(cls, entity_id: Any) -> dict[str, Any]:
        """What an id tells of a record, by wire name."""
        return {"id": entity_id}

    def _currency(self, field: Field[Any]) -> str | None:
        """The currency of an amount, of what is loaded already; None where that does not tell it."""
        return currency_of(self)

    @classmethod
    def _natural(cls) -> tuple[str, ...]:
        """The fields by which a lost create is found again: name and parent, the first relation to one."""
        parents = [
            each.by for each in cls.__model__.relations.values() if not each.many and each.by in cls.__model__.fields
        ]
        return (parents[0], "name") if parents and "name" in cls.__model__.fields else ()

    @classmethod
    def _wrap(cls, row: Row, peers: Peers) -> Self:
        """An entity around a row as it came, of the class that fits the row."""
        return cls._make(row, peers)

    @classmethod
    def _make(cls, row: Row, peers: Peers) -> Self:
        """An entity of this very class around a row: no conversion, no copy."""
        entity = cls.__new__(cls)
        _set_raw(entity, row)
        _set_values(entity, row)
        _set_peers(entity, peers)
        _set_memory(entity, None)
        return entity

    def _reset(self, row: Row, peers: Peers) -> None:
        self._start(row)
        _set_peers(self, peers)

    # state

    @property
    def raw(self) -> Mapping[str, Any]:
        """The row as the server sent it, by wire names."""
        return MappingProxyType(self._raw)

    @property
    def session(self) -> Session | None:
        """The session it belongs to; None when it was unpickled."""
        return self._peers.session  # type: ignore[no-any-return]

    def changes(self) -> dict[str, Change]:
        """What `save()` would send: old and new value per field; `old` is None for what was not loaded."""
        return {name: Change(self._loaded(name), value) for name, value in self._pending().items()}

    def revert(self) -> None:
        """Forgets the unsaved changes."""
        self._renew(self._raw, {})

    def _names(self) -> list[str]:
        return [*self.__model__.fields, *self.__model__.relations]

    def _hidden(self) -> set[str]:
        return {*self.__model__.not_values, *self.__model__.relations}

    def as_new(self, *, without: Iterable[str] = (), **changes: Any) -> Self:
        """A new, unsaved entity with the values of this one that can be set, without its id: the start of a copy.

        changes: values that the copy has instead. without: names of fields that it goes without. A record that came
        short, from a list, is read again first, whole: one call. Raises `DetachedError` where that takes a session and
        there is none.
        """
        left_out = [without] if isinstance(without, str) else list(without)
        for name in left_out:
            if name not in self.__model__.fields:
                raise UnknownNameError(
                    f"{type(self).__name__} has no field {name!r}", hint=did_you_mean(name, self.__model__.fields)
                )
        values = self._to_copy({*changes, *left_out})
        taken = {name: value for name, value in values.items() if value is not None}
        copy = type(self)(self.session)
        copy._remember_originals(deepcopy(taken))
        copy.set({**taken, **changes})
        return copy

    def _to_copy(self, aside: set[str]) -> dict[str, Any]:
        """The values that a copy takes along, by Python name. aside: the fields that it does not take."""
        source = self
        if self._raw.get("id") is not None and not self._is_complete() and self._lacking(aside):
            session = self._attached("read the rest of it from, for a copy")
            source = session.one(self._listing(session), self._raw["id"])
        values = self._taken(source, aside)
        return {
            **values,
            **{n: v for n, v in self._pending().items() if self.__model__.fields[n].copied and n not in aside},
        }

    def _lacking(self, aside: set[str]) -> list[str]:
        """The fields that a copy takes along and this record came without."""
        fields = self.__model__.fields.items()
        return [n for n, f in fields if f.copied and not f.write_only and n not in aside and f.wire not in self._values]

    @staticmethod
    def _taken(source: Entity, aside: set[str]) -> dict[str, Any]:
        """The values of a record that a copy takes along."""
        fields = source.__model__.fields.items()
        return {n: getattr(source, n) for n, f in fields if f.copied and n not in aside and f.wire in source._values}

    # talking to the platform

    def save(
        self, data: Mapping[str, Any] | None = None, extra: Mapping[str, Any] | None = None, **options: Any
    ) -> dict[str, Change]:
        """Sends what changed (a create: every value given) and takes over the server's answer.

        `data`: send these values instead of the pending changes, which stay pending. `extra`: send these too, by wire
        name and as they are: for what the platform knows and the class does not declare. `options`: what the platform
        offers beyond that. Returns what was sent, old and new per field; when nothing changed, nothing is sent. When
        it fails, the pending changes stay as they were.
        """
        return self._attached("save it to").save(self, data, extra, **options)

    def refresh(self) -> Self:
        """Loads the record again, whole; unsaved changes stay, related entities are loaded anew. Returns the entity."""
        session = self._attached("load it from")
        if self._raw.get("id") is None:
            raise ClientError(f"{self._label()} has no id yet", hint="save() it first")
        fresh = session.one(self._listing(session), self._raw["id"])
        self._renew(fresh._raw, self._pending(), fresh._peers)
        return self

    def delete(self) -> None:
        """Deletes the record, where the platform can."""
        self._attached("delete it from").delete(self)

    def archive(self, **options: Any) -> None:
        """Retires the record, where the platform can: it stays readable and does not run any more. `options`: what the
        platform offers beyond that. Unsaved changes stay."""
        self._attached("archive it at").archive(self, **options)

    def _listing(self, session: Session) -> Query[Self]:
        """The query that lists the entity among others."""
        return session.query(type(self))

    def _attached(self, purpose: str) -> Session:
        if self._peers.session is None:
            raise DetachedError(f"{self._label()} has no session to {purpose}", hint="session.attach(entity)")
        return self._peers.session  # type: ignore[no-any-return]

    def _fixed(self, field: Field[Any]) -> str:
        created = self._raw.get("id") is not None
        if field.create_only and created:
            return "fixed once created"
        if field.update_only and not created:
            return "set once it is created: save() it first"
        return super()._fixed(field)

    def _forget(self, name: str) -> None:
        super()._forget(name)
        if self._memory:
            for relation in self.__model__.relations.values():
                if relation.by == name and not relation.many:
                    self._memory.pop(relation.name, None)

    def _settle(self, row: Row | None, sent: Mapping[str, Any]) -> None:
        """After a save: the answer replaces the row; where it is short, or there is none, what was sent counts too."""
        answered: Row = dict(row or {})
        short = row is None or not self._wrap(row, self._peers)._is_complete()
        if short:
            never_kept = self.__model__.never_kept
            answered = {**self._raw, **self._edits(sent), **answered}
            answered = {wire: value for wire, value in answered.items() if wire not in never_kept}
        related = self._related_still(answered)
        came_together = self._raw.get("id") is not None and not self._moved(answered)
        settled = {**related, **answered}
        if short and isinstance(self._raw, ReferenceRow):
            settled = ReferenceRow(settled)  # what it lacked before, it lacks still
        # what was loaded for the page that it came with is not for the other parents that it has now
        peers = self._peers if came_together else Peers(self._peers.session, [answered])
        self._renew(settled, self._pending(aside=sent), peers)

    def _moved(self, answered: Row) -> bool:
        """Whether a save gave the record another parent."""
        row = self._raw
        # A list: a generator would be a call for each parent of each record that is saved.
        moved = [each for each in self.__model__.parents if row.get(each.by_wire) != answered.get(each.by_wire)]
        return bool(moved)

    def _related_still(self, answered: Row) -> Row:
        """The rows of related records that came along and are still those of this record."""
        wires, row = self.__model__.wire_names, self._raw
        related = {wire: row[wire] for wire in row if isinstance(row[wire], (dict, list)) and wire not in wires}
        if related:
            for parent in self.__model__.parents:
                if self._raw.get(parent.by_wire) != answered.get(parent.by_wire):
                    related.pop(parent.key, None)
        return related

    def _renew(self, row: Row, pending: Mapping[str, Any], peers: Peers | None = None) -> None:
        """Takes a new row (and other peers) and keeps what is pending, and what an unsaved copy was made with."""
        originals = {} if row.get("id") is not None else self._originals()
        self._reset(row, peers or self._peers)
        self._remember_originals(originals)
        unsaved = {name: value for name, value in pending.items() if value != self._loaded(name, self)}
        if unsaved:
            self._take({**row, **self._edits(unsaved)})

    def _not_loaded(self, field: Field[Any]) -> NotLoaded:
        if self._raw.get("id") is None:
            return super()._not_loaded(field)
        return NotLoaded(
            f"{self._label()}.{field.name} is not loaded: this record came without it",
            hint="list with full=True, or call refresh() on it",
        )

    def _label(self) -> str:
        entity_id = self._raw.get("id")
        kind = self.__model__.words
        return visible(f"{kind} {brief(entity_id)}") if entity_id is not None else f"new {kind}"

    def __getattr__(self, name: str) -> Any:
        """Only what normal look-up did not find: a declared name whose descriptor raised, or an undeclared wire key."""
        if name.startswith("__"):
            raise AttributeError(name)
        field = self.__model__.fields.get(name)
        if field is not None:
            raise self._not_loaded(field)
        if name in self.__model__.relations:
            raise LookupError(f"{self._label()}.{name} could not be loaded")
        if name in self._raw:
            return self._undeclared(name, self._raw[name])
        raise UnknownFieldError(
            f"{type(self).__name__} has no {name!r}", hint=did_you_mean(name, [*self._names(), *self._raw])
        )

    def _undeclared(self, name: str, value: Any) -> Any:
        """What the server sent without our declaring it."""
        return value

    def __dir__(self) -> Iterable[str]:
        return sorted({*object.__dir__(self), *(key for key in self._raw if key.isidentifier())})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Entity):
            return NotImplemented
        return self is other or (self._key() is not None and self._key() == other._key())

    def _key(self) -> tuple[str, str, str] | None:
        entity_id = self._raw.get("id")
        return None if entity_id is None else (self.__model__.registry.platform, self._type, str(entity_id))

    def __hash__(self) -> int:
        key = self._key()
        if key is None:
            raise TypeError(f"a {self._label()} has no hash before it has an id: save() it first")
        return hash(key)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        parts = [type(self).__name__]
        if self._raw.get("id") is not None:
            parts.append(visible(f"id={self._raw['id']}"))
        name = self._values.get(self.__model__.display_field)
        if name is not None:
            parts.append(f"{self.__model__.display_field}={name!r}")
        if self._values is not self._raw:
            unsaved = self._edited_names()
            parts += [f"unsaved={','.join(unsaved)}"] if unsaved else []
        return f"<{' '.join(parts)}>"

    def __reduce__(self) -> Any:
        model = type(self)
        kind = (model.__model__.registry.base, model.__model__.type) if self.__model__.generic else (model, "")
        return _restore, (*kind, self._raw, self._edits(), getattr(self, "__dict__", {}), self._originals())


_set_raw = Record.__dict__["_raw"].__set__
_set_values = Record.__dict__["_values"].__set__
_set_memory = Record.__dict__["_memory"].__set__
_set_peers = Entity.__dict__["_peers"].__set__


def _restore(model: type[Entity], generic: str, row: Row, edits: Row, rest: Row, came: Row | None = None) -> Entity:
    kind = model.__model__.registry.by_type(generic) if generic else model
    entity: Entity = kind.__model__.wrap(row, Peers(None, [row]))
    entity._remember_originals(came or {})
    if edits:
        entity._take({**row, **edits})
    if rest:
        entity.__dict__.update(rest)
    return entity
