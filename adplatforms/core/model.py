"""What the declaration of a class of records says: its fields, its relations, and what identifies one of them.

``Campaign.__model__`` is the one public door to it, for dialects, saving, export and tests. The name is a Python
"dunder" because the attributes of an entity belong to the platform: a field may be called ``model`` or ``fields``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .record import RecordModel
from .relations import Relation, target_of

if TYPE_CHECKING:
    from .entity import Entity
    from .record import Row
    from .registry import Registry
    from .relations import Peers

__all__ = ["Model"]


class Model(RecordModel):
    """The declaration of an entity class.

    `relations`: by Python name. `type`: the platform's name for one record, `collection` for the list of them (empty
    where there is no list). `registry`: all classes of the platform. `generic`: whether the class was made for a type
    that nobody declared. `listed_fields`: the fields that records of a plain list bring along, empty when lists are
    always complete. `not_values`: wire keys that hold no value, such as links. `created_field`: the field with the
    time of creation. `display_field`: the wire key of what people know a record by. `location_fields`: what, besides
    the ids of parents, says where a record is. `currency_paths`: where the ISO 4217 code of amounts stands, fields of
    the record or, with dots, of related ones. `zone_paths`: where the name of its time zone stands, likewise.
    """

    is_entity = True
    registry: Registry

    def __init__(self, entity_class: type[Entity]) -> None:
        super().__init__(entity_class)
        # Nothing else reads what class bodies declare: an entity's attributes belong to the platform's fields,
        # so the declarations have underscores, and everybody else reads them here.
        inherited: RecordModel | None = getattr(entity_class, "__model__", None)
        known: dict[str, Relation[Any]] = {}
        if isinstance(inherited, Model):
            known = inherited.relations
            # `Entity` itself has no registry, and the base class of a platform is given one once it is made.
            if hasattr(inherited, "registry"):
                self.registry = inherited.registry
        declared = {name: value for name, value in vars(entity_class).items() if isinstance(value, Relation)}
        self.relations: dict[str, Relation[Any]] = {**known, **declared}
        self.collection, self.type = entity_class.collection, entity_class._type
        self.generic = entity_class._generic
        self.listed_fields, self.not_values = entity_class._limited, entity_class._plumbing
        self.created_field, self.display_field = entity_class._created, entity_class._shown
        self.location_fields, self.currency_paths = entity_class._placing, entity_class._currency_at
        self.zone_paths = entity_class._zone_at
        # Bound methods of the class, not methods here: a call less for each row of a page.
        self.wrap: Callable[[Row, Peers], Any] = entity_class._wrap
        """An entity around a row as it came, of the class that fits the row: no conversion, no copy."""
        self.make: Callable[[Row, Peers], Any] = entity_class._make
        """As `wrap`, of this very class."""
        self.id_parts: Callable[[Any], dict[str, Any]] = entity_class._id_parts
        """The values of a record that its id determines, by wire name."""

    def target(self, name: str) -> type[Entity] | None:
        return target_of(self.record_class, name)

    @property
    def label(self) -> str:
        """What messages call one of them: "ad group"."""
        return self.type.replace("_", " ") or self.name

    @cached_property
    def natural_key(self) -> tuple[str, ...]:
        """The fields by which a create is found again when its answer was lost: parents, then the name. Empty where
        there is nothing to find it by."""
        return self.record_class._natural()  # type: ignore[no-any-return]

    @cached_property
    def parents(self) -> tuple[Relation[Any], ...]:
        """The relations to one other record."""
        return tuple(relation for relation in self.relations.values() if not relation.many)

    def owned_by(self, field: str) -> Relation[Any] | None:
        """The relation to one whose id a field holds; None where it holds none."""
        return next((relation for relation in self.parents if relation.by == field), None)
