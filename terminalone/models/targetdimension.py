"""The classic path of `terminalone.entities.target_dimension`."""

from ..entities.target_dimension import TargetDimension

__all__ = ["TargetDimension"]
