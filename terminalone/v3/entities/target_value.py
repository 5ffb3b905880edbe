"""Target values of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..base import V3Entity
from ..fields import Bool, Float, Str

__all__ = ["TargetValue"]


class TargetValue(V3Entity, collection="target_values", type="target_value", list="list-target-values"):
    """A target value. Fields without a doc are not described by the vendor."""

    dimension_id = Float(readonly=True)
    dimension_code = Str(readonly=True)
    parent_value_id = Float(readonly=True)
    name = Str(readonly=True)
    value = Float(readonly=True)
    code = Str(readonly=True)
    is_targetable = Bool(readonly=True)
    full_path = Str(readonly=True)
