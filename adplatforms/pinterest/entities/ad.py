"""An ad: a pin that is promoted in an ad group. Source: resources.json, ads."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import (
    AD_SUMMARY_STATUSES,
    CALLS_TO_ACTION,
    CREATIVE_TYPES,
    DISCLOSURE_TYPES,
    ENTITY_STATUSES,
    REJECTION_REASONS,
)
from ..fields import Bool, Choice, EpochSeconds, Id, Int, ListOf, Object, Ref, Str
from ..operations import AdOperations

if TYPE_CHECKING:
    from . import AdAccount, AdGroup, Campaign, LeadForm, Pin


class Ad(
    AdOperations,
    PinterestEntity,
    collection="ads",
    list="ads/list",
    get="ads/get",
    create="ads/create",
    update="ads/update",
    retired={"status": "ARCHIVED"},
    # One of them a call: a program of examples that sends two is wrong (wire.md, section 5).
    exclusive="ad_ids ad_group_ids campaign_ids",
    # Null means "unchanged" (wire.md, section 6).
    cleared={"tracking_urls": {}},
):
    """An ad: a pin that is promoted in an ad group.

    Pinterest deletes no ads: `archive()` retires them. Of archived ones listings show those that are asked for, as in
    ``where(status="ARCHIVED")``.
    """

    id = Id(readonly=True, param="ad_ids")
    name = Str(nullable=True)
    # Listings show ACTIVE and PAUSED by default, also when ids are named (wire.md, section 5).
    status = Choice(ENTITY_STATUSES, param="entity_statuses")
    ad_account_id = Id(create_only=True, param="ad_account_id")
    ad_group_id = Id(required=True, param="ad_group_ids")
    android_deep_link = Str(nullable=True)
    campaign_id = Id(readonly=True, param="campaign_ids")
    carousel_android_deep_links = ListOf(Str(), nullable=True)
    carousel_destination_urls = ListOf(Str(), nullable=True)
    carousel_ios_deep_links = ListOf(Str(), nullable=True)
    carting_platform_type = Int(readonly=True, since="5.28.0")
    carting_products = Object(readonly=True, since="5.28.0")
    click_tracking_url = Str(nullable=True)
    collection_items_destination_url_template = Str(readonly=True)
    collections_header_type = Choice(
        "SHOP_THIS_COLLECTION EXPLORE_THIS_COLLECTION NO_HEADER", nullable=True, since="5.28.0"
    )
    created_time = EpochSeconds(readonly=True)
    creative_type = Choice(CREATIVE_TYPES, newer="APP", required=True)
    customizable_cta_type = Choice(CALLS_TO_ACTION, newer="FIND_RETAILERS TAKE_A_PEEK", nullable=True)
    destination_url = Str(nullable=True)
    disclosure_type = Choice(DISCLOSURE_TYPES, nullable=True)
    disclosure_url = Str(nullable=True)
    grid_click_type = Choice("CLOSEUP DIRECT_TO_DESTINATION", nullable=True)
    ios_deep_link = Str(nullable=True)
    is_carting = Bool(since="5.28.0")
    is_collage_accepted_terms = Bool(since="5.28.0")
    is_collage_single_destination = Bool(since="5.28.0")
    is_pin_deleted = Bool()
    is_removable = Bool()
    lead_form_id = Id(nullable=True)
    pin_id = Id(required=True, nullable=True)
    quiz_pin_data = Object(nullable=True)
    rejected_reasons = ListOf(Choice(REJECTION_REASONS), readonly=True)
    rejection_labels = ListOf(Str(), readonly=True)
    review_status = Choice("OTHER PENDING REJECTED APPROVED", readonly=True)
    summary_status = Choice(AD_SUMMARY_STATUSES, readonly=True)
    tracking_urls = Object(nullable=True, doc="Lists of URLs by event; None removes them all")
    # Always "pinpromotion": an ad is called so inside Pinterest (wire.md, section 9).
    type = Str(readonly=True)
    updated_time = EpochSeconds(readonly=True)
    view_tracking_url = Str(nullable=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
    ad_group = Ref["AdGroup"](by="ad_group_id")
    campaign = Ref["Campaign"](by="campaign_id")
    lead_form = Ref["LeadForm"](by="lead_form_id")
    pin = Ref["Pin"](by="pin_id")
