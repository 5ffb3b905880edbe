"""Strategy concepts of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Choice, DateTime, Float, Int, Ref, Str, Version

if TYPE_CHECKING:
    from .concept import Concept
    from .strategy import Strategy

__all__ = ["StrategyConcept"]


class StrategyConcept(V3Entity, collection="strategy_concepts", type="strategy_concept", list="list-strategy-concepts"):
    """A strategy concept. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    version = Version(readonly=True)
    strategy_id = Int(readonly=True)
    concept_id = Int(readonly=True)
    status = Bool(readonly=True)
    weighting = Choice("BUDGET", "IMPRESSION", "NONE", readonly=True, doc="Default: NONE")
    percent = Float(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    strategy = Ref["Strategy"](by="strategy_id")
    concept = Ref["Concept"](by="concept_id")
