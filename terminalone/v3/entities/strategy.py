"""Strategies of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Children, Choice, DateTime, Float, Int, ListOf, Nested, Ref, Str, Version
from .strategy_1 import (
    StrategyBudget,
    StrategyConcepts,
    StrategyDuration,
    StrategyFrequency,
    StrategyGoals,
    StrategyInventory,
    StrategyPacing,
    StrategyViewability,
)
from .strategy_3 import StrategyTargeting

if TYPE_CHECKING:
    from .advertiser import Advertiser
    from .attachment import Attachment
    from .campaign import Campaign
    from .strategy_concept import StrategyConcept
    from .strategy_day_part import StrategyDayPart
    from .strategy_deal import StrategyDeal
    from .strategy_group import StrategyGroup
    from .strategy_ip_address import StrategyIpAddress
    from .strategy_postal_code import StrategyPostalCode

__all__ = ["Strategy"]


class Strategy(
    V3Entity,
    collection="strategies",
    type="strategy",
    list="list-strategies",
    get="get-strategy",
    create="create-strategy",
    update="update-strategy",
    bulk="bulk-update-strategies",
    withs=[
        "technology",
        "location",
        "ip_addresses",
        "geofences",
        "my_data",
        "audience",
        "contextual",
        "deals",
        "site_lists",
        "supply",
        "domain_restrictions",
        "concepts",
        "day_parts",
        "fold_positions",
    ],
):
    """A strategy. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(longest=128, required=True)
    campaign_name = Str(readonly=True)
    campaign_start_date = DateTime(readonly=True)
    campaign_end_date = DateTime(readonly=True)
    campaign_zone_name = Str(readonly=True)
    campaign_service_type = Str(readonly=True)
    campaign_goal_type = Str(readonly=True)
    campaign_goal_value = Float(readonly=True)
    campaign_merit_pixel_id = Int(readonly=True)
    viewability = Nested(StrategyViewability, readonly=True)
    description = Str(longest=1024)
    status = Bool()
    archived = Bool(doc="Default: False")
    is_programmatic_guaranteed = Bool(readonly=True, doc="Default: False")
    media_type = Choice("DISPLAY", "VIDEO", required=True)
    use_optimization = Bool()
    ads_txt_verified = Choice("ANY", "AUTHORIZED_ONLY", "AUTHORIZED_DIRECT_ONLY", "NONE", nullable=True)
    type = Choice("REM", "GBO", "AUD")
    feature_compatibility = Str(longest=1024, nullable=True)
    device_graph_only = Bool()
    mfa_avoidance = Choice("INHERIT", "ALLOW_ALL", "EXCLUDE_MFA")
    zone_name = Str(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    duration = Nested(StrategyDuration, required=True)
    budget = Nested(StrategyBudget)
    frequency = Nested(StrategyFrequency)
    concepts = Nested(StrategyConcepts)
    groups = ListOf(Str(), nullable=True)
    strategy_group_id = Int(least=1, nullable=True)
    version = Version(readonly=True)
    goals = Nested(StrategyGoals, required=True)
    pacing = Nested(StrategyPacing, required=True)
    inventory = Nested(StrategyInventory)
    campaign_id = Int(create_only=True, required=True)
    targeting = Nested(StrategyTargeting)
    advertiser_id = Int(readonly=True)
    strategy_group_name = Str(readonly=True)
    inherited_mfa_avoidance = Choice("INHERIT", "ALLOW_ALL", "EXCLUDE_MFA", readonly=True)
    inherited_mfa_from = Choice("Organization", "Agency", "Advertiser", "Campaign", "Strategy", readonly=True)
    strategy_group = Ref["StrategyGroup"](by="strategy_group_id")
    campaign = Ref["Campaign"](by="campaign_id")
    advertiser = Ref["Advertiser"](by="advertiser_id")
    attachments = Children["Attachment"](by="strategy_id")
    strategy_concepts = Children["StrategyConcept"](by="strategy_id")
    strategy_day_parts = Children["StrategyDayPart"](by="strategy_id")
    strategy_deals = Children["StrategyDeal"](by="strategy_id")
    strategy_ip_addresses = Children["StrategyIpAddress"](by="strategy_id")
    strategy_postal_codes = Children["StrategyPostalCode"](by="strategy_id")
