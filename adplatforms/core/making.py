"""What a session makes without a request: new records, references to known ones, and records it takes over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

from .entity import Entity
from .ids import check_entity
from .reference import exists_already, given_values, reference_row
from .registry import Registry
from .relations import Peers
from .state import EntityState

if TYPE_CHECKING:
    from .session import Session

__all__ = ["Making"]

E = TypeVar("E", bound=Entity)


class Making:
    """The part of a session that makes entities."""

    registry: Registry

    def new(self, collection: str | type[Entity], properties: Mapping[str, Any] | None = None, **values: Any) -> Any:
        """A new entity of a collection, not yet saved. properties, values: its fields, by name.

        Raises `ClientError` where an ``id`` is among them: that record exists already, see `get` and `reference`.
        """
        entity_class = self.registry.find(collection)
        given = given_values(entity_class, properties, values)
        if given.get("id") is not None:
            raise exists_already(entity_class, given)
        return entity_class(cast("Session", self), given)

    @overload
    def reference(self, collection: type[E], entity_id: Any, **parents: Any) -> E: ...
    @overload
    def reference(self, collection: str, entity_id: Any, **parents: Any) -> Any: ...
    def reference(self, collection: str | type[Any], entity_id: Any, **parents: Any) -> Any:
        """A record known by its id alone, without a request: to change it, to archive or delete it, or to name it where
        another record takes it. Whether it exists shows with the first call about it.

        collection: its name, its singular or an entity class. entity_id: one id, as `get` takes it. parents: where it
        lives, for records that are found under another one only, ids or entities: ``campaign_id=7``,
        ``ad_account="549755885175"``. Its other fields are not loaded (reading one raises `NotLoaded`) until
        `Entity.refresh` or a save has brought them. `save` sends what was set on it. Relations load as on any record.

        Raises `ClientError` for what is not one id of that class.
        """
        entity_class = self.registry.find(collection)
        row = reference_row(entity_class, entity_id, parents)
        # `make`, not `wrap`: the row is too empty for a platform to tell by it which class fits.
        return entity_class.__model__.make(row, Peers(self, [row]))

    def attach(self, entity: E) -> E:
        """Gives an entity (an unpickled one, say) this session. Returns it."""
        check_entity(entity, self.registry.platform, "attach")
        state = EntityState(entity)
        # New peers: those that it had belong to no session, or to another one, whose locks and lists they share.
        state.renew(state.row, state.pending(), Peers(self, [state.row]))
        return entity
