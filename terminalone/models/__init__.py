"""The entities of TerminalOne, one module each."""

from .acl import ACL
from .adserver import AdServer
from .advertiser import Advertiser
from .agency import Agency
from .atomiccreative import AtomicCreative
from .audiencesegment import AudienceSegment
from .base import T1Entity
from .budgetflight import BudgetFlight
from .campaign import Campaign
from .childpixel import ChildPixel
from .concept import Concept
from .contact import Contact
from .contract import Contract
from .creative import Creative
from .creativeapproval import CreativeApproval
from .deal import Deal
from .organization import Organization
from .permission import Permission
from .pixel import Pixel, PixelBundle
from .pixelprovider import PixelProvider
from .placementslot import PlacementSlot
from .publisher import Publisher
from .publishersite import PublisherSite
from .retiredaudiencesegment import RetiredAudienceSegment
from .retiredstrategyaudiencesegment import RetiredStrategyAudienceSegment
from .rmxstrategy import RMXStrategy
from .rmxstrategyroitargetpixel import RMXStrategyROITargetPixel
from .seat import Seat
from .sitelist import SiteList
from .siteplacement import SitePlacement
from .strategy import Strategy
from .strategyaudiencesegment import StrategyAudienceSegment
from .strategyconcept import StrategyConcept
from .strategydaypart import StrategyDayPart
from .strategydeal import StrategyDeal
from .strategydomain import StrategyDomain
from .strategysupplysource import StrategySupplySource
from .strategytargetingsegment import StrategyTargetingSegment
from .supplysource import SupplySource
from .targetdimension import TargetDimension
from .targetvalue import TargetValue, TargetValueCount
from .user import User
from .vendor import Vendor
from .vendorcontract import VendorContract
from .vendordomain import VendorDomain
from .vendorpixel import VendorPixel
from .vendorpixeldomain import VendorPixelDomain
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
