"""The entity: a raw wire row plus the changes made since it was loaded. Fields and relations translate on access."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self

from .changes import Change
from .copying import fields_to_leave_out, values_to_copy
from .currency import currency_of
from .errors import ClientError, DetachedError, NotLoaded, UnknownFieldError, did_you_mean
from .field import Field
from .hints import brief, one_line
from .masked import mask_row
from .model import Model
from .record import Record
from .reference import NewRow, exists_already, given_values, reference_row
from .registry import Registry, snake_case
from .relations import Peers, Relation, Row
from .settling import settle
from .state import EntityState
from .zoned import Zoned

if TYPE_CHECKING:
    from .query import Query
    from .session import Session

__all__ = ["Entity"]


class Entity(Zoned):
    """One record of a platform: read its fields, assign to them, `save()`.

    ``Campaign(session, properties={"name": "Spring"})`` makes a new one; with an id, it stands for the record that has
    it, see `Session.reference`. Two entities are equal when platform, collection and id are. An entity that was pickled
    has no session: `session.attach(entity)`.
    """

    # `Creates` remembers records whose create may have been applied, without keeping them alive: hence `__weakref__`.
    __slots__ = ("__weakref__", "_peers")

    collection: ClassVar[str] = ""
    """The platform's name for the list of them, as in ``session.get(collection)``."""
    _type: ClassVar[str] = ""
    """The platform's name for one of them."""
    _limited: ClassVar[tuple[str, ...]] = ()
    """The fields that records of a plain list bring along; empty when lists are always full."""
    _plumbing: ClassVar[tuple[str, ...]] = ()
    """Wire keys that hold no values, such as types and links."""
    _generic: ClassVar[bool] = False
    """Whether the class was made for a type that the platform's part does not declare."""
    _created: ClassVar[str] = ""
    """The field with the time of creation."""
    _shown: ClassVar[str] = "name"
    """The wire key of what people know a record by."""
    _placing: ClassVar[tuple[str, ...]] = ()
    """The fields, besides the ids of parents, that say where a record is: a reference takes them too."""
    _currency_at: ClassVar[tuple[str, ...]] = ()
    """Where the currency of amounts stands, ISO 4217: fields of this record or, with dots, of related ones."""
    # Outside of the class read `__model__`, which holds all of the above under public names.
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
        # This makes the model, which reads the names set above: they come first.
        super().__init_subclass__(**rest)
        if platform:
            cls.__model__.registry = registry(platform, cls)
        if collection:
            cls.__model__.registry.add(cls)

    def __init__(
        self, session: Session | None = None, properties: Mapping[str, Any] | None = None, **values: Any
    ) -> None:
        self._reset(NewRow(), Peers(session, []))
        given = given_values(type(self), properties, values)
        if given.get("id") is not None:
            self._refer(given)
            return
        settable = {}
        for name, value in given.items():
            field = self.__model__.fields.get(name)
            if field is None or not field.readonly:
                settable[name] = value
                continue
            # What only the platform sets counts as loaded, as if it had come from there: no save sends it.
            if value is not None:
                value = field.check(value, type(self).__name__)
            self._raw[field.wire] = field.to_wire(value)
        self._peers.rows.append(self._raw)
        self.set(settable)

    def _refer(self, given: Mapping[str, Any]) -> None:
        """Takes the values of a new entity that has an id among them: it stands for the record of that id.

        Raises a `ClientError` that names what to call instead where there are values other than ids of parents: they
        would be sent, and overwrite those of the record that exists.
        """
        parents = {name: value for name, value in given.items() if name != "id"}
        try:
            row = reference_row(type(self), given["id"], parents)
        except ClientError:
            if parents:
                raise exists_already(type(self), given) from None
            raise
        self._reset(row, Peers(self._peers.session, [row]))

    @classmethod
    def _id_parts(cls, entity_id: Any) -> dict[str, Any]:
        """The values of a record that its id determines, by wire name."""
        return {"id": entity_id}

    def _currency(self, field: Field[Any]) -> str | None:
        """The currency of an amount, ISO 4217, as far as what is loaded already says; else None."""
        return currency_of(self)

    @classmethod
    def _natural(cls) -> tuple[str, ...]:
        """The fields by which a create is found again when its answer was lost: the parent (the first relation to one
        record) and the name. Empty where the class does not have both."""
        fields = cls.__model__.fields
        parents = [relation.by for relation in cls.__model__.parents if relation.by in fields]
        if not parents or "name" not in fields:
            return ()
        return parents[0], "name"

    @classmethod
    def _wrap(cls, row: Row, peers: Peers) -> Self:
        """An entity around a row as it came, of the class that fits the row."""
        return cls._make(row, peers)

    @classmethod
    def _make(cls, row: Row, peers: Peers) -> Self:
        """An entity of this very class around a row: no conversion, no copy."""
        # Runs once for each row of a listing, so that each call counts: it goes past `__init__`, and sets the slots
        # directly (see the end of the module). The entity shares the row with the page until something is set.
        entity = cls.__new__(cls)
        _set_raw(entity, row)
        _set_values(entity, row)
        _set_peers(entity, peers)
        _set_memory(entity, None)
        return entity

    def _reset(self, row: Row, peers: Peers) -> None:
        self._start(row)
        _set_peers(self, peers)

    @property
    def raw(self) -> Mapping[str, Any]:
        """The row as the server sent it, by wire names; credentials in it are masked."""
        return MappingProxyType(mask_row(self._raw))

    owner: Any = property(attrgetter("_peers.session"), doc="As `session`. A field of that name wins.")

    @property
    def session(self) -> Session | None:
        """The session it belongs to; None when it was unpickled."""
        return self._peers.session  # type: ignore[no-any-return]

    def changes(self) -> dict[str, Change]:
        """What `save()` would send: old and new value per field; `old` is None for what was not loaded."""
        return {name: Change(self._loaded(name), value) for name, value in self._pending().items()}

    def revert(self) -> None:
        """Drops the unsaved changes."""
        self._renew(self._raw, {})

    def _names(self) -> list[str]:
        return [*self.__model__.fields, *self.__model__.relations]

    def _hidden(self) -> set[str]:
        return {*self.__model__.not_values, *self.__model__.relations}

    def as_new(self, *, without: Iterable[str] = (), **changes: Any) -> Self:
        """A new, unsaved entity with the values of this one that can be set, without its id: the start of a copy.

        changes: values that the copy has instead. without: names of fields to leave out, or one. A record that a list
        brought with few of its fields is read again first, with all of them: one call. Raises `DetachedError` where
        that needs a session and there is none, `UnknownNameError` for what is not a field.
        """
        left_out = fields_to_leave_out(type(self), without)
        values = self._values_to_copy({*changes, *left_out})
        copied = {name: value for name, value in values.items() if value is not None}
        copy = type(self)(self._peers.session)
        # First: what came from the platform is not judged when it is set, whatever our tables say. A copy of its own,
        # because changes inside of nested values are found by comparing with it.
        copy._remember_originals(deepcopy(copied))
        copy.set({**copied, **changes})
        return copy

    def _values_to_copy(self, left_out: set[str]) -> dict[str, Any]:
        """The typed values that a copy takes over, by Python name, without the fields that are left out."""
        return values_to_copy(self, left_out)

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
        """Loads the record again, with all its fields; unsaved changes stay, related entities are loaded anew.

        Returns the entity. Raises `ClientError` for a record that was not saved yet, `NotFoundError` for one that is
        not there any more.
        """
        session = self._attached("load it from")
        if self._raw.get("id") is None:
            raise ClientError(f"{self._label()} has no id yet", hint="save() it first")
        fresh = EntityState(session.one(self._listing(session), self._raw["id"]))
        self._renew(fresh.row, self._pending(), fresh.peers)
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
        # The id of a parent was set: the parent that was handed out until now is not the one any more. Most records
        # have handed out none, and look no further.
        if self._memory:
            for relation in self.__model__.relations.values():
                if relation.by == name and not relation.many:
                    self._memory.pop(relation.name, None)

    def _settle(self, row: Row | None, sent: Mapping[str, Any]) -> None:
        """Takes over the outcome of a save, see `settling`."""
        settle(self, row, sent)

    def _renew(self, row: Row, pending: Mapping[str, Any], peers: Peers | None = None) -> None:
        """Takes another row (and other peers), and keeps what is pending and what an unsaved copy was made with."""
        # Read before `_reset`, which empties the memory that they are in. A saved record has no more need of them.
        originals = self._originals() if row.get("id") is None else {}
        self._reset(row, peers or self._peers)
        if originals:
            self._remember_originals(originals)
        unsaved = pending and {name: value for name, value in pending.items() if value != self._loaded(name, self)}
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
        entity_id, kind = self._raw.get("id"), self.__model__.label
        if entity_id is None:
            return f"new {kind}" if isinstance(self._raw, NewRow) else f"{kind} without an id"
        # The id came from outside and goes to logs and terminals: it is cut and escaped.
        return one_line(f"{kind} {brief(entity_id)}")

    def __getattr__(self, name: str) -> Any:
        """An undeclared wire key. Only what normal look-up did not find gets here."""
        # `copy` and `pickle` ask an empty object for such names. It has no `_raw` yet, which would lead here again.
        if name.startswith("__"):
            raise AttributeError(name)
        # `NotLoaded` is an AttributeError, and Python drops the one that a getter raised to try its luck here: the
        # error is made once more.
        field = self.__model__.fields.get(name)
        if field is not None:
            raise self._not_loaded(field)
        if name in self.__model__.relations:
            raise self.__model__.relations[name].not_read(self)
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
        """What is equal for two entities of the same record; None for a record that was not saved yet."""
        entity_id = self._raw.get("id")
        if entity_id is None:
            return None
        # The type, not the class: a subclass may stand for the same records. Ids as text: JSON has numbers, XML text.
        return self.__model__.registry.platform, self._type, str(entity_id)

    def __hash__(self) -> int:
        key = self._key()
        if key is None:
            # A hash by identity would change with the id that a save brings, and the entity be lost in its set.
            raise TypeError(f"a {self._label()} has no hash before it has an id: save() it first")
        return hash(key)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        parts = [type(self).__name__]
        if self._raw.get("id") is not None:
            parts.append(one_line(f"id={self._raw['id']}"))
        name = self._values.get(self.__model__.display_field)
        if name is not None:
            parts.append(f"{self.__model__.display_field}={name!r}")
        unsaved = self._edited_names()
        if unsaved:
            parts.append(f"unsaved={','.join(unsaved)}")
        return f"<{' '.join(parts)}>"

    def __reduce__(self) -> Any:
        # Without peers: they hold the session, with its credentials, and all rows of the page.
        entity_class, generic_type = type(self), ""
        if self.__model__.generic:
            # The class was made while the program ran: whoever unpickles makes it anew, by the name of the type.
            entity_class, generic_type = self.__model__.registry.base, self.__model__.type
        attributes = getattr(self, "__dict__", {})
        row = mask_row(self._raw)  # a credential is left out of pickles when it is masked
        return _restore, (entity_class, generic_type, row, self._edits(), attributes, self._originals())


# The setters of the slots themselves. An assignment would go through `Record.__setattr__`, which refuses names that are
# not fields; `object.__setattr__` would look each of the four names up again for each row of a listing.
_set_raw = Record.__dict__["_raw"].__set__
_set_values = Record.__dict__["_values"].__set__
_set_memory = Record.__dict__["_memory"].__set__
_set_peers = Entity.__dict__["_peers"].__set__


def _restore(
    entity_class: type[Entity],
    generic_type: str,
    row: Row,
    edits: Row,
    attributes: Row,
    originals: Row | None = None,  # pickles of former versions do not have them
) -> Entity:
    """The entity of a pickle, without a session. The name and the order of the arguments stand in pickles."""
    if generic_type:
        entity_class = entity_class.__model__.registry.by_type(generic_type)
    # A new record of a former version: its row was a plain dict.
    if not row:
        row = NewRow()
    entity: Entity = entity_class.__model__.wrap(row, Peers(None, [row]))
    entity._remember_originals(originals or {})
    if edits:
        entity._take({**row, **edits})
    if attributes:
        entity.__dict__.update(attributes)
    return entity
