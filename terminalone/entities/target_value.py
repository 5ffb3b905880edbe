"""A value of a target dimension. Source: entities.json, TargetValue."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import TargetDimension


class TargetValue(T1Entity, collection="target_values"):
    """A value of a target dimension: one region, browser or device. Read only.

    Targeting is set through `TargetDimension` or `Strategy.set_target_values`.
    """

    _complete_with = "target_dimension_id"
    _read_only = "values are chosen with TargetDimension.add or Strategy.set_target_values"

    name = Str()
    child_count = Int()
    code = Str()
    dimension_code = Str()
    is_targetable = Bool01()
    target_dimension_id = Int()
    value = Int()

    target_dimension = Ref["TargetDimension"](by="target_dimension_id")


# The classic SDK read this collection where a script asked for target values (wire.md section 10, defect 14).
class TargetValueCount(TargetValue, collection="target_value_counts"):
    """A target value from the collection `target_value_counts`; its fields are those of `TargetValue`."""
