"""Nested values of strategies, 2 of 3 of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..fields import Bool, Choice, DateTime, Float, Int, ListOf, Nested, Object, Str, Struct
from .strategy_1 import StrategyTargetingContextualIncludeSegment

__all__ = [
    "StrategyTargetingAudienceGroups",
    "StrategyTargetingAudienceGroupsInclude",
    "StrategyTargetingAudienceGroupsIncludeSegmentGroup",
    "StrategyTargetingContextual",
    "StrategyTargetingContextualExclude",
    "StrategyTargetingContextualExcludeSegment",
    "StrategyTargetingContextualGroups",
    "StrategyTargetingContextualGroupsInclude",
    "StrategyTargetingContextualGroupsIncludeSegmentGroup",
    "StrategyTargetingContextualInclude",
    "StrategyTargetingDayPart",
    "StrategyTargetingGeofence",
    "StrategyTargetingGeofenceExclude",
    "StrategyTargetingGeofenceExcludeSegment",
    "StrategyTargetingGeofenceInclude",
    "StrategyTargetingGeofenceIncludeSegment",
    "StrategyTargetingLocation",
    "StrategyTargetingLocationExclude",
    "StrategyTargetingLocationInclude",
    "StrategyTargetingMyData",
    "StrategyTargetingMyDataExclude",
    "StrategyTargetingMyDataExcludePixel",
    "StrategyTargetingMyDataInclude",
    "StrategyTargetingMyDataIncludePixel",
    "StrategyTargetingTechnology",
    "StrategyTargetingTechnologyExclude",
    "StrategyTargetingTechnologyInclude",
]


class StrategyTargetingContextualInclude(Struct):
    """A nested value of strategies."""

    code = Str()
    operator = Choice("AND", "OR", doc="Default: OR")
    segments = ListOf(Nested(StrategyTargetingContextualIncludeSegment))


class StrategyTargetingContextualExcludeSegment(Struct):
    """A nested value of strategies."""

    targeting_segment_id = Int(required=True)
    user_cpm = Float(nullable=True)
    targeting_segment_name = Str(readonly=True)
    full_path = Str(readonly=True)
    vendor_id = Int(readonly=True)
    vendor_name = Str(readonly=True)
    objective_type_id = Int(readonly=True)
    objective_type_name = Str(readonly=True)
    retail_cpm = Float(readonly=True)
    currency_code = Str(readonly=True)
    external_code = Str(readonly=True)


class StrategyTargetingContextualExclude(Struct):
    """A nested value of strategies."""

    code = Str()
    operator = Choice("AND", "OR", doc="Default: OR")
    segments = ListOf(Nested(StrategyTargetingContextualExcludeSegment), required=True)


class StrategyTargetingContextual(Struct):
    """A nested value of strategies."""

    include = ListOf(Nested(StrategyTargetingContextualInclude))
    exclude = Nested(StrategyTargetingContextualExclude)
    retired = ListOf(Int(), readonly=True)


class StrategyTargetingAudienceGroupsIncludeSegmentGroup(Struct):
    """A nested value of strategies."""

    segment_group_id = Int()
    segment_group_name = Str(readonly=True)


class StrategyTargetingAudienceGroupsInclude(Struct):
    """A nested value of strategies."""

    operator = Choice("AND", required=True)
    segment_groups = ListOf(Nested(StrategyTargetingAudienceGroupsIncludeSegmentGroup), required=True)


class StrategyTargetingAudienceGroups(Struct):
    """A nested value of strategies."""

    include = ListOf(Nested(StrategyTargetingAudienceGroupsInclude))
    exclude = Object()


class StrategyTargetingContextualGroupsIncludeSegmentGroup(Struct):
    """A nested value of strategies."""

    segment_group_id = Int()
    segment_group_name = Str(readonly=True)


class StrategyTargetingContextualGroupsInclude(Struct):
    """A nested value of strategies."""

    operator = Choice("AND", required=True)
    segment_groups = ListOf(Nested(StrategyTargetingContextualGroupsIncludeSegmentGroup), required=True)


class StrategyTargetingContextualGroups(Struct):
    """A nested value of strategies."""

    include = ListOf(Nested(StrategyTargetingContextualGroupsInclude))
    exclude = Object()


class StrategyTargetingGeofenceIncludeSegment(Struct):
    """A nested value of strategies."""

    geofence_segment_id = Int()
    geofence_segment_factual_id = Str()
    name = Str(readonly=True)
    status = Bool(readonly=True)
    updated_on = DateTime(readonly=True)


class StrategyTargetingGeofenceInclude(Struct):
    """A nested value of strategies."""

    operator = Choice("AND", "OR", doc="Default: OR")
    segments = ListOf(Nested(StrategyTargetingGeofenceIncludeSegment))


class StrategyTargetingGeofenceExcludeSegment(Struct):
    """A nested value of strategies."""

    geofence_segment_id = Int()
    geofence_segment_factual_id = Str()
    name = Str(readonly=True)
    status = Bool(readonly=True)
    updated_on = DateTime(readonly=True)


class StrategyTargetingGeofenceExclude(Struct):
    """A nested value of strategies."""

    operator = Choice("AND", "OR", doc="Default: OR")
    segments = ListOf(Nested(StrategyTargetingGeofenceExcludeSegment))


class StrategyTargetingGeofence(Struct):
    """A nested value of strategies."""

    include = Nested(StrategyTargetingGeofenceInclude)
    exclude = Nested(StrategyTargetingGeofenceExclude)


class StrategyTargetingMyDataIncludePixel(Struct):
    """A nested value of strategies."""

    pixel_id = Int(required=True)
    pixel_name = Str(readonly=True)
    pixel_type = Choice("event", "data", "dynamic", readonly=True)
    owner_type = Choice("advertiser", "agency", readonly=True)
    owner_id = Int(readonly=True)
    owner_name = Str(readonly=True)


class StrategyTargetingMyDataInclude(Struct):
    """A nested value of strategies."""

    operator = Choice("AND", "OR", doc="Default: OR")
    pixels = ListOf(Nested(StrategyTargetingMyDataIncludePixel), required=True)


class StrategyTargetingMyDataExcludePixel(Struct):
    """A nested value of strategies."""

    pixel_id = Int(required=True)
    pixel_name = Str(readonly=True)
    pixel_type = Choice("event", "data", "dynamic", readonly=True)
    owner_type = Choice("advertiser", "agency", readonly=True)
    owner_id = Int(readonly=True)
    owner_name = Str(readonly=True)


class StrategyTargetingMyDataExclude(Struct):
    """A nested value of strategies."""

    operator = Choice("AND", "OR", doc="Default: OR")
    pixels = ListOf(Nested(StrategyTargetingMyDataExcludePixel), required=True)


class StrategyTargetingMyData(Struct):
    """A nested value of strategies."""

    include = Nested(StrategyTargetingMyDataInclude)
    exclude = Nested(StrategyTargetingMyDataExclude)


class StrategyTargetingLocationInclude(Struct):
    """A nested value of strategies."""

    operator = Choice("AND", "OR", doc="Default: OR")
    target_value_id = Int(required=True)
    code = Choice("DMAX", "REGN", "CITY", "COUNTRY", required=True)
    name = Str(readonly=True)
    full_path = Str(readonly=True)
    provider_code = Str(readonly=True)
    target_value = Int(readonly=True)


class StrategyTargetingLocationExclude(Struct):
    """A nested value of strategies."""

    operator = Choice("AND", "OR", doc="Default: OR")
    target_value_id = Int(required=True)
    code = Choice("DMAX", "REGN", "CITY", "COUNTRY", required=True)
    name = Str(readonly=True)
    full_path = Str(readonly=True)
    provider_code = Str(readonly=True)
    target_value = Int(readonly=True)


class StrategyTargetingLocation(Struct):
    """A nested value of strategies."""

    include = ListOf(Nested(StrategyTargetingLocationInclude))
    exclude = ListOf(Nested(StrategyTargetingLocationExclude))


class StrategyTargetingTechnologyInclude(Struct):
    """A nested value of strategies."""

    operator = Choice("AND", "OR", doc="Default: OR")
    code = Choice(
        "BSER",
        "CSPD",
        "DVCE",
        "ISPX",
        "OSXX",
        "INVT",
        "VPSZ",
        "VLIN",
        "VCON",
        "VAUD",
        "VSKP",
        "VPLC",
        "DVMD",
        "BRLG",
        "IPTA",
        "HYPL",
        required=True,
    )
    target_value_id = Int(required=True)
    name = Str(readonly=True)
    target_value = Int(readonly=True)


class StrategyTargetingTechnologyExclude(Struct):
    """A nested value of strategies."""

    operator = Choice("AND", "OR", doc="Default: OR")
    code = Choice(
        "BSER",
        "CSPD",
        "DVCE",
        "ISPX",
        "OSXX",
        "INVT",
        "VPSZ",
        "VLIN",
        "VCON",
        "VAUD",
        "VSKP",
        "VPLC",
        "DVMD",
        "BRLG",
        "IPTA",
        "HYPL",
        required=True,
    )
    target_value_id = Int(required=True)
    name = Str(readonly=True)
    target_value = Int(readonly=True)


class StrategyTargetingTechnology(Struct):
    """A nested value of strategies."""

    include = ListOf(Nested(StrategyTargetingTechnologyInclude))
    exclude = ListOf(Nested(StrategyTargetingTechnologyExclude))


class StrategyTargetingDayPart(Struct):
    """A nested value of strategies."""

    user_time = Bool(doc="Default: True")
    start_hour = Int(least=0, most=23, required=True)
    end_hour = Int(least=0, most=23, required=True)
    days = ListOf(Choice("M", "T", "W", "R", "F", "S", "U"), required=True)
