"""The Trade Desk's entities: one class a file, one line a field.

Types of graphql_types.json that have an id and no class here: `Currency` and `IndustryCategory` (values of their
advertiser, see `adplatforms.ttd.values`), `JobProgress`, `BulkApiJob` and `CampaignCloneProgress` (jobs), `Me`.
"""

from ..base import TTDEntity
from .ad_group import AdGroup
from .ad_group_flight import AdGroupFlight
from .advertiser import Advertiser
from .audience import Audience
from .bid_list import BidList
from .campaign import Campaign
from .campaign_flight import CampaignFlight
from .campaign_group import CampaignGroup
from .contract import Contract
from .contract_group import ContractGroup
from .conversion_column import ConversionColumn
from .creative import Creative
from .data_group import DataGroup
from .first_party_data import FirstPartyData
from .ip_targeting_list import IpTargetingList
from .label import Label
from .partner import Partner
from .pass_through_fee_card import PassThroughFeeCard
from .seed import Seed
from .site_list import SiteList
from .third_party_data import ThirdPartyData
from .tracking_tag import TrackingTag
from .universal_pixel import UniversalPixel

__all__ = [
    "AdGroup",
    "AdGroupFlight",
    "Advertiser",
    "Audience",
    "BidList",
    "Campaign",
    "CampaignFlight",
    "CampaignGroup",
    "Contract",
    "ContractGroup",
    "ConversionColumn",
    "Creative",
    "DataGroup",
    "FirstPartyData",
    "IpTargetingList",
    "Label",
    "Partner",
    "PassThroughFeeCard",
    "Seed",
    "SiteList",
    "TTDEntity",
    "ThirdPartyData",
    "TrackingTag",
    "UniversalPixel",
]
