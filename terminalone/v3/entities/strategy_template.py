"""Strategy templates of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, DateTime, Int, Object, Ref, Str

if TYPE_CHECKING:
    from .advertiser import Advertiser
    from .agency import Agency
    from .organization import Organization

__all__ = ["StrategyTemplate"]


class StrategyTemplate(
    V3Entity,
    collection="strategy_templates",
    type="strategy_template",
    list="list-strategy-template",
    get="get-strategy-template",
    create="create-strategy-template",
    update="update-strategy-template",
    delete="delete-strategy-template",
):
    """A strategy template. Fields without a doc are not described by the vendor."""

    global_ = Bool(wire="global", nullable=True)
    organization_id = Int(nullable=True)
    agency_id = Int(nullable=True)
    advertiser_id = Int(nullable=True)
    name = Str(shortest=1, longest=256, required=True)
    descriptiom = Str(readonly=True)
    creator_id = Int(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    description = Str(shortest=1, longest=256, required=True)
    template = Object(required=True)
    organization = Ref["Organization"](by="organization_id")
    agency = Ref["Agency"](by="agency_id")
    advertiser = Ref["Advertiser"](by="advertiser_id")
