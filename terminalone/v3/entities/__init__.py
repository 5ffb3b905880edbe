"""The entities of API v3.0, one class a collection. Written by tests/meta/v3_declarations.py."""

from ..base import V3Entity
from .ad_server import AdServer
from .advertiser import Advertiser
from .agency import Agency
from .atomic_creative import AtomicCreative
from .attachment import Attachment
from .audience_vendor import AudienceVendor
from .budget_flight import BudgetFlight
from .campaign import Campaign
from .campaign_plan import CampaignPlan
from .concept import Concept
from .contract import Contract
from .creative import Creative
from .currency_rate import CurrencyRate
from .entity_group import EntityGroup
from .marketplace import Marketplace
from .new_strategy_group import NewStrategyGroup
from .new_strategy_plan import NewStrategyPlan
from .new_strategy_plan_target_value import NewStrategyPlanTargetValue
from .organization import Organization
from .path_audience_segment import PathAudienceSegment
from .path_targeting_segment import PathTargetingSegment
from .pixel_bundle import PixelBundle
from .pixel_provider import PixelProvider
from .role import Role
from .segment_group import SegmentGroup
from .site_list import SiteList
from .strategy import Strategy
from .strategy_concept import StrategyConcept
from .strategy_day_part import StrategyDayPart
from .strategy_deal import StrategyDeal
from .strategy_group import StrategyGroup
from .strategy_ip_address import StrategyIpAddress
from .strategy_postal_code import StrategyPostalCode
from .strategy_target_value import StrategyTargetValue
from .strategy_template import StrategyTemplate
from .supply_source import SupplySource
from .target import Target
from .target_value import TargetValue
from .targeting_segment import TargetingSegment
from .targeting_segment_objective import TargetingSegmentObjective
from .technology_target_value import TechnologyTargetValue
from .timezone import Timezone
from .user import User
from .vendor import Vendor
from .vendor_contract import VendorContract
from .vertical import Vertical

__all__ = [
    "AdServer",
    "Advertiser",
    "Agency",
    "AtomicCreative",
    "Attachment",
    "AudienceVendor",
    "BudgetFlight",
    "Campaign",
    "CampaignPlan",
    "Concept",
    "Contract",
    "Creative",
    "CurrencyRate",
    "EntityGroup",
    "Marketplace",
    "NewStrategyGroup",
    "NewStrategyPlan",
    "NewStrategyPlanTargetValue",
    "Organization",
    "PathAudienceSegment",
    "PathTargetingSegment",
    "PixelBundle",
    "PixelProvider",
    "Role",
    "SegmentGroup",
    "SiteList",
    "Strategy",
    "StrategyConcept",
    "StrategyDayPart",
    "StrategyDeal",
    "StrategyGroup",
    "StrategyIpAddress",
    "StrategyPostalCode",
    "StrategyTargetValue",
    "StrategyTemplate",
    "SupplySource",
    "Target",
    "TargetValue",
    "TargetingSegment",
    "TargetingSegmentObjective",
    "TechnologyTargetValue",
    "Timezone",
    "User",
    "V3Entity",
    "Vendor",
    "VendorContract",
    "Vertical",
]
