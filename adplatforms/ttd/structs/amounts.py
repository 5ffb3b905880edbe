"""What budgets and flights have in common."""

from __future__ import annotations

from adplatforms.core.fields import Int

from ..fields import Amount, Enum
from .base import WorkflowsValue

__all__ = ["Amounts", "SharedAmounts"]


class Amounts(WorkflowsValue):
    """Money and impressions to spend, in all and a day."""

    budget_in_advertiser_currency = Amount("budgetInAdvertiserCurrency", required=True, budget=True)
    budget_in_impressions = Int("budgetInImpressions", nullable=True)
    daily_target_in_advertiser_currency = Amount("dailyTargetInAdvertiserCurrency", nullable=True, budget=True)
    daily_target_in_impressions = Int("dailyTargetInImpressions", nullable=True)


class SharedAmounts(Amounts):
    """An ad group's part of what its campaign spends: at least, exactly or at most so much."""

    allocation_type = Enum("Minimum Fixed Maximum", "allocationType")
    # Unlike that of a campaign it may be null.
    budget_in_advertiser_currency = Amount("budgetInAdvertiserCurrency", nullable=True, budget=True)
