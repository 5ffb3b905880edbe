"""Targeting segment objectives of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..base import V3Entity
from ..fields import DateTime, Str, Version

__all__ = ["TargetingSegmentObjective"]


class TargetingSegmentObjective(
    V3Entity,
    collection="targeting_segment_objectives",
    type="targeting_segment_objective",
    list="list-targeting-segment-objectives",
    get="get-targeting-segment-objective",
):
    """A targeting segment objective. Fields without a doc are not described by the vendor."""

    name = Str(readonly=True)
    version = Version(readonly=True)
    objective = Str(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
