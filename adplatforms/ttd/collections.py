"""The collections of a TTD session as attributes, typed: for type checkers and editors.

Written by ``python tests/meta/test_collections.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adplatforms.core.query import Query

    from . import entities

__all__ = ["Collections"]


class Collections:
    """`ttd.campaigns` and its like. Only the types stand here; the session finds the queries by their names."""

    ad_group_flights: Query[entities.AdGroupFlight]
    ad_groups: Query[entities.AdGroup]
    advertisers: Query[entities.Advertiser]
    audiences: Query[entities.Audience]
    bid_lists: Query[entities.BidList]
    campaign_flights: Query[entities.CampaignFlight]
    campaign_groups: Query[entities.CampaignGroup]
    campaigns: Query[entities.Campaign]
    contract_groups: Query[entities.ContractGroup]
    contracts: Query[entities.Contract]
    conversion_columns: Query[entities.ConversionColumn]
    creatives: Query[entities.Creative]
    data_groups: Query[entities.DataGroup]
    first_party_data: Query[entities.FirstPartyData]
    ip_targeting_lists: Query[entities.IpTargetingList]
    labels: Query[entities.Label]
    partners: Query[entities.Partner]
    pass_through_fee_cards: Query[entities.PassThroughFeeCard]
    seeds: Query[entities.Seed]
    site_lists: Query[entities.SiteList]
    third_party_data: Query[entities.ThirdPartyData]
    tracking_tags: Query[entities.TrackingTag]
    universal_pixels: Query[entities.UniversalPixel]
