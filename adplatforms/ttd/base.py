"""The base of The Trade Desk's entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from adplatforms.core.entity import Entity
from adplatforms.core.errors import APIError, NotLoaded
from adplatforms.core.field import Field

from . import holds
from .copying import copied
from .known import ROOTS, exact
from .mapped import Id, Mapped, Str
from .scope import children_of

if TYPE_CHECKING:
    from adplatforms.core.query import Query
    from adplatforms.core.session import Session

__all__ = ["TTDEntity"]


class TTDEntity(Entity, platform="The Trade Desk"):
    """A record of The Trade Desk: one class for what four surfaces spell differently.

    Confidence marks in docstrings: **[S]** official SDK, **[O]** vendor's sample scripts, **[D]** public copies of the
    vendor's documentation, **[3:n]** third-party code in n repositories, **[I]** inferred. Unless a class or field says
    otherwise, GraphQL names are [3:1] (an introspection of November 2024), REST names [3:n] or better
    (platform_rest_v3.json), Workflows names [S].
    """

    _currency_at = (
        "advertiser.currency_code",
        "advertiser.currency",
        "campaign.advertiser.currency_code",
        "campaign.advertiser.currency",
    )
    _rest: ClassVar[str] = ""
    """Its place in REST, ``"campaign"``; see `rest_paths`. Empty where REST does not have it."""
    _identity: ClassVar[tuple[str, ...]] = ()
    """The wire names that its id is made of, where it has none of its own."""
    _route: ClassVar[str] = ""
    """The surface that reads it when the session's route cannot: ``"graphql"`` or ``"rest"``."""

    _never_copied: ClassVar[frozenset[str]] = frozenset()
    """What a save takes that is no value of the record: words about how it is made."""
    _shown_by_rest: ClassVar[Mapping[str, str]] = {}
    """Where REST shows, in another form, whether there is something that no field reads: a path in its record, by
    Python name. Source: crosswalk.md."""

    def __init_subclass__(cls, **declaration: Any) -> None:
        """Fields tell which operators the server honours exactly: what `known` says of the root connection."""
        super().__init_subclass__(**declaration)
        root = ROOTS.get(cls.__name__)
        for field in vars(cls).values():
            if isinstance(field, Field):
                text = isinstance(field, Str) and not isinstance(field, Id)
                known = exact(root.many, field.wire, text) if root is not None else ""
                field.filters = frozenset(known.split())

    @classmethod
    def _rest_fields(cls) -> dict[str, Field[Any]]:
        """The fields that REST's records have, by Python name."""
        return {n: f for n, f in cls._fields.items() if isinstance(f, Mapped) and f.rest}

    @classmethod
    def _id_parts(cls, entity_id: Any) -> dict[str, Any]:
        """The id, and what it is made of where the platform has none: ``adg0001/41``."""
        texts = str(entity_id).split("/")
        made = zip(cls._identity, texts, strict=True) if len(texts) == len(cls._identity) else ()
        return {**dict(made), "id": entity_id}

    def _listing(self, session: Session) -> Query[Self]:
        """What has no place of its own is listed by the parent it knows."""
        listing = super()._listing(session)
        for relation in self._relations.values():
            parent_id = self._raw.get(relation.by_wire)
            if not relation.many and parent_id is not None and children_of(relation.target, type(self)):
                return listing.within({relation.name: parent_id})
        return listing

    def forget_job(self) -> None:
        """Lets the entity be saved again after a job that may have applied it: **look first**. What the job made is
        found by parent and name; a record that exists is compared after `refresh()`. Sends nothing."""
        holds.unmark(self)

    def as_new(self, *, without: Iterable[str] = (), **changes: Any) -> Self:
        """As of any entity. What the surface that was read does not have is read from the other one first: one call, or
        one of each. Raises a `ClientError` that names what no surface shows: give it a value among `changes`, or say
        that the copy goes `without` it."""
        copy = super().as_new(without=without, **changes)
        holds.mark_copy(self, copy)
        return copy

    def _to_copy(self, aside: set[str]) -> dict[str, Any]:
        aside = aside | self._never_copied
        if self._raw.get("id") is None or not self._lacking(aside):
            return super()._to_copy(aside)
        return copied(self, aside)

    def refresh(self) -> Self:
        """As of any entity. Where the server refuses to show a field that was changed, it is an error and nothing is
        taken over: the change could not be compared any more."""
        row, peers, pending = self._raw, self._peers, self._pending()
        super().refresh()
        dialect: Any = self._attached("ask").dialect
        try:
            dialect.check_refused(type(self), pending, "the unsaved change of")
        except APIError:
            self._renew(row, pending, peers)
            raise
        if not holds.is_running(self):  # what a job perhaps changed is known now
            holds.unmark(self)
        return self

    def _not_loaded(self, field: Field[Any]) -> NotLoaded:
        """Names the surface that brings a field, where the one that was read does not have it."""
        error = super()._not_loaded(field)
        if self._raw.get("id") is None or not isinstance(field, Mapped):
            return error
        session = self._peers.session
        words = session.dialect.refused.words.get((type(self).__name__, field.name)) if session is not None else None
        if words is not None and field.graphql:
            error.hint, error.refused = f"the server refused it: {words}", True
        elif field.removed:
            error.hint = f"the vendor removed it {field.removed}"
        elif not field.graphql and not field.rest:
            error.hint = "no surface reads it: it can only be set"
        elif not field.graphql:
            error.hint = 'only REST has it: ttd.using(route="rest")'
        elif not field.rest:
            error.hint = 'only GraphQL has it: ttd.using(route="graphql")'
        return error
