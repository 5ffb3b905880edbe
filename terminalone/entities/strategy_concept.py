"""A concept that a strategy uses. Source: entities.json, StrategyConcept."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Choice, Float, Int, Ref
from .base import Removable

if TYPE_CHECKING:
    from . import Concept, Strategy


class StrategyConcept(Removable, collection="strategy_concepts"):
    """A concept that a strategy uses, with its share.

    `remove()` takes it off the strategy; the concept itself stays. Source: wire.md section 4.
    """

    status = Bool01()
    concept_id = Int()
    percent = Float()
    strategy_id = Int()
    weighting = Choice("BUDGET IMPRESSION NONE", default="NONE")

    strategy = Ref["Strategy"](by="strategy_id")
    concept = Ref["Concept"](by="concept_id")
