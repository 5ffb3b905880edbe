"""The classic path of the entities: the classes of `terminalone.entities`, and one module for each as it was named."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from ..entities import (
    ACL,
    AdServer,
    Advertiser,
    Agency,
    AtomicCreative,
    AudienceSegment,
    BudgetFlight,
    Campaign,
    ChildPixel,
    Concept,
    Contact,
    Contract,
    Creative,
    CreativeApproval,
    Deal,
    Organization,
    Permission,
    Pixel,
    PixelBundle,
    PixelProvider,
    PlacementSlot,
    Publisher,
    PublisherSite,
    RetiredAudienceSegment,
    RetiredStrategyAudienceSegment,
    RMXStrategy,
    RMXStrategyROITargetPixel,
    Seat,
    SiteList,
    SitePlacement,
    Strategy,
    StrategyAudienceSegment,
    StrategyConcept,
    StrategyDayPart,
    StrategyDeal,
    StrategyDomain,
    StrategySupplySource,
    StrategyTargetingSegment,
    SupplySource,
    T1Entity,
    TargetDimension,
    TargetValue,
    TargetValueCount,
    User,
    Vendor,
    VendorContract,
    VendorDomain,
    VendorPixel,
    VendorPixelDomain,
    Vertical,
)

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


def __getattr__(name: str) -> Any:
    """The modules below this one. They are imported when they are asked for: most scripts never do."""
    # Scripts of the classic SDK find them as attributes: its package imports all of them.
    if name in _module_names():
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_module_names()})


def _module_names() -> set[str]:
    """The modules of this package, by name."""
    return {module.name for module in iter_modules(__path__)}
