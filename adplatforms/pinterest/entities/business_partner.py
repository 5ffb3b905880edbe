"""A partner of a business. Source: resources.json, business_partners."""

from typing import Any

from ..base import PinterestEntity
from ..fields import Bool, EpochMillis, Id, ListOf, Object, Str


class BusinessPartner(
    PinterestEntity, collection="business_partners", list="get/business_partners", delete="delete_business_partners"
):
    """A partner of a business.

    Partners are invited, see `BusinessInvite`, and not created.
    """

    business_id = Id(readonly=True, param="business_id", doc="In the path")
    assets_summary = Object(readonly=True)
    business_roles = ListOf(Str(), readonly=True)
    created_by_business = Object(readonly=True)
    created_by_user = Object(readonly=True)
    created_time = EpochMillis(readonly=True)
    is_shared_partner = Bool(readonly=True)
    user = Object(readonly=True)

    def _deletion_body(self) -> Any:
        """Pinterest ends the INTERNAL partnership where no `partner_type` is said: theirs with this business."""
        return {"partner_ids": [self.id]}
