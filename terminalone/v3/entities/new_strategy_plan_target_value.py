"""New strategy plan target values of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..base import V3Entity
from ..fields import Bool, Choice, Int, ListOf, Nested, Str, Struct

__all__ = [
    "NewStrategyPlanTargetValue",
    "NewStrategyPlanTargetValueStrategyTarget",
    "NewStrategyPlanTargetValueTargetValue",
]


class NewStrategyPlanTargetValueStrategyTarget(Struct):
    """A nested value of new strategy plan target values."""

    id = Int(readonly=True)
    strategy_plan_id = Int(readonly=True)
    target_dimension_id = Int(readonly=True)
    exclude = Bool(readonly=True, doc="Default: False")
    active = Bool(readonly=True, doc="Default: True")
    target_op = Choice("AND", "OR", readonly=True)


class NewStrategyPlanTargetValueTargetValue(Struct):
    """A nested value of new strategy plan target values."""

    id = Int(readonly=True)
    parent_value_id = Int(readonly=True)
    target_dimension_id = Int(readonly=True)
    name = Str(readonly=True)
    value = Int(readonly=True)
    code = Str(readonly=True)
    is_targetable = Bool(readonly=True, doc="Default: True")


class NewStrategyPlanTargetValue(
    V3Entity,
    collection="new_strategy_plan_target_values",
    type="new_strategy_plan_target_value",
    list="list-new-strategy-plan-target-values",
):
    """A new strategy plan target value. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    strategy_target = Nested(NewStrategyPlanTargetValueStrategyTarget, readonly=True)
    target_value = ListOf(Nested(NewStrategyPlanTargetValueTargetValue), readonly=True)
