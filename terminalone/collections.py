"""The collections of a T1 session as attributes, typed: for type checkers and editors.

Written by ``python tests/meta/test_collections.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adplatforms.core.query import Query

    from . import entities

__all__ = ["Collections"]


class Collections:
    """`t1.campaigns` and its like. Only the types stand here; the session finds the queries by their names."""

    acl: Query[entities.ACL]
    ad_servers: Query[entities.AdServer]
    advertisers: Query[entities.Advertiser]
    agencies: Query[entities.Agency]
    atomic_creatives: Query[entities.AtomicCreative]
    audience_segments: Query[entities.AudienceSegment]
    budget_flights: Query[entities.BudgetFlight]
    campaigns: Query[entities.Campaign]
    concepts: Query[entities.Concept]
    contacts: Query[entities.Contact]
    contracts: Query[entities.Contract]
    creative_approvals: Query[entities.CreativeApproval]
    creatives: Query[entities.Creative]
    deals: Query[entities.Deal]
    organizations: Query[entities.Organization]
    permissions: Query[entities.Permission]
    pixel_bundles: Query[entities.Pixel]
    pixel_providers: Query[entities.PixelProvider]
    pixels: Query[entities.ChildPixel]
    placement_slots: Query[entities.PlacementSlot]
    publisher_sites: Query[entities.PublisherSite]
    publishers: Query[entities.Publisher]
    retired_audience_segments: Query[entities.RetiredAudienceSegment]
    retired_strategy_audience_segments: Query[entities.RetiredStrategyAudienceSegment]
    rmx_strategies: Query[entities.RMXStrategy]
    rmx_strategy_roi_target_pixels: Query[entities.RMXStrategyROITargetPixel]
    seats: Query[entities.Seat]
    site_lists: Query[entities.SiteList]
    site_placements: Query[entities.SitePlacement]
    strategies: Query[entities.Strategy]
    strategy_audience_segments: Query[entities.StrategyAudienceSegment]
    strategy_concepts: Query[entities.StrategyConcept]
    strategy_day_parts: Query[entities.StrategyDayPart]
    strategy_deals: Query[entities.StrategyDeal]
    strategy_domain_restrictions: Query[entities.StrategyDomain]
    strategy_supply_sources: Query[entities.StrategySupplySource]
    strategy_targeting_segments: Query[entities.StrategyTargetingSegment]
    supply_sources: Query[entities.SupplySource]
    target_dimensions: Query[entities.TargetDimension]
    target_value_counts: Query[entities.TargetValueCount]
    target_values: Query[entities.TargetValue]
    users: Query[entities.User]
    vendor_contracts: Query[entities.VendorContract]
    vendor_domains: Query[entities.VendorDomain]
    vendor_pixel_domains: Query[entities.VendorPixelDomain]
    vendor_pixels: Query[entities.VendorPixel]
    vendors: Query[entities.Vendor]
    verticals: Query[entities.Vertical]
