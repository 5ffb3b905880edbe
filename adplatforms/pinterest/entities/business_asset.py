"""An asset of a business: an ad account, a profile, an asset group or a catalog.

Source: resources.json, business_assets.
"""

from ..base import PinterestEntity
from ..fields import Id, ListOf, Object, Str


class BusinessAsset(PinterestEntity, collection="business_assets", list="business_assets/get", key="asset_id"):
    """An asset of a business: an ad account, a profile, an asset group or a catalog."""

    business_id = Id(readonly=True, param="business_id", doc="In the path")
    asset_group_id = Id(readonly=True, param="asset_group_id", doc="The asset group that was asked for")
    asset_group_info = Object(readonly=True)
    asset_id = Id(readonly=True)
    asset_type = Str(readonly=True, param="asset_type")
    catalog_info = Object(readonly=True)
    permissions = ListOf(Str(), readonly=True, since="5.28.0")
