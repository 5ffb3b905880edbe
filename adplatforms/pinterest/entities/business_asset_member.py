"""A member that has access to an asset of a business. Source: resources.json, business_asset_members."""

from __future__ import annotations

from ..base import PinterestEntity
from ..fields import Id, ListOf, Object, Str


class BusinessAssetMember(
    PinterestEntity, collection="business_asset_members", list="business_asset_members/get", key="user.id"
):
    """A member that has access to an asset of a business."""

    business_id = Id(readonly=True, param="business_id", doc="In the path")
    asset_id = Id(readonly=True, param="asset_id", doc="In the path")
    permissions = ListOf(Str(), readonly=True)
    # The identity stands in here: `key` is "user.id".
    user = Object(readonly=True)
