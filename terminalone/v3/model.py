"""What the declaration of an entity of API v3.0 says beyond `adplatforms.core.model.Model`."""

from __future__ import annotations

from typing import Any

from adplatforms.core.model import Model

__all__ = ["V3Model"]


class V3Model(Model):
    """The declaration of an entity class of API v3.0.

    `operations`: the ids of its operations, by what they do: "list", "get", "create", "update", "delete", "bulk".
    `withs`: the words that the listing's parameter `with` takes.
    """

    operations: dict[str, str]
    withs: tuple[str, ...]

    def __init__(self, entity_class: type[Any]) -> None:
        super().__init__(entity_class)
        self.operations, self.withs = entity_class._operations, entity_class._withs

    @property
    def label(self) -> str:
        """What messages call one of them: "new strategy plan" would be read as one that is not saved yet."""
        return super().label.removeprefix("new ")
