"""An ad group: the targeting, bid and budget that its ads share. Source: resources.json, ad_groups."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import ENTITY_STATUSES, SUMMARY_STATUSES
from ..fields import Bool, Children, Choice, EpochSeconds, Float, Id, Int, ListOf, Micros, Object, Ref, Refs, Str
from ..operations import AdGroupOperations

if TYPE_CHECKING:
    from . import Ad, AdAccount, Campaign, CustomerSegment, Keyword, ProductGroupPromotion, Promotion, TargetingTemplate


class AdGroup(
    AdGroupOperations,
    PinterestEntity,
    collection="ad_groups",
    list="ad_groups/list",
    get="ad_groups/get",
    create="ad_groups/create",
    update="ad_groups/update",
    retired={"status": "ARCHIVED"},
    # One of the two, not both (wire.md, section 5).
    exclusive="ad_group_ids campaign_ids",
    # "0" is how Pinterest says that there is none (wire.md, section 6).
    none={"promotion_id": "0"},
    # Where null means "unchanged" (wire.md, section 6); `promotion_id` is emptied by null.
    cleared={
        "bid_multiplier": 0,
        "customer_segment_id": "0",
        "promotion_ids": [],
        "targeting_template_ids": ["0"],
        "tracking_urls": {},
    },
):
    """An ad group: the targeting, bid and budget that its ads share.

    `bid` and `budget` are amounts in the ad account's currency. Of campaigns with a budget of their own the ad groups
    have none.
    """

    id = Id(readonly=True, param="ad_group_ids")
    name = Str(required=True)
    status = Choice(ENTITY_STATUSES, param="entity_statuses")
    ad_account_id = Id(create_only=True, param="ad_account_id")
    auto_targeting_enabled = Bool(nullable=True)
    bid = Micros("bid_in_micro_currency", nullable=True)
    # 0 clears it: null means "unchanged" (wire.md, section 6).
    bid_multiplier = Float(nullable=True, doc="0 to 10")
    bid_strategy_type = Choice("AUTOMATIC_BID MAX_BID TARGET_AVG", nullable=True)
    billable_event = Choice("CLICKTHROUGH IMPRESSION VIDEO_V_50_MRC", required=True, doc="Fixed outside draft")
    budget = Micros("budget_in_micro_currency", nullable=True, doc="Unless the campaign has the budget", budget=True)
    # With the budget on the campaign (CBO) it is CBO_ADGROUP (wire.md, section 6).
    budget_type = Choice("DAILY LIFETIME CBO_ADGROUP", doc="DAILY when left out; LIFETIME needs end_time")
    campaign_id = Id(required=True, param="campaign_ids")
    conversion_learning_mode_type = Choice("NOT_ACTIVE ACTIVE", readonly=True)
    created_time = EpochSeconds(readonly=True)
    customer_segment_id = Id(nullable=True, since="5.28.0")
    dca_assets = Object(readonly=True)
    end_time = EpochSeconds(nullable=True)
    ext_features = Object(nullable=True, since="5.28.0")
    feed_profile_id = Str(readonly=True)
    is_creative_optimization = Bool(nullable=True)
    is_local_inventory = Bool(since="5.28.0")
    lifetime_frequency_cap = Int()
    local_inventory_radius_in_miles = Float(since="5.28.0")
    # Nullable over a reference that is not: the server sends null all the same (wire.md, section 9).
    optimization_goal_metadata = Object(nullable=True, doc="Goal values are whole micro-currency, text or number")
    pacing_delivery_type = Choice("STANDARD ACCELERATED", doc="STANDARD when left out")
    performance_plus_campaign_settings = Object(nullable=True, since="5.28.0")
    placement_group = Choice("ALL SEARCH BROWSE OTHER", doc="ALL when left out")
    placement_traffic_type = Choice("ALL TWO_COLUMN_FEED FULLSCREEN_FEED", nullable=True, since="5.28.0")
    promotion_application_level = Choice("NONE ITEM AD_GROUP", nullable=True)
    promotion_id = Id(nullable=True)
    promotion_ids = ListOf(Id(), nullable=True, since="5.28.0")
    start_time = EpochSeconds(nullable=True)
    summary_status = Choice(SUMMARY_STATUSES, readonly=True)
    targeting_spec = Object(doc="Lists by upper-case keys; LOCATION or GEO is needed")
    targeting_spec_operations = Object(
        update_only=True, write_only=True, doc="Changes of parts of the targeting, a list", since="5.28.0"
    )
    # ["0"] clears it, where null means "unchanged".
    targeting_template_ids = ListOf(Id(), nullable=True, doc="At most 1")
    tracking_urls = Object(nullable=True, doc="Lists of URLs by event; None removes them all")
    type = Str(readonly=True)
    updated_time = EpochSeconds(readonly=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
    customer_segment = Ref["CustomerSegment"](by="customer_segment_id")
    campaign = Ref["Campaign"](by="campaign_id")
    promotion = Ref["Promotion"](by="promotion_id")
    targeting_templates = Refs["TargetingTemplate"](by="targeting_template_ids")
    ads = Children["Ad"](by="ad_group_id")
    keywords = Children["Keyword"](by="ad_group_id")
    product_group_promotions = Children["ProductGroupPromotion"](by="ad_group_id")
