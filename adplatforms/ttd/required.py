"""What a create cannot do without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError

__all__ = ["check_required"]


def check_required(entity: Entity, values: Mapping[str, Any], without: Iterable[str] = ()) -> None:
    """Raises a `ClientError` that names the fields which a create needs and these values, by Python name, lack.

    without: fields that this create does not need.
    """
    present = {*values, *without}
    missing = ", ".join(name for name, field in entity._fields.items() if field.required and name not in present)
    if missing:
        raise ClientError(f"{entity._label()} cannot be created without {missing}", hint=f"set {missing}")
