"""What all T1 entities share: where they are saved, the classic methods, and attributes that are never sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from adplatforms.core.changes import Change
from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, UnsentValueWarning, did_you_mean, warn
from adplatforms.core.messages import Pairs, Request
from adplatforms.core.parsing import parse_decimal
from adplatforms.core.reference import NewRow, ReferenceRow
from adplatforms.core.relations import Peers, Row

from ..classic.records import ClassicRecord, without_marks
from ..fields import DateTime, Float, Int, Version
from ..forms import id_of
from ..given import GivenValues, NewPartialRow, PartialRow
from ..model import T1Model, T1Registry
from ..operations.base import Operations, accepts
from ..read import CONTENT, LOG
from ..routes import service

if TYPE_CHECKING:
    from adplatforms.core.field import Field
    from adplatforms.core.query import Query
    from adplatforms.core.session import Session

__all__ = ["Removable", "SubEntity", "T1Entity", "with_id"]


class T1Entity(ClassicRecord, Operations, GivenValues, Entity, platform="T1", registry=T1Registry):
    """One TerminalOne record: what the entities of all collections share.

    Lists bring only id and name unless ``full=True`` is asked for; what a short record lacks raises `NotLoaded` when it
    is read, and `refresh()` loads it. Types that no class is declared for become generic entities, whose values are
    readable by T1's names.
    """

    _model_class = T1Model
    # Of a plain list T1 sends id, name and type only (wire.md section 3, full).
    _limited = ("id", "name")
    _created = "created_on"
    _currency_at = ("currency_code", "campaign.currency_code")
    # Source: entities.json; wire.md section 4, which calls it the zone that dates are displayed in.
    _zone_at = ("zone_name", "campaign.zone_name")
    _placing = ("version",)

    # What a class declares here is read through `__model__`; see `T1Model` for the meaning.
    _nested_in: ClassVar[str] = ""
    _deletable: ClassVar[bool] = False
    _versioned: ClassVar[bool] = True
    _complete_with: ClassVar[str] = "version"
    _limit_params: ClassVar[Mapping[str, str]] = {}

    _read_only: str = ""
    """Why records of this class are not saved; empty where they are."""

    resource: ClassVar[str] = ""
    """T1's name for one such record, ``"campaign"``."""

    id = Int(readonly=True)
    version = Version()
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)

    def __init__(self, session: Session | None = None, properties: Any = None, **values: Any) -> None:
        # Those of `get_properties` say more than the values of a record.
        super().__init__(session, without_marks(properties), **values)

    def __init_subclass__(cls, **declaration: Any) -> None:
        super().__init_subclass__(**declaration)
        # A name of the classic SDK, where it was written out in each class.
        cls.resource = cls._type

    @classmethod
    def _wrap(cls, row: Row, peers: Peers) -> Self:
        """The row's own type decides its class; one that is not declared becomes a generic entity."""
        # Relations arrive inside the rows of others, with types of their own: the row decides, not the caller.
        kind = row.get("entity_type")
        if kind != cls._type and kind:
            return cls.__model__.registry.by_type(kind).__model__.make(row, peers)  # type: ignore[no-any-return]
        return cls._make(row, peers)

    def _is_complete(self) -> bool:
        """Short records come without a version. XML, and JSON for some fields, leave nulls out of complete ones."""
        row = self._raw
        return self.__model__.complete_with in row and not isinstance(row, (ReferenceRow, PartialRow))

    def _currency(self, field: Field[Any]) -> str | None:
        """The record's own currency, or the first of an amount that came as a list of several."""
        own = super()._currency(field)
        amounts = self._raw.get(field.wire)
        if own or not isinstance(amounts, list) or not amounts:
            return own
        return amounts[0].get("currency_code")  # type: ignore[no-any-return]

    def _undeclared(self, name: str, value: Any) -> Any:
        """Relations that are not declared become entities, money a number; anything else stays as it came."""
        first = value[0] if isinstance(value, list) and value else None
        if isinstance(first, dict) and {"currency_code", "value"} == first.keys():
            return Float.load(Float(), value)
        rows = value if isinstance(value, list) else [value]
        if not rows or not all(isinstance(row, dict) and "entity_type" in row for row in rows):
            return value
        peers = self._peers.nested(name)
        related = [T1Entity.__model__.wrap(row, peers) for row in rows]
        return related if isinstance(value, list) else related[0]

    def _unsendable(self, name: str, value: Any, why: str) -> None:
        """As in the classic SDK, such a value stays on the object and is never sent; a warning says so."""
        if name in self.__model__.fields:
            warn(f"{why}: the value is not sent", UnsentValueWarning)
            return
        meant = did_you_mean(name, self._names(), most=1)
        hint = f" ({meant})" if meant else ""
        warn(f"{why}: the value is not sent{hint}", UnsentValueWarning)
        # Not a field: past `__setattr__`, which refuses unknown names.
        self.__dict__[name] = value

    # where it belongs and where it is saved

    @property
    def parent(self) -> str:
        """The collection it was read as a child of, such as "strategies"; unset on other records."""
        return self._noted("parent")  # type: ignore[no-any-return]

    @parent.setter
    def parent(self, collection: str) -> None:
        self.__dict__["parent"] = self.__model__.registry.find(collection).collection

    @property
    def parent_id(self) -> int:
        """The id of the entity it was read as a child of; unset on other records."""
        return int(self._noted("parent_id"))

    @parent_id.setter
    def parent_id(self, entity_id: Any) -> None:
        parent = self.__dict__.get("parent")
        kind = ""  # any class will do while the parent is not known
        if parent:
            kind = self.__model__.registry.find(parent).__model__.type
        self.__dict__["parent_id"] = id_of(entity_id, kind)

    def _set_parent(self, collection: str, entity_id: int) -> None:
        """Notes what it was read as a child of."""
        self.__dict__.update(parent=collection, parent_id=entity_id)

    def _noted(self, name: str) -> Any:
        """What was noted about where the record belongs. Raises `AttributeError` where nothing was."""
        try:
            return self.__dict__[name]
        except KeyError:
            raise AttributeError(name) from None  # Entity.__getattr__ looks into the row next

    def _listing(self, session: Session) -> Query[Self]:
        """The query that lists the record: below its parent, where it has no collection of its own."""
        listing = super()._listing(session)
        relation = self.__model__.nested_in
        if not relation:
            return listing
        return listing.within({relation: getattr(self, self.__model__.relations[relation].by)})

    def _rebase(self, version: int | None) -> None:
        """Replaces the version that the next update is based on; not a change."""
        # What is pending stays pending: the version changes in both, the row as it came and the row as it is now.
        changed = self._values is not self._raw
        row: Row = {**self._raw, "version": version}
        if not self._is_complete():
            row = PartialRow(row)  # a version that was set does not make the record complete
        if isinstance(self._raw, NewRow):
            row = NewPartialRow(row)
        values = {**self._values, "version": version}
        originals = self._originals()
        self._reset(row, self._peers)
        self._remember_originals(originals)
        if changed:
            self._take(values)

    def _path(self) -> str:
        """Where it is saved: ``api/v2.0/campaigns/7``, without the id while it has none."""
        return with_id(service(self.collection), self._raw.get("id"))

    # what is sent

    def _form(self, form: dict[str, str]) -> None:
        """Changes what a save sends, where the record has rules of its own. The version is added later."""

    def _body(self, values: Mapping[str, Any], version: Any) -> Pairs | dict[str, Any]:
        """What a save sends: the pairs of a form, or a dict that goes as JSON.

        values: by Python name; None empties a field. version: the one that an update is based on, None for a create.
        """
        fields, form = self.__model__.fields, {}
        for name, value in values.items():
            field = fields[name]
            # An empty value is what clears a field at T1 (wire.md section 4, `del`).
            sent = "" if value is None else field.dump(value)
            form[field.wire] = sent if isinstance(sent, str) else str(sent)
        self._form(form)
        if version is not None:
            form["version"] = str(version)
        return tuple(form.items())

    def save(
        self,
        data: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        url: str | None = None,
        **options: Any,
    ) -> dict[str, Change]:
        """Sends what changed (a create: every value given) and takes over the server's answer.

        - data: send these values instead of the pending changes, which stay pending.
        - extra: values by T1's own names, sent along as they are, for fields that are not declared:
          ``save(extra={"is_mraid": True})``.
        - url: a path below the service to send to, ``"campaigns/7"``, instead of the record's own; the second argument
          when it is text, as in the classic SDK.

        Returns what was sent, old and new per field; when nothing changed, nothing is sent. When it fails, the pending
        changes stay as they were. Raises `ClientError` for records that cannot be saved, `ConflictError` where somebody
        else saved meanwhile. Source: wire.md section 4.
        """
        session = self._attached("save it to")
        if self._read_only:
            raise ClientError(f"{self._label()} cannot be saved", hint=self._read_only)
        if isinstance(extra, str):  # the classic order: save(data, url)
            extra, url = None, extra
        if url is not None:
            options["url"] = url
        return session.save(self, data, extra, **options)

    def update(self, data: Mapping[str, Any] | None = None) -> dict[str, Change]:
        """`save`, by its other classic name."""
        return self.save(data)

    def delete(self) -> None:
        """Deletes the record, where T1 can; the object is empty afterwards and cannot be saved again."""
        if self.__model__.deletable:
            self._require_id("there is nothing to delete")
        # First the call: where it fails, the object keeps what it holds.
        super().delete()
        self._emptied(f"{self._label()} was deleted")

    def _emptied(self, why: str) -> None:
        """The record is gone: nothing of it is left here, and it is not saved again."""
        self._reset({}, Peers(self._peers.session, []))
        self.__dict__["_read_only"] = why

    # the classic methods

    def is_property(self, name: str) -> bool:
        """Whether a name is a declared field."""
        return name in self.__model__.fields

    def get_formdata(self, includeunchanged: bool = False) -> dict[str, str]:
        """The form that `save` would send, without the version; with `includeunchanged`, all writable values."""
        values = {}
        if includeunchanged:
            values = {field.name: self._loaded(field.name) for field in self._writable_fields()}
        return dict(self._body({**values, **self._pending()}, None))

    def _writable_fields(self) -> list[Field[Any]]:
        """The fields that came with the record and that an update can send, but for the version."""
        came = [field for field in self.__model__.fields.values() if field.wire in self._raw]
        is_saved = "id" in self._raw
        return [f for f in came if not f.readonly and not (f.create_only and is_saved) and f.name != "version"]

    def history(self) -> Iterator[dict[str, Any]]:
        """The log of changes: each entry's attributes, and ``fields``: ``{name: {"old_value", "new_value"}}``.

        Asked for in XML: the shape of the JSON reply is not documented. Source: wire.md section 4.
        """
        session = self._attached("read the history from")
        if self._raw.get("id") is None:
            raise ClientError(f"{self._label()} has no history yet", hint="save() it first")
        request = Request("GET", f"{self._path()}/history", headers={"Accept": "*/*"}, reader=LOG)
        page = session.fetch_page(request)
        for entry in page.extra["log"]:
            # The server's own time stamp: it changes with every entry, and nobody set it.
            entry["fields"].pop("last_modified", None)
            yield entry

    def amounts(self, name: str) -> dict[str, Decimal]:
        """A money field in all its currencies: ``{"USD": Decimal("20")}``; a single amount under `currency_code`."""
        value = self._raw.get(name)
        if value in (None, ""):
            return {}
        if isinstance(value, list):
            return {item.get("currency_code", ""): parse_decimal(item["value"]) for item in value}
        return {self._raw.get("currency_code", ""): parse_decimal(value)}


class Removable(T1Entity):
    """A record that T1 can delete: ``POST {collection}/{id}/delete`` with the version."""

    _deletable = True

    def remove(self) -> None:
        """`delete`, by its classic name."""
        self.delete()


class SubEntity(T1Entity):
    """A record that exists under another one only: ``{parent}/{parent_id}/{collection}[/{id}]``.

    One that was read knows its parent. A new one is given it: ``t1.new("permission", parent="users", parent_id=7)``.
    Source: wire.md section 4.
    """

    def _path(self) -> str:
        """Where it is saved, below its parent: ``users/7/permissions``.

        Raises `ClientError` where the parent is not known.
        """
        try:
            collection = f"{service(self.parent)}/{int(self.parent_id)}/{self.collection}"
        except AttributeError:
            raise ClientError(
                f"{self._label()} belongs to no entity yet",
                hint='read it as a child, t1.get("strategies", id, "region"), or set parent and parent_id',
            ) from None
        return with_id(collection, self._own_id())

    def _own_id(self) -> Any:
        """What the URL ends with; None where it ends with the collection."""
        return self._raw.get("id")

    def refresh(self) -> Self:
        """Loads the record again; unsaved changes stay. Returns the entity."""
        session = self._attached("load it from")
        request = Request("GET", self._path(), (("full", "*"),), headers=accepts(session), reader=CONTENT)
        page = session.fetch_page(request)
        if page.rows:
            self._renew(page.rows[0], self._pending())
        return self


def with_id(collection: str, entity_id: Any) -> str:
    """The path of a record: below that of its collection, or the same while it has no id."""
    return collection if entity_id is None else f"{collection}/{int(entity_id)}"
