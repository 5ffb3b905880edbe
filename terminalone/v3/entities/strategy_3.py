"""Nested values of strategies, 3 of 3 of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..fields import Choice, Int, ListOf, Nested, Str, Struct
from .strategy_1 import StrategyTargetingAudience
from .strategy_2 import (
    StrategyTargetingAudienceGroups,
    StrategyTargetingContextual,
    StrategyTargetingContextualGroups,
    StrategyTargetingDayPart,
    StrategyTargetingGeofence,
    StrategyTargetingLocation,
    StrategyTargetingMyData,
    StrategyTargetingTechnology,
)

__all__ = [
    "StrategyTargeting",
    "StrategyTargetingIpAddresses",
    "StrategyTargetingPostalCodes",
    "StrategyTargetingRecency",
]


class StrategyTargetingIpAddresses(Struct):
    """A nested value of strategies."""

    restriction = Choice("INCLUDE", "EXCLUDE", "")
    count = Int(readonly=True)
    codes = ListOf(Str(), most=100000, write_only=True)


class StrategyTargetingPostalCodes(Struct):
    """A nested value of strategies."""

    restriction = Str()
    count = Int(readonly=True)
    codes = ListOf(Str(), most=100000, write_only=True)


class StrategyTargetingRecency(Struct):
    """A nested value of strategies."""

    pixel_id = Int(required=True)
    from_hour = Int(required=True)
    to_hour = Int(required=True)


class StrategyTargeting(Struct):
    """A nested value of strategies."""

    fold_position = ListOf(
        Choice("ABOVE", "BELOW", "UNCATEGORIZED", "HEADER", "FOOTER", "SIDEBAR", "FULLSCREEN"), nullable=True
    )
    audience = Nested(StrategyTargetingAudience)
    contextual = Nested(StrategyTargetingContextual)
    audience_groups = Nested(StrategyTargetingAudienceGroups)
    contextual_groups = Nested(StrategyTargetingContextualGroups)
    geofence = Nested(StrategyTargetingGeofence)
    my_data = Nested(StrategyTargetingMyData)
    location = Nested(StrategyTargetingLocation)
    technology = Nested(StrategyTargetingTechnology)
    day_parts = ListOf(Nested(StrategyTargetingDayPart))
    language_codes = ListOf(Str())
    ip_addresses = Nested(StrategyTargetingIpAddresses)
    postal_codes = Nested(StrategyTargetingPostalCodes)
    recency = ListOf(Nested(StrategyTargetingRecency))
