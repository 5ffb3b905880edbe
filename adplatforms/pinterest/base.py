"""What all Pinterest entities share: the operations that read and save them, and the parents they remember."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ParserException
from adplatforms.core.reference import NewRow, ReferenceRow

from .fields import Choice, Id, param_of
from .model import PinterestModel, Routes

if TYPE_CHECKING:
    from adplatforms.core.query import Query
    from adplatforms.core.relations import Row
    from adplatforms.core.session import Session

    from .description import Operation

__all__ = ["PinterestEntity"]

_HIDING = ("entity_statuses", "asset_type")
"""The parameters of listings that leave out rows by default. Source: wire.md, section 5."""


class PinterestEntity(Entity, platform="Pinterest"):
    """One Pinterest record. Records of a list are as complete as those read one by one: what one lacks is null.

    ``where(...)`` filters by fields. ``within(...)`` takes the parents (``ad_account=``, ``board=``: an id or the
    record) and any other parameter of the listing by its name (``pin_filter="has_been_promoted"``). Children are what
    a listing of them shows: archived and draft ones are not among them.

    A declaration names its operations by their ids: ``list="pins/list boards/list_pins"``, ``get=``, ``create=``,
    ``update=``, ``delete=``; where the path, the query or the body of one needs a value, the field of that name has it.
    The other arguments of a class:

    - `key`: the wire's name of what identifies a record, where that is not ``id``. ``key="user.id"`` stands in an
      object, ``key="member_id/asset_id"`` are two that do it together.
    - `retired`: the values that archive it.
    - `exclusive`: the parameters of the listing of which Pinterest takes one per call, the narrowest first.
      `one_required`: it wants one of them. `unfiltered`: what a listing without any of them leaves out.
    - `always_sent`: what every update carries besides the changes.
    - `none`: the ids that stand for none.
    - `repeated`: what each element of a body repeats of the path, by wire name.
    - `cleared`: what an update sends to empty a member for which null means "unchanged", by wire name.
    - `private`: its bodies hold credentials or personal data, which no log shows.
    """

    __model__: ClassVar[PinterestModel]
    _model_class = PinterestModel

    id = Id(readonly=True, doc="What identifies it")

    _currency_at = ("currency_info", "ad_account.currency")
    _placing = ("act_as",)

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
        unfiltered: str = "",
        always_sent: Mapping[str, Any] | None = None,
        none: Mapping[str, Any] | None = None,
        cleared: Mapping[str, Any] | None = None,
        repeated: str = "",
        private: bool = False,
        **declaration: Any,
    ) -> None:
        super().__init_subclass__(**declaration)
        model = cls.__model__
        model.routes = Routes(tuple(list.split()), get, create, update, delete)
        model.key, model.retired, model.none = key, retired or {}, none or {}
        model.exclusive, model.one_required, model.unfiltered = tuple(exclusive.split()), one_required, unfiltered
        model.repeated = tuple(repeated.split())
        model.always_sent, model.cleared, model.private = always_sent or {}, cleared or {}, private
        extended = cls._adapt.__func__ is not PinterestEntity._adapt.__func__  # type: ignore[attr-defined]
        model.rewrites_rows = extended or key != "id" or bool(none)

    # what came

    @classmethod
    def _adapt(cls, row: Row, known: Mapping[str, Any]) -> Row:
        """A row as entities hold it: with what was known when it was asked for, and its identity under ``id``.

        known: the parents that it was asked under, by wire name. Entities whose answers differ from their rows extend
        this.
        """
        # Only what the row lacks: what Pinterest itself says of the parents counts.
        for name, value in known.items():
            row.setdefault(name, value)
        model = cls.__model__
        if model.key != "id":
            row.setdefault("id", cls._identify(row))
        # Ids such as "0" would otherwise be looked up as records.
        for name, value in model.none.items():
            if row.get(name) == value:
                row[name] = None
        return row

    @classmethod
    def _object_in(cls, row: Row, name: str) -> Row:
        """The object that a row has under a name, empty where it has none; a `ParserException` for anything else."""
        found = row.get(name)
        if found is not None and not isinstance(found, dict):
            raise ParserException(
                f"the answer's {name} is not an object: Pinterest changed it, or something else answered"
            )
        return found or {}

    @classmethod
    def _identify(cls, row: Row) -> Any:
        """What identifies a row that has no ``id``: what its key names, joined where these are several."""
        parts: list[Any] = []
        for path in cls.__model__.key.split("/"):
            part: Any = row
            for name in path.split("."):
                part = (part or {}).get(name)
            parts.append(part)
        if len(parts) == 1:
            return parts[0]
        return "/".join(map(str, parts))

    @classmethod
    def _id_parts(cls, entity_id: Any) -> dict[str, Any]:
        """The id, and the fields that it is made of: ``member/asset``."""
        parts = {"id": entity_id}
        model = cls.__model__
        names = [name for name in model.key.split("/") if name in model.fields and name != "id"]
        if not names:
            return parts
        # The last part may hold a slash itself, such as the URL of a website.
        texts = str(entity_id).split("/", len(names) - 1)
        if len(texts) == len(names):
            parts.update((model.fields[name].wire, text) for name, text in zip(names, texts, strict=True))
        return parts

    def _is_complete(self) -> bool:
        """A record that came from Pinterest is complete; a new one has only what was set, a reference only its id."""
        # An id does not tell: some records, such as item issues of feeds, come without one.
        return not isinstance(self._raw, (NewRow, ReferenceRow))

    # how it is found

    @classmethod
    def _natural(cls) -> tuple[str, ...]:
        """A lost create is found again by its name under the parents that it needs."""
        fields = cls.__model__.fields
        if "name" not in fields:
            return ()
        parents = [name for name, field in fields.items() if field.required and isinstance(field, Id)]
        return (*parents, "name")

    def _listing(self, session: Session) -> Query[Self]:
        """The query that lists it: under its own parents, with the rows that listings hide by default."""
        listing = super()._listing(session).within(session.dialect.scope(type(self), self._values))
        hiding = [
            field
            for field in self.__model__.fields.values()
            if isinstance(field, Choice) and param_of(field) in _HIDING
        ]
        return listing.where(*(field.in_(field.values) for field in hiding))

    # what a write takes from it

    def _body_value(self, wire: str) -> Any:
        """The value of a member that a body needs and no change holds, by wire name; None where it has none."""
        return self._values.get(wire)

    def _body_item(self, values: Row, operation: Operation) -> Row:
        """The changes as an operation takes them, where a resource has rules of its own."""
        return values

    def _deletion_body(self) -> Any:
        """The body of a deletion that takes one."""
        return None
