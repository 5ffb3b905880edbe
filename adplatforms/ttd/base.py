"""The base of The Trade Desk's entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from adplatforms.core.copying import lacking_fields
from adplatforms.core.entity import Entity
from adplatforms.core.errors import (
    APIError,
    ClientError,
    InvalidValueError,
    NotLoaded,
    UnknownFieldError,
    UnknownNameError,
    did_you_mean,
)
from adplatforms.core.field import Field
from adplatforms.core.state import EntityState

from . import holds
from .copying import copied, read_by, shows
from .known import ROOTS, exact
from .mapped import Id, Mapped, Str
from .model import TTDModel
from .scope import children_of

if TYPE_CHECKING:
    from adplatforms.core.query import Query
    from adplatforms.core.session import Session

    from .session import TTD

__all__ = ["TTDEntity"]


class TTDEntity(Entity, platform="The Trade Desk"):
    """A record of The Trade Desk: one class for what four surfaces spell differently.

    Confidence marks in docstrings: **[S]** official SDK, **[O]** vendor's sample scripts, **[D]** public copies of the
    vendor's documentation, **[3:n]** third-party code in n repositories, **[I]** inferred. Unless a class or field says
    otherwise, GraphQL names are [3:1] (an introspection of November 2024), REST names [3:n] or better
    (platform_rest_v3.json), Workflows names [S].

    What a class declares in its body is explained in `model.TTDModel`.
    """

    __model__: ClassVar[TTDModel]
    _model_class = TTDModel
    _currency_at = (
        "advertiser.currency_code",
        "advertiser.currency",
        "campaign.advertiser.currency_code",
        "campaign.advertiser.currency",
    )
    # Only campaigns have one (crosswalk.md): what is below them runs in theirs.
    _zone_at = ("time_zone", "time_zone_iana", "campaign.time_zone", "campaign.time_zone_iana")
    _rest: ClassVar[str] = ""
    _identity: ClassVar[tuple[str, ...]] = ()
    _surface: ClassVar[str] = ""
    _never_copied: ClassVar[frozenset[str]] = frozenset()
    _shown_by_rest: ClassVar[Mapping[str, str]] = {}
    _set_instead: ClassVar[Mapping[str, str]] = {}
    _prefers_rest: ClassVar[bool] = False

    def __init_subclass__(cls, **declaration: Any) -> None:
        """Fields know which operators the server honours exactly: what `known` says of the root connection."""
        super().__init_subclass__(**declaration)
        root = ROOTS.get(cls.__name__)
        for field in vars(cls).values():
            if isinstance(field, Field):
                # Ids are text too, but have no case by which two of them could differ.
                is_text = isinstance(field, Str) and not isinstance(field, Id)
                operators = exact(root.many, field.wire, is_text) if root is not None else ""
                field.filters = frozenset(operators.split())

    @classmethod
    def _id_parts(cls, entity_id: Any) -> dict[str, Any]:
        """The id, and what it is made of where the platform has none.

        ``adg0001/41`` is the flight of ad group adg0001 within campaign flight 41.
        """
        identity, texts = cls.__model__.identity, str(entity_id).split("/")
        if len(texts) != len(identity):
            return {"id": entity_id}
        return {**dict(zip(identity, texts, strict=True)), "id": entity_id}

    def _listing(self, session: Session) -> Query[Self]:
        """What the platform lists inside a parent only is listed by the parent that the record knows."""
        listing = super()._listing(session)
        for relation in self.__model__.parents:
            parent_id = self._raw.get(relation.by_wire)
            if parent_id is not None and children_of(relation.target, type(self)):
                return listing.within({relation.name: parent_id})
        return listing

    def forget_job(self) -> None:
        """Lets the entity be saved again after a job that may have applied it: **look first**.

        What the job created is found by parent and name; a record that exists is compared after `refresh()`. Sends
        nothing.
        """
        holds.release(self)

    def as_new(self, *, without: Iterable[str] = (), **changes: Any) -> Self:
        """As of any entity. What the surface that was read does not have is read from the other one first.

        That takes one call, or one to each surface. Raises a `ClientError` that names what no surface shows: give it a
        value among `changes`, or say that the copy goes `without` it.
        """
        # A copy of a new entity that is being created would create the same record once more.
        copy = super().as_new(without=without, **changes)
        holds.hold_copy(self, copy)
        return copy

    def _values_to_copy(self, left_out: set[str]) -> dict[str, Any]:
        left_out = left_out | self.__model__.never_copied
        lacking = lacking_fields(self, left_out)
        if self._raw.get("id") is None or not lacking:
            return super()._values_to_copy(left_out)
        return copied(self, lacking, left_out)

    def refresh(self) -> Self:
        """As of any entity, and it ends what is known of a job that may have changed the record.

        Raises an `APIError` where the server refuses to show a field that was changed. Then nothing is taken over: the
        change could not be compared any more.
        """
        row, peers, pending = self._raw, self._peers, self._pending()
        super().refresh()
        session = cast("TTD", self._attached("ask"))
        try:
            session.dialect.check_refused(type(self), pending, "the unsaved change of")
        except APIError:
            self._renew(row, pending, peers)
            raise
        # What a job perhaps changed is known now; one that still runs may change it later.
        if not holds.is_running(self):
            holds.release(self)
        return self

    def _not_loaded(self, field: Field[Any]) -> NotLoaded:
        """Names the surface that brings a field, where the one that was read does not have it."""
        error = super()._not_loaded(field)
        if self._raw.get("id") is None or not isinstance(field, Mapped):
            return error
        refusal = self._refusal(field)
        if refusal and field.graphql:
            return error.copy_with(hint=f"the server refused it: {refusal}", refused=True)
        return error.copy_with(hint=_where_read(field) or error.hint)

    def __setattr__(self, name: str, value: Any) -> None:
        try:
            super().__setattr__(name, value)
        except (InvalidValueError, UnknownFieldError) as error:
            # Where it is set instead: what the platform takes by another name is not a spelling mistake.
            if name in self._set_instead and not error.hint.startswith("did you mean"):
                error.hint = self._set_instead[name]
            raise

    def load(self, fields: str | Iterable[str]) -> Self:
        """Loads fields from whichever surface shows them: ``ad_group.load("creative_ids").creative_ids``.

        fields: one name, or several, of fields that the record came without; one call to each surface that is needed.
        What is unsaved stays. Raises a `ClientError` for a field that no surface shows.
        """
        state = EntityState(self)
        if state.is_new:
            raise ClientError(f"{state.label} has no id yet", hint="save() it first")
        names = [fields] if isinstance(fields, str) else list(fields)
        found: dict[str, Any] = {}
        missing = []
        for name in names:
            field = self.__model__.fields.get(name)
            if field is None:
                raise UnknownNameError(
                    f"{type(self).__name__} has no field {name!r}", hint=did_you_mean(name, self._names())
                )
            if field.wire not in state.row:
                missing.append(name)
        for surface in ("rest", "graphql"):
            wanted = [name for name in missing if shows(self, name, surface)]
            if wanted:
                row = EntityState(read_by(self, surface)).row
                wires = [self.__model__.fields[name].wire for name in wanted]
                found |= {wire: row[wire] for wire in wires if wire in row}
                missing = [name for name in missing if self.__model__.fields[name].wire not in found]
        if missing:
            raise ClientError(f"no surface shows {', '.join(missing)} of {state.label}")
        if found:
            cache = dict(state.cache())
            state.renew({**state.row, **found}, state.pending(), state.peers)
            # Related records that were handed out stay the ones that are handed out.
            state.cache().update({name: value for name, value in cache.items() if name in self.__model__.relations})
        return self

    def _refusal(self, field: Field[Any]) -> str:
        """The message of the server about a field that the session leaves out; empty where it does not."""
        session = EntityState(self).session
        if session is None:
            return ""
        return cast("TTD", session).dialect.refused.messages.get((type(self).__name__, field.name), "")


def _where_read(field: Mapped) -> str:
    """Which surface shows a field; empty where all of them do."""
    if field.removed:
        return f"the vendor removed it {field.removed}"
    if not field.graphql and not field.rest:
        return "no surface reads it: it can only be set"
    if not field.graphql:
        return f'only REST has it: ttd.using(route="rest"), or here load("{field.name}")'
    if not field.rest:
        return f'only GraphQL has it: ttd.using(route="graphql"), or here load("{field.name}")'
    return ""
