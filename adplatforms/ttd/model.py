"""What the declaration of one of The Trade Desk's entities says, beyond what every platform's does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from adplatforms.core.entity import Entity
from adplatforms.core.model import Model

from .mapped import Mapped

if TYPE_CHECKING:
    from .base import TTDEntity

__all__ = ["TTDModel", "model_of"]


class TTDModel(Model):
    """The declaration of an entity class.

    `rest_name`: its name in `rest.endpoints`, ``"campaign"``; empty where REST does not have it. `identity`: the wire
    names that its id is made of, where it has none of its own. `only_surface`: the surface that reads it whatever the
    session's route, ``"graphql"`` or ``"rest"``; empty where the route decides. `never_copied`: what a save takes that
    is not a value of the record, but an instruction for the save itself. `prefers_rest`: whether REST reads it wherever
    it can, because it shows more. `shown_by_rest`: where REST shows, in another
    form, whether there is something that no field reads: a path in its record, by Python name (source: crosswalk.md).
    """

    def __init__(self, entity_class: type[TTDEntity]) -> None:
        super().__init__(entity_class)
        self.rest_name: str = entity_class._rest
        self.identity: tuple[str, ...] = entity_class._identity
        self.only_surface: str = entity_class._surface
        self.never_copied: frozenset[str] = entity_class._never_copied
        self.prefers_rest: bool = entity_class._prefers_rest
        self.shown_by_rest: Mapping[str, str] = entity_class._shown_by_rest

    def mapped(self, name: str) -> Mapped:
        """A field by its Python name, with its names on all surfaces."""
        return cast("Mapped", self.fields[name])

    def rest_fields(self) -> dict[str, Mapped]:
        """The fields that REST's records have, by Python name."""
        return {name: field for name, field in self.fields.items() if isinstance(field, Mapped) and field.rest}

    def identify(self, row: dict[str, Any]) -> None:
        """Gives a row of a class that has no id of its own one made of other values: ``"adg0001/41"``.

        Does nothing where the platform gives it one, and where a part of it is missing in the row.
        """
        if self.identity and all(name in row for name in self.identity):
            row["id"] = "/".join(str(row[name]) for name in self.identity)


def model_of(entity_class: type[Entity]) -> TTDModel:
    """The declaration of a class that a query, a relation or the registry names, which do not say whose it is."""
    return cast("TTDModel", entity_class.__model__)
