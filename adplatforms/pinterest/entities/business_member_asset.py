"""What a member may do with an asset of a business. Source: resources.json, business_member_assets."""

from __future__ import annotations

from ..base import PinterestEntity
from ..fields import Id, ListOf, Object, Str


class BusinessMemberAsset(
    PinterestEntity,
    collection="business_member_assets",
    list="business_member_assets/get",
    update="business_members_asset_access/update",
    delete="business_members_asset_access/delete",
    key="member_id/asset_id",
):
    """What a member may do with an asset of a business.

    Saving sets `permissions`, also for an asset that is not bound yet:
    ``reference("business_member_assets", "member/asset", business_id=...)``, by the two ids.
    """

    business_id = Id(readonly=True, param="business_id", doc="In the path")
    asset_group_info = Object(readonly=True)
    asset_id = Id(readonly=True)
    asset_type = Str(readonly=True, param="asset_type")
    member_id = Id(readonly=True, param="member_id", doc="In the path of the listing")
    permissions = ListOf(Str(), update_only=True)
