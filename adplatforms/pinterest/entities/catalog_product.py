"""A product of a product group, with its pin. Source: resources.json, catalog_products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import CATALOG_TYPES
from ..fields import Choice, Id, Object, Ref

if TYPE_CHECKING:
    from . import ProductGroup


class CatalogProduct(
    PinterestEntity,
    collection="catalog_products",
    list="catalogs_product_group_pins/list products_by_product_group_filter/list",
    key="pin.id",
):
    """A product of a product group, with its pin."""

    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    product_group_id = Id(readonly=True, param="product_group_id", doc="In the path")
    catalog_type = Choice(CATALOG_TYPES, readonly=True)
    metadata = Object(readonly=True)
    pin = Object(readonly=True)

    product_group = Ref["ProductGroup"](by="product_group_id")
