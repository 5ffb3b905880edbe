"""The entity classes of a platform, found by collection, wire type or class name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .errors import UnknownNameError, did_you_mean

if TYPE_CHECKING:
    from .entity import Entity

__all__ = ["Registry", "snake_case"]


class Registry:
    """The entity classes of one platform, by collection, by wire type and by class name."""

    def __init__(self, platform: str, base: type[Entity]) -> None:
        self.platform, self.base = platform, base
        self.collections: dict[str, type[Entity]] = {}
        self.types: dict[str, type[Entity]] = {}
        self.classes: dict[str, type[Entity]] = {}
        self.generic: dict[str, type[Entity]] = {}

    def add(self, entity_class: type[Entity]) -> None:
        """Makes a class known under its names."""
        self.collections[entity_class.collection] = entity_class
        self.types[entity_class.__model__.type] = entity_class
        self.classes[entity_class.__name__] = entity_class

    def find(self, name: str | type[Entity]) -> type[Entity]:
        """The class for a collection name, a singular name or a class; else an error with close matches."""
        if isinstance(name, type):
            if issubclass(name, self.base) and name.collection:
                return name
            raise UnknownNameError(f"{name.__name__} is not an entity of {self.platform}")
        found = None
        # Whatever else was given may be unhashable: it is refused like a name that nothing has.
        if isinstance(name, str):
            found = self.collections.get(name) or self.types.get(name)
        if found is None:
            known = [*self.collections, *self.types]
            raise UnknownNameError(f"{self.platform} has no collection {name!r}", hint=did_you_mean(name, known))
        return found

    def by_class(self, name: str) -> type[Entity]:
        """The class of that name; a generic one where none is declared."""
        return self.classes.get(name) or self.by_type(snake_case(name))

    def by_type(self, name: str) -> type[Entity]:
        """The class for a wire type; a generic one, without declared fields, where there is none."""
        if name in self.types:
            return self.types[name]
        # Made once: two rows of the same unknown type have to be of the same class.
        if name not in self.generic:
            title = "".join(part.title() for part in re.findall(r"[a-z0-9]+", name.lower())) or "Unknown"
            self.generic[name] = type(title, (self.base,), {"_generic": True}, type=name)
        return self.generic[name]


def snake_case(name: str) -> str:
    """``AtomicCreative`` -> ``atomic_creative``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
