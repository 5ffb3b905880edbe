"""A product group of a catalog that is promoted in an ad group. Source: resources.json, product_group_promotions."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import CREATIVE_TYPES, ENTITY_STATUSES
from ..fields import Bool, Choice, Id, Micros, Ref, Str
from ..operations import ProductGroupPromotionOperations

if TYPE_CHECKING:
    from . import AdAccount, AdGroup, Pin, ProductGroup


class ProductGroupPromotion(
    ProductGroupPromotionOperations,
    PinterestEntity,
    collection="product_group_promotions",
    # Analytics call these product groups: `product_group_ids` there are ids of promotions (wire.md, section 10).
    list="product_group_promotions/list",
    get="product_group_promotions/get",
    create="product_group_promotions/create",
    update="product_group_promotions/update",
    retired={"status": "ARCHIVED"},
    exclusive="product_group_promotion_ids ad_group_id",
    # Without one of them Pinterest answers with an error; of both, the ids win (wire.md, section 5).
    one_required=True,
):
    """A product group of a catalog that is promoted in an ad group.

    `product_group_id` of analytics means this record, not the product group of the catalog.
    """

    id = Id(readonly=True, param="product_group_promotion_ids")
    ad_account_id = Id(create_only=True, param="ad_account_id", doc="In the path")
    status = Choice(ENTITY_STATUSES, param="entity_statuses")
    ad_group_id = Id(required=True, param="ad_group_id")
    bid = Micros("bid_in_micro_currency", nullable=True)
    catalog_product_group_id = Id(nullable=True)
    catalog_product_group_name = Str(nullable=True)
    collections_header_type = Choice(
        "SHOP_THIS_COLLECTION EXPLORE_THIS_COLLECTION NO_HEADER ON_SALE GET_DEAL", nullable=True
    )
    collections_hero_destination_url = Str(nullable=True)
    collections_hero_pin_id = Id(nullable=True)
    creative_type = Choice(CREATIVE_TYPES, newer="APP")
    customizable_cta_type = Choice("SHOP_NOW BOOK_NOW ON_SALE GET_DEAL BUY_ONLINE_PICKUP_IN_STORE", nullable=True)
    definition = Str(nullable=True)
    grid_click_type = Choice("CLOSEUP DIRECT_TO_DESTINATION", nullable=True)
    included = Bool(nullable=True)
    is_generate_background = Bool(nullable=True)
    is_image_auto_resizing = Bool(readonly=True, since="5.28.0")
    is_mdl = Bool(nullable=True)
    parent_id = Id(nullable=True)
    preferred_media_type = Choice("VIDEO IMAGE", nullable=True)
    relative_definition = Str(nullable=True)
    selected_image_tag = Str(nullable=True)
    selected_video_tag = Str(nullable=True)
    slideshow_collections_description = Str(nullable=True)
    slideshow_collections_title = Str(nullable=True)
    tracking_url = Str(nullable=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
    ad_group = Ref["AdGroup"](by="ad_group_id")
    catalog_product_group = Ref["ProductGroup"](by="catalog_product_group_id")
    collections_hero_pin = Ref["Pin"](by="collections_hero_pin_id")
    parent = Ref["ProductGroupPromotion"](by="parent_id")
