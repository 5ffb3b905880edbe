"""A campaign: the objective, budget and flight that its ad groups share. Source: resources.json, campaigns."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import ENTITY_STATUSES, NEWER_OBJECTIVES, OBJECTIVES, SUMMARY_STATUSES
from ..fields import Bool, Children, Choice, EpochSeconds, Id, Micros, Object, Ref, Str
from ..operations import CampaignOperations

if TYPE_CHECKING:
    from . import Ad, AdAccount, AdGroup, Keyword, Label, OrderLine, Schedule


class Campaign(
    CampaignOperations,
    PinterestEntity,
    collection="campaigns",
    list="campaigns/list",
    get="campaigns/get",
    create="campaigns/create",
    update="campaigns/update",
    retired={"status": "ARCHIVED"},
    # Needed until 5.28.0, in which it "does nothing" (wire.md, section 6; DIFFERENCES.md).
    repeated="ad_account_id",
    # Since 5.28.0 (DIFFERENCES.md); of the spend caps null counts as 0.
    cleared={"end_time": -1, "order_line_id": "0", "tracking_urls": {}},
):
    """A campaign: the objective, budget and flight that its ad groups share.

    Caps are amounts in the ad account's currency. Pinterest deletes no campaigns: `archive()` retires them. Of archived
    ones listings show those that are asked for, as in ``where(status="ARCHIVED")``.
    """

    id = Id(readonly=True, param="campaign_ids")
    name = Str(required=True)
    # Listings show ACTIVE and PAUSED by default, also when ids are named (wire.md, section 5).
    status = Choice(ENTITY_STATUSES, param="entity_statuses", doc="ACTIVE when left out")
    # Needed in each element of a batch as well as in the path (wire.md, section 6).
    ad_account_id = Id(create_only=True, param="ad_account_id")
    app_id = Str(write_only=True, since="5.28.0")
    app_platform = Choice("IOS ANDROID", write_only=True, since="5.28.0")
    bid_options = Object(nullable=True, doc="An update needs the member update_mask")
    created_time = EpochSeconds(readonly=True)
    # Exactly one of the two caps, where the campaign has the budget: else code 2384 (wire.md, section 6).
    daily_spend_cap = Micros(
        nullable=True, doc="This or lifetime_spend_cap, where the campaign has the budget", budget=True
    )
    default_ad_group_budget = Micros(
        "default_ad_group_budget_in_micro_currency", nullable=True, write_only=True, budget=True
    )
    end_time = EpochSeconds(nullable=True)
    intended_promotion_type = Choice("LEGACY STANDARD_AD CATALOG", since="5.28.0")
    is_automated_campaign = Bool(nullable=True, doc="False when left out")
    is_campaign_budget_optimization = Bool(nullable=True, doc="The campaign has the budget, not its ad groups")
    is_carting = Bool(readonly=True, since="5.28.0")
    is_flexible_daily_budgets = Bool(nullable=True, doc="False when left out")
    is_ltv_optimized = Bool(since="5.28.0")
    is_performance_plus = Bool(doc="Fixed outside draft; False when left out")
    is_top_of_search = Bool(since="5.28.0")
    lifetime_spend_cap = Micros(nullable=True, budget=True)
    # Old campaigns have objectives that were taken out since, such as VIDEO_VIEW (wire.md, section 9).
    objective_type = Choice(OBJECTIVES, newer=NEWER_OBJECTIVES, required=True, nullable=True, doc="Fixed outside draft")
    order_line_id = Id(nullable=True)
    performance_plus_campaign_settings = Object(update_only=True, nullable=True, since="5.28.0")
    start_time = EpochSeconds(nullable=True)
    summary_status = Choice(SUMMARY_STATUSES, readonly=True)
    # {} removes them: null means "unchanged" (wire.md, section 6).
    tracking_urls = Object(nullable=True, doc="Lists of URLs by event; None removes them all")
    type = Str(readonly=True)
    updated_time = EpochSeconds(readonly=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
    order_line = Ref["OrderLine"](by="order_line_id")
    ad_groups = Children["AdGroup"](by="campaign_id")
    ads = Children["Ad"](by="campaign_id")
    keywords = Children["Keyword"](by="campaign_id")
    schedules = Children["Schedule"](by="entity_id")
    labels = Children["Label"](by="parent_id")
