"""The base of the nested values."""

from __future__ import annotations

from typing import Any

from adplatforms.core.field import Field
from adplatforms.core.nested import Struct

__all__ = ["WorkflowsValue"]


class WorkflowsValue(Struct):
    """A nested value of the Workflows API: a typed object inside a campaign or an ad group.

    It is given as an object, or as a dict by Python names. The docstring of each field names it as it travels.
    """

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        for field in vars(cls).values():
            if isinstance(field, Field):
                field.__doc__ = f"{field.__doc__}. Workflows `{field.wire}`"
