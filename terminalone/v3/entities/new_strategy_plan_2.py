"""Nested values of new strategy plans, 2 of 2 of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..fields import Bool, Choice, DateTime, Int, ListOf, Nested, Str, Struct
from .new_strategy_plan_1 import (
    NewStrategyPlanTargetingAudience,
    NewStrategyPlanTargetingContextual,
    NewStrategyPlanTargetingGeofenceInclude,
    NewStrategyPlanTargetingPostalCodes,
)

__all__ = [
    "NewStrategyPlanCreatives",
    "NewStrategyPlanTargeting",
    "NewStrategyPlanTargetingDayPart",
    "NewStrategyPlanTargetingGeofence",
    "NewStrategyPlanTargetingGeofenceExclude",
    "NewStrategyPlanTargetingGeofenceExcludeSegment",
    "NewStrategyPlanTargetingIpAddresses",
    "NewStrategyPlanTargetingLanguageCode",
    "NewStrategyPlanTargetingLocation",
    "NewStrategyPlanTargetingLocationExclude",
    "NewStrategyPlanTargetingLocationInclude",
    "NewStrategyPlanTargetingMyData",
    "NewStrategyPlanTargetingMyDataExclude",
    "NewStrategyPlanTargetingMyDataExcludePixel",
    "NewStrategyPlanTargetingMyDataInclude",
    "NewStrategyPlanTargetingMyDataIncludePixel",
    "NewStrategyPlanTargetingRecency",
    "NewStrategyPlanTargetingTechnology",
    "NewStrategyPlanTargetingTechnologyExclude",
    "NewStrategyPlanTargetingTechnologyInclude",
]


class NewStrategyPlanTargetingGeofenceExcludeSegment(Struct):
    """A nested value of new strategy plans."""

    geofence_segment_id = Int()
    geofence_segment_factual_id = Str()
    name = Str(readonly=True)
    status = Bool(readonly=True)
    updated_on = DateTime(readonly=True)


class NewStrategyPlanTargetingGeofenceExclude(Struct):
    """A nested value of new strategy plans."""

    operator = Choice("AND", "OR", doc="Default: OR")
    segments = ListOf(Nested(NewStrategyPlanTargetingGeofenceExcludeSegment))


class NewStrategyPlanTargetingGeofence(Struct):
    """A nested value of new strategy plans."""

    include = Nested(NewStrategyPlanTargetingGeofenceInclude)
    exclude = Nested(NewStrategyPlanTargetingGeofenceExclude)


class NewStrategyPlanTargetingMyDataIncludePixel(Struct):
    """A nested value of new strategy plans."""

    pixel_id = Int(required=True)
    pixel_name = Str(readonly=True)
    pixel_type = Choice("event", "data", "dynamic", readonly=True)
    owner_type = Choice("advertiser", "agency", readonly=True)
    owner_id = Int(readonly=True)
    owner_name = Str(readonly=True)


class NewStrategyPlanTargetingMyDataInclude(Struct):
    """A nested value of new strategy plans."""

    operator = Choice("AND", "OR", doc="Default: OR")
    pixels = ListOf(Nested(NewStrategyPlanTargetingMyDataIncludePixel), required=True)


class NewStrategyPlanTargetingMyDataExcludePixel(Struct):
    """A nested value of new strategy plans."""

    pixel_id = Int(required=True)
    pixel_name = Str(readonly=True)
    pixel_type = Choice("event", "data", "dynamic", readonly=True)
    owner_type = Choice("advertiser", "agency", readonly=True)
    owner_id = Int(readonly=True)
    owner_name = Str(readonly=True)


class NewStrategyPlanTargetingMyDataExclude(Struct):
    """A nested value of new strategy plans."""

    operator = Choice("AND", "OR", doc="Default: OR")
    pixels = ListOf(Nested(NewStrategyPlanTargetingMyDataExcludePixel), required=True)


class NewStrategyPlanTargetingMyData(Struct):
    """A nested value of new strategy plans."""

    include = Nested(NewStrategyPlanTargetingMyDataInclude)
    exclude = Nested(NewStrategyPlanTargetingMyDataExclude)


class NewStrategyPlanTargetingLocationInclude(Struct):
    """A nested value of new strategy plans."""

    operator = Choice("AND", "OR", doc="Default: OR")
    target_value_id = Int(required=True)
    code = Choice("DMAX", "REGN", "CITY", "COUNTRY", required=True)
    name = Str(readonly=True)
    full_path = Str(readonly=True)
    provider_code = Str(readonly=True)
    target_value = Int(readonly=True)


class NewStrategyPlanTargetingLocationExclude(Struct):
    """A nested value of new strategy plans."""

    operator = Choice("AND", "OR", doc="Default: OR")
    target_value_id = Int(required=True)
    code = Choice("DMAX", "REGN", "CITY", "COUNTRY", required=True)
    name = Str(readonly=True)
    full_path = Str(readonly=True)
    provider_code = Str(readonly=True)
    target_value = Int(readonly=True)


class NewStrategyPlanTargetingLocation(Struct):
    """A nested value of new strategy plans."""

    include = ListOf(Nested(NewStrategyPlanTargetingLocationInclude))
    exclude = ListOf(Nested(NewStrategyPlanTargetingLocationExclude))


class NewStrategyPlanTargetingTechnologyInclude(Struct):
    """A nested value of new strategy plans."""

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


class NewStrategyPlanTargetingTechnologyExclude(Struct):
    """A nested value of new strategy plans."""

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


class NewStrategyPlanTargetingTechnology(Struct):
    """A nested value of new strategy plans."""

    include = ListOf(Nested(NewStrategyPlanTargetingTechnologyInclude))
    exclude = ListOf(Nested(NewStrategyPlanTargetingTechnologyExclude))


class NewStrategyPlanTargetingIpAddresses(Struct):
    """A nested value of new strategy plans."""

    restriction = Choice("INCLUDE", "EXCLUDE", "")
    codes = ListOf(Str(), most=100000)
    count = Int(readonly=True)


class NewStrategyPlanTargetingDayPart(Struct):
    """A nested value of new strategy plans."""

    user_time = Bool(doc="Default: True")
    start_hour = Int(least=0, most=23, required=True)
    end_hour = Int(least=0, most=23, required=True)
    days = ListOf(Choice("M", "T", "W", "R", "F", "S", "U"), required=True)


class NewStrategyPlanTargetingRecency(Struct):
    """A nested value of new strategy plans."""

    pixel_id = Int(required=True)
    from_hour = Int(required=True)
    to_hour = Int(required=True)


class NewStrategyPlanTargetingLanguageCode(Struct):
    """A nested value of new strategy plans."""

    code = Str()
    name = Str()


class NewStrategyPlanTargeting(Struct):
    """A nested value of new strategy plans."""

    fold_position = ListOf(Choice("ABOVE", "BELOW", "UNCATEGORIZED"), nullable=True)
    audience = Nested(NewStrategyPlanTargetingAudience)
    contextual = Nested(NewStrategyPlanTargetingContextual)
    postal_codes = Nested(NewStrategyPlanTargetingPostalCodes)
    geofence = Nested(NewStrategyPlanTargetingGeofence)
    my_data = Nested(NewStrategyPlanTargetingMyData)
    location = Nested(NewStrategyPlanTargetingLocation)
    technology = Nested(NewStrategyPlanTargetingTechnology)
    ip_addresses = Nested(NewStrategyPlanTargetingIpAddresses)
    day_parts = ListOf(Nested(NewStrategyPlanTargetingDayPart))
    recency = ListOf(Nested(NewStrategyPlanTargetingRecency))
    language_codes = ListOf(Nested(NewStrategyPlanTargetingLanguageCode))


class NewStrategyPlanCreatives(Struct):
    """A nested value of new strategy plans."""

    ad_expandable = Bool(required=True)
    ad_formats = ListOf(Str(), required=True)
    ad_sizes = ListOf(Str(), required=True)
