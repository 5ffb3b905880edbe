"""Fees that a new campaign passes through."""

from __future__ import annotations

from adplatforms.core.fields import ListOf, Str
from adplatforms.core.nested import Nested, Struct

from ..fields import Amount, Enum, Moment

__all__ = ["PassThroughFee", "PassThroughFeeCard"]


class PassThroughFee(Struct):
    """One fee; what its amount means (percent, CPM, CPC) follows from the type.
    Schema: CampaignCreatePassThroughFeesInput."""

    type = Enum(
        "None MediaCostPercentage DataCostPercentage MediaPlusDataCostPercentage PartnerDataCostPercentage FeeCPM "
        "RateCPM RateCPC CustomPmpPartnerDataCostPercentage"
    )
    description = Str(nullable=True)
    amount = Amount()


class PassThroughFeeCard(Struct):
    """The fees from a date on. Schema: CampaignCreateWorkflowPassThroughFeeCardInput."""

    pass_through_fees = ListOf(Nested(PassThroughFee), "passThroughFees", required=True)
    start_date_utc = Moment("startDateUtc", nullable=True)
