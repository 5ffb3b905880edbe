"""A target dimension of a strategy. Source: entities.json, TargetDimension."""

from ..fields import Bool01, Choice
from ..operations.targets import ParentRef, TargetOperations, TargetValues
from .base import T1Entity


class TargetDimension(TargetOperations, collection="target_dimensions"):
    """A target dimension of a strategy: the values, such as regions or browsers, that it includes and excludes.

    Read as a child: ``region = t1.get("strategies", 7, "region")``. Change its lists, then `save()`, which replaces
    both. Its id is the number of the dimension: 7 for regions.
    """

    _complete_with = "include"

    enabled = Bool01(readonly=True)
    exclude = TargetValues()
    exclude_op = Choice("AND OR")
    include = TargetValues()
    include_op = Choice("AND OR")

    strategy = ParentRef[T1Entity](type="strategy")
