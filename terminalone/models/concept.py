"""The classic path of `terminalone.entities.concept`."""

from ..entities.concept import Concept

__all__ = ["Concept"]
