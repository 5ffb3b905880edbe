"""A catalog: the shop that feeds and product groups belong to. Source: resources.json, catalogs."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import CATALOG_TYPES
from ..fields import Children, Choice, DateTime, Id, Str
from ..operations import CatalogOperations

if TYPE_CHECKING:
    from . import Feed, LocalStore, ProductGroup


class Catalog(
    CatalogOperations, PinterestEntity, collection="catalogs", list="catalogs/list", create="catalogs/create"
):
    """A catalog: the shop that feeds and product groups belong to.

    It cannot be changed or deleted through the API.
    """

    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    name = Str(create_only=True, required=True, nullable=True)
    catalog_type = Choice(CATALOG_TYPES, create_only=True, required=True)
    created_at = DateTime(readonly=True)
    updated_at = DateTime(readonly=True)

    feeds = Children["Feed"](by="catalog_id")
    local_stores = Children["LocalStore"](by="catalog_id")
    product_groups = Children["ProductGroup"](by="catalog_id")
