"""The classic path of `terminalone.entities.audience_segment`."""

from ..entities.audience_segment import AudienceSegment

__all__ = ["AudienceSegment"]
