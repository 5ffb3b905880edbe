"""An asset group of a business. Source: resources.json, asset_groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..base import PinterestEntity
from ..fields import Children, Choice, Id, ListOf, Object, Str

if TYPE_CHECKING:
    from adplatforms.core.relations import Row

    from ..description import Operation
    from . import BusinessAsset


class AssetGroup(
    PinterestEntity,
    collection="asset_groups",
    create="asset_group/create",
    update="asset_group/update",
    delete="asset_group/delete",
):
    """An asset group of a business: ad accounts and profiles under one name. It cannot be listed.

    `assets_to_add` and `assets_to_remove` change what is in it with the next save.
    """

    business_id = Id(create_only=True, doc="In the path")
    asset_group = Object(readonly=True)
    asset_group_description = Str(required=True)
    asset_group_name = Str(required=True)
    asset_group_types = ListOf(Choice("BRAND LOCATION_OR_LANGUAGE PRODUCT_LINE OTHER"), required=True)
    assets_to_add = ListOf(Id(), update_only=True, write_only=True)
    assets_to_remove = ListOf(Id(), update_only=True, write_only=True)

    assets = Children["BusinessAsset"](by="asset_group_id")

    @classmethod
    def _adapt(cls, row: Row, known: Mapping[str, Any]) -> Row:
        """The answer to a create holds the group in a member; here its members are the row's."""
        return super()._adapt({**cls._object_in(row, "asset_group"), **row}, known)

    def _body_item(self, values: Row, operation: Operation) -> Row:
        """An update has other names for the members than a create."""
        if operation.id != self.__model__.routes.update:
            return values
        short = {"asset_group_name": "name", "asset_group_description": "description"}
        changes = {short.get(wire, wire): value for wire, value in values.items()}
        return {"asset_groups_to_update": [{"asset_group_id": self.id, **changes}]}

    def _deletion_body(self) -> Any:
        """Asset groups are deleted several at once; here it is this one."""
        return {"asset_groups_to_delete": [self.id]}
