"""What a partner may do with an asset of a business. Source: resources.json, business_partner_assets."""

from __future__ import annotations

from ..base import PinterestEntity
from ..fields import Id, ListOf, Object, Str


class BusinessPartnerAsset(
    PinterestEntity,
    collection="business_partner_assets",
    list="business_partner_asset_access/get",
    update="update_partner_asset_access_handler_impl",
    delete="delete_partner_asset_access_handler_impl",
    key="partner_id/asset_id",
):
    """What a partner may do with an asset of a business.

    Saving sets `permissions`, also for an asset that is not bound yet:
    ``reference("business_partner_assets", "partner/asset", business_id=...)``, by the two ids.
    """

    business_id = Id(readonly=True, param="business_id", doc="In the path")
    asset_group_info = Object(readonly=True)
    asset_id = Id(readonly=True)
    asset_type = Str(readonly=True, param="asset_type")
    partner_id = Id(readonly=True, param="partner_id", doc="In the path of the listing")
    permissions = ListOf(Str(), update_only=True)
