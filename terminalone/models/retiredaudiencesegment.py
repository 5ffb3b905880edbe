"""The classic path of `terminalone.entities.retired_audience_segment`."""

from ..entities.retired_audience_segment import RetiredAudienceSegment

__all__ = ["RetiredAudienceSegment"]
