"""What all Pinterest entities share: the operations that read and save them, and the parents they remember."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ParserException
from adplatforms.core.reference import ReferenceRow

from .fields import Choice, Id

if TYPE_CHECKING:
    from adplatforms.core.field import Field
    from adplatforms.core.messages import Request
    from adplatforms.core.query import Query
    from adplatforms.core.relations import Row
    from adplatforms.core.session import Session

    from .description import Operation

__all__ = ["PinterestEntity", "Routes"]

_HIDING = ("entity_statuses", "asset_type")
_CREATED = ("created_time", "created_at", "created_timestamp", "creation_time")


class Routes(NamedTuple):
    """The ids of the operations of a resource; empty where there is none. `list`: the first is the plain listing, the
    others list the same records by other parents or by a search."""

    list: tuple[str, ...] = ()
    get: str = ""
    create: str = ""
    update: str = ""
    delete: str = ""


class PinterestEntity(Entity, platform="Pinterest"):
    """One Pinterest record. Records of a list are as whole as those read one by one: what one lacks is null.

    ``where(...)`` filters by fields. ``within(...)`` takes the parents (``ad_account=``, ``board=``: an id or the
    record) and any other parameter of the listing by its name (``pin_filter="has_been_promoted"``). Children are what
    a listing of them shows: archived and draft ones are not among them.

    A declaration names its operations by their ids: ``list="pins/list boards/list_pins"``, ``get=``, ``create=``,
    ``update=``, ``delete=``; where the path, the query or the body of one needs a value, the field of that name has it.
    `key`: the wire's name of what identifies a record, where that is not ``id``: ``key="user.id"`` stands in an object,
    ``key="member_id/asset_id"`` are two that do it together. `retired`: the values that archive it. `exclusive`: the
    list parameters of which Pinterest takes one per call, the narrowest first; `one_required`: it wants one of them.
    `sends`: what every update carries beside the changes. `none`: the ids that stand for none. `private`: its bodies
    hold credentials or personal data, which no log shows.
    """

    id = Id(readonly=True, doc="What identifies it")

    _currency_at = ("currency_info", "ad_account.currency")
    _routes: ClassVar[Routes] = Routes()
    _id_key: ClassVar[str] = "id"
    _retired: ClassVar[Mapping[str, Any]] = {}
    _exclusive: ClassVar[tuple[str, ...]] = ()
    _one_required: ClassVar[bool] = False
    _unfiltered: ClassVar[str] = ""
    """What a listing without any of the exclusive parameters leaves out."""
    _sends: ClassVar[Mapping[str, Any]] = {}
    _none: ClassVar[Mapping[str, Any]] = {}
    _placing = ("act_as",)
    _private: ClassVar[bool] = False
    _rewrites: ClassVar[bool] = False
    """Whether `_arrived` does more than to take over what was known."""

    def __init_subclass__(
        cls,
        *,
        list: str = "",
        get: str = "",
        create: str = "",
        update: str = "",
        delete: str = "",
        key: str = "id",
        retired: Mapping[str, Any] | None = None,
        exclusive: str = "",
        one_required: bool = False,
        sends: Mapping[str, Any] | None = None,
        none: Mapping[str, Any] | None = None,
        private: bool = False,
        **declaration: Any,
    ) -> None:
        super().__init_subclass__(**declaration)
        cls._routes = Routes(tuple(list.split()), get, create, update, delete)
        cls._id_key, cls._retired, cls._sends, cls._none = key, retired or {}, sends or {}, none or {}
        own = cls._arrived.__func__ is not PinterestEntity._arrived.__func__  # type: ignore[attr-defined]
        cls._rewrites = own or key != "id" or bool(none)
        cls._created = next((name for name in _CREATED if name in cls._fields), "")
        cls._private = private
        cls._exclusive, cls._one_required = tuple(exclusive.split()), one_required

    def __init__(
        self, session: Session | None = None, properties: Mapping[str, Any] | None = None, **values: Any
    ) -> None:
        super().__init__(session, properties, **values)
        self.__dict__["_made"] = self._raw

    @classmethod
    def _arrived(cls, row: Row, known: Mapping[str, Any]) -> Row:
        """A row as it is kept: with what was known when it was asked for (its parents), and its identity under
        ``id``."""
        for name, value in known.items():
            row.setdefault(name, value)
        if cls._id_key != "id":
            row.setdefault("id", cls._identity(row))
        for name, value in cls._none.items():
            if row.get(name) == value:
                row[name] = None
        return row

    @classmethod
    def _inner(cls, row: Row, name: str) -> Row:
        """The object that a row has under a name, empty where it has none; a `ParserException` for anything else."""
        found = row.get(name)
        if found is not None and not isinstance(found, dict):
            raise ParserException(f"the answer's {name} is no object: Pinterest changed it, or something else answered")
        return found or {}

    @classmethod
    def _identity(cls, row: Row) -> Any:
        """What identifies a row that has no ``id``."""
        parts: list[Any] = []
        for path in cls._id_key.split("/"):
            part: Any = row
            for name in path.split("."):
                part = (part or {}).get(name)
            parts.append(part)
        return parts[0] if len(parts) == 1 else "/".join(map(str, parts))

    @classmethod
    def _page(cls, rows: list[Row], known: Mapping[str, Any]) -> list[Row]:
        """`_arrived` for a page of rows, at little cost where the rows only take over what was known."""
        if cls._rewrites:
            return [cls._arrived(row, known) for row in rows]
        for name, value in known.items():
            for row in rows:
                row.setdefault(name, value)
        return rows

    @classmethod
    def _id_parts(cls, entity_id: Any) -> dict[str, Any]:
        """The id, and the fields that it is made of: ``member/asset``."""
        parts = {"id": entity_id}
        names = [name for name in cls._id_key.split("/") if name in cls._fields and name != "id"]
        texts = str(entity_id).split("/", len(names) - 1) if names else []
        if len(texts) == len(names):
            parts.update((cls._fields[name].wire, text) for name, text in zip(names, texts, strict=True))
        return parts

    def _whole(self) -> bool:
        """A record that came from Pinterest is whole; one that is being made has only what was set, and a reference
        only its id."""
        return self.__dict__.get("_made") is not self._raw and not isinstance(self._raw, ReferenceRow)

    @classmethod
    def _natural(cls) -> tuple[str, ...]:
        """A lost create is found again by its name under the parents that it needs."""
        parents = [name for name, field in cls._fields.items() if field.required and isinstance(field, Id)]
        return (*parents, "name") if "name" in cls._fields else ()

    def _listing(self, session: Session) -> Query[Self]:
        """Under its own parents, whatever the session's are, and with the rows that listings hide by default."""
        row = self._values
        listing = super()._listing(session).within(session.dialect.scope(type(self), row))
        hidden = [field for field in self._fields.values() if isinstance(field, Choice) and field.param in _HIDING]
        return listing.where(*(field.in_(field.values) for field in hidden))

    # what a call about this record needs

    @classmethod
    def _request(
        cls, operation: Operation, params: Mapping[str, Any], body: Any = None, subject: Any = None, came: Any = None
    ) -> Request:
        """A request about records of this class."""
        made = operation.request(params, body, subject=subject, came=came)
        return replace(made, private=True) if cls._private else made

    @classmethod
    def _field_of(cls, param: str, place: str) -> Field[Any] | None:
        """The field that a parameter of an operation stands for; None where it is none of this class's."""
        if param == "ad_account_id" and place == "query":
            return cls._fields.get("act_as")
        if param in cls._fields or place == "query":
            return cls._fields.get(param)
        return next((field for field in cls._fields.values() if field.param == param), None)

    def _argument(self, param: str, place: str) -> Any:
        """The value that a parameter of an operation takes from this record: that of its field, the identity for the
        parameter of the path that is no field. None where it has none."""
        field = self._field_of(param, place)
        value = None if field is None else self._values.get(field.wire)
        own = field is None or param == self._id_key
        return self._raw.get("id") if value is None and own and place == "path" else value

    def _rows_that_came(self) -> Row:
        """The row as it came; of a copy that of its original, as far as it was taken along."""
        known = {field.wire: (field, self._came(name)) for name, field in self._fields.items()}
        return {**self._raw, **{wire: field.dump(value) for wire, (field, value) in known.items() if value is not None}}

    def _member(self, wire: str) -> Any:
        """The value of a member that a body needs and no change holds, by wire name; None where it has none."""
        return self._values.get(wire)

    def _sent(self, values: Row, operation: Operation) -> Row:
        """Changes what a save sends, where a resource has rules of its own."""
        return values

    def _deletion(self) -> Any:
        """The body of a deletion that takes one."""
        return None
