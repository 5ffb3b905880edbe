"""What a create cannot do without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.state import EntityState

__all__ = ["check_required"]


def check_required(entity: Entity, values: Mapping[str, Any], without: Iterable[str] = ()) -> None:
    """Raises a `ClientError` that names the fields which a create needs and these values, by Python name, lack.

    without: fields that this create does not need.
    """
    present = {*values, *without}
    fields = entity.__model__.fields
    missing = ", ".join(name for name, field in fields.items() if field.required and name not in present)
    if missing:
        raise ClientError(f"{EntityState(entity).label} cannot be created without {missing}", hint=f"set {missing}")
