"""What the declaration of a T1 entity class says beyond `adplatforms.core.model.Model`, and how classes are found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.model import Model
from adplatforms.core.registry import Registry

from .routes import GENERIC

if TYPE_CHECKING:
    from adplatforms.core.entity import Entity

__all__ = ["T1Model", "T1Registry"]


class T1Model(Model):
    """The declaration of a T1 entity class.

    `nested_in`: the relation under whose URL the records live, where they have no collection of their own (budget
    flights: "campaign"). `deletable`: whether T1 has a call that deletes one. `versioned`: whether an update names the
    version it is based on. `complete_with`: the wire name of the field that short records lack and complete ones
    always have. `limit_params`: the query parameters that limit a listing, by relation, where the service takes no
    limit in the path.
    """

    nested_in: str
    deletable: bool
    versioned: bool
    complete_with: str
    limit_params: Mapping[str, str]

    def __init__(self, entity_class: type[Any]) -> None:
        super().__init__(entity_class)
        self.nested_in, self.deletable = entity_class._nested_in, entity_class._deletable
        self.versioned, self.complete_with = entity_class._versioned, entity_class._complete_with
        self.limit_params = entity_class._limit_params


class T1Registry(Registry):
    """The entity classes of T1: one class for all access lists (``advertiser_acl``, ``agency_acl``, ...), and generic
    ones for the collections of `routes.GENERIC`."""

    def find(self, name: Any) -> Any:
        """The class of a collection, a singular name or a class; see `Registry.find`."""
        if isinstance(name, str) and name in GENERIC:
            model = self.by_type(GENERIC[name])
            model.collection = model.__model__.collection = name
            return model
        if isinstance(name, str) and "_acl" in name:
            name = "acl"
        return super().find(name)

    def by_type(self, name: str) -> type[Entity]:
        """The class of a record's type as T1 names it, a generic one where none is declared."""
        if "_acl" in str(name):
            name = "acl"
        return super().by_type(name)
