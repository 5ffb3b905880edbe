"""What campaigns and ad groups optimise towards. Amounts are in the advertiser's currency, percentages from 0 to 100
as far as their names tell (workflows.json gives no ranges)."""

from __future__ import annotations

from adplatforms.core.fields import Bool, Int

from ..fields import Amount
from .base import WorkflowsValue

__all__ = ["AdGroupGoal", "CampaignGoal"]


class AdGroupGoal(WorkflowsValue):
    """The goal of an ad group: set one of these. Schemas: AdGroupWorkflowROIGoalInput, AdGroupROIGoal."""

    maximize_reach = Bool("maximizeReach", nullable=True)
    maximize_ltv_incremental_reach = Bool("maximizeLtvIncrementalReach", nullable=True)
    cpc_in_advertiser_currency = Amount("cpcInAdvertiserCurrency", nullable=True)
    ctr_in_percent = Amount("ctrInPercent", nullable=True)
    nielsen_otp_in_percent = Amount("nielsenOTPInPercent", nullable=True)
    cpa_in_advertiser_currency = Amount("cpaInAdvertiserCurrency", nullable=True)
    return_on_ad_spend_percent = Amount("returnOnAdSpendPercent", nullable=True)
    vcr_in_percent = Amount("vcrInPercent", nullable=True)
    viewability_in_percent = Amount("viewabilityInPercent", nullable=True)
    vcpm_in_advertiser_currency = Amount("vcpmInAdvertiserCurrency", nullable=True)
    cpcv_in_advertiser_currency = Amount("cpcvInAdvertiserCurrency", nullable=True)
    miaozhen_otp_in_percent = Amount("miaozhenOTPInPercent", nullable=True)


class CampaignGoal(AdGroupGoal):
    """The primary, secondary or tertiary goal of a campaign: set one of these. Schema: CampaignWorkflowROIGoalInput."""

    iqvia_audience_quality_index = Bool("iqviaAudienceQualityIndex", nullable=True)
    crossix_audience_quality_index = Bool("crossixAudienceQualityIndex", nullable=True)
    iqvia_audience_quality_index_and_cost_per_target = Bool("iqviaAudienceQualityIndexAndCostPerTarget", nullable=True)
    crossix_cost_per_target = Bool("crossixCostPerTarget", nullable=True)
    # Capitalized in the official schema, unlike the names next to it.
    new_buyer_target_value = Int("NewBuyerTargetValue", nullable=True)
