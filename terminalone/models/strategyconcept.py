"""The classic path of `terminalone.entities.strategy_concept`."""

from ..entities.strategy_concept import StrategyConcept

__all__ = ["StrategyConcept"]
