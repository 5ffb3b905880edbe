"""The nested values of campaigns and ad groups as the Workflows API takes and answers them: one class a schema.

Python names are those of the official SDK (`x-python-name` in workflows.json). Source: workflows.json, official.
"""

from .ad_group import (
    AdGroupBudget,
    AdGroupFlightBudget,
    AudienceTargeting,
    BidListAssociation,
    ComscoreSettings,
    ContractTargeting,
    InventoryTargeting,
    KoaSettings,
    NewFrequencyConfig,
    NielsenTracking,
)
from .base import WorkflowsValue
from .campaign import CampaignBudget, CampaignFlightBudget, ConversionReportingColumn, CustomROAS, FrequencyConfig
from .dimensions import DIMENSIONS
from .fees import PassThroughFee, PassThroughFeeCard
from .goals import AdGroupGoal, CampaignGoal
from .reach import IncrementalReachBrand, IncrementalReachProduct, IncrementalReachSettings, RealyticsReach

__all__ = [
    "DIMENSIONS",
    "AdGroupBudget",
    "AdGroupFlightBudget",
    "AdGroupGoal",
    "AudienceTargeting",
    "BidListAssociation",
    "CampaignBudget",
    "CampaignFlightBudget",
    "CampaignGoal",
    "ComscoreSettings",
    "ContractTargeting",
    "ConversionReportingColumn",
    "CustomROAS",
    "FrequencyConfig",
    "IncrementalReachBrand",
    "IncrementalReachProduct",
    "IncrementalReachSettings",
    "InventoryTargeting",
    "KoaSettings",
    "NewFrequencyConfig",
    "NielsenTracking",
    "PassThroughFee",
    "PassThroughFeeCard",
    "RealyticsReach",
    "WorkflowsValue",
]
