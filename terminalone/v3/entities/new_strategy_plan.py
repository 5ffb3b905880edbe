"""New strategy plans of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Choice, DateTime, Int, ListOf, Nested, Ref, Str, Version
from .new_strategy_plan_1 import (
    NewStrategyPlanBudget,
    NewStrategyPlanDuration,
    NewStrategyPlanFrequency,
    NewStrategyPlanGoals,
    NewStrategyPlanInventory,
)
from .new_strategy_plan_2 import NewStrategyPlanCreatives, NewStrategyPlanTargeting

if TYPE_CHECKING:
    from .advertiser import Advertiser
    from .campaign import Campaign
    from .campaign_plan import CampaignPlan

__all__ = ["NewStrategyPlan"]


class NewStrategyPlan(
    V3Entity,
    collection="new_strategy_plans",
    type="new_strategy_plan",
    list="list-new-strategy-plans",
    get="get-new-strategy-plan",
    create="create-new-strategy-plan",
    update="update-new-strategy-plan",
    delete="delete-new-strategy-plan",
):
    """A new strategy plan. Fields without a doc are not described by the vendor."""

    name = Str(longest=128)
    feature_compatibility = Str(longest=1024)
    device_graph_only = Bool()
    zone_name = Str()
    campaign_service_type = Str()
    type = Str()
    duration = Nested(NewStrategyPlanDuration)
    budget = Nested(NewStrategyPlanBudget)
    goals = Nested(NewStrategyPlanGoals)
    frequency = Nested(NewStrategyPlanFrequency)
    inventory = Nested(NewStrategyPlanInventory)
    targeting = Nested(NewStrategyPlanTargeting)
    creatives = Nested(NewStrategyPlanCreatives)
    version = Version(readonly=True)
    campaign_id = Int(readonly=True)
    campaign_start_date = DateTime(readonly=True)
    campaign_end_date = DateTime(readonly=True)
    campaign_zone_name = Str(readonly=True)
    advertiser_id = Int(create_only=True, write_only=True)
    campaign_plan_id = Int(create_only=True, write_only=True)
    channels = ListOf(Choice("display", "video", "audio", "ctv", "native"), write_only=True)
    campaign = Ref["Campaign"](by="campaign_id")
    advertiser = Ref["Advertiser"](by="advertiser_id")
    campaign_plan = Ref["CampaignPlan"](by="campaign_plan_id")
