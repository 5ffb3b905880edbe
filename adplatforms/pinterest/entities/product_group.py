"""A product group: a part of a catalog, by filters. Source: resources.json, product_groups."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import CATALOG_LOCALES, COUNTRIES, PRODUCT_GROUP_TYPES
from ..fields import Bool, Children, Choice, EpochMillis, Id, Object, Ref, Str
from ..operations import ProductGroupOperations

if TYPE_CHECKING:
    from . import Catalog, CatalogProduct, Feed


class ProductGroup(
    ProductGroupOperations,
    PinterestEntity,
    collection="product_groups",
    list="catalogs_product_groups/list",
    get="catalogs_product_groups/get",
    create="catalogs_product_groups/create",
    update="catalogs_product_groups/update",
    delete="catalogs_product_groups/delete",
):
    """A product group: a part of a catalog, by filters."""

    id = Id(readonly=True, param="id")
    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    name = Str(required=True)
    status = Choice("ACTIVE INACTIVE", readonly=True, doc="Retail only")
    catalog_id = Id(create_only=True, param="catalog_id")
    catalog_type = Choice("CREATIVE_ASSETS HOTEL RETAIL")
    country = Choice(COUNTRIES, nullable=True, doc="Retail only")
    # Milliseconds under the name that feeds use for a date-time (wire.md, section 9).
    created_at = EpochMillis(readonly=True)
    description = Str(nullable=True)
    feed_id = Id(create_only=True, nullable=True, param="feed_id", doc="Retail only")
    filters = Object(required=True)
    is_featured = Bool(doc="False when left out; retail only; deprecated")
    locale = Choice(CATALOG_LOCALES, nullable=True, doc="Retail only")
    type = Choice(PRODUCT_GROUP_TYPES, newer="CATALOG_EXPANSION", readonly=True, doc="Hotel and retail only")
    updated_at = EpochMillis(readonly=True)

    catalog = Ref["Catalog"](by="catalog_id")
    feed = Ref["Feed"](by="feed_id")
    products = Children["CatalogProduct"](by="product_group_id")
