"""Technology target values of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..base import V3Entity
from ..fields import Float, Str

__all__ = ["TechnologyTargetValue"]


class TechnologyTargetValue(
    V3Entity,
    collection="technology_target_values",
    type="technology_target_value",
    list="list-technology-target-values",
):
    """A technology target value. Fields without a doc are not described by the vendor."""

    dimension = Str(readonly=True)
    name = Str(readonly=True)
    sortable_name = Str(readonly=True)
    full_path = Str(readonly=True)
    value = Float(readonly=True)
    code = Str(readonly=True)
