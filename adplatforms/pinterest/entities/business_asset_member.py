"""A member that has access to an asset of a business. Source: resources.json, business_asset_members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..base import PinterestEntity
from ..types import Id, ListOf, Object, Str

if TYPE_CHECKING:
    from adplatforms.core.relations import Row


class BusinessAssetMember(PinterestEntity, collection="business_asset_members", list="business_asset_members/get"):
    """A member that has access to an asset of a business."""

    business_id = Id(readonly=True, param="business_id", doc="In the path")
    asset_id = Id(readonly=True, param="asset_id", doc="In the path")
    permissions = ListOf(Str(), readonly=True)
    user = Object(readonly=True)

    @classmethod
    def _arrived(cls, row: Row, known: Mapping[str, Any]) -> Row:
        row = super()._arrived(row, known)
        row.setdefault("id", (row.get("user") or {}).get("id"))
        return row
