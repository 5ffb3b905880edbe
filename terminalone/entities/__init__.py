"""The entities of TerminalOne, one module each."""

from .acl import ACL
from .ad_server import AdServer
from .advertiser import Advertiser
from .agency import Agency
from .atomic_creative import AtomicCreative
from .audience_segment import AudienceSegment
from .base import T1Entity
from .budget_flight import BudgetFlight
from .campaign import Campaign
from .child_pixel import ChildPixel
from .concept import Concept
from .contact import Contact
from .contract import Contract
from .creative import Creative
from .creative_approval import CreativeApproval
from .deal import Deal
from .organization import Organization
from .permission import Permission
from .pixel import Pixel, PixelBundle
from .pixel_provider import PixelProvider
from .placement_slot import PlacementSlot
from .publisher import Publisher
from .publisher_site import PublisherSite
from .retired_audience_segment import RetiredAudienceSegment
from .retired_strategy_audience_segment import RetiredStrategyAudienceSegment
from .rmx_strategy import RMXStrategy
from .rmx_strategy_roi_target_pixel import RMXStrategyROITargetPixel
from .seat import Seat
from .site_list import SiteList
from .site_placement import SitePlacement
from .strategy import Strategy
from .strategy_audience_segment import StrategyAudienceSegment
from .strategy_concept import StrategyConcept
from .strategy_day_part import StrategyDayPart
from .strategy_deal import StrategyDeal
from .strategy_domain import StrategyDomain
from .strategy_supply_source import StrategySupplySource
from .strategy_targeting_segment import StrategyTargetingSegment
from .supply_source import SupplySource
from .target_dimension import TargetDimension
from .target_value import TargetValue, TargetValueCount
from .user import User
from .vendor import Vendor
from .vendor_contract import VendorContract
from .vendor_domain import VendorDomain
from .vendor_pixel import VendorPixel
from .vendor_pixel_domain import VendorPixelDomain
from .vertical import Vertical

__all__ = [
    "ACL",
    "AdServer",
    "Advertiser",
    "Agency",
    "AtomicCreative",
    "AudienceSegment",
    "BudgetFlight",
    "Campaign",
    "ChildPixel",
    "Concept",
    "Contact",
    "Contract",
    "Creative",
    "CreativeApproval",
    "Deal",
    "Organization",
    "Permission",
    "Pixel",
    "PixelBundle",
    "PixelProvider",
    "PlacementSlot",
    "Publisher",
    "PublisherSite",
    "RMXStrategy",
    "RMXStrategyROITargetPixel",
    "RetiredAudienceSegment",
    "RetiredStrategyAudienceSegment",
    "Seat",
    "SiteList",
    "SitePlacement",
    "Strategy",
    "StrategyAudienceSegment",
    "StrategyConcept",
    "StrategyDayPart",
    "StrategyDeal",
    "StrategyDomain",
    "StrategySupplySource",
    "StrategyTargetingSegment",
    "SupplySource",
    "T1Entity",
    "TargetDimension",
    "TargetValue",
    "TargetValueCount",
    "User",
    "Vendor",
    "VendorContract",
    "VendorDomain",
    "VendorPixel",
    "VendorPixelDomain",
    "Vertical",
]
