"""Nested values of a campaign."""

from __future__ import annotations

from adplatforms.core.fields import Bool, Int, Str
from adplatforms.core.nested import Nested

from ..fields import Amount, Enum, Moment
from .amounts import Amounts
from .base import WorkflowsValue

__all__ = ["CampaignBudget", "CampaignFlightBudget", "ConversionReportingColumn", "CustomROAS", "FrequencyConfig"]


class CampaignBudget(Amounts):
    """What a new campaign may spend, in the advertiser's currency; afterwards its flights are changed instead.

    Schema: CampaignCreateWorkflowBudgetInput.
    """

    pacing_mode = Enum("PaceAhead PaceEvenly PaceToDailyCap PaceAsSoonAsPossible", "pacingMode", required=True)


class CampaignFlightBudget(Amounts):
    """A flight of a new campaign: a span of time with its budget, in the advertiser's currency.

    It begins at its start, and ends before its end; without an end it goes on. Schemas: CampaignWorkflowFlightInput,
    CampaignFlightWorkflow.
    """

    id = Str(readonly=True)
    start_date_inclusive_utc = Moment("startDateInclusiveUTC", required=True)
    end_date_exclusive_utc = Moment("endDateExclusiveUTC", nullable=True)


class CustomROAS(WorkflowsValue):
    """How a reporting column counts towards the return on ad spend. Schema: CustomROASConfig."""

    include_in_custom_roas = Bool("includeInCustomROAS", required=True)
    custom_roas_weight = Amount("customROASWeight", nullable=True)
    custom_roas_click_weight = Amount("customROASClickWeight", nullable=True)
    custom_roas_viewthrough_weight = Amount("customROASViewthroughWeight", nullable=True)


class ConversionReportingColumn(WorkflowsValue):
    """A tracking tag whose conversions the campaign reports and optimises by.

    `reporting_column_id`: the number of the column in reports. Schema:
    CampaignWorkflowCampaignConversionReportingColumnInput.
    """

    tracking_tag_id = Str("trackingTagId", required=True)
    include_in_custom_cpa = Bool("includeInCustomCPA", required=True)
    reporting_column_id = Int("reportingColumnId", required=True)
    roas_config = Nested(CustomROAS, "ROASConfig")
    product_list_reporting_type = Enum("Featured Halo", "productListReportingType")
    weight = Amount("weight", nullable=True)
    cross_device_attribution_model_id = Str("crossDeviceAttributionModelId", nullable=True)


class FrequencyConfig(WorkflowsValue):
    """How often one person may see the campaign (cap), and how often they should (goal), within an interval.

    Schema: FrequencyConfig.
    """

    counter_name = Str("counterName", nullable=True)
    frequency_cap = Int("frequencyCap", nullable=True)
    frequency_goal = Int("frequencyGoal", nullable=True)
    reset_interval_in_minutes = Int("resetIntervalInMinutes")
