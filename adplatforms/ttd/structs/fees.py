"""Fees that a new campaign passes through."""

from __future__ import annotations

from adplatforms.core.fields import ListOf, Str
from adplatforms.core.nested import Nested

from ..fields import Amount, Enum, Moment
from .base import WorkflowsValue

__all__ = ["PassThroughFee", "PassThroughFeeCard"]


class PassThroughFee(WorkflowsValue):
    """One fee; what its amount means (percent, CPM, CPC) follows from the type.

    So it is rounded like percentages and bids, to six digits. Schema: CampaignCreatePassThroughFeesInput.
    """

    type = Enum(
        "None MediaCostPercentage DataCostPercentage MediaPlusDataCostPercentage PartnerDataCostPercentage FeeCPM "
        "RateCPM RateCPC CustomPmpPartnerDataCostPercentage"
    )
    description = Str(nullable=True)
    amount = Amount()


class PassThroughFeeCard(WorkflowsValue):
    """The fees from a date on. Schema: CampaignCreateWorkflowPassThroughFeeCardInput."""

    pass_through_fees = ListOf(Nested(PassThroughFee), "passThroughFees", required=True)
    start_date_utc = Moment("startDateUtc", nullable=True)
