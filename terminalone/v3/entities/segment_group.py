"""Segment groups of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Choice, Float, Int, ListOf, Nested, Ref, Str, Struct

if TYPE_CHECKING:
    from .organization import Organization

__all__ = ["SegmentGroup", "SegmentGroupSegmentSubgroup", "SegmentGroupSegmentSubgroupSegmentMember"]


class SegmentGroupSegmentSubgroupSegmentMember(Struct):
    """A nested value of segment groups."""

    name = Str(readonly=True)
    segment_id = Int(required=True)
    segment_type = Choice("CONTEXTUAL", "3P", required=True)
    full_path = Str(readonly=True)
    objective = Str(readonly=True)
    cpm = Float(readonly=True)
    code = Str(readonly=True)
    uniques = Int(readonly=True)


class SegmentGroupSegmentSubgroup(Struct):
    """A nested value of segment groups."""

    segment_operator = Choice("AND", "OR", required=True)
    segment_members = ListOf(Nested(SegmentGroupSegmentSubgroupSegmentMember), required=True)


class SegmentGroup(
    V3Entity,
    collection="segment_groups",
    type="segment_group",
    list="list-segment-groups",
    get="get-segment-group",
    create="create-segment-group",
    update="update-segment-group",
):
    """A segment group. Fields without a doc are not described by the vendor."""

    name = Str(shortest=1, longest=256, required=True)
    type = Choice("CONTEXTUAL", "AUDIENCE", required=True)
    organization_id = Int(required=True)
    status = Bool(required=True)
    segment_subgroup = ListOf(Nested(SegmentGroupSegmentSubgroup), required=True)
    organization = Ref["Organization"](by="organization_id")
