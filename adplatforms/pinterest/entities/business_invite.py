"""An invite or request to become a member or partner of a business. Source: resources.json, business_invites."""

from typing import Any

from ..base import PinterestEntity
from ..fields import Bool, Choice, EpochMillis, Id, ListOf, Object, Str


class BusinessInvite(
    PinterestEntity,
    collection="business_invites",
    list="get/invites",
    create="create_membership_or_partnership_invites",
    delete="cancel_invites_or_requests",
):
    """An invite or request to become a member or partner of a business."""

    business_id = Id(create_only=True, param="business_id", doc="In the path")
    assets_summary = Object(readonly=True)
    business_role = Choice("EMPLOYEE BIZ_ADMIN PARTNER", create_only=True, required=True, write_only=True)
    business_roles = ListOf(Str(), readonly=True)
    created_by_business = Object(readonly=True)
    created_by_user = Object(readonly=True)
    created_time = EpochMillis(readonly=True)
    invite_data = Object(readonly=True)
    invite_type = Choice(
        "MEMBER_INVITE PARTNER_INVITE PARTNER_REQUEST", create_only=True, required=True, write_only=True
    )
    is_received_invite = Bool(readonly=True)
    members = ListOf(Str(), create_only=True, write_only=True, doc="1 to 50")
    partners = ListOf(Id(), create_only=True, write_only=True, doc="1 to 50")
    user = Object(readonly=True)

    # DELETE with a JSON body, one of six such operations (wire.md, section 1).
    def _deletion_body(self) -> Any:
        """Invitations are cancelled several at once; here it is this one."""
        return {"invite_ids": [self.id]}
