"""Concepts of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Children, Choice, DateTime, Int, ListOf, Ref, Str, Version

if TYPE_CHECKING:
    from .advertiser import Advertiser
    from .strategy_concept import StrategyConcept

__all__ = ["Concept"]


class Concept(
    V3Entity,
    collection="concepts",
    type="concept",
    list="list-concepts",
    get="get-concept",
    create="create-concept",
    update="update-concept",
    bulk="bulk-update-concepts",
):
    """A concept. Fields without a doc are not described by the vendor."""

    name = Str(shortest=1, longest=256, required=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    atomic_creative_list = ListOf(Int(), readonly=True)
    media_type_list = ListOf(Choice("audio", "display", "native", "video"), readonly=True)
    strategy_list = ListOf(Int(), readonly=True)
    advertiser_name = Str(readonly=True)
    version = Version(readonly=True)
    status = Bool(doc="Default: True")
    archived = Bool(doc="Default: False")
    advertiser_id = Int(create_only=True, required=True)
    advertiser = Ref["Advertiser"](by="advertiser_id")
    strategy_concepts = Children["StrategyConcept"](by="concept_id")
