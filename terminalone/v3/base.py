"""What all entities of API v3.0 share: which operations read and save them, and when a record is complete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from adplatforms.core.entity import Entity
from adplatforms.core.reference import NewRow, ReferenceRow

from .fields import Int
from .model import V3Model

__all__ = ["V3Entity"]


class V3Entity(Entity, platform="T1 v3.0"):
    """One record of TerminalOne's API v3.0.

    Many lists bring only id and name unless ``full()`` is asked for; what a short record lacks raises `NotLoaded` when
    it is read, and `refresh()` loads it. A declaration names its operations by the ids of the description:
    ``list="list-campaigns"``, ``get=``, ``create=``, ``update=``, ``delete=``, ``bulk=``. `withs`: the words that the
    listing takes as `with`.
    """

    __model__: ClassVar[V3Model]
    _model_class = V3Model
    _plumbing = ("entity_type",)
    _created = "created_on"
    _currency_at = ("currency_code", "budget.currency_code")
    _placing = ("version",)
    _operations: ClassVar[dict[str, str]] = {}
    _withs: ClassVar[tuple[str, ...]] = ()

    id = Int(readonly=True, doc="What identifies it")

    def __init_subclass__(cls, *, withs: Sequence[str] = (), **declaration: Any) -> None:
        verbs = ("list", "get", "create", "update", "delete", "bulk")
        cls._operations = {verb: declaration.pop(verb) for verb in verbs if verb in declaration}
        cls._withs = tuple(withs)
        super().__init_subclass__(**declaration)

    @classmethod
    def _natural(cls) -> tuple[str, ...]:
        """A lost create is found again by its name under the parents that it needs."""
        fields = cls.__model__.fields
        if "name" not in fields or "list" not in cls._operations:
            return ()
        parents = [relation.by for relation in cls.__model__.parents if relation.by in fields]
        return (*(name for name in parents if fields[name].required), "name")

    def _is_complete(self) -> bool:
        """A record of a short list has only its id, its name and what was included."""
        if isinstance(self._raw, (NewRow, ReferenceRow)):
            return False
        short = self.__model__.listed_fields
        if not short:
            return True
        known = {*short, *self.__model__.relations, *self.__model__.not_values}
        return any(name not in known for name in self._raw)
