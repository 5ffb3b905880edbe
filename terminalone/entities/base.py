"""What all T1 entities share: where they are saved, the classic methods, and attributes that are never sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from adplatforms.core.changes import Change
from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, NotFoundError, UnsentValueWarning, did_you_mean, warn
from adplatforms.core.messages import Pairs, Request
from adplatforms.core.paging import Page, drive
from adplatforms.core.parsing import parse_decimal
from adplatforms.core.reference import ReferenceRow
from adplatforms.core.registry import Registry
from adplatforms.core.relations import Peers, Row

from ..expected import CONTENT, LOG, STATUS
from ..fields import DateTime, Int, Version
from ..forms import id_of
from ..given import GivenValues
from ..routes import GENERIC, service

if TYPE_CHECKING:
    from adplatforms.core.field import Field
    from adplatforms.core.query import Query
    from adplatforms.core.session import Session

    from ..dialect import T1Dialect

__all__ = ["Removable", "SubEntity", "T1Entity"]


class _T1Registry(Registry):
    """As any, with one class for all access lists (``advertiser_acl``, ``agency_acl``, ...), and with the collections
    whose records have no class."""

    def find(self, name: Any) -> Any:
        if isinstance(name, str) and name in GENERIC:
            model = self.by_type(GENERIC[name])
            model.collection = model.__model__.collection = name
            return model
        return super().find("acl" if isinstance(name, str) and "_acl" in name else name)

    def by_type(self, name: str) -> type[Entity]:
        return super().by_type("acl" if "_acl" in str(name) else name)


class T1Entity(GivenValues, Entity, platform="T1", registry=_T1Registry):
    """One TerminalOne record. Lists bring only id and name unless ``full=True`` is asked for."""

    _limited = ("id", "name")
    _created = "created_on"
    _currency_at = ("currency_code", "campaign.currency_code")
    _nested_in: ClassVar[str] = ""
    """The relation under whose URL the records live, where they have no collection of their own."""
    _deletable: ClassVar[bool] = False
    _versioned: ClassVar[bool] = True
    """Whether an update names the version it is based on."""
    _whole_with: ClassVar[str] = "version"
    """The field that short records lack and whole ones always have."""
    _limit_params: ClassVar[Mapping[str, str]] = {}
    """The query parameters that limit a listing, where the service takes no limit in the path."""
    _read_only: str = ""
    """Why records of this class are not saved; empty where they are."""
    _placing = ("version",)

    resource: ClassVar[str] = ""
    """T1's name for one such record, ``"campaign"``."""

    id = Int(readonly=True)
    version = Version()
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)

    def __init_subclass__(cls, **declaration: Any) -> None:
        super().__init_subclass__(**declaration)
        cls.resource = cls._type

    @classmethod
    def _wrap(cls, row: Row, peers: Peers) -> Self:
        """The row's own type decides its class; one that is not declared becomes a generic entity."""
        kind = row.get("entity_type")
        if kind != cls._type and kind:
            return cls._registry.by_type(kind)._make(row, peers)  # type: ignore[return-value]
        return cls._make(row, peers)

    def _whole(self) -> bool:
        """Short records come without a version. XML, and JSON for some fields, leave nulls out of whole ones."""
        if self.__dict__.get("_short") is self._raw or isinstance(self._raw, ReferenceRow):
            return False
        return self._whole_with in self._raw

    def _currency(self, field: Field[Any]) -> str | None:
        """The record's own currency, or the first of an amount that came as a list of several."""
        value = self._raw.get(field.wire)
        listed = value[0] if isinstance(value, list) and value else {}
        return super()._currency(field) or listed.get("currency_code")

    def _undeclared(self, name: str, value: Any) -> Any:
        """Relations that are not declared become entities; anything else stays as it came."""
        if isinstance(value, dict) and "entity_type" in value:
            return T1Entity._wrap(value, self._peers.nested(name))
        if (
            isinstance(value, list)
            and value
            and all(isinstance(item, dict) and "entity_type" in item for item in value)
        ):
            return [T1Entity._wrap(item, self._peers.nested(name)) for item in value]
        return value

    def _unsendable(self, name: str, value: Any, why: str) -> None:
        """As in the classic SDK, such a value stays on the object and is never sent; a warning says so."""
        hint = "" if name in self._fields else did_you_mean(name, [*self._fields, *self._relations], most=1)
        warn(f"{why}: the value is not sent" + (f" ({hint})" if hint else ""), UnsentValueWarning)
        if name not in self._fields:
            self.__dict__[name] = value

    # where it belongs and where it is saved

    @property
    def parent(self) -> str:
        """The collection it was read as a child of, such as "strategies"; unset on other records."""
        return self._place("parent")  # type: ignore[no-any-return]

    @parent.setter
    def parent(self, collection: str) -> None:
        self.__dict__["parent"] = self._registry.find(collection).collection

    @property
    def parent_id(self) -> int:
        """The id of the entity it was read as a child of; unset on other records."""
        return int(self._place("parent_id"))

    @parent_id.setter
    def parent_id(self, entity_id: Any) -> None:
        parent = self.__dict__.get("parent")
        kind = self._registry.find(parent)._type if parent else ""  # empty: any class will do
        self.__dict__["parent_id"] = id_of(entity_id, kind)

    def _place(self, name: str) -> Any:
        try:
            return self.__dict__[name]
        except KeyError:
            raise AttributeError(name) from None  # Entity.__getattr__ looks into the row next

    def _listing(self, session: Session) -> Query[Self]:
        listing = super()._listing(session)
        if not self._nested_in:
            return listing
        return listing.within({self._nested_in: getattr(self, self._relations[self._nested_in].by)})

    def _rebase(self, version: int | None) -> None:
        """Replaces the version that the next update is based on; not a change."""
        changed = self._values is not self._raw
        row = {**self._raw, "version": version}
        if not self._whole():
            self.__dict__["_short"] = row  # a version of the user's does not make the record whole
        values = {**self._values, "version": version}
        originals = self._originals()
        self._reset(row, self._peers)
        self._remember_originals(originals)
        if changed:
            self._take(values)

    def _path(self) -> str:
        """Where it is saved: ``api/v2.0/campaigns/7``, without the id while it has none."""
        entity_id = self._raw.get("id")
        return service(self.collection) + ("" if entity_id is None else f"/{int(entity_id)}")

    def _save_path(self) -> str:
        """Where a save goes: `_path`, unless the caller names another URL below the service."""
        url = self.__dict__.get("_url")
        base = service(self.collection).removesuffix(f"/{self.collection}")
        return self._path() if url is None else f"{base}/{url.strip('/')}"

    # what is sent

    def _form(self, form: dict[str, str]) -> None:
        """Changes what a save sends, where the record has rules of its own. The version is added later."""

    def _body(self, values: Mapping[str, Any], version: Any) -> Pairs | dict[str, Any]:
        """What a save sends: the pairs of a form, or a dict that goes as JSON. None empties a field. `version`: the
        one that an update is based on."""
        form = {
            self._fields[name].wire: "" if value is None else str(self._fields[name].dump(value))
            for name, value in values.items()
        }
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

        data: send these values instead of the pending changes, which stay pending. extra: values by T1's own names,
        sent along as they are, for fields that are not declared: ``save(extra={"is_mraid": True})``. url: a path
        below the service to send to, ``"campaigns/7"``, instead of the record's own; the second argument when it is
        text, as in the classic SDK. Returns what was sent, old and new per field; when nothing changed, nothing is
        sent. When it fails, the pending changes stay as they were. Raises `ClientError` for records that cannot be
        saved.
        """
        session = self._attached("save it to")
        if self._read_only:
            raise ClientError(f"{self._label()} cannot be saved", hint=self._read_only)
        if isinstance(extra, str):  # the classic order: save(data, url)
            extra, url = None, extra
        if url is None:
            return session.save(self, data, extra, **options)
        self.__dict__["_url"] = url
        try:
            return session.save(self, data, extra, **options)
        finally:
            del self.__dict__["_url"]

    def update(self, data: Mapping[str, Any] | None = None) -> dict[str, Change]:
        """`save`, by its other classic name."""
        return self.save(data)

    def delete(self) -> None:
        """Deletes the record, where T1 can; the object is empty afterwards and cannot be saved again."""
        if self._deletable and self._raw.get("id") is None:
            raise ClientError(f"{self._label()} has no id yet", hint="there is nothing to delete")
        super().delete()
        self._emptied(f"{self._label()} was deleted")

    def _emptied(self, why: str) -> None:
        """The record is gone: nothing of it is left here, and it is not saved again."""
        self._reset({}, Peers(self._peers.session, []))
        self.__dict__["_read_only"] = why

    # side calls

    def _call(
        self, method: str, tail: str, form: Pairs | None = None, params: Pairs = (), accept: str = "", **parts: Any
    ) -> Page:
        """Sends ``{method} {collection}/{id}/{tail}``; the rows of the answer. The entity itself stays as it is."""
        session = self._attached(f"ask for {tail!r}" if method == "GET" else f"send {tail!r} to")
        return session.fetch_page(self._request(session, method, tail, form, params, accept, **parts))

    def _request(
        self,
        session: Session,
        method: str,
        tail: str,
        form: Pairs | None = None,
        params: Pairs = (),
        accept: str = "",
        **parts: Any,
    ) -> Request:
        if self._raw.get("id") is None:
            raise ClientError(f"{self._label()} has no id yet", hint="save() it first")
        headers = {"Accept": accept} if accept else cast("T1Dialect", session.dialect).accept
        parts.setdefault("writes", method == "POST")
        parts.setdefault("subject", CONTENT if method == "GET" else STATUS)
        return Request(method, f"{self._path()}/{tail}", params, form, headers=headers, **parts)

    def _children(self, tail: str) -> list[Any]:
        """All records of a child collection; they know their parent."""
        session = self._attached(f"ask for {tail!r}")
        url = self._request(session, "GET", tail).path
        plan = cast("T1Dialect", session.dialect).plan_rows(session.query(type(self)), url)
        return [each for page in drive(plan.pager(), session.fetch_page) for each in self._made(page)]

    def _made(self, page: Page) -> list[Any]:
        """The records of an answer, as entities that know their parent."""
        made = self._wrapped(page.rows)
        for each in made:
            each.__dict__.update(parent=self.collection, parent_id=self.id)
        return made

    def _wrapped(self, rows: list[Row]) -> list[Any]:
        """Rows as entities of the same session."""
        peers = Peers(self._peers.session, rows)
        return [T1Entity._wrap(row, peers) for row in rows]

    def _single(self, made: list[Any], what: str) -> Any:
        """The one record of an answer."""
        if not made:
            raise NotFoundError(f"T1's answer holds no {what} of {self._label()}")
        return made[0]

    def _merge(self, page: Page) -> None:
        """Takes over what a side call told about the entity itself; unsaved changes stay pending."""
        own = [r for r in page.rows if (r.get("entity_type"), str(r.get("id"))) == (self._type, str(self.id))]
        if own:
            self._renew({**self._raw, **own[0]}, self._pending())

    def _replace(self, relation: str, rows: list[Row] | None) -> None:
        """A relation has these rows now; None: they are unknown, and are loaded when it is touched."""
        row = {key: value for key, value in self._raw.items() if key != relation}
        if rows is not None:
            row[relation] = rows
        self._renew(row, self._pending(), Peers(self._peers.session, [row]))

    # the classic methods

    def get_properties(self) -> dict[str, Any]:
        """Loaded values overlaid with changed ones, as a dict."""
        return self.to_dict()

    def is_property(self, name: str) -> bool:
        """Whether a name is a declared field."""
        return name in self._fields

    def get_formdata(self, includeunchanged: bool = False) -> dict[str, str]:
        """The form that `save` would send, without the version; with `includeunchanged`, all writable values."""
        values = self._pending()
        if includeunchanged:
            fixed = {"version", *(n for n, f in self._fields.items() if f.create_only and "id" in self._raw)}
            writable = [n for n, f in self._fields.items() if not f.readonly and n not in fixed]
            values = {**{n: self._loaded(n) for n in writable if self._fields[n].wire in self._raw}, **values}
        return dict(self._body(values, None))

    def history(self) -> Iterator[dict[str, Any]]:
        """The log of changes: each entry's attributes, and ``fields``: ``{name: {"old_value", "new_value"}}``.

        Asked for in XML: the shape of the JSON reply is not documented. Source: wire.md section 4.
        """
        session = self._attached("read the history from")
        if self._raw.get("id") is None:
            raise ClientError(f"{self._label()} has no history yet", hint="save() it first")
        request = Request("GET", f"{self._path()}/history", headers={"Accept": "*/*"}, subject=LOG)
        page = session.fetch_page(request)
        for entry in page.extra["log"]:
            entry["fields"].pop("last_modified", None)
            yield entry

    def amounts(self, name: str) -> dict[str, Decimal]:
        """A money field in all its currencies: ``{"USD": Decimal("20")}``; a single amount under `currency_code`."""
        value = self._raw.get(name)
        if isinstance(value, list):
            return {item.get("currency_code", ""): parse_decimal(item["value"]) for item in value}
        return {} if value in (None, "") else {self._raw.get("currency_code", ""): parse_decimal(value)}


class Removable(T1Entity):
    """A record that T1 can delete: ``POST {collection}/{id}/delete`` with the version."""

    _deletable = True

    def remove(self) -> None:
        """`delete`, by its classic name."""
        self.delete()


class SubEntity(T1Entity):
    """A record that exists under another one only: ``{parent}/{parent_id}/{collection}[/{id}]``.

    One that was read knows its parent. A new one is told: ``t1.new("permission", parent="users", parent_id=7)``.
    """

    def _path(self) -> str:
        try:
            place = f"{service(self.parent)}/{int(self.parent_id)}/{self.collection}"
        except AttributeError:
            raise ClientError(
                f"{self._label()} belongs to no entity yet",
                hint='read it as a child, t1.get("strategies", id, "region"), or set parent and parent_id',
            ) from None
        own_id = self._own_id()
        return place if own_id is None else f"{place}/{int(own_id)}"

    def _own_id(self) -> Any:
        return self._raw.get("id")

    def refresh(self) -> Self:
        """Loads the record again; unsaved changes stay. Returns the entity."""
        session = self._attached("load it from")
        accept = cast("T1Dialect", session.dialect).accept
        page = session.fetch_page(Request("GET", self._path(), (("full", "*"),), headers=accept, subject=CONTENT))
        if page.rows:
            self._renew(page.rows[0], self._pending())
        return self
