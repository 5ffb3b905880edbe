"""What all T1 entities share: where they are saved, the classic methods, and attributes that are never sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, UnsentValueWarning, did_you_mean, warn
from adplatforms.core.relations import Peers, Row
from adplatforms.core.values import Change, Request, parse_decimal

from ..routes import service
from ..t1types import DateTime, Int, Version

if TYPE_CHECKING:
    from typing_extensions import Self

    from adplatforms.core.query import Query
    from adplatforms.core.session import Session

__all__ = ["T1Entity"]


class T1Entity(Entity, platform="T1"):
    """One TerminalOne record. Lists bring only id and name unless ``full=True`` is asked for."""

    _limited = ("id", "name")
    _nested_in: ClassVar[str] = ""
    """The relation under whose URL the records live, where they have no collection of their own."""
    _deletable: ClassVar[bool] = False

    id = Int(readonly=True)
    version = Version()
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)

    @classmethod
    def _wrap(cls, row: Row, peers: Peers) -> Self:
        """The row's own type decides its class; one that is not declared becomes a generic entity."""
        kind = row.get("entity_type")
        if kind != cls._type and kind:
            return cls._registry.by_type(kind)._make(row, peers)  # type: ignore[return-value]
        return cls._make(row, peers)

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

    def _listing(self, session: Session) -> Query[Self]:
        listing = super()._listing(session)
        if not self._nested_in:
            return listing
        return listing.limit({self._nested_in: getattr(self, self._relations[self._nested_in].by)})

    def _rebase(self, version: int | None) -> None:
        """Replaces the version that the next update is based on; not a change."""
        changed = self._values is not self._raw
        row = {**self._raw, "version": version}
        values = {**self._values, "version": version}
        self._reset(row, self._peers)
        if changed:
            self._take(values)

    def _path(self) -> str:
        """Where it is saved: ``api/v2.0/campaigns/7``, without the id while it has none."""
        entity_id = self._raw.get("id")
        return service(self.collection) + ("" if entity_id is None else f"/{int(entity_id)}")

    def _form(self, form: dict[str, str]) -> None:
        """Changes what a save sends, where the record has rules of its own. The version is added later."""

    # the classic methods

    def update(self, data: Mapping[str, Any] | None = None) -> dict[str, Change]:
        """`save`, by its other classic name."""
        return self.save(data)

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
        form = {
            self._fields[n].wire: "" if v is None else str(self._fields[n].dump(v)) for n, v in values.items()
        }
        self._form(form)
        return form

    def history(self) -> Iterator[dict[str, Any]]:
        """The log of changes: each entry's attributes, and ``fields``: ``{name: {"old_value", "new_value"}}``.

        Asked for in XML: the shape of the JSON reply is not documented. Source: wire.md section 4.
        """
        session = self._attached("read the history from")
        if self._raw.get("id") is None:
            raise ClientError(f"{self._label()} has no history yet", hint="save() it first")
        page = session.fetch_page(Request("GET", f"{self._path()}/history", headers={"Accept": "*/*"}))
        for entry in page.extra["log"]:
            entry["fields"].pop("last_modified", None)
            yield entry

    def amounts(self, name: str) -> dict[str, Decimal]:
        """A money field in all its currencies: ``{"USD": Decimal("20")}``; a single amount under `currency_code`."""
        value = self._raw.get(name)
        if isinstance(value, list):
            return {item.get("currency_code", ""): parse_decimal(item["value"]) for item in value}
        return {} if value in (None, "") else {self._raw.get("currency_code", ""): parse_decimal(value)}
