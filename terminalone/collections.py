"""The collections of a T1 session as attributes, typed: for type checkers and editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adplatforms.core.query import Query

    from . import models

__all__ = ["Collections"]


class Collections:
    """`t1.campaigns` and its like. Only the types stand here; the session finds the queries by their names."""

    acl: Query[models.ACL]
    ad_servers: Query[models.AdServer]
    advertisers: Query[models.Advertiser]
    agencies: Query[models.Agency]
    atomic_creatives: Query[models.AtomicCreative]
    audience_segments: Query[models.AudienceSegment]
    budget_flights: Query[models.BudgetFlight]
    campaigns: Query[models.Campaign]
    concepts: Query[models.Concept]
    contacts: Query[models.Contact]
    contracts: Query[models.Contract]
    creative_approvals: Query[models.CreativeApproval]
    creatives: Query[models.Creative]
    deals: Query[models.Deal]
    organizations: Query[models.Organization]
    permissions: Query[models.Permission]
    pixel_bundles: Query[models.Pixel]
    pixel_providers: Query[models.PixelProvider]
    pixels: Query[models.ChildPixel]
    placement_slots: Query[models.PlacementSlot]
    publisher_sites: Query[models.PublisherSite]
    publishers: Query[models.Publisher]
    retired_audience_segments: Query[models.RetiredAudienceSegment]
    retired_strategy_audience_segments: Query[models.RetiredStrategyAudienceSegment]
    rmx_strategies: Query[models.RMXStrategy]
    rmx_strategy_roi_target_pixels: Query[models.RMXStrategyROITargetPixel]
    seats: Query[models.Seat]
    site_lists: Query[models.SiteList]
    site_placements: Query[models.SitePlacement]
    strategies: Query[models.Strategy]
    strategy_audience_segments: Query[models.StrategyAudienceSegment]
    strategy_concepts: Query[models.StrategyConcept]
    strategy_day_parts: Query[models.StrategyDayPart]
    strategy_deals: Query[models.StrategyDeal]
    strategy_domain_restrictions: Query[models.StrategyDomain]
    strategy_supply_sources: Query[models.StrategySupplySource]
    strategy_targeting_segments: Query[models.StrategyTargetingSegment]
    supply_sources: Query[models.SupplySource]
    target_dimensions: Query[models.TargetDimension]
    target_value_counts: Query[models.TargetValueCount]
    target_values: Query[models.TargetValue]
    users: Query[models.User]
    vendor_contracts: Query[models.VendorContract]
    vendor_domains: Query[models.VendorDomain]
    vendor_pixel_domains: Query[models.VendorPixelDomain]
    vendor_pixels: Query[models.VendorPixel]
    vendors: Query[models.Vendor]
    verticals: Query[models.Vertical]
