"""Campaign plans of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Children, DateTime, Float, Int, Nested, Ref, Str, Struct, Version

if TYPE_CHECKING:
    from .advertiser import Advertiser
    from .new_strategy_plan import NewStrategyPlan

__all__ = ["CampaignPlan", "CampaignPlanBudget", "CampaignPlanDuration"]


class CampaignPlanDuration(Struct):
    """A nested value of campaign plans."""

    start_date = DateTime(required=True)
    end_date = DateTime(required=True)


class CampaignPlanBudget(Struct):
    """A nested value of campaign plans."""

    total_budget = Float(least=1, required=True)
    currency_code = Str(longest=3, required=True)


class CampaignPlan(
    V3Entity,
    collection="campaign_plans",
    type="campaign_plan",
    list="list-campaign-plans",
    get="get-campaign-plan",
    create="create-campaign-plan",
    update="update-campaign-plan",
):
    """A campaign plan. Fields without a doc are not described by the vendor."""

    version = Version(readonly=True)
    advertiser_id = Int(create_only=True, required=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    name = Str(shortest=1, longest=256, required=True)
    duration = Nested(CampaignPlanDuration, required=True)
    budget = Nested(CampaignPlanBudget, required=True)
    zone_name = Str(required=True)
    advertiser = Ref["Advertiser"](by="advertiser_id")
    new_strategy_plans = Children["NewStrategyPlan"](by="campaign_plan_id")
