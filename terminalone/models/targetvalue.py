"""The classic path of `terminalone.entities.target_value`."""

from ..entities.target_value import TargetValue, TargetValueCount

__all__ = ["TargetValue", "TargetValueCount"]
